"""tariffs export: the ledger of a day as CSV or JSON lines."""

import datetime as dt
import json
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import sheets
from bot.cli.opening import Config, with_app
from bot.cli.sheets import Shape
from bot.errors import InvalidInputError

if TYPE_CHECKING:
    from bot.app import App
    from bot.record.ledger import Ledger


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
    """Print what is in force, coming and reported on a day. A row each."""
    from bot.commands.replies.tariffs import rows_of
    from bot.services.addresses import terminal

    day = _day(on)

    async def work(app: "App") -> "Ledger":
        return await app.tariffs.on(terminal(), day or app.clock.now().date())

    rows = [dict(row) for row in rows_of(with_app(config, work))]
    if shape is Shape.JSON:
        for row in rows:
            typer.echo(json.dumps(row, ensure_ascii=False))
        return
    lines = [sheets.line(row.values()) for row in rows]
    typer.echo("".join([sheets.line(rows[0]), *lines] if rows else []), nl=False)


def _day(said: str | None) -> dt.date | None:
    from bot.alerts import days

    day = None if said is None else days.read(said)
    if said is not None and day is None:
        raise InvalidInputError(f"{said!r} is no day: write it as 2026-07-01 or 1 Jul 2026.")
    return day
