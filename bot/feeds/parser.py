"""Parsing in child processes that can be killed, so that no body holds up any other.

A thread cannot be stopped, and one hostile tag keeps feedparser busy for minutes. So bodies go to
a kept pool of processes with a limit of time and of memory for each. There are two lanes: small
bodies share quick workers; a body that is large, or took too long there, goes to a worker of its
own lane, where it can only hold up its like.
"""

import asyncio
import time
from concurrent.futures.process import BrokenProcessPool
from contextlib import suppress
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from multiprocessing.context import SpawnContext, SpawnProcess
from threading import Lock
from typing import Any

from pebble import ProcessExpired, ProcessPool

from bot.domain.entry import Entry
from bot.domain.feed import FeedSpec
from bot.domain.polling import ParsedFeed
from bot.errors import ParseError
from bot.feeds.child import WORN_OUT, prepare, read_limited
from bot.feeds.documents import DocumentLimits, Job
from bot.ports.outside import Clock

_TRIES = 3
_STARTING_S = 2.0
"""So long the end waits for a child that is being started."""
_MANY_ENTRIES = 10_000
_FUTURE = timedelta(days=2)
"""A date further ahead than any clock is wrong is a mistake, and no date at all is better."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParseLimits:
    """What parsing one body may cost, and how many bodies are parsed at once."""

    quick_bytes: int = 200_000
    """Bodies up to this size take the quick lane."""
    quick_seconds: float = 1.0
    slow_seconds: float = 4.0
    """What the quick lane has spent on a body in vain is taken off."""
    many_seconds: float = 8.5
    """For a body of ten thousand entries and more."""
    memory_bytes: int = 120_000_000
    """What reading one body may take; honest bodies of 5 MB took 60 MB."""
    quick_workers: int = 2
    slow_workers: int = 1
    quick_tasks: int = 1_000
    slow_tasks: int = 5
    """After so many bodies a worker is replaced, and its memory given back."""
    document: DocumentLimits = field(default_factory=DocumentLimits)


class PooledParser:
    """Parses bodies in child processes. Implements the port `Parser`. `close` it when done."""

    def __init__(self, limits: ParseLimits, clock: Clock) -> None:
        self._limits = limits
        self._clock = clock
        memory = limits.memory_bytes
        self._quick = _Lane(limits.quick_workers, limits.quick_tasks, memory=memory)
        self._slow = _Lane(limits.slow_workers, limits.slow_tasks, memory=memory)

    async def parse(
        self, body: bytes, *, spec: FeedSpec, content_type: str, url: str, seen: frozenset[str]
    ) -> ParsedFeed:
        """Return the entries whose mark is not in `seen`. Raises ParseError."""
        job = Job(body=body, spec=spec, content_type=content_type, url=url, seen=seen)
        limits, spent = self._limits, 0.0
        if len(body) <= limits.quick_bytes:
            try:
                return self._dated(
                    await self._quick.run(job, limits.document, limits.quick_seconds)
                )
            except TimeoutError:
                spent = limits.quick_seconds  # the machine may be busy: the slow lane decides
        try:
            seconds = max(self._patience(body) - spent, limits.quick_seconds)
            return self._dated(await self._slow.run(job, limits.document, seconds))
        except TimeoutError:
            raise ParseError("The answer takes too long to read.") from None

    async def close(self) -> None:
        """End the children."""
        await asyncio.gather(self._quick.close(), self._slow.close())

    def _patience(self, body: bytes) -> float:
        entries = body.count(b"<item") + body.count(b"<entry")
        many = entries >= _MANY_ENTRIES
        return self._limits.many_seconds if many else self._limits.slow_seconds

    def _dated(self, parsed: ParsedFeed) -> ParsedFeed:
        """Take away dates that lie in the future."""
        latest = self._clock.now() + _FUTURE
        return replace(parsed, entries=tuple(_plausible(one, latest) for one in parsed.entries))


def _plausible(entry: Entry, latest: datetime) -> Entry:
    if entry.published is not None and entry.published > latest:
        entry = replace(entry, published=None)
    if entry.updated is not None and entry.updated > latest:
        entry = replace(entry, updated=None)
    return entry


class _BrokenError(Exception):
    """A child ended before it began with the document, which is innocent: it gets another one."""


class _Children(SpawnContext):
    """Starts children and remembers them, so that they are ended before their locks are.

    Pebble takes the locks away first, and may start a child while it is stopped: one that is starting
    then would not find them, and say so on the terminal.
    """

    def __init__(self) -> None:
        self._started: list[SpawnProcess] = []
        self._turn = Lock()
        self._ended = False

    def Process(self, *args: Any, **kwargs: Any) -> SpawnProcess:  # type: ignore[override]  # noqa: ANN401, N802  # as multiprocessing has it
        """Return a child that is not started yet. Raises OSError after the end."""
        with self._turn:
            if self._ended:
                raise OSError("the parser is closed")
            self._started = [one for one in self._started if one.ident is None or one.is_alive()]
            self._started.append(SpawnProcess(*args, **kwargs))
            return self._started[-1]

    def end(self) -> None:
        """End all, and start no other; waits for one that is being started."""
        with self._turn:
            self._ended = True
        patience = time.monotonic() + _STARTING_S
        for child in self._started:
            while child.ident is None and time.monotonic() < patience:
                time.sleep(0.005)
            if child.ident is not None and child.is_alive():
                child.kill()
                child.join()


class _Lane:
    """A pool of child processes, made when first needed and made again if it breaks."""

    def __init__(self, workers: int, tasks: int, *, memory: int) -> None:
        self._workers = workers
        self._tasks = tasks
        self._memory = memory
        self._pool: ProcessPool | None = None
        self._children = _Children()

    async def run(self, job: Job, limits: DocumentLimits, seconds: float) -> ParsedFeed:
        """Read one document in a child. Raises ParseError, or TimeoutError after the seconds."""
        for _ in range(_TRIES):
            with suppress(_BrokenError):
                return await self._once(job, limits, seconds)
        raise ParseError("The process that reads feeds broke down; it starts anew.")

    async def _once(self, job: Job, limits: DocumentLimits, seconds: float) -> ParsedFeed:
        pool = self._started()
        try:
            task = pool.schedule(read_limited, args=(job, limits, self._memory), timeout=seconds)
        except RuntimeError as error:  # what pebble says of a pool that broke a moment ago
            await self._replace(pool)
            raise _BrokenError from error
        try:
            parsed: ParsedFeed = await asyncio.wrap_future(task)
        except (ParseError, TimeoutError):
            raise
        except BrokenProcessPool as error:
            await self._replace(pool)
            raise _BrokenError from error
        except ProcessExpired as error:
            if error.exitcode == WORN_OUT:
                raise _BrokenError from error
            raise ParseError("The answer takes too much memory to read.") from error
        except Exception as error:
            # feedparser may raise anything on hostile input; the feed is at fault, not the bot.
            raise ParseError(f"The answer cannot be read ({type(error).__name__}).") from error
        return parsed

    def _started(self) -> ProcessPool:
        if self._pool is None:
            self._children = _Children()
            self._pool = ProcessPool(
                max_workers=self._workers,
                max_tasks=self._tasks,
                initializer=prepare,
                initargs=(self._memory,),
                context=self._children,
            )
        return self._pool

    async def _replace(self, broken: ProcessPool) -> None:
        """Put a broken pool away. Of many documents that were waiting, the first one does it."""
        if self._pool is broken:
            await self.close()

    async def close(self) -> None:
        """End the children."""
        (pool, self._pool), children = (self._pool, None), self._children
        if pool is not None:
            pool.stop()  # type: ignore[no-untyped-call]  # pebble types its calls only in part
            await asyncio.to_thread(children.end)
            await asyncio.to_thread(pool.join)
