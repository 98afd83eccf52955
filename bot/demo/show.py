"""The demo: sample feeds polled, their alerts in the terminal, and questions answered.

    local feed server ─► the real pipeline on a database in a temporary folder ─► this terminal

Nothing leaves the machine, no token is needed, and nothing stays behind.
"""

import asyncio
import sys
import tempfile
from datetime import timedelta
from pathlib import Path

from rich.console import Console
from rich.rule import Rule

from bot.app import App, open_app
from bot.commands.exchange import Request
from bot.demo.server import feeds, serve
from bot.domain.destination import Address, Ask, PlatformName
from bot.jobs.clock import SystemClock
from bot.logs import configure
from bot.platforms.console.render import render_reply
from bot.services.addresses import terminal
from bot.settings import defaults
from bot.settings.load import Settings, load

WIDTH = 100
_GOODBYE = {"quit", "exit", "bye", "q"}


async def show() -> None:
    """Poll the sample feeds once, tell what they bring, and answer `/usmca status`.

    In a terminal a prompt for commands follows; without one the demo ends by itself.
    """
    interactive = sys.stdin.isatty() and sys.stdout.isatty()
    console = Console(width=None if interactive else WIDTH)
    clock = SystemClock()
    with tempfile.TemporaryDirectory(prefix="usmca-bot-demo-") as folder:
        async with serve(clock.now()) as base_url:
            settings = demo_settings(Path(folder), base_url)
            configure(stream=sys.stderr, level="ERROR", form="auto")
            async with open_app(settings, console=console, clock=clock) as app:
                await _tell(app, console, base_url)
                await _ask(app, console, "/usmca status")
                if interactive:
                    await _prompt(app, console)


def demo_settings(folder: Path, base_url: str) -> Settings:
    """Return the packaged configuration with a database of its own and the way to the samples."""
    environ = {
        "BOT_DATABASE_URL": f"sqlite:///{folder / 'demo.db'}",
        "BOT_ALLOW_HOSTS": base_url.partition("://")[2],
    }
    return load(defaults.packaged(), environ)


async def _tell(app: App, console: Console, base_url: str) -> None:
    console.print(Rule("[bold]usmca-bot demo[/]: sample feeds on this machine"))
    specs = feeds(base_url)
    await app.reconcile(specs)
    here = Address(platform=PlatformName.CONSOLE, channel="")
    for topic in app.catalog.ids:
        await app.subscriptions.add(here, Ask(topic=topic), by="demo")
    reports = await app.ingest.poll_all()
    entries = sum(len(report.new) for report in reports)
    console.print(f"{len(reports)} feeds polled, {entries} entries read. What a channel is told:\n")
    await app.fanout.run()
    await app.deliver.drain(timedelta(seconds=10))
    stories = await app.store.queries.stories(owner=None, limit=100)
    told = sum(story.entry_count for story in stories)
    console.print(
        f"\n{entries} entries became {len(stories)} messages: {told} were on a topic and joined "
        f"their stories, {entries - told} were left alone.\n"
    )


async def _ask(app: App, console: Console, text: str) -> None:
    console.print(Rule(f"[bold]{text}[/]"))
    reply = await app.commands.answer(Request(text=text, actor=terminal()))
    console.print(render_reply(reply))


async def _prompt(app: App, console: Console) -> None:
    console.print("\nAsk something: [bold]help[/], [bold]deadlines[/], [bold]search aluminum[/] … "
                  "([bold]quit[/] ends)")  # fmt: skip
    while True:
        try:
            text = (await asyncio.to_thread(console.input, "[bold]/usmca[/] ")).strip()
        except (EOFError, KeyboardInterrupt):
            return
        if text.lower() in _GOODBYE:
            return
        if text:
            await _ask(app, console, text)
            await app.deliver.drain(timedelta(0))
