"""What is done now and then: giving up on what waited too long, looking for what was missed."""

from datetime import timedelta

import structlog

from bot.pipeline.reconcile import Reconciliation
from bot.pipeline.retention import Retention
from bot.ports import Clock, Store

STALE_AFTER = timedelta(days=7)
"""An alert that could not go out for so long is of no use any more; it stays listed as dead."""

TRACED_FOR = timedelta(days=90)
"""For so long it is known what stopped an alert at each place."""

FOLLOWED_FOR = timedelta(days=30)
"""A story that nothing joined for so long is over, and its follows end."""

REMEMBERED_FOR = timedelta(days=1)
"""Platforms ask again for minutes, Slack's events for up to an hour."""

log = structlog.get_logger()


class Upkeep:
    """Keeps the outbox from filling with what nobody needs any more."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        reconciliation: Reconciliation | None = None,
        retention: Retention | None = None,
    ) -> None:
        """`reconciliation` looks once a day for what the polls missed; `retention` deletes what is old."""
        self._retention = retention
        self._reconciliation = reconciliation
        self._store = store
        self._clock = clock

    async def run(self) -> None:
        """Give up on deliveries that waited longer than `STALE_AFTER`; paused places keep theirs.

        Follows of stories that are over end, and so do mutes whose time is over;
        what stopped alerts is forgotten after `TRACED_FOR`.
        """
        before = self._clock.now() - STALE_AFTER
        async with self._store.begin() as uow:
            dropped = await uow.deliveries.give_up(before, "it waited for more than 7 days")
            await uow.people.end_follows(self._clock.now() - FOLLOWED_FOR)
            await uow.people.end_mutes(self._clock.now())
            await uow.traces.forget(self._clock.now() - TRACED_FOR)
            await uow.requests.forget(self._clock.now() - REMEMBERED_FOR)
        if dropped:
            log.warning("deliveries_given_up", count=dropped)
        if self._retention is not None:
            await self._retention.run()
        if self._reconciliation is not None:
            await self._reconciliation.run()
