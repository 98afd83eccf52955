"""Puts stored entries into stories, inside the transaction that holds the assignment lock.

    fingerprint ─► candidates in the index ─► assign ─► compose ─► decide ─► alert row

What a transaction changes is gathered and written at its end, in a few statements.
"""

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import structlog

from bot.domain.entry import Entry
from bot.domain.ids import EntryId, StoryId, Tenant
from bot.domain.reading import Reading
from bot.domain.story import Member, Story, Telling, Verdict
from bot.ports import AlertDraft, Clock, Placement, UnitOfWork
from bot.stories import changes, fingerprint
from bot.stories.cluster import assign
from bot.stories.compose import compose
from bot.stories.fingerprint import Fingerprint
from bot.stories.index import WINDOW, StoryIndex

_KEEP = WINDOW + timedelta(days=2)
"""Entries seen longer ago leave the index; a feed may bring an entry late."""
_PRUNE_EVERY = timedelta(hours=1)
_LIVE = 300
"""Stories kept whole in memory, so that one that grows fast is not read again for each entry."""

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


@dataclass(slots=True)
class _Whole:
    """A story with all its members."""

    story: Story
    members: list[Member]


@dataclass(slots=True)
class _Batch:
    """What one transaction changes."""

    next_id: StoryId
    now: datetime
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

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._index = StoryIndex()
        self._live: OrderedDict[StoryId, _Whole] = OrderedDict()
        self._dirty = False
        self._pruned_at = clock.now()

    async def place(self, uow: UnitOfWork, newcomers: Sequence[Newcomer]) -> None:
        """Put entries into their stories, one after the other, and write what is to be told."""
        if not newcomers:
            return
        await self._catch_up(uow)
        batch = _Batch(next_id=await uow.stories.next_id(), now=self._clock.now())
        for newcomer in newcomers:
            await self._place_one(uow, batch, newcomer)
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
        after = compose(
            story_id, before.owner, members, revision=before.revision + 1, previous=before
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
        for placed in await uow.stories.placed_since(self._index.last_entry_id, now - _KEEP):
            self._live.pop(placed.story_id, None)
            self._index.add(
                placed.entry_id,
                placed.story_id,
                placed.owner,
                Fingerprint.from_json(placed.fingerprint),
                placed.seen_at,
            )
        if now - self._pruned_at >= _PRUNE_EVERY:
            self._index.prune(now - _KEEP)
            self._pruned_at = now

    def _committed(self) -> None:
        self._dirty = False

    async def _place_one(self, uow: UnitOfWork, batch: _Batch, newcomer: Newcomer) -> None:
        now = batch.now
        mark = fingerprint.of(newcomer.entry, newcomer.reading, now)
        chosen = assign(mark, self._index, owner=newcomer.owner, now=now)
        whole = await self._whole(uow, batch, chosen.story_id) if chosen.story_id else None
        member = Member(
            entry_id=newcomer.entry_id,
            entry=newcomer.entry,
            reading=newcomer.reading,
            seen_at=now,
            joined=chosen.joined,
        )
        before = whole.story if whole else None
        members = [*whole.members, member] if whole else [member]
        after = compose(
            before.id if before else batch.take_id(),
            newcomer.owner,
            members,
            revision=before.revision + 1 if before else 1,
            previous=before,
        )
        if before is None:
            batch.created[after.id] = after
        batch.put(after)
        self._keep(after, members)
        self._index.add(newcomer.entry_id, after.id, newcomer.owner, mark, now)
        batch.placements.append(_placement(newcomer, after.id, mark, member))
        verdict = changes.decide(before, after, member, edited=False)
        draft = _draft(after, newcomer.entry_id, verdict, opens=newcomer.opens)
        if draft is not None:
            batch.alerts.append(draft)

    async def _whole(self, uow: UnitOfWork, batch: _Batch, story_id: StoryId) -> _Whole | None:
        live = self._live.get(story_id)
        if live is not None and (story_id in batch.created or story_id in batch.grown):
            return live
        story = await uow.stories.get(story_id)
        if story is None:
            return None
        if live is not None and live.story.revision == story.revision:
            return live
        return _Whole(story, await uow.stories.members(story_id))

    def _keep(self, story: Story, members: list[Member]) -> None:
        self._live[story.id] = _Whole(story, members)
        self._live.move_to_end(story.id)
        if len(self._live) > _LIVE:
            self._live.popitem(last=False)


def _placement(
    newcomer: Newcomer, story_id: StoryId, mark: Fingerprint, member: Member
) -> Placement:
    return Placement(
        entry_id=newcomer.entry_id,
        story_id=story_id,
        owner=newcomer.owner,
        seen_at=member.seen_at,
        fingerprint=mark.to_json(),
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
