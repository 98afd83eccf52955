"""Three rounds of polling by usmca-bot; prints one JSON line for each. Run by polling.py."""

import asyncio
import json
import resource
import sys
import tempfile
import time
import urllib.request
from dataclasses import replace
from pathlib import Path

from bot.app import open_app
from bot.domain.feed import FeedSpec
from bot.logs import configure
from bot.settings import defaults
from bot.settings.load import load


def used() -> float:
    """CPU seconds of this process and its ended children."""
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(u.ru_utime + u.ru_stime for u in map(resource.getrusage, kinds))


async def main(port: int, feeds: int) -> None:
    """Poll for the first time, unchanged, and with a tenth changed."""
    configure(stream=sys.stderr, level="ERROR")
    base = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as folder:
        environ = {
            "BOT_DATABASE_URL": f"sqlite:///{Path(folder) / 'b.db'}",
            "BOT_ALLOW_HOSTS": f"127.0.0.1:{port}",
        }
        settings = load(defaults.packaged(), environ)
        polling = replace(settings.behaviour.polling, per_host=16, concurrency=32)
        settings = replace(settings, behaviour=replace(settings.behaviour, polling=polling))
        specs = tuple(
            FeedSpec(key=f"f{n}", name=f"Sample {n}", url=f"{base}/feed/{n}") for n in range(feeds)
        )
        for name in ("first", "unchanged", "tenth"):
            if name == "tenth":
                await asyncio.to_thread(
                    urllib.request.urlopen, urllib.request.Request(f"{base}/grow/10", method="POST")
                )
            before, start = used(), time.perf_counter()
            async with open_app(settings) as app:
                await app.reconcile(specs)
                reports = await app.ingest.poll_all(everything=True)
            new = sum(len(r.new) + r.skipped for r in reports)
            row = {
                "round": name,
                "wall": time.perf_counter() - start,
                "cpu": used() - before,
                "new": new,
                "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            }
            print(json.dumps(row), flush=True)


if __name__ == "__main__":
    asyncio.run(main(int(sys.argv[1]), int(sys.argv[2])))
