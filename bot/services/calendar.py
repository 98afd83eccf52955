"""Deadlines as a calendar keeps them: each under a name that stays, moved and cancelled in place.

stories' deadlines, those of the record ─► what holds ─► an occasion each, named by its oldest number
                                        └► what does not hold any more ─► cancelled under its name
"""

import datetime as dt
import hashlib
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace

from bot.domain.destination import Address
from bot.domain.entry import Entry
from bot.domain.feed import Tier
from bot.domain.ids import StoryId, Tenant
from bot.domain.marks import team_of
from bot.domain.reading import DeadlineKind, Lang, Reading, TopicMatch
from bot.domain.views import FoundDeadline, TrackedDeadline
from bot.errors import InvalidInputError
from bot.ports import Clock, Store
from bot.reading.query import Query, parse
from bot.record.deadlines import lifecycle, same_event
from bot.services.story_feeds import stories_with

PAST = dt.timedelta(days=90)
"""So long a deadline that is over stays in the calendar."""
AHEAD = dt.timedelta(days=10 * 366)
_BEFORE = dt.timedelta(days=400)
"""How far back the earlier dates of a moved deadline are looked for."""
_MOST = 5_000
"""Deadlines in one calendar: more than people could read, few enough to answer at once."""
_SURE = 0.9
"""Confidence of a row of the record whose source was read."""
DOMAIN = "usmca-bot"
"""The right side of every name."""

OfRecord = Callable[[dt.date, dt.date], list[FoundDeadline]]
"""What the record says is due from a day until a day."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """A deadline as an entry of a calendar."""

    uid: str
    """Stays when its words, its date or its state change."""
    deadline: FoundDeadline
    cancelled: bool = False
    certain: bool = False
    """Official, in the record from a source that was read, or confirmed by the team."""
    changed_at: dt.datetime

    @property
    def sequence(self) -> int:
        """Seconds since 2020 of the last change: whole, and never going back."""
        return int((self.changed_at - _EPOCH).total_seconds())


_EPOCH = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


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


class CalendarService:
    """Gathers deadlines for a topic, a query, or a place's subscriptions."""

    def __init__(self, store: Store, clock: Clock, *, record: OfRecord, as_of: dt.date) -> None:
        """`record` and `as_of` are those of the timeline: its rows changed last on that day."""
        self._queries = store.queries
        self._clock = clock
        self._record = record
        self._as_of = dt.datetime.combine(as_of, dt.time(), dt.UTC)

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
        found = await stories_with(self._queries, tenant, query, most=_MOST)
        return query, frozenset(found)

    async def _gathered(
        self, tenant: Tenant, team: Tenant, wanted: _Wanted
    ) -> tuple[Occasion, ...]:
        today = self._clock.now().date()
        since, until = today - PAST, today + AHEAD
        tracked = await self._queries.tracked_deadlines(
            owner=tenant, team=team, since=since - _BEFORE, until=until, limit=_MOST
        )
        record = self._record(since, until)
        named = _Names(tracked, record, self._as_of)
        live = [row.found for row in tracked if row.gone_at is None]
        there: dict[str, Occasion] = {}
        for holding in lifecycle([*record, *live], since=since, until=until):
            each = named.occasion(holding)
            if each.uid in there:  # sources disagree whether it moved: both dates stand
                each = replace(each, uid=_own_uid(holding))
            there[each.uid] = each
        gone: dict[str, Occasion] = {}
        for row in tracked:
            if row.found.fact.date >= since:
                each = named.occasion(row.found, cancelled=True)
                gone[each.uid] = each
        found = [*there.values(), *(each for uid, each in gone.items() if uid not in there)]
        found.sort(key=lambda each: (each.deadline.fact.date, each.uid))
        return tuple(each for each in found if wanted.takes(each.deadline))


_When = tuple[DeadlineKind, dt.date]


class _Names:
    """Names deadlines: by the record where it has them, else by the oldest number of the event."""

    def __init__(
        self,
        tracked: Sequence[TrackedDeadline],
        record: Sequence[FoundDeadline],
        as_of: dt.datetime,
    ) -> None:
        self._as_of = as_of
        self._record: dict[_When, list[FoundDeadline]] = {}
        for known in record:
            self._record.setdefault((known.fact.kind, known.fact.date), []).append(known)
        self._tracked: dict[_When, list[TrackedDeadline]] = {}
        for row in tracked:
            self._tracked.setdefault((row.found.fact.kind, row.found.fact.date), []).append(row)

    def occasion(self, row: FoundDeadline, *, cancelled: bool = False) -> Occasion:
        """Return the entry of a calendar for a deadline."""
        family = self._family(row)
        days = {row.fact.date, *row.struck, *(each.found.fact.date for each in family)}
        known = (
            each for day in sorted(days) for each in self._record.get((row.fact.kind, day), ())
        )
        own = next((each for each in known if _same(each, row)), None)
        if own is None and row.number is None:
            own = row
        moments = [each.changed_at for each in family]
        return Occasion(
            uid=_own_uid(own or family[0].found),
            deadline=row,
            cancelled=cancelled,
            certain=_certain(row),
            changed_at=max([*moments, self._as_of] if own is not None else moments),
        )

    def _family(self, row: FoundDeadline) -> list[TrackedDeadline]:
        """All that stories said of the event, its earlier dates included, by number."""
        found: dict[int, TrackedDeadline] = {}
        days = [row.fact.date, *row.struck, *([] if row.before is None else [row.before])]
        seen: set[dt.date] = set()
        while days:
            day = days.pop()
            if day in seen:
                continue
            seen.add(day)
            for each in self._tracked.get((row.fact.kind, day), ()):
                if _same(each.found, row):
                    found[each.found.number or 0] = each
                    if each.found.before is not None:
                        days.append(each.found.before)
        return [found[number] for number in sorted(found)]


def _same(one: FoundDeadline, other: FoundDeadline) -> bool:
    """Whether two of one kind, on days that belong together, are one event."""
    return (one.number is not None and one.number == other.number) or same_event(one, other)


def _own_uid(row: FoundDeadline) -> str:
    if row.number is not None:
        return f"deadline-{row.number}@{DOMAIN}"
    said = f"{row.fact.kind} {row.fact.date.isoformat()} {row.fact.text}"
    return f"timeline-{hashlib.sha256(said.encode()).hexdigest()[:16]}@{DOMAIN}"


def _certain(row: FoundDeadline) -> bool:
    if row.disputed:
        return False
    of_record = row.story_id is None and row.fact.confidence >= _SURE
    return of_record or row.tier is Tier.OFFICIAL or row.marks.confirmed is not None


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
