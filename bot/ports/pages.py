"""The store's side of the pages: what only somebody who looks at a screen asks for."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.alert import Alert, Delivery, DeliveryState
from bot.domain.destination import Destination
from bot.domain.ids import StoryId, Tenant
from bot.domain.moments import require_aware


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One telling of a story: where, and what became of it."""

    destination: Destination
    delivery: Delivery


@dataclass(frozen=True, slots=True, kw_only=True)
class Hour:
    """How many entries on a topic came within an hour."""

    begins: datetime
    entries: int

    def __post_init__(self) -> None:
        require_aware(begins=self.begins)


class PageQueries(Protocol):
    """What the pages show besides what people ask in chat."""

    async def hours(self, *, owner: Tenant | None, since: datetime) -> Sequence[Hour]:
        """Count the entries on a topic hour by hour since a moment; hours without any are left out."""
        ...

    async def changes(
        self, story_id: StoryId, *, owner: Tenant | None, limit: int = 200
    ) -> Sequence[Alert]:
        """Return what changed of a story, oldest first; nothing where the owner may not see it."""
        ...

    async def told(self, story_id: StoryId, *, limit: int = 100) -> Sequence[Told]:
        """Return who was told of a story or one of its entries, newest first.

        Of every owner: for operators, never for people in a channel.
        """
        ...

    async def deliveries(
        self, *, state: DeliveryState | None, limit: int, offset: int = 0
    ) -> Sequence[Told]:
        """Return the latest deliveries to all places, in one state or in any.

        Of every owner: for operators, never for people in a channel.
        """
        ...

    async def noise(self, *, since: datetime) -> Mapping[StoryId, int]:
        """Return the stories that people marked as noise since a moment, with how many did.

        Of every team: for operators, never for people in a channel.
        """
        ...
