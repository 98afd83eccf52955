"""deliveries list | replay | drop | export | verify: what is stuck, and who was told what."""

import csv
import datetime as dt
import json
from collections.abc import AsyncIterator, Iterator, Mapping
from dataclasses import asdict, fields
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import sheets
from bot.cli.opening import AsJson, Config, with_app
from bot.cli.sheets import Shape
from bot.domain.ids import DeliveryId, DestinationId
from bot.domain.sealed import Broken, Told
from bot.errors import InvalidInputError

if TYPE_CHECKING:
    from bot.app import App
    from bot.domain.destination import Address
    from bot.ports.keeping import Stuck
    from bot.services.outbox import Outcome

BY = "terminal"

To = Annotated[
    str | None, typer.Option("--to", metavar="PLACE", help="Only of this place, such as slack:C1")
]
Ids = Annotated[
    list[int] | None,
    typer.Argument(metavar="ID", min=1, max=2**63 - 1, help="As `list` shows them"),
]
All = Annotated[bool, typer.Option("--all", help="All that are listed")]


def add_commands(cli: typer.Typer) -> None:
    """Put these commands on the command line."""
    group = typer.Typer(help="What was sent, and what is stuck.", no_args_is_help=True)
    group.command("list")(list_)
    group.command("replay")(replay)
    group.command("drop")(drop)
    group.command("export")(export)
    group.command("verify")(verify)
    cli.add_typer(group, name="deliveries")


def list_(config: Config = None, *, to: To = None, as_json: AsJson = False) -> None:
    """Show what is stuck. That is given up, or nobody knows whether it arrived."""
    from bot.services.outbox import OutboxService, reason

    place = None if to is None else _address(to)

    async def work(app: "App") -> "list[Stuck]":
        return await OutboxService(app.store, app.clock).listed(place)

    found = with_app(config, work)
    for one in found:
        row = _row(one, reason(one))
        typer.echo(json.dumps(row, ensure_ascii=False) if as_json else _line(row))
    if not found and not as_json:
        typer.echo("Nothing is stuck: all deliveries arrived, or wait for their turn.", err=True)


def _row(one: "Stuck", why: str) -> dict[str, object]:
    delivery = one.delivery
    return {
        "id": delivery.id,
        "state": str(delivery.state),
        "to": str(one.destination.address),
        "kind": str(delivery.draft.kind),
        "subject": delivery.draft.subject,
        "written": delivery.created_at.isoformat(),
        "attempts": delivery.attempts,
        "why": why,
    }


def _line(row: Mapping[str, object]) -> str:
    day = str(row["written"])[:16].replace("T", " ")
    return f"{row['id']}  {row['to']}  {row['kind']} {row['subject']}  {day}  {row['why']}"


def replay(
    ids: Ids = None, config: Config = None, *, to: To = None, everything: All = False
) -> None:
    """Send deliveries again that were given up. What is unclear is asked about at once.

    Each keeps its key, so that the platform knows a repeat. Nothing goes to a broken place.
    """
    from bot.services.outbox import OutboxService

    wanted = _wanted(ids, everything=everything)
    place = None if to is None else _address(to)

    async def work(app: "App") -> "list[Outcome]":
        return await OutboxService(app.store, app.clock).replay(wanted, by=BY, to=place)

    _say(with_app(config, work))


def drop(ids: Ids = None, config: Config = None, *, to: To = None, everything: All = False) -> None:
    """Neither send nor list deliveries any more."""
    from bot.services.outbox import OutboxService

    wanted = _wanted(ids, everything=everything)
    place = None if to is None else _address(to)

    async def work(app: "App") -> "list[Outcome]":
        return await OutboxService(app.store, app.clock).drop(wanted, by=BY, to=place)

    _say(with_app(config, work))


def _address(text: str) -> "Address":
    from bot.services.addresses import parse

    return parse(text)


def _wanted(ids: list[int] | None, *, everything: bool) -> list[DeliveryId] | None:
    if bool(ids) == everything:
        raise InvalidInputError("Name deliveries by their numbers, or say --all; one of the two.")
    return [DeliveryId(number) for number in ids] if ids else None


def _say(outcomes: "list[Outcome]") -> None:
    for one in outcomes:
        typer.echo(f"{one.delivery_id}: {one.said}.")
    if not outcomes:
        typer.echo("Nothing is stuck there.", err=True)
    if any(not one.done for one in outcomes):
        raise typer.Exit(1)


