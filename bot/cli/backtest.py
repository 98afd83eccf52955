"""backtest: a query, or a changed file of topics, tried on the archive before it goes live."""

import datetime as dt
import json
import re
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.opening import AsJson, Config, with_app
from bot.errors import InvalidInputError

if TYPE_CHECKING:
    from bot.app import App
    from bot.commands.exchange import Reply
    from bot.record.backtest import Backtest
    from bot.services.backtest import Progress

_SPAN = re.compile(r"(?P<number>\d{1,5})\s*(?P<unit>[dwmy]?)")
_DAYS = {"": 1, "d": 1, "w": 7, "m": 31, "y": 366}


def add_commands(cli: typer.Typer) -> None:
    """Put this command on the command line."""
    cli.command("backtest")(backtest)


def backtest(
    rule: Annotated[str, typer.Argument(metavar="[QUERY|TOPICS.YAML]")] = "",
    since: Annotated[str, typer.Option("--since", metavar="SPAN", help="180d, 26w, 6m")] = "180d",
    topic: Annotated[
        list[str] | None,
        typer.Option("--topic", metavar="TOPIC", help="Only this topic of the file"),
    ] = None,
    against: Annotated[
        str | None,
        typer.Option(
            "--against", metavar="PLACE", help="A place whose subscriptions to compare with"
        ),
    ] = None,
    config: Config = None,
    *,
    shadow: Annotated[
        bool,
        typer.Option("--shadow", help="What the shadow_topics of bot.yaml would change so far"),
    ] = False,
    as_json: AsJson = False,
) -> None:
    """Try a query or a file of topics on the archive. Shows how loud it is, and what it gains and loses."""
    from bot.cli.progress import bar

    if shadow is bool(rule):
        raise InvalidInputError("Give a query, or a file of topics, or --shadow alone.")
    span, file = _span(since), _file(rule)
    if topic and file is None:
        raise InvalidInputError("--topic narrows a file of topics: name the file too.")
    if against is not None and (shadow or file is not None):
        raise InvalidInputError("--against compares a query with a place: give a query too.")

    async def work(app: "App") -> "Reply":
        with bar("Looking at entries") as progress:
            if shadow:
                return await _shown(app, "shadow_topics", await _of_shadow(app, progress))
            if file is None:
                found = await _of_query(app, rule, against, span, progress)
            else:
                found = await _of_topics(app, file, topic or [], span, progress)
        return await _shown(app, rule, found)

    reply = with_app(config, work)
    if as_json:
        for row in reply.rows:
            typer.echo(json.dumps(row, ensure_ascii=False, default=str))
    else:
        from rich.console import Console

        from bot.platforms.console.render import render_reply

        Console().print(render_reply(reply))


async def _of_query(
    app: "App", query: str, against: str | None, span: dt.timedelta, progress: "Progress"
) -> "Backtest":
    from bot.services.addresses import parse

    place = None if against is None else parse(against)
    return await app.backtest.of_query(None, query, against=place, span=span, progress=progress)


async def _of_topics(
    app: "App", file: Path, topics: list[str], span: dt.timedelta, progress: "Progress"
) -> "Backtest":
    from bot.reading.topics import TopicReader
    from bot.settings.load import topics_of

    read = topics_of(file)
    known = [topic.id for topic in read.topics]
    for name in topics:
        if name not in known:
            raise InvalidInputError(f"{file} has no topic {name!r}; it has {', '.join(known)}.")
    reader = TopicReader(read)
    return await app.backtest.of_topics(None, reader, topics=topics, span=span, progress=progress)


async def _of_shadow(app: "App", progress: "Progress") -> "Backtest":
    found = await app.backtest.of_shadow(None, progress=progress)
    if found is None:
        raise InvalidInputError(
            "No shadow rules ran yet: name a file as shadow_topics in bot.yaml, and start the bot."
        )
    return found


async def _shown(app: "App", rule: str, found: "Backtest") -> "Reply":
    from bot.commands.replies.backtest import reply

    names = await app.backtest.feed_names(None)
    return reply(rule, found, names, app.commands.reader_for(None, None))


def _span(text: str) -> dt.timedelta:
    from bot.commands.grammar import MAX_DAYS

    said = _SPAN.fullmatch(text.strip().lower())
    days = int(said["number"]) * _DAYS[said["unit"]] if said else 0
    if not days:
        raise InvalidInputError(f"{text!r} is no span of time: write 180d, 26w, 6m or 1y.")
    if days > MAX_DAYS:
        raise InvalidInputError(f"{text!r} is too long: at most {MAX_DAYS}d are looked back.")
    return dt.timedelta(days=days)


def _file(rule: str) -> Path | None:
    """Return the file that is meant; None for a query. Raises InvalidInputError where it is missing."""
    path = Path(rule)
    if path.suffix not in {".yaml", ".yml"}:
        return None
    if not path.is_file():
        raise InvalidInputError(f"There is no file {rule}.")
    return path
