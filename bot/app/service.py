"""A process of the bot: engine, listeners and HTTP server, by its role, until somebody says stop."""

import asyncio
import signal
from collections.abc import Coroutine, Mapping, Sequence
from contextlib import AsyncExitStack
from functools import partial
from typing import Protocol

import structlog

from bot.app.assembly import App, open_app
from bot.app.pages import site_of
from bot.app.roles import EVERYTHING, Engine, Role, engine_for, prepare_together
from bot.domain.destination import PlatformName
from bot.errors import ConfigError
from bot.jobs.heartbeat import Heartbeat
from bot.jobs.worker import ProcessLiveness
from bot.settings.load import Settings
from bot.web.server import Check, Handle, Page, WebServer

log = structlog.get_logger()


class Listener(Protocol):
    """What takes commands from a platform."""

    async def start(self) -> None:
        """Connect. Raises ConfigError where the platform refuses the token."""
        ...

    async def stop(self) -> None:
        """Disconnect within seconds."""
        ...

    async def connected(self) -> bool:
        """Whether commands can come in."""
        ...


async def serve(settings: Settings, role: Role = EVERYTHING) -> None:
    """Run until SIGINT or SIGTERM."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    heartbeat = Heartbeat(ProcessLiveness())
    async with open_app(settings, liveness=heartbeat) as app:
        await heartbeat.start(app.store, app.clock)
        try:
            await run(app, stop, role)
        finally:
            await heartbeat.stop(app.store)


async def run(app: App, stop: asyncio.Event, role: Role = EVERYTHING) -> None:
    """Start what the role has and is configured, wait for `stop`, and end in order.

    Listeners stop first, then the engine: nothing new comes in while the last sends go out.
    """
    engine = await engine_for(app, role)
    if engine is not None:
        await prepare_together(app)
    async with AsyncExitStack() as stack:
        listeners = _listeners(app) if role.chat else []
        refused: dict[PlatformName, str] = {}
        await _start_web(app, role, stack, _checks(role, engine, listeners, refused))
        if engine is not None:
            await engine.start()
            stack.push_async_callback(engine.stop)
        await _unless_stopped(stop, _start_listeners(listeners, stack, refused))
        for platform, remedy in app.platforms_off.items():
            log.info("platform_off", platform=str(platform), remedy=remedy)
        log.info("running", feeds=len(app.settings.feeds), role=role.name)
        await stop.wait()
        log.info("stopping")


def _checks(
    role: Role,
    engine: Engine | None,
    listeners: Sequence[tuple[PlatformName, Listener]],
    refused: Mapping[PlatformName, str],
) -> list[Check]:
    """What `/readyz` asks: a process that only chats is of no use without its platforms.

    `refused` says why a platform would not let the bot in.
    """

    def why(platform: PlatformName) -> str:
        return refused.get(platform, "commands cannot come in")

    engines = [] if engine is None else [Check(name="the queue", ready=engine.ready, needed=True)]
    return [
        *engines,
        *(
            Check(
                name=str(platform),
                ready=listener.connected,
                needed=not role.queues,
                why=partial(why, platform),
            )
            for platform, listener in listeners
        ),
    ]


async def _start_web(app: App, role: Role, stack: AsyncExitStack, checks: Sequence[Check]) -> None:
    """Listen; a worker or a chat process only tells how it is, and goes on where it cannot."""
    bind = app.settings.env.web_bind
    if bind is None:
        return
    handlers = _handlers(app, stack) if role.pages else {}
    site, more = site_of(app, bind.host, apart=role.apart) if role.pages else (None, [])
    server = WebServer(
        queries=app.store.queries,
        host=bind.host,
        port=bind.port,
        handlers=handlers,
        pages=_pages(app) if role.pages else {},
        site=site,
        checks=[*checks, *more],
        measures=app.measures.registry,
        clock=app.clock,
    )
    try:
        await server.start()
    except ConfigError as error:
        if role.pages:
            raise
        log.warning("not_listening", reason=str(error))
        return
    stack.push_async_callback(server.stop)
    log.info("listening", host=bind.host, port=server.port, paths=sorted(handlers))


async def _unless_stopped(stop: asyncio.Event, starting: Coroutine[None, None, None]) -> None:
    """Wait for a start, and let go of it where somebody says stop first: a platform may hang."""
    started, stopped = asyncio.create_task(starting), asyncio.create_task(stop.wait())
    await asyncio.wait({started, stopped}, return_when=asyncio.FIRST_COMPLETED)
    stopped.cancel()
    if not started.done():
        started.cancel()
    await asyncio.gather(stopped, return_exceptions=True)
    try:
        await started
    except asyncio.CancelledError:
        log.info("start_given_up")


async def _start_listeners(
    listeners: Sequence[tuple[PlatformName, Listener]],
    stack: AsyncExitStack,
    refused: dict[PlatformName, str],
) -> None:
    """Connect them side by side; one that is refused says so, and the others go on."""

    async def start(platform: PlatformName, listener: Listener) -> None:
        stack.push_async_callback(listener.stop)
        try:
            await listener.start()
        except ConfigError as error:
            log.error("platform_refused", platform=str(platform), reason=str(error))
            refused[platform] = str(error)
        else:
            log.info("platform_connected", platform=str(platform))

    await asyncio.gather(*(start(platform, listener) for platform, listener in listeners))


def _listeners(app: App) -> list[tuple[PlatformName, Listener]]:
    found: list[tuple[PlatformName, Listener]] = []
    env = app.settings.env
    if PlatformName.SLACK not in app.platforms_off:
        slack = app.slack.listener(app.slack_desk)
        if slack is not None:
            found.append((PlatformName.SLACK, slack))
        if not app.slack.takes_commands:
            log.warning(
                "slack_sends_only",
                remedy="set SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET for commands",
            )
    if env.discord_token is not None:
        from bot.app.discord import discord_listener

        token = env.discord_token.get_secret_value()
        found.append((PlatformName.DISCORD, discord_listener(app, token)))
    return found


def _pages(app: App) -> dict[str, Page]:
    """Return what answers a browser, by path."""
    if PlatformName.SLACK in app.platforms_off:
        return {}
    found: dict[str, Page] = {}
    http, install = app.slack.http(app.slack_desk), app.slack.install()
    if http is not None:
        found["/slack/events"] = http.check
    if install is not None:
        found["/slack/install"] = install.install
        found["/slack/oauth_redirect"] = install.redirect
    return found


def _handlers(app: App, stack: AsyncExitStack) -> dict[str, Handle]:
    """Return what answers the platforms' own calls, by path."""
    found: dict[str, Handle] = {}
    env = app.settings.env
    slack = None if PlatformName.SLACK in app.platforms_off else app.slack.http(app.slack_desk)
    if slack is not None:
        found["/slack/events"] = slack.handle
    if env.discord_token is not None and env.discord_public_key is not None:
        from bot.platforms.discord.http import DiscordHttp

        discord = DiscordHttp(public_key=env.discord_public_key, desk=app.discord_desk)
        stack.push_async_callback(discord.close)
        found["/discord/interactions"] = discord.handle
    return found
