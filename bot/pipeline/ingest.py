"""From a feed that is due to stories and alert rows.

    claim ─► fetch ─► parse ─► read ─┬─► store, assign, compose, decide ─► feed's next poll
                                     └──── one transaction, of this feed or of several ────┘

Fetching, parsing and reading happen before the transaction opens. It holds the entries, their
readings, the stories, the alert rows and the feed's validators: without the commit the next poll
sees the same entries again. Polls that end together share one (`together`).
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import replace

import structlog

from bot.domain.feed import Feed
from bot.domain.ids import FeedId
from bot.domain.polling import Fetched, Outcome, ParsedFeed
from bot.errors import FetchError
from bot.pipeline.keep import Brought, IngestLimits, Keep, Poll
from bot.pipeline.poll_report import PollReport
from bot.pipeline.quiet import Together
from bot.pipeline.reads import Glance, Read, Reads
from bot.pipeline.shadow import Shadow
from bot.pipeline.slots import Slot, Slots
from bot.pipeline.watch import FeedWatch
from bot.ports import Clock, Fetcher, Liveness, Parser, Store

__all__ = ["Ingest", "IngestLimits", "Progress", "Read", "Unfold"]

Unfold = Callable[[Feed, ParsedFeed], Awaitable[ParsedFeed]]
"""Puts the documents in place of entries that stand for many, before anything is read."""

Progress = Callable[[int, int], None]
"""Told how many feeds of how many are polled."""

_CRASHED = "The bot failed over what this feed brought: its log says where."
_NEWS_AT_ONCE = 32
"""Polls with news in one transaction."""
_LINGER_S = 0.1
"""Seconds a poll with news waits for others that are under way; none where there are none."""
_MOMENT_S = 0.02
"""Seconds it waits to ask the database what its feed showed before, together with others."""

log = structlog.get_logger()


class Ingest:
    """Polls feeds that are due."""

    def __init__(
        self,
        *,
        store: Store,
        fetcher: Fetcher,
        parser: Parser,
        read: Read,
        clock: Clock,
        liveness: Liveness,
        chance: Callable[[], float],
        limits: IngestLimits,
        glance: Glance | None = None,
        watch: FeedWatch | None = None,
        unfold: Unfold | None = None,
        shadow: Shadow | None = None,
    ) -> None:
        """Without `watch` alarms are kept and told to nobody but the owners of feeds.

        Without `glance`, or with shadow rules, every entry is read in full.
        """
        self._shadow = shadow
        self._unfold = unfold
        self._store = store
        self._fetcher = fetcher
        self._parser = parser
        self._clock = clock
        self._liveness = liveness
        self._limits = limits
        self._reads = Reads(read, None if shadow else glance, store.queries)
        self._store_polls = Keep(
            clock=clock,
            chance=chance,
            limits=limits,
            reads=self._reads,
            watch=watch or FeedWatch(),
            shadow=shadow,
        )
        self._under_way = 0
        self._marks: Together[FeedId, frozenset[str]] = Together(
            store.queries.marks, linger=self._moment
        )
        self._quiet: Together[Poll, PollReport] = Together(self._keep_quiet)
        self._news: Together[Poll, PollReport] = Together(
            self._keep_news, linger=self._patience, most=_NEWS_AT_ONCE
        )

    async def claim(
        self, *, limit: int, everything: bool = False, only: FeedId | None = None
    ) -> list[Feed]:
        """Lease feeds that are due; `everything` takes those that are not due as well.

        `only` leases no other feed than this one.
        """
        async with self._store.begin() as uow:
            dead = [w for w in await uow.feeds.leaseholders() if self._liveness.is_dead(w)]
            return await uow.feeds.claim_due(
                self._clock.now(),
                worker=self._liveness.me,
                dead=dead,
                limit=limit,
                everything=everything,
                only=only,
            )

    async def poll_all(
        self, *, everything: bool = False, progress: Progress | None = None
    ) -> list[PollReport]:
        """Poll every due feed once, several at a time; reports stand in the order of the feeds."""
        done = 0
        feeds = await self.claim(limit=100_000, everything=everything)
        slots = Slots(self._limits.concurrency)

        async def one(feed: Feed) -> PollReport:
            nonlocal done
            report = await self.poll(feed, slots)
            done += 1
            if progress is not None:
                progress(done, len(feeds))
            return report

        return list(await asyncio.gather(*(one(feed) for feed in feeds)))

    async def poll(self, feed: Feed, slots: Slots | None = None) -> PollReport:
        """Poll one leased feed, and store everything it brought.

        A mistake of ours over one feed is recorded on the feed and logged; the others go on.
        `slots` limit how many are at work: a poll that brought nothing leaves its own before it is
        stored.
        """
        self._under_way += 1
        try:
            report = await self._poll(feed, slots or Slots(1))
        except Exception:
            log.exception("feed_crashed", feed=feed.spec.key)
            failed = Fetched(outcome=Outcome.ERROR, url=feed.spec.url, error=_CRASHED)
            report = await self._keep_alone(feed, Brought(fetched=failed))
        finally:
            self._under_way -= 1
        return report

    async def bring(self, feed: Feed, parsed: ParsedFeed) -> int:
        """Store entries that the feed's polls missed, and list them as missed; its schedule stays.

        They are told by the limits of any poll. Returns how many were new.
        """
        fetched = Fetched(outcome=Outcome.ENTRIES, url=feed.spec.url)
        brought = await self._brought(fetched, parsed)
        async with self._store.begin(assigning=True) as uow:
            return len(await self._store_polls.missed(uow, feed, brought))

    async def _poll(self, feed: Feed, slots: Slots) -> PollReport:
        async with slots.one() as slot:
            brought = await self._fetch(feed, slot)
            if brought.fetched.outcome is not Outcome.NOT_MODIFIED:
                report = await self._news.keep((feed, brought)) if brought.entries else None
                return report or await self._keep_alone(feed, brought)
        report = await self._quiet.keep((feed, brought))
        return report or await self._keep_alone(feed, brought)

    async def _seen(self, feed_id: FeedId) -> frozenset[str]:
        """Return the marks of what the feed showed last, asked for with those of other feeds."""
        seen = await self._marks.keep(feed_id)
        return seen if seen is not None else (await self._store.queries.marks([feed_id]))[0]

    def _moment(self) -> float:
        return _MOMENT_S if self._under_way > 1 else 0.0

    def _patience(self) -> float:
        return _LINGER_S if self._under_way > 1 else 0.0

    async def _keep_alone(self, feed: Feed, brought: Brought) -> PollReport:
        async with self._store.begin(assigning=bool(brought.entries)) as uow:
            (report,) = await self._store_polls.polls(uow, [(feed, brought)])
        return report

    async def _keep_news(self, polls: Sequence[Poll]) -> list[PollReport]:
        async with self._store.begin(assigning=True) as uow:
            return await self._store_polls.polls(uow, polls)

    async def _keep_quiet(self, polls: Sequence[Poll]) -> list[PollReport]:
        async with self._store.begin() as uow:
            return await self._store_polls.quiet(uow, polls)

    async def _fetch(self, feed: Feed, slot: Slot) -> Brought:
        fetched = await self._fetcher.fetch(feed, slot)
        if fetched.outcome is not Outcome.ENTRIES:
            return Brought(fetched=fetched)
        # a feed that never answered has no marks
        known = feed.last_success_at is not None
        seen = await self._seen(feed.id) if known else frozenset()
        try:
            parsed = await self._parser.parse(
                fetched.body,
                spec=feed.spec,
                content_type=fetched.content_type,
                url=fetched.url,
                seen=seen,
            )
        except FetchError as error:
            failed = replace(fetched, outcome=Outcome.ERROR, error=str(error), body=b"")
            return Brought(fetched=failed)
        if self._unfold is not None:
            parsed = await self._unfold(feed, parsed)
        return await self._brought(replace(fetched, body=b""), parsed)

    async def _brought(self, fetched: Fetched, parsed: ParsedFeed) -> Brought:
        """Read what a feed shows, by the live rules and by those in their shadow."""
        now = self._clock.now()
        readings = await self._reads.all(parsed.entries, now)
        if self._shadow is None:
            return Brought(fetched=fetched, parsed=parsed, readings=readings)
        read = [(entry, readings.found[entry.guid]) for entry in parsed.entries]
        differences = await self._shadow.compare(read, now)
        return Brought(fetched=fetched, parsed=parsed, readings=readings, differences=differences)
