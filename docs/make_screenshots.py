"""Draws the pictures of the pages for the README, in headless Chromium over the demo's stories.

Run it with ``make pictures``; it needs what ``make test-web`` installs.
"""

import asyncio
import os
import shutil
import tempfile
from contextlib import AsyncExitStack
from pathlib import Path

from aiohttp import web
from playwright.async_api import Browser, async_playwright

from bot.app import open_app
from bot.app.pages import pages_of
from bot.demo.server import feeds, serve
from bot.demo.show import demo_settings
from bot.jobs.clock import SystemClock
from bot.web.server import WebServer

FOLDER = Path(__file__).parent / "images"
CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
WIDE, PHONE = {"width": 1180, "height": 760}, {"width": 390, "height": 760}
SHOTS = (
    ("today", "/?days=7", WIDE, "light"),
    ("story", "", WIDE, "light"),
    ("tariffs", "/tariffs", WIDE, "dark"),
    ("deadlines", "/deadlines", PHONE, "light"),
    ("workbench", "/rules?q=aluminum+OR+aluminio+OR+aluminium", WIDE, "light"),
)
"""(picture, path, window, colours); the story is the first of the day."""


async def draw() -> None:
    """Run the demo's pipeline, serve the pages, and keep a picture of each."""
    clock = SystemClock()
    async with AsyncExitStack() as stack:
        folder = stack.enter_context(tempfile.TemporaryDirectory())
        base_url = await stack.enter_async_context(serve(clock.now()))
        settings = demo_settings(Path(folder), base_url)
        app = await stack.enter_async_context(open_app(settings, clock=clock))
        await app.reconcile(feeds(base_url))
        await app.ingest.poll_all()
        add_pages = pages_of(app, "127.0.0.1")

        def site(served: web.Application) -> None:
            add_pages(served)

        server = WebServer(
            queries=app.store.queries, host="127.0.0.1", port=0, handlers={}, site=site
        )
        await server.start()
        stack.push_async_callback(server.stop)
        driver = await stack.enter_async_context(async_playwright())
        browser = await driver.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        stack.push_async_callback(browser.close)
        await _pictures(browser, f"http://127.0.0.1:{server.port}")


async def _pictures(browser: Browser, home: str) -> None:
    for name, path, window, colours in SHOTS:
        context = await browser.new_context(viewport=window, color_scheme=colours, locale="en-CA")
        page = await context.new_page()
        await page.goto(home + (path or SHOTS[0][1]), wait_until="load")
        if name == "story":
            await page.click(".story h3 a >> nth=0")
            await page.wait_for_url("**/story/*")
        if name == "workbench":
            await page.click("form.rule button")
            await page.wait_for_selector("#tried .panel")
        await page.screenshot(path=FOLDER / f"{name}.png", animations="disabled")
        await context.close()


if __name__ == "__main__":
    asyncio.run(draw())
