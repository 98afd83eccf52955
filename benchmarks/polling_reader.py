"""Three rounds of polling by lemon24/reader; prints one JSON line for each. Run by polling.py.

A fourth line is what its full-text index of all that was stored takes, which ours makes as it stores.
"""

import json
import resource
import sys
import tempfile
import time
import urllib.request
from pathlib import Path

from reader import make_reader


def used() -> float:
    """CPU seconds of this process and its ended children."""
    kinds = (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)
    return sum(u.ru_utime + u.ru_stime for u in map(resource.getrusage, kinds))


def main(port: int, feeds: int) -> None:
    """Update for the first time, unchanged, and with a tenth changed."""
    base = f"http://127.0.0.1:{port}"
    with tempfile.TemporaryDirectory() as folder:
        reader = make_reader(str(Path(folder) / "r.db"))
        for number in range(feeds):
            reader.add_feed(f"{base}/feed/{number}")
        for name in ("first", "unchanged", "tenth"):
            if name == "tenth":
                urllib.request.urlopen(urllib.request.Request(f"{base}/grow/10", method="POST"))
            before, start = used(), time.perf_counter()
            new = 0
            # scheduled=False: else only feeds whose hour is over, which in a second round is none
            for result in reader.update_feeds_iter(scheduled=False, workers=8):
                if isinstance(result.value, Exception):
                    raise result.value
                new += getattr(result.value, "new", 0) or 0
            row = {
                "round": name,
                "wall": time.perf_counter() - start,
                "cpu": used() - before,
                "new": new,
                "stored": reader.get_entry_counts().total,
                "peak_mb": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024,
            }
            print(json.dumps(row), flush=True)
        before, start = used(), time.perf_counter()
        reader.enable_search()
        reader.update_search()
        row |= {"round": "index", "wall": time.perf_counter() - start, "cpu": used() - before}
        print(json.dumps(row), flush=True)
        reader.close()


if __name__ == "__main__":
    main(int(sys.argv[1]), int(sys.argv[2]))
