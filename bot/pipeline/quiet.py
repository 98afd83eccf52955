"""Polls that end together are stored together.

A transaction syncs to the disk, and each of its statements is a journey, which costs more than most
polls themselves. So polls that end within a moment of each other share one. Each of them waits until it is stored, and its feed is leased until
then: nothing is claimed, and nobody is told anything, before the schedule it left is on the disk.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from typing import Generic, TypeVar

Poll = TypeVar("Poll")
Report = TypeVar("Report")

LINGER = 0.1
"""Seconds a poll waits for others to end."""
MOST = 128
"""Polls in one transaction: it is short, because whoever brings entries waits for it."""


class Together(Generic[Poll, Report]):
    """Gathers polls and has them stored at once."""

    def __init__(
        self,
        store: Callable[[Sequence[Poll]], Awaitable[Sequence[Report]]],
        *,
        linger: float | Callable[[], float] = LINGER,
        most: int = MOST,
    ) -> None:
        """`store` stores polls in one transaction and returns their reports, in the same order.

        `linger` may be worked out anew each time.
        """
        self._store = store
        self._linger = linger
        self._most = most
        self._waiting: list[tuple[Poll, asyncio.Future[Report | None]]] = []
        self._task: asyncio.Task[None] | None = None

    async def keep(self, poll: Poll) -> Report | None:
        """Return the poll's report once it is stored.

        None where the transaction failed: whoever asked then stores it alone, so that what is
        wrong with one feed never keeps the others from being stored.
        """
        kept: asyncio.Future[Report | None] = asyncio.get_running_loop().create_future()
        self._waiting.append((poll, kept))
        if self._task is None:
            self._task = asyncio.create_task(self._run())
        return await kept

    async def _run(self) -> None:
        try:
            while self._waiting:
                if len(self._waiting) < self._most:
                    await asyncio.sleep(self._linger() if callable(self._linger) else self._linger)
                batch, self._waiting = self._waiting[: self._most], self._waiting[self._most :]
                await self._settle(batch)
        finally:
            self._task = None
            for _, kept in self._waiting:  # only where this task was ended from outside
                kept.cancel()
            self._waiting.clear()

    async def _settle(self, batch: Sequence[tuple[Poll, "asyncio.Future[Report | None]"]]) -> None:
        reports: Sequence[Report | None] = [None] * len(batch)
        try:
            reports = await self._store([poll for poll, _ in batch])
        except Exception:  # noqa: BLE001, S110 - each is tried again by itself, and fails or not
            pass
        except BaseException:
            for _, kept in batch:
                kept.cancel()
            raise
        for (_, kept), report in zip(batch, reports, strict=True):
            if not kept.done():
                kept.set_result(report)
