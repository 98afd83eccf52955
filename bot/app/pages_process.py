"""The process that makes the pages: started when somebody asks, ended when nobody does, kept up between.

    nobody asked ─► starting ─► up ─► nobody asked for ten minutes ─► ended
                        └───────┴─► died ─► rests: 1, 2, 4 … 60 s ─► starting

A page of a large archive takes a core for a tenth of a second. In a process of its own it takes no turn
from polls and deliveries. Standard input is its order and its lifeline: when this process ends, however
it does, the pipe closes, and the other one ends too.
"""

import asyncio
import pickle
import sys
import tempfile
from asyncio.subprocess import PIPE, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field, replace
from pathlib import Path

import structlog

from bot.jobs.clock import SystemClock
from bot.ports import Clock
from bot.settings.load import Settings
from bot.web.pace import PAGES, Pace
from bot.web.relay import PagesAwayError

CHILD = "bot.app.pages_child"
READY = b"ready\n"
BYE = b"."
IDLE_S = 600.0
"""After so long without a request the process ends, and its memory is given back."""
LENGTH_BYTES = 8
_START_S = 60.0
"""A start that takes longer is given up; on a quiet machine it takes a second."""
_VISITOR_S = 20.0
"""So long a visitor waits for a start."""
_END_S = 5.0
_WELL_S = 60.0
"""Who lived so long begins with the shortest rest again."""
_LONGEST_REST_S = 60.0

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Order:
    """What the pages' process is told: the settings this one runs by, whatever the files say by now."""

    settings: Settings
    bind: str
    """The address that the pages are asked for at."""
    form_secret: bytes
    """What forms are told by; the same in all its lives, so that an open form can still be sent."""
    socket: Path = Path("pages")
    """Where it is to listen."""
    clock: Clock = field(default_factory=SystemClock)
    pace: Pace = PAGES

    def written(self) -> bytes:
        """Return it as it goes through the pipe: the length, then the order."""
        lean = replace(self.settings, feeds=(), disabled_feeds=())  # pages read feeds in the store
        body = pickle.dumps(replace(self, settings=lean))
        return len(body).to_bytes(LENGTH_BYTES, "big") + body


class PagesProcess:
    """Implements `bot.web.relay.PagesMaker`."""

    def __init__(self, order: Order, *, idle_s: float = IDLE_S) -> None:
        """The order's socket is chosen here. Raises OSError where no folder for it can be made."""
        self._folder = tempfile.TemporaryDirectory(prefix="usmca-bot-")  # only for this user
        self._order = replace(order, socket=Path(self._folder.name) / "pages")
        self._idle_s = idle_s
        self._wanted = asyncio.Event()
        self._open = 0
        self._asked_at = 0.0
        self._up: asyncio.Future[None] | None = None
        self._keeping: asyncio.Task[None] | None = None
        self._died = ""

    @property
    def socket(self) -> Path:
        """Where it listens."""
        return self._order.socket

    @property
    def died(self) -> str:
        """Why it is not up though it should be; empty where all is well."""
        return self._died

    async def well(self) -> bool:
        """Whether it is up, or would be as soon as somebody asks."""
        return not self._died

    def start(self) -> None:
        """Be ready to start the process when somebody asks."""
        self._keeping = asyncio.create_task(self._keep(), name="pages")

    @asynccontextmanager
    async def asked(self) -> AsyncIterator[None]:
        """Have the process up while a request is with it. Raises PagesAwayError."""
        self._open += 1
        self._wanted.set()
        try:
            await self._until_up()
            yield
        finally:
            self._open -= 1
            self._asked_at = _now()

    async def stop(self) -> None:
        """End the process; answers under way have a moment to come to their end."""
        keeping, self._keeping = self._keeping, None
        if keeping is not None:
            keeping.cancel()
            await asyncio.gather(keeping, return_exceptions=True)
            self._away(_VISITOR_S)
        self._folder.cleanup()

    async def _until_up(self) -> None:
        try:
            async with asyncio.timeout(_VISITOR_S):
                await asyncio.shield(self._hope())
        except TimeoutError:
            raise PagesAwayError(_VISITOR_S) from None

    def _hope(self) -> asyncio.Future[None]:
        """Return what is done as soon as the process is up, or is known not to come up soon."""
        if self._up is None:
            self._up = asyncio.get_running_loop().create_future()
            self._up.add_done_callback(_seen)
        return self._up

    def _away(self, retry_after: float) -> None:
        """Tell whoever asks from now on, and whoever waits, that the process is not up."""
        if self._hope().done():
            self._up = None
        self._hope().set_exception(PagesAwayError(retry_after))

    async def _keep(self) -> None:
        """Have a process whenever one is wanted, until this task is cancelled."""
        failures = 0
        while True:
            await self._wanted.wait()
            begun = _now()
            died = await self._life()
            if died is None:
                failures = 0
                continue
            failures = 1 if _now() - begun > _WELL_S else failures + 1
            rest = min(2.0 ** (failures - 1), _LONGEST_REST_S)
            self._died = died
            self._away(rest)
            log.error("pages_died", reason=died, again_in_s=rest)
            await asyncio.sleep(rest)
            self._up = None

    async def _life(self) -> str | None:
        """Start a process and let it work; returns why it died, None where it was not needed any more."""
        begun = _now()
        process = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", CHILD),
            stdin=PIPE,
            stdout=PIPE,
            process_group=0,  # Ctrl-C is for this process, which ends the other in order
        )
        try:
            if not await self._greeted(process):
                return f"it did not begin to listen ({await _end(process)})"
            self._died = ""
            self._hope().set_result(None)
            log.info("pages_started", pid=process.pid, took_ms=round((_now() - begun) * 1000))
            return await self._until_needless(process)
        finally:
            await _end(process)

    async def _greeted(self, process: Process) -> bool:
        """Hand over the order; returns whether the process listens."""
        if process.stdin is None or process.stdout is None:
            return False
        with suppress(TimeoutError, ConnectionError):
            async with asyncio.timeout(_START_S):
                process.stdin.write(self._order.written())
                await process.stdin.drain()
                return await process.stdout.readline() == READY
        return False

    async def _until_needless(self, process: Process) -> str | None:
        """Wait until nobody asked for long, or the process dies: then return why."""
        self._asked_at = max(self._asked_at, _now())
        ended = asyncio.ensure_future(process.wait())
        try:
            while not ended.done():
                rest = self._asked_at + self._idle_s - _now()
                if self._open == 0 and rest <= 0:
                    # from here on whoever asks waits for the next one
                    self._wanted.clear()
                    self._up = None
                    log.info(
                        "pages_rest", note="nobody asked for a while: started again when wanted"
                    )
                    return None
                await asyncio.wait({ended}, timeout=max(rest, self._idle_s / 10))
        finally:
            ended.cancel()
        self._up = None
        return f"it ended with code {process.returncode}"


async def _end(process: Process) -> str:
    """Close its lifeline and wait until it ended, by force where it does not; returns how it ended."""
    if process.stdin is not None:
        process.stdin.write(BYE)  # without it the other one takes this one for dead
        process.stdin.close()
    try:
        async with asyncio.timeout(_END_S):
            await process.wait()
    except TimeoutError:
        with suppress(ProcessLookupError):
            process.kill()
        await process.wait()
    return f"code {process.returncode}"


def _seen(future: asyncio.Future[None]) -> None:
    """Take note of an error that nobody may be waiting for."""
    if not future.cancelled():
        future.exception()


def _now() -> float:
    return asyncio.get_running_loop().time()
