"""Deletes what is older than the configuration keeps, a little at a time.

    old entries ─► a digest each stays with the feed      seals ─► cut ─► the deliveries they vouched for
    audit lines

Each batch is a transaction of its own: whoever writes meanwhile waits for one of them, never for all.
"""

import asyncio
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.ports import Clock, Store, UnitOfWork

EVERY = timedelta(days=1)
BATCH = 200
"""Rows in one transaction: some milliseconds of a writer's time."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Keeping:
    """How long rows are kept; None is for ever. Stories, deadlines and the ledger always stay."""

    entries: timedelta | None = timedelta(days=400)
    deliveries: timedelta | None = timedelta(days=800)
    """And the seals over them."""
    audit: timedelta | None = timedelta(days=800)


_Forget = Callable[[UnitOfWork, datetime, int], Awaitable[int]]


class Retention:
    """Keeps tables from growing for ever, once a day."""

    def __init__(self, *, store: Store, clock: Clock, keeping: Keeping, batch: int = BATCH) -> None:
        self._store = store
        self._clock = clock
        self._keeping = keeping
        self._batch = batch
        self._last: datetime | None = None

    async def run(self) -> dict[str, int]:
        """Delete what is old where that was not done today; returns how many rows went, by table."""
        now = self._clock.now()
        if self._last is not None and now - self._last < EVERY:
            return {}
        gone = {}
        for name, kept, forget in self._tables():
            if kept is not None:
                gone[name] = await self._in_batches(now - kept, forget)
        self._last = now
        if any(gone.values()):
            log.info("old_rows_deleted", **gone)
        return gone

    def _tables(self) -> tuple[tuple[str, timedelta | None, _Forget], ...]:
        """In this order: a delivery goes once no seal vouches for it."""
        kept = self._keeping
        return (
            ("seals", kept.deliveries, lambda uow, *how: uow.retention.cut_seals(*how)),
            (
                "deliveries",
                kept.deliveries,
                lambda uow, *how: uow.retention.forget_deliveries(*how),
            ),
            ("entries", kept.entries, lambda uow, *how: uow.retention.forget_entries(*how)),
            ("audit", kept.audit, lambda uow, *how: uow.retention.forget_audit(*how)),
        )

    async def _in_batches(self, before: datetime, forget: _Forget) -> int:
        total = 0
        while True:
            async with self._store.begin() as uow:
                count = await forget(uow, before, self._batch)
            total += count
            if count < self._batch:
                return total
            await asyncio.sleep(0)  # who waits for the writer goes first
