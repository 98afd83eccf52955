"""The store: one Protocol for each aggregate, joined by a unit of work."""

from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from datetime import datetime
from typing import Protocol

from bot.domain.outside import OutsideKind, OutsideService
from bot.ports.archive import Entries, Feeds, Stories
from bot.ports.digests import Digests
from bot.ports.installations import Installations, Requests
from bot.ports.keeping import Retention, StuckDeliveries
from bot.ports.leases import Leases
from bot.ports.marks import Marks
from bot.ports.outbox import Alerts, Deliveries, Destinations, Subscriptions
from bot.ports.queries import Queries
from bot.ports.shadow import RuleVersions
from bot.ports.tariffs import TariffMarks
from bot.ports.traces import Traces
from bot.ports.watching import Watching


class Outside(Protocol):
    """Named services outside chat; their addresses are sealed."""

    async def put(self, service: OutsideService, by: str, now: datetime) -> None:
        """Store a service, in place of the one with its kind and name."""
        ...

    async def remove(self, kind: OutsideKind, name: str) -> bool:
        """Delete one; False where there is none."""
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
    def tariffs(self) -> TariffMarks:
        """What teams say of the tariff ledger."""
        ...

    @property
    def rules(self) -> RuleVersions:
        """Versions of the rules of topics, and what shadow rules read."""
        ...

    @property
    def traces(self) -> Traces:
        """Why places were not told."""
        ...

    @property
    def people(self) -> Marks:
        """What people do with alerts and deadlines."""
        ...

    @property
    def outside(self) -> Outside:
        """Named services outside chat."""
        ...

    @property
    def digests(self) -> Digests:
        """What is told together."""
        ...

    @property
    def audit(self) -> Audit:
        """Who changed what."""
        ...

    @property
    def leases(self) -> Leases:
        """What exists once over all processes, and who holds it."""
        ...

    @property
    def installations(self) -> Installations:
        """Workspaces that put the app in."""
        ...

    @property
    def requests(self) -> Requests:
        """What platforms asked of us."""
        ...

    @property
    def stuck(self) -> StuckDeliveries:
        """Deliveries that an operator may want to look at."""
        ...

    @property
    def retention(self) -> Retention:
        """What is deleted when it is old."""
        ...

    @property
    def watching(self) -> Watching:
        """What polls held back, and what they missed."""
        ...

    def apart(self) -> AbstractAsyncContextManager[object]:
        """Open a part of the transaction: what fails in it is undone, and nothing else."""
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
