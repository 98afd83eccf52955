"""Slow pages never delay a delivery: both share one process, one database and one event loop."""

import asyncio
import time
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.alert import DeliveryKind
from bot.domain.destination import PlatformName
from bot.domain.feed import Origin
from bot.storage.engine import open_engines
from bot.storage.unit_of_work import SqlStore
from bot.web.pace import Pace
from tests.fakes.archive import Archive, due
from tests.fakes.pages import TOKEN, open_site, parts
from tests.integration.pipeline.house import House
from tests.samples import draft, slack

HEAVY = (
    "/?days=30",
    "/deadlines?days=3660",
    "/tariffs",
    "/search?q=NOT+steel",
    "/feeds/search.atom?q=duty",
    "/calendar/all.ics",
    "/calendar/search.ics?q=NOT+mexico",
    "/deliveries",
)
CLIENTS = 4
PATIENCE_S = 2.0
"""Far below what a person notices, far above what two busy cores take for one send."""


@pytest.fixture
async def store(sqlite_url, vault):
    opened = SqlStore(open_engines(sqlite_url), vault)
    yield opened
    await opened.close()


async def test_deliveries_go_out_while_pages_are_hammered(store, clock, tmp_path) -> None:
    """Each is on its way within moments, although four clients ask for slow pages without a pause."""
    archive = Archive(store, clock)
    feed = await archive.feed()
    for number in range(40):
        day = f"2026-12-{number % 28 + 1:02}"
        await archive.story(feed, f"Steel duty, part {number}", deadlines=(due(day),))
    house = House(store=store, clock=clock)
    house.slack.pace = timedelta(0)
    unpaced = replace(parts(store, clock, tmp_path), pace=Pace(burst=1e9, per_second=1e9))
    answered = 0
    async with open_site(unpaced) as site:

        async def client(number: int) -> None:
            nonlocal answered
            for turn in range(10_000):
                path = HEAVY[(turn + number * 2) % len(HEAVY)]
                status, _, _ = await site.get(path, Authorization=f"Bearer {TOKEN}")
                assert status == 200, path
                answered += 1

        clients = [asyncio.create_task(client(number)) for number in range(CLIENTS)]
        took = [await _told(house, number) for number in range(6)]
        for task in clients:
            task.cancel()
        ended = await asyncio.gather(*clients, return_exceptions=True)
    assert {type(each) for each in ended} == {asyncio.CancelledError}
    assert [sent.what for sent in house.slack.taken] == ["post"] * 6
    assert max(took) < PATIENCE_S, took
    assert answered > CLIENTS, "the pages were asked meanwhile"


async def _told(house: House, number: int) -> float:
    """Write a delivery and send it; returns the seconds until the platform had it."""
    begun = time.monotonic()
    async with house.store.begin() as uow:
        place = await uow.destinations.ensure(
            slack(f"C{number}", "T1"), origin=Origin.CHAT, zone="UTC", locale="en"
        )
        made = draft(place.id, None, subject=f"story:{number + 1}", kind=DeliveryKind.POST)
        await uow.deliveries.enqueue([made], house.clock.now())
    while len(house.slack.taken) <= number:
        await house.deliver().run((PlatformName.SLACK,))
    return time.monotonic() - begun
