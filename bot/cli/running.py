"""run, poll, ask, demo, healthcheck: what makes the bot do its work."""

import sys
from contextlib import suppress
from datetime import timedelta
from typing import TYPE_CHECKING, Annotated

import typer

from bot.cli.opening import AsJson, Config, in_loop, settings_of, warn, with_app
from bot.cli.printing import nothing_due, poll_json, poll_line, reply_json, show
from bot.cli.progress import bar

if TYPE_CHECKING:
    from pathlib import Path

    from bot.app import App
    from bot.app.roles import Role
    from bot.commands.exchange import Reply


_NOT_READY = 503


def add_commands(cli: typer.Typer) -> None:
    """Put these commands on the command line."""
    cli.command()(run)
    cli.command()(worker)
    cli.command()(chat)
    cli.command()(web)
    cli.command()(poll)
    cli.command()(ask)
    cli.command()(demo)
    cli.command()(healthcheck)


def run(config: Config = None) -> None:
    """Poll, read, alert and answer until stopped."""
    from bot.app.service import serve

    settings = settings_of(config, serving=True)
    warn(settings)
    in_loop(serve(settings))


def worker(
    config: Config = None,
    *,
    queues: Annotated[
        str, typer.Option("--queues", metavar="LIST", help="Some of poll,deliver,upkeep")
    ] = "poll,deliver,upkeep",
) -> None:
    """Poll and send beside other workers. Needs BOT_ENGINE=procrastinate and PostgreSQL."""
    from bot.app import roles
    from bot.jobs.distributed import queues_named

    _serve(config, roles.worker(queues_named(queues)))


def chat(config: Config = None) -> None:
    """Only answer in Slack and Discord. Several may run; one of them holds Discord's gateway."""
    from bot.app import roles

    _serve(config, roles.CHAT)


def web(config: Config = None) -> None:
    """Only answer over HTTP. Pages, /slack/events, /discord/interactions, health, metrics."""
    from bot.app import roles
    from bot.errors import ConfigError

    if settings_of(config).env.web_bind is None:
        raise ConfigError("BOT_WEB_BIND is off, and `web` does nothing else: set it to host:port")
    _serve(config, roles.WEB)


def _serve(config: "Path | None", role: "Role") -> None:
    from bot.app.service import serve

    settings = settings_of(config, serving=True)
    warn(settings)
    in_loop(serve(settings, role))


def poll(
    config: Config = None,
    *,
    once: Annotated[bool, typer.Option("--once", help="Do one round and exit")] = False,
    everything: Annotated[
        bool,
        typer.Option("--all", help="Also feeds that are not due yet; never before Retry-After"),
    ] = False,
    drain: Annotated[
        float, typer.Option("--drain", min=0, max=3600, metavar="SECONDS", help="Wait for pace")
    ] = 60,
    as_json: AsJson = False,
) -> None:
    """Poll every due feed once, and deliver what is due. Opens no socket or gateway."""
    if not once:
        raise typer.BadParameter("say --once for one round; `usmca-bot run` goes on polling")

    async def work(app: "App") -> None:
        await app.reconcile()
        async with app.store.begin() as uow:
            await uow.destinations.mend_broken()
        with bar("Polling feeds") as progress:
            reports = await app.ingest.poll_all(everything=everything, progress=progress)
        if not reports and sys.stderr.isatty():  # cron mails what is written, and wants no news
            feeds = await app.store.queries.every_feed()
            said = nothing_due(feeds, app.clock.now(), everything=everything)
            typer.echo(f"usmca-bot: {said}", err=True)
        await app.fanout.run()
        await app.hours.run()
        await app.feeding.watch.tell_held(app.store, app.clock, grace=timedelta(0))
        with suppress(BrokenPipeError):  # who read our report had enough: channels still wait
            for report in reports:
                typer.echo(poll_json(report) if as_json else poll_line(report))
        await app.deliver.drain(timedelta(seconds=drain))

    with_app(config, work, alerts_aside=as_json)


def ask(
    text: Annotated[str, typer.Argument(help='For example "/usmca status"')],
    config: Config = None,
    *,
    actor: Annotated[
        str | None, typer.Option("--as", metavar="WHO", help="slack:TEAM/USER/CHANNEL")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Ask what can be asked in a channel."""
    from bot.commands.exchange import Request
    from bot.services.addresses import parse_actor, terminal

    who = parse_actor(actor) if actor is not None else terminal()

    async def work(app: "App") -> "Reply":
        if not await app.store.queries.feeds(None):  # nothing was ever started on this database
            await app.reconcile()
        return await app.commands.answer(Request(text=text, actor=who))

    reply = with_app(config, work)
    typer.echo(reply_json(reply)) if as_json else show(reply)
    if not reply.ok:
        raise typer.Exit(2)


def demo() -> None:
    """Show the bot at work on sample feeds. It needs no token and no internet."""
    from bot.demo.show import show

    in_loop(show())


def healthcheck(config: Config = None) -> None:
    """Ask a running bot on this machine whether it is ready. For containers."""
    import http.client
    import urllib.error
    import urllib.request

    bind = settings_of(config).env.web_bind
    if bind is None:
        raise typer.BadParameter("BOT_WEB_BIND is off: there is no server to ask")
    host = "127.0.0.1" if bind.host in ("0.0.0.0", "::") else bind.host  # noqa: S104 - it is compared
    try:
        with urllib.request.urlopen(f"http://{host}:{bind.port}/readyz", timeout=5) as answer:
            typer.echo(answer.read().decode().strip())
    except urllib.error.HTTPError as error:
        said = error.read().decode(errors="replace").strip() if error.code == _NOT_READY else ""
        odd = f"{host}:{bind.port} answers {error.code}, as no usmca-bot does"
        typer.echo(f"usmca-bot: not ready: {said or odd}", err=True)
        raise typer.Exit(1) from None
    except (OSError, http.client.HTTPException) as error:
        reason = getattr(error, "reason", error)
        why = getattr(reason, "strerror", None) or reason
        typer.echo(f"usmca-bot: not ready: {host}:{bind.port} does not answer: {why}", err=True)
        raise typer.Exit(1) from None
