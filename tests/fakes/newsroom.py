"""A web server with sample feeds whose entries are dated by a clock that the test moves."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from email.utils import format_datetime
from html import escape
from typing import Protocol, Self

from aiohttp import web


class Clock(Protocol):
    def now(self) -> datetime: ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Paper:
    """A feed: its id in the configuration, its name, its language, and whose it is."""

    id: str
    name: str
    lang: str = "en"
    tier: str = "general"


@dataclass(slots=True)
class _Shown:
    title: str
    summary: str
    at: datetime


class Newsroom:
    """Serves an RSS feed for each paper. An entry printed twice is edited, and keeps its date."""

    def __init__(self, papers: tuple[Paper, ...], clock: Clock) -> None:
        self.papers = papers
        self._clock = clock
        self._shown: dict[str, dict[str, _Shown]] = {paper.id: {} for paper in papers}
        self._runner: web.AppRunner | None = None

    def prints(self, paper: str, guid: str, title: str, summary: str) -> None:
        """Let a paper show an entry from now on."""
        there = self._shown[paper].get(guid)
        at = there.at if there is not None else self._clock.now()
        self._shown[paper][guid] = _Shown(title, summary, at)

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self._runner.addresses[0][1]}"

    def config(self) -> str:
        """The `feeds.yaml` that polls every paper."""
        rows = [
            f"  - {{id: {p.id}, name: {p.name}, lang: {p.lang}, tier: {p.tier},"
            f" url: 'http://{self.host}/{p.id}.rss'}}"
            for p in self.papers
        ]
        return "\n".join(("feeds:", *rows, ""))

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_get("/{paper}.rss", self._answer)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    async def _answer(self, request: web.Request) -> web.Response:
        paper = request.match_info["paper"]
        body = _rss(paper, self._shown[paper]).encode()
        etag = f'"{hashlib.sha256(body).hexdigest()[:16]}"'
        if request.headers.get("If-None-Match") == etag:
            return web.Response(status=304, headers={"ETag": etag})
        return web.Response(body=body, content_type="application/rss+xml", headers={"ETag": etag})


def _rss(paper: str, shown: dict[str, _Shown]) -> str:
    items = "".join(
        f"<item><guid isPermaLink='false'>{escape(guid)}</guid><title>{escape(one.title)}</title>"
        f"<link>https://{paper}.example/{escape(guid)}</link>"
        f"<description>{escape(one.summary)}</description>"
        f"<pubDate>{format_datetime(one.at)}</pubDate></item>"
        for guid, one in reversed(shown.items())
    )
    return (
        "<?xml version='1.0' encoding='utf-8'?><rss version='2.0'><channel>"
        f"<title>{paper} (sample)</title><link>https://{paper}.example/</link>"
        f"<description>Sample feed</description>{items}</channel></rss>"
    )
