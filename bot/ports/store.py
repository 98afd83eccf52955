"""The writing side of the store: one Protocol for each aggregate, joined by a unit of work."""

from collections.abc import Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.alert import Alert, DeliveryDraft, DeliveryState, Receipt
from bot.domain.destination import Address, Destination, DestinationState, Subscription, Wish
from bot.domain.entry import Entry
from bot.domain.feed import Feed, FeedSpec, FeedState, Origin
from bot.domain.ids import (
    AlertId,
    DeliveryId,
    DestinationId,
    EntryId,
    FeedId,
    StoryId,
    SubscriptionId,
    Tenant,
)
from bot.domain.message import Message
from bot.domain.reading import Reading
from bot.domain.story import Member, Story
from bot.domain.views import Claimed
from bot.ports.queries import Queries
from bot.ports.rows import AlertDraft, Known, Listener, NewEntry, Placement


class Feeds(Protocol):
    """The feeds and their schedule."""

    async def reconcile(self, specs: Sequence[FeedSpec], now: datetime) -> None:
        """Make the config rows match the configuration; removed ones are disabled, chat rows stay."""
        ...

    async def add(self, spec: FeedSpec, now: datetime) -> Feed:
        """Store a feed of a person. Raises InvalidInputError where the owner has this address."""
        ...

    async def get(self, feed_id: FeedId) -> Feed | None:
        """Return one feed."""
        ...

    async def listed(self, owner: Tenant | None) -> list[Feed]:
        """Return the shared feeds, and the owner's, by name."""
        ...

    async def claim_due(
        self, now: datetime, *, worker: str, dead: Sequence[str], limit: int, everything: bool
    ) -> list[Feed]:
        """Lease feeds that are due, most overdue first; `everything` ignores next_poll_at."""
        ...

    async def leaseholders(self) -> list[str]:
        """Return the workers that hold leases on feeds."""
        ...

    async def save(self, feed: Feed, marks: frozenset[str] | None) -> None:
        """Store a feed after its poll and end its lease; marks None leaves them as they were."""
        ...

    async def set_state(self, feed_id: FeedId, state: FeedState) -> None:
        """Pause, resume or end a feed."""
        ...


class Entries(Protocol):
    """The archive."""

    async def known(self, feed_id: FeedId, entries: Sequence[Entry]) -> Mapping[str, Known]:
        """Return, by guid of the given entries, those this feed already has (by guid or link)."""
        ...

    async def titles(self, feed_id: FeedId, *, limit: int) -> list[str]:
        """Return the titles of the feed's last entries, newest first."""
        ...

    async def add(self, feed: Feed, entries: Sequence[NewEntry], now: datetime) -> list[EntryId]:
        """Store new entries and their readings; returns their numbers in the same order."""
        ...

    async def edit(self, entry_id: EntryId, entry: Entry, reading: Reading, now: datetime) -> None:
        """Store an entry's other words and their reading; the former words are kept apart."""
        ...


class Stories(Protocol):
    """Stories and who is in them. Written only under `Store.begin(assigning=True)`."""

    async def placed_since(self, last: EntryId, oldest: datetime) -> list[Placement]:
        """Return placements of entries above `last` seen since `oldest`, by entry."""
        ...

    async def next_id(self) -> StoryId:
        """Reserve the number of a new story."""
        ...

    async def get(self, story_id: StoryId) -> Story | None:
        """Return a story as last composed."""
        ...

    async def members(self, story_id: StoryId) -> list[Member]:
        """Return the story's entries, in the order they joined."""
        ...

    async def home(self, entry_id: EntryId) -> StoryId | None:
        """Return the story an entry is in."""
        ...

    async def member(self, entry_id: EntryId) -> Member | None:
        """Return one entry with its reading and why it joined its story."""
        ...

    async def save(self, stories: Sequence[Story], *, new: bool) -> None:
        """Store stories' readings, their deadlines and tariff actions; `new` ones have no row."""
        ...

    async def place(self, placements: Sequence[Placement]) -> None:
        """Store that entries belong to stories."""
        ...


class Destinations(Protocol):
    """The places alerts go to."""

    async def find(self, address: Address) -> Destination | None:
        """Return the destination; an empty workspace finds the channel where only one has it."""
        ...

    async def ensure(
        self, address: Address, *, origin: Origin, zone: str, locale: str
    ) -> Destination:
        """Return the destination, made if need be; learns the workspace it did not know."""
        ...

    async def get(self, destination_id: DestinationId) -> Destination | None:
        """Return one destination."""
        ...

    async def set_state(
        self, destination_id: DestinationId, state: DestinationState, reason: str | None
    ) -> None:
        """Pause, break or mend a destination."""
        ...

    async def mend_broken(self) -> int:
        """Give every broken destination another try; returns how many there are."""
        ...


