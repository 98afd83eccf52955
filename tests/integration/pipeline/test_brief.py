"""Entries on no topic that nobody asks for: stored and found, in no story, until somebody asks."""

import asyncio
import threading
from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from bot.domain.entry import Entry
from bot.domain.reading import Reading
from tests.fakes.pipeline import simple_reading
from tests.integration.pipeline.house import ALL, House

FERRY = Entry(guid="e1", title="Storm closes the harbour", summary="Ferries wait until Sunday.")


def glance(entry: Entry, now: datetime) -> Reading:
    reading = simple_reading(entry, now)
    return reading if reading.topics else replace(reading, brief=True)


async def stories(house: House) -> Mapping[str, int | None]:
    found = [row async for row in house.store.queries.entries(owner=None)]
    return {row.stored.entry.guid: row.story_id for row in found}


async def test_what_nobody_asks_for_is_in_no_story(house: House) -> None:
    """An entry on a topic has one as ever; both are in the archive, and reported as new."""
    house.glance = glance
    await house.feeds("ledger")
    steel = replace(FERRY, guid="e2", title="Quota on plates #steel")
    report = await house.poll("ledger", replace(FERRY, published=house.clock.now()), steel)
    assert {told.id for told in report.new} | {"e2"} == {"e1", "e2"}
    found = await stories(house)
    assert found["e1"] is None
    assert found["e2"] is not None


async def test_what_somebody_asks_for_is_told(house: House) -> None:
    """One query is enough; a later edit of what nobody asked for finds no story, and harms nothing."""
    house.glance = glance
    await house.feeds("ledger")
    first = replace(FERRY, published=house.clock.now())
    await house.poll("ledger", first)
    await house.subscribe("C1", ALL)
    await house.poll("ledger", replace(first, guid="e3", title="Ferry sails again"))
    await house.drain()
    assert [sent.message.headline.text for sent in house.slack.taken] == ["Ferry sails again"]
    await house.poll("ledger", replace(first, summary="Ferries wait until Monday."))
    assert (await stories(house))["e1"] is not None  # read in full by now, and placed
    assert len(house.slack.taken) == 1


async def test_a_subscription_made_while_a_poll_is_read_counts(house: House) -> None:
    """What was read briefly is read in full before it is stored."""
    await house.feeds("ledger")
    loop, asked = asyncio.get_running_loop(), threading.Event()

    def and_subscribe(entry: Entry, now: datetime) -> Reading:
        if not asked.is_set():  # in the thread that reads: the loop subscribes meanwhile
            asked.set()
            asyncio.run_coroutine_threadsafe(house.subscribe("C1", ALL), loop).result()
        return glance(entry, now)

    house.glance = and_subscribe
    await house.poll("ledger", replace(FERRY, published=house.clock.now()))
    await house.drain()
    assert [sent.message.headline.text for sent in house.slack.taken] == [FERRY.title]
