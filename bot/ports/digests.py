"""The store's side of what is told together: digests, what quiet hours held, bulletins, reminders."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.destination import Destination, Subscription
from bot.domain.digest import DigestItem, Gathered, Weather
from bot.domain.ids import DestinationId, StoryId


class Digests(Protocol):
    """Items that wait to be told together, and those that were."""

    async def add(self, items: Sequence[DigestItem]) -> int:
        """Write items, leaving out those that wait already; returns how many are new."""
        ...

    async def about(
        self, story_id: StoryId, destination_ids: Sequence[DestinationId]
    ) -> Mapping[DestinationId, list[DigestItem]]:
        """Return the items about a story and its entries, told or not, by destination."""
        ...

    async def weather(
        self, destination_ids: Sequence[DestinationId], since: datetime
    ) -> Mapping[DestinationId, Weather]:
        """Return how much each destination was told since a moment; calm ones are left out."""
        ...

    async def due(self, now: datetime, *, limit: int) -> list[Gathered]:
        """Return up to `limit` active places with all that is due there, each for one worker only."""
        ...

    async def told_in(self, destination_id: DestinationId, subject: str) -> list[DigestItem]:
        """Return what a digest or bulletin tells, in the order it was added."""
        ...

    async def tell(self, items: Collection[DigestItem], subject: str) -> None:
        """Note which delivery tells these items."""
        ...

    async def postpone(self, items: Collection[DigestItem], until: datetime) -> None:
        """Let items wait for a later moment."""
        ...

    async def told_elsewhere(self, items: Collection[DigestItem]) -> set[int]:
        """Return the numbers of items whose story the place was told since they were added."""
        ...

    async def announced(self, destination_id: DestinationId, beginning: str) -> bool:
        """Whether the place has a delivery whose subject begins so."""
        ...

    async def expecting(
        self, *, after: DestinationId | None, limit: int
    ) -> list[tuple[Destination, tuple[Subscription, ...]]]:
        """Return active places above `after` that say where a digest is empty, with subscriptions."""
        ...

    async def remindable(
        self, now: datetime, *, limit: int
    ) -> list[tuple[Destination, tuple[Subscription, ...]]]:
        """Return active places whose reminders are due to be looked for, each for one worker only."""
        ...

    async def remind_next(self, destination_id: DestinationId, at: datetime) -> None:
        """Look for a place's reminders again at a moment."""
        ...
