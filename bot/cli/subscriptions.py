"""subscriptions add | list | remove | import | export."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.opening import AsJson, Config, with_app
from bot.domain.destination import Grouping, Level, Subscription
from bot.errors import InvalidInputError

if TYPE_CHECKING:
    from bot.app import App
    from bot.domain.destination import Destination
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
    to: Annotated[str, typer.Option("--to", help="slack:C1, discord:111, apprise:NAME or console")],
    topic: Annotated[
        list[str] | None, typer.Option("--topic", help="A topic; may be said several times")
    ] = None,
    query: Annotated[
        str | None, typer.Option("--query", help="A search; '*' is everything")
    ] = None,
    level: Annotated[
        Level | None, typer.Option("--level", help="[default for a new one: everything]")
    ] = None,
    group: Annotated[Grouping, typer.Option("--group")] = Grouping.STORY,
    when: Annotated[
        str | None, typer.Option("--when", help="instant, hourly, daily@08:00 or weekly:mon@08:00")
    ] = None,
    langs: Annotated[
        str | None, typer.Option("--langs", help="Languages of entries: en,es,fr or any")
    ] = None,
    sources: Annotated[
        str | None,
        typer.Option("--sources", help="Sources a story must have before its first message"),
    ] = None,
    mention: Annotated[
        str | None, typer.Option("--mention", help="user:ID, role:ID, here or off")
    ] = None,
    zone: Annotated[
        str | None, typer.Option("--zone", help="The place's time zone, such as America/Toronto")
    ] = None,
    locale: Annotated[
        str | None,
        typer.Option("--locale", help="The language of the bot's own words there: en, es or fr"),
    ] = None,
    quiet: Annotated[
        str | None, typer.Option("--quiet", help="Quiet hours such as 22:00-07:00, or off")
    ] = None,
    flash: Annotated[
        str | None,
        typer.Option("--flash", help="through or hold: official flash alerts in quiet hours"),
    ] = None,
    storm: Annotated[
        str | None,
        typer.Option(
            "--storm", help="Alerts in ten minutes above which they become one bulletin, or off"
        ),
    ] = None,
    reminders: Annotated[
        str | None,
        typer.Option("--reminders", help="Days before a deadline, such as 14,7,1,0, or off"),
    ] = None,
    hour: Annotated[
        str | None, typer.Option("--hour", help="When reminders come, such as 09:00")
    ] = None,
    empty: Annotated[
        str | None, typer.Option("--empty", help="say or skip: a digest with nothing in it")
    ] = None,
    config: Config = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Subscribe a destination to topics or to a query; asking again changes only what is said."""
    from bot.services.addresses import parse
    from bot.services.exchange_file import ask_of, place_of

    if bool(topic) == (query is not None):
        raise typer.BadParameter("say --topic (once or more) or --query, one of the two")
    address = parse(to)
    terms = _given(level=level, group=group, when=when, langs=langs, sources=sources)
    terms |= _given(mention=mention)
    of_place = _given(zone=zone, locale=locale, quiet=quiet, flash=flash, storm=storm)
    place = place_of(of_place | _given(reminders=reminders, hour=hour, empty=empty))

    async def work(app: "App") -> "list[Made]":
        names = [("query", query)] if query is not None else _topics(app, topic or [])
        asks = [ask_of(terms | {what: name}) for what, name in names]
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
    from ruamel.yaml import YAML
    from ruamel.yaml.error import YAMLError

    try:
        rows = YAML(typ="safe", pure=True).load(file.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, YAMLError, RecursionError) as error:
        raise InvalidInputError(f"{file} cannot be read as YAML: {error}") from None

    async def work(app: "App") -> "tuple[Made, ...]":
        return await app.subscriptions.import_(rows, by=BY)

    typer.echo(f"imported {len(with_app(config, work))} subscriptions")


def export(config: Config = None) -> None:
    """Print every subscription as YAML."""
    import sys

    from ruamel.yaml import YAML

    async def work(app: "App") -> list[dict[str, str]]:
        return await app.subscriptions.export()

    yaml = YAML()
    yaml.default_flow_style = False
    yaml.dump(with_app(config, work), sys.stdout)


def _given(**said: object) -> dict[str, str]:
    """The options that were said, in words."""
    return {name: str(value) for name, value in said.items() if value is not None}


def _topics(app: "App", names: list[str]) -> list[tuple[str, str]]:
    """Understand names and aliases, as a channel would."""
    found: list[str] = []
    for name in names:
        resolved = app.catalog.resolve(name)
        if not resolved.topics:
            near = ", ".join(app.catalog.ids)
            raise InvalidInputError(f"there is no topic “{name}”; the topics are {near}")
        found.extend(resolved.topics)
    return [("topic", name) for name in dict.fromkeys(found)]


def _line(place: "Destination", held: Subscription) -> str:
    wish = held.wish
    more = "" if place.reason is None else f", {place.state}: {place.reason}"
    when = "" if wish.when.instant else f"\t{wish.when}"
    return f"{held.id}\t{place.address}\t{wish}\t{wish.level}\t{wish.group}{when}{more}"
