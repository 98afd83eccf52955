"""The default engine: one process, APScheduler's ticks, nothing else to install.

A tick only starts work that the engine itself owns: the scheduler cancels its own jobs when it
stops, and a send must never be cut off in the middle.
"""

import asyncio
from collections.abc import Awaitable, Callable
from functools import partial

from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.domain.destination import PlatformName
from bot.domain.feed import Feed
from bot.jobs.guarded import guarded, wind_up
from bot.jobs.tasks import Tasks
from bot.pipeline.slots import Slots
from bot.ports import Clock

TICK_S = 1
HOURS_S = 15
"""How often digests, reminders and the ends of quiet hours are looked for."""
UPKEEP_S = 3_600
_STOP_PATIENCE_S = 8.0
_LANES = 8
"""Senders of one platform at most: claims keep them off each other's destinations."""


class EmbeddedEngine:
    """Runs the tasks until it is stopped."""

    def __init__(self, tasks: Tasks, *, clock: Clock, concurrency: int) -> None:
        self._tasks = tasks
        self._clock = clock
        self._slots = Slots(concurrency)
        self._stopping = False
        self._polls: set[asyncio.Task[None]] = set()
        self._single: dict[str, asyncio.Task[None]] = {}
        self._scheduler = AsyncIOScheduler(
            timezone="UTC",
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )

    def start(self) -> None:
        """Begin to tick; the first round comes at once."""
        now = self._clock.now()
        ticks = ((self._tick, TICK_S), (self._hours, HOURS_S), (self._keep_up, UPKEEP_S))
        for call, seconds in ticks:
            self._scheduler.add_job(call, "interval", seconds=seconds, next_run_time=now)
        self._scheduler.start()

    async def stop(self) -> None:
        """Stop ticking, and give what is under way a few seconds to end."""
        self._stopping = True
        self._scheduler.shutdown(wait=False)
        await wind_up({*self._polls, *self._single.values()}, patience=_STOP_PATIENCE_S)

    async def _tick(self) -> None:
        self._one("claim", self._poll_due)
        self._deliver()

    async def _hours(self) -> None:
        self._one("hours", self._tasks.keep_hours)

    async def _keep_up(self) -> None:
        self._one("upkeep", self._tasks.upkeep)

    def _one(self, name: str, call: Callable[[], Awaitable[None]]) -> None:
        """Start a piece of work unless it is under way already."""
        running = self._single.get(name)
        if not self._stopping and (running is None or running.done()):
            self._single[name] = asyncio.create_task(guarded(name, call))

    async def _poll_due(self) -> None:
        if not self._slots.free:
            return
        for feed in await self._tasks.due_feeds(self._slots.free):
            task = asyncio.create_task(guarded("poll", partial(self._poll, feed)))
            self._polls.add(task)
            task.add_done_callback(self._polls.discard)

    async def _poll(self, feed: Feed) -> None:
        if await self._tasks.poll(feed, self._slots):
            await self._tasks.fan_out()
            self._deliver()

    def _deliver(self) -> None:
        self._one("fan out", self._tasks.fan_out)
        for platform in self._tasks.platforms:
            self._one(self._lane(platform), partial(self._send, platform))

    def _lane(self, platform: PlatformName) -> str:
        """Return the first sender of a platform that is free, else the last.

        A send that hangs holds the batch it came in with, and so its sender; the next tick finds
        another for whatever is due meanwhile. Idle, a platform has one.
        """
        lanes = [f"deliver {platform} {number}" for number in range(_LANES)]
        free = (lane for lane in lanes if lane not in self._single or self._single[lane].done())
        return next(free, lanes[-1])

    async def _send(self, platform: PlatformName) -> None:
        """Send until nothing is due on the platform, or the engine stops."""
        while await self._tasks.deliver_due(platform) and not self._stopping:
            pass
