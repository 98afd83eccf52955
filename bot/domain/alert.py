"""An alert is a story's change that must be told; a delivery is its telling to one destination."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.destination import PlatformName
from bot.domain.ids import AlertId, DeliveryId, DestinationId, EntryId, StoryId, SubscriptionId
from bot.domain.manners import Mention
from bot.domain.moments import require_aware
from bot.domain.reading import Span
from bot.domain.story import Change, Telling


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """One revision of a story that is to be told."""

    id: AlertId
    story_id: StoryId
    entry_id: EntryId
    """The entry that brought the change; subscriptions with `group: entry` are told this entry."""
    revision: int
    telling: Telling
    changes: tuple[Change, ...] = ()
    broadcast: bool = False
    opens: bool = True
    """Whether a destination that lacks the story's message gets one: not for an edited entry, nor
    for one that the first-poll or flood limit held back."""
    created_at: datetime
    cursor: DestinationId | None = None
    """The last destination fanned out to; None before the first batch."""

    def __post_init__(self) -> None:
        require_aware(created_at=self.created_at)


class DeliveryKind(StrEnum):
    """What is done on the platform."""

    POST = "post"
    EDIT = "edit"
    REPLY = "reply"
    NOTICE = "notice"
    """The bot's own words to a channel, such as a sample alert."""


class DeliveryState(StrEnum):
    """pending → sending → sent | retry | unknown | dead; unknown → sent | retry | dead."""

    PENDING = "pending"
    SENDING = "sending"
    SENT = "sent"
    RETRY = "retry"
    UNKNOWN = "unknown"
    DEAD = "dead"


@dataclass(frozen=True, slots=True, kw_only=True)
class Receipt:
    """Where the platform put a message: enough to edit it and to answer in its thread."""

    channel: str
    message: str
    """Slack's ts, Discord's message id; empty where the platform gives none."""
    thread: str | None = None
    """Discord's thread channel, where one was opened on the message."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """Why a destination got a delivery: stored when it was decided, never recomputed."""

    subscription_id: SubscriptionId | None
    wish: str
    """The topic or query in words."""
    spans: tuple[Span, ...] = ()
    """The words of the entry that matched."""
    mention: tuple[Mention, ...] = ()
    """Who the subscriptions that matched ask to call by name."""
    urgent: bool = False
    """Whether it is told in quiet hours too."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryDraft:
    """A delivery as routing decides it, before it has a row."""

    destination_id: DestinationId
    alert_id: AlertId | None
    subject: str
    """``story:7``, ``entry:9``, ``digest:…``, ``reminder:…``, ``bulletin:…`` or ``notice:…``."""
    kind: DeliveryKind
    revision: int
    why: Why
    due_at: datetime | None = None
    """Nothing is sent before it; None is at once."""

    def __post_init__(self) -> None:
        require_aware(due_at=self.due_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """One send to one destination. (destination, subject, kind, revision) is unique."""

    id: DeliveryId
    key: str
    """The same on every attempt and nobody else's, at most 25 characters: a repeat is known by it."""
    draft: DeliveryDraft
    platform: PlatformName
    state: DeliveryState = DeliveryState.PENDING
    attempts: int = 0
    first_attempt_at: datetime | None = None
    due_at: datetime
    created_at: datetime
    sent_at: datetime | None = None
    receipt: Receipt | None = None
    error: str | None = None
    repeated: bool = False
    """True where an unclear send could not be settled and was repeated once."""

    def __post_init__(self) -> None:
        require_aware(
            first_attempt_at=self.first_attempt_at,
            due_at=self.due_at,
            created_at=self.created_at,
            sent_at=self.sent_at,
        )