def export(
    config: Config = None,
    *,
    to: To = None,
    since: Annotated[
        str | None, typer.Option("--since", metavar="DAY", help="From this day on, in UTC")
    ] = None,
    shape: Annotated[Shape, typer.Option("--format")] = Shape.CSV,
) -> None:
    """Print who was told what, when and from which source. Each row has its seal.

    Keep exports elsewhere: `deliveries verify --against FILE` shows also what was cut off the end.
    """
    begin = _day(since)

    async def work(app: "App") -> None:
        places = None if to is None else await _places(app, to)
        if shape is Shape.CSV:
            typer.echo(sheets.line(field.name for field in fields(Told)), nl=False)
        async for told in app.store.queries.seals.told(places=places, since=begin):
            row = asdict(told) | {"at": told.at.isoformat()}
            text = json.dumps(row, ensure_ascii=False) + "\n"
            typer.echo(text if shape is Shape.JSON else sheets.line(row.values()), nl=False)

    with_app(config, work)


async def _places(app: "App", to: str) -> list[DestinationId]:
    place = await app.store.queries.destination(_address(to))
    if place is None:
        raise InvalidInputError(f"Nothing was ever sent to {to}.")
    return [place.id]


def _day(said: str | None) -> dt.datetime | None:
    from bot.alerts import days

    day = None if said is None else days.read(said)
    if said is not None and day is None:
        raise InvalidInputError(f"{said!r} is no day: write it as 2026-07-01 or 1 Jul 2026.")
    return None if day is None else dt.datetime.combine(day, dt.time(), dt.UTC)


def verify(
    config: Config = None,
    *,
    against: Annotated[
        Path | None,
        typer.Option("--against", metavar="FILE", help="An earlier export, CSV or JSON"),
    ] = None,
) -> None:
    """Recompute the seals. Says where a row was changed, removed or inserted."""
    exported = None if against is None else dict(_exported(against))

    async def work(app: "App") -> "tuple[list[Broken], int, int, int]":
        checked = await app.store.queries.seals.check()
        broken = list(checked.broken)
        if exported is not None:
            broken += [one async for one in _lost(app, exported)]
        return broken, checked.rows, checked.places, checked.unsealed

    broken, rows, places, unsealed = with_app(config, work)
    for one in broken:
        number = "" if one.number is None else f" number {one.number}"
        delivery = "" if one.delivery_id is None else f" (delivery {one.delivery_id})"
        typer.echo(f"{one.to}{number}{delivery}: {one.why}")
    if unsealed:
        typer.echo(
            f"{unsealed} were sent before sealing began: nothing vouches for them.", err=True
        )
    if broken:
        typer.echo(f"{len(broken)} of {rows} rows do not hold. Places: {places}.", err=True)
        raise typer.Exit(1)
    typer.echo(f"All rows hold. Rows: {rows}, places: {places}.")


_Sealed = tuple[DestinationId, int]


def _exported(file: Path) -> Iterator[tuple[_Sealed, tuple[str, str]]]:
    """Yield (place, number) and (to, seal) of an export. Raises InvalidInputError."""
    try:
        with file.open(encoding="utf-8", newline="") as stream:
            first = stream.readline()
            stream.seek(0)
            if not first.strip():
                raise InvalidInputError(f"{file} is empty: it says nothing about what was sent.")
            rows: Iterator[Mapping[str, str]] = (
                map(json.loads, stream) if first.startswith("{") else csv.DictReader(stream)
            )
            for row in rows:
                key = DestinationId(int(row["place"])), int(row["number"])
                yield key, (str(row["to"]), str(row["seal"]))
    except OSError as error:
        raise InvalidInputError(f"{file} cannot be read: {error.strerror}.") from None
    except (KeyError, ValueError, TypeError, csv.Error):
        raise InvalidInputError(f"{file} is no export of `deliveries export`.") from None


async def _lost(app: "App", exported: Mapping[_Sealed, tuple[str, str]]) -> AsyncIterator[Broken]:
    """Yield what the export has, and the database has not, or not so; what retention cut is fine."""
    seals = app.store.queries.seals
    cuts = await seals.cuts()
    held = {(told.place, told.number): told.seal async for told in seals.told()}
    for (place, number), (to, seal) in exported.items():
        found = held.get((place, number))
        if found == seal or (found is None and number <= cuts.get(place, 0)):
            continue
        why = "the export has it, the database lacks it: it was removed"
        changed = "the export has another seal: the row was changed or written anew"
        yield Broken(
            to=to,
            place=place,
            number=number,
            delivery_id=None,
            why=why if found is None else changed,
        )
