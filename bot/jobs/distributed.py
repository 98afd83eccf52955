"""The engine for many workers: Procrastinate's queue in PostgreSQL, the same tasks as the embedded one.

    once a second ─► poll ────► leases a batch of due feeds ─► what they brought ─┐
    once a second ─► deliver ─► fans out, then sends batch after batch  ◄─ nudge ─┘
    now and then  ─► hours · upkeep · rescue

A job claims a batch of rows, hundreds at a time, so the queue carries a few jobs a second whatever
the load. At most one job of a kind waits; a batch that came out full asks for another job, which
whoever is free takes. The rows are the truth: a job that is lost or runs twice does no harm.
"""

import asyncio
from collections.abc import Awaitable, Callable, Collection
from enum import StrEnum
from functools import partial
from typing import TYPE_CHECKING

import structlog

from bot.domain.destination import PlatformName
from bot.domain.feed import Feed
from bot.errors import ConfigError
from bot.jobs.guarded import guarded, wind_up
from bot.jobs.queue import HEARTBEAT_S, SILENT_S, open_queue, rescue
from bot.jobs.tasks import Tasks
from bot.pipeline.slots import Slots

if TYPE_CHECKING:
    import procrastinate

BATCH = 200
"""Feeds that one job leases."""
ROUND_S = 5.0
"""How long one job goes on sending before it hands on to the next."""
STOP_PATIENCE_S = 7.0
"""What is under way gets so long to end."""
_JOBS_AT_ONCE = 16
_LANES = 4
"""Senders of one platform at most: claims keep them off each other's destinations."""
_LOOK_EVERY_S = 0.5
"""How often a worker looks for jobs that no notification told it of."""
_AGAIN_S = 2.0
"""Pause before a worker starts anew whose database went away."""

log = structlog.get_logger()


class Queue(StrEnum):
    """What a worker may be for."""

    POLL = "poll"
    DELIVER = "deliver"
    UPKEEP = "upkeep"


_RESCUE = "rescue"
"""Every worker serves this one: somebody must look for the jobs of the dead."""


