"""The job queue's tables on PostgreSQL: made, brought up to date, and never another program's."""

import asyncio

import psycopg
import pytest

from bot.errors import StorageError
from bot.storage.engine import open_engines
from bot.storage.queue_schema import QueueSchema, libpq_url, prepare_queue

FIRST = QueueSchema(
    table="sample_jobs",
    whole="CREATE TABLE sample_jobs (id int); CREATE TABLE sample_more (id int);",
    steps=[("01.sql", "CREATE TABLE sample_more (id int);")],
)
LATER = QueueSchema(
    table="sample_jobs",
    whole="",
    steps=[*FIRST.steps, ("02.sql", "CREATE TABLE sample_last (id int); SELECT '100%';")],
)


def tables(url: str) -> set[str]:
    with psycopg.connect(url) as connection:
        query = "SELECT tablename FROM pg_tables WHERE tablename LIKE 'sample%'"
        return {row[0] for row in connection.execute(query)}


async def test_made_once_and_then_step_by_step(postgres_database: str) -> None:
    """Several processes at once, then a newer library with one step more."""
    engines = open_engines(postgres_database)
    await asyncio.gather(*(prepare_queue(engines, FIRST) for _ in range(3)))
    assert tables(postgres_database) == {"sample_jobs", "sample_more"}
    await prepare_queue(engines, LATER)
    await prepare_queue(engines, LATER)
    assert tables(postgres_database) == {"sample_jobs", "sample_more", "sample_last"}
    assert libpq_url(engines).startswith("postgresql://")
    await engines.dispose()


async def test_another_programs_tables_are_left_alone(postgres_database: str) -> None:
    """They are no database for us, and the sentence says what to do."""
    with psycopg.connect(postgres_database) as connection:
        connection.execute("CREATE TABLE sample_jobs (id int)")
    engines = open_engines(postgres_database)
    with pytest.raises(StorageError, match="database of its own"):
        await prepare_queue(engines, FIRST)
    await engines.dispose()


async def test_what_the_database_refuses_is_a_sentence(postgres_database: str) -> None:
    """A step that cannot be taken leaves nothing half done."""
    engines = open_engines(postgres_database)
    wrong = QueueSchema(
        table="sample_jobs", whole="CREATE TABLE sample_jobs (id int); NO", steps=[]
    )
    with pytest.raises(StorageError, match="job queue"):
        await prepare_queue(engines, wrong)
    assert tables(postgres_database) == set()
    await engines.dispose()
