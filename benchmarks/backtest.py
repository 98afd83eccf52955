"""A backtest over a made archive: a query, and a whole file of topics.

    python benchmarks/backtest.py [ENTRIES] [--file ARCHIVE.db] [--json FILE]

Goal: 100,000 entries in at most 30 s on one core. CPU seconds are of this process.
"""

import argparse
import asyncio
import datetime as dt
import json
import tempfile
import time
from pathlib import Path

from made_archive import DAYS, NOW, make, texts
from reading import rules

from bot.reading.language import Classifier
from bot.reading.read import Reader
from bot.reading.topics import TopicReader
from bot.services.backtest import BacktestService
from bot.storage.engine import open_engines
from bot.storage.unit_of_work import SqlStore
from bot.storage.vault import FernetVault, new_key

SPAN = dt.timedelta(days=DAYS + 1)


class At:
    """The archive's last moment."""

    def now(self) -> dt.datetime:
        """Return it."""
        return NOW


async def run(file: Path) -> dict[str, dict[str, float]]:
    """Return seconds, CPU seconds and entries of each kind of backtest."""
    store = SqlStore(open_engines(f"sqlite:///{file}"), FernetVault([new_key()]))
    service = BacktestService(store, At())
    reader = TopicReader(rules())
    report = {}
    for name, work in {
        "query": lambda: service.of_query(None, "(steel OR aluminum) -school", span=SPAN),
        "query without a word": lambda: service.of_query(None, "NOT school", span=SPAN),
        "file of topics": lambda: service.of_topics(None, reader, span=SPAN),
    }.items():
        started, used = time.perf_counter(), time.process_time()
        found = await work()
        report[name] = {
            "entries": found.looked_at,
            "alerts": found.alerts,
            "seconds": round(time.perf_counter() - started, 1),
            "cpu_seconds": round(time.process_time() - used, 1),
        }
        print(f"{name:<24}{json.dumps(report[name])}")
    await store.close()
    return report


def main() -> None:
    """Make the archive where it is missing, run, and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("entries", nargs="?", type=int, default=100_000)
    options.add_argument("--file", type=Path)
    options.add_argument("--json", type=Path)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = given.file or Path(folder) / "archive.db"
        if not file.exists():
            reader = Reader(topics=TopicReader(rules()), classify=Classifier())
            make(file, texts(), reader, given.entries)
        report = asyncio.run(run(file))
    if given.json is not None:
        given.json.write_text(json.dumps(report, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
