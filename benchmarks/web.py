"""Server time of each page and API route over a made archive, asked one after the other over HTTP.

    python benchmarks/web.py [ENTRIES] [--file ARCHIVE.db] [--rounds N] [--json FILE]

The archive is made anew unless the file is there; one whose stories have no words yet gets them.
Each path is asked `--rounds` times while nothing changes ("still"), and again with a story that
grew and a deadline that moved between any two requests ("moving"): what is kept is then made anew.
The very first answer of a new process is told apart. Goal: p95 at most 200 ms for each path, still
and moving, at 1,000,000 entries. Times are of the whole request on this machine.
"""

import argparse
import asyncio
import json
import os
import sqlite3
import statistics
import tempfile
import time
from contextlib import AsyncExitStack, closing
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import aiohttp
from made_archive import NOW, make, texts
from reading import rules
from told_archive import tell

from bot import garbage
from bot.app import open_app
from bot.app.pages import parts_of
from bot.reading.language import Classifier
from bot.reading.read import Reader
from bot.reading.topics import TopicReader
from bot.settings import defaults
from bot.settings.load import load as load_settings
from bot.web.pace import Pace
from bot.web.server import WebServer
from bot.web.site import add_site

GOAL_MS = 200
TOKEN = "a-token-for-measuring-on-this-machine-only"
PATHS = (
    *("/", "/?days=7", "/?days=30", "/?topic=steel_aluminum", "/story/{story}"),
    *("/deadlines", "/deadlines?month=2026-12", "/tariffs", "/timeline", "/search"),
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


LINE = (
    "{still_p50_ms:>9}{still_p95_ms:>9}{moving_p50_ms:>9}{moving_p95_ms:>9}{first_ms:>9}"
    "{bytes:>9}  {path}"
)
HEAD = {
    "still_p50_ms": "p50 ms",
    "still_p95_ms": "p95",
    "moving_p50_ms": "moving",
    "moving_p95_ms": "p95",
    "first_ms": "first",
    "bytes": "bytes",
    "path": "path",
}


def bare(file: Path) -> bool:
    """Whether an archive's stories have no words yet."""
    with closing(sqlite3.connect(file)) as connection:
        found = connection.execute("SELECT 1 FROM destinations LIMIT 1").fetchone()
    return found is None


class At:
    """The moment the archive ends."""

    def now(self) -> datetime:
        """Return it."""
        return NOW


async def measure(file: Path, rounds: int) -> list[dict[str, object]]:
    """Ask for every path, still and moving."""
    environ = {"BOT_DATABASE_URL": f"sqlite:///{file}", "BOT_WEB_TOKEN": TOKEN}
    garbage.loading()
    settings = load_settings(defaults.packaged(), environ)
    archive = Archive(file)
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
        garbage.loaded()  # as in the process that makes the pages
        headers = {"Authorization": f"Bearer {TOKEN}"}
        session = await stack.enter_async_context(aiohttp.ClientSession(headers=headers))
        asking = Asking(session, f"http://127.0.0.1:{server.port}", archive)
        return [await asking.path(path.format(story=archive.story), rounds) for path in PATHS]


class Archive:
    """The file, by a connection of its own: another process that writes."""

    def __init__(self, file: Path) -> None:
        self._connection = sqlite3.connect(file, isolation_level=None)
        newest = "SELECT story_id FROM story_topics ORDER BY story_id DESC LIMIT 1"
        self.story: int = self._connection.execute(newest).fetchone()[0]
        dated = "SELECT max(id) FROM known_deadlines"
        self._deadline: int = self._connection.execute(dated).fetchone()[0]
        self._moves = 0

    def move(self) -> None:
        """Let the newest story grow, and the newest deadline change."""
        self._moves += 1
        at = f"{NOW + timedelta(microseconds=self._moves):%Y-%m-%d %H:%M:%S.%f}"
        self._connection.execute(
            "UPDATE stories SET revision = revision + 1, updated_at = ?, "
            "story = json_set(story, '$.revision', revision + 1) WHERE id = ?",
            (at, self.story),
        )
        self._connection.execute(
            "UPDATE known_deadlines SET changed_at = ? WHERE id = ?", (at, self._deadline)
        )


class Asking:
    """Asks for paths and takes the time."""

    def __init__(self, session: aiohttp.ClientSession, home: str, archive: Archive) -> None:
        self._session = session
        self._home = home
        self._archive = archive

    async def path(self, path: str, rounds: int) -> dict[str, object]:
        """Ask for one path, and say what it took."""
        first, size = await self._once(path)
        still = [(await self._once(path))[0] for _ in range(rounds)]
        moving = []
        for _ in range(rounds):
            self._archive.move()
            moving.append((await self._once(path))[0])
        row: dict[str, object] = {"path": path, "bytes": size, "first_ms": round(first, 1)}
        for name, times in (("still", still), ("moving", moving)):
            row[f"{name}_p50_ms"] = round(statistics.median(times), 1)
            row[f"{name}_p95_ms"] = round(statistics.quantiles(times, n=20)[-1], 1)
        print(LINE.format(**row), flush=True)
        return row

    async def _once(self, path: str) -> tuple[float, int]:
        begun = time.perf_counter()
        async with self._session.get(self._home + path) as answer:
            body = await answer.read()
        taken = (time.perf_counter() - begun) * 1000
        if answer.status != 200:
            raise SystemExit(f"{path} answered {answer.status}: {body[:300]!r}")
        return taken, len(body)


def worst_of(rows: list[dict[str, object]]) -> tuple[float, str]:
    """The highest p95, and whose it is."""
    return max(
        (float(str(row[f"{name}_p95_ms"])), f"{row['path']} ({name})")
        for row in rows
        for name in ("still", "moving")
    )


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
        if bare(file):
            tell(file)
        print(f"load at the beginning: {os.getloadavg()[0]:.1f}")
        print(LINE.format(**HEAD))
        rows = asyncio.run(measure(file, given.rounds))
    taken, path = worst_of(rows)
    print(f"load at the end: {os.getloadavg()[0]:.1f}")
    print(f"worst p95: {taken} ms, {path} (goal: {GOAL_MS} ms)")
    if given.json:
        given.json.write_text(json.dumps({"entries": given.entries, "rows": rows}, indent=1))


if __name__ == "__main__":
    main()
