"""Puts stored entries into stories, inside the transaction that holds the assignment lock.

    fingerprint ─► candidates in the index ─► assign ─► compose ─► decide ─► alert row

All newcomers of a transaction get their story first, by the index alone; then the stories they join
are looked up together. What the transaction changes is gathered and written at its end, in a few
statements.
"""

import asyncio
from collections import OrderedDict
from collections.abc import AsyncIterator, Collection, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import TypeVar

import structlog

from bot.domain.entry import Entry
from bot.domain.ids import EntryId, StoryId, Tenant
from bot.domain.reading import Reading
from bot.domain.story import Member, Story, Telling, Verdict
from bot.ports import AlertDraft, Clock, Placement, UnitOfWork
from bot.stories import changes, fingerprint
from bot.stories.cluster import assign
from bot.stories.compose import Composition
from bot.stories.fingerprint import Fingerprint
from bot.stories.index import WINDOW, StoryIndex

_KEEP = WINDOW + timedelta(days=2)
"""Entries seen longer ago leave the index; a feed may bring an entry late."""
_PRUNE_EVERY = timedelta(hours=1)
_MOST = 50_000
"""Entries in the index, some 2 kB each: the window of 5,000 busy feeds. Past a tenth more, those of the
stories that are silent longest leave it, so that a flood fills the database and not the memory."""
_PAGE = 2_000
"""Placements that are loaded at once."""
_LIVE = 300
"""Stories kept whole in memory, so that one that grows fast is not read again for each entry."""

_BREATH = 20
"""So many entries are placed in one go, some 2 ms each, before the event loop turns."""

T = TypeVar("T")

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Newcomer:
    """An entry that was just stored and has no story yet."""

    entry_id: EntryId
    entry: Entry
    reading: Reading
    owner: Tenant | None
    opens: bool
    """Whether it may be told by itself, as in Alert."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Chosen:
    """A newcomer with its place."""

    newcomer: Newcomer
    story_id: StoryId
    mark: Fingerprint
    joined: str


@dataclass(slots=True)
class _Whole:
    """A story with what its members add up to."""

    story: Story
    members: Composition


@dataclass(slots=True)
class _Batch:
    """What one transaction changes."""

    next_id: StoryId
    now: datetime
    wholes: dict[StoryId, _Whole] = field(default_factory=dict)
    """The stories that it touches, as they stand."""
    created: dict[StoryId, Story] = field(default_factory=dict)
    grown: dict[StoryId, Story] = field(default_factory=dict)
    placements: list[Placement] = field(default_factory=list)
    alerts: list[AlertDraft] = field(default_factory=list)

    def take_id(self) -> StoryId:
        """Return the number of a new story."""
        taken = self.next_id
        self.next_id = StoryId(taken + 1)
        return taken

    def put(self, story: Story) -> None:
        """Remember a story's last state."""
        (self.created if story.id in self.created else self.grown)[story.id] = story

    async def write(self, uow: UnitOfWork) -> None:
        """Write everything."""
        await uow.stories.save(list(self.created.values()), new=True)
        await uow.stories.save(list(self.grown.values()), new=False)
        await uow.stories.place(self.placements)
        await uow.alerts.add(self.alerts, self.now)
        uow.after_commit(self._tell)

    def _tell(self) -> None:
        """Log where each entry went, and whether somebody may be told of it."""
        told = {draft.entry_id: draft for draft in self.alerts}
        for placed in self.placements:
            draft = told.get(placed.entry_id)
            log.info(
                "entry_placed",
                entry_id=placed.entry_id,
                story_id=placed.story_id,
                new_story=placed.story_id in self.created,
                revision=draft.revision if draft else None,
                telling=str(draft.verdict.telling) if draft else "no alert",
            )


