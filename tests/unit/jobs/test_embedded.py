"""The embedded engine's ticks."""

import asyncio
from dataclasses import dataclass, field

from bot.jobs.embedded import EmbeddedEngine


@dataclass
class CountedTasks:
    """Tasks that tell what was asked of them; the first poll and the first send fail."""

    feeds: list[str] = field(default_factory=lambda: ["broken", "good"])
    polled: list[str] = field(default_factory=list)
    sends: int = 0
    limits: list[int] = field(default_factory=list)
    told: asyncio.Event = field(default_factory=asyncio.Event)

    async def due_feeds(self, limit: int) -> list[str]:
        self.limits.append(limit)
        due, self.feeds = self.feeds, []
        return due

    async def poll(self, feed: str) -> bool:
        self.polled.append(feed)
        if feed == "broken":
            raise RuntimeError(feed)
        return True

    async def deliver_due(self) -> int:
        self.sends += 1
        if self.sends == 1:
            raise RuntimeError("first send")
        if {"broken", "good"} <= set(self.polled):
            self.told.set()
        return 0

    async def upkeep(self) -> None:
        raise AssertionError("an hour has not passed")


async def test_a_failing_job_stops_nothing() -> None:
    """Every due feed is polled, what they bring is told at once, and the ticks go on."""
    tasks = CountedTasks()
    engine = EmbeddedEngine(tasks, concurrency=7)
    engine.start()
    try:
        await asyncio.wait_for(tasks.told.wait(), 10)
    finally:
        await engine.stop()
    assert set(tasks.polled) == {"broken", "good"}
    assert tasks.limits[0] == 7


async def test_a_full_house_claims_nothing_more() -> None:
    """While as many feeds are polled as may be, no other is leased."""
    release, started = asyncio.Event(), asyncio.Event()

    class Slow(CountedTasks):
        async def poll(self, feed: str) -> bool:
            self.polled.append(feed)
            started.set()
            await release.wait()
            return False

        async def deliver_due(self) -> int:
            self.sends += 1
            if self.sends >= 3:
                self.told.set()
            return 0

    tasks = Slow(feeds=["slow"])
    engine = EmbeddedEngine(tasks, concurrency=1)
    engine.start()
    await asyncio.wait_for(started.wait(), 10)
    await asyncio.wait_for(tasks.told.wait(), 10)
    claims = len(tasks.limits)
    release.set()
    await engine.stop()
    assert claims == 1
