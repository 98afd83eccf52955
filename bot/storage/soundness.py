"""Whether a database is sound: its pages, its references, its full text, its secrets, its disk."""

import shutil
import sqlite3
import tempfile
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import sqlalchemy as sa

from bot.errors import ConfigError, DatabaseError
from bot.ports import Vault
from bot.storage.backup import copy_of, shape, shapes
from bot.storage.engine import Engines, journal_mode
from bot.storage.full_text import FTS
from bot.storage.schema import HEAD, KNOWN, version, works_with
from bot.storage.vault import sealed

LEAST_FREE = 256 * 2**20
"""Bytes: with less, a day of feeds or a backup may not fit."""
_SEALED = {
    "feeds": ("url", "redirect_url", "backlog"),
    "outside_services": ("url", "secret"),
    "installations": ("token", "refresh_token"),
}
_SHOWN = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Finding:
    """One thing that was looked at."""

    what: str
    ok: bool
    said: str


async def look(engines: Engines, vault: Vault) -> AsyncIterator[Finding]:
    """Yield what was found, the important first. Changes nothing.

    SQLite is looked at in a copy: a check reads everything, and a long read would keep the writer
    waiting where the journal is no WAL.
    """
    async with engines.reader.connect() as connection:
        found, fits = await version(connection), await works_with(connection)
    yield _version(found, fits=fits)
    if found not in KNOWN and not fits:
        return
    if not engines.on_sqlite:
        async for finding in _contents(engines, vault):
            yield finding
        return
    file = Path(str(engines.reader.url.database))
    yield await _journal(engines)
    disk = _disk(file)
    yield disk
    if not disk.ok:
        return
    try:
        beside = tempfile.TemporaryDirectory(dir=file.parent, prefix=".check-")
    except OSError as error:
        said = f"not looked at: a copy cannot be made in {file.parent}: {error.strerror}"
        yield Finding(what="pages and indexes", ok=False, said=said)
        return
    with beside as folder:
        copied = await copy_of(engines, Path(folder))
        try:
            async for finding in _pages(copied):
                yield finding
            async for finding in _contents(copied, vault):
                yield finding
        finally:
            await copied.dispose()


def _version(found: str | None, *, fits: bool) -> Finding:
    if found == HEAD:
        return Finding(what="version", ok=True, said=f"{found}, the newest")
    if found in KNOWN:
        return Finding(what="version", ok=True, said=f"{found}; the next start makes it {HEAD}")
    if fits:
        said = f"{found}, newer than this program's {HEAD}, which can work with it"
        return Finding(what="version", ok=True, said=said)
    said = "there are no tables yet" if found is None else f"{found}: not of this program"
    return Finding(what="version", ok=False, said=said)


async def _journal(engines: Engines) -> Finding:
    """Only WAL is written into the file; any other journal is chosen by whoever opens it."""
    async with engines.reader.connect() as connection:
        in_wal = await connection.scalar(sa.text("PRAGMA journal_mode")) == "wal"
    expected = journal_mode(sqlite3.sqlite_version_info)
    if expected == "WAL":
        said = f"WAL: SQLite {sqlite3.sqlite_version} keeps it safely"
        return Finding(what="journal", ok=True, said=said)
    why = f"SQLite {sqlite3.sqlite_version} can lose a commit when it resets a WAL"
    said = f"WAL until the next start, then {expected}" if in_wal else expected
    return Finding(what="journal", ok=not in_wal, said=f"{said}: {why}")


def _disk(file: Path) -> Finding:
    """A check and a backup copy the database; a full disk stops the bot."""
    size = file.stat().st_size
    free = shutil.disk_usage(file.parent).free
    said = f"the database has {_megabytes(size)}, {_megabytes(free)} are free"
    if free >= size + LEAST_FREE:
        return Finding(what="disk", ok=True, said=said)
    return Finding(what="disk", ok=False, said=f"{said}: too few to copy and check it")


def _megabytes(size: int) -> str:
    return f"{size / 2**20:,.1f} MB"


async def _pages(engines: Engines) -> AsyncIterator[Finding]:
    async with engines.writer.begin() as connection:  # its own check of full text is a write
        said = list(await connection.scalars(sa.text("PRAGMA integrity_check(10)")))
        yield _all_well("pages and indexes", [] if said == ["ok"] else [str(one) for one in said])
        if await connection.run_sync(lambda c: sa.inspect(c).has_table(FTS)):
            check = f"INSERT INTO {FTS}({FTS}, rank) VALUES ('integrity-check', 1)"  # noqa: S608 - our table's name
            try:
                await connection.execute(sa.text(check))
            except (DatabaseError, sa.exc.DBAPIError):
                wrong = ["the index lacks words of entries: restore a backup, or write to us"]
            else:
                wrong = []
            yield _all_well("full text", wrong)


async def _contents(engines: Engines, vault: Vault) -> AsyncIterator[Finding]:
    async with engines.reader.connect() as connection:
        yield _all_well("references", await connection.run_sync(_orphans))
        counts = await connection.run_sync(_counts)
        many = ", ".join(f"{count:,} {name}" for name, count in counts.items() if count)
        yield Finding(what="rows", ok=True, said=many or "none yet")
        yield await connection.run_sync(_secrets, vault)


def _orphans(connection: sa.Connection) -> list[str]:
    """Return rows that refer to nothing; on the way every key is read."""
    wrong = []
    inspector = sa.inspect(connection)
    for name, columns in shapes(connection):
        child = shape(name, columns)
        for key in inspector.get_foreign_keys(name):
            mine = child.c[key["constrained_columns"][0]]
            parent = sa.table(key["referred_table"], sa.column("id")).alias("parent")
            query = (
                sa.select(sa.func.count())
                .select_from(child.outerjoin(parent, parent.c.id == mine))
                .where(mine.is_not(None), parent.c.id.is_(None))
            )
            if count := connection.scalar(query):
                wrong.append(f"{count} rows of {name} refer to no {key['referred_table']}")
    return wrong


def _counts(connection: sa.Connection) -> dict[str, int]:
    return {
        name: connection.scalar(sa.select(sa.func.count()).select_from(shape(name, columns))) or 0
        for name, columns in shapes(connection)
    }


def _secrets(connection: sa.Connection, vault: Vault) -> Finding:
    """Whether the keys open what is sealed: a restored database may have come without them."""
    opened, shut = 0, 0
    for name, columns in shapes(connection):
        wanted = [column for column, _ in columns if column in _SEALED.get(name, ())]
        if not wanted:
            continue
        table = shape(name, columns)
        for row in connection.execute(sa.select(*(table.c[column] for column in wanted))):
            for value in row:
                if value is None or not sealed(value):
                    continue
                if _opens(vault, value):
                    opened += 1
                else:
                    shut += 1
    if shut:
        said = f"{shut} of {opened + shut} do not open: BOT_SECRET_KEYS lacks their key"
        return Finding(what="secrets", ok=False, said=said)
    return Finding(what="secrets", ok=True, said=f"all {opened} open" if opened else "none stored")


def _opens(vault: Vault, value: str) -> bool:
    try:
        vault.open(value)
    except ConfigError:
        return False
    return True


def _all_well(what: str, wrong: Sequence[str]) -> Finding:
    if not wrong:
        return Finding(what=what, ok=True, said="fine")
    more = f" (and {len(wrong) - _SHOWN} more)" if len(wrong) > _SHOWN else ""
    return Finding(what=what, ok=False, said="; ".join(wrong[:_SHOWN]) + more)
