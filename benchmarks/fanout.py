"""How long fan-out takes: one alert for many channels, and for one channel with many subscriptions.

    .venv/bin/python benchmarks/fanout.py [--channels 10000] [--subscriptions 10000] [--url URL]

Prints a row for each case: seconds for the first message, for an update, and for writing digests.
Without --url a new SQLite file is used; `postgresql://…` names an empty database.
"""

import argparse
import asyncio
import sys
import tempfile
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from datetime import time as clock_time
from pathlib import Path

from bench import Row, machine, table, write

from bot.domain.destination import Address, PlatformName, Wish
from bot.domain.entry import Entry
from bot.domain.feed import FeedSpec, Origin
from bot.domain.ids import EntryId, StoryId
from bot.domain.manners import Rhythm, When
from bot.domain.reading import Lang, Reading, TopicMatch
from bot.domain.story import Change, ChangeKind, Source, Story, Telling, Verdict
from bot.logs import configure
from bot.pipeline.digests import Digests
from bot.pipeline.fanout import Fanout
from bot.ports import AlertDraft, NewEntry, Placement
from bot.storage.engine import open_engines
from bot.storage.schema import prepare
from bot.storage.unit_of_work import SqlStore
from bot.storage.vault import FernetVault, new_key

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAILY = When(rhythm=Rhythm.DAILY, at=clock_time(8))


class HandClock:
    """A clock that is set."""

    def __init__(self) -> None:
        self.time = NOW

    def now(self) -> datetime:
        """Return the moment it was set to."""
        return self.time


async def subscribe(store: SqlStore, channels: int, wishes: list[Wish], name: str) -> None:
    """Give each of many channels these wishes."""
    async with store.begin() as uow:
        for number in range(channels):
            place = await uow.destinations.ensure(
                Address(platform=PlatformName.SLACK, channel=f"{name}{number}"),
                origin=Origin.CHAT,
                zone="America/Toronto",
                locale="en",
            )
            for wish in wishes:
                await uow.subscriptions.add(place.id, wish, origin=Origin.CHAT, by="bench", now=NOW)


async def story(store: SqlStore, number: int, topic: str) -> Story:
    """Store a story of one entry on a topic, with the alert that opens it."""
    reading = Reading(
        lang=Lang.EN, topics=(TopicMatch(topic=topic, score=1.0),), summary="A sample."
    )
    spec = FeedSpec(key="bench", name="bench", url="https://bench.example/feed")
    async with store.begin(assigning=True) as uow:
        await uow.feeds.reconcile([spec], NOW)
        (feed, *_) = await uow.feeds.listed(None)
        entry = Entry(guid=f"g{number}", title=f"Story {number}", published=NOW, source="Sample")
        new = NewEntry(entry=entry, reading=reading, held=False)
        ((entry_id,),) = await uow.entries.add_all([(feed, [new])], NOW)
        told = Story(
            id=StoryId(number),
            headline=entry.title,
            url=None,
            lang="en",
            source="Sample",
            tier=entry.tier,
            summary="A sample.",
            topics=(topic,),
            sources=(Source(name="Sample", url=None, tier=entry.tier, published=NOW),),
            first_seen=NOW,
            updated_at=NOW,
        )
        await uow.stories.save([told], new=True)
        placed = Placement(
            entry_id=entry_id,
            story_id=told.id,
            owner=None,
            seen_at=NOW,
            fingerprint="{}",
            joined="",
        )
        await uow.stories.place([placed])
        await alert(uow, told, entry_id, ChangeKind.NEW_STORY)
    return told


async def alert(uow: object, told: Story, entry_id: EntryId, kind: ChangeKind) -> None:
    """Store that a revision must be told."""
    verdict = Verdict(telling=Telling.UPDATE, changes=(Change(kind=kind, text="sample"),))
    draft = AlertDraft(
        story_id=told.id,
        revision=told.revision,
        entry_id=entry_id,
        verdict=verdict,
        opens=True,
    )
    await uow.alerts.add([draft], NOW)


async def timed(fanout: Fanout) -> tuple[float, int]:
    """Fan out what waits; seconds and deliveries."""
    begun = time.perf_counter()
    written = await fanout.run()
    return time.perf_counter() - begun, written


async def case(store: SqlStore, fanout: Fanout, label: str, number: int, topic: str) -> Row:
    """Tell a story and its update; returns the seconds that each took."""
    told = await story(store, number, topic)
    first, written = await timed(fanout)
    async with store.begin(assigning=True) as uow:
        moved = replace(told, revision=2)
        await uow.stories.save([moved], new=False)
        members = await uow.stories.members(told.id)
        await alert(uow, moved, members[0].entry_id, ChangeKind.STAGE)
    second, _ = await timed(fanout)
    return {"case": label, "deliveries": written, "first s": first, "update s": second}


async def main() -> None:
    """Run the cases one after another."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--channels", type=int, default=10_000)
    parser.add_argument("--subscriptions", type=int, default=10_000)
    parser.add_argument("--url")
    given = parser.parse_args()
    configure(stream=sys.stderr, level="ERROR")
    with tempfile.TemporaryDirectory() as folder:
        engines = open_engines(given.url or f"sqlite:///{Path(folder) / 'bench.db'}")
        await prepare(engines)
        store, clock = SqlStore(engines, FernetVault([new_key()])), HandClock()
        fanout = Fanout(store=store, clock=clock)
        channels, subscriptions = given.channels, given.subscriptions
        await subscribe(store, channels, [Wish(topic="steel")], "A")
        rows = [await case(store, fanout, f"{channels} channels at once", 1, "steel")]
        await subscribe(store, channels, [Wish(topic="dairy", when=DAILY)], "B")
        rows.append(await case(store, fanout, f"{channels} channels in a digest", 2, "dairy"))
        clock.time = NOW + timedelta(days=1)
        begun = time.perf_counter()
        digests = Digests(store=store, clock=clock, label=lambda topic, _: topic)
        written = await digests.run()
        took = time.perf_counter() - begun
        rows.append({"case": "digests", "deliveries": written, "first s": took, "update s": 0})
        many = [Wish(query=f"steel{n} OR maple{n}") for n in range(subscriptions - 1)]
        await subscribe(store, 1, [*many, Wish(topic="autos")], "C")
        label = f"one channel, {subscriptions} subscriptions"
        rows.append(await case(store, fanout, label, 3, "autos"))
        rows.append(await case(store, fanout, "the same once more", 4, "autos"))
        await store.close()
    print(f"seconds; {machine()}\n")
    table(rows)
    write("fanout", {"rows": rows})


if __name__ == "__main__":
    asyncio.run(main())
