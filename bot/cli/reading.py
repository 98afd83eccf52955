"""read, cluster: the reading and the stories by themselves, on text from anywhere."""

import json
import re
import sys
from collections.abc import Iterable, Iterator
from contextlib import AbstractContextManager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, TextIO

import typer

from bot.cli.feed_options import opened_by
from bot.cli.opening import Config, in_loop, settings_of
from bot.errors import BlockedAddressError, InvalidInputError

if TYPE_CHECKING:
    from bot.domain.entry import Entry
    from bot.reading.read import Reader
    from bot.settings.load import Settings

Json = Annotated[bool, typer.Option("--json", help="JSON lines in, JSON lines out")]


_PATH = re.compile(r"\S{1,1000}\.(?:txt|md|html?|xml|json|jsonl|rss|atom|pdf|csv)", re.IGNORECASE)
"""One word that ends as files do."""
_ODD = (ValueError, OverflowError, RecursionError)
"""What a line can be odd with: no JSON, a day out of the calendar, a thousand brackets."""


def add_commands(cli: typer.Typer) -> None:
    """Put these commands on the command line."""
    cli.command()(read)
    cli.command()(cluster)


def read(
    source: Annotated[
        str | None, typer.Argument(help="Text, a file, or a URL [default: standard input]")
    ] = None,
    config: Config = None,
    *,
    as_json: Json = False,
) -> None:
    """Show what is understood of a text. Topics, deadlines, tariff facts, stage, summary."""
    from bot.app.parts import reader_of
    from bot.jobs.clock import SystemClock

    settings = settings_of(config)
    reader = reader_of(settings.topics)
    if as_json:
        file = Path(source) if source else None
        with _opened(file) as stream:
            for line in _read_lines(_lines(stream, file), reader):
                typer.echo(json.dumps(line, ensure_ascii=False))
        return
    from rich.console import Console

    from bot.cli.understood import render

    if source and source.startswith(("http://", "https://")):
        entry = _entry_of_page(settings, source)
    else:
        entry = _entry_of_text(source)
    console = Console()
    console.print(render(entry, reader.read(entry, now=SystemClock().now())))


def cluster(
    file: Annotated[
        Path | None, typer.Argument(help="JSON lines [default: standard input]")
    ] = None,
    config: Config = None,
    *,
    as_json: Json = False,
) -> None:
    """Put entries into stories as they come. Each knows only those before it."""
    from bot.app.parts import reader_of
    from bot.stories.stream import cluster_stream

    if not as_json:
        raise typer.BadParameter("say --json: entries come as JSON lines, and go as JSON lines")
    reader = reader_of(settings_of(config).topics)
    with _opened(file) as stream:
        rows = _good_rows(_lines(stream, file))
        for entry_id, story in cluster_stream(rows, lambda e, now: reader.read(e, now=now)):
            typer.echo(json.dumps({"id": entry_id, "story": story}))


def _read_lines(lines: Iterable[str], reader: "Reader") -> Iterator[dict[str, object]]:
    from bot.cli.reading_rows import row_of_reading
    from bot.jobs.clock import SystemClock
    from bot.reading.entry_rows import entry_of_row

    now = SystemClock().now()
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = _object(json.loads(line))
            entry = entry_of_row(row, number, strict=True)
            found = row_of_reading(row.get("id"), reader.read(entry, now=now))
        except _ODD as error:
            yield {"id": None, "line": number, "error": _wrong(error)}
        else:
            yield found


def _wrong(error: Exception) -> str:
    """What is wrong with a line; the parser counts lines too, and knows only this one."""
    if isinstance(error, json.JSONDecodeError):
        return f"a line must be a JSON object: {error.msg} at character {error.pos + 1}"
    return str(error)


def _good_rows(lines: Iterable[str]) -> Iterator[dict[str, object]]:
    """Yield the rows that are objects; another is named on standard error and left out."""
    for number, line in enumerate(lines, 1):
        if not line.strip():
            continue
        try:
            row = _object(json.loads(line))
        except _ODD as error:
            typer.echo(f"usmca-bot: line {number} is left out: {_wrong(error)}", err=True)
        else:
            yield row


def _object(row: object) -> dict[str, object]:
    if not isinstance(row, dict):
        raise ValueError("a line must be a JSON object")  # noqa: TRY004 - bad input, not a mistake
    return row


def _opened(file: Path | None) -> AbstractContextManager[TextIO]:
    if file is None:
        return nullcontext(sys.stdin)
    try:
        return file.open(encoding="utf-8")
    except OSError as error:
        raise InvalidInputError(f"{file} cannot be read: {error.strerror}") from None


def _lines(stream: TextIO, file: Path | None) -> Iterator[str]:
    """Yield the lines. Raises InvalidInputError where they are no text."""
    try:
        yield from stream
    except UnicodeDecodeError:
        name = "standard input" if file is None else file
        raise InvalidInputError(f"{name} is no UTF-8 text: save it as UTF-8") from None


def _entry_of_page(settings: "Settings", address: str) -> "Entry":
    from bot.app.page import fetch_page

    try:
        return in_loop(fetch_page(settings, address))
    except BlockedAddressError as error:
        raise InvalidInputError(f"{error} {opened_by(address, str(error))}") from None


def _entry_of_text(source: str | None) -> "Entry":
    from bot.cli.reading_rows import entry_of_text

    text = "".join(_lines(sys.stdin, None)) if source is None else _text_of(source)
    if "\0" in text:
        raise InvalidInputError(
            "that is no text, but a file of another kind: save it as plain text"
        )
    if not text.strip():
        raise InvalidInputError("there is nothing to read: give a text, a file or an address")
    return entry_of_text(text)


def _text_of(source: str) -> str:
    if not source.strip():
        return source
    file = Path(source)
    try:
        is_file, is_folder = file.is_file(), file.is_dir()
    except OSError:  # too long for a name
        is_file = is_folder = False
    if is_folder:
        raise InvalidInputError(f"{source} is a folder: name a file in it")
    if not is_file:
        if _looks_like_a_path(source):
            raise InvalidInputError(f"there is no file {source}; a text to read has blanks in it")
        return source
    try:
        return file.read_text(encoding="utf-8", errors="replace")
    except OSError as error:
        raise InvalidInputError(f"{file} cannot be read: {error.strerror}") from None


def _looks_like_a_path(source: str) -> bool:
    """Whether one word is meant as the name of a file: it has a slash, or ends as files do."""
    word = source.strip()
    if not word or any(char.isspace() for char in word):
        return False
    return "/" in word or "\\" in word or _PATH.fullmatch(word) is not None
