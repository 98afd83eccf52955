"""From a feed that is due to stories and alert rows.

    claim ─► fetch ─► parse ─► read ─┬─► store, assign, compose, decide ─► feed's next poll
                                     └──────── one transaction a feed ────────────┘

Polls that brought nothing share a transaction (`quiet`), any other has its own.

Fetching, parsing and reading happen before the transaction opens. It holds the entries, their
readings, the stories, the alert rows and the feed's validators: without the commit the next poll
sees the same entries again.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, nullcontext
from dataclasses import dataclass, field, replace
from datetime import datetime
from functools import partial

import structlog

from bot.domain.entry import Entry
from bot.domain.feed import Feed
from bot.domain.ids import EntryId, FeedId
from bot.domain.polling import Fetched, Outcome, ParsedFeed
from bot.domain.reading import Reading
from bot.domain.shadow import Difference
from bot.errors import FetchError
from bot.pipeline.assign import Assigner, Newcomer
from bot.pipeline.poll_report import PollReport, report_of, too_late
from bot.pipeline.quiet import Together
from bot.pipeline.shadow import Shadow
from bot.pipeline.watch import FeedWatch
from bot.polling.admission import Admission, FirstPoll, Flood, admit, title_key
from bot.polling.schedule import Bounds, after_poll
from bot.ports import Clock, Fetcher, Known, Liveness, NewEntry, Parser, Store, UnitOfWork

Read = Callable[[Entry, datetime], Reading]
"""The whole reading of one entry, seen at a moment."""

Unfold = Callable[[Feed, ParsedFeed], Awaitable[ParsedFeed]]
"""Puts the documents in place of entries that stand for many, before anything is read."""

Gate = AbstractAsyncContextManager[object]
"""Lets a number of polls work at a time."""

Progress = Callable[[int, int], None]
"""Told how many feeds of how many are polled."""

_TITLES = 2_000
"""How many of a feed's last titles a re-publication is compared with."""

