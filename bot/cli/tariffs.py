"""tariffs export: the ledger of a day as CSV or JSON lines."""

import csv
import datetime as dt
import io
import json
from enum import StrEnum
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.opening import Config, with_app
from bot.errors import InvalidInputError
from bot.services.addresses import terminal

if TYPE_CHECKING:
    from bot.app import App
    from bot.record.ledger import Ledger


class Shape(StrEnum):
    """How the rows are written."""

    CSV = "csv"
    JSON = "json"


def add_commands(cli: typer.Typer) -> None:
    """Put these commands on the command line."""
    group = typer.Typer(help="The tariff ledger.", no_args_is_help=True)
    group.command("export")(export)
    # Typer makes a group of one command that command itself; the callback keeps it a group
    group.callback()(_group)
    cli.add_typer(group, name="tariffs")


def _group() -> None:
    """The tariff ledger."""


def export(
    on: Annotated[
        str | None, typer.Option("--on", metavar="DAY", help="A day such as 2026-07-01 [today]")
    ] = None,
    shape: Annotated[Shape, typer.Option("--format")] = Shape.CSV,
    config: Config = None,
) -> None:
    """Print what is in force, coming and reported on a day, a row each."""
    from bot.commands.replies.tariffs import rows_of

    day = _day(on)

    async def work(app: "App") -> "Ledger":
        return await app.tariffs.on(terminal(), day or app.clock.now().date())

    rows = [dict(row) for row in rows_of(with_app(config, work))]
    if shape is Shape.JSON:
        for row in rows:
            typer.echo(json.dumps(row, ensure_ascii=False))
        return
    typer.echo(_as_csv(rows), nl=False)


def _day(said: str | None) -> dt.date | None:
    try:
        return None if said is None else dt.date.fromisoformat(said)
    except ValueError:
        raise InvalidInputError(f"{said!r} is no day: write it as 2026-07-01.") from None


def _as_csv(rows: list[dict[str, object]]) -> str:
    """Return the rows with a heading; lists are joined by semicolons.

    A cell that a spreadsheet would take for a formula gets an apostrophe before it.
    """
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\n")
    if rows:
        writer.writerow(rows[0])
    for row in rows:
        writer.writerow(_cell(value) for value in row.values())
    return out.getvalue()


def _cell(value: object) -> str:
    if isinstance(value, list):
        value = "; ".join(map(str, value))
    text = "" if value is None else str(value)
    return f"'{text}" if text[:1] in ("=", "+", "-", "@", "\t", "\r") else text
