"""Who changed what."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import tables


class SqlAudit:
    """Implements `bot.ports.Audit`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, who: str, what: str, about: str, now: datetime) -> None:
        """Write one line."""
        values = {"at": now, "who": who, "what": what, "about": about}
        await self._connection.execute(sa.insert(tables.audit).values(values))
