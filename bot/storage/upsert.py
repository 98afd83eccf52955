"""INSERT … ON CONFLICT DO NOTHING, which SQLAlchemy spells once for each database."""

from collections.abc import Mapping

import sqlalchemy as sa
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.asyncio import AsyncConnection


async def insert_new(
    connection: AsyncConnection, table: sa.Table, values: Mapping[str, object]
) -> bool:
    """Insert a row unless a unique key already holds it; return whether it is new."""
    dialect = sqlite if connection.dialect.name == "sqlite" else postgresql
    statement = dialect.insert(table).values(values).on_conflict_do_nothing()
    result = await connection.execute(statement.returning(table.c.id))
    return result.first() is not None
