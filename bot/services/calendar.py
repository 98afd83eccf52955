"""Deadlines as a calendar keeps them: each under a name that stays, moved and cancelled in place.

stories' deadlines, those of the record ─► what holds ─► an occasion each, named by its oldest number
                                        └► what does not hold any more ─► cancelled under its name
"""

import asyncio
import datetime as dt
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.domain.destination import Address
from bot.domain.entry import Entry
from bot.domain.ids import StoryId, Tenant
from bot.domain.marks import team_of
from bot.domain.reading import Lang, Reading, TopicMatch
from bot.domain.views import FoundDeadline, TrackedDeadline
from bot.errors import InvalidInputError
from bot.ports import Clock, Store
from bot.reading.query import Query, parse
from bot.record.timeline import OfRecord, with_marks
from bot.services.calendar_names import Occasion
from bot.services.calendar_parts import Place, Rows, apart, occasions
from bot.services.calendar_stories import KEPT_FOR, OVERLAP, DatedStories

PAST = dt.timedelta(days=30)
"""So long a deadline that is over, or was cancelled, stays in the calendar."""
AHEAD = dt.timedelta(days=10 * 366)
_BEFORE = dt.timedelta(days=400)
"""How far back the record's earlier dates of a moved deadline are looked for."""
_MOST = 5_000
"""Deadlines in one calendar: more than people could read, few enough to answer at once."""

