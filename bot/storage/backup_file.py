"""The file of a backup: JSON lines under gzip, the same for both databases.

    {"format": "usmca-bot backup", "version": 1, "schema": "0002", …}
    {"table": "feeds", "columns": [["id", "int"], ["key", "text"], …]}
    [1, "border-ledger", …]                     a row in each line, then the next table
    {"sequences": {"known_deadlines": 57}}      the highest number each table ever gave
    {"end": {"counts": {"feeds": 1, …}, "sha256": "…"}}

Tables stand in the order of their references, moments in UTC. Secrets are as the database holds them:
sealed. The digest is of every byte before the last line, uncompressed.
"""

import gzip
import hashlib
import json
import zlib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime
from pathlib import Path
from typing import IO, Any

from bot.errors import InvalidInputError
from bot.storage import tables
from bot.storage.schema import KNOWN

FORMAT = "usmca-bot backup"
VERSION = 1
SECRETS = "Secrets in this file are sealed. BOT_SECRET_KEYS (or data/secret.key) opens them, and is not in it."
TABLES = frozenset(tables.metadata.tables) | {"deadlines", "tariff_actions"}
"""Every table that is ours or was of an earlier version."""

Progress = Callable[[int, int], None]
Columns = tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Contents:
    """What a whole, sound file holds."""

    schema: str
    program: str
    made_at: datetime
    tables: tuple[tuple[str, Columns], ...]
    counts: Mapping[str, int]
    sequences: Mapping[str, int]

    @property
    def rows(self) -> int:
        """Rows of all tables."""
        return sum(self.counts.values())


class Writer:
    """Writes the lines, and counts and digests them."""

    def __init__(self, stream: gzip.GzipFile, *, schema: str, program: str, now: datetime) -> None:
        self._stream = stream
        self._digest = hashlib.sha256()
        self._counts: dict[str, int] = {}
        self._table = ""
        self._line(
            {
                "format": FORMAT,
                "version": VERSION,
                "schema": schema,
                "program": program,
                "made_at": now.astimezone(UTC).isoformat(),
                "secrets": SECRETS,
            }
        )

    @property
    def counts(self) -> Mapping[str, int]:
        """Rows written, by table."""
        return self._counts

    def table(self, name: str, columns: Columns) -> None:
        """Begin a table."""
        self._table = name
        self._counts[name] = 0
        self._line({"table": name, "columns": columns})

    def row(self, values: tuple[object, ...]) -> None:
        """Write a row of the table that was begun last."""
        self._counts[self._table] += 1
        self._line([_plain(value) for value in values])

    def end(self, sequences: Mapping[str, int]) -> str:
        """Write the last two lines; returns the digest."""
        self._line({"sequences": sequences})
        digest = self._digest.hexdigest()
        self._line({"end": {"counts": self._counts, "sha256": digest}})
        return digest

    def _line(self, value: object) -> None:
        line = json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"
        self._digest.update(line)
        self._stream.write(line)


def _plain(value: object) -> object:
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat()
    return value.isoformat() if isinstance(value, date) else value


def check(path: Path, progress: Progress) -> Contents:
    """Read a file to its end. Raises InvalidInputError with what is wrong with it."""
    size = max(1, _size(path))
    with _opened(path) as raw:
        lines = _lines(raw, path)
        header = _header(next(lines, b""), path)
        reading = _Reading(path, header)
        for number, line in enumerate(lines):
            reading.take(line)
            if number % 1000 == 0:
                progress(raw.tell(), size)
    return reading.contents(_header_values(header, path))


def rows(path: Path) -> Iterator[tuple[str, list[Any]]]:
    """Yield (table, values) of a file that `check` found sound."""
    table = ""
    with path.open("rb") as raw:
        lines = _lines(raw, path)
        next(lines, None)
        for line in lines:
            value = json.loads(line)
            if isinstance(value, list):
                yield table, value
            else:
                table = value.get("table", table)


