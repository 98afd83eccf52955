"""One transaction over every aggregate, on either database."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.ports import Vault
from bot.storage.alerts import SqlAlerts
from bot.storage.audit import SqlAudit
from bot.storage.deliveries import SqlDeliveries
from bot.storage.destinations import SqlDestinations
from bot.storage.engine import Engines
from bot.storage.entries import SqlEntries
from bot.storage.feeds import SqlFeeds
from bot.storage.queries import SqlQueries
from bot.storage.stories import SqlStories
from bot.storage.subscriptions import SqlSubscriptions

ASSIGNING_LOCK = 7_368_211
"""Number of the PostgreSQL advisory lock on story assignment; any number nobody else uses."""


class SqlUnitOfWork:
    """The aggregates of one open transaction."""

    def __init__(self, connection: AsyncConnection, vault: Vault) -> None:
        self.feeds = SqlFeeds(connection, vault)
        self.entries = SqlEntries(connection)
        self.stories = SqlStories(connection)
        self.destinations = SqlDestinations(connection)
        self.subscriptions = SqlSubscriptions(connection)
        self.alerts = SqlAlerts(connection)
        self.deliveries = SqlDeliveries(connection)
        self.audit = SqlAudit(connection)


class SqlStore:
    """Implements `bot.ports.Store`."""

    def __init__(self, engines: Engines, vault: Vault) -> None:
        self._engines = engines
        self._vault = vault
        self._assigning = asyncio.Lock()
        self.queries = SqlQueries(engines.reader, vault)

    @asynccontextmanager
    async def begin(self, *, assigning: bool = False) -> AsyncIterator[SqlUnitOfWork]:
        """Open a writing transaction; `assigning` waits for its turn to assign stories."""
        if not assigning:
            async with self._engines.writer.begin() as connection:
                yield SqlUnitOfWork(connection, self._vault)
            return
        async with self._assigning, self._engines.writer.begin() as connection:
            if not self._engines.on_sqlite:
                lock = sa.func.pg_advisory_xact_lock(ASSIGNING_LOCK)
                await connection.execute(sa.select(lock))
            yield SqlUnitOfWork(connection, self._vault)

    async def close(self) -> None:
        """Close every connection."""
        await self._engines.dispose()
