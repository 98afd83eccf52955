"""Opening, migrating and refusing databases."""

import asyncio
from contextlib import suppress
from pathlib import Path

import pytest
import sqlalchemy as sa
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

import bot.storage
from bot.errors import ConfigError, StorageError
from bot.storage import schema, tables
from bot.storage.engine import journal_mode, open_engines
from bot.storage.vault import FernetVault, key_file, new_key


def test_head_is_the_newest_migration() -> None:
    """The constant that saves `ask` from importing Alembic is right."""
    config = Config()
    migrations = Path(bot.storage.__file__).parent / "migrations"
    config.set_main_option("script_location", str(migrations))
    assert ScriptDirectory.from_config(config).get_current_head() == schema.HEAD


def _is_ours(name: str | None, kind: str, _parents: object) -> bool:
    """Full text is made of what SQLAlchemy has no words for: its tests are in test_full_text.py."""
    return not (
        kind in {"table", "index"} and (name or "").startswith(("entries_fts", "ix_entries_search"))
    )


async def test_migrations_make_the_tables(database_url: str) -> None:
    """What the migrations build is what the code speaks of."""
    engines = open_engines(database_url)
    async with engines.reader.connect() as connection:
        differences = await connection.run_sync(
            lambda c: compare_metadata(
                MigrationContext.configure(
                    c, opts={"compare_type": False, "include_name": _is_ours}
                ),
                tables.metadata,
            )
        )
    await engines.dispose()
    assert differences == []


async def test_a_newer_database_is_refused(database_url: str) -> None:
    """One sentence says what to do."""
    engines = open_engines(database_url)
    async with engines.writer.begin() as connection:
        newer = "UPDATE alembic_version SET version_num = '9999', compatible_from = '9999'"
        await connection.execute(sa.text(newer))
    with pytest.raises(StorageError, match="newer than this program"):
        await schema.prepare(engines)
    await engines.dispose()


async def test_a_file_that_is_no_database_is_refused(tmp_path: Path) -> None:
    """Nothing is overwritten."""
    file = tmp_path / "notes.db"
    file.write_text("these are notes, not a database, and they stay " * 50)
    engines = open_engines(f"sqlite:///{file}")
    with pytest.raises(StorageError, match="cannot be opened"):
        await schema.prepare(engines)
    await engines.dispose()
    assert file.read_text().startswith("these are notes")


async def test_a_database_that_cannot_be_reached_is_named_without_its_password() -> None:
    """The password of the URL never reaches the message."""
    engines = open_engines("postgresql://me:hunter2@127.0.0.1:1/x")
    with pytest.raises(StorageError, match="cannot be opened") as caught:
        await schema.prepare(engines)
    await engines.dispose()
    assert "hunter2" not in str(caught.value)


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("nonsense", "not a database URL"),
        ("mysql://x/y", "use sqlite or postgresql"),
        ("sqlite://", "must name a file"),
        ("sqlite:////proc/nowhere/at/all.db", "cannot be made"),
    ],
)
def test_a_bad_database_url_says_what_would_be_right(url: str, says: str) -> None:
    """Each kind of mistake has its sentence."""
    with pytest.raises(StorageError, match=says):
        open_engines(url)


@pytest.mark.parametrize(
    ("version", "mode"),
    [
        ((3, 6, 23), "WAL"),
        ((3, 40, 1), "TRUNCATE"),
        ((3, 44, 6), "WAL"),
        ((3, 50, 7), "WAL"),
        ((3, 51, 2), "TRUNCATE"),
        ((3, 51, 3), "WAL"),
    ],
)
def test_wal_is_used_only_where_it_is_safe(version: tuple[int, ...], mode: str) -> None:
    """Versions in which a reset WAL can lose a commit get a rollback journal."""
    assert journal_mode(version) == mode


def test_the_vault_opens_what_any_of_its_keys_sealed(tmp_path: Path) -> None:
    """Keys can be renewed; a missing key and a bad one are told apart."""
    old, new = new_key(), new_key()
    sealed = FernetVault([old]).seal("xoxb-canary")
    assert "canary" not in sealed
    assert FernetVault([new, old]).open(sealed) == "xoxb-canary"
    with pytest.raises(ConfigError, match="lacks the key"):
        FernetVault([new]).open(sealed)
    with pytest.raises(ConfigError, match="no key"):
        FernetVault(["short"])
    made = key_file(tmp_path / "deep" / "secret.key")
    assert key_file(tmp_path / "deep" / "secret.key") == made
    assert (tmp_path / "deep" / "secret.key").stat().st_mode & 0o777 == 0o600
    with pytest.raises(ConfigError, match="set BOT_SECRET_KEYS"):
        key_file(Path("/proc/nowhere/secret.key"))


async def test_nothing_of_the_database_goes_on_after_it_is_closed(tmp_path: Path) -> None:
    """Also where somebody stopped waiting for a statement: its thread answers a loop that is there."""
    engines = open_engines(f"sqlite:///{tmp_path / 'closed.db'}")
    slow = (
        "WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 3000000) "
        "SELECT max(i) FROM n"
    )
    begun = asyncio.Event()

    async def ask() -> None:
        async with engines.reader.connect() as connection:
            begun.set()
            await connection.execute(sa.text(slow))

    asked = asyncio.create_task(ask())
    await begun.wait()
    await asyncio.sleep(0.05)
    asked.cancel()
    with suppress(asyncio.CancelledError):
        await asked
    workers = [*engines.workers]
    await engines.dispose()
    assert workers
    assert not [worker for worker in workers if worker.is_alive()]
