"""Named leases: what exists once over all processes, and until when."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.storage import tables
from bot.storage.upsert import insert_new

_t = tables.leases


class SqlLeases:
    """Implements `bot.ports.leases.Leases`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def take(
        self, name: str, *, holder: str, now: datetime, until: datetime, dead: Sequence[str] = ()
    ) -> bool:
        """Take or renew a lease; False where another holds it."""
        free = sa.or_(_t.c.holder == holder, _t.c.until < now, _t.c.holder.in_(list(dead)))
        taken = await self._connection.execute(
            sa.update(_t).where(_t.c.name == name, free).values(holder=holder, until=until)
        )
        if taken.rowcount:
            return True
        row = {"name": name, "holder": holder, "until": until}
        return bool(await insert_new(self._connection, _t, [row]))

    async def release(self, name: str, *, holder: str) -> None:
        """Give a lease up; harmless where another holds it."""
        mine = sa.and_(_t.c.name == name, _t.c.holder == holder)
        await self._connection.execute(sa.delete(_t).where(mine))

    async def holder(self, name: str) -> str | None:
        """Return who took the lease last, also when it ended."""
        query = sa.select(_t.c.holder).where(_t.c.name == name)
        found: str | None = await self._connection.scalar(query)
        return found

    async def ended(self, prefix: str, now: datetime) -> list[str]:
        """Return the holders of leases whose name begins so and that ended before `now`."""
        query = sa.select(_t.c.holder).where(
            _t.c.name.startswith(prefix, autoescape=True), _t.c.until < now
        )
        return list((await self._connection.execute(query)).scalars())

    async def forget(self, prefix: str, before: datetime) -> None:
        """Delete leases whose name begins so and that ended before a moment."""
        old = sa.and_(_t.c.name.startswith(prefix, autoescape=True), _t.c.until < before)
        await self._connection.execute(sa.delete(_t).where(old))
