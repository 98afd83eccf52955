"""The store's side of the pages: what only somebody who looks at a screen asks for."""

from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.domain.alert import Alert, Delivery, DeliveryState
from bot.domain.destination import Destination
from bot.domain.ids import StoryId, Tenant
from bot.domain.moments import require_aware
from bot.domain.needs import Needs
from bot.domain.story import Story
from bot.domain.views import FoundEntry
from bot.ports.keeping import Stuck


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


@dataclass(frozen=True, slots=True, kw_only=True)
class State:
    """Words that change when what they stand for does: what is made of it is kept while they stay."""

    deadlines: str
    """A deadline is stated, dropped, moved, or marked by a team."""
    deadlines_at: datetime | None
    """When that last happened; None where there is no deadline."""
    tariffs: str
    """An entry says something of a tariff, or a team says something of that."""


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

    async def state(self) -> State:
        """Return how far the archive has come. It costs little to ask."""
        ...

    def dated_entries(
        self,
        *,
        owner: Tenant | None,
        needs: Needs,
        since: date,
        until: date,
        changed_since: datetime | None = None,
    ) -> AsyncIterator[FoundEntry]:
        """Yield entries that hold what is needed, of stories with a deadline from day to day.

        `changed_since` leaves out stories of whose deadlines nothing was said since a moment.
        """
        ...

    async def stories(self, ids: Collection[StoryId], *, owner: Tenant | None) -> Sequence[Story]:
        """Return these stories, in no order, those the owner may not see left out."""
        ...

    async def delivery_counts(self) -> Mapping[str, int]:
        """Count the deliveries of every owner by state: for operators."""
        ...

    async def stuck(self, *, limit: int) -> Sequence[Stuck]:
        """Return what an operator may want to look at, the latest first, what was dropped left out.

        Of every owner; unlike `bot.ports.keeping.StuckDeliveries` it never asks the writer.
        """
        ...

    async def noise(self, *, since: datetime) -> Mapping[StoryId, int]:
        """Return the stories that people marked as noise since a moment, with how many did.

        Of every team: for operators, never for people in a channel.
        """
        ...
