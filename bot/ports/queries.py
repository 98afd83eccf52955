"""The reading side of the store: what people look at."""

from collections.abc import AsyncIterator, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.domain.alert import Delivery
from bot.domain.destination import Address, Destination, Subscription
from bot.domain.feed import Feed
from bot.domain.ids import DestinationId, FeedId, StoryId, Tenant
from bot.domain.needs import NOTHING, Needs
from bot.domain.outside import OutsideKind, OutsideService
from bot.domain.reading import DeadlineKind
from bot.domain.story import Member, Story
from bot.domain.views import (
    Counts,
    FoundDeadline,
    FoundEntry,
    QueueDepth,
    TrackedDeadline,
    Volume,
)
from bot.ports.keeping import SealQueries
from bot.ports.marks import MarkQueries
from bot.ports.pages import PageQueries
from bot.ports.shadow import ShadowQueries
from bot.ports.tariffs import TariffQueries
from bot.ports.traces import TraceQueries
from bot.ports.watching import MissedEntry


class Queries(Protocol):
    """What people look at. Every method shows shared rows and the owner's, never another's."""

    async def stories(
        self,
        *,
        owner: Tenant | None,
        since: datetime | None = None,
        topic: str | None = None,
        limit: int = 10,
        offset: int = 0,
        most_told_first: bool = False,
    ) -> list[Story]:
        """Return stories, newest first, or those with most sources first.

        Stories on no topic are left out.
        """
        ...

    async def story(self, story_id: StoryId, owner: Tenant | None) -> Story | None:
        """Return one story."""
        ...

    async def members(self, story_id: StoryId, owner: Tenant | None) -> list[Member]:
        """Return a story's entries in the order they joined."""
        ...

    def entries(
        self, *, owner: Tenant | None, needs: Needs = NOTHING, since: datetime | None = None
    ) -> AsyncIterator[FoundEntry]:
        """Yield entries that hold what is needed, newest first."""
        ...

    async def deadlines(
        self,
        *,
        owner: Tenant | None,
        since: date,
        until: date,
        topic: str | None,
        limit: int,
        team: Tenant | None = None,
        whole: bool = False,
        kind: DeadlineKind | None = None,
    ) -> list[FoundDeadline]:
        """Return deadlines from `since` to `until`, soonest first, with the team's marks.

        Those the team dismissed are left out; without a team it is the owner. `whole` leaves them
        in, and adds deadlines of other days that replace one of these: what
        `record.deadlines.lifecycle` needs.
        """
        ...

    async def tracked_deadlines(
        self,
        *,
        owner: Tenant | None,
        team: Tenant,
        since: date,
        until: date,
        limit: int,
        changed_since: datetime | None = None,
    ) -> list[TrackedDeadline]:
        """Return all deadlines stories ever stated for days from `since` to `until`, by number.

        Those that are stated no more, or that the team dismissed, are among them. Where there are
        more than `limit`, the latest are returned. `changed_since` leaves out those that nothing
        was said of since a moment.
        """
        ...

    async def volume(self, *, owner: Tenant | None, since: datetime, topic: str | None) -> Volume:
        """Count entries on a topic, and their stories."""
        ...

    async def deliveries_about(self, subject: str, destination_id: DestinationId) -> list[Delivery]:
        """Return what a destination was told about a subject, in order."""
        ...

    async def recent_deliveries(self, destination_id: DestinationId, limit: int) -> list[Delivery]:
        """Return a destination's deliveries of any state, newest (by creation) first."""
        ...

    async def destination(self, address: Address) -> Destination | None:
        """Return the destination of an address, as `Destinations.find` does, without a transaction."""
        ...

    async def outside_service(self, kind: OutsideKind, name: str) -> OutsideService | None:
        """Return a stored service outside chat, its address opened. Raises ConfigError."""
        ...

    async def outside_names(self) -> list[tuple[OutsideKind, str]]:
        """Return the stored services outside chat, by kind and name."""
        ...

    async def subscriptions(self, destination_id: DestinationId) -> list[Subscription]:
        """Return a destination's subscriptions, oldest first."""
        ...

    async def every_subscription(self) -> list[tuple[Destination, Subscription]]:
        """Return the subscriptions of every place: for operators, never for people in a channel."""
        ...

    async def feeds(self, owner: Tenant | None) -> list[Feed]:
        """Return the shared feeds, and the owner's, by name; those disabled are left out."""
        ...

    async def every_feed(self) -> list[Feed]:
        """Return the feeds of every owner: for operators, never for people in a channel."""
        ...

    async def asked(self) -> frozenset[str]:
        """Return the queries that anybody subscribed to: for polls, never for people."""
        ...

    async def marks(self, feed_ids: Sequence[FeedId]) -> list[frozenset[str]]:
        """Return the marks of the entries in each feed's last body, in the order of the feeds."""
        ...

    @property
    def tariffs(self) -> TariffQueries:
        """The tariff ledger."""
        ...

    @property
    def seals(self) -> SealQueries:
        """What was told, with its seals."""
        ...

    @property
    def shadow(self) -> ShadowQueries:
        """What rules beside the live ones would have read."""
        ...

    @property
    def traces(self) -> TraceQueries:
        """Why places were told or not."""
        ...

    @property
    def pages(self) -> PageQueries:
        """What only the pages show."""
        ...

    @property
    def people(self) -> MarkQueries:
        """What people did with alerts and deadlines."""
        ...

    async def missed(self, owner: Tenant | None, since: datetime) -> list[MissedEntry]:
        """Return what the daily comparison found missing since a moment, the latest first."""
        ...

    async def ping(self) -> None:
        """Ask the database whether it is there. Raises StorageError."""
        ...

    async def queue_depth(self, now: datetime) -> QueueDepth:
        """Return what is due at a moment and not taken: for operators."""
        ...

    async def counts(self) -> Counts:
        """Count rows over all owners: for operators, never for people in a channel."""
        ...
