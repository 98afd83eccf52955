"""One holder over all processes: of a gateway connection, and of a worker's own name.

    free ─► taken, renewed every few seconds ─► given up, or not renewed in time
     ▲                                                        │
     └────────────────────────────────────────────────────────┘

A holder that cannot renew lets go before anybody else can take over, so that there are never two.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import datetime, timedelta
from typing import Protocol

import structlog

from bot.errors import BotError, ConfigError
from bot.ports import Clock, Liveness, Store

TERM = timedelta(seconds=15)
"""How long a lease holds when it is not renewed: a dead holder is replaced soon after."""
BEAT_S = 3.0
"""Seconds between two renewals, or two tries to take over."""
_SAFETY = timedelta(seconds=4)
"""A holder lets go so long before its lease ends: stopping takes a moment."""

Sleep = Callable[[float], Awaitable[None]]

log = structlog.get_logger()


class Holdable(Protocol):
    """What only one process may hold at a time."""

    async def start(self) -> None:
        """Begin to hold it. Raises ConfigError where it is refused for good."""
        ...

    async def stop(self) -> None:
        """Let it go within seconds."""
        ...

    async def connected(self) -> bool:
        """Whether it is held and works."""
        ...


class OneHolder:
    """Holds a thing while this process has its lease, and waits for the lease while it has not."""

    def __init__(
        self,
        held: Holdable,
        *,
        name: str,
        store: Store,
        clock: Clock,
        liveness: Liveness,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        self._held = held
        self._name = name
        self._store = store
        self._clock = clock
        self._liveness = liveness
        self._sleep = sleep
        self._until: datetime | None = None
        self._starting: asyncio.Task[None] | None = None
        self._beating: asyncio.Task[None] | None = None

    @property
    def holds(self) -> bool:
        """Whether this process is the one."""
        return self._starting is not None

    async def connected(self) -> bool:
        """Whether the thing works here, or is left to the process that holds it."""
        return self._starting is None or await self._held.connected()

    async def start(self) -> None:
        """Take the lease and hold; where another has it, wait for it in the background.

        Raises ConfigError where the thing is refused for good; the lease is given up then.
        """
        await self._beat()
        self._beating = asyncio.create_task(self._beats(), name=f"lease {self._name}")
        if self._starting is None:
            log.info("lease_waited_for", lease=self._name)
            return
        try:
            await asyncio.shield(self._starting)
        except ConfigError:
            await self.stop()
            raise

    async def stop(self) -> None:
        """Let go, and give the lease up so that another takes it at once."""
        if self._beating is not None:
            self._beating.cancel()
            await asyncio.gather(self._beating, return_exceptions=True)
            self._beating = None
        if self._starting is not None:
            await self._let_go()
            with suppress(BotError):  # without a database the lease ends by itself
                async with self._store.begin() as uow:
                    await uow.leases.release(self._name, holder=self._liveness.me)

    async def _beats(self) -> None:
        while True:
            await self._sleep(BEAT_S)
            try:
                await self._beat()
            except Exception:  # whatever fails here: the thing must still be let go in time
                log.exception("lease_not_renewed", lease=self._name)
                if self._until is not None and self._clock.now() >= self._until - _SAFETY:
                    await self._lost("it could not be renewed")

    async def _beat(self) -> None:
        """Renew the lease, or try to take it."""
        now = self._clock.now()
        if self._until is not None and now >= self._until - _SAFETY:
            await self._lost("it was not renewed in time")
        async with asyncio.timeout(TERM.total_seconds() / 3):
            mine = await self._take(now)
        if mine:
            self._until = now + TERM
            if self._starting is None:
                log.info("lease_taken", lease=self._name)
                self._starting = asyncio.create_task(self._held.start())
                self._starting.add_done_callback(_told)
        elif self._starting is not None:
            await self._lost("another process has it")

    async def _take(self, now: datetime) -> bool:
        async with self._store.begin() as uow:
            holder = await uow.leases.holder(self._name)
            gone = holder is not None and self._liveness.is_dead(holder)
            return await uow.leases.take(
                self._name,
                holder=self._liveness.me,
                now=now,
                until=now + TERM,
                dead=[holder] if gone and holder is not None else [],
            )

    async def _lost(self, reason: str) -> None:
        self._until = None
        if self._starting is not None:
            log.warning("lease_lost", lease=self._name, reason=reason)
            await self._let_go()

    async def _let_go(self) -> None:
        starting, self._starting = self._starting, None
        if starting is not None:
            starting.cancel()
            await asyncio.gather(starting, return_exceptions=True)
        await self._held.stop()


def _told(task: asyncio.Task[None]) -> None:
    """A start that fails later than `OneHolder.start` waits for is told here."""
    if not task.cancelled() and (error := task.exception()) is not None:
        log.error("held_thing_refused", reason=str(error))
