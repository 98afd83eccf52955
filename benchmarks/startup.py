"""How long the command line takes to answer, beside `python -c "import sqlalchemy"`, in one run.

    .venv/bin/python benchmarks/startup.py [--rounds 21]

The three take turns, so that what else the machine does meets all of them; medians are shown. `ask`
answers from a database of SQLite that was made before. Each run is a process of its own, its files
warm in the machine's memory.
"""

import argparse
import os
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from statistics import median

from bench import Row, machine, table, write

GOALS = {"--help": 1.5, 'ask "/usmca status"': 4.0}


def took(command: list[str], environ: dict[str, str]) -> tuple[float, float]:
    """Return the wall and processor milliseconds of a command."""
    before, started = os.times(), time.perf_counter()
    subprocess.run(command, env=environ, check=True, stdout=subprocess.DEVNULL)
    wall, after = time.perf_counter() - started, os.times()
    used = after.children_user + after.children_system
    return wall * 1_000, (used - before.children_user - before.children_system) * 1_000


def main() -> None:
    """Measure, print and write JSON."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--rounds", type=int, default=21)
    given = options.parse_args()
    bot = str(Path(sys.executable).parent / "usmca-bot")
    commands = {
        "import sqlalchemy": [sys.executable, "-c", "import sqlalchemy"],
        "--help": [bot, "--help"],
        'ask "/usmca status"': [bot, "ask", "/usmca status"],
    }
    times: dict[str, list[tuple[float, float]]] = {name: [] for name in commands}
    with tempfile.TemporaryDirectory() as folder:
        environ = {**os.environ, "BOT_DATABASE_URL": f"sqlite:///{Path(folder) / 'bot.db'}"}
        for number in range(given.rounds + 1):
            for name, command in commands.items():
                one = took(command, environ)
                if number:  # the first round makes the database and warms the files
                    times[name].append(one)
    rows: list[Row] = []
    for name, found in times.items():
        wall, cpu = (median(values) for values in zip(*found, strict=True))
        row: Row = {"what": name, "wall ms": round(wall), "processor ms": round(cpu)}
        for kind, place in (("wall", 0), ("processor", 1)):
            base = [one[place] for one in times["import sqlalchemy"]]
            pairs = zip(found, base, strict=True)
            row[f"{kind} ratio"] = round(median(one[place] / other for one, other in pairs), 2)
        rows.append(row | {"goal": GOALS.get(name, 1.0)})
    print(f"medians of {given.rounds} runs in turns; {machine()}\n")
    table(rows)
    write("startup", {"rounds": given.rounds, "rows": rows})


if __name__ == "__main__":
    main()
