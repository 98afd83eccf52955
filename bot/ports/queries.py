"""The reading side of the store: what people look at."""

from collections.abc import AsyncIterator, Sequence
from datetime import date, datetime
from typing import Protocol

from bot.domain.alert import Delivery
from bot.domain.destination import Address, Destination, Subscription
from bot.domain.feed import Feed
from bot.domain.ids import DestinationId, FeedId, StoryId, Tenant
from bot.domain.story import Member, Story
from bot.domain.views import Counts, FoundDeadline, FoundEntry, Volume


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
        self, *, owner: Tenant | None, words: Sequence[str] = (), since: datetime | None = None
    ) -> AsyncIterator[FoundEntry]:
        """Yield entries newest first; `words` are folded and each must occur in the text."""
        ...

    async def deadlines(
        self, *, owner: Tenant | None, since: date, until: date, topic: str | None, limit: int
    ) -> list[FoundDeadline]:
        """Return deadlines from `since` to `until`, soonest first, one for each event."""
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

    async def subscriptions(self, destination_id: DestinationId) -> list[Subscription]:
        """Return a destination's subscriptions, oldest first."""
        ...

    async def feeds(self, owner: Tenant | None) -> list[Feed]:
        """Return the shared feeds, and the owner's, by name; those disabled are left out."""
        ...

    async def marks(self, feed_id: FeedId) -> frozenset[str]:
        """Return the marks of the entries in the feed's last body."""
        ...

    async def ping(self) -> None:
        """Ask the database whether it is there. Raises StorageError."""
        ...

    async def counts(self) -> Counts:
        """Count rows over all owners: for operators, never for people in a channel."""
        ...
