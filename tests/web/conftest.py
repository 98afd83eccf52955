"""A filled site over real HTTP, and a headless browser that looks at it."""

import os
import shutil
from datetime import timedelta
from pathlib import Path

import pytest

from bot.domain.alert import DeliveryDraft, DeliveryKind, Why
from bot.domain.destination import Address, PlatformName
from bot.domain.feed import Origin, Tier
from bot.domain.reading import Action, DeadlineKind, Stage, TariffFact
from bot.domain.story import Conflict
from bot.storage.engine import open_engines
from bot.storage.unit_of_work import SqlStore
from tests.fakes.archive import Archive, due
from tests.fakes.pages import TOKEN, open_site, parts

CHROMIUM = os.environ.get("CHROMIUM") or shutil.which("chromium") or "/usr/bin/chromium"
HAS_CHROMIUM = Path(CHROMIUM).exists()
AXE = Path(__file__).parent / "vendor" / "axe.min.js"


@pytest.fixture
async def store(sqlite_url, vault):
    """The browser tests look at pages, not at databases: SQLite is enough."""
    opened = SqlStore(open_engines(sqlite_url), vault)
    yield opened
    await opened.close()


@pytest.fixture
async def site(store, clock, tmp_path):
    """Stories, facts, feeds in trouble, deliveries that were given up; served on a free port."""
    await filled(store, clock)
    async with open_site(parts(store, clock, tmp_path)) as browsing:
        yield browsing


async def filled(store, clock) -> None:
    """Put a small, lively archive into a store."""
    archive = Archive(store, clock)
    feed = await archive.feed("ledger", last_success_at=clock.now(), last_entry_at=clock.now())
    await archive.feed("gazette", failures=7, last_error="the server answers 503, try again later")
    duty = TariffFact(
        action=Action.RAISED,
        rate_pct=25.0,
        previous_rate_pct=10.0,
        imposer="US",
        targets=("CA", "MX"),
        products=("steel",),
        authority="Section 232",
        text="The duty on steel from Canada and Mexico rises from 10 % to 25 %.",
    )
    await archive.story(
        feed,
        "Steel duty rises to 25 % for Canada and Mexico",
        "Washington raises its steel duty",
        topics=("steel", "tariffs"),
        content="The duty on steel rises. Comments are due by December 1.",
        stage=Stage.SIGNED,
        tier=Tier.OFFICIAL,
        countries=("US", "CA", "MX"),
        deadlines=(due("2026-12-01"), due("2026-12-09", DeadlineKind.HEARING)),
        tariffs=(duty,),
        conflicts=(Conflict(what="rate", values=(("25 %", "Border Ledger"), ("20 %", "Wire"))),),
    )
    for number in range(1, 14):
        await archive.story(
            feed,
            f"Auto parts makers ask for relief, round {number}",
            topics=("autos",) if number % 2 else ("tariffs",),
            stage=Stage.ANNOUNCED if number % 3 else None,
            content="Makers of auto parts ask the ministry for relief.",
            ago=timedelta(hours=number * 5),
        )
    async with store.begin() as uow:
        address = Address(platform=PlatformName.SLACK, workspace="T1", channel="C1")
        place = await uow.destinations.ensure(address, origin=Origin.CHAT, zone="UTC", locale="en")
        drafts = [
            DeliveryDraft(
                destination_id=place.id,
                alert_id=None,
                subject=f"story:{number}",
                kind=DeliveryKind.POST,
                revision=1,
                why=Why(subscription_id=None, wish="steel"),
            )
            for number in (1, 2)
        ]
        await uow.deliveries.enqueue(drafts[:1], clock.now() - timedelta(days=4))
        await uow.deliveries.give_up(clock.now() - timedelta(days=3), "the channel is archived")
        await uow.deliveries.enqueue(drafts[1:], clock.now())


@pytest.fixture
async def browser():
    """Headless Chromium of the system."""
    from playwright.async_api import async_playwright

    if not HAS_CHROMIUM:
        pytest.skip("there is no Chromium here: make test-web installs it, or says what is missing")

    async with async_playwright() as driver:
        opened = await driver.chromium.launch(
            executable_path=CHROMIUM, args=["--no-sandbox", "--disable-dev-shm-usage"]
        )
        yield opened
        await opened.close()


class Looking:
    """A page in the browser that keeps what went wrong in it."""

    def __init__(self, page, home: str) -> None:
        self.page = page
        self.home = home
        self.wrong: list[str] = []
        page.on("console", self._said)
        page.on("pageerror", lambda error: self.wrong.append(f"script: {error}"))
        page.on("requestfailed", self._failed)

    def _said(self, message) -> None:
        if message.type in ("error", "warning"):
            self.wrong.append(f"{message.type}: {message.text}")

    def _failed(self, request) -> None:
        if "ERR_ABORTED" not in (request.failure or ""):  # a page that is left ends its streams
            self.wrong.append(f"request: {request.url} {request.failure}")

    async def go(self, path: str) -> None:
        """Open a page of the site."""
        await self.page.goto(self.home + path, wait_until="load")

    async def sign_in(self) -> None:
        """Become the operator, as a person does."""
        await self.go("/sign-in")
        await self.page.fill("#token", TOKEN)
        await self.page.press("#token", "Enter")
        await self.page.wait_for_url(self.home + "/")

    async def hurdles(self) -> list[str]:
        """What axe-core finds that is serious: its rule, and where."""
        await self.page.evaluate(AXE.read_text())
        found = await self.page.evaluate("axe.run(document, {resultTypes: ['violations']})")
        return [
            f"{each['id']}: {node['target']} {node['failureSummary']}"
            for each in found["violations"]
            if each["impact"] in ("serious", "critical")
            for node in each["nodes"]
        ]

    async def too_wide(self) -> int:
        """By how many pixels the page is wider than the window."""
        return await self.page.evaluate(
            "document.documentElement.scrollWidth - document.documentElement.clientWidth"
        )


@pytest.fixture
async def look(browser, site):
    """Return what opens a page of the site in a fresh browser window."""
    opened = []

    async def new(*, width: int = 1280, height: int = 900, scripts: bool = True, **how):
        context = await browser.new_context(
            viewport={"width": width, "height": height},
            java_script_enabled=scripts,
            locale=how.pop("locale", "en-CA"),
            **how,
        )
        opened.append(context)
        return Looking(await context.new_page(), site.home)

    yield new
    for context in opened:
        await context.close()