class DistributedEngine:
    """Runs the tasks of some queues, beside any number of other workers."""

    def __init__(
        self,
        tasks: Tasks,
        *,
        database: str,
        concurrency: int,
        queues: Collection[Queue] = tuple(Queue),
    ) -> None:
        """`database` is a libpq address; `concurrency` is how many feeds are polled at a time."""
        self._tasks = tasks
        self._database = database
        self._queues = [*map(str, queues), _RESCUE]
        self._slots = Slots(concurrency)
        self._polls: set[asyncio.Task[None]] = set()
        self._busy: set[str] = set()
        self._nudged: set[Queue] = set()
        self._stopping = False
        self._joined = False
        self._app: procrastinate.App | None = None
        self._running: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Join the queue. Raises ConfigError where Procrastinate is not installed."""
        self._app = open_queue(self._database)
        self._register(self._app)
        self._running = asyncio.create_task(self._run(self._app), name="queue worker")

    async def stop(self) -> None:
        """Take no more jobs, and give what is under way a few seconds to end."""
        self._stopping = True
        if self._running is not None:
            self._running.cancel()
            polls = wind_up(set(self._polls), patience=STOP_PATIENCE_S)
            await asyncio.gather(self._running, polls, return_exceptions=True)

    async def ready(self) -> bool:
        """Whether it takes jobs from the queue."""
        return self._joined

    def _register(self, app: "procrastinate.App") -> None:
        for name, queue, cron, work in (
            ("poll", Queue.POLL, "* * * * * *", self._poll_due),
            ("deliver", Queue.DELIVER, "* * * * * *", self._deliver),
            ("hours", Queue.UPKEEP, "* * * * * */15", self._tasks.keep_hours),
            ("upkeep", Queue.UPKEEP, "13 * * * *", self._tasks.upkeep),
            ("rescue", _RESCUE, "* * * * * */10", partial(self._rescue, app)),
        ):
            _periodic(app, name, queue=str(queue), cron=cron, work=work)

    async def _run(self, app: "procrastinate.App") -> None:
        """Work until stopped; a database that went away is waited for."""
        from procrastinate.exceptions import ProcrastinateException
        from psycopg import Error as DriverError
        from psycopg_pool import PoolTimeout

        while not self._stopping:
            try:
                async with app.open_async():
                    self._joined = True
                    await app.run_worker_async(
                        queues=self._queues,
                        concurrency=_JOBS_AT_ONCE,
                        install_signal_handlers=False,
                        fetch_job_polling_interval=_LOOK_EVERY_S,
                        shutdown_graceful_timeout=STOP_PATIENCE_S,
                        update_heartbeat_interval=HEARTBEAT_S,
                        stalled_worker_timeout=SILENT_S,
                        delete_jobs="always",  # the rows are the truth, and the queue stays small
                    )
            except (ProcrastinateException, DriverError, PoolTimeout, OSError) as error:
                log.warning("queue_lost", reason=type(error).__name__)
            finally:
                self._joined = False
            if not self._stopping:
                await asyncio.sleep(_AGAIN_S)

    async def _poll_due(self) -> None:
        free = min(BATCH, 2 * BATCH - len(self._polls))
        if free <= 0:
            return
        feeds = await self._tasks.due_feeds(free)
        if len(feeds) == free:
            await self._nudge(Queue.POLL)
        for feed in feeds:  # the job does not wait for them: one silent server would hold it up
            task = asyncio.create_task(guarded("poll", partial(self._poll, feed)))
            self._polls.add(task)
            task.add_done_callback(self._polls.discard)

    async def _poll(self, feed: Feed) -> None:
        if await self._tasks.poll(feed, self._slots):
            await self._nudge(Queue.DELIVER)

    async def _deliver(self) -> None:
        """Fan out, and send on each platform that has a sender free here."""
        await self._once("fan out", self._tasks.fan_out)
        sends = (
            self._once(self._lane(platform), partial(self._send, platform))
            for platform in self._tasks.platforms
        )
        await asyncio.gather(*sends)

    def _lane(self, platform: PlatformName) -> str:
        """Return the first sender of a platform that is free, else the last.

        A send that hangs holds the batch it came in with; the next job finds another sender.
        """
        lanes = [f"deliver {platform} {number}" for number in range(_LANES)]
        return next((lane for lane in lanes if lane not in self._busy), lanes[-1])

    async def _send(self, platform: PlatformName) -> None:
        loop = asyncio.get_running_loop()
        end = loop.time() + ROUND_S
        while await self._tasks.deliver_due(platform) and not self._stopping:
            await self._nudge(Queue.DELIVER)  # there may be more: whoever is free helps
            if loop.time() >= end:
                return

    async def _once(self, name: str, call: Callable[[], Awaitable[None]]) -> None:
        """Do a piece of work unless this process is at it already."""
        if name in self._busy:
            return
        self._busy.add(name)
        try:
            await guarded(name, call)
        finally:
            self._busy.discard(name)

    async def _nudge(self, queue: Queue) -> None:
        """Ask for a job of the queue's main kind; where one waits already, that one will do."""
        from procrastinate.exceptions import AlreadyEnqueued, ConnectorException

        if self._app is None or self._stopping or queue in self._nudged:
            return
        self._nudged.add(queue)
        name = str(queue)
        try:
            asked = self._app.configure_task(name, queue=name, queueing_lock=name)
            await asked.defer_async()
        except AlreadyEnqueued:
            return
        except ConnectorException as error:  # the next second asks again
            log.warning("queue_not_reached", reason=type(error).__name__)
        finally:
            self._nudged.discard(queue)

    async def _rescue(self, app: "procrastinate.App") -> None:
        count = await rescue(app)
        if count:
            log.warning("jobs_of_dead_workers_taken_back", count=count)


def _periodic(
    app: "procrastinate.App",
    name: str,
    *,
    queue: str,
    cron: str,
    work: Callable[[], Awaitable[None]],
) -> None:
    """Have one job of a kind made at each tick, over all workers; at most one of them waits."""

    async def job(timestamp: int | None = None) -> None:
        del timestamp  # a late job does what is due now
        await guarded(name, work)

    task = app.task(name=name, queue=queue, queueing_lock=name)(job)
    app.periodic(cron=cron)(task)


def queues_named(text: str) -> tuple[Queue, ...]:
    """Read ``poll,deliver``. Raises ConfigError, naming what there is."""
    names = [name.strip() for name in text.split(",") if name.strip()]
    known = ", ".join(Queue)
    if not names or any(name not in tuple(Queue) for name in names):
        raise ConfigError(f"--queues takes one or several of {known}, with commas between them")
    return tuple(dict.fromkeys(Queue(name) for name in names))
