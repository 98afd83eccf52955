"""`usmca-bot run`: the engine, the listeners and the HTTP server, until somebody says stop."""

import asyncio
import signal
from collections.abc import Sequence
from contextlib import AsyncExitStack
from typing import Protocol

import structlog

from bot.app.assembly import App, open_app
from bot.domain.destination import PlatformName
from bot.errors import ConfigError
from bot.settings.load import Settings
from bot.web.server import Handle, Page, WebServer

log = structlog.get_logger()


class Listener(Protocol):
    """What takes commands from a platform."""

    async def start(self) -> None:
        """Connect. Raises ConfigError where the platform refuses the token."""
        ...

    async def stop(self) -> None:
        """Disconnect within seconds."""
        ...


async def serve(settings: Settings) -> None:
    """Run until SIGINT or SIGTERM."""
    stop = asyncio.Event()
    loop = asyncio.get_running_loop()
    for number in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(number, stop.set)
    async with open_app(settings) as app:
        await run(app, stop)


async def run(app: App, stop: asyncio.Event) -> None:
    """Start everything that is configured, wait for `stop`, and end in order.

    Listeners stop first, then the engine: nothing new comes in while the last sends go out.
    """
    from bot.jobs.embedded import EmbeddedEngine

    await app.reconcile()
    async with app.store.begin() as uow:
        mended = await uow.destinations.mend_broken()
    if mended:
        log.info("broken_destinations_tried_again", count=mended)
    async with AsyncExitStack() as stack:
        concurrency = app.settings.behaviour.polling.concurrency
        engine = EmbeddedEngine(app.tasks, clock=app.clock, concurrency=concurrency)
        handlers = _handlers(app, stack)
        await _start_web(app, handlers, stack)
        engine.start()
        stack.push_async_callback(engine.stop)
        await _start_listeners(_listeners(app), stack)
        for platform, remedy in app.platforms_off.items():
            log.info("platform_off", platform=str(platform), remedy=remedy)
        log.info("running", feeds=len(app.settings.feeds))
        await stop.wait()
        log.info("stopping")


async def _start_web(app: App, handlers: dict[str, Handle], stack: AsyncExitStack) -> None:
    bind = app.settings.env.web_bind
    if bind is None:
        return
    server = WebServer(
        queries=app.store.queries,
        host=bind.host,
        port=bind.port,
        handlers=handlers,
        pages=_pages(app),
    )
    await server.start()
    stack.push_async_callback(server.stop)
    log.info("listening", host=bind.host, port=server.port, paths=sorted(handlers))


async def _start_listeners(
    listeners: Sequence[tuple[PlatformName, Listener]], stack: AsyncExitStack
) -> None:
    """Connect them side by side; one that is refused says so, and the others go on."""

    async def start(platform: PlatformName, listener: Listener) -> None:
        stack.push_async_callback(listener.stop)
        try:
            await listener.start()
        except ConfigError as error:
            log.error("platform_refused", platform=str(platform), reason=str(error))
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
