"""A thousand local feeds for the polling benchmark, served by a process of its own.

Run as ``python benchmarks/feed_farm.py FEEDS ENTRIES``: it prints its port and serves until its
standard input closes. ``POST /grow/10`` adds one entry to every tenth feed.
"""

import asyncio
import hashlib
import random
import sys
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime

from aiohttp import web

SYLLABLES = "ba ce di fo gu ha je ki lo mu na pe ri so tu va we xi yo zu bra cli dro fle gri"
TRADE = (
    "tariff duty steel aluminum autos dairy lumber border customs Canada Mexico Washington Ottawa "
    "agreement review hearing comment quota"
)
VOCABULARY = 20_000
"""Made-up words, drawn with the frequencies of a language: feeds about one event share rare words,
others do not."""


def vocabulary(chance: random.Random) -> tuple[list[str], list[float]]:
    """Return words and their weights, by Zipf's law; every fiftieth is a word of the trade."""
    parts, trade = SYLLABLES.split(), TRADE.split()
    words = ["".join(chance.choices(parts, k=chance.randint(2, 4))) for _ in range(VOCABULARY)]
    words[::50] = [chance.choice(trade) for _ in words[::50]]
    return words, [1 / (rank + 10) for rank in range(VOCABULARY)]


class Farm:
    """The feeds, made from a seed so that every run serves the same."""

    def __init__(self, feeds: int, entries: int) -> None:
        self._random = random.Random(20261122)
        self._words, self._weights = vocabulary(self._random)
        self._now = datetime.now(UTC).replace(microsecond=0)
        self._feeds = [
            [self._entry(feed, number) for number in range(entries)] for feed in range(feeds)
        ]
        self.sent = 0

    def grow(self, every: int) -> None:
        """Add an entry to every so-many-th feed."""
        for number, entries in enumerate(self._feeds):
            if number % every == 0:
                entries.insert(0, self._entry(number, len(entries)))

    def body(self, feed: int) -> bytes:
        """Return a feed's RSS."""
        head = f"<?xml version='1.0'?><rss version='2.0'><channel><title>Sample {feed}</title>"
        tail = "".join(self._feeds[feed])
        text = f"{head}<link>http://s{feed}.example/</link><description>x</description>{tail}"
        return f"{text}</channel></rss>".encode()

    def _entry(self, feed: int, number: int) -> str:
        def said(count: int) -> str:
            return " ".join(self._random.choices(self._words, self._weights, k=count))

        moment = self._now - timedelta(minutes=number)
        return (
            f"<item><guid>f{feed}e{number}</guid><title>{said(9).capitalize()}</title>"
            f"<link>http://s{feed}.example/{number}</link><description>&lt;p&gt;{said(60)}.&lt;/p&gt;"
            f"</description><pubDate>{format_datetime(moment)}</pubDate></item>"
        )


async def serve(feeds: int, entries: int) -> None:
    """Serve until standard input closes."""
    farm = Farm(feeds, entries)

    async def feed(request: web.Request) -> web.Response:
        body = farm.body(int(request.match_info["number"]))
        etag = f'"{hashlib.blake2b(body, digest_size=8).hexdigest()}"'
        if request.headers.get("If-None-Match") == etag:
            return web.Response(status=304, headers={"ETag": etag})
        farm.sent += len(body)
        return web.Response(body=body, content_type="application/rss+xml", headers={"ETag": etag})

    async def grow(request: web.Request) -> web.Response:
        farm.grow(int(request.match_info["every"]))
        return web.Response()

    async def sent(_: web.Request) -> web.Response:
        return web.Response(text=str(farm.sent))

    app = web.Application()
    app.router.add_get("/feed/{number}", feed)
    app.router.add_post("/grow/{every}", grow)
    app.router.add_get("/sent", sent)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0, backlog=1024).start()
    print(runner.addresses[0][1], flush=True)
    await asyncio.to_thread(sys.stdin.read)
    await runner.cleanup()


if __name__ == "__main__":
    asyncio.run(serve(int(sys.argv[1]), int(sys.argv[2])))
