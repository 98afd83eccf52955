"""Runs a job so that its failure is told and stops nothing else."""

from collections.abc import Awaitable, Callable

import structlog

log = structlog.get_logger()


async def guarded(name: str, call: Callable[[], Awaitable[None]]) -> None:
    """Do a job; what it fails with is logged with the traceback, and the next tick comes."""
    try:
        await call()
    except Exception:
        log.exception("job_failed", job=name)
