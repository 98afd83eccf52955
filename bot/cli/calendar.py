"""calendar: the deadlines as an iCalendar file on standard output."""

from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.opening import Config, with_app
from bot.errors import InvalidInputError

if TYPE_CHECKING:
    from bot.app import App
    from bot.services.calendar import Occasions


def add_commands(cli: typer.Typer) -> None:
    """Put this command on the command line."""
    cli.command("calendar")(calendar)


def calendar(
    topic: Annotated[
        list[str] | None,
        typer.Option("--topic", metavar="TOPIC", help="Only this topic; may be said again"),
    ] = None,
    query: Annotated[
        str | None, typer.Option("--query", metavar="QUERY", help="Only stories that a query finds")
    ] = None,
    to: Annotated[
        str | None,
        typer.Option("--to", metavar="PLACE", help="What a place is subscribed to: slack:C1"),
    ] = None,
    lang: Annotated[str | None, typer.Option("--lang", metavar="LANG", help="en, es or fr")] = None,
    config: Config = None,
) -> None:
    """Print the deadlines as a calendar file. For example: usmca-bot calendar --topic autos > autos.ics."""
    if sum(given is not None for given in (topic, query, to)) > 1:
        raise InvalidInputError("A calendar is of topics, a query or a place: name one of them.")
    from bot.domain.locales import LOCALES

    if lang is not None and lang not in LOCALES:
        raise InvalidInputError(f"--lang is one of {', '.join(LOCALES)}, not {lang!r}.")

    async def work(app: "App") -> bytes:
        from bot.web.calendar import to_ics

        found = await _gathered(app, topic or [], query, to)
        locale = lang or app.settings.behaviour.locale
        return to_ics(found, label=app.catalog.label, locale=locale)

    typer.echo(with_app(config, work, alerts_aside=True), nl=False)


async def _gathered(
    app: "App", topics: list[str], query: str | None, to: str | None
) -> "Occasions":
    from bot.services.addresses import parse, terminal

    here = terminal().tenant
    if to is not None:
        return await app.calendar.of_place(parse(to))
    if query is not None:
        return await app.calendar.of_query(here, query)
    return await app.calendar.of_topics(here, [_known(app, topic) for topic in topics])


def _known(app: "App", said: str) -> str:
    found = app.catalog.resolve(said)
    if len(found.topics) != 1 or found.unknown:
        near = ", ".join(app.catalog.nearest(said))
        known = ", ".join(sorted(app.catalog.ids))
        right = f"Did you mean: {near}?" if near else f"The topics are {known}."
        raise InvalidInputError(f"There is no topic {said!r}. {right}")
    return found.topics[0]
