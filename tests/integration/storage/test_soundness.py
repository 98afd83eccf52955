"""`db check` on both databases: what it finds sound, and what it does not."""

import sqlite3
from pathlib import Path

import sqlalchemy as sa

from bot.storage import schema
from bot.storage.engine import open_engines
from bot.storage.soundness import Finding, look
from bot.storage.unit_of_work import SqlStore
from bot.storage.vault import FernetVault, new_key
from tests.integration.storage.test_backup import left_over
from tests.integration.storage.test_retention import add
from tests.integration.storage.test_seals import tamper
from tests.samples import NOW, chat_spec


async def findings(url: str, vault: FernetVault) -> dict[str, Finding]:
    engines = open_engines(url)
    found = {one.what: one async for one in look(engines, vault)}
    await engines.dispose()
    return found


async def test_a_sound_database_says_so(
    store: SqlStore, database_url: str, vault: FernetVault, tmp_path: Path
) -> None:
    """Version, references, rows and secrets on both; pages, full text, journal and disk on SQLite."""
    await add(store, "e1", "e2")
    async with store.begin() as uow:
        await uow.feeds.add(chat_spec(), NOW)
    found = await findings(database_url, vault)
    assert [one for one in found.values() if not one.ok] == []
    assert "2 entries" in found["rows"].said
    assert found["secrets"].said == "all 1 open"
    on_sqlite = {"journal", "disk", "pages and indexes", "full text"}
    if database_url.startswith("sqlite"):
        assert on_sqlite < set(found)
        assert found["journal"].said.startswith(("TRUNCATE: SQLite 3", "WAL: SQLite 3"))
        assert left_over(tmp_path) == []
    else:
        assert not on_sqlite & set(found)


async def test_a_row_that_refers_to_nothing_is_found(
    store: SqlStore, database_url: str, vault: FernetVault
) -> None:
    """The table and what it lacks are named."""
    await add(store, "e1")
    await _orphan(database_url)
    found = await findings(database_url, vault)
    assert not found["references"].ok
    assert found["references"].said == "1 rows of readings refer to no entries"


async def _orphan(url: str) -> None:
    if url.startswith("sqlite"):
        with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
            connection.execute("DELETE FROM entries")
            connection.execute("DELETE FROM reading_topics")
            connection.execute("DELETE FROM tariff_ledger")
        connection.close()
        return
    await tamper(
        url,
        "DELETE FROM reading_topics",
        "DELETE FROM tariff_ledger",
        "SET session_replication_role = replica",
        "DELETE FROM entries",
        "SET session_replication_role = DEFAULT",
    )


async def test_a_key_that_is_not_there_is_missed(store: SqlStore, database_url: str) -> None:
    """As after a restore that brought no BOT_SECRET_KEYS."""
    async with store.begin() as uow:
        await uow.feeds.add(chat_spec(), NOW)
    found = await findings(database_url, FernetVault([new_key()]))
    assert (found["secrets"].ok, found["secrets"].said) == (
        False,
        "1 of 1 do not open: BOT_SECRET_KEYS lacks their key",
    )


async def test_an_index_that_lost_words_is_found(sqlite_url: str, vault: FernetVault) -> None:
    """Whoever wrote past the triggers."""
    store = SqlStore(open_engines(sqlite_url), vault)
    await add(store, "e1")
    await store.close()
    engines = open_engines(sqlite_url)
    async with engines.writer.begin() as connection:
        await connection.execute(sa.text("DROP TRIGGER entries_fts_update"))
        await connection.execute(sa.text("UPDATE entries SET search_text = 'other words'"))
    await engines.dispose()
    found = await findings(sqlite_url, vault)
    assert (found["full text"].ok, found["references"].ok) == (False, True)


async def test_an_older_version_is_fine_and_a_foreign_one_is_not(
    tmp_path: Path, vault: FernetVault
) -> None:
    """The next start brings an older one up to date; of an unknown one nothing else is looked at."""
    url = f"sqlite:///{tmp_path / 'old.db'}"
    assert (await findings(url, vault))["version"].said == "there are no tables yet"
    engines = open_engines(url)
    async with engines.writer.begin() as connection:
        await connection.run_sync(schema.upgrade, "0001")
    await engines.dispose()
    found = await findings(url, vault)
    assert (found["version"].ok, found["version"].said) == (
        True,
        f"0001; the next start makes it {schema.HEAD}",
    )
    assert "full text" not in found
    await tamper(url, "UPDATE alembic_version SET version_num = '9999'")
    (only,) = (await findings(url, vault)).values()
    assert (only.ok, only.said) == (False, "9999: not of this program")
