"""The store's side of why a place was told or not."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.alert import Delivery
from bot.domain.digest import DigestItem
from bot.domain.ids import AlertId, DestinationId, StoryId, Tenant
from bot.domain.trace import AlertTrace, Stops, TracedEntry


class Traces(Protocol):
    """What is written at fan-out."""

    async def note(self, alert_id: AlertId, upto: DestinationId, stops: Stops) -> None:
        """Store what stopped the places of one batch; `upto` is its last destination.

        One row for a batch, its destinations written as differences: some two bytes for each place
        that an alert was near to.
        """
        ...

    async def forget(self, before: datetime) -> int:
        """Delete the notes of alerts older than a moment; returns how many rows."""
        ...


class TraceQueries(Protocol):
    """What is asked for. Every method shows shared rows and the owner's, never another's."""

    async def entries_at(self, url: str, owner: Tenant | None) -> list[TracedEntry]:
        """Return the entries with this address, compared as `canonical_url` does, newest first."""
        ...

    async def entries_in(self, story_id: StoryId, owner: Tenant | None) -> list[TracedEntry]:
        """Return a story's entries in the order they joined."""
        ...

    async def alerts_of(
        self, story_id: StoryId, destination_id: DestinationId | None
    ) -> Sequence[AlertTrace]:
        """Return a story's alerts, oldest first, with what stopped them at a destination."""
        ...

    async def gathered(
        self, story_id: StoryId, destination_id: DestinationId
    ) -> Sequence[DigestItem]:
        """Return what waited, or waits, to be told together at a place about a story."""
        ...

    async def deliveries(
        self, destination_id: DestinationId, *, limit: int, offset: int
    ) -> list[Delivery]:
        """Return a page of what a destination was told, newest first."""
        ...
