"""Which stories a query takes, of those whose deadlines a calendar shows: kept, and added to."""

import datetime as dt
from collections import OrderedDict
from dataclasses import dataclass

from bot.domain.ids import StoryId, Tenant
from bot.ports import Clock, Queries
from bot.ports.pages import State
from bot.reading.query import Query

KEPT_FOR = dt.timedelta(seconds=60)
"""A story may change its words while its deadlines stay: so long the old ones may count."""
OVERLAP = dt.timedelta(minutes=5)
"""A change may be stored after a later one: so far back changes are read again."""
_MOST = 256
"""Queries whose stories are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    at: dt.datetime
    """When all entries were looked at; some may be younger."""
    state: State
    stories: frozenset[StoryId]


class DatedStories:
    """Asks the archive for entries of stories with deadlines, and queries whether they take them."""

    def __init__(self, queries: Queries, clock: Clock) -> None:
        self._queries = queries
        self._clock = clock
        self._kept: OrderedDict[object, _Kept] = OrderedDict()

    async def taken_by(
        self, query: Query, tenant: Tenant, *, since: dt.date, until: dt.date
    ) -> frozenset[StoryId]:
        """Return the stories a query takes that stated a deadline from `since` to `until`."""
        now, state = self._clock.now(), await self._queries.pages.state()
        key = (tenant, query.text, since, until)
        kept = self._kept.get(key)
        if kept is not None and now - kept.at >= KEPT_FOR:
            kept = None
        if kept is not None and kept.state.deadlines == state.deadlines:
            return kept.stories
        found = set() if kept is None else set(kept.stories)
        before = None if kept is None else kept.state.deadlines_at
        changed = self._queries.pages.dated_entries(
            owner=tenant,
            needs=query.needs,
            since=since,
            until=until,
            changed_since=None if before is None else before - OVERLAP,
        )
        async for row in changed:
            new = row.story_id is not None and row.story_id not in found
            if new and query.matches(row.stored.entry, row.reading):
                found.add(StoryId(row.story_id or 0))
        at = now if kept is None else kept.at
        self._kept[key] = _Kept(at=at, state=state, stories=frozenset(found))
        self._kept.move_to_end(key)
        if len(self._kept) > _MOST:
            self._kept.popitem(last=False)
        return self._kept[key].stories
