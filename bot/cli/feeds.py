"""feeds list | check | add | remove | pause | resume | poll: the feeds, one by one."""

import json
from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli import opml, reconcile
from bot.cli.feed_options import (
    OwnerName,
    lang_of,
    name_of,
    naming_what_opens,
    operator,
    owner_of,
    prepared,
    reader_of,
    seconds_of,
)
from bot.cli.opening import AsJson, Config, with_app
from bot.cli.printing import poll_json, poll_line, show
from bot.domain.feed import FeedKind, FeedState, Origin, Tier

if TYPE_CHECKING:
    from bot.app import App
    from bot.commands.exchange import Reply
    from bot.commands.reader import Reader
    from bot.pipeline.poll_report import PollReport
    from bot.services.feed_changes import Added, Looked
    from bot.services.feed_check import WebPage
    from bot.services.feeds import FeedHealth

_DRAIN = timedelta(seconds=60)

Key = Annotated[str, typer.Argument(metavar="KEY", help="As `feeds list` shows it")]
Url = Annotated[str, typer.Argument(metavar="URL", help="Of the feed, or of a page that names it")]


def add_commands(cli: typer.Typer) -> None:
    """Put these commands on the command line."""
    group = typer.Typer(help="The feeds: how they are, and which there are.", no_args_is_help=True)
    group.command("list")(list_)
    group.command("check")(check)
    group.command("add")(add)
    group.command("remove")(remove)
    group.command("pause")(pause)
    group.command("resume")(resume)
    group.command("poll")(poll)
    opml.add_commands(group)
    reconcile.add_commands(group)
    cli.add_typer(group, name="feeds")


def list_(config: Config = None, *, as_json: AsJson = False) -> None:
    """Show how every feed is, the worst first."""
    from bot.commands.replies import feeds

    async def work(app: "App") -> "tuple[tuple[FeedHealth, ...], Reader, str]":
        await prepared(app)
        shown = await app.feeds.of_everybody()
        return shown, reader_of(app), _differs(app, shown)

    shown, reader, note = with_app(config, work)
    if as_json:
        for feed in shown:
            typer.echo(json.dumps(feeds.row(feed), ensure_ascii=False))
    else:
        show(feeds.reply(shown, reader, page=None))
    if note:
        typer.echo(note, err=True)


def check(url: Url, config: Config = None, *, as_json: AsJson = False) -> None:
    """Say what is at an address. A feed and how it speaks, or a page and the feeds it names."""
    from bot.commands.replies import feed_changes

    async def work(app: "App") -> "tuple[Looked, Reader]":
        await prepared(app)
        looked = await app.feed_changes.check(url, owner=None)
        return looked, reader_of(app)

    with naming_what_opens(url):
        looked, reader = with_app(config, work)
    _print(feed_changes.checked(looked, url, reader), as_json=as_json)


def add(
    url: Url,
    name: Annotated[
        str | None, typer.Option("--name", metavar="NAME", help="[default: the feed's title]")
    ] = None,
    lang: Annotated[
        str | None,
        typer.Option(
            "--lang", metavar="LANG", help="en, es or fr [default: what its entries are in]"
        ),
    ] = None,
    tier: Annotated[
        Tier, typer.Option("--tier", help="Whose headline a story gets")
    ] = Tier.GENERAL,
    kind: Annotated[
        FeedKind | None, typer.Option("--kind", help="A source with ways of its own")
    ] = None,
    interval: Annotated[
        str | None,
        typer.Option("--interval", metavar="SPAN", help="90s, 10m [default: the feed's own pace]"),
    ] = None,
    owner: OwnerName = None,
    config: Config = None,
    *,
    as_json: AsJson = False,
) -> None:
    """Add the feed at an address. It is looked at first, and polled from now on."""
    from bot.commands.replies import feed_changes
    from bot.services.feed_changes import FeedWish

    wish = FeedWish(
        name=name_of(name), lang=lang_of(lang), tier=tier, kind=kind,
        interval=seconds_of(interval),
    )  # fmt: skip
    whose = owner_of(owner)

    async def work(app: "App") -> "tuple[Added | WebPage, Reader]":
        await prepared(app)
        return await app.feed_changes.add(url, wish, whose), reader_of(app)

    with naming_what_opens(url):
        made, reader = with_app(config, work)
    from bot.services.feed_check import WebPage

    if isinstance(made, WebPage):
        _print(feed_changes.several(made, reader, act_name="add"), as_json=as_json)
        raise typer.Exit(2)
    _print(feed_changes.added(made, reader), as_json=as_json)


def remove(key: Key, config: Config = None) -> None:
    """End a feed that was added. What it brought stays in the archive."""

    async def work(app: "App") -> "FeedHealth":
        return await app.feed_changes.remove(key, operator())

    typer.echo(f"removed: {with_app(config, work).key}")


def pause(key: Key, config: Config = None) -> None:
    """Poll a feed no more, until it is resumed."""
    typer.echo(f"paused: {_set_paused(config, key, paused=True).key}")


def resume(key: Key, config: Config = None) -> None:
    """Poll a feed again, at once. Also another try for one that failed or was gone."""
    typer.echo(f"resumed: {_set_paused(config, key, paused=False).key}")


def poll(key: Key, config: Config = None, *, as_json: AsJson = False) -> None:
    """Poll one feed now, due or not. Never before its server allows it."""

    async def work(app: "App") -> "PollReport":
        await prepared(app)
        report = await _polled(app, key)
        await app.fanout.run()
        typer.echo(poll_json(report) if as_json else poll_line(report))
        await app.deliver.drain(_DRAIN)
        return report

    with_app(config, work, alerts_aside=as_json)


async def _polled(app: "App", key: str) -> "PollReport":
    """Poll the feed that a word names. Raises FeedRefusedError where it may not be polled now."""
    from bot.services.feed_refusals import FeedRefusedError, Refusal

    feed = await app.feed_changes.named(key, operator())
    name = feed.spec.name
    if feed.state is not FeedState.ACTIVE:
        raise FeedRefusedError(Refusal.NOT_POLLED, name=name, state=str(feed.state))
    claimed = await app.ingest.claim(limit=1, everything=True, only=feed.id)
    if not claimed:
        asked = feed.not_before is not None and feed.not_before > app.clock.now()
        reason = "another process is at it just now"
        if asked:
            reason = f"its server asked for a pause until {feed.not_before:%Y-%m-%d %H:%M} UTC"
        raise FeedRefusedError(Refusal.WAITING, name=name, reason=reason)
    return await app.ingest.poll(claimed[0])


def _set_paused(config: "Config", key: str, *, paused: bool) -> "FeedHealth":
    async def work(app: "App") -> "FeedHealth":
        await prepared(app)
        return await app.feed_changes.set_paused(key, operator(), paused=paused)

    return with_app(config, work)


def _differs(app: "App", shown: "Sequence[FeedHealth]") -> str:
    """Say what feeds.yaml holds otherwise than what is polled; empty where nothing."""
    polled = {feed.key for feed in shown if feed.origin is Origin.CONFIG}
    wanted = {spec.key for spec in app.settings.feeds}
    if polled == wanted:
        return ""
    new, gone = len(wanted - polled), len(polled - wanted)
    return (
        f"usmca-bot: feeds.yaml has changed since the last start: {new} new, {gone} gone; "
        "the next `run` or `poll` takes that over"
    )


def _print(reply: "Reply", *, as_json: bool) -> None:
    if as_json:
        for row in reply.rows:
            typer.echo(json.dumps(row, ensure_ascii=False))
    else:
        show(replace(reply, actions=()))
