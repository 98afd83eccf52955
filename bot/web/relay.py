"""Hands requests for pages to the process that makes them, and its answers back as they come.

    browser ─► this process: its own paths, else ─► Unix socket ─► the pages' process: doors, page
               (health, metrics, platforms)          + who asks

The doors of the pages judge who asks, by which name, and through which proxy. So a request is handed
on with every header it came with; only the peer's address is added, in a header that is taken from
whoever else sends it. The socket lies in a folder that only this user can enter.
"""

import time
from collections.abc import Awaitable, Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import Protocol

import aiohttp
from aiohttp import hdrs, web
from multidict import CIMultiDict
from yarl import URL

from bot.errors import BotError
from bot.web.bodies import body_of
from bot.web.pace import PAGES, Buckets, Pace

PEER = "X-Usmca-Bot-Peer"
"""The address a request came from; set by this process alone."""
AWAY = (
    "The pages are being started: please try again in a few seconds.\n"
    "Las páginas se están iniciando: inténtelo de nuevo en unos segundos.\n"
    "Les pages sont en cours de démarrage : réessayez dans quelques secondes.\n"
)
_TOO_OFTEN = "Too many requests: please wait.\n"
_LEEWAY = 2
"""So many times the pages' own pace may come in; they refuse in a friendlier way."""
_SILENCE_S = 120.0
"""So long an answer may say nothing; streams say something every twenty seconds."""
_BROKEN_RETRY_S = 2
_READ_BYTES = 262_144
_HOP = frozenset(
    name.lower()
    for name in (
        *("Connection", "Keep-Alive", "Proxy-Authenticate", "Proxy-Authorization", "TE", "Trailer"),
        *("Proxy-Connection", "Transfer-Encoding", "Upgrade", "Expect"),
    )
)
"""What belongs to one connection. What `Connection` names besides stays: a stranger could otherwise
have the headers taken away by which the doors know a proxy."""
_OF_THIS_HOP = _HOP | {"content-length", "content-encoding", PEER.lower()}
"""What a request is not handed on with; its body was unpacked here."""
_LEFT_OUT = ("Accept", "Accept-Encoding", "Content-Type", "User-Agent")
"""What the client library would add by itself."""
_PLAIN = {hdrs.CACHE_CONTROL: "no-store", "X-Content-Type-Options": "nosniff"}


class PagesAwayError(BotError):
    """The process that makes the pages is not up."""

    def __init__(self, retry_after: float) -> None:
        """`retry_after` is in seconds."""
        super().__init__("the pages are not up")
        self.retry_after = retry_after


class PagesMaker(Protocol):
    """The process that makes the pages."""

    @property
    def socket(self) -> Path:
        """Where it listens."""
        ...

    def start(self) -> None:
        """Be ready to start it when somebody asks."""
        ...

    def asked(self) -> AbstractAsyncContextManager[None]:
        """Have it up while a request is with it. Raises PagesAwayError."""
        ...

    async def stop(self) -> None:
        """End it, and let answers under way come to their end."""
        ...


class Relay:
    """Answers every path that the server does not answer itself."""

    def __init__(
        self,
        pages: PagesMaker,
        *,
        pace: Pace = PAGES,
        seconds: Callable[[], float] = time.monotonic,
    ) -> None:
        """`pace` is that of the pages; a flood is refused here, before it costs both processes."""
        self._pages = pages
        self._seconds = seconds
        flood = Pace(burst=pace.burst * _LEEWAY, per_second=pace.per_second * _LEEWAY)
        self._buckets = Buckets(flood)
        self._own: dict[str, set[str]] = {}
        self._session: aiohttp.ClientSession | None = None

    def add_to(self, app: web.Application) -> None:
        """Take all paths that the application does not have yet."""
        for route in app.router.routes():
            if route.resource is not None:
                self._own.setdefault(route.resource.canonical, set()).add(route.method)
        app.router.add_route("*", "/{page:.*}", self._answer)
        app.on_startup.append(self._begin)
        app.on_shutdown.append(self._stop)
        app.on_cleanup.append(self._close)

    async def _begin(self, _app: web.Application) -> None:
        self._session = aiohttp.ClientSession(
            connector=aiohttp.UnixConnector(path=str(self._pages.socket), limit=0),
            cookie_jar=aiohttp.DummyCookieJar(),
            timeout=aiohttp.ClientTimeout(total=None, sock_connect=5, sock_read=_SILENCE_S),
            auto_decompress=False,
            skip_auto_headers=_LEFT_OUT,
            read_bufsize=_READ_BYTES,
        )
        self._pages.start()

    async def _stop(self, _app: web.Application) -> None:
        await self._pages.stop()

    async def _close(self, _app: web.Application) -> None:
        if self._session is not None:
            await self._session.close()

    async def _answer(self, request: web.Request) -> web.StreamResponse:
        own = self._own.get(request.path)
        if own is not None:
            raise web.HTTPMethodNotAllowed(request.method, own)
        wait = self._buckets.wait(request.remote or "", self._seconds())
        if wait > 0:
            return _refused(429, _TOO_OFTEN, wait)
        body = await body_of(request) if request.can_read_body else None
        try:
            async with self._pages.asked():
                return await self._handed_on(request, body)
        except PagesAwayError as error:
            return _refused(503, AWAY, error.retry_after)
        except (aiohttp.ClientError, TimeoutError, OSError):
            return _refused(503, AWAY, _BROKEN_RETRY_S)

    async def _handed_on(self, request: web.Request, body: bytes | None) -> web.StreamResponse:
        """Ask the other process, and pass its answer on piece by piece."""
        if self._session is None:
            raise PagesAwayError(_BROKEN_RETRY_S)
        async with self._session.request(
            request.method,
            URL(f"http://pages{request.rel_url.raw_path_qs}", encoded=True),
            headers=_onward(request),
            data=body,
            allow_redirects=False,
        ) as answer:
            response = web.StreamResponse(status=answer.status, reason=answer.reason)
            for name, value in answer.headers.items():
                if name.lower() not in _HOP:
                    response.headers.add(name, value)
            await response.prepare(request)
            try:
                async for piece in answer.content.iter_any():
                    await response.write(piece)
            except (aiohttp.ClientError, TimeoutError, OSError):
                # half an answer must not look like a whole one; where the visitor left, nobody sees
                if request.transport is not None:
                    request.transport.abort()
            return response


def _onward(request: web.Request) -> CIMultiDict[str]:
    """The headers of a request as the pages' process gets them."""
    kept = [
        (name, text) for name, text in request.headers.items() if name.lower() not in _OF_THIS_HOP
    ]
    return CIMultiDict([*kept, (PEER, request.remote or "")])


def _refused(status: int, text: str, wait: float) -> web.Response:
    return web.Response(
        status=status, text=text, headers={**_PLAIN, hdrs.RETRY_AFTER: str(int(wait) + 1)}
    )


@web.middleware
async def true_peer(
    request: web.Request, handler: Callable[[web.Request], Awaitable[web.StreamResponse]]
) -> web.StreamResponse:
    """Let a request in the pages' process look as it did when it came in from outside."""
    peer = request.headers.get(PEER)
    if peer is None:
        raise web.HTTPForbidden  # the other process always says who asks
    headers = CIMultiDict(request.headers)
    del headers[PEER]
    return await handler(request.clone(headers=headers, remote=peer))
