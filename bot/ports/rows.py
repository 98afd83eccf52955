"""What goes into the store and comes out of it for the pipeline, before and beside the nouns."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.alert import DeliveryState, Receipt
from bot.domain.destination import Destination, Subscription
from bot.domain.entry import Entry
from bot.domain.ids import DeliveryId, EntryId, StoryId, Tenant
from bot.domain.marks import Mute
from bot.domain.reading import Reading
from bot.domain.story import Verdict


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """What the store holds of an entry the feed shows again."""

    entry_id: EntryId | None
    """None where retention deleted it, and only a digest of it is left."""
    edited: bool
    """Whether the feed's words differ from the stored ones."""
    reused: bool = False
    """Whether what is stored is another entry, whose guid the feed gave to this one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewEntry:
    """An entry that is to be stored, with its reading."""

    entry: Entry
    reading: Reading
    held: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Placement:
    """An entry's place in a story, with the fingerprint that the index needs to find it again."""

    entry_id: EntryId
    story_id: StoryId
    owner: Tenant | None
    seen_at: datetime
    fingerprint: str
    """JSON made and read by stories/fingerprint.py."""
    joined: str
    """Why it joined, in words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listener:
    """A destination as fan-out sees it."""

    destination: Destination
    subscriptions: tuple[Subscription, ...]
    has_post: bool
    """Whether the story's message was posted here, or is on its way."""
    follows: bool = False
    """Whether a person follows this story here, whatever is subscribed."""
    mutes: tuple[Mute, ...] = ()
    """Topics that were muted here, those whose time is over included."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertDraft:
    """An alert before it has a row."""

    story_id: StoryId
    revision: int
    entry_id: EntryId
    verdict: Verdict
    opens: bool
    """As in Alert."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ended:
    """How an attempt ended, as it is stored; None leaves what stands there."""

    delivery_id: DeliveryId
    state: DeliveryState
    receipt: Receipt | None = None
    due_at: datetime | None = None
    error: str | None = None
    """Also None clears it."""
    repeated: bool = False
