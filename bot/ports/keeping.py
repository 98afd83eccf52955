"""What keeps the store small and honest: retention, the seals over what was told, the outbox's troubles."""

from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.alert import Delivery
from bot.domain.destination import Destination
from bot.domain.ids import DeliveryId, DestinationId
from bot.domain.sealed import Checked, Told


class Retention(Protocol):
    """Deletes what is old, a batch in each call; all return how many rows went."""

    async def forget_entries(self, before: datetime, limit: int) -> int:
        """Delete entries first seen before a moment; of each a digest stays, by which it is known.

        Entries of stories that went on since then stay with their story.
        """
        ...

    async def cut_seals(self, before: datetime, limit: int) -> int:
        """Delete seals of what was told before a moment; the chains begin where they were cut."""
        ...

    async def forget_deliveries(self, before: datetime, limit: int) -> int:
        """Delete finished deliveries older than a moment whose subject went quiet in their place."""
        ...

    async def forget_audit(self, before: datetime, limit: int) -> int:
        """Delete audit lines older than a moment."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Stuck:
    """A delivery that an operator may want to look at."""

    delivery: Delivery
    destination: Destination
    told_by: DeliveryId | None
    """Another delivery that told this place the same subject, or is about to."""


class StuckDeliveries(Protocol):
    """Deliveries that were given up, or of which nobody knows whether they arrived."""

    async def listed(
        self, *, place: DestinationId | None = None, ids: Sequence[DeliveryId] | None = None
    ) -> list[Stuck]:
        """Return them, oldest first, those that were dropped left out; None is all."""
        ...

    async def replay(self, delivery_id: DeliveryId, now: datetime) -> None:
        """Let one that was given up wait for its turn again, under the key it always had."""
        ...

    async def ask_again(self, delivery_id: DeliveryId, now: datetime) -> None:
        """Have an unclear one settled now."""
        ...

    async def drop(self, delivery_id: DeliveryId, now: datetime) -> None:
        """Neither send nor list one any more."""
        ...


class SealQueries(Protocol):
    """Reads what was told, with its seals."""

    def told(
        self, *, places: Sequence[DestinationId] | None = None, since: datetime | None = None
    ) -> AsyncIterator[Told]:
        """Yield what arrived, in the order in which it did; None is every place."""
        ...

    async def cuts(self) -> Mapping[DestinationId, int]:
        """Return the number up to which retention deleted each place's rows."""
        ...

    async def check(self) -> Checked:
        """Recompute every chain, and compare it with the deliveries."""
        ...
