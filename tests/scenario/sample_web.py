"""A web server with sample feeds for tests that run the bot as a program."""

import hashlib
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape
from typing import Self

from aiohttp import web


class SampleWeb:
    """Serves RSS feeds by name, with ETags; `answers` holds the status of every request."""

    def __init__(self) -> None:
        self.feeds: dict[str, list[tuple[str, str, str]]] = {}
        self.answers: list[tuple[str, int]] = []
        self._shown_at = datetime.now(UTC).replace(microsecond=0) - timedelta(hours=1)
        """The time of all entries: a test may run across the hour."""
        self._runner: web.AppRunner | None = None

    def show(self, feed: str, *entries: tuple[str, str, str]) -> None:
        """Let a feed show entries: (guid, title, summary)."""
        self.feeds[feed] = list(entries)

    def url(self, feed: str) -> str:
        return f"http://{self.host}/{feed}.rss"

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self._runner.addresses[0][1]}"

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_get("/{feed}.rss", self._answer)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    async def _answer(self, request: web.Request) -> web.Response:
        feed = request.match_info["feed"]
        body = _rss(feed, self.feeds.get(feed, []), self._shown_at)
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        same = request.headers.get("If-None-Match") == etag
        self.answers.append((feed, 304 if same else 200))
        if same:
            return web.Response(status=304, headers={"ETag": etag})
        return web.Response(body=body, content_type="application/rss+xml", headers={"ETag": etag})


def _rss(feed: str, entries: list[tuple[str, str, str]], day: datetime) -> bytes:
    items = "".join(
        f"<item><guid isPermaLink='false'>{escape(guid)}</guid><title>{escape(title)}</title>"
        f"<link>https://{feed}.example/{escape(guid)}</link>"
        f"<description>{escape(summary)}</description>"
        f"<pubDate>{format_datetime(day)}</pubDate></item>"
        for guid, title, summary in entries
    )
    text = (
        f"<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel>"
        f"<title>{feed} (sample)</title><link>https://{feed}.example/</link>"
        f"<description>Sample feed</description>{items}</channel></rss>"
    )
    return text.encode()
