"""Who holds what exists once over all processes: a gateway connection, a worker's own name."""

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

WORKERS = "worker/"
"""Begins the names of the leases by which running processes say that they live."""


class Leases(Protocol):
    """Named leases, each with one holder until a moment."""

    async def take(
        self, name: str, *, holder: str, now: datetime, until: datetime, dead: Sequence[str] = ()
    ) -> bool:
        """Take or renew a lease; False where another holds it.

        A lease is free when it ended before `now`, or when its holder is one of the `dead`.
        """
        ...

    async def release(self, name: str, *, holder: str) -> None:
        """Give a lease up; harmless where another holds it."""
        ...

    async def holder(self, name: str) -> str | None:
        """Return who took the lease last, also when it ended; None where nobody did."""
        ...

    async def ended(self, prefix: str, now: datetime) -> list[str]:
        """Return the holders of leases whose name begins so and that ended before `now`."""
        ...

    async def forget(self, prefix: str, before: datetime) -> None:
        """Delete leases whose name begins so and that ended before a moment."""
        ...
