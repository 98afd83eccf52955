"""The tables of the job queue, made and brought up to date beside ours, one process at a time.

The queue's library owns their shape. It hands in its whole schema for an empty database and its
steps from one version to the next; which steps were taken is written down beside its tables.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.errors import DatabaseError, StorageError
from bot.storage.engine import Engines
from bot.storage.schema import MIGRATING_LOCK

_TAKEN = "usmca_queue_steps"


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueSchema:
    """What a queue's library needs of PostgreSQL."""

    table: str
    """A table that is there once the schema is."""
    whole: str
    """SQL for a database without the queue."""
    steps: Sequence[tuple[str, str]]
    """(name, SQL) from each version to the next, oldest first."""


async def prepare_queue(engines: Engines, schema: QueueSchema) -> None:
    """Make the queue's tables, or take the steps they lack.

    Raises StorageError where the database holds such tables of another program, or refuses.
    """
    try:
        async with engines.writer.begin() as connection:
            await connection.execute(sa.select(sa.func.pg_advisory_xact_lock(MIGRATING_LOCK)))
            await _bring_up(connection, schema)
    except (DatabaseError, sa.exc.DBAPIError) as error:
        said = str(error.__cause__ or error).strip().splitlines()[0]
        raise StorageError(f"the job queue's tables cannot be made: {said}") from None


def libpq_url(engines: Engines) -> str:
    """Return the database's address as PostgreSQL's own library takes it. Holds the password."""
    url = engines.writer.url.set(drivername="postgresql")
    return url.render_as_string(hide_password=False)


async def _bring_up(connection: AsyncConnection, schema: QueueSchema) -> None:
    there = await _has(connection, schema.table)
    known = await _has(connection, _TAKEN)
    if there and not known:
        raise StorageError(
            f"the database already holds another program's {schema.table}: "
            "give usmca-bot a database of its own"
        )
    await connection.exec_driver_sql(f"CREATE TABLE IF NOT EXISTS {_TAKEN} (name text PRIMARY KEY)")
    if there:
        found = await connection.exec_driver_sql(f"SELECT name FROM {_TAKEN}")  # noqa: S608 - ours
        taken = set(found.scalars())
        for name, sql in schema.steps:
            if name not in taken:
                await _script(connection, sql)
    else:
        await _script(connection, schema.whole)
    for name, _ in schema.steps:
        await connection.execute(
            sa.text(f"INSERT INTO {_TAKEN} VALUES (:name) ON CONFLICT DO NOTHING"),  # noqa: S608
            {"name": name},
        )


async def _has(connection: AsyncConnection, table: str) -> bool:
    return await connection.run_sync(lambda c: sa.inspect(c).has_table(table))


async def _script(connection: AsyncConnection, sql: str) -> None:
    """Run many statements at once, which only the driver's own connection takes."""
    from psycopg import Error as DriverError

    raw = await connection.get_raw_connection()
    driver = raw.driver_connection
    if driver is None:
        raise StorageError("the connection to the database was lost")
    try:
        await driver.execute(sql)
    except DriverError as error:
        said = str(error).strip().splitlines()[0]
        raise StorageError(f"the job queue's tables cannot be made: {said}") from None
