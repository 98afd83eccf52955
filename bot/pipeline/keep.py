"""Stores what polls brought: one transaction for the polls that end together.

    still leased? ─► what is new ─► what may be told ─► entries ─► stories, alert rows ─► the feeds' next polls

A feed's entries, their readings, its stories and alert rows and its validators are in one transaction,
whatever other feeds are in it too. Where it fails, each poll is stored alone.
"""

from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

import structlog

from bot.domain.entry import Entry
from bot.domain.feed import Feed
from bot.domain.ids import EntryId, FeedId
from bot.domain.polling import Fetched, ParsedFeed
from bot.domain.reading import Reading
from bot.domain.shadow import Difference
from bot.pipeline.assign import Assigner, Newcomer
from bot.pipeline.poll_report import PollReport, report_of, too_late
from bot.pipeline.reads import Readings, Reads
from bot.pipeline.shadow import Shadow
from bot.pipeline.watch import FeedWatch
from bot.polling.admission import REPUBLISHED_AT_MOST, Admission, FirstPoll, Flood, admit
from bot.polling.sameness import by_itself, title_key
from bot.polling.schedule import Bounds, after_poll
from bot.ports import Clock, Known, NewEntry, UnitOfWork
from bot.ports.watching import Holding

_TITLES = 2_000
"""How many of a feed's last titles a re-publication is compared with."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class IngestLimits:
    """How often feeds are polled, how many at once, and how much one poll may tell."""

    bounds: Bounds
    first_poll: FirstPoll
    flood: Flood
    concurrency: int = 32


@dataclass(frozen=True, slots=True, kw_only=True)
class Brought:
    """What a poll brought, before anything is stored."""

    fetched: Fetched
    parsed: ParsedFeed | None = None
    readings: Readings = field(default_factory=lambda: Readings(found={}))
    differences: dict[str, Difference] = field(default_factory=dict)
    """What the shadow rules read otherwise."""

    @property
    def entries(self) -> Sequence[Entry]:
        """The entries that the feed shows and that were not in its last body."""
        return self.parsed.entries if self.parsed else ()

    def renamed(self, own: Mapping[str, Entry]) -> "Brought":
        """Return the same with entries of other guids in place of some; `own` has them by the old."""
        if self.parsed is None or not own:
            return self
        entries = tuple(own.get(entry.guid, entry) for entry in self.entries)
        names = {guid: entry.guid for guid, entry in own.items()}
        found = {names.get(guid, guid): reading for guid, reading in self.readings.found.items()}
        return replace(
            self,
            parsed=replace(self.parsed, entries=entries),
            readings=replace(self.readings, found=found),
            differences={names.get(guid, guid): one for guid, one in self.differences.items()},
        )


Poll = tuple[Feed, Brought]
KnownOf = Mapping[FeedId, Mapping[str, Known]]


@dataclass(slots=True, kw_only=True)
class _Kept:
    """A poll on its way into the store."""

    feed: Feed
    brought: Brought
    known: Mapping[str, Known]
    fresh: list[Entry]
    admission: Admission
    news: list[NewEntry]
    ids: Sequence[EntryId] = ()
    after: Feed | None = None


class Keep:
    """Stores polls inside transactions that others open."""

    def __init__(
        self,
        *,
        clock: Clock,
        chance: Callable[[], float],
        limits: IngestLimits,
        reads: Reads,
        watch: FeedWatch,
        shadow: Shadow | None,
    ) -> None:
        self._clock = clock
        self._chance = chance
        self._limits = limits
        self._reads = reads
        self._watch = watch
        self._shadow = shadow
        self._assigner = Assigner(clock)

    async def quiet(self, uow: UnitOfWork, polls: Sequence[Poll]) -> list[PollReport]:
        """Store polls that brought nothing."""
        now = self._clock.now()
        leased = await uow.feeds.leased([feed for feed, _ in polls])
        reports: list[PollReport] = []
        for feed, brought in polls:
            if feed.id not in leased:
                reports.append(too_late(feed, brought.fetched, now))
                continue
            after = await self._after(uow, feed, brought, (), now)
            reports.append(report_of(after, brought.fetched, now))
        pairs = zip(polls, reports, strict=True)
        await uow.feeds.save_all([(p[0], r.feed) for p, r in pairs if r.feed.id in leased])
        return reports

    async def polls(self, uow: UnitOfWork, polls: Sequence[Poll]) -> list[PollReport]:
        """Store polls of different feeds; needs the turn to assign stories where they have entries."""
        now = self._clock.now()
        leased = await uow.feeds.leased([feed for feed, _ in polls])
        kept = await self._taken(uow, [poll for poll in polls if poll[0].id in leased], now)
        for one in kept.values():
            await self._edit(uow, one, now)
            one.after = await self._after(uow, one.feed, one.brought, one.fresh, now)
        await self._hold(uow, list(kept.values()), now)
        await uow.feeds.save_all(
            [(one.feed, one.after) for one in kept.values() if one.after is not None],
            {n: one.brought.parsed.marks for n, one in kept.items() if one.brought.parsed},
        )
        return [_report(feed, brought, kept.get(feed.id), now) for feed, brought in polls]

    async def missed(self, uow: UnitOfWork, feed: Feed, brought: Brought) -> Sequence[Entry]:
        """Store entries that a feed's polls missed; its schedule stays. Returns those that are new."""
        now = self._clock.now()
        one = (await self._taken(uow, [(feed, brought)], now))[feed.id]
        if one.fresh:
            await self._hold(uow, [one], now)
            await uow.watching.miss(feed.id, one.fresh, now)
        return one.fresh

    async def _taken(
        self, uow: UnitOfWork, polls: Sequence[Poll], now: datetime
    ) -> dict[FeedId, _Kept]:
        """Store the new entries of polls, and put them into their stories."""
        known = await uow.entries.known_of({feed.id: b.entries for feed, b in polls if b.entries})
        polls, known = await _renamed(uow, polls, known)
        polls = await self._read_again(uow, polls, now)
        kept = {
            feed.id: await self._admitted(uow, feed, brought, known.get(feed.id, {}), now)
            for feed, brought in polls
        }
        with_news = [one for one in kept.values() if one.news]
        numbers = await uow.entries.add_all([(one.feed, one.news) for one in with_news], now)
        newcomers: list[Newcomer] = []
        for one, ids in zip(with_news, numbers, strict=True):
            one.ids = ids
            newcomers += _newcomers(one)
            if self._shadow is not None:
                stored = dict(zip((new.entry.guid for new in one.news), ids, strict=True))
                await self._shadow.note(uow, stored, one.brought.differences)
        await self._assigner.place(uow, newcomers)
        if with_news:
            uow.after_commit(lambda: _tell(with_news))
        return kept

    async def _read_again(
        self, uow: UnitOfWork, polls: Sequence[Poll], now: datetime
    ) -> Sequence[Poll]:
        """Read in full what a query wants that was subscribed to since it was read briefly."""
        brief = [
            brought.readings.asked
            for _, brought in polls
            if any(reading.brief for reading in brought.readings.found.values())
        ]
        if not brief:
            return polls
        asked = await uow.subscriptions.queries()
        if all(asked <= before for before in brief):
            return polls
        return [
            (
                feed,
                replace(
                    brought,
                    readings=await self._reads.again(brought.entries, brought.readings, asked, now),
                ),
            )
            for feed, brought in polls
        ]

    async def _admitted(
        self,
        uow: UnitOfWork,
        feed: Feed,
        brought: Brought,
        known: Mapping[str, Known],
        now: datetime,
    ) -> _Kept:
        fresh = [entry for entry in _once(brought.entries) if entry.guid not in known]
        first = feed.last_success_at is None
        few = len(fresh) <= REPUBLISHED_AT_MOST  # whatever their titles, no re-publication
        titles = [] if first or few else await uow.entries.titles(feed.id, limit=_TITLES)
        admission = admit(
            fresh,
            first=first,
            now=now,
            first_poll=self._limits.first_poll,
            flood=self._limits.flood,
            known_titles={title_key(title) for title in titles},
        )
        readings = brought.readings.found
        news = [
            NewEntry(entry=entry, reading=readings[entry.guid], held=held)
            for entries, held in ((admission.held, True), (admission.told, False))
            for entry in entries
        ]
        return _Kept(
            feed=feed, brought=brought, known=known, fresh=fresh, admission=admission, news=news
        )

    async def _after(
        self,
        uow: UnitOfWork,
        feed: Feed,
        brought: Brought,
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

    async def _hold(self, uow: UnitOfWork, kept: Sequence[_Kept], now: datetime) -> None:
        """Remember which polls told only a part of their new entries."""
        rows: list[Holding] = []
        for one in kept:
            held = len(one.admission.held) - one.admission.again
            row = self._watch.holding(one.feed, one.ids, held, now)
            if row is None:
                continue
            rows.append(row)
            if one.after is not None:
                one.after = replace(one.after, watch=replace(one.after.watch, held_at=now))
        if rows:
            await uow.watching.hold_all(rows)

    async def _edit(self, uow: UnitOfWork, one: _Kept, now: datetime) -> None:
        for entry in one.brought.entries:
            found = one.known.get(entry.guid)
            if found is None or not found.edited or found.entry_id is None:
                continue
            reading = one.brought.readings.found[entry.guid]
            at_home = await uow.stories.home(found.entry_id) is not None
            if at_home and reading.brief:  # what is in a story is read in full
                reading = await self._reads.full(entry, now)
            await uow.entries.edit(found.entry_id, entry, reading, now)
            if at_home:
                await self._assigner.corrected(uow, found.entry_id)
            elif not reading.brief:  # it was on no topic, and now it is
                await self._assigner.place(
                    uow, [_newcomer(one.feed, found.entry_id, entry, reading)]
                )


async def _renamed(
    uow: UnitOfWork, polls: Sequence[Poll], known: KnownOf
) -> tuple[Sequence[Poll], KnownOf]:
    """Give entries whose guid the feed used before for others a guid of their own.

    First that is their link; where another entry has that too, a hash of their words.
    """
    for link in (True, False):
        if not any(one.reused for of_feed in known.values() for one in of_feed.values()):
            break
        own = {feed.id: _own(brought, known.get(feed.id, {}), link) for feed, brought in polls}
        polls = [(feed, brought.renamed(own[feed.id])) for feed, brought in polls]
        again = await uow.entries.known_of(
            {feed_id: list(entries.values()) for feed_id, entries in own.items() if entries}
        )
        known = {
            feed_id: {guid: one for guid, one in of_feed.items() if guid not in own[feed_id]}
            | dict(again.get(feed_id, {}))
            for feed_id, of_feed in known.items()
        }
    return polls, known


def _own(brought: Brought, known: Mapping[str, Known], link: bool) -> dict[str, Entry]:  # noqa: FBT001 - one of two rounds
    """Return by their guid the entries whose guid was used before, with one of their own."""
    taken = Counter({entry.guid for entry in brought.entries})
    reused = [one for one in brought.entries if one.guid in known and known[one.guid].reused]
    taken.update(one.url or "" for one in reused)
    return {one.guid: by_itself(one, link=link and taken[one.url or ""] == 1) for one in reused}


def _report(feed: Feed, brought: Brought, one: _Kept | None, now: datetime) -> PollReport:
    if one is None or one.after is None:
        return too_late(feed, brought.fetched, now)
    return report_of(one.after, brought.fetched, now, one.admission)


def _newcomers(one: _Kept) -> list[Newcomer]:
    return [
        _newcomer(one.feed, entry_id, new.entry, new.reading, opens=not new.held)
        for entry_id, new in zip(one.ids, one.news, strict=True)
        if not new.reading.brief
    ]


def _newcomer(
    feed: Feed, entry_id: EntryId, entry: Entry, reading: Reading, *, opens: bool = False
) -> Newcomer:
    return Newcomer(
        entry_id=entry_id, entry=entry, reading=reading, owner=feed.spec.owner, opens=opens
    )


def _once(entries: Sequence[Entry]) -> list[Entry]:
    """Leave out what the feed itself says twice."""
    return list({entry.guid: entry for entry in reversed(entries)}.values())[::-1]


def _tell(kept: Sequence[_Kept]) -> None:
    """The first line of each entry's trace; `entry_placed` and `alert_fanned_out` go on with it.

    What was read briefly has no trace to follow: its line is for whoever looks closer.
    """
    bound = log.bind()
    for one in kept:
        for entry_id, new in zip(one.ids, one.news, strict=True):
            tell = bound.debug if new.reading.brief else bound.info
            tell(
                "entry_stored",
                feed=one.feed.spec.key,
                entry_id=entry_id,
                guid=new.entry.guid,
                topics=[match.topic for match in new.reading.topics],
                held=new.held,
                brief=new.reading.brief,
            )
