import re
from collections.abc import Iterator
from typing import Any

from typer.main import get_command

from bot.cli import build
from bot.commands.said import OF_PLACE, OF_WISH

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


def options(group: Any, path: str = "usmca-bot") -> Iterator[tuple[str, str]]:
    """Each option with what its help shows for its value."""
    for name, command in group.commands.items():
        if hasattr(command, "commands"):
            yield from options(command, f"{path} {name}")
            continue
        with command.make_context(name, [], resilient_parsing=True) as context:
            for each in command.params:
                if each.param_type_name == "option":
                    yield f"{path} {name}", each.get_help_record(context)[0]


def test_an_option_names_what_it_takes() -> None:
    """TOPIC or one of a few words, never a type of Python such as <str>."""
    shown = list(options(get_command(build())))
    assert len(shown) > 80
    assert [each for each in shown if re.search(r"<[^|>]*>", each[1])] == []


def test_what_a_place_can_be_told_in_a_channel_can_be_said_in_the_terminal() -> None:
    """Each setting of a wish or of a place is an option of `subscriptions add`."""
    add = get_command(build()).commands["subscriptions"].commands["add"]
    assert {*OF_WISH, *OF_PLACE} <= {each.name for each in add.params}
