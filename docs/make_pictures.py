"""Draws the picture of the README: the alert that most outlets of the demo told.

Run it with ``.venv/bin/python docs/make_pictures.py``.
"""

import asyncio
import io
import re
import tempfile
from contextlib import AsyncExitStack
from datetime import timedelta
from pathlib import Path

from rich.console import Console

from bot.app import open_app
from bot.demo.server import feeds, serve
from bot.demo.show import demo_settings
from bot.domain.destination import Address, Ask, PlatformName
from bot.jobs.clock import SystemClock

TARGET = Path(__file__).parent / "images" / "alert.svg"
FONTS = "ui-monospace, SFMono-Regular, Menlo, Consolas, 'DejaVu Sans Mono', monospace"


async def draw() -> None:
    """Run the demo's pipeline, and keep the largest story's alert."""
    console = Console(record=True, width=100, file=io.StringIO(), force_terminal=True)
    clock = SystemClock()
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        base_url = await stack.enter_async_context(serve(clock.now()))
        settings = demo_settings(Path(folder), base_url)
        app = await stack.enter_async_context(open_app(settings, console=console, clock=clock))
        await app.reconcile(feeds(base_url))
        here = Address(platform=PlatformName.CONSOLE, channel="")
        ask = Ask(query="aluminum OR aluminio OR aluminium")
        await app.subscriptions.add(here, ask, by="docs")
        await app.ingest.poll_all()
        await app.fanout.run()
        await app.deliver.drain(timedelta(seconds=5))
    TARGET.write_text(_without_web_fonts(console.export_svg(title="usmca-bot")), encoding="utf-8")


def _without_web_fonts(svg: str) -> str:
    """Use the reader's own fonts: a picture must not fetch anything."""
    svg = re.sub(r"@font-face\s*\{.*?\}\s*", "", svg, flags=re.DOTALL)
    return svg.replace("Fira Code, monospace", FONTS)


if __name__ == "__main__":
    asyncio.run(draw())
