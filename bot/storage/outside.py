"""Named services outside chat, their addresses sealed."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.outside import OutsideKind, OutsideService
from bot.ports import Vault
from bot.storage.tables import outside_services


class SqlOutside:
    """Implements `bot.ports.Outside`."""

    def __init__(self, connection: AsyncConnection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    async def put(self, service: OutsideService, by: str, now: datetime) -> None:
        """Store a service, in place of the one with its kind and name."""
        await self.remove(service.kind, service.name)
        await self._connection.execute(
            sa.insert(outside_services).values(
                kind=str(service.kind),
                name=service.name,
                url=self._vault.seal(service.url),
                secret=self._vault.seal(service.secret),
                created_by=by,
                created_at=now,
            )
        )

    async def remove(self, kind: OutsideKind, name: str) -> bool:
        """Delete one; False where there is none."""
        gone = await self._connection.execute(
            sa.delete(outside_services)
            .where(*_named(kind, name))
            .returning(outside_services.c.name)
        )
        return gone.first() is not None


async def find(
    connection: AsyncConnection, vault: Vault, kind: OutsideKind, name: str
) -> OutsideService | None:
    """Return one service, its address opened. Raises ConfigError where no key fits."""
    found = (
        await connection.execute(sa.select(outside_services).where(*_named(kind, name)))
    ).first()
    if found is None:
        return None
    return OutsideService(
        kind=kind, name=name, url=vault.open(found.url), secret=vault.open(found.secret)
    )


async def names(connection: AsyncConnection) -> list[tuple[OutsideKind, str]]:
    """Return what is stored, by kind and name."""
    order = (outside_services.c.kind, outside_services.c.name)
    rows = await connection.execute(sa.select(*order).order_by(*order))
    return [(OutsideKind(kind), name) for kind, name in rows]


def _named(kind: OutsideKind, name: str) -> tuple[sa.ColumnElement[bool], ...]:
    return (outside_services.c.kind == str(kind), outside_services.c.name == name)
