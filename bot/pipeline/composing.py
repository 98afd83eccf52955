"""Makes the message of a claimed delivery from what the store holds when it is about to go out."""

from dataclasses import dataclass
from datetime import date

from bot.alerts.message import Label, of_entry, of_story, of_update
from bot.domain.alert import Alert, DeliveryKind
from bot.domain.ids import EntryId, StoryId
from bot.domain.message import Message
from bot.domain.views import Claimed
from bot.ports import UnitOfWork


@dataclass(frozen=True, slots=True, kw_only=True)
class Composed:
    """What to send. No message where the subject was deleted meanwhile."""

    message: Message | None
    broadcast: bool = False


class Composer:
    """Builds messages with the topics' names in the destination's language."""

    def __init__(self, label: Label) -> None:
        self._label = label

    async def compose(self, uow: UnitOfWork, claimed: Claimed, today: date) -> Composed:
        """Return the message for a delivery, as the story is now."""
        draft = claimed.delivery.draft
        if draft.kind is DeliveryKind.NOTICE:
            return Composed(message=await uow.deliveries.notice(claimed.delivery.id))
        kind, _, number = draft.subject.partition(":")
        if kind == "entry":
            return Composed(message=await self._entry(uow, claimed, EntryId(int(number)), today))
        if draft.kind is DeliveryKind.REPLY:
            return await self._update(uow, claimed, StoryId(int(number)))
        return Composed(message=await self._story(uow, claimed, StoryId(int(number)), today))

    async def _story(
        self, uow: UnitOfWork, claimed: Claimed, story_id: StoryId, today: date
    ) -> Message | None:
        story = await uow.stories.get(story_id)
        if story is None:
            return None
        why = (claimed.posted or claimed.delivery).draft.why
        return of_story(story, claimed.destination, why, label=self._label, today=today)

    async def _entry(
        self, uow: UnitOfWork, claimed: Claimed, entry_id: EntryId, today: date
    ) -> Message | None:
        member = await uow.stories.member(entry_id)
        if member is None:
            return None
        why = claimed.delivery.draft.why
        return of_entry(member, claimed.destination, why, label=self._label, today=today)

    async def _update(self, uow: UnitOfWork, claimed: Claimed, story_id: StoryId) -> Composed:
        story = await uow.stories.get(story_id)
        alert: Alert | None = None
        if claimed.delivery.draft.alert_id is not None:
            alert = await uow.alerts.get(claimed.delivery.draft.alert_id)
        if story is None or alert is None:
            return Composed(message=None)
        message = of_update(story, alert.changes, claimed.destination)
        return Composed(message=message, broadcast=alert.broadcast)
