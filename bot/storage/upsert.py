"""INSERT … ON CONFLICT DO NOTHING, which SQLAlchemy spells once for each database."""

from collections.abc import Mapping, Sequence

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection

_AT_ONCE = 200
"""Rows in one statement: well under the databases' limits on parameters."""


async def insert_new(
    connection: AsyncConnection, table: sa.Table, rows: Sequence[Mapping[str, object]]
) -> int:
    """Insert rows unless a unique key already holds them; return how many are new."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    new = 0
    for start in range(0, len(rows), _AT_ONCE):
        part = [dict(row) for row in rows[start : start + _AT_ONCE]]
        statement = dialect.insert(table).values(part).on_conflict_do_nothing()
        result = await connection.execute(statement.returning(table.c.id))
        new += len(result.all())
    return new
