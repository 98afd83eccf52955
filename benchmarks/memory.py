"""What `usmca-bot run` holds in memory: at rest after its start, and after thousands of feeds.

    .venv/bin/python benchmarks/memory.py [FEEDS] [ENTRIES]      (5000 20)

The bot runs as a program of its own with its packaged configuration but for the feeds, which are local;
their one server is asked by many connections at once. Parent and children (which parse) are told apart:
RSS is all that a process has mapped in memory, PSS counts what several share only once, so that PSS may
be added up. The peak is the parent's. Goal: at most 250 MB at 5,000 feeds with 100,000 entries. Linux.
"""

import os
import sqlite3
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import psutil
from bench import HERE, Row, machine, table, write

REST_S = 15.0
PATIENCE_S = 3_600.0


def megabytes(pid: int, name: str) -> float:
    """Return a figure of a process: ``Rss`` or ``Pss`` now, ``VmHWM`` for the peak."""
    file = "status" if name == "VmHWM" else "smaps_rollup"
    for line in Path(f"/proc/{pid}/{file}").read_text().splitlines():
        if line.startswith(f"{name}:"):
            return int(line.split()[1]) / 1024
    raise LookupError(name)


def held(process: subprocess.Popen, label: str) -> Row:
    """Return what a process and its children hold now."""
    children = [child.pid for child in psutil.Process(process.pid).children(recursive=True)]
    shared = [megabytes(pid, "Pss") for pid in (process.pid, *children)]
    return {
        "state": label,
        "parent RSS": round(megabytes(process.pid, "Rss")),
        "parent peak": round(megabytes(process.pid, "VmHWM")),
        "children": len(children),
        "each child RSS": round(max((megabytes(pid, "Rss") for pid in children), default=0)),
        "all PSS": round(sum(shared)),
    }


@contextmanager
def farm(feeds: int, entries: int) -> Iterator[int]:
    """Serve the feeds from a process of its own; gives the port."""
    process = subprocess.Popen(
        [sys.executable, str(HERE / "feed_farm.py"), str(feeds), str(entries)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        yield int(process.stdout.readline())
    finally:
        process.stdin.close()
        process.wait(60)


@contextmanager
def bot(folder: Path, port: int, feeds: int) -> Iterator[subprocess.Popen]:
    """The bot as a program with so many feeds."""
    rows = [
        f"  - {{id: f{n}, name: Sample {n}, url: 'http://127.0.0.1:{port}/feed/{n}'}}"
        for n in range(feeds)
    ]
    for file in (HERE.parent / "config").glob("*.yaml"):
        (folder / file.name).write_bytes(file.read_bytes())
    (folder / "feeds.yaml").write_text("feeds:\n" + "\n".join(rows) + "\n")
    (folder / "bot.yaml").write_text("polling: {host_gap: 0s, per_host: 16}\n")
    kept = {name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ}
    process = subprocess.Popen(
        [sys.executable, "-m", "bot", "run", "--config", str(folder)],
        cwd=folder,
        env={
            **kept,
            "PYTHONPATH": str(HERE.parent),
            "BOT_DATABASE_URL": f"sqlite:///{folder / 'bot.db'}",
            "BOT_ALLOW_HOSTS": f"127.0.0.1:{port}",
            "BOT_WEB_BIND": "127.0.0.1:0",
            "LOG_LEVEL": "ERROR",
        },
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.terminate()
        process.wait(60)


def stored(folder: Path) -> int:
    """Return how many entries the bot has stored."""
    try:
        with closing(sqlite3.connect(f"file:{folder / 'bot.db'}?mode=ro", uri=True)) as database:
            return int(database.execute("SELECT count(*) FROM entries").fetchone()[0])
    except sqlite3.OperationalError:  # it has only begun
        return 0


def after(feeds: int, entries: int) -> Row:
    """Return what the bot holds once it polled so many feeds and has nothing to do."""
    with farm(feeds, entries) as port, tempfile.TemporaryDirectory() as name:
        folder, begun = Path(name), time.monotonic()
        with bot(folder, port, feeds) as process:
            time.sleep(5)
            while (count := stored(folder)) < feeds * entries:
                if process.poll() is not None or time.monotonic() - begun > PATIENCE_S:
                    raise SystemExit(f"the bot stopped at {count} entries")
                time.sleep(2)
            took = time.monotonic() - begun
            time.sleep(REST_S)
            row = held(process, f"{feeds:,} feeds, {count:,} entries")
    return row | {"polled in s": round(took)}


def main(feeds: int, entries: int) -> None:
    """Measure both states, print and write JSON."""
    rows = [after(1, 10), after(feeds, entries)]
    print(f"megabytes; {machine()}\n")
    table(rows)
    write("memory", {"rows": rows})


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    main(*given, *(5_000, 20)[len(given) :])
