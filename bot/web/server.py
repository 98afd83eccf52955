"""The HTTP server of `usmca-bot run`, on aiohttp.

GET  /healthz              the process lives
GET  /readyz               the database answers
GET  /metrics              counts for Prometheus
POST /slack/events         Slack without Socket Mode
GET  /slack/install, /slack/oauth_redirect
                           putting the app into a Slack workspace
POST /discord/interactions Discord without its gateway
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from typing import Protocol

from aiohttp import web

from bot.errors import ConfigError, DatabaseError, StorageError
from bot.ports import Queries
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
    ) -> None:
        """`handlers` maps paths such as ``/slack/events`` to what answers POST there.

        `pages` maps paths such as ``/slack/install`` to what answers GET there.
        """
        self._queries = queries
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
        self._runner = web.AppRunner(app, access_log=None)

    async def start(self) -> None:
        """Begin to listen. Raises ConfigError where the address cannot be had."""
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
        try:
            await asyncio.wait_for(self._queries.ping(), _PATIENCE_S)
        except (StorageError, TimeoutError):
            return web.Response(status=503, text="the database does not answer\n")
        return web.Response(text="ready\n")

    async def _metrics(self, _request: web.Request) -> web.Response:
        try:
            text = exposition(await self._queries.counts())
        except DatabaseError:
            return web.Response(status=503, text="the database does not answer\n")
        return web.Response(text=text, content_type="text/plain", charset="utf-8")


async def _alive(_request: web.Request) -> web.Response:
    return web.Response(text="ok\n")


def _mounted(handle: Handle) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def answer(request: web.Request) -> web.Response:
        found = await handle(await request.read(), request.headers)
        return web.Response(status=found.status, body=found.body, headers=dict(found.headers))

    return answer


def _opened(page: Page) -> Callable[[web.Request], Awaitable[web.Response]]:
    async def answer(request: web.Request) -> web.Response:
        found = await page(request.query, request.headers)
        return web.Response(status=found.status, body=found.body, headers=dict(found.headers))

    return answer
