"""subscriptions add | list | remove | import | export."""

import json
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.opening import AsJson, Config, with_app
from bot.domain.destination import Grouping, Level, Subscription, Wish
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
    level: Annotated[Level, typer.Option("--level")] = Level.EVERYTHING,
    group: Annotated[Grouping, typer.Option("--group")] = Grouping.STORY,
    config: Config = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Subscribe a destination to topics or to a query."""
    from bot.services.addresses import parse

    if bool(topic) == (query is not None):
        raise typer.BadParameter("say --topic (once or more) or --query, one of the two")
    address = parse(to)

    async def work(app: "App") -> "list[Made]":
        wishes = (
            [Wish(query=query, level=level, group=group)]
            if query is not None
            else [Wish(topic=name, level=level, group=group) for name in _topics(app, topic or [])]
        )
        behaviour = app.settings.behaviour
        return [
            await app.subscriptions.add(
                address, wish, by=BY, zone=behaviour.zone, locale=behaviour.locale
            )
            for wish in wishes
        ]

    for made in with_app(config, work):
        row = {"to": to, "wish": str(made.wish), "effect": str(made.effect)}
        typer.echo(json.dumps(row) if as_json else f"{to}: {made.wish}, {made.effect}")


def list_(config: Config = None, *, as_json: AsJson = False) -> None:
    """Show every subscription with its number."""

    async def work(app: "App") -> "list[tuple[Destination, Subscription]]":
        return await app.subscriptions.listed()

    for place, held in with_app(config, work):
        row = {
            "id": held.id,
            "to": str(place.address),
            "topic": held.wish.topic,
            "query": held.wish.query,
            "level": str(held.wish.level),
            "group": str(held.wish.group),
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


def _topics(app: "App", names: list[str]) -> list[str]:
    """Understand names and aliases, as a channel would."""
    found: list[str] = []
    for name in names:
        resolved = app.catalog.resolve(name)
        if not resolved.topics:
            near = ", ".join(app.catalog.ids)
            raise InvalidInputError(f"there is no topic “{name}”; the topics are {near}")
        found.extend(resolved.topics)
    return list(dict.fromkeys(found))


def _line(place: "Destination", held: Subscription) -> str:
    wish = held.wish
    more = "" if place.reason is None else f", {place.state}: {place.reason}"
    return f"{held.id}\t{place.address}\t{wish}\t{wish.level}\t{wish.group}{more}"
