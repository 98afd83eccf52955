"""Has PostgreSQL count the outbox when a fan-out made it much larger.

Its planner goes by what it counted last, and workers keep the plans of statements they often make:
those of a table of some rows read all of a hundred thousand. By itself it counts within a minute or
so, or later where it is busy; a count also ends the kept plans of every worker.
"""

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

FEW = 5_000
"""Fewer rows than these are soon read, whatever the plan."""

_GROWN = sa.text(
    "SELECT seen.n_mod_since_analyze > greatest(:few, kept.reltuples) "
    "FROM pg_stat_user_tables AS seen JOIN pg_class AS kept ON kept.oid = seen.relid "
    "WHERE seen.relid = to_regclass('deliveries')"
).bindparams(few=FEW)
_COUNT = sa.text("ANALYZE (SKIP_LOCKED) deliveries")


async def count_outbox(connection: AsyncConnection) -> None:
    """Count the outbox if more of it changed since the last count than it had then.

    So a large fan-out counts a few times: each time that the table has doubled. Where somebody else
    is counting or tidying the table, it is left to them. SQLite's plans need no counts.
    """
    if connection.dialect.name != "postgresql":
        return
    if await connection.scalar(_GROWN):
        await connection.execute(_COUNT)
