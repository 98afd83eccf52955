"""The HTTP server of `usmca-bot run`, on aiohttp.

GET  /healthz              the process lives
GET  /readyz               the database answers, and what this process needs is there
GET  /metrics              counts for Prometheus
POST /slack/events         Slack without Socket Mode
GET  /slack/install, /slack/oauth_redirect
                           putting the app into a Slack workspace
POST /discord/interactions Discord without its gateway
GET  / and all below it    the pages, where `bot.web.site` adds them
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol

from aiohttp import web
from aiohttp.log import server_logger
from prometheus_client import CollectorRegistry

from bot.errors import ConfigError, DatabaseError, StorageError
from bot.ports import Clock, Queries
from bot.web.bodies import body_of, of_ours
from bot.web.metrics import exposition

_PATIENCE_S = 3.0

MAX_BODY = 1_000_000
"""Bytes of a platform's call; theirs are far smaller."""


class Answer(Protocol):
    """What a platform's handler gives back."""

    @property
    def status(self) -> int:
        """HTTP status."""
        ...

    @property
    def headers(self) -> Mapping[str, str]:
        """Headers of the answer."""
        ...

    @property
    def body(self) -> bytes:
        """The answer's body."""
        ...


Handle = Callable[[bytes, Mapping[str, str]], Awaitable[Answer]]
"""A platform's own handler: (body, headers) to an answer. It checks the signature itself."""


Page = Callable[[Mapping[str, str], Mapping[str, str]], Awaitable[Answer]]
"""What a platform shows a browser: (query, headers) to an answer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One part that may not be ready."""

    name: str
    ready: Callable[[], Awaitable[bool]]
    needed: bool
    """Whether the process is of no use without it."""
    lack: str = "is not connected"
    """What is said of it where it is not ready."""
    why: Callable[[], str] = str
    """Says in plain words why it is not, where that is known; never a secret."""


class WebServer:
    """Listens until it is stopped."""

    def __init__(
        self,
        *,
        queries: Queries,
        host: str,
        port: int,
        handlers: Mapping[str, Handle],
        pages: Mapping[str, Page] | None = None,
        site: Callable[[web.Application], None] | None = None,
        checks: Sequence[Check] = (),
        measures: CollectorRegistry | None = None,
        clock: Clock | None = None,
    ) -> None:
        """`handlers` maps paths such as ``/slack/events`` to what answers POST there.

        `pages` maps paths such as ``/slack/install`` to what answers GET there. `site` adds the
        pages people look at, with doors of their own (`bot.web.site.add_site`). `checks` are asked
        by ``/readyz``; ``/metrics`` shows `measures`, and with a clock what is due.
        """
        self._queries = queries
        self._checks = checks
        self._measures = measures
        self._clock = clock
        self._host = host
        self._port = port
        app = web.Application(client_max_size=MAX_BODY)
        app.router.add_get("/healthz", _alive)
        app.router.add_get("/readyz", self._ready)
        app.router.add_get("/metrics", self._metrics)
        for path, handle in handlers.items():
            app.router.add_post(path, _mounted(handle))
        for path, page in (pages or {}).items():
            app.router.add_get(path, _opened(page))
        if site is not None:
            site(app)
        self._runner = web.AppRunner(app, access_log=None)

    async def start(self) -> None:
        """Begin to listen. Raises ConfigError where the address cannot be had."""
        server_logger.addFilter(of_ours)
        await self._runner.setup()
        try:
            await web.TCPSite(self._runner, self._host, self._port).start()
        except OSError as error:
            await self._runner.cleanup()
            raise ConfigError(
                f"nothing can listen on {self._host}:{self._port} ({error.strerror}): "
                "set BOT_WEB_BIND to another host:port, or to off"
            ) from None

    @property
    def port(self) -> int:
        """The port that was given, or chosen by the system where 0 was asked for."""
        address: tuple[str, int] = self._runner.addresses[0]
        return address[1]

    async def stop(self) -> None:
        """Stop listening, and let answers under way end."""
        await self._runner.cleanup()

    async def _ready(self, _request: web.Request) -> web.Response:
        """Say what is not ready; what only some need (a platform) leaves the process ready."""
        lacks = [*await asyncio.gather(*(_lack(check) for check in self._checks))]
        try:
            await asyncio.wait_for(self._queries.ping(), _PATIENCE_S)
        except StorageError:
            lacks.insert(0, (True, "the database does not answer"))
        except TimeoutError:
            waited = f"the database does not answer within {_PATIENCE_S:g} seconds"
            lacks.insert(0, (True, waited))
        said = [lack for lack in lacks if lack is not None]
        stops = any(needed for needed, _ in said)
        lines = [*([] if stops else ["ready"]), *(text for _, text in said)]
        return web.Response(status=503 if stops else 200, text="\n".join(lines) + "\n")

    async def _metrics(self, _request: web.Request) -> web.Response:
        try:
            counts, due = await self._queries.counts(), None
            if self._clock is not None:
                due = await self._queries.queue_depth(self._clock.now())
            text = exposition(counts, due, self._measures)
        except DatabaseError:
            return web.Response(status=503, text="the database does not answer\n")
        return web.Response(text=text, content_type="text/plain", charset="utf-8")


async def _lack(check: Check) -> tuple[bool, str] | None:
    """Return whether the process needs a part that is not ready, and its name; None where it is."""
    try:
        good = await asyncio.wait_for(check.ready(), _PATIENCE_S)
    except TimeoutError:
        return check.needed, f"{check.name} does not answer within {_PATIENCE_S:g} seconds"
    why = check.why()
    said = f"{check.name} {check.lack}" + (f": {why}" if why else "")
    return None if good else (check.needed, said)


async def _alive(_request: web.Request) -> web.Response:
    return web.Response(text="ok\n")


def _mounted(handle: Handle) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def answer(request: web.Request) -> web.Response:
        found = await handle(await body_of(request), request.headers)
        return web.Response(status=found.status, body=found.body, headers=dict(found.headers))

    return answer


def _opened(page: Page) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def answer(request: web.Request) -> web.Response:
        found = await page(request.query, request.headers)
        return web.Response(status=found.status, body=found.body, headers=dict(found.headers))

    return answer
