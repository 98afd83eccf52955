"""CPU of polling many local feeds: ours beside a plain feedparser loop, rss2email and newsboat.

    .venv/bin/python benchmarks/polling_peers.py [FEEDS] [ENTRIES] [RUNS]      (200 30 1)

The same feeds and rounds as `polling.py`, which compares with lemon24/reader. rss2email is installed
into `.venv-peers`; newsboat is a program of the system (Debian's package) and left out where it is
missing. rss2email and newsboat are commands that start, poll every feed once and end: a round of
theirs includes that start, and parses and stores, without reading what the entries say. rss2email asks
with validators, newsboat too. CPU is that of a process with its children.
"""

import json
import resource
import shutil
import subprocess
import sys
import tempfile
import urllib.request
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from statistics import median

from bench import HERE, PYTHON, Row, machine, peers, table, write

ROUNDS = ("first", "unchanged", "tenth")
Rounds = list[float]


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
        process.wait(30)


def script(python: str, name: str) -> Callable[[int, int, Path], Rounds]:
    """Return a contender that prints a line of JSON for each round."""

    def run(port: int, feeds: int, _: Path) -> Rounds:
        command = [python, str(HERE / name), str(port), str(feeds)]
        done = subprocess.run(
            command, check=True, stdout=subprocess.PIPE, text=True, cwd=HERE.parent
        )
        return [json.loads(line)["cpu"] for line in done.stdout.splitlines()]

    return run


def rss2email(port: int, feeds: int, folder: Path) -> Rounds:
    """Run rss2email three times; it marks entries as seen and sends nothing."""
    config = ["[DEFAULT]", "from = bot@example.com", "to = team@example.com"]
    for number in range(feeds):
        config += [f"[feed.f{number}]", f"url = http://127.0.0.1:{port}/feed/{number}"]
    (folder / "r2e.cfg").write_text("\n".join(config) + "\n")
    program = [str(PYTHON.parent / "r2e"), "-c", str(folder / "r2e.cfg")]
    return commands([*program, "-d", str(folder / "r2e.json"), "run", "--no-send"], port)


def newsboat(port: int, feeds: int, folder: Path) -> Rounds:
    """Run newsboat three times, eight feeds at a time as the others do."""
    urls = [f"http://127.0.0.1:{port}/feed/{number}" for number in range(feeds)]
    (folder / "urls").write_text("\n".join(urls) + "\n")
    (folder / "config").write_text("reload-threads 8\n")
    files = [
        "-u",
        str(folder / "urls"),
        "-c",
        str(folder / "cache.db"),
        "-C",
        str(folder / "config"),
    ]
    return commands(["newsboat", *files, "-x", "reload"], port)


def commands(command: list[str], port: int) -> Rounds:
    """Return the CPU of a command in each of the three rounds."""
    used = []
    for name in ROUNDS:
        if name == "tenth":
            grow = urllib.request.Request(f"http://127.0.0.1:{port}/grow/10", method="POST")
            urllib.request.urlopen(grow)
        before = resource.getrusage(resource.RUSAGE_CHILDREN)
        subprocess.run(command, check=True, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        after = resource.getrusage(resource.RUSAGE_CHILDREN)
        used.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return used


def main(feeds: int, entries: int, runs: int) -> None:
    """Run all in turns, print the table and write JSON."""
    peers("feedparser==6.0.14", "rss2email==3.14")
    contenders = {
        "usmca-bot": script(sys.executable, "polling_ours.py"),
        "feedparser loop": script(str(PYTHON), "polling_loop.py"),
        "rss2email 3.14": rss2email,
    }
    if shutil.which("newsboat"):
        contenders["newsboat"] = newsboat
    found: dict[str, list[Rounds]] = {name: [] for name in contenders}
    for number in range(runs):
        for name, run in contenders.items():
            print(f"run {number + 1} of {runs}: {name} …", file=sys.stderr)
            with farm(feeds, entries) as port, tempfile.TemporaryDirectory() as folder:
                found[name].append(run(port, feeds, Path(folder)))
    rows: list[Row] = []
    for name, times in found.items():
        row: Row = {"cpu seconds": name}
        for place, each in enumerate(ROUNDS):
            ours = median(one[place] for one in found["usmca-bot"])
            theirs = median(one[place] for one in times)
            row |= {each: round(theirs, 2), f"ours/it {each}": round(ours / theirs, 2)}
        rows.append(row)
    print(f"{feeds} feeds x {entries} entries, medians of {runs}; {machine()}\n")
    table(rows)
    write("polling_peers", {"feeds": feeds, "entries": entries, "runs": runs, "rows": rows})


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    main(*given, *(200, 30, 1)[len(given) :])
