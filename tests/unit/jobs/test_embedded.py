"""The embedded engine's ticks."""

import asyncio
from dataclasses import dataclass, field

from bot.jobs.clock import SystemClock
from bot.jobs.embedded import EmbeddedEngine
from bot.pipeline.slots import Slots


@dataclass
class CountedTasks:
    """Tasks that tell what was asked of them; the first poll and the first send fail."""

    feeds: list[str] = field(default_factory=lambda: ["broken", "good"])
    polled: list[str] = field(default_factory=list)
    sends: int = 0
    fanned_out: int = 0
    kept_up: int = 0
    hours: int = 0
    limits: list[int] = field(default_factory=list)
    told: asyncio.Event = field(default_factory=asyncio.Event)
    platforms: tuple[str, ...] = ("slack", "discord")

    async def due_feeds(self, limit: int) -> list[str]:
        self.limits.append(limit)
        due, self.feeds = self.feeds, []
        return due

    async def poll(self, feed: str, slots: Slots) -> bool:
        async with slots.one():
            self.polled.append(feed)
        if feed == "broken":
            raise RuntimeError(feed)
        return True

    async def fan_out(self) -> None:
        self.fanned_out += 1

    async def deliver_due(self, platform: str) -> int:
        self.sends += 1
        if self.sends == 1:
            raise RuntimeError("first send")
        if {"broken", "good"} <= set(self.polled):
            self.told.set()
        return 0

    async def keep_hours(self) -> None:
        self.hours += 1

    async def upkeep(self) -> None:
        self.kept_up += 1


def engine_of(tasks: CountedTasks, concurrency: int = 7) -> EmbeddedEngine:
    return EmbeddedEngine(tasks, clock=SystemClock(), concurrency=concurrency)


async def test_a_failing_job_stops_nothing() -> None:
    """Every due feed is polled, what they bring is told at once, and the ticks go on."""
    tasks = CountedTasks()
    engine = engine_of(tasks)
    engine.start()
    try:
        await asyncio.wait_for(tasks.told.wait(), 20)
    finally:
        await engine.stop()
    assert set(tasks.polled) == {"broken", "good"}
    assert (tasks.limits[0], tasks.kept_up) == (7, 1)
    assert tasks.fanned_out >= 1


async def test_a_full_house_claims_nothing_more() -> None:
    """While as many feeds are polled as may be, no other is leased."""
    release, started = asyncio.Event(), asyncio.Event()

    class Slow(CountedTasks):
        async def poll(self, feed: str, slots: Slots) -> bool:
            async with slots.one():
                started.set()
                await release.wait()
            return False

        async def deliver_due(self, platform: str) -> int:
            self.sends += 1
            if self.sends >= 6:
                self.told.set()
            return 0

    tasks = Slow(feeds=["slow"])
    engine = engine_of(tasks, concurrency=1)
    engine.start()
    await asyncio.wait_for(started.wait(), 20)
    await asyncio.wait_for(tasks.told.wait(), 20)
    claims = len(tasks.limits)
    release.set()
    await engine.stop()
    assert claims == 1


async def test_a_poll_that_waits_for_its_server_lets_others_be_claimed() -> None:
    """Its slot is lent; what is due meanwhile does not wait for a server that never answers."""
    release = asyncio.Event()

    class Waiting(CountedTasks):
        async def poll(self, feed: str, slots: Slots) -> bool:
            async with slots.one() as slot:
                slot.lend()
                await release.wait()
            return False

        async def due_feeds(self, limit: int) -> list[str]:
            if len(self.limits) == 1:
                self.told.set()
            return await super().due_feeds(limit)

    tasks = Waiting(feeds=["silent"])
    engine = engine_of(tasks, concurrency=1)
    engine.start()
    await asyncio.wait_for(tasks.told.wait(), 20)
    release.set()
    await engine.stop()
    assert tasks.limits[:2] == [1, 1]


async def test_a_send_that_hangs_holds_up_nothing_else() -> None:
    """What is due meanwhile has a sender of its own, on the same platform too."""

    class Hanging(CountedTasks):
        hung: int = 0

        async def deliver_due(self, platform: str) -> int:
            if platform == "slack" and not self.hung:
                self.hung = 1
                await asyncio.sleep(60)
            if platform == "slack":
                self.told.set()
            return 0

    tasks = Hanging()
    engine = engine_of(tasks)
    engine.start()
    try:
        await asyncio.wait_for(tasks.told.wait(), 20)
    finally:
        stopping = asyncio.create_task(engine.stop())
        await asyncio.sleep(0)
        for task in asyncio.all_tasks():
            if task not in (stopping, asyncio.current_task()):
                task.cancel()
        await stopping
    assert tasks.hung == 1


async def test_stopping_lets_a_send_end() -> None:
    """What is on its way to a platform is not cut off, and its end is recorded."""
    sending, release, ended = asyncio.Event(), asyncio.Event(), asyncio.Event()

    class Sending(CountedTasks):
        async def deliver_due(self, platform: str) -> int:
            sending.set()
            await release.wait()
            ended.set()
            return 1

    engine = engine_of(Sending(feeds=[], platforms=("slack",)))
    engine.start()
    await asyncio.wait_for(sending.wait(), 20)
    stopping = asyncio.create_task(engine.stop())
    await asyncio.sleep(0)
    assert not stopping.done()
    release.set()
    await asyncio.wait_for(stopping, 20)
    assert ended.is_set()
