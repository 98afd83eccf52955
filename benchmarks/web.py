"""Server time of each page and API route over a made archive, asked one after the other over HTTP.

    python benchmarks/web.py [ENTRIES] [--file ARCHIVE.db] [--rounds N] [--json FILE]

The archive is made anew unless the file is there. Goal: p95 at most 200 ms for each at 1,000,000
entries. Times are of the whole request on this machine, the making of the page included.
"""

import argparse
import asyncio
import json
import sqlite3
import statistics
import tempfile
import time
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import aiohttp
from made_archive import NOW, make, texts
from reading import rules

from bot.app import open_app
from bot.app.pages import parts_of
from bot.domain.feed import Tier
from bot.domain.ids import StoryId
from bot.domain.reading import DeadlineFact, DeadlineKind, Reading
from bot.domain.story import Source, Story
from bot.reading.language import Classifier
from bot.reading.read import Reader
from bot.reading.topics import TopicReader
from bot.settings import defaults
from bot.settings.load import load as load_settings
from bot.storage.codec import dump, load
from bot.web.pace import Pace
from bot.web.server import WebServer
from bot.web.site import add_site

GOAL_MS = 200
TOKEN = "a-token-for-measuring-on-this-machine-only"
PATHS = (
    *("/", "/?days=7", "/?days=30", "/?topic=steel_aluminum", "/story/{story}"),
    *("/deadlines", "/deadlines?view=month", "/tariffs", "/timeline", "/search"),
    *(
        "/search?q=steel",
        "/search?q=steel+AND+canada",
        "/search?q=topic:autos",
        "/search?q=tariff*",
    ),
    *("/rules", "/rules?topic=autos", "/feeds", "/deliveries"),
    *("/feeds/all.atom", "/feeds/autos.json", "/feeds/search.atom?q=steel"),
    *("/calendar/all.ics", "/calendar/autos.ics", "/calendar/search.ics?q=steel"),
    *("/api/v1/stories?limit=100", "/api/v1/stories/{story}", "/api/v1/deadlines?limit=100"),
    *("/api/v1/tariffs", "/api/v1/search?q=steel", "/api/v1/feeds", "/api/v1/deliveries"),
)


def tell(file: Path) -> int:
    """Give the archive's stories their own readings and deadlines; returns a story's number."""
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA synchronous=OFF")
    query = (
        "SELECT p.story_id, e.title, e.summary, e.lang, e.first_seen, r.reading FROM entries e "
        "JOIN readings r ON r.entry_id = e.id JOIN story_entries p ON p.entry_id = e.id "
        "WHERE e.id IN (SELECT entry_id FROM reading_topics) GROUP BY p.story_id"
    )
    last = 0
    for number, title, summary, lang, _, text in connection.execute(query).fetchall():
        read = load(Reading, text)
        day = (NOW + timedelta(days=number % 300 - 60)).date()
        due = DeadlineFact(
            kind=DeadlineKind.COMMENT,
            date=day,
            text=f"{title}: comments are due by {day}.",
            confidence=0.9,
        )
        dated = number % 10 == 0
        story = _story(number, (title, summary, lang), read, (due,) if dated else ())
        with_text = "UPDATE stories SET story=?, updated_at=updated_at WHERE id=?"
        connection.execute(with_text, (dump(Story, story), number))
        connection.executemany(
            "INSERT OR IGNORE INTO story_topics (story_id, topic) VALUES (?, ?)",
            [(number, topic) for topic in story.topics],
        )
        if dated:
            connection.execute(
                "INSERT OR IGNORE INTO known_deadlines (story_id, kind, date, fact, first_seen) "
                "VALUES (?, ?, ?, ?, ?)",
                (number, due.kind, str(day), dump(DeadlineFact, due), str(NOW)[:19]),
            )
        last = number
    connection.commit()
    connection.execute("ANALYZE")
    connection.close()
    return last


def _story(
    number: int, text: tuple[str, str, str], read: Reading, deadlines: tuple[DeadlineFact, ...]
) -> Story:
    title, summary, lang = text
    seen = NOW - timedelta(minutes=number % 500_000)
    source = Source(name="Sample", url=None, tier=Tier.GENERAL, published=seen)
    return Story(
        id=StoryId(number),
        headline=title,
        url=f"https://example.com/{number}",
        lang=lang or "en",
        source="Sample",
        tier=Tier.GENERAL,
        summary=summary[:300],
        topics=tuple(sorted(read.topic_names)),
        countries=read.countries,
        deadlines=deadlines,
        tariffs=read.tariffs,
        sources=(source,),
        first_seen=seen,
        updated_at=seen,
    )


class At:
    """The moment the archive ends."""

    def now(self) -> datetime:
        """Return it."""
        return NOW


async def measure(file: Path, story: int, rounds: int) -> list[dict[str, object]]:
    """Ask for every path `rounds` times; the first answer of each is told apart."""
    environ = {"BOT_DATABASE_URL": f"sqlite:///{file}", "BOT_WEB_TOKEN": TOKEN}
    settings = load_settings(defaults.packaged(), environ)
    async with AsyncExitStack() as stack:
        app = await stack.enter_async_context(open_app(settings, clock=At()))
        parts = replace(parts_of(app, "127.0.0.1"), pace=Pace(burst=1e9, per_second=1e9))
        server = WebServer(
            queries=app.store.queries,
            host="127.0.0.1",
            port=0,
            handlers={},
            site=lambda served: add_site(served, parts),
        )
        await server.start()
        stack.push_async_callback(server.stop)
        headers = {"Authorization": f"Bearer {TOKEN}"}
        session = await stack.enter_async_context(aiohttp.ClientSession(headers=headers))
        home = f"http://127.0.0.1:{server.port}"
        return [await _path(session, home, path.format(story=story), rounds) for path in PATHS]


async def _path(
    session: aiohttp.ClientSession, home: str, path: str, rounds: int
) -> dict[str, object]:
    times, size = [], 0
    for _ in range(rounds):
        begun = time.perf_counter()
        async with session.get(home + path) as answer:
            body = await answer.read()
        times.append((time.perf_counter() - begun) * 1000)
        if answer.status != 200:
            raise SystemExit(f"{path} answered {answer.status}: {body[:300]!r}")
        size = len(body)
    later = times[1:] or times
    row = {
        "path": path,
        "first_ms": round(times[0], 1),
        "median_ms": round(statistics.median(later), 1),
        "p95_ms": round(statistics.quantiles(later, n=20)[-1] if len(later) > 1 else later[0], 1),
        "bytes": size,
    }
    print(f"{row['p95_ms']:>8} ms p95  {row['first_ms']:>8} first  {size:>8} B  {path}", flush=True)
    return row


def main() -> None:
    """Make the archive where there is none, and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("entries", nargs="?", type=int, default=100_000)
    parser.add_argument("--file", type=Path)
    parser.add_argument("--rounds", type=int, default=21)
    parser.add_argument("--json", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = given.file or Path(folder) / "archive.db"
        if not file.exists():
            reader = Reader(topics=TopicReader(rules()), classify=Classifier())
            begun = time.perf_counter()
            make(file, texts(), reader, given.entries)
            print(f"{given.entries} entries made in {time.perf_counter() - begun:.0f} s")
        story = tell(file)
        rows = asyncio.run(measure(file, story, given.rounds))
    worst = max(rows, key=lambda row: row["p95_ms"])
    print(f"worst: {worst['path']} {worst['p95_ms']} ms (goal: {GOAL_MS} ms)")
    if given.json:
        given.json.write_text(json.dumps({"entries": given.entries, "rows": rows}, indent=1))


if __name__ == "__main__":
    main()
