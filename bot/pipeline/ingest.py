"""From a feed that is due to stories and alert rows.

    claim ─► fetch ─► parse ─► read ─┬─► store, assign, compose, decide ─► feed's next poll
                                     └──────── one transaction a feed ────────────┘

Fetching, parsing and reading happen before the transaction opens. It holds the entries, their
readings, the stories, the alert rows and the feed's validators: without the commit the next poll
sees the same entries again.
"""

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

import structlog

from bot.domain.entry import Entry
from bot.domain.feed import Feed
from bot.domain.polling import Fetched, Outcome, ParsedFeed
from bot.domain.reading import Reading
from bot.errors import FetchError
from bot.pipeline.assign import Assigner, Newcomer
from bot.polling.admission import Admission, FirstPoll, Flood, admit, title_key
from bot.polling.schedule import Bounds, after_poll
from bot.ports import Clock, Fetcher, Known, Liveness, NewEntry, Parser, Store, UnitOfWork

Read = Callable[[Entry, datetime], Reading]
"""The whole reading of one entry, seen at a moment."""

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
class Told:
    """An entry that is told to whoever wants it."""

    title: str
    link: str | None
    id: str
    published: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PollReport:
    """How one poll of one feed ended."""

    feed: Feed
    outcome: Outcome
    status: int | None
    new: tuple[Told, ...] = ()
    skipped: int = 0
    """New entries that were stored and not told, because of the first-poll or flood limit."""
    next_s: float
    error: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class _Brought:
    """What a poll brought, before anything is stored."""

    fetched: Fetched
    parsed: ParsedFeed | None
    readings: dict[str, Reading]


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
    ) -> None:
        self._store = store
        self._fetcher = fetcher
        self._parser = parser
        self._read = read
        self._clock = clock
        self._liveness = liveness
        self._chance = chance
        self._limits = limits
        self._assigner = Assigner(clock)

    async def claim(self, *, limit: int, everything: bool = False) -> list[Feed]:
        """Lease feeds that are due; `everything` takes those that are not due as well."""
        async with self._store.begin() as uow:
            dead = [w for w in await uow.feeds.leaseholders() if self._liveness.is_dead(w)]
            return await uow.feeds.claim_due(
                self._clock.now(),
                worker=self._liveness.me,
                dead=dead,
                limit=limit,
                everything=everything,
            )

    async def poll_all(self, *, everything: bool = False) -> list[PollReport]:
        """Poll every due feed once, several at a time; reports stand in the order of the feeds."""
        feeds = await self.claim(limit=100_000, everything=everything)
        gate = asyncio.Semaphore(self._limits.concurrency)

        async def one(feed: Feed) -> PollReport:
            async with gate:
                return await self.poll(feed)

        return list(await asyncio.gather(*(one(feed) for feed in feeds)))

    async def poll(self, feed: Feed) -> PollReport:
        """Poll one leased feed, and store everything it brought.

        A mistake of ours over one feed is recorded on the feed and logged; the others go on.
        """
        try:
            report = await self._poll(feed)
        except Exception:
            log.exception("feed_crashed", feed=feed.spec.key)
            failed = Fetched(outcome=Outcome.ERROR, url=feed.spec.url, error=_CRASHED)
            async with self._store.begin() as uow:
                brought = _Brought(fetched=failed, parsed=None, readings={})
                report = await self._keep(uow, feed, brought)
        event = log.info if report.error is None else log.warning
        event(
            "feed_polled",
            feed=feed.spec.key,
            outcome=str(report.outcome),
            status=report.status,
            new=len(report.new),
            skipped=report.skipped,
            error=report.error,
        )
        return report

    async def _poll(self, feed: Feed) -> PollReport:
        brought = await self._fetch(feed)
        news = brought.parsed is not None and bool(brought.parsed.entries)
        async with self._store.begin(assigning=news) as uow:
            return await self._keep(uow, feed, brought)

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
        return _Brought(fetched=fetched, parsed=parsed, readings=await self._readings(parsed))

    async def _readings(self, parsed: ParsedFeed) -> dict[str, Reading]:
        readings: dict[str, Reading] = {}
        now = self._clock.now()
        for entry in parsed.entries:
            await asyncio.sleep(0)  # others get their turn on the event loop
            readings[entry.guid] = self._read(entry, now)
        return readings

    async def _keep(self, uow: UnitOfWork, feed: Feed, brought: _Brought) -> PollReport:
        now = self._clock.now()
        entries = brought.parsed.entries if brought.parsed else ()
        known = await uow.entries.known(feed.id, entries)
        fresh = [entry for entry in _once(entries) if entry.guid not in known]
        admission = await self._admit(uow, feed, fresh, now)
        await self._take(uow, feed, admission, brought)
        await self._edit(uow, entries, known, brought)
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
        await uow.feeds.save(after, brought.parsed.marks if brought.parsed else None)
        return PollReport(
            feed=after,
            outcome=brought.fetched.outcome,
            status=brought.fetched.status,
            new=tuple(_told(entry) for entry in admission.told),
            skipped=len(admission.held),
            next_s=max(0.0, (after.next_poll_at - now).total_seconds()),
            error=brought.fetched.error,
        )

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
    ) -> None:
        new = [
            NewEntry(entry=entry, reading=brought.readings[entry.guid], held=held)
            for entries, held in ((admission.held, True), (admission.told, False))
            for entry in entries
        ]
        ids = await uow.entries.add(feed, new, self._clock.now())
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
            if found is not None and found.edited:
                reading = brought.readings[entry.guid]
                await uow.entries.edit(found.entry_id, entry, reading, now)
                await self._assigner.corrected(uow, found.entry_id)


def _once(entries: Sequence[Entry]) -> list[Entry]:
    """Leave out what the feed itself says twice."""
    return list({entry.guid: entry for entry in reversed(entries)}.values())[::-1]


def _told(entry: Entry) -> Told:
    return Told(title=entry.title, link=entry.url, id=entry.guid, published=entry.published)
