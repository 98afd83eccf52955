"""INSERT … ON CONFLICT DO NOTHING, which SQLAlchemy spells once for each database."""

from collections.abc import Mapping, Sequence
from typing import Protocol

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection


class Inserting(Protocol):
    """The `insert` of a database that can leave out what is there already."""

    def on_conflict_do_nothing(self) -> "sa.Insert":
        """Leave out rows that a unique key already holds."""
        ...


def insert_into(connection: AsyncConnection, table: sa.Table) -> Inserting:
    """Return the insert of the connection's database; the other one's dialect is not even loaded."""
    if connection.dialect.name == "sqlite":
        from sqlalchemy.dialects import sqlite

        return sqlite.insert(table)
    from sqlalchemy.dialects import postgresql

    return postgresql.insert(table)


async def insert_new(
    connection: AsyncConnection, table: sa.Table, rows: Sequence[Mapping[str, object]]
) -> int:
    """Insert rows unless a unique key already holds them; return how many are new.

    Every row names the same columns. SQLAlchemy sends them in statements of as many rows as the
    database takes parameters for, and writes such a statement once, not for every call.
    """
    if not rows:
        return 0
    new = insert_into(connection, table).on_conflict_do_nothing()
    statement = new.returning(table.c.id)
    result = await connection.execute(statement, [dict(row) for row in rows])
    return len(result.all())
