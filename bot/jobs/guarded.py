"""Runs a job so that its failure is told and stops nothing else, and ends what runs."""

import asyncio
from collections.abc import Awaitable, Callable, Collection

import structlog

log = structlog.get_logger()


async def guarded(name: str, call: Callable[[], Awaitable[None]]) -> None:
    """Do a job; what it fails with is logged with the traceback, and the next tick comes."""
    try:
        await call()
    except Exception:
        log.exception("job_failed", job=name)


async def wind_up(tasks: Collection[asyncio.Task[None]], *, patience: float) -> None:
    """Give tasks `patience` seconds to end, and cancel those that are late."""
    if not tasks:
        return
    _, late = await asyncio.wait(tasks, timeout=patience)
    for task in late:
        task.cancel()
    await asyncio.gather(*late, return_exceptions=True)
    if late:
        log.warning("stopped_in_the_middle", tasks=len(late))
