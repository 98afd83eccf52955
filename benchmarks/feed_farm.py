"""Local feeds for the polling benchmark, served by a process of its own.

Run as ``python benchmarks/feed_farm.py FEEDS ENTRIES``: it prints its port and serves until its
standard input closes. ``POST /grow/10`` adds one entry to every tenth feed. The feeds come in the
forms that are met most (see `FORMS`), their sentences from `farm_words.py`.
"""

import asyncio
import hashlib
import random
import sys
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from html import escape

from aiohttp import web
from farm_words import Writer

FORMS = ("rss",) * 4 + ("wordpress",) * 2 + ("atom",) * 3 + ("media",)
"""Of ten feeds: plain RSS, WordPress's RSS with whole texts, Atom, RSS with pictures in Yahoo's
elements."""
LANGUAGES = ("en", "en", "en", "es", "es", "fr")
SPACING = timedelta(hours=3)
"""Between two entries of a feed."""
_NAMESPACES = (
    "xmlns:content='http://purl.org/rss/1.0/modules/content/' "
    "xmlns:dc='http://purl.org/dc/elements/1.1/' xmlns:media='http://search.yahoo.com/mrss/'"
)


class Feed:
    """One feed: its form, its language, its entries as they stand in the document."""

    def __init__(self, number: int, entries: int, now: datetime) -> None:
        self._number = number
        self._form = FORMS[number % len(FORMS)]
        self._writer = Writer(LANGUAGES[number % len(LANGUAGES)], random.Random(number))
        self._now = now
        self._count = 0
        self.entries: list[str] = []
        for age in range(entries, 0, -1):
            self.add(now - SPACING * age)

    def add(self, moment: datetime) -> None:
        """Put an entry on top."""
        self._count += 1
        say = {"atom": self._atom, "wordpress": self._wordpress, "media": self._media}
        self.entries.insert(0, say.get(self._form, self._rss)(moment))

    def body(self) -> bytes:
        """Return the document."""
        title, home = f"Sample feed {self._number}", f"https://s{self._number}.example.com/"
        if self._form == "atom":
            head = (
                f"<feed xmlns='http://www.w3.org/2005/Atom'><title>{title}</title><id>{home}</id>"
            )
            text = f"{head}<updated>{self._now.isoformat()}</updated>{{}}</feed>"
        else:
            head = f"<rss version='2.0' {_NAMESPACES}><channel><title>{title}</title>"
            text = (
                f"{head}<link>{home}</link><description>Samples.</description>{{}}</channel></rss>"
            )
        document = text.format("\n".join(self.entries))
        return f"<?xml version='1.0' encoding='UTF-8'?>\n{document}".encode()

    @property
    def _link(self) -> str:
        return f"https://s{self._number}.example.com/2026/11/{self._count}"

    def _paragraphs(self, count: int) -> str:
        write = self._writer
        shown = (
            f'<p><a href="{self._link}"><img src="{self._link}.jpg" alt="" width="600"/></a></p>'
        )
        said = [write.paragraph() for _ in range(count)]
        said[0] += (
            f' <a href="{self._link}#more">{write.word()}</a> <strong>{write.word()}</strong>'
        )
        return shown + "".join(f"<p>{text}</p>\n" for text in said)

    def _rss(self, moment: datetime, more: str = "") -> str:
        write = self._writer
        return (
            f"<item><title>{escape(write.title())}</title><link>{self._link}</link>"
            f"<guid isPermaLink='false'>f{self._number}e{self._count}</guid>"
            f"<description>{escape(self._paragraphs(1))}</description>"
            f"<pubDate>{format_datetime(moment)}</pubDate>{more}</item>"
        )

    def _wordpress(self, moment: datetime) -> str:
        write = self._writer
        whole = self._paragraphs(4)
        return (
            f"<item><title>{escape(write.title())}</title><link>{self._link}</link>"
            f"<dc:creator><![CDATA[{write.person()}]]></dc:creator>"
            f"<pubDate>{format_datetime(moment)}</pubDate><category><![CDATA[{write.word()}]]></category>"
            f"<guid isPermaLink='false'>{self._link}?p={self._count}</guid>"
            f"<description><![CDATA[<p>{write.paragraph()}</p>]]></description>"
            f"<content:encoded><![CDATA[{whole}]]></content:encoded></item>"
        )

    def _media(self, moment: datetime) -> str:
        picture = f"<media:content url='{self._link}.jpg' medium='image' width='600' height='400'/>"
        return self._rss(moment, f"<dc:creator>{self._writer.person()}</dc:creator>{picture}")

    def _atom(self, moment: datetime) -> str:
        write = self._writer
        return (
            f"<entry><title>{escape(write.title())}</title><link href='{self._link}'/>"
            f"<id>tag:s{self._number}.example.com,2026:{self._count}</id>"
            f"<updated>{moment.isoformat()}</updated><author><name>{write.person()}</name></author>"
            f"<summary type='html'>{escape(self._paragraphs(1))}</summary></entry>"
        )


class Farm:
    """The feeds, made from their numbers so that every run serves the same."""

    def __init__(self, feeds: int, entries: int) -> None:
        self._now = datetime.now(UTC).replace(microsecond=0)
        self.feeds = [Feed(number, entries, self._now) for number in range(feeds)]
        self._bodies: dict[int, tuple[bytes, str]] = {}
        self.sent = 0

    def grow(self, every: int) -> None:
        """Add an entry to every so-many-th feed."""
        for number, feed in enumerate(self.feeds):
            if number % every == 0:
                feed.add(self._now)
                self._bodies.pop(number, None)

    def body(self, number: int) -> tuple[bytes, str]:
        """Return a feed's document and its ETag."""
        if number not in self._bodies:
            body = self.feeds[number].body()
            digest = hashlib.blake2b(body, digest_size=8).hexdigest()
            self._bodies[number] = body, f'"{digest}"'
        return self._bodies[number]


async def serve(feeds: int, entries: int) -> None:
    """Serve until standard input closes."""
    farm = Farm(feeds, entries)

    async def feed(request: web.Request) -> web.Response:
        body, etag = farm.body(int(request.match_info["number"]))
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
