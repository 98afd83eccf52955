"""What every benchmark here needs: medians of turns, tables, the peers' environment, results as JSON."""

import json
import os
import platform
import subprocess
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path

HERE = Path(__file__).resolve().parent
RESULTS = HERE / "results"
PEERS = HERE.parent / ".venv-peers"
PYTHON = PEERS / "bin" / "python"
"""The interpreter that has the peers; they are installed beside the bot, never with it."""

Row = dict[str, float | str]


def machine() -> str:
    """Return what the figures were measured on, and how busy it was."""
    load = ", ".join(f"{value:.1f}" for value in os.getloadavg())
    return f"{platform.system()}, {os.cpu_count()} cores, Python {platform.python_version()}, load {load}"


def table(rows: Sequence[Row]) -> None:
    """Print rows under the names of their columns."""
    cells = [list(rows[0]), *([_said(value) for value in row.values()] for row in rows)]
    widths = [max(len(line[place]) for line in cells) for place in range(len(cells[0]))]
    for line in cells:
        print("  ".join(cell.rjust(width) for cell, width in zip(line, widths, strict=True)))


def _said(value: float | str) -> str:
    if isinstance(value, str):
        return value
    return f"{value:,.0f}" if value == int(value) or abs(value) >= 1_000 else f"{value:,.3g}"


def write(name: str, found: Mapping[str, object]) -> None:
    """Write what was found, with the machine, to ``benchmarks/results/NAME.json``."""
    RESULTS.mkdir(exist_ok=True)
    text = json.dumps({"machine": machine(), **found}, indent=2)
    (RESULTS / f"{name}.json").write_text(text + "\n", encoding="utf-8")


def peers(*packages: str) -> None:
    """Install packages for the peers where they are missing."""
    if not PYTHON.exists():
        subprocess.run([sys.executable, "-m", "venv", str(PEERS)], check=True)
    subprocess.run(
        [str(PYTHON), "-m", "pip", "install", "-q", "--disable-pip-version-check", *packages],
        check=True,
    )
