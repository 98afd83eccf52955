"""From alert rows to delivery rows, in batches, with the cursor in the alert's own row.

alert ─► destinations that may want it (1,000 at a time) ─► route ─► deliveries + cursor
"""

from functools import lru_cache

import structlog

from bot.alerts.routing import Occasion, route
from bot.domain.alert import Alert
from bot.domain.ids import DestinationId
from bot.domain.reading import Span
from bot.domain.story import Member
from bot.errors import InvalidInputError
from bot.ports import Clock, Store, UnitOfWork
from bot.reading.query import Query, parse

_ALERTS_AT_ONCE = 50

log = structlog.get_logger()


class Fanout:
    """Writes the deliveries of every waiting alert."""

    def __init__(self, *, store: Store, clock: Clock, batch: int = 1_000) -> None:
        """`batch` is how many destinations are looked at in one transaction."""
        self._batch_size = batch
        self._store = store
        self._clock = clock
        self._query = lru_cache(maxsize=20_000)(_parsed)

    async def run(self) -> int:
        """Fan out until no alert waits; returns how many deliveries were written."""
        written = 0
        while True:
            async with self._store.begin(fanning_out=True) as uow:
                alerts = await uow.alerts.waiting(_ALERTS_AT_ONCE)
                room = self._batch_size
                for alert in alerts:
                    looked_at, new = await self._batch(uow, alert, room)
                    room -= looked_at
                    written += new
                    if room <= 0:
                        break
            if not alerts:
                return written

    async def _batch(self, uow: UnitOfWork, alert: Alert, limit: int) -> tuple[int, int]:
        """Fan out to the next destinations; returns how many were looked at, and told."""
        story = await uow.stories.get(alert.story_id)
        newcomer = await uow.stories.member(alert.entry_id)
        if story is None or newcomer is None:  # what it was about was deleted
            await uow.alerts.advance(alert.id, alert.cursor, done=True)
            return 0, 0
        listeners = await uow.subscriptions.audience(story, after=alert.cursor, limit=limit)
        occasion = Occasion(alert=alert, story=story, newcomer=newcomer)
        drafts = [
            draft
            for listener in listeners
            for draft in route(listener, occasion, query_test=self._test)
        ]
        new = await uow.deliveries.enqueue(drafts, self._clock.now())
        last: DestinationId | None = listeners[-1].destination.id if listeners else alert.cursor
        await uow.alerts.advance(alert.id, last, done=len(listeners) < limit)
        return len(listeners), new

    def _test(self, query: str, newcomer: Member) -> tuple[Span, ...] | None:
        parsed: Query | None = self._query(query)
        found = parsed.matches(newcomer.entry, newcomer.reading) if parsed else None
        return None if found is None else found.spans


def _parsed(text: str) -> Query | None:
    """Return the query; None, said once in the log, where this version cannot follow it any more."""
    try:
        return parse(text)
    except InvalidInputError as error:
        log.warning("query_not_understood", query=text, reason=str(error))
        return None
