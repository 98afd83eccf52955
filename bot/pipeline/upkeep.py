"""What is done now and then: giving up on what waited too long."""

from datetime import timedelta

import structlog

from bot.ports import Clock, Store

STALE_AFTER = timedelta(days=7)
"""An alert that could not go out for so long is of no use any more; it stays listed as dead."""

log = structlog.get_logger()


class Upkeep:
    """Keeps the outbox from filling with what nobody needs any more."""

    def __init__(self, *, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def run(self) -> None:
        """Give up on deliveries that waited longer than `STALE_AFTER`; paused places keep theirs."""
        before = self._clock.now() - STALE_AFTER
        async with self._store.begin() as uow:
            dropped = await uow.deliveries.give_up(before, "it waited for more than 7 days")
        if dropped:
            log.warning("deliveries_given_up", count=dropped)
