"""Server-sent events: tells open pages that there is something new, never what.

One question to the database serves every page that is open, and none is asked while none is.
"""

import asyncio
from collections import Counter
from collections.abc import Awaitable, Callable
from contextlib import suppress
from functools import partial

import structlog
from aiohttp import web

from bot.errors import DatabaseError, StorageError
from bot.ports import Queries

PATH = "/live"
EVERY_S = 3.0
"""Seconds between two looks."""
MOST_PAGES = 200
MOST_OF_ONE = 12
"""Open pages of one client."""
_RETRY_MS = 10_000
_STILL_HERE_S = 20.0

log = structlog.get_logger()


async def newest(queries: Queries) -> str:
    """Return a word that changes when a shared story is new or grew."""
    found = await queries.stories(owner=None, limit=1)
    return "".join(f"{one.id}.{one.revision}.{one.updated_at.isoformat()}" for one in found)


class Live:
    """The pages that are open, and the one question they share."""

    def __init__(self, look: Callable[[], Awaitable[str]]) -> None:
        """`look` returns a word that changes whenever the pages should look again."""
        self._look = look
        self._clients: Counter[str] = Counter()
        self._changed = asyncio.Condition()
        self._marker = ""
        self._watch: asyncio.Task[None] | None = None
        self._closing = False

    async def answer(self, request: web.Request) -> web.StreamResponse:
        """Keep the connection and say ``event: stories`` whenever something changed."""
        client = request.remote or ""
        if self._clients.total() >= MOST_PAGES or self._clients[client] >= MOST_OF_ONE:
            raise web.HTTPServiceUnavailable
        response = web.StreamResponse(headers={"X-Accel-Buffering": "no"})
        response.content_type = "text/event-stream"
        response.charset = "utf-8"
        self._clients[client] += 1
        try:
            await response.prepare(request)
            await response.write(f"retry: {_RETRY_MS}\n\n".encode())
            await self._follow(response)
        except ConnectionError:
            pass  # the page was closed
        finally:
            self._clients[client] -= 1
            self._clients += Counter()  # forgets those who have none
            await self._rest()
        return response

    async def close(self, _app: web.Application) -> None:
        """End every open page's stream (a shutdown signal): the server waits for none of them."""
        self._closing = True
        await self._stop()
        async with self._changed:
            self._changed.notify_all()

    async def _follow(self, response: web.StreamResponse) -> None:
        if self._watch is None or self._watch.done():
            self._watch = asyncio.create_task(self._watching())
        told = ""
        while not self._closing:
            async with self._changed:
                with suppress(TimeoutError):
                    news = self._changed.wait_for(partial(self._is_news, told))
                    await asyncio.wait_for(news, _STILL_HERE_S)
                marker = self._marker
            # a comment in between finds out whether the page is still there
            text = f"event: stories\ndata: {marker}\n\n" if marker != told else ": still here\n\n"
            told = marker
            await response.write(text.encode())

    def _is_news(self, told: str) -> bool:
        return self._closing or self._marker != told

    async def _watching(self) -> None:
        while True:
            try:
                marker = await self._look()
            except (DatabaseError, StorageError):
                log.warning("live_look_failed")
            else:
                if marker != self._marker:
                    async with self._changed:
                        self._marker = marker
                        self._changed.notify_all()
            await asyncio.sleep(EVERY_S)

    async def _rest(self) -> None:
        if not self._clients:
            await self._stop()

    async def _stop(self) -> None:
        watch, self._watch = self._watch, None
        if watch is not None:
            watch.cancel()
            with suppress(asyncio.CancelledError):
                await watch
