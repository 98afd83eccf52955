"""One transaction over every aggregate, on either database."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.ports import Vault
from bot.storage.alerts import SqlAlerts
from bot.storage.audit import SqlAudit
from bot.storage.deliveries import SqlDeliveries
from bot.storage.destinations import SqlDestinations
from bot.storage.digests import SqlDigests
from bot.storage.engine import Engines
from bot.storage.entries import SqlEntries
from bot.storage.feeds import SqlFeeds
from bot.storage.installations import SqlInstallations, SqlRequests
from bot.storage.leases import SqlLeases
from bot.storage.marks import SqlMarks
from bot.storage.outside import SqlOutside
from bot.storage.queries import SqlQueries
from bot.storage.retention import SqlRetention
from bot.storage.shadow import SqlRuleVersions
from bot.storage.stories import SqlStories
from bot.storage.stuck import SqlStuckDeliveries
from bot.storage.subscriptions import SqlSubscriptions
from bot.storage.tariff_ledger import SqlTariffMarks
from bot.storage.traces import SqlTraces
from bot.storage.watching import SqlWatching

ASSIGNING_LOCK = 7_368_211
"""Number of the PostgreSQL advisory lock on story assignment; any number nobody else uses."""
FANOUT_LOCK = 7_368_213
"""Number of the one on fan-out."""


class SqlUnitOfWork:
    """The aggregates of one open transaction."""

    def __init__(self, connection: AsyncConnection, vault: Vault) -> None:
        self.feeds = SqlFeeds(connection, vault)
        self.entries = SqlEntries(connection)
        self.stories = SqlStories(connection)
        self.destinations = SqlDestinations(connection)
        self.subscriptions = SqlSubscriptions(connection)
        self.alerts = SqlAlerts(connection)
        self.deliveries = SqlDeliveries(connection, vault)
        self.outside = SqlOutside(connection, vault)
        self.digests = SqlDigests(connection)
        self.audit = SqlAudit(connection)
        self.leases = SqlLeases(connection)
        self.installations = SqlInstallations(connection, vault)
        self.requests = SqlRequests(connection)
        self.people = SqlMarks(connection)
        self.traces = SqlTraces(connection)
        self.rules = SqlRuleVersions(connection)
        self.tariffs = SqlTariffMarks(connection)
        self.watching = SqlWatching(connection, vault)
        self.retention = SqlRetention(connection, vault)
        self.stuck = SqlStuckDeliveries(connection)
        self._connection = connection
        self._after_commit: list[Callable[[], None]] = []

    def apart(self) -> AbstractAsyncContextManager[object]:
        """Open a part of the transaction: what fails in it is undone, and nothing else."""
        return self._connection.begin_nested()

    def after_commit(self, call: Callable[[], None]) -> None:
        """Have something called once the transaction is stored, before its lock is released."""
        self._after_commit.append(call)

    def committed(self) -> None:
        """Make the calls that waited for the commit."""
        for call in self._after_commit:
            call()


class SqlStore:
    """Implements `bot.ports.Store`."""

    def __init__(self, engines: Engines, vault: Vault) -> None:
        self._engines = engines
        self._vault = vault
        self._assigning = asyncio.Lock()
        self.queries = SqlQueries(engines.reader, vault)

    @asynccontextmanager
    async def begin(
        self, *, assigning: bool = False, fanning_out: bool = False
    ) -> AsyncIterator[SqlUnitOfWork]:
        """Open a writing transaction, waiting for a turn to assign stories or to fan out."""
        async with self._assigning if assigning else nullcontext():
            async with self._engines.writer.begin() as connection:
                for wanted, number in ((assigning, ASSIGNING_LOCK), (fanning_out, FANOUT_LOCK)):
                    if wanted and not self._engines.on_sqlite:
                        await connection.execute(sa.select(sa.func.pg_advisory_xact_lock(number)))
                uow = SqlUnitOfWork(connection, self._vault)
                yield uow
            uow.committed()

    async def close(self) -> None:
        """Close every connection."""
        await self._engines.dispose()
