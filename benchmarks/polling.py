"""CPU of polling many local feeds, ours beside lemon24/reader in one run.

    python benchmarks/polling.py [FEEDS] [ENTRIES]      (1,000 and 30 where nothing is said)

The peer is installed into `.venv-peers`, never into the bot's own environment. Both poll the same
feeds from a server in a process of its own, three rounds each: first, nothing changed, one new entry
in every tenth feed.
"""

import json
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).parent
PEERS = HERE.parent / ".venv-peers"
PYTHON = PEERS / "bin" / "python"


def main(feeds: int, entries: int) -> None:
    """Run both, print the table, and write `benchmarks/results/polling.json`."""
    _peers()
    ours = _rounds(sys.executable, "polling_ours.py", feeds, entries)
    peer = _rounds(str(PYTHON), "polling_reader.py", feeds, entries)
    print(f"{feeds} feeds x {entries} entries\n")
    print(
        "round      | ours cpu s | reader cpu s | ratio | ours wall | reader wall | new | peak MB"
    )
    for mine, theirs in zip(ours, peer, strict=True):
        print(
            f"{mine['round']:<10} | {mine['cpu']:10.2f} | {theirs['cpu']:12.2f} | "
            f"{mine['cpu'] / theirs['cpu']:5.2f} | {mine['wall']:9.2f} | {theirs['wall']:11.2f} | "
            f"{mine['new']}/{theirs['new']} | {mine['peak_mb']:.0f}/{theirs['peak_mb']:.0f}"
        )
    target = HERE / "results" / "polling.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps({"ours": ours, "reader": peer}, indent=2))


def _peers() -> None:
    if not PYTHON.exists():
        subprocess.run([sys.executable, "-m", "venv", str(PEERS)], check=True)
        subprocess.run(
            [str(PYTHON), "-m", "pip", "install", "-q", "reader", "sgmllib3k"], check=True
        )


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
        return [json.loads(line) for line in done.stdout.splitlines()]
    finally:
        farm.stdin.close()
        farm.wait(30)


if __name__ == "__main__":
    main(*[int(word) for word in (*sys.argv[1:], *("1000", "30")[len(sys.argv) - 1 :])])