class Assigner:
    """Holds the index of the window. Used only under the assignment lock."""

    def __init__(self, clock: Clock, *, most: int = _MOST) -> None:
        """`most`: entries in the index."""
        self._clock = clock
        self._most = most
        self._index = StoryIndex()
        self._live: OrderedDict[StoryId, _Whole] = OrderedDict()
        self._dirty = False
        self._pruned_at = clock.now()

    async def place(self, uow: UnitOfWork, newcomers: Sequence[Newcomer]) -> None:
        """Put entries into their stories, one after the other, and write what is to be told."""
        if not newcomers:
            return
        await self._catch_up(uow)
        first = await uow.stories.next_id()
        batch = _Batch(next_id=first, now=self._clock.now())
        chosen = [self._choose(batch, one) async for one in _one_by_one(newcomers)]
        known = {one.story_id for one in chosen if one.story_id < first}
        batch.wholes = await self._wholes(uow, known)
        async for one in _one_by_one(chosen):
            self._grow(batch, one)
        self._keep(batch)
        await batch.write(uow)

    async def corrected(self, uow: UnitOfWork, entry_id: EntryId) -> None:
        """Compose the story of an edited entry anew, and tell what that changed."""
        story_id = await uow.stories.home(entry_id)
        before = await uow.stories.get(story_id) if story_id is not None else None
        if before is None or story_id is None:
            return
        self._live.pop(story_id, None)
        members = await uow.stories.members(story_id)
        member = next(m for m in members if m.entry_id == entry_id)
        after = Composition(members).story(
            story_id, before.owner, revision=before.revision + 1, previous=before
        )
        await self._remark(uow, before, member)
        if after == replace(before, revision=after.revision):
            return
        await uow.stories.save([after], new=False)
        verdict = changes.decide(before, after, member, edited=True)
        draft = _draft(after, entry_id, verdict, opens=False)
        await uow.alerts.add([draft] if draft else [], self._clock.now())

    async def _remark(self, uow: UnitOfWork, story: Story, member: Member) -> None:
        """Let what comes next be compared with the entry as it reads now, not as it once did.

        Other workers go on with what they loaded until they load the window anew.
        """
        await self._catch_up(uow)
        mark = fingerprint.of(member.entry, member.reading, member.seen_at)
        await uow.stories.remark(member.entry_id, mark.to_json())
        self._index.forget([member.entry_id])
        self._index.add(member.entry_id, story.id, story.owner, mark, member.seen_at)

    async def _catch_up(self, uow: UnitOfWork) -> None:
        """Load what other workers placed since the last entry this index knows.

        What an earlier transaction of this worker put in and did not commit is dropped first, with
        the whole index: the store is the truth.
        """
        if self._dirty:
            self._index = StoryIndex()
            self._live.clear()
        self._dirty = True
        uow.after_commit(self._committed)
        now = self._clock.now()
        page, found = min(_PAGE, self._most), None
        while found is None or found == page:
            last = self._index.last_entry_id
            placements = await uow.stories.placed_since(last, now - _KEEP, limit=page)
            found = len(placements)
            self._load(placements)
        if now - self._pruned_at >= _PRUNE_EVERY:
            self._index.prune(now - _KEEP)
            self._pruned_at = now

    def _load(self, placements: Sequence[Placement]) -> None:
        for placed in placements:
            self._live.pop(placed.story_id, None)
            self._index.add(
                placed.entry_id,
                placed.story_id,
                placed.owner,
                Fingerprint.from_json(placed.fingerprint),
                placed.seen_at,
            )
        if len(self._index) > self._most * 1.1:
            self._index.shrink(self._most)

    def _committed(self) -> None:
        self._dirty = False

    def _choose(self, batch: _Batch, newcomer: Newcomer) -> _Chosen:
        mark = fingerprint.of(newcomer.entry, newcomer.reading, batch.now)
        found = assign(mark, self._index, owner=newcomer.owner, now=batch.now)
        story_id = batch.take_id() if found.story_id is None else found.story_id
        self._index.add(newcomer.entry_id, story_id, newcomer.owner, mark, batch.now)
        return _Chosen(newcomer=newcomer, story_id=story_id, mark=mark, joined=found.joined)

    async def _wholes(
        self, uow: UnitOfWork, story_ids: Collection[StoryId]
    ) -> dict[StoryId, _Whole]:
        """Return those of the stories that are stored: from memory where nobody changed them."""
        wholes: dict[StoryId, _Whole] = {}
        for story_id, revision in (await uow.stories.revisions(story_ids)).items():
            whole = self._live.get(story_id)
            if whole is None or whole.story.revision != revision:
                story = await uow.stories.get(story_id)
                if story is None:
                    continue
                whole = _Whole(story, Composition(await uow.stories.members(story_id)))
            wholes[story_id] = whole
        return wholes

    def _grow(self, batch: _Batch, chosen: _Chosen) -> None:
        """Compose the story with the newcomer, and decide what is to be told of it."""
        newcomer, whole = chosen.newcomer, batch.wholes.get(chosen.story_id)
        member = Member(
            entry_id=newcomer.entry_id,
            entry=newcomer.entry,
            reading=newcomer.reading,
            seen_at=batch.now,
            joined=chosen.joined,
        )
        before = whole.story if whole else None
        members = whole.members if whole else Composition()
        members.add(member)
        after = members.story(
            chosen.story_id,
            newcomer.owner,
            revision=before.revision + 1 if before else 1,
            previous=before,
        )
        if before is None:
            batch.created[after.id] = after
        batch.put(after)
        batch.wholes[after.id] = _Whole(after, members)
        batch.placements.append(_placement(chosen, member))
        verdict = changes.decide(before, after, member, edited=False)
        draft = _draft(after, newcomer.entry_id, verdict, opens=newcomer.opens)
        if draft is not None:
            batch.alerts.append(draft)

    def _keep(self, batch: _Batch) -> None:
        for story_id, whole in batch.wholes.items():
            self._live[story_id] = whole
            self._live.move_to_end(story_id)
        while len(self._live) > _LIVE:
            self._live.popitem(last=False)


async def _one_by_one(many: Sequence[T]) -> AsyncIterator[T]:
    """Yield what there is, letting others run in between: a feed may bring thousands of entries."""
    for number, one in enumerate(many, start=1):
        yield one
        if number % _BREATH == 0:
            await asyncio.sleep(0)


def _placement(chosen: _Chosen, member: Member) -> Placement:
    return Placement(
        entry_id=member.entry_id,
        story_id=chosen.story_id,
        owner=chosen.newcomer.owner,
        seen_at=member.seen_at,
        fingerprint=chosen.mark.to_json(),
        joined=member.joined,
    )


def _draft(story: Story, entry_id: EntryId, verdict: Verdict, *, opens: bool) -> AlertDraft | None:
    """Return the alert to write.

    An entry that may be told gets one even where its story needs no message: subscriptions with
    `group: entry` are told every entry.
    """
    if verdict.telling is Telling.NOTHING and not opens:
        return None
    return AlertDraft(
        story_id=story.id,
        revision=story.revision,
        entry_id=entry_id,
        verdict=verdict,
        opens=opens,
    )
