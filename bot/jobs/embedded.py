"""The default engine: one process, APScheduler's ticks, nothing else to install."""

import asyncio
from collections.abc import Awaitable, Callable

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.domain.feed import Feed
from bot.jobs.tasks import Tasks

TICK_S = 1
UPKEEP_S = 3_600
_STOP_PATIENCE_S = 8.0

log = structlog.get_logger()


class EmbeddedEngine:
    """Runs the tasks until it is stopped."""

    def __init__(self, tasks: Tasks, *, concurrency: int) -> None:
        self._tasks = tasks
        self._concurrency = concurrency
        self._polls: set[asyncio.Task[None]] = set()
        self._sending = asyncio.Lock()
        self._scheduler = AsyncIOScheduler(
            timezone="UTC",
            job_defaults={"misfire_grace_time": None, "coalesce": True, "max_instances": 1},
        )

    def start(self) -> None:
        """Begin to tick; the first round comes at once."""
        for call, seconds in (
            (self._poll_due, TICK_S),
            (self._deliver_due, TICK_S),
            (self._tasks.upkeep, UPKEEP_S),
        ):
            self._scheduler.add_job(_guarded(call), "interval", seconds=seconds)
        self._scheduler.start()

    async def stop(self) -> None:
        """Stop ticking, and give what is under way a few seconds to end."""
        self._scheduler.shutdown(wait=False)
        if self._polls:
            _, late = await asyncio.wait(self._polls, timeout=_STOP_PATIENCE_S)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        try:
            await asyncio.wait_for(self._sending.acquire(), _STOP_PATIENCE_S)
        except TimeoutError:
            log.warning("sends_left_unfinished")

    async def _poll_due(self) -> None:
        free = self._concurrency - len(self._polls)
        if free <= 0:
            return
        for feed in await self._tasks.due_feeds(free):
            task = asyncio.create_task(self._poll(feed))
            self._polls.add(task)
            task.add_done_callback(self._polls.discard)

    async def _poll(self, feed: Feed) -> None:
        async def poll_then_tell() -> None:
            if await self._tasks.poll(feed):
                await self._deliver_due()

        await _guarded(poll_then_tell)()

    async def _deliver_due(self) -> None:
        """Send until nothing is due; who comes while another sends leaves it to the other."""
        if self._sending.locked():
            return
        async with self._sending:
            while await self._tasks.deliver_due():
                pass


def _guarded(call: Callable[[], Awaitable[None]]) -> Callable[[], Awaitable[None]]:
    """Wrap a job so that its failure is logged with the traceback, and the next tick comes."""

    async def job() -> None:
        try:
            await call()
        except Exception:
            log.exception("job_failed", job=getattr(call, "__name__", "job"))

    return job
