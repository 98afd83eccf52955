from collections.abc import Iterator
from typing import Any

from typer.main import get_command

from bot.cli import build

NARROW = 80
"""Columns of a terminal; two of them are kept as a margin."""


def lines(group: Any, path: str = "usmca-bot") -> Iterator[tuple[str, str]]:
    """Each command with the line that the help of its group shows of it."""
    room = NARROW - 2 - 6 - max(map(len, group.commands))
    for name, command in group.commands.items():
        yield f"{path} {name}", command.get_short_help_str(room)
        if hasattr(command, "commands"):
            yield from lines(command, f"{path} {name}")


def test_no_line_of_the_help_breaks_off() -> None:
    """The first sentence of each command fits a line; what more is to say stands in its own help."""
    shown = dict(lines(get_command(build())))
    assert len(shown) > 40
    assert [f"{name}: {line}" for name, line in shown.items() if line.endswith("...")] == []
