"""Makes the message of a claimed delivery from what the store holds when it is about to go out."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import TypeVar, cast

from bot.alerts.digest import Digested, Frame, bulletin
from bot.alerts.digest_words import digest_words
from bot.alerts.message import Label, of_entry, of_story, of_update
from bot.domain.alert import Alert, DeliveryKind
from bot.domain.digest import DigestItem
from bot.domain.ids import AlertId, EntryId, StoryId
from bot.domain.marks import NO_MARKS, MarksByDate, team_of
from bot.domain.message import Message
from bot.domain.story import Member, Story
from bot.domain.views import Claimed
from bot.domain.zones import zone_of
from bot.ports import UnitOfWork

T = TypeVar("T")

_WRITTEN = frozenset({"digest", "reminder"})
"""Subjects whose text was written when they were decided."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """What to send. No message where the subject was deleted meanwhile."""

    message: Message | None
    broadcast: bool = False


class Shelf:
    """What the messages of one batch are made of: each story, entry and alert is read once."""

    def __init__(self, uow: UnitOfWork) -> None:
        self.uow = uow
        self._kept: dict[tuple[str, *tuple[object, ...]], object] = {}

    async def story(self, story_id: StoryId) -> Story | None:
        """Return a story as it is now."""
        return await self._once(("story", story_id), lambda: self.uow.stories.get(story_id))

    async def member(self, entry_id: EntryId) -> Member | None:
        """Return an entry with its reading."""
        return await self._once(("member", entry_id), lambda: self.uow.stories.member(entry_id))

    async def home(self, entry_id: EntryId) -> StoryId | None:
        """Return the story an entry belongs to."""
        return await self._once(("home", entry_id), lambda: self.uow.stories.home(entry_id))

    async def alert(self, alert_id: AlertId) -> Alert | None:
        """Return an alert."""
        return await self._once(("alert", alert_id), lambda: self.uow.alerts.get(alert_id))

    async def marks(self, claimed: Claimed, story_id: StoryId) -> MarksByDate:
        """Return what the team of the destination said of a story's deadlines."""
        team = team_of(claimed.destination.address)
        return await self._once(
            ("marks", story_id, team), lambda: self.uow.people.deadline_marks(story_id, team)
        )

    async def _once(
        self, key: tuple[str, *tuple[object, ...]], read: Callable[[], Awaitable[T]]
    ) -> T:
        if key not in self._kept:
            self._kept[key] = await read()
        return cast("T", self._kept[key])


class Composer:
    """Builds messages with the topics' names in the destination's language."""

    def __init__(self, label: Label) -> None:
        self._label = label

    async def compose(self, shelf: Shelf, claimed: Claimed, now: datetime) -> Composed:
        """Return the message for a delivery, as the story is now."""
        draft = claimed.delivery.draft
        today = now.astimezone(zone_of(claimed.destination.zone)).date()
        if draft.kind is DeliveryKind.NOTICE:
            return Composed(message=await shelf.uow.deliveries.notice(claimed.delivery.id))
        kind, _, number = draft.subject.partition(":")
        if kind in _WRITTEN:
            return Composed(message=await shelf.uow.deliveries.notice(claimed.delivery.id))
        if kind == "bulletin":
            return Composed(message=await self._bulletin(shelf, claimed, today))
        if kind == "entry":
            return Composed(message=await self._entry(shelf, claimed, EntryId(int(number)), today))
        if draft.kind is DeliveryKind.REPLY:
            return await self._update(shelf, claimed, StoryId(int(number)))
        return Composed(message=await self._story(shelf, claimed, StoryId(int(number)), today))

    async def _bulletin(self, shelf: Shelf, claimed: Claimed, today: date) -> Message | None:
        """The stories of a storm's bulletin as they are now."""
        place, subject = claimed.destination, claimed.delivery.draft.subject
        items = await shelf.uow.digests.told_in(place.id, subject)
        found = [await shelf.story(number) for number in _numbers(items)]
        stories = [Digested(story=story) for story in found if story is not None]
        if not stories:
            return None
        words = digest_words(place.locale)
        frame = Frame(
            subject=subject,
            title=words.bulletin,
            place=place,
            label=self._label,
            today=today,
            why=words.bulletin_why.format(n=place.manners.storm),
            mention=tuple(dict.fromkeys(who for item in items for who in item.why.mention)),
        )
        return bulletin(stories, frame)

    async def _story(
        self, shelf: Shelf, claimed: Claimed, story_id: StoryId, today: date
    ) -> Message | None:
        story = await shelf.story(story_id)
        if story is None:
            return None
        why = (claimed.posted or claimed.delivery).draft.why
        return of_story(
            story,
            claimed.destination,
            why,
            label=self._label,
            today=today,
            marks=await shelf.marks(claimed, story_id) if story.deadlines else NO_MARKS,
        )

    async def _entry(
        self, shelf: Shelf, claimed: Claimed, entry_id: EntryId, today: date
    ) -> Message | None:
        member = await shelf.member(entry_id)
        if member is None:
            return None
        marks = NO_MARKS
        if member.reading.deadlines:
            story_id = await shelf.home(entry_id)
            marks = NO_MARKS if story_id is None else await shelf.marks(claimed, story_id)
        return of_entry(
            member,
            claimed.destination,
            claimed.delivery.draft.why,
            label=self._label,
            today=today,
            marks=marks,
        )

    async def _update(self, shelf: Shelf, claimed: Claimed, story_id: StoryId) -> Composed:
        story = await shelf.story(story_id)
        alert: Alert | None = None
        if claimed.delivery.draft.alert_id is not None:
            alert = await shelf.alert(claimed.delivery.draft.alert_id)
        if story is None or alert is None:
            return Composed(message=None)
        told = [alert]
        for number in await shelf.uow.deliveries.folds(claimed.delivery.id):
            further = await shelf.alert(number)
            told += [] if further is None else [further]
        changes = tuple(dict.fromkeys(change for each in told for change in each.changes))
        message = of_update(story, changes, claimed.destination)
        return Composed(message=message, broadcast=any(each.broadcast for each in told))


def _numbers(items: Sequence[DigestItem]) -> list[StoryId]:
    return list(dict.fromkeys(item.story_id for item in items))
