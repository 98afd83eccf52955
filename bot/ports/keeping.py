"""What keeps the store small and honest: retention, the seals over what was told, the outbox's troubles."""

from collections.abc import AsyncIterator, Sequence
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


class SealQueries(Protocol):
    """Reads what was told, with its seals."""

    def told(
        self, *, places: Sequence[DestinationId] | None = None, since: datetime | None = None
    ) -> AsyncIterator[Told]:
        """Yield what arrived, in the order in which it did; None is every place."""
        ...

    async def check(self) -> Checked:
        """Recompute every chain, and compare it with the deliveries."""
        ...
