"""An archive of many entries on SQLite, made fast: some thousand texts are read, then told again.

Each copy has a name of its own in its title, so that no two entries are the same; what was read of
the text (topics, facts, summary) is stored with every copy.
"""

import asyncio
import itertools
import random
import sqlite3
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from farm_words import Writer

from bot.domain.entry import Entry
from bot.domain.reading import Reading
from bot.reading.read import Reader
from bot.storage.codec import dump
from bot.storage.engine import open_engines
from bot.storage.full_text import search_text
from bot.storage.schema import prepare

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
DAYS = 400
FEEDS = 200
PER_STORY = 3


def texts(count: int = 3_000) -> list[Entry]:
    """Return invented entries in three languages, one in twenty about trade."""
    found = []
    for number in range(count):
        language = ("en", "es", "fr")[number % 3]
        writer = Writer(language, random.Random(number))
        title = writer.title()
        found.append(
            Entry(
                guid=str(number),
                title=title,
                summary=writer.paragraph(),
                content=writer.paragraph(),
                published=NOW,
                lang=language,
                source="Sample",
            )
        )
    return found


def make(file: Path, texts: Sequence[Entry], reader: Reader, size: int) -> None:
    """Fill a new database with `size` entries over the last 400 days, newest last."""
    asyncio.run(_empty(file))
    read = [(entry, reader.read(entry, now=NOW)) for entry in texts]
    connection = sqlite3.connect(file)
    connection.execute("PRAGMA synchronous=OFF")
    connection.execute("PRAGMA foreign_keys=OFF")
    with connection:
        _feeds(connection)
        rows = _rows(read, size)
        while batch := list(itertools.islice(rows, 5_000)):
            _write(connection, batch, size)
    connection.execute("ANALYZE")
    connection.close()


async def _empty(file: Path) -> None:
    engines = open_engines(f"sqlite:///{file}")
    await prepare(engines)
    await engines.dispose()


def _feeds(connection: sqlite3.Connection) -> None:
    columns = (
        "id key name url url_digest lang tier kind origin state interval next_poll_at hints marks "
        "failures redirect_seen"
    )
    given = ",".join(columns.split())
    for number in range(1, FEEDS + 1):
        row = (
            number,
            f"f{number}",
            f"Feed {number}",
            f"https://f{number}.example/rss",
            str(number),
        )
        rest = ("en", "general", "feed", "config", "active", 600, str(NOW)[:19], "{}", "[]", 0, 0)
        connection.execute(
            f"INSERT INTO feeds ({given}) VALUES ({','.join('?' * 16)})", (*row, *rest)
        )


def _rows(
    read: Sequence[tuple[Entry, Reading]], size: int
) -> Iterator[tuple[int, Entry, str, Reading]]:
    chance = random.Random(7)
    for number in range(1, size + 1):
        entry, reading = chance.choice(read)
        name = "".join(chance.choices("bcdfglmnprstv", k=3)) + str(number % 9973)
        yield number, entry, f"{entry.title} {name}", reading


def _write(
    connection: sqlite3.Connection, batch: list[tuple[int, Entry, str, Reading]], size: int
) -> None:
    entries, readings, topics, placed, stories = [], [], [], [], []
    for number, entry, title, reading in batch:
        seen = f"{NOW - timedelta(days=DAYS) * (1 - number / size):%Y-%m-%d %H:%M:%S.%f}"
        told = replace(entry, title=title, published=datetime.fromisoformat(f"{seen}+00:00"))
        link = f"https://example.com/{number}"
        feed = number % FEEDS + 1
        entries.append(
            (
                *(number, feed, str(number), link, link, title, entry.summary, entry.content),
                *(seen, entry.lang, "Sample", "general", str(number), seen, 0),
                search_text(told, reading),
            )
        )
        readings.append((number, dump(Reading, reading)))
        topics.extend((number, topic) for topic in sorted(reading.topic_names))
        story = number // PER_STORY + 1
        placed.append((number, story, seen, "{}", "same link"))
        stories.append((story, 1, seen, seen, 1, "{}"))
    for table, columns, rows in (
        ("entries", _ENTRIES, entries),
        ("readings", "entry_id reading", readings),
        ("reading_topics", "entry_id topic", topics),
        ("stories", "id revision first_seen updated_at source_count story", stories),
        ("story_entries", "entry_id story_id seen_at fingerprint joined", placed),
    ):
        names = columns.split()
        connection.executemany(
            f"INSERT OR IGNORE INTO {table} ({','.join(names)}) VALUES ({','.join('?' * len(names))})",
            rows,
        )


_ENTRIES = (
    "id feed_id guid canonical_url url title summary content published lang source tier "
    "content_hash first_seen held search_text"
)
