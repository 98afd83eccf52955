"""Three rounds of a plain loop: urllib, feedparser and SQLite. Prints one JSON line for each.

What many write for themselves: validators are kept, new entries are stored by their id, nothing else.
Run by polling_peers.py with the peers' interpreter.
"""

import json
import resource
import sqlite3
import sys
import tempfile
import urllib.error
import urllib.request
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import feedparser


def fetch(url: str, etag: str | None) -> tuple[str, str | None, bytes | None]:
    """Return (address, validator, body); no body where nothing changed."""
    request = urllib.request.Request(url, headers={"If-None-Match": etag} if etag else {})
    try:
        with urllib.request.urlopen(request) as answer:
            return url, answer.headers["ETag"], answer.read()
    except urllib.error.HTTPError as error:
        if error.code != 304:
            raise
        return url, etag, None


def one_round(database: sqlite3.Connection, urls: list[str], pool: ThreadPoolExecutor) -> int:
    """Poll every feed once; returns how many entries are new."""
    etags = dict(database.execute("SELECT url, etag FROM feeds"))
    new = 0
    for url, etag, body in pool.map(lambda url: fetch(url, etags.get(url)), urls):
        if body is None:
            continue
        rows = [
            (url, entry.get("id", entry.get("link")), entry.get("title"), entry.get("summary"))
            for entry in feedparser.parse(body).entries
        ]
        new += database.executemany(
            "INSERT OR IGNORE INTO entries VALUES (?, ?, ?, ?)", rows
        ).rowcount
        database.execute("INSERT OR REPLACE INTO feeds VALUES (?, ?)", (url, etag))
        database.commit()
    return new


def main(port: int, feeds: int) -> None:
    """Poll for the first time, unchanged, and with a tenth changed."""
    base = f"http://127.0.0.1:{port}"
    urls = [f"{base}/feed/{number}" for number in range(feeds)]
    with tempfile.TemporaryDirectory() as folder, ThreadPoolExecutor(8) as pool:
        database = sqlite3.connect(Path(folder) / "loop.db")
        database.execute("CREATE TABLE feeds (url TEXT PRIMARY KEY, etag TEXT)")
        database.execute("CREATE TABLE entries (url, id, title, summary, PRIMARY KEY (url, id))")
        for name in ("first", "unchanged", "tenth"):
            if name == "tenth":
                urllib.request.urlopen(urllib.request.Request(f"{base}/grow/10", method="POST"))
            before = resource.getrusage(resource.RUSAGE_SELF)
            new = one_round(database, urls, pool)
            after = resource.getrusage(resource.RUSAGE_SELF)
            cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
            print(json.dumps({"round": name, "cpu": cpu, "new": new}), flush=True)
        database.close()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