_MOST_TEAMS = 32
"""Teams whose deadlines are kept."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasions:
    """A calendar before it is written: what it is of, and its entries by date."""

    topics: tuple[str, ...] = ()
    query: str | None = None
    place: Address | None = None
    occasions: tuple[Occasion, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """Which deadlines belong in; nothing said is all of them."""

    topics: frozenset[str] = frozenset()
    queries: tuple[tuple[Query, frozenset[StoryId]], ...] = ()

    def takes(self, row: FoundDeadline) -> bool:
        if not self.topics and not self.queries:
            return True
        if not self.topics.isdisjoint(row.topics):
            return True
        return any(_means(query, stories, row) for query, stories in self.queries)


@dataclass(frozen=True, slots=True, kw_only=True)
class _Kept:
    """What was gathered, and what it was gathered of."""

    state: tuple[dt.date, str]
    at: dt.datetime
    """When all of it was read; parts may be younger."""
    tracked: dict[int, TrackedDeadline]
    parts: dict[Place, tuple[Rows, tuple[Occasion, ...]]]
    """What was made of each part: those that did not change are not gone through again."""
    occasions: tuple[Occasion, ...]


class CalendarService:
    """Gathers deadlines for a topic, a query, or a place's subscriptions."""

    def __init__(self, store: Store, clock: Clock, *, record: OfRecord, as_of: dt.date) -> None:
        """`record` and `as_of` are those of the timeline: its rows changed last on that day."""
        self._queries = store.queries
        self._clock = clock
        self._record = record
        self._as_of = dt.datetime.combine(as_of, dt.time(), dt.UTC)
        self._kept: OrderedDict[tuple[Tenant, Tenant], _Kept] = OrderedDict()
        self._dated = DatedStories(store.queries, clock)

    async def of_topics(
        self, tenant: Tenant, topics: Sequence[str] = (), *, team: Tenant | None = None
    ) -> Occasions:
        """Return the deadlines of some topics, or all of them; the team is by itself the tenant."""
        wanted = _Wanted(topics=frozenset(topics))
        found = await self._gathered(tenant, team or tenant, wanted)
        return Occasions(topics=tuple(topics), occasions=found)

    async def of_query(self, tenant: Tenant, text: str, *, team: Tenant | None = None) -> Occasions:
        """Return the deadlines of the stories a query finds. Raises InvalidInputError."""
        query = parse(text)
        wanted = _Wanted(queries=(await self._with_stories(tenant, query),))
        found = await self._gathered(tenant, team or tenant, wanted)
        return Occasions(query=query.text, occasions=found)

    async def of_place(self, address: Address) -> Occasions:
        """Return the deadlines of what a place is subscribed to, with its team's marks.

        Raises InvalidInputError where nothing is subscribed there.
        """
        place = await self._queries.destination(address)
        held = [] if place is None else await self._queries.subscriptions(place.id)
        if place is None or not held:
            raise InvalidInputError(
                f"Nothing is subscribed at {address}, so there is nothing to put into a calendar: "
                "`subscriptions list` shows the places that have some."
            )
        tenant = place.address.tenant
        topics = {each.wish.topic for each in held if each.wish.topic is not None}
        texts = dict.fromkeys(each.wish.query for each in held if each.wish.query is not None)
        queries = [await self._with_stories(tenant, parsed) for parsed in _parsed(texts)]
        wanted = _Wanted(topics=frozenset(topics), queries=tuple(queries))
        found = await self._gathered(tenant, team_of(place.address), wanted)
        return Occasions(place=address, occasions=found)

    async def _with_stories(self, tenant: Tenant, query: Query) -> tuple[Query, frozenset[StoryId]]:
        """Return the stories a query takes, among those with a deadline that a calendar shows."""
        since, until = self._span()
        return query, await self._dated.taken_by(query, tenant, since=since, until=until)

    def _span(self) -> tuple[dt.date, dt.date]:
        today = self._clock.now().date()
        return today - PAST, today + AHEAD

    async def _gathered(
        self, tenant: Tenant, team: Tenant, wanted: _Wanted
    ) -> tuple[Occasion, ...]:
        return tuple(each for each in await self._all(tenant, team) if wanted.takes(each.deadline))

    async def _all(self, tenant: Tenant, team: Tenant) -> tuple[Occasion, ...]:
        """All that a team's calendars are made of, kept while no deadline changes."""
        now = self._clock.now()
        state = (now.date(), (await self._queries.pages.state()).deadlines)
        kept = self._kept.get((tenant, team))
        if kept is not None and (now - kept.at >= KEPT_FOR or kept.state[0] != state[0]):
            kept = None
        if kept is not None and kept.state == state:
            return kept.occasions
        since, until = self._span()
        tracked = await self._tracked(tenant, team, since, until, kept)
        earlier = await self._earlier(tenant, team, since, tracked.values())
        # in a thread: thousands of deadlines take their time, and deliveries share this one
        rows = Rows(tracked=list(tracked.values()), earlier=earlier)
        marks = await self._queries.people.of_record(team)
        rows.record = with_marks(self._record(since, until), marks)
        before = self._record(since - _BEFORE, until)
        rows.before = with_marks((row for row in before if row.fact.date < since), marks)
        parts = await asyncio.to_thread(self._parts, rows, kept, since=since, until=until)
        made = (each for _, each_part in parts.values() for each in each_part)
        found = tuple(sorted(made, key=lambda each: (each.deadline.fact.date, each.uid)))
        at = now if kept is None else kept.at
        self._kept[tenant, team] = _Kept(
            state=state, at=at, tracked=tracked, parts=parts, occasions=found
        )
        self._kept.move_to_end((tenant, team))
        if len(self._kept) > _MOST_TEAMS:
            self._kept.popitem(last=False)
        return found

    async def _tracked(
        self, tenant: Tenant, team: Tenant, since: dt.date, until: dt.date, kept: _Kept | None
    ) -> dict[int, TrackedDeadline]:
        """What was stated for the days shown, by number; only what changed is read anew."""
        known = {} if kept is None else kept.tracked
        newest = max((row.changed_at for row in known.values()), default=None)
        news = await self._queries.tracked_deadlines(
            owner=tenant,
            team=team,
            since=since,
            until=until,
            limit=_MOST,
            changed_since=None if newest is None else newest - OVERLAP,
        )
        tracked = known | {row.found.number or 0: row for row in news}
        return dict(sorted(tracked.items()))

    async def _earlier(
        self, tenant: Tenant, team: Tenant, since: dt.date, shown: Iterable[TrackedDeadline]
    ) -> list[TrackedDeadline]:
        """What was stated for the days before those shown that these replace."""
        earlier: list[TrackedDeadline] = []
        looked_at: set[dt.date] = set()
        days = _replaced(shown, since)
        while days:
            looked_at |= days
            read = await self._queries.tracked_deadlines(
                owner=tenant, team=team, since=min(days), until=max(days), limit=_MOST
            )
            found = [row for row in read if row.found.fact.date in days]
            earlier += found
            days = _replaced(found, since) - looked_at
        return earlier

    def _parts(
        self, rows: Rows, kept: _Kept | None, *, since: dt.date, until: dt.date
    ) -> dict[Place, tuple[Rows, tuple[Occasion, ...]]]:
        """What becomes of each part; what is kept of those that are as they were."""
        known = {} if kept is None else kept.parts
        made = {}
        for place, part in apart(rows).items():
            before = known.get(place)
            if before is None or before[0] != part:
                before = part, occasions(part, since=since, until=until, as_of=self._as_of)
            made[place] = before
        return made


def _replaced(rows: Iterable[TrackedDeadline], since: dt.date) -> set[dt.date]:
    """The days before the first one shown that deadlines replace."""
    days = (row.found.before for row in rows)
    return {day for day in days if day is not None and day < since}


def _parsed(texts: Iterable[str]) -> Iterable[Query]:
    """The queries; those this version cannot follow any more are left out."""
    for text in texts:
        try:
            yield parse(text)
        except InvalidInputError:
            continue


def _means(query: Query, stories: frozenset[StoryId], row: FoundDeadline) -> bool:
    if row.story_id is not None:
        return not stories.isdisjoint((row.story_id, *row.also))
    entry = Entry(guid=row.fact.text, url=row.headline.url, title=row.fact.text, source=row.source)
    topics = tuple(TopicMatch(topic=topic, score=1.0) for topic in row.topics)
    reading = Reading(lang=Lang.EN, topics=topics, countries=row.countries, deadlines=(row.fact,))
    return query.matches(entry, reading) is not None
