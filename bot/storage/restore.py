"""Brings a backup back, into either database, in one transaction.

The tables are made as they were when the backup was made, filled, and brought up to date: so a
backup of an older version is restored by a newer program.
"""

import asyncio
from collections.abc import Callable, Iterator, Sequence
from datetime import UTC, date, datetime
from itertools import groupby, islice
from pathlib import Path
from typing import Any

import sqlalchemy as sa

from bot.errors import DatabaseError, InvalidInputError, StorageError
from bot.ports.leases import WORKERS
from bot.storage import tables
from bot.storage.backup import shape, shapes
from bot.storage.backup_file import TABLES, Columns, Contents, Progress, check, damaged, rows
from bot.storage.engine import Engines
from bot.storage.full_text import FTS
from bot.storage.schema import KNOWN, MIGRATING_LOCK, refuse_strangers, upgrade, version

_CHUNK = 500
_LOCK_WAIT = "10s"
"""Whoever else uses the tables must let them go within that time."""


async def restore(
    engines: Engines,
    path: Path,
    *,
    now: datetime,
    is_dead: Callable[[str], bool],
    force: bool = False,
    progress: Progress = lambda _done, _total: None,
) -> Contents:
    """Restore a file, which is read to its end before anything is changed.

    `is_dead` says of a process that said it lives that it surely does not any more.

    Raises InvalidInputError where the file is damaged, newer or not ours, a bot runs on the database,
    or it holds something and `force` is not said; StorageError where the database is not ours.
    """
    contents = await asyncio.to_thread(check, path, progress)
    try:
        async with engines.writer.begin() as connection:
            found = await version(connection)
            if found is not None and found not in KNOWN:
                raise StorageError(
                    f"the database is of version {found}, newer than this program, or not of "
                    "usmca-bot. Nothing was changed."
                )
            await refuse_strangers(connection)
            await connection.run_sync(_require_nobody, now, is_dead)
            if not force:
                await connection.run_sync(_require_empty)
            await connection.run_sync(_bring_back, path, contents, progress)
    except (DatabaseError, sa.exc.DBAPIError) as error:
        cause = getattr(error, "orig", None) or error
        said = str(cause).strip().splitlines() or ["no reason was given"]
        raise StorageError(f"the backup was not restored, and nothing changed: {said[0]}") from None
    return contents


def _bring_back(
    connection: sa.Connection, path: Path, contents: Contents, progress: Progress
) -> None:
    if connection.dialect.name == "postgresql":
        connection.execute(sa.text(f"SET LOCAL lock_timeout = '{_LOCK_WAIT}'"))
        connection.execute(sa.select(sa.func.pg_advisory_xact_lock(MIGRATING_LOCK)))
    _drop(connection, shapes(connection))
    upgrade(connection, contents.schema)
    try:
        _fill(connection, path, contents, progress)
    except (ValueError, TypeError, KeyError):
        raise damaged(path, "a value in it is not of its column's kind") from None
    _go_on_counting(connection, contents)
    upgrade(connection, "head")


def _require_nobody(
    connection: sa.Connection, now: datetime, is_dead: Callable[[str], bool]
) -> None:
    """Leave a database alone that a bot works with: it would go on with what is not there any more."""
    leases = tables.leases
    if not sa.inspect(connection).has_table(leases.name):
        return
    query = sa.select(leases.c.holder).where(
        leases.c.name.startswith(WORKERS, autoescape=True), leases.c.until >= now
    )
    living = sorted(name for name in connection.scalars(query) if not is_dead(name))
    if living:
        host, _, process = living[0].partition("/")
        raise InvalidInputError(
            f"a bot runs on this database (on {host}, process {_number(process)}): stop it first, also "
            "where --force is said. One that was killed counts as gone after 45 seconds. Nothing was "
            "changed."
        )


def _number(process: str) -> str:
    """Return the number of a process from ``space/pid/start``."""
    return process.rpartition("/")[0].rpartition("/")[2] or "unknown"


def _require_empty(connection: sa.Connection) -> None:
    for name, columns in shapes(connection):
        asked = sa.select(sa.func.count()).select_from(shape(name, columns))
        if count := connection.scalar(asked):
            raise InvalidInputError(
                f"the database is not empty ({count} rows in {name}): restore into an empty one, or "
                "say --force to replace everything it holds. Nothing was changed."
            )


def _drop(connection: sa.Connection, held: Sequence[tuple[str, Columns]]) -> None:
    full_text = [FTS] if sa.inspect(connection).has_table(FTS) else []
    names = [*full_text, *(name for name, _ in reversed(held)), "alembic_version"]
    for name in names:
        connection.execute(sa.text(f"DROP TABLE IF EXISTS {name}"))


def _fill(connection: sa.Connection, path: Path, contents: Contents, progress: Progress) -> None:
    columns = dict(contents.tables)
    done = 0
    for name, values in groupby(rows(path), key=lambda row: row[0]):
        into = sa.insert(shape(name, columns[name]))
        for part in _parts(row for _, row in values):
            connection.execute(into, [_values(columns[name], row) for row in part])
            done += len(part)
            progress(done, contents.rows)


def _parts(values: Iterator[list[Any]]) -> Iterator[list[list[Any]]]:
    while part := list(islice(values, _CHUNK)):
        yield part


def _values(columns: Columns, row: Sequence[Any]) -> dict[str, Any]:
    return {name: _typed(kind, value) for (name, kind), value in zip(columns, row, strict=True)}


def _typed(kind: str, value: Any) -> Any:  # noqa: ANN401 - what JSON holds
    if value is None:
        return None
    if kind == "moment":
        return datetime.fromisoformat(value).astimezone(UTC)
    if kind == "date":
        return date.fromisoformat(value)
    # SQLite keeps the character that ends a text in C; PostgreSQL refuses it
    return value.replace("\x00", "\ufffd") if kind == "text" else value


def _go_on_counting(connection: sa.Connection, contents: Contents) -> None:
    """Let the next number of each table be one that it never gave."""
    on_sqlite = connection.dialect.name == "sqlite"
    for name, columns in contents.tables:
        if ("id", "int") not in columns or name not in TABLES:
            continue
        table = shape(name, columns)
        highest = connection.scalar(sa.select(sa.func.max(table.c.id))) or 0
        last = max(highest, contents.sequences.get(name, 0))
        if not last:
            continue
        if on_sqlite:
            _count_on_sqlite(connection, name, last)
        else:
            sequence = sa.func.pg_get_serial_sequence(name, "id")
            connection.execute(sa.select(sa.func.setval(sequence, last)))


def _count_on_sqlite(connection: sa.Connection, name: str, last: int) -> None:
    """Only tables made with AUTOINCREMENT remember; the others go on after their highest row."""
    made = "SELECT sql LIKE '%AUTOINCREMENT%' FROM sqlite_master WHERE name = :name"
    if not connection.scalar(sa.text(made), {"name": name}):
        return
    values = {"name": name, "last": last}
    connection.execute(sa.text("DELETE FROM sqlite_sequence WHERE name = :name"), values)
    connection.execute(
        sa.text("INSERT INTO sqlite_sequence (name, seq) VALUES (:name, :last)"), values
    )
