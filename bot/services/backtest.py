"""A rule tried on the archive before it goes live: a query, or a changed file of topics."""

import asyncio
import datetime as dt
from collections.abc import Callable, Sequence

from bot.domain.destination import Address, Subscription
from bot.domain.entry import Entry
from bot.domain.ids import FeedId, Tenant
from bot.domain.needs import NOTHING, Needs
from bot.domain.reading import Reading
from bot.domain.shadow import ShadowRun
from bot.domain.views import FoundEntry
from bot.errors import InvalidInputError
from bot.ports import Clock, Store
from bot.reading.query import Query, parse
from bot.reading.topics import TopicReader
from bot.record.backtest import Backtest, Judge, Tally

DEFAULT = dt.timedelta(days=180)
_TURN = 20
"""Entries after which the event loop gets its turn: others are answered meanwhile."""

Progress = Callable[[int, int], None]
"""Told how many entries were looked at so far, of how many there are."""


class BacktestService:
    """Runs rules over what the archive holds. Nothing is sent, nothing is stored."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._queries = store.queries
        self._clock = clock

    async def of_query(
        self,
        tenant: Tenant | None,
        text: str,
        *,
        against: Address | None = None,
        span: dt.timedelta = DEFAULT,
        most: int | None = None,
        progress: Progress | None = None,
    ) -> Backtest:
        """Try a query. What it gains and loses is measured against what a place has now.

        Raises InvalidInputError where the query does not parse. `most` bounds the entries judged.
        """
        query = parse(text)
        held = await self._held(against)
        # without a place to compare with, nothing but the query's own matches has to be looked at
        needs = query.needs if not held else NOTHING
        judge, present = _by_query(query), _by_subscriptions(held)
        return await self._run(tenant, judge, present, needs, span, most, progress)

    async def of_topics(
        self,
        tenant: Tenant | None,
        reader: TopicReader,
        *,
        topics: Sequence[str] = (),
        span: dt.timedelta = DEFAULT,
        most: int | None = None,
        progress: Progress | None = None,
    ) -> Backtest:
        """Try a file of topics against the topics that were read when entries came.

        `topics` narrows it to some; otherwise all count.
        """
        wanted = frozenset(topics)
        return await self._run(
            tenant,
            _by_rules(reader, wanted),
            _by_stored(wanted),
            NOTHING,
            span,
            most,
            progress,
            by_topic=True,
        )

    async def of_shadow(
        self, tenant: Tenant | None, *, progress: Progress | None = None
    ) -> Backtest | None:
        """Return what the shadow rules would have changed since they began, as far as entries last.

        None where no shadow rules ever ran.
        """
        run = await self._queries.shadow.run()
        if run is None:
            return None
        until = run.rules.until or self._clock.now()
        return await self._run(
            tenant,
            _by_shadow(run, until),
            _while_running(run, until),
            NOTHING,
            self._clock.now() - run.rules.since,
            None,
            progress,
            by_topic=True,
        )

    async def feed_names(self, tenant: Tenant | None) -> dict[FeedId, str]:
        """Return the names of the feeds a tenant may see."""
        return {feed.id: feed.spec.name for feed in await self._queries.feeds(tenant)}

    async def _held(self, against: Address | None) -> list[Subscription]:
        place = await self._queries.destination(against) if against is not None else None
        return [] if place is None else await self._queries.subscriptions(place.id)

    async def _run(  # noqa: PLR0917 - one caller for each kind of rule
        self,
        tenant: Tenant | None,
        judge: Judge,
        present: Judge,
        needs: Needs,
        span: dt.timedelta,
        most: int | None,
        progress: Progress | None,
        *,
        by_topic: bool = False,
    ) -> Backtest:
        now = self._clock.now()
        tally = Tally(judge, present, since=now - span, until=now, by_topic=by_topic)
        total = (await self._queries.counts()).entries if progress is not None else 0
        number, narrowed = 0, needs != NOTHING
        async for found in self._queries.entries(owner=tenant, needs=needs, since=now - span):
            if most is not None and number >= most:
                return tally.result(complete=False, narrowed=narrowed)
            tally.take(found)
            number += 1
            if number % _TURN == 0:
                if progress is not None:
                    progress(number, total)
                await asyncio.sleep(0)
        return tally.result(complete=True, narrowed=narrowed)


def _by_query(query: Query) -> Judge:
    hit = frozenset({query.text})

    def judge(found: FoundEntry) -> frozenset[str]:
        return hit if query.matches(found.stored.entry, found.reading) else frozenset()

    return judge


def _by_subscriptions(held: Sequence[Subscription]) -> Judge:
    topics = frozenset(each.wish.topic for each in held if each.wish.topic is not None)
    queries = [parsed for each in held if (parsed := _parsed(each.wish.query)) is not None]

    def judge(found: FoundEntry) -> frozenset[str]:
        entry, reading = found.stored.entry, found.reading
        texts = (query.text for query in queries if query.matches(entry, reading))
        return (reading.topic_names & topics) | frozenset(texts)

    return judge


def _parsed(text: str | None) -> Query | None:
    """Return the query; None where this version cannot follow it any more."""
    try:
        return None if text is None else parse(text)
    except InvalidInputError:
        return None


def topics_by(reader: TopicReader) -> Callable[[Entry, Reading, dt.datetime], frozenset[str]]:
    """Return what reads an entry's topics by rules that are not live, beside its live reading."""

    def read(entry: Entry, reading: Reading, seen: dt.datetime) -> frozenset[str]:
        day = (entry.published or seen).date()
        ahead = any(fact.date >= day for fact in reading.deadlines)
        return frozenset(each.topic for each in reader.match(entry, deadlines=ahead).matches)

    return read


def _by_rules(reader: TopicReader, wanted: frozenset[str]) -> Judge:
    read = topics_by(reader)

    def judge(found: FoundEntry) -> frozenset[str]:
        names = read(found.stored.entry, found.reading, found.stored.first_seen)
        return names & wanted if wanted else names

    return judge


def _by_shadow(run: ShadowRun, until: dt.datetime) -> Judge:
    present = _while_running(run, until)

    def judge(found: FoundEntry) -> frozenset[str]:
        each = run.differences.get(found.stored.id)
        names = present(found)
        return names if each is None else (names - each.lost) | each.gained

    return judge


def _while_running(run: ShadowRun, until: dt.datetime) -> Judge:
    """The live topics of entries that came while the shadow rules ran."""

    def judge(found: FoundEntry) -> frozenset[str]:
        ran = run.rules.since <= found.stored.first_seen <= until
        return found.reading.topic_names if ran else frozenset()

    return judge


def _by_stored(wanted: frozenset[str]) -> Judge:
    def judge(found: FoundEntry) -> frozenset[str]:
        names = found.reading.topic_names
        return names & wanted if wanted else names

    return judge