class Subscriptions(Protocol):
    """Who wants what."""

    async def add(
        self, destination_id: DestinationId, wish: Wish, *, origin: Origin, by: str, now: datetime
    ) -> Subscription | None:
        """Store a wish; None where the destination has it already (its level is brought up to date)."""
        ...

    async def remove(self, subscription_id: SubscriptionId) -> None:
        """Delete one."""
        ...

    async def of(self, destination_id: DestinationId) -> list[Subscription]:
        """Return a destination's subscriptions, oldest first."""
        ...

    async def listed(self) -> list[tuple[Destination, Subscription]]:
        """Return all, by destination."""
        ...

    async def audience(
        self, story: Story, *, after: DestinationId | None, limit: int
    ) -> list["Listener"]:
        """Return up to `limit` destinations above `after` that may want this story or have it.

        Those whose tenant may not see the story's owner are left out.
        """
        ...


class Alerts(Protocol):
    """Story changes that wait for their fan-out."""

    async def add(self, drafts: Sequence[AlertDraft], now: datetime) -> None:
        """Store that these revisions must be told."""
        ...

    async def waiting(self, limit: int) -> list[Alert]:
        """Return alerts whose fan-out is not finished, oldest first."""
        ...

    async def advance(self, alert_id: AlertId, cursor: DestinationId | None, *, done: bool) -> None:
        """Move the cursor in the transaction that wrote the deliveries."""
        ...

    async def get(self, alert_id: AlertId) -> Alert | None:
        """Return one alert."""
        ...


class Deliveries(Protocol):
    """The outbox."""

    async def enqueue(self, drafts: Sequence[DeliveryDraft], now: datetime) -> int:
        """Write deliveries, leaving out those that exist; returns how many are new."""
        ...

    async def enqueue_notice(
        self, destination_id: DestinationId, subject: str, message: Message, now: datetime
    ) -> int:
        """Write a notice with its own text."""
        ...

    async def notice(self, delivery_id: DeliveryId) -> Message | None:
        """Return a notice's text."""
        ...

    async def claim(
        self,
        now: datetime,
        *,
        worker: str,
        lease: timedelta,
        pace: Mapping[str, timedelta],
        limit: int,
    ) -> list[Claimed]:
        """Take due deliveries, at most one for each destination and in its order; record the try.

        `pace` holds the platforms this process serves; others' deliveries are left alone.
        """
        ...

    async def give_up(self, before: datetime, reason: str) -> int:
        """Drop what has been waiting since before a moment, paused places apart; returns how many."""
        ...

    async def expire(self, now: datetime, dead: Sequence[str]) -> int:
        """Turn sends whose lease ended, or whose worker died, into `unknown`; returns how many."""
        ...

    async def unsettled(
        self, now: datetime, *, worker: str, lease: timedelta, platforms: Sequence[str], limit: int
    ) -> list[Claimed]:
        """Lease `unknown` deliveries, so that one worker settles them."""
        ...

    async def leaseholders(self) -> list[str]:
        """Return the workers that hold leases on deliveries."""
        ...

    async def record(
        self,
        delivery_id: DeliveryId,
        state: DeliveryState,
        *,
        worker: str,
        now: datetime,
        receipt: Receipt | None = None,
        due_at: datetime | None = None,
        error: str | None = None,
        repeated: bool = False,
    ) -> bool:
        """Store how an attempt ended and end the lease; False where the lease was lost meanwhile."""
        ...

    async def hold_destination(self, destination_id: DestinationId, until: datetime) -> None:
        """Send nothing to this destination before `until`."""
        ...

    async def next_due(self, platforms: Sequence[str]) -> datetime | None:
        """Return when the next waiting delivery may go out."""
        ...


class Audit(Protocol):
    """Who changed what."""

    async def add(self, who: str, what: str, about: str, now: datetime) -> None:
        """Write one line."""
        ...


class UnitOfWork(Protocol):
    """One transaction over every aggregate."""

    @property
    def feeds(self) -> Feeds:
        """Feeds and their schedule."""
        ...

    @property
    def entries(self) -> Entries:
        """The archive."""
        ...

    @property
    def stories(self) -> Stories:
        """Stories and their members."""
        ...

    @property
    def destinations(self) -> Destinations:
        """Where alerts go."""
        ...

    @property
    def subscriptions(self) -> Subscriptions:
        """Who wants what."""
        ...

    @property
    def alerts(self) -> Alerts:
        """Changes that wait for fan-out."""
        ...

    @property
    def deliveries(self) -> Deliveries:
        """The outbox."""
        ...

    @property
    def audit(self) -> Audit:
        """Who changed what."""
        ...

    def after_commit(self, call: Callable[[], None]) -> None:
        """Have something called once the transaction is stored, before its lock is released."""
        ...


class Store(Protocol):
    """Opens transactions. Leaving the block commits; an exception rolls back."""

    def begin(
        self, *, assigning: bool = False, fanning_out: bool = False
    ) -> AbstractAsyncContextManager[UnitOfWork]:
        """Open a writing transaction.

        `assigning` also takes the lock on story assignment, `fanning_out` the one on fan-out: two
        revisions of one story must not be fanned out side by side.
        """
        ...

    @property
    def queries(self) -> "Queries":
        """The reading side."""
        ...
