"""Tells other machines that this process lives, and learns which workers do not any more.

On one machine the process table says who died (`worker.py`); of other machines only their silence
does. What a silent worker had leased is taken back within a minute, not only when its leases end.
"""

import asyncio
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import timedelta

import structlog

from bot.errors import BotError
from bot.ports import Clock, Liveness, Store
from bot.ports.leases import WORKERS

BEAT_S = 10.0
SILENCE = timedelta(seconds=45)
"""A worker that said nothing for so long counts as dead."""
_FORGET_AFTER = timedelta(days=1)

Sleep = Callable[[float], Awaitable[None]]

log = structlog.get_logger()


class Heartbeat:
    """Implements `bot.ports.Liveness` for workers of every machine, once it is started."""

    def __init__(self, here: Liveness, *, sleep: Sleep = asyncio.sleep) -> None:
        """`here` knows the processes of this machine."""
        self._here = here
        self._sleep = sleep
        self._silent: frozenset[str] = frozenset()
        self._beating: asyncio.Task[None] | None = None

    @property
    def me(self) -> str:
        """Name of this process, unique over restarts and machines."""
        return self._here.me

    def is_dead(self, worker: str) -> bool:
        """Whether that worker ended, as far as this machine or its silence tells."""
        return self._here.is_dead(worker) or (worker != self.me and worker in self._silent)

    async def start(self, store: Store, clock: Clock) -> None:
        """Say that this worker lives, now and every few seconds."""
        await self.beat(store, clock)
        self._beating = asyncio.create_task(self._beats(store, clock), name="heartbeat")

    async def stop(self, store: Store) -> None:
        """Stop beating, and say that this worker ended well."""
        if self._beating is not None:
            self._beating.cancel()
            await asyncio.gather(self._beating, return_exceptions=True)
            self._beating = None
        with suppress(BotError):  # without a database its silence will tell
            async with store.begin() as uow:
                await uow.leases.release(WORKERS + self.me, holder=self.me)

    async def beat(self, store: Store, clock: Clock) -> None:
        """Say it once, and look who is silent."""
        now = clock.now()
        async with store.begin() as uow:
            await uow.leases.take(WORKERS + self.me, holder=self.me, now=now, until=now + SILENCE)
            silent = frozenset(await uow.leases.ended(WORKERS, now))
            await uow.leases.forget(WORKERS, now - _FORGET_AFTER)
        for worker in silent - self._silent:
            log.warning("worker_silent", worker=worker)
        self._silent = silent

    async def _beats(self, store: Store, clock: Clock) -> None:
        while True:
            await self._sleep(BEAT_S)
            try:
                await self.beat(store, clock)
            except Exception:
                log.exception("heartbeat_failed")
