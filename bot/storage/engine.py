"""Opens the database: SQLite with one writer and several readers, or PostgreSQL.

SQLite is told to refuse broken references, to wait for other processes, to sync fully, and to take
the write lock when a transaction begins, so that no transaction fails half-way for want of it.
The journal is WAL except on versions with the WAL-reset bug (https://sqlite.org/wal.html#walreset),
where it is TRUNCATE.
"""

import asyncio
import sqlite3
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from threading import Thread
from typing import TYPE_CHECKING, Any
from weakref import WeakSet

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import AsyncAdaptedQueuePool

from bot.errors import DatabaseError, StorageError

if TYPE_CHECKING:
    import aiosqlite

BUSY_TIMEOUT_MS = 15_000
"""How long a statement waits for another process's lock."""

_POOL_TIMEOUT_S = 120.0
_READERS = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Engines:
    """Where to write and where to read; on PostgreSQL they are the same."""

    writer: AsyncEngine
    reader: AsyncEngine
    workers: WeakSet[Thread] = field(default_factory=WeakSet)
    """The threads in which SQLite works, one for each connection."""

    @property
    def on_sqlite(self) -> bool:
        """Whether writers are serialised by the database itself."""
        return self.writer.dialect.name == "sqlite"

    async def dispose(self) -> None:
        """Close every connection, and wait until the thread of each has ended.

        The thread of a connection that was given up amid a statement answers the event loop when it
        is done, which must not be closed by then.
        """
        await self.writer.dispose()
        if self.reader is not self.writer:
            await self.reader.dispose()
        for worker in [*self.workers]:
            if worker.ident is not None:  # it was started
                await asyncio.to_thread(worker.join, BUSY_TIMEOUT_MS / 1000)


def open_engines(url: str) -> Engines:
    """Make engines for a database URL such as ``sqlite:///data/bot.db`` or ``postgresql://…``.

    Raises StorageError where the URL is of no database that we know, or its folder cannot be made.
    """
    try:
        parsed = sa.make_url(url)
    except (sa.exc.ArgumentError, ValueError):
        raise StorageError(
            "BOT_DATABASE_URL is not a database URL; write sqlite:///data/usmca-bot.db "
            "or postgresql://user:password@host/name"
        ) from None
    backend = parsed.get_backend_name()
    if backend == "sqlite":
        return _sqlite(parsed)
    if backend == "postgresql":
        return _postgresql(parsed)
    raise StorageError(f"BOT_DATABASE_URL names {backend}; use sqlite or postgresql")


def _postgresql(url: sa.URL) -> Engines:
    try:
        engine = create_async_engine(
            url.set(drivername="postgresql+psycopg"),
            hide_parameters=True,
            pool_size=10,
            max_overflow=10,
            pool_pre_ping=True,
        )
    except ImportError:
        raise StorageError(
            "PostgreSQL needs its driver: `pip install '.[postgres]'` in the project's folder"
        ) from None
    _speak_plainly(engine)
    return Engines(writer=engine, reader=engine)


def _speak_plainly(engine: AsyncEngine) -> None:
    """Turn what the database fails with while running (disk full, locked, gone) into a sentence."""

    @sa.event.listens_for(engine.sync_engine, "handle_error")
    def _failed(context: sa.engine.ExceptionContext) -> None:
        if isinstance(
            context.sqlalchemy_exception, sa.exc.OperationalError | sa.exc.InterfaceError
        ):
            said = str(context.original_exception).strip().splitlines() or ["no reason was given"]
            raise DatabaseError(f"the database failed: {said[0]}") from context.original_exception


def _sqlite(url: sa.URL) -> Engines:
    if not url.database or url.database == ":memory:":
        raise StorageError(
            "BOT_DATABASE_URL must name a file, for example sqlite:///data/usmca-bot.db: "
            "what is kept in memory would be lost, and told again"
        )
    try:
        Path(url.database).parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StorageError(
            f"the folder of {url.database} cannot be made: {error.strerror}"
        ) from None
    workers: WeakSet[Thread] = WeakSet()
    return Engines(
        writer=_sqlite_engine(url, workers, size=1, write=True),
        reader=_sqlite_engine(url, workers, size=_READERS, write=False),
        workers=workers,
    )


def _opened(
    workers: WeakSet[Thread],
    *args: str,
    **options: Any,  # noqa: ANN401  # sqlite3 reads them
) -> "aiosqlite.Connection":
    """Return a connection whose thread is known before it starts: one given up amid opening too."""
    import aiosqlite

    connection = aiosqlite.connect(*args, **options)
    worker: Thread = connection._thread  # noqa: SLF001  # aiosqlite tells it in no other way
    worker.daemon = True
    workers.add(worker)
    return connection


def _sqlite_engine(url: sa.URL, workers: WeakSet[Thread], *, size: int, write: bool) -> AsyncEngine:
    engine = create_async_engine(
        url.set(drivername="sqlite+aiosqlite"),
        poolclass=AsyncAdaptedQueuePool,
        hide_parameters=True,
        pool_size=size,
        max_overflow=0,
        pool_timeout=_POOL_TIMEOUT_S,
    )

    _speak_plainly(engine)

    @sa.event.listens_for(engine.sync_engine, "do_connect")
    def _connecting(
        _dialect: object, _record: object, _args: object, options: dict[str, object]
    ) -> None:
        options["async_creator_fn"] = partial(_opened, workers)

    @sa.event.listens_for(engine.sync_engine, "connect")
    def _connected(connection: sa.engine.interfaces.DBAPIConnection, _record: object) -> None:
        connection.isolation_level = None  # we say BEGIN ourselves
        cursor = connection.cursor()
        cursor.execute(f"PRAGMA busy_timeout={BUSY_TIMEOUT_MS}")
        if write:
            cursor.execute(f"PRAGMA journal_mode={journal_mode(sqlite3.sqlite_version_info)}")
            # rows that wait (staging.py) need no file; nor does anything else that sorts or waits here
            cursor.execute("PRAGMA temp_store=MEMORY")
        cursor.execute("PRAGMA synchronous=FULL")
        cursor.execute("PRAGMA foreign_keys=ON")
        if not write:
            cursor.execute("PRAGMA query_only=ON")
        cursor.close()

    @sa.event.listens_for(engine.sync_engine, "begin")
    def _begun(connection: sa.Connection) -> None:
        connection.exec_driver_sql("BEGIN IMMEDIATE" if write else "BEGIN")

    return engine


def journal_mode(version: tuple[int, ...]) -> str:
    """Return ``WAL``, or ``TRUNCATE`` for an SQLite version in which a reset WAL can lose a commit.

    Affected: 3.7.0 to 3.51.2, other than the mended 3.44.6 and 3.50.7.
    """
    mended = {(3, 44, 6), (3, 50, 7)}
    affected = (3, 7, 0) <= version[:3] <= (3, 51, 2) and version[:3] not in mended
    return "TRUNCATE" if affected else "WAL"
