"""Search over a made archive: 50 fixed queries, each as a person would ask it.

    python benchmarks/search.py [ENTRIES] [--file ARCHIVE.db] [--json FILE]

The archive is made anew unless the file is there. Goal: p95 at most 100 ms at 1,000,000 entries.
"""

import argparse
import asyncio
import json
import sqlite3
import statistics
import tempfile
import time
from contextlib import closing
from pathlib import Path

from made_archive import make, texts
from reading import rules

from bot.domain.ids import Tenant
from bot.reading.language import Classifier
from bot.reading.read import Reader
from bot.reading.topics import TopicReader
from bot.services.search import SearchService
from bot.storage.engine import open_engines
from bot.storage.unit_of_work import SqlStore
from bot.storage.vault import FernetVault, new_key

QUERIES = (
    *("steel", "tariff", "aranceles", "acier", "council", "orchestra museum", "the", "escuela"),
    *(
        "steel aluminum",
        "canada steel",
        "acero méxico",
        "droits de douane",
        "auto parts",
        "harbour",
    ),
    *("tariff -steel", "steel OR lumber", "(steel OR aluminum) AND canada", "NOT festival school"),
    *('"rules of origin"', '"auto parts"', '"USMCA review"', "review mexico", "T-MEC", "ACEUM"),
    *("tarif*", "import* steel", "automob*", "orchest*", "title:steel", "title:school festival"),
    *("topic:autos", "topic:steel_aluminum", "topic:usmca review", "topic:tariffs lang:es"),
    *(
        "country:CA tariff",
        "country:MX steel",
        "rate:[10 TO *] steel",
        "kind:comment",
        "stage:threat",
    ),
    *(
        "topic:tariffs since:2026-10-01",
        "steel before:2026-01-01",
        "lang:fr acier",
        "source:sample steel",
    ),
    *("zebra", "unfindableword", "school rent mortgage", "planet telescope", "bcd12", "gmt 25"),
    *("topic:autos rate:[20 TO *]", "imposer:CA acier"),
)


async def ask(file: Path, repeats: int) -> dict[str, list[tuple[float, float]]]:
    """Return the milliseconds of each query, and those of the processor, asked `repeats` times.

    One more before them warms up; the processor's say more where a machine has other work.
    """
    store = SqlStore(open_engines(f"sqlite:///{file}"), FernetVault([new_key()]))
    service = SearchService(store)
    took: dict[str, list[tuple[float, float]]] = {}
    for query in QUERIES:
        for turn in range(repeats + 1):
            started, busy = time.perf_counter(), time.process_time()
            page = await service.search(Tenant("slack:T1"), query)
            spent = (time.perf_counter() - started) * 1000
            if turn:
                took.setdefault(query, []).append((spent, (time.process_time() - busy) * 1000))
        middle = statistics.median(spent for spent, _ in took[query])
        print(f"{query:<36}{middle:>8.1f} ms{page.entries:>7}{'' if page.complete else '+'} found")
    await store.close()
    return took


def main() -> None:
    """Make the archive where it is missing, ask, and print."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("entries", nargs="?", type=int, default=100_000)
    options.add_argument("--file", type=Path)
    options.add_argument("--json", type=Path)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        file = given.file or Path(folder) / "archive.db"
        if not file.exists():
            started = time.perf_counter()
            reader = Reader(topics=TopicReader(rules()), classify=Classifier())
            make(file, texts(), reader, given.entries)
            print(f"{given.entries:,} entries made in {time.perf_counter() - started:.0f} s")
        with closing(sqlite3.connect(file)) as connection:
            (entries,) = connection.execute("SELECT count(*) FROM entries").fetchone()
        took = asyncio.run(ask(file, repeats=3))
    row = {"entries": entries, "queries": len(took)}
    for place, name in enumerate(("", "cpu_")):
        times = sorted(value[place] for values in took.values() for value in values)
        row |= {
            f"{name}median_ms": round(statistics.median(times), 1),
            f"{name}p95_ms": round(times[int(len(times) * 0.95)], 1),
            f"{name}worst_ms": round(times[-1], 1),
        }
    print(json.dumps(row))
    if given.json is not None:
        given.json.write_text(json.dumps(row, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