class _Reading:
    """Follows the lines of a file, and refuses one that stands where it may not."""

    def __init__(self, path: Path, header: Mapping[str, Any]) -> None:
        self._path = path
        self._digest = hashlib.sha256(_encoded(header))
        self._tables: list[tuple[str, Columns]] = []
        self._counts: dict[str, int] = {}
        self._sequences: Mapping[str, int] = {}
        self._ended = False

    def take(self, line: bytes) -> None:
        if self._ended:
            raise damaged(self._path, "something stands after its end")
        try:
            value = json.loads(line)
        except ValueError:
            raise damaged(self._path, "a line cannot be read") from None
        if isinstance(value, list):
            self._row(value)
        elif "table" in value:
            self._table(value)
        elif "sequences" in value:
            self._sequences = value["sequences"]
        elif "end" in value:
            self._end(value["end"])
            return
        else:
            raise damaged(self._path, "it holds a line that no backup has")
        self._digest.update(line)

    def contents(self, known: Mapping[str, Any]) -> Contents:
        if not self._ended:
            raise damaged(self._path, "it is cut short")
        return Contents(
            tables=tuple(self._tables), counts=self._counts, sequences=self._sequences, **known
        )

    def _table(self, value: Mapping[str, Any]) -> None:
        name = value["table"]
        if name not in TABLES or name in self._counts:
            raise damaged(self._path, f"it holds a table {name!r} that no backup has")
        self._tables.append((name, tuple((column, kind) for column, kind in value["columns"])))
        self._counts[name] = 0

    def _row(self, value: list[object]) -> None:
        if not self._tables or len(value) != len(self._tables[-1][1]):
            raise damaged(self._path, "a row does not fit its table")
        self._counts[self._tables[-1][0]] += 1

    def _end(self, said: Mapping[str, Any]) -> None:
        if said.get("sha256") != self._digest.hexdigest():
            raise damaged(self._path, "its digest is not of what it holds")
        if said.get("counts") != self._counts:
            raise damaged(self._path, "it holds other rows than it says")
        self._ended = True


def _size(path: Path) -> int:
    try:
        return path.stat().st_size
    except OSError as error:
        raise InvalidInputError(f"{path} cannot be read: {error.strerror}.") from None


def _opened(path: Path) -> IO[bytes]:
    try:
        return path.open("rb")
    except OSError as error:
        raise InvalidInputError(f"{path} cannot be read: {error.strerror}.") from None


def _lines(raw: IO[bytes], path: Path) -> Iterator[bytes]:
    try:
        with gzip.GzipFile(fileobj=raw) as stream:
            yield from stream
    except gzip.BadGzipFile:
        if raw.tell() <= _GZIP_HEADER:
            raise _foreign(path) from None
        raise damaged(path, "its compression is broken") from None
    except EOFError:
        raise damaged(path, "it is cut short") from None
    except zlib.error:
        raise damaged(path, "its compression is broken") from None
    except OSError as error:
        raise InvalidInputError(f"{path} cannot be read: {error.strerror}.") from None


_GZIP_HEADER = 10


def _header(line: bytes, path: Path) -> Mapping[str, Any]:
    try:
        header = json.loads(line)
    except ValueError:
        raise _foreign(path) from None
    if not isinstance(header, dict) or header.get("format") != FORMAT:
        raise _foreign(path)
    if header.get("version") != VERSION or header.get("schema") not in KNOWN:
        raise InvalidInputError(
            f"{path} was made by usmca-bot {header.get('program')}, which is newer than this one: "
            "restore it with that version or a later one. Nothing was changed."
        )
    return header


def _header_values(header: Mapping[str, Any], path: Path) -> Mapping[str, Any]:
    try:
        made_at = datetime.fromisoformat(header["made_at"])
        return {
            "schema": str(header["schema"]),
            "program": str(header["program"]),
            "made_at": made_at,
        }
    except (KeyError, ValueError, TypeError):
        raise damaged(path, "its first line lacks something") from None


def _encoded(header: Mapping[str, Any]) -> bytes:
    return json.dumps(header, ensure_ascii=False, separators=(",", ":")).encode() + b"\n"


def damaged(path: Path, why: str) -> InvalidInputError:
    """Return the sentence about a file that cannot be trusted."""
    return InvalidInputError(f"{path} is damaged: {why}. Nothing was changed.")


def _foreign(path: Path) -> InvalidInputError:
    return InvalidInputError(f"{path} is no backup of usmca-bot. Nothing was changed.")
