"""A database of the first version is brought up to date with what it holds."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
from alembic import command
from alembic.config import Config

import bot.storage
from bot.domain.reading import DeadlineFact
from bot.domain.story import Story
from bot.storage import schema
from bot.storage.codec import dump
from bot.storage.engine import open_engines
from bot.storage.unit_of_work import SqlStore
from bot.storage.vault import FernetVault
from tests.samples import NOW, deadline, story


@pytest.fixture(params=["sqlite", "postgresql"])
def empty_url(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[str]:
    """A database nobody migrated yet."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path / 'old.db'}"
        return
    server = request.getfixturevalue("postgres_url")
    name = f"old_{tmp_path.name.lower()}"[:60].replace("-", "_")
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
    yield sa.make_url(server).set(database=name).render_as_string(hide_password=False)
    with psycopg.connect(server, autocommit=True) as admin:
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


def _first_version(connection: sa.Connection) -> None:
    """Make the tables of the first version, and a story with two dates, one of them read twice."""
    config = Config()
    migrations = Path(bot.storage.__file__).parent / "migrations"
    config.set_main_option("script_location", str(migrations))
    config.attributes["connection"] = connection
    command.upgrade(config, "0001")
    told = story()
    old = sa.MetaData()
    old.reflect(connection, only=["stories", "story_topics", "deadlines"])
    connection.execute(
        sa.insert(old.tables["stories"]).values(
            id=1,
            revision=1,
            first_seen=NOW,
            updated_at=NOW,
            source_count=1,
            story=dump(Story, told),
        )
    )
    connection.execute(sa.insert(old.tables["story_topics"]).values(story_id=1, topic="tariffs"))
    for day in (date(2026, 12, 8), date(2026, 12, 1), date(2026, 12, 1)):
        fact = deadline(day)
        connection.execute(
            sa.insert(old.tables["deadlines"]).values(
                story_id=1, kind=fact.kind, date=day, fact=dump(DeadlineFact, fact)
            )
        )


async def test_deadlines_of_the_first_version_get_numbers(
    empty_url: str, vault: FernetVault
) -> None:
    """In the order in which they were read; what was read twice gets one."""
    engines = open_engines(empty_url)
    async with engines.writer.begin() as connection:
        await connection.run_sync(_first_version)
    await schema.prepare(engines)
    store = SqlStore(engines, vault)
    found = await store.queries.deadlines(
        owner=None, since=date(2026, 11, 20), until=date(2027, 1, 1), topic=None, limit=5
    )
    await store.close()
    assert [(f.number, f.fact.date.day) for f in found] == [(2, 1), (1, 8)]
