"""Copies a whole database into one file, while the bot goes on writing.

SQLite is first copied page by page (its backup interface), so that no long read keeps the writer
waiting where the journal is no WAL; the copy is then written out. PostgreSQL is read in one snapshot.
"""

import asyncio
import gzip
import os
import sqlite3
import tempfile
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO, Any

import sqlalchemy as sa

from bot.errors import InvalidInputError, StorageError
from bot.storage import tables
from bot.storage.backup_file import TABLES, Columns, Progress, Writer
from bot.storage.engine import BUSY_TIMEOUT_MS, Engines, open_engines
from bot.storage.schema import KNOWN, version

_CHUNK = 500
_PAGES = 4096
"""Pages copied under one lock: 16 MB, a few milliseconds."""
_PAUSE_S = 0.002
_LEVEL = 3
"""Of gzip: its usual 9 took six to seventeen times as long here, for a file 11 to 22 % smaller."""
_RESTARTS = 5
"""A writer that goes on restarts the copy; after so many it is made under one lock."""

KINDS: Mapping[str, sa.types.TypeEngine[Any]] = {
    "int": sa.BigInteger(),
    "float": sa.Float(),
    "flag": sa.Boolean(),
    "text": sa.Text(),
    "date": sa.Date(),
    "moment": tables.Moment(),
}
"""How a column's values are read and written, by what the file calls them."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Written:
    """What a backup holds."""

    counts: Mapping[str, int]
    size: int
    """In bytes."""
    sha256: str


@dataclass(frozen=True, slots=True, kw_only=True)
class _Job:
    path: Path
    program: str
    now: datetime
    progress: Progress


async def write(
    engines: Engines,
    path: Path,
    *,
    program: str,
    now: datetime,
    force: bool = False,
    progress: Progress = lambda _done, _total: None,
) -> Written:
    """Write the backup; it appears under its name once it is whole.

    Raises InvalidInputError where the file exists and `force` is not said, StorageError where the
    database is empty, of a newer version, or the file cannot be written.
    """
    _require_free(path, force=force)
    job = _Job(path=path, program=program, now=now, progress=progress)
    dump = _from_copy if engines.on_sqlite else _dump
    try:
        with _hidden_file(path) as raw:
            with gzip.GzipFile(fileobj=raw, mode="wb", compresslevel=_LEVEL, mtime=0) as stream:
                done = await dump(engines, stream, job)
            size = raw.tell()
    except OSError as error:
        raise StorageError(f"{path} cannot be written: {error.strerror}") from None
    counts, sha256 = done
    return Written(counts=counts, size=size, sha256=sha256)


def _require_free(path: Path, *, force: bool) -> None:
    if path.exists() and not force:
        raise InvalidInputError(f"{path} exists already: name another file, or say --force.")


@contextmanager
def _hidden_file(path: Path) -> Iterator[IO[bytes]]:
    """Hand out a file beside `path` that only its owner may read; it gets the name at the end."""
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")
    try:
        with os.fdopen(handle, "wb") as raw:
            yield raw
            raw.flush()
            os.fsync(raw.fileno())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


async def _from_copy(
    engines: Engines, stream: gzip.GzipFile, job: _Job
) -> tuple[Mapping[str, int], str]:
    with tempfile.TemporaryDirectory(dir=job.path.parent, prefix=f".{job.path.name}.") as folder:
        copied = await copy_of(engines, Path(folder))
        try:
            return await _dump(copied, stream, job)
        finally:
            await copied.dispose()


async def copy_of(engines: Engines, folder: Path) -> Engines:
    """Copy an SQLite database into a folder, others writing to it meanwhile; returns the copy's.

    Raises StorageError where there is no database, or it cannot be read.
    """
    copy = folder / "copy.db"
    await asyncio.to_thread(_copy, str(engines.reader.url.database), copy)
    return open_engines(sa.URL.create("sqlite", database=str(copy)).render_as_string())


class RestartedTooOftenError(Exception):
    """The writer does not pause long enough for a copy in pieces."""


def _copy(source: str, copy: Path) -> None:
    """Copy an SQLite database that others write to. Raises StorageError."""
    if not Path(source).exists():
        raise StorageError(f"there is no database at {source}: there is nothing to back up")
    seconds = BUSY_TIMEOUT_MS / 1000
    try:
        read, written = sqlite3.connect(source, timeout=seconds), sqlite3.connect(copy)
        try:
            in_wal = read.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
            try:
                # readers of a WAL keep nobody waiting: one snapshot, whoever writes meanwhile
                pages = -1 if in_wal else _PAGES
                read.backup(written, pages=pages, progress=Restarts(), sleep=_PAUSE_S)
            except RestartedTooOftenError:
                read.backup(written, pages=-1)
        finally:
            read.close()
            written.close()
    except sqlite3.Error as error:
        raise StorageError(f"the database cannot be copied: {error}") from None


class Restarts:
    """Counts how often a copy began again, which shows in what remains of it."""

    def __init__(self) -> None:
        self._remaining: int | None = None
        self._restarts = 0

    def __call__(self, _status: int, remaining: int, _total: int) -> None:
        """Take how much remains, as the backup interface tells it after every piece."""
        if self._remaining is not None and remaining > self._remaining:
            self._restarts += 1
        self._remaining = remaining
        if self._restarts > _RESTARTS:
            raise RestartedTooOftenError


async def _dump(
    engines: Engines, stream: gzip.GzipFile, job: _Job
) -> tuple[Mapping[str, int], str]:
    async with engines.reader.connect() as connection:
        if not engines.on_sqlite:
            await connection.execution_options(
                isolation_level="REPEATABLE READ", postgresql_readonly=True
            )
        found = await version(connection)
        if found not in KNOWN:
            raise StorageError(_no_backup_of(found))
        writer = Writer(stream, schema=str(found), program=job.program, now=job.now)
        await connection.run_sync(_write_tables, writer, job.progress)
        sequences = await connection.run_sync(_sequences)
    return writer.counts, writer.end(sequences)


def _no_backup_of(found: str | None) -> str:
    if found is None:
        return "the database is empty: there is nothing to back up"
    return f"the database is of version {found}, newer than this program: back it up with its own"


def shapes(connection: sa.Connection) -> list[tuple[str, Columns]]:
    """Return our tables as they are, those that others refer to first."""
    found = sa.MetaData()
    found.reflect(connection, only=lambda name, _metadata: name in TABLES)
    return [
        (table.name, tuple((column.name, _kind(column.type)) for column in table.columns))
        for table in found.sorted_tables
    ]


def shape(name: str, columns: Columns) -> sa.TableClause:
    """Return a table to read from or write to, whatever version it is of."""
    return sa.table(name, *(sa.column(column, KINDS[kind]) for column, kind in columns))


def _kind(declared: sa.types.TypeEngine[Any]) -> str:
    for kind, form in (
        ("flag", sa.Boolean),
        ("int", sa.Integer),
        ("float", sa.Float),
        ("moment", sa.DateTime),
        ("date", sa.Date),
    ):
        if isinstance(declared, form):
            return kind
    return "text"


def _write_tables(connection: sa.Connection, writer: Writer, progress: Progress) -> None:
    known = [(name, columns, shape(name, columns)) for name, columns in shapes(connection)]
    counting = [sa.select(sa.func.count()).select_from(table) for _, _, table in known]
    total = sum(connection.scalar(query) or 0 for query in counting)
    done = 0
    for name, columns, table in known:
        writer.table(name, columns)
        key = [column for column in table.c if column.name in ("id", "entry_id")]
        query = sa.select(table).order_by(*key).execution_options(yield_per=_CHUNK)
        for part in connection.execute(query).partitions():
            for row in part:
                writer.row(tuple(row))
            done += len(part)
            progress(done, total)


def _sequences(connection: sa.Connection) -> dict[str, int]:
    """Return the highest number each table ever gave, where the database remembers it."""
    if connection.dialect.name == "sqlite":
        if not sa.inspect(connection).has_table("sqlite_sequence"):
            return {}
        return {
            str(name): int(last)
            for name, last in connection.execute(sa.text("SELECT name, seq FROM sqlite_sequence"))
            if name in TABLES
        }
    given: dict[str, int] = {}
    for name, columns in shapes(connection):
        asked = sa.select(sa.func.pg_get_serial_sequence(name, "id"))
        if ("id", "int") not in columns or (sequence := connection.scalar(asked)) is None:
            continue
        quoted = sa.text(f"SELECT last_value FROM {sequence} WHERE is_called")  # noqa: S608 - its own name
        last = connection.scalar(quoted)
        if last is not None:
            given[name] = last
    return given
