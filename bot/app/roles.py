"""What a process is there for: everything at once, or one part beside many others.

run      everything
worker   the engine, for some of the queues
chat     Slack's sockets and Discord's gateway
web      pages, and what platforms call over HTTP
"""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import Protocol

import structlog

from bot.app.assembly import App
from bot.errors import ConfigError
from bot.jobs.distributed import DistributedEngine, Queue
from bot.jobs.embedded import EmbeddedEngine
from bot.storage.engine import open_engines
from bot.storage.queue_schema import QueueSchema, libpq_url, prepare_queue

MANY = "procrastinate"
"""BOT_ENGINE for many workers."""

_PREPARING = "preparing"
_PREPARING_FOR = timedelta(seconds=60)
_LOOK_EVERY_S = 0.3

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Role:
    """The parts one process runs."""

    name: str
    queues: tuple[Queue, ...] = ()
    """What its engine works on; none for a process without an engine."""
    chat: bool = False
    """Whether it takes commands over sockets and gateways."""
    pages: bool = False
    """Whether it answers browsers and the platforms' own calls."""
    apart: bool = False
    """Whether the pages are made in a process of their own: nothing else waits for them."""


EVERYTHING = Role(name="run", queues=tuple(Queue), chat=True, pages=True, apart=True)
CHAT = Role(name="chat", chat=True)
WEB = Role(name="web", pages=True)


def worker(queues: tuple[Queue, ...]) -> Role:
    """Return the role of a worker for these queues."""
    return Role(name="worker", queues=queues)


class Engine(Protocol):
    """What repeats the tasks until it is stopped."""

    async def start(self) -> None:
        """Begin."""
        ...

    async def stop(self) -> None:
        """Take nothing new, and let what is under way end within seconds."""
        ...

    async def ready(self) -> bool:
        """Whether it can work."""
        ...


class _Embedded:
    """The embedded engine, started as the other one is."""

    def __init__(self, engine: EmbeddedEngine) -> None:
        self._engine = engine
        self.stop = engine.stop

    async def start(self) -> None:
        self._engine.start()

    async def ready(self) -> bool:
        return True


async def engine_for(app: App, role: Role) -> Engine | None:
    """Return the engine of a role, None where it has none.

    Raises ConfigError where the role needs another BOT_ENGINE, or its library is missing.
    """
    if not role.queues:
        return None
    concurrency = app.settings.behaviour.polling.concurrency
    if app.settings.env.engine != MANY:
        if role.name == "worker":
            raise ConfigError(
                "a worker needs BOT_ENGINE=procrastinate; without it, `usmca-bot run` does everything"
            )
        return _Embedded(EmbeddedEngine(app.tasks, clock=app.clock, concurrency=concurrency))
    database = await _queue_of(app)
    return DistributedEngine(
        app.tasks, database=database, concurrency=concurrency, queues=role.queues
    )


async def _queue_of(app: App) -> str:
    """Bring the queue's tables up to date, and return where they are."""
    from bot.jobs.queue import TABLE, schema

    whole, steps = schema()
    engines = open_engines(app.settings.env.database_url.get_secret_value())
    try:
        await prepare_queue(engines, QueueSchema(table=TABLE, whole=whole, steps=steps))
        return libpq_url(engines)
    finally:
        await engines.dispose()


async def prepare_together(app: App) -> None:
    """Make the configuration true in the store, one process at a time."""
    me = app.liveness.me
    while not await _turn(app, me):  # noqa: ASYNC110 - another process ends, no task of ours
        await asyncio.sleep(_LOOK_EVERY_S)
    try:
        await app.reconcile()
        async with app.store.begin() as uow:
            mended = await uow.destinations.mend_broken()
    finally:
        async with app.store.begin() as uow:
            await uow.leases.release(_PREPARING, holder=me)
    if mended:
        log.info("broken_destinations_tried_again", count=mended)


async def _turn(app: App, me: str) -> bool:
    now = app.clock.now()
    async with app.store.begin() as uow:
        holder = await uow.leases.holder(_PREPARING)
        gone = [holder] if holder is not None and app.liveness.is_dead(holder) else []
        return await uow.leases.take(
            _PREPARING, holder=me, now=now, until=now + _PREPARING_FOR, dead=gone
        )
