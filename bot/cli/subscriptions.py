"""subscriptions add | list | remove | import | export."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.opening import AsJson, Config, with_app
from bot.cli.subscription_options import (
    AtLevel,
    Empty,
    Flash,
    Group,
    Hour,
    Langs,
    Locale,
    Mentioned,
    Query,
    Quiet,
    Reminders,
    Repeats,
    Sources,
    Storm,
    To,
    Topics,
    When,
    Zone,
)
from bot.domain.destination import Grouping, Subscription
from bot.errors import InvalidInputError

if TYPE_CHECKING:
    from bot.app import App
    from bot.domain.destination import Address, Destination
    from bot.services.subscriptions import Made

BY = "terminal"


def add_commands(cli: typer.Typer) -> None:
    """Put these commands on the command line."""
    group = typer.Typer(help="Who wants what.", no_args_is_help=True)
    group.command("add")(add)
    group.command("list")(list_)
    group.command("remove")(remove)
    group.command("import")(import_)
    group.command("export")(export)
    cli.add_typer(group, name="subscriptions")


def add(
    to: To,
    topic: Topics = None,
    query: Query = None,
    level: AtLevel = None,
    group: Group = Grouping.STORY,
    when: When = None,
    langs: Langs = None,
    sources: Sources = None,
    mention: Mentioned = None,
    zone: Zone = None,
    locale: Locale = None,
    quiet: Quiet = None,
    flash: Flash = None,
    storm: Storm = None,
    reminders: Reminders = None,
    hour: Hour = None,
    empty: Empty = None,
    repeats: Repeats = None,
    config: Config = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Subscribe a destination to topics or to a query. Asking again changes only what is said."""
    from bot.services.addresses import parse
    from bot.services.exchange_file import ask_of, place_of

    if bool(topic) == (query is not None):
        raise typer.BadParameter("say --topic (once or more) or --query, one of the two")
    address = parse(to)
    terms = _given(level=level, group=group, when=when, langs=langs, sources=sources)
    terms |= _given(mention=mention)
    of_place = _given(zone=zone, locale=locale, quiet=quiet, flash=flash, storm=storm)
    of_place |= _given(reminders=reminders, hour=hour, empty=empty, repeats=repeats)
    place = place_of(of_place)

    async def work(app: "App") -> "list[Made]":
        names = [("query", query)] if query is not None else _topics(app, topic or [])
        asks = [ask_of(terms | {what: name}) for what, name in names]
        _say_where_off(app, address)
        return [await app.subscriptions.add(address, ask, by=BY, place=place) for ask in asks]

    for made in with_app(config, work):
        wish = made.wish
        row = {
            "to": to,
            "wish": str(wish),
            "level": str(wish.level),
            "when": str(wish.when),
            "effect": str(made.effect),
        }
        typer.echo(json.dumps(row) if as_json else f"{to}: {made.wish}, {made.effect}")


def _say_where_off(app: "App", to: "Address") -> None:
    """Name what is missing here: where the bot runs, the platform may be on."""
    remedy = app.platforms_off.get(to.platform)
    if remedy is not None:
        typer.echo(f"usmca-bot: nothing is sent to {to} as it is here: {remedy}", err=True)


def list_(config: Config = None, *, as_json: AsJson = False) -> None:
    """Show every subscription with its number."""

    async def work(app: "App") -> "list[tuple[Destination, Subscription]]":
        return await app.subscriptions.listed()

    found = with_app(config, work)
    if not found:
        typer.echo(
            "usmca-bot: there are no subscriptions yet: `subscriptions add` makes one", err=True
        )
    for place, held in found:
        row = {
            "id": held.id,
            "to": str(place.address),
            "topic": held.wish.topic,
            "query": held.wish.query,
            "level": str(held.wish.level),
            "group": str(held.wish.group),
            "when": str(held.wish.when),
            "langs": list(held.wish.langs),
            "sources": held.wish.sources,
            "mention": None if held.wish.mention is None else str(held.wish.mention),
            "origin": str(held.origin),
            "state": str(place.state),
            "reason": place.reason,
        }
        typer.echo(json.dumps(row, ensure_ascii=False) if as_json else _line(place, held))


def remove(
    number: Annotated[int, typer.Argument(help="As `subscriptions list` shows it")],
    config: Config = None,
) -> None:
    """End a subscription."""
    from bot.domain.ids import SubscriptionId

    async def work(app: "App") -> "tuple[Destination, Subscription]":
        return await app.subscriptions.remove(SubscriptionId(number), by=BY)

    place, held = with_app(config, work)
    typer.echo(f"ended: {place.address}, {held.wish}")


def import_(
    file: Annotated[Path, typer.Argument(help="YAML as `subscriptions export` writes it")],
    config: Config = None,
) -> None:
    """Add every row of a file, or none of them where one is wrong."""
    from bot.settings import files

    report: list[files.Problem] = []
    document = files.read(file, report, files.Limits(bytes=50_000_000, values=5_000_000))
    if document is None:
        raise InvalidInputError("\n".join(map(str, report)))

    async def work(app: "App") -> "tuple[Made, ...]":
        return await app.subscriptions.import_(document.value, by=BY)

    typer.echo(f"imported {len(with_app(config, work))} subscriptions")


def export(config: Config = None) -> None:
    """Print every subscription as YAML."""
    from bot.settings.yaml_text import written

    async def work(app: "App") -> list[dict[str, str]]:
        return await app.subscriptions.export()

    typer.echo(written(with_app(config, work)), nl=False)


def _given(**said: object) -> dict[str, str]:
    """The options that were said, in words."""
    return {name: str(value) for name, value in said.items() if value is not None}


def _topics(app: "App", names: list[str]) -> list[tuple[str, str]]:
    """Understand names and aliases, as a channel would."""
    found: list[str] = []
    for name in names:
        resolved = app.catalog.resolve(name)
        if not resolved.complete:
            odd = resolved.unknown[0].words if resolved.unknown else name
            known = ", ".join(app.catalog.ids)
            raise InvalidInputError(f"there is no topic “{odd}”; the topics are {known}")
        found.extend(resolved.topics)
    return [("topic", name) for name in dict.fromkeys(found)]


def _line(place: "Destination", held: Subscription) -> str:
    wish = held.wish
    more = "" if place.reason is None else f", {place.state}: {place.reason}"
    when = "" if wish.when.instant else f"\t{wish.when}"
    return f"{held.id}\t{place.address}\t{wish}\t{wish.level}\t{wish.group}{when}{more}"
