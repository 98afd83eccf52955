"""CPU of polling many local feeds, ours beside lemon24/reader in one run.

    .venv/bin/python benchmarks/polling.py [FEEDS] [ENTRIES] [RUNS]      (1000 30 3)

The peer is installed into `.venv-peers`, never into the bot's own environment. Both poll the same
feeds from a server in a process of its own, three rounds each: first, nothing changed, one new entry
in every tenth feed. They take turns, and the medians are shown. CPU is that of the process and its
children; what the bot's reading of the entries takes is shown by itself, for the peer reads nothing.
Nor does the peer index texts unless it is asked to, as the bot does: what that takes is told below.
"""

import json
import subprocess
import sys
import urllib.request
from pathlib import Path
from statistics import median

HERE = Path(__file__).parent
PEERS = HERE.parent / ".venv-peers"
PYTHON = PEERS / "bin" / "python"
PEER = ("reader==3.26", "feedparser==6.0.14", "sgmllib3k==1.0.0")
"""The last is what the copy of feedparser in reader needs and does not ask for."""


def main(feeds: int, entries: int, runs: int) -> None:
    """Run both, print the table, and write `benchmarks/results/polling.json`."""
    _peers()
    ours, peer = [], []
    for number in range(runs):
        print(f"run {number + 1} of {runs} …", file=sys.stderr)
        ours.append(_rounds(sys.executable, "polling_ours.py", feeds, entries))
        peer.append(_rounds(str(PYTHON), "polling_reader.py", feeds, entries))
    print(f"{feeds} feeds x {entries} entries, medians of {runs}\n")
    print(
        "round     | ours cpu s | of it reading | reader cpu s | ratio | ours wall | reader wall | "
        "new ours/reader | stored | peak MB | child MB"
    )
    *rounds, index = _medians(peer)
    mine_first = _medians(ours)[0]
    for mine, theirs in zip(_medians(ours), rounds, strict=True):
        print(
            f"{mine['round']:<9} | {mine['cpu']:10.2f} | {mine['reading']:13.2f} | "
            f"{theirs['cpu']:12.2f} | {mine['cpu'] / theirs['cpu']:5.2f} | {mine['wall']:9.2f} | "
            f"{theirs['wall']:11.2f} | {mine['new']:.0f}/{theirs['new']:.0f} | "
            f"{mine['stored']:.0f}/{theirs['stored']:.0f} | "
            f"{mine['peak_mb']:.0f}/{theirs['peak_mb']:.0f} | {mine['children_mb']:.0f}"
        )
    both = rounds[0]["cpu"] + index["cpu"]
    print(
        f"\nfirst poll with a full-text index in both: reader {both:.2f}, ratio {mine_first['cpu'] / both:.2f}"
    )
    print(f"sent to each in all rounds: {ours[0][0]['sent_mb']:.1f} MB")
    target = HERE / "results" / "polling.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps({"ours": ours, "reader": peer}, indent=2))


def _peers() -> None:
    if not PYTHON.exists():
        subprocess.run([sys.executable, "-m", "venv", str(PEERS)], check=True)
        subprocess.run([str(PYTHON), "-m", "pip", "install", "-q", *PEER], check=True)


def _medians(runs: list[list[dict]]) -> list[dict]:
    """Return each round with the median of every figure."""
    return [
        {
            name: value if isinstance(value, str) else median(one[name] for one in same)
            for name, value in same[0].items()
        }
        for same in zip(*runs, strict=True)
    ]


def _rounds(python: str, script: str, feeds: int, entries: int) -> list[dict]:
    farm = subprocess.Popen(
        [sys.executable, str(HERE / "feed_farm.py"), str(feeds), str(entries)],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    try:
        port = farm.stdout.readline().strip()
        done = subprocess.run(
            [python, str(HERE / script), port, str(feeds)],
            check=True,
            stdout=subprocess.PIPE,
            text=True,
            cwd=HERE.parent,
        )
        with urllib.request.urlopen(f"http://127.0.0.1:{port}/sent") as answer:
            sent = int(answer.read()) / 1_000_000
        return [json.loads(line) | {"sent_mb": sent} for line in done.stdout.splitlines()]
    finally:
        farm.stdin.close()
        farm.wait(30)


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:]]
    main(*given, *(1_000, 30, 3)[len(given) :])
