"""Three rounds of polling by usmca-bot; prints one JSON line for each. Run by polling.py."""

import asyncio
import io
import json
import resource
import sqlite3
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, TypeVar

import psutil

if TYPE_CHECKING:  # the children that parse load this file again, and need none of it
    from bot.app.assembly import App
    from bot.settings.load import Settings

T = TypeVar("T")


def used() -> float:
    """CPU seconds of this process, its ended children and its living ones."""
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    total = sum(u.ru_utime + u.ru_stime for u in map(resource.getrusage, kinds))
    for child in psutil.Process().children(recursive=True):
        times = child.cpu_times()
        total += times.user + times.system
    return total


class Timed:
    """The reading, with the CPU it takes counted: its share of a round."""

    def __init__(self) -> None:
        self.seconds = 0.0

    def of(self, read: "Callable[..., T]") -> "Callable[..., T]":
        """Return the same call, counted."""

        def counted(*given: object) -> "T":
            start = time.thread_time()
            try:
                return read(*given)
            finally:
                self.seconds += time.thread_time() - start

        return counted


def settings_for(folder: Path, port: int) -> "Settings":
    """Return the packaged settings for the farm, with more requests at once to its one host."""
    from bot.settings import defaults
    from bot.settings.load import load

    environ = {
        "BOT_DATABASE_URL": f"sqlite:///{folder / 'b.db'}",
        "BOT_ALLOW_HOSTS": f"127.0.0.1:{port}",
    }
    settings = load(defaults.packaged(), environ)
    polling = replace(settings.behaviour.polling, per_host=16, concurrency=32)
    return replace(settings, behaviour=replace(settings.behaviour, polling=polling))


async def main(port: int, feeds: int) -> None:
    """Poll for the first time, unchanged, and with a tenth changed."""
    from bot import garbage

    garbage.loading()
    from bot.app import open_app
    from bot.domain.feed import FeedSpec
    from bot.logs import configure

    configure(stream=io.StringIO())  # at the level of `usmca-bot run`
    base = f"http://127.0.0.1:{port}"
    specs = tuple(
        FeedSpec(key=f"f{n}", name=f"Sample {n}", url=f"{base}/feed/{n}") for n in range(feeds)
    )
    with tempfile.TemporaryDirectory() as folder:
        async with open_app(settings_for(Path(folder), port)) as app:
            garbage.loaded()
            await app.reconcile(specs)
            timed, reads = Timed(), app.ingest._reads  # noqa: SLF001 - measured from outside
            reads._read, reads._glance = timed.of(reads._read), timed.of(reads._glance)  # noqa: SLF001
            for name in ("first", "unchanged", "tenth"):
                if name == "tenth":
                    grow = urllib.request.Request(f"{base}/grow/10", method="POST")
                    await asyncio.to_thread(urllib.request.urlopen, grow)
                print(json.dumps({"round": name} | await one_round(app, timed)), flush=True)


async def one_round(app: "App", timed: Timed) -> dict[str, float]:
    """Poll every feed and return what it cost. The app stays open, as the peer does."""
    before, start, timed.seconds = used(), time.perf_counter(), 0.0
    reports = await app.ingest.poll_all(everything=True)
    failed = [report.error for report in reports if report.error]
    if failed:
        raise SystemExit(f"{len(failed)} feeds failed, the first with: {failed[0]}")
    row = {
        "wall": time.perf_counter() - start,
        "cpu": used() - before,
        "reading": timed.seconds,
        "new": sum(len(r.new) + r.skipped for r in reports),
        "stored": stored(app),
        "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
    }
    children = [child.memory_info().rss for child in psutil.Process().children(recursive=True)]
    return row | {"children_mb": max(children, default=0) / 1024**2}


def stored(app: "App") -> int:
    """Return how many entries the store holds."""
    url = app.settings.env.database_url.get_secret_value()
    with closing(sqlite3.connect(url.removeprefix("sqlite:///"))) as database:
        return int(database.execute("SELECT count(*) FROM entries").fetchone()[0])


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2])))
