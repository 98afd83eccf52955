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
from bot.web.server import Handle, WebServer

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
    server = WebServer(queries=app.store.queries, host=bind.host, port=bind.port, handlers=handlers)
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
    if env.slack_bot_token is not None and env.slack_app_token is not None:
        from bot.platforms.slack.listen import SlackListener

        token = env.slack_app_token.get_secret_value()
        listener = SlackListener(api=app.slack_api, desk=app.slack_desk, app_token=token)
        found.append((PlatformName.SLACK, listener))
    elif env.slack_bot_token is not None and env.slack_signing_secret is None:
        log.warning(
            "slack_sends_only",
            remedy="set SLACK_APP_TOKEN (Socket Mode) or SLACK_SIGNING_SECRET to take commands",
        )
    if env.discord_token is not None:
        from bot.platforms.discord.listen import DiscordListener
        from bot.platforms.discord.sdk import point_at

        point_at(env.discord_api_url, env.discord_gateway_url)
        gateway = DiscordListener(
            token=env.discord_token.get_secret_value(),
            desk=app.discord_desk,
            rest=app.discord_rest,
        )
        found.append((PlatformName.DISCORD, gateway))
    return found


def _handlers(app: App, stack: AsyncExitStack) -> dict[str, Handle]:
    """Return what answers the platforms' own calls, by path."""
    found: dict[str, Handle] = {}
    env = app.settings.env
    if env.slack_bot_token is not None and env.slack_signing_secret is not None:
        from bot.platforms.slack.http import SlackHttp

        slack = SlackHttp(
            api=app.slack_api,
            desk=app.slack_desk,
            signing_secret=env.slack_signing_secret.get_secret_value(),
            clock=app.clock,
        )
        found["/slack/events"] = slack.handle
    if env.discord_token is not None and env.discord_public_key is not None:
        from bot.platforms.discord.http import DiscordHttp

        discord = DiscordHttp(public_key=env.discord_public_key, desk=app.discord_desk)
        stack.push_async_callback(discord.close)
        found["/discord/interactions"] = discord.handle
    return found