_CRASHED = "The bot failed over what this feed brought: its log says where."

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestLimits:
    """How often feeds are polled, how many at once, and how much one poll may tell."""

    bounds: Bounds
    first_poll: FirstPoll
    flood: Flood
    concurrency: int = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class _Brought:
    """What a poll brought, before anything is stored."""

    fetched: Fetched
    parsed: ParsedFeed | None
    readings: dict[str, Reading]
    differences: dict[str, Difference] = field(default_factory=dict)
    """What the shadow rules read otherwise."""


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
        watch: FeedWatch | None = None,
        unfold: Unfold | None = None,
        shadow: Shadow | None = None,
    ) -> None:
        """Without `watch` alarms are kept and told to nobody but the owners of feeds."""
        self._shadow = shadow
        self._watch = watch or FeedWatch()
        self._unfold = unfold
        self._store = store
        self._fetcher = fetcher
        self._parser = parser
        self._read = read
        self._reading = asyncio.Semaphore(1)
        self._clock = clock
        self._liveness = liveness
        self._chance = chance
        self._limits = limits
        self._assigner = Assigner(clock)
        self._quiet: Together[tuple[Feed, _Brought], PollReport] = Together(self._keep_quiet)

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
        gate = asyncio.Semaphore(self._limits.concurrency)

        async def one(feed: Feed) -> PollReport:
            nonlocal done
            report = await self.poll(feed, gate)
            done += 1
            if progress is not None:
                progress(done, len(feeds))
            return report

        return list(await asyncio.gather(*(one(feed) for feed in feeds)))

    async def poll(self, feed: Feed, gate: Gate | None = None) -> PollReport:
        """Poll one leased feed, and store everything it brought.

        A mistake of ours over one feed is recorded on the feed and logged; the others go on.
        `gate` limits how many are at work: a poll leaves it once it only waits to be stored.
        """
        try:
            report = await self._poll(feed, gate or nullcontext())
        except Exception:
            log.exception("feed_crashed", feed=feed.spec.key)
            failed = Fetched(outcome=Outcome.ERROR, url=feed.spec.url, error=_CRASHED)
            async with self._store.begin() as uow:
                brought = _Brought(fetched=failed, parsed=None, readings={})
                report = await self._keep(uow, feed, brought)
        return report

    async def bring(self, feed: Feed, parsed: ParsedFeed) -> int:
        """Store entries that the feed's polls missed, and list them as missed; its schedule stays.

        They are told by the limits of any poll. Returns how many were new.
        """
        fetched = Fetched(outcome=Outcome.ENTRIES, url=feed.spec.url)
        brought = await self._brought(fetched, parsed)
        async with self._store.begin(assigning=True) as uow:
            now = self._clock.now()
            known = await uow.entries.known(feed.id, parsed.entries)
            fresh = [entry for entry in _once(parsed.entries) if entry.guid not in known]
            if not fresh:
                return 0
            admission = await self._admit(uow, feed, fresh, now)
            ids = await self._take(uow, feed, admission, brought)
            await self._watch.hold(uow, feed, ids, len(admission.held) - admission.again, now)
            await uow.watching.miss(feed.id, fresh, now)
        return len(fresh)

    async def _poll(self, feed: Feed, gate: Gate) -> PollReport:
        async with gate:
            brought = await self._fetch(feed)
            if brought.fetched.outcome is not Outcome.NOT_MODIFIED:
                return await self._keep_alone(feed, brought)
        report = await self._quiet.keep((feed, brought))
        return report or await self._keep_alone(feed, brought)

    async def _keep_alone(self, feed: Feed, brought: _Brought) -> PollReport:
        news = brought.parsed is not None and bool(brought.parsed.entries)
        async with self._store.begin(assigning=news) as uow:
            return await self._keep(uow, feed, brought)

    async def _keep_quiet(self, polls: Sequence[tuple[Feed, _Brought]]) -> list[PollReport]:
        """Store polls that brought nothing, in one transaction."""
        reports: list[PollReport] = []
        async with self._store.begin() as uow:
            now = self._clock.now()
            leased = await uow.feeds.leased([feed for feed, _ in polls])
            for feed, brought in polls:
                if feed.id not in leased:
                    reports.append(too_late(feed, brought.fetched, now))
                    continue
                after = await self._after(uow, feed, brought, (), now)
                reports.append(report_of(after, brought.fetched, now))
            kept = [report.feed for report in reports if report.feed.id in leased]
            await uow.feeds.save_all(kept)
        return reports

    async def _fetch(self, feed: Feed) -> _Brought:
        fetched = await self._fetcher.fetch(feed)
        if fetched.outcome is not Outcome.ENTRIES:
            return _Brought(fetched=fetched, parsed=None, readings={})
        seen = await self._store.queries.marks(feed.id)
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
            return _Brought(fetched=failed, parsed=None, readings={})
        if self._unfold is not None:
            parsed = await self._unfold(feed, parsed)
        return await self._brought(fetched, parsed)

    async def _brought(self, fetched: Fetched, parsed: ParsedFeed) -> _Brought:
        """Read what a feed shows, by the live rules and by those in their shadow."""
        readings = await self._readings(parsed)
        differences: dict[str, Difference] = {}
        if self._shadow is not None:
            read = [(entry, readings[entry.guid]) for entry in parsed.entries]
            differences = await self._shadow.compare(read, self._clock.now())
        return _Brought(fetched=fetched, parsed=parsed, readings=readings, differences=differences)

    async def _readings(self, parsed: ParsedFeed) -> dict[str, Reading]:
        readings: dict[str, Reading] = {}
        now = self._clock.now()
        for entry in parsed.entries:
            # in a thread, one at a time: the event loop answers people within a second
            async with self._reading:
                readings[entry.guid] = await asyncio.to_thread(self._read, entry, now)
        return readings

    async def _keep(self, uow: UnitOfWork, feed: Feed, brought: _Brought) -> PollReport:
        now = self._clock.now()
        if not await uow.feeds.still_leased(feed):
            return too_late(feed, brought.fetched, now)
        entries = brought.parsed.entries if brought.parsed else ()
        known = await uow.entries.known(feed.id, entries)
        fresh = [entry for entry in _once(entries) if entry.guid not in known]
        admission = await self._admit(uow, feed, fresh, now)
        ids = await self._take(uow, feed, admission, brought)
        await self._edit(uow, entries, known, brought)
        after = await self._after(uow, feed, brought, fresh, now)
        if await self._watch.hold(uow, feed, ids, len(admission.held) - admission.again, now):
            after = replace(after, watch=replace(after.watch, held_at=now))
        await uow.feeds.save(after, brought.parsed.marks if brought.parsed else None)
        return report_of(after, brought.fetched, now, admission)

    async def _after(
        self,
        uow: UnitOfWork,
        feed: Feed,
        brought: _Brought,
        fresh: Sequence[Entry],
        now: datetime,
    ) -> Feed:
        """Return the feed with its schedule, its health and its alarms after a poll."""
        after = after_poll(
            feed,
            brought.fetched,
            brought.parsed,
            new_entries=len(fresh),
            newest=max((e.published for e in fresh if e.published), default=None),
            now=now,
            bounds=self._limits.bounds,
            chance=self._chance(),
        )
        return await self._watch.after_poll(uow, feed, after, brought.parsed, fresh=fresh, now=now)

    async def _admit(
        self, uow: UnitOfWork, feed: Feed, fresh: Sequence[Entry], now: datetime
    ) -> Admission:
        first = feed.last_success_at is None
        titles = [] if first or not fresh else await uow.entries.titles(feed.id, limit=_TITLES)
        return admit(
            fresh,
            first=first,
            now=now,
            first_poll=self._limits.first_poll,
            flood=self._limits.flood,
            known_titles={title_key(title) for title in titles},
        )

    async def _take(
        self, uow: UnitOfWork, feed: Feed, admission: Admission, brought: _Brought
    ) -> list[EntryId]:
        new = [
            NewEntry(entry=entry, reading=brought.readings[entry.guid], held=held)
            for entries, held in ((admission.held, True), (admission.told, False))
            for entry in entries
        ]
        ids = await uow.entries.add(feed, new, self._clock.now())
        if self._shadow is not None and ids:
            stored = dict(zip((each.entry.guid for each in new), ids, strict=True))
            await self._shadow.note(uow, stored, brought.differences)
        newcomers = [
            Newcomer(
                entry_id=entry_id,
                entry=each.entry,
                reading=each.reading,
                owner=feed.spec.owner,
                opens=not each.held,
            )
            for entry_id, each in zip(ids, new, strict=True)
        ]
        await self._assigner.place(uow, newcomers)
        for entry_id, each in zip(ids, new, strict=True):
            tell = partial(_stored, feed.spec.key, entry_id, each)
            uow.after_commit(tell)
        return ids

    async def _edit(
        self,
        uow: UnitOfWork,
        entries: Sequence[Entry],
        known: Mapping[str, Known],
        brought: _Brought,
    ) -> None:
        now = self._clock.now()
        for entry in entries:
            found = known.get(entry.guid)
            if found is not None and found.edited and found.entry_id is not None:
                reading = brought.readings[entry.guid]
                await uow.entries.edit(found.entry_id, entry, reading, now)
                await self._assigner.corrected(uow, found.entry_id)


def _once(entries: Sequence[Entry]) -> list[Entry]:
    """Leave out what the feed itself says twice."""
    return list({entry.guid: entry for entry in reversed(entries)}.values())[::-1]


def _stored(feed: str, entry_id: EntryId, new: NewEntry) -> None:
    """The first line of an entry's trace; `entry_placed` and `alert_fanned_out` go on with it."""
    log.info(
        "entry_stored",
        feed=feed,
        entry_id=entry_id,
        guid=new.entry.guid,
        topics=[match.topic for match in new.reading.topics],
        held=new.held,
    )
