"""This program on the schema of a later one: while it runs, and started anew beside it."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import sqlalchemy as sa

from bot.domain.destination import Grouping
from bot.domain.entry import Entry
from bot.errors import StorageError
from bot.storage import schema
from bot.storage.engine import open_engines
from bot.storage.unit_of_work import SqlStore
from bot.storage.vault import FernetVault
from tests.conftest import HandClock
from tests.integration.pipeline.house import STEEL, House

ADDS = (
    "ALTER TABLE deliveries ADD COLUMN weight INTEGER NOT NULL DEFAULT 0",
    "ALTER TABLE entries ADD COLUMN mood TEXT",
    "CREATE TABLE moods (id INTEGER PRIMARY KEY, mood TEXT NOT NULL)",
    "CREATE INDEX ix_deliveries_weight ON deliveries (weight)",
    "UPDATE alembic_version SET version_num = '0099'",
)
"""A migration as a later version may bring it: nothing is taken away."""
BREAKS = (
    "ALTER TABLE deliveries RENAME COLUMN subject TO topic",
    "UPDATE alembic_version SET version_num = '0099', compatible_from = '0099'",
)


async def migrated(url: str, statements: tuple[str, ...]) -> None:
    engines = open_engines(url)
    async with engines.writer.begin() as connection:
        for statement in statements:
            await connection.execute(sa.text(statement))
    await engines.dispose()


def entry(number: int) -> Entry:
    return Entry(
        guid=f"e{number}",
        title=f"Sample duty number {number} #steel",
        url=f"https://example.com/{number}",
        published=datetime(2026, 11, 20, 11, tzinfo=UTC),
        source="Border Ledger",
    )


async def tell(house: House, number: int) -> int:
    """Poll an entry, fan out and send; returns how many messages arrived in all."""
    await house.poll("ledger", entry(number))
    await house.drain()
    return len(house.slack.taken)


async def test_old_programs_go_on_beside_a_schema_that_only_adds(
    database_url: str, vault: FernetVault, clock: HandClock
) -> None:
    """One that runs goes on, one that starts finds that it can; what they tell is sealed as ever."""
    running = House(store=SqlStore(open_engines(database_url), vault), clock=clock)
    await running.feeds("ledger")
    await running.subscribe("C1", replace(STEEL, group=Grouping.ENTRY))
    assert await tell(running, 1) == 1
    await migrated(database_url, ADDS)
    clock.advance(minutes=20)
    assert await tell(running, 2) == 2
    await running.store.close()
    engines = open_engines(database_url)
    await schema.prepare(engines)
    started = House(store=SqlStore(engines, vault), clock=clock)
    clock.advance(minutes=20)
    started.parser.knows(entry(1), entry(2))
    assert await tell(started, 3) == 1
    checked = await started.store.queries.seals.check()
    assert (checked.rows, checked.broken) == (3, ())
    await started.store.close()


async def test_a_schema_that_takes_away_refuses_old_programs(database_url: str) -> None:
    """The sentence says which version the database is of, and what to install."""
    await migrated(database_url, BREAKS)
    engines = open_engines(database_url)
    with pytest.raises(StorageError, match=r"version 0099, newer .* cannot work with it.* install"):
        await schema.prepare(engines)
    await engines.dispose()


async def test_migrations_say_which_programs_can_work_with_them(database_url: str) -> None:
    """Whoever takes something away moves the mark: here the second version, which dropped tables."""
    engines = open_engines(database_url)
    async with engines.reader.connect() as connection:
        row = (await connection.execute(sa.text("SELECT * FROM alembic_version"))).one()
    await engines.dispose()
    assert (row.version_num, row.compatible_from) == (schema.HEAD, "0002")
