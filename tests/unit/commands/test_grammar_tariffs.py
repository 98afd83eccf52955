"""What is asked of the tariff ledger."""

import datetime as dt

import pytest

from bot.commands.asked import Problem, Unclear
from bot.commands.asked_tariffs import Tariffs
from bot.commands.grammar import parse


@pytest.mark.parametrize(
    "text",
    [
        "tariffs autos on:2026-12-01",
        "tariffs autos on: 1 Dec 2026",
        "tariffs autos on:Dec 1, 2026",
        "aranceles autos el:1 de diciembre de 2026",
        "tariffs autos le:1er déc. 2026",
    ],
)
def test_a_day_may_be_written_as_messages_write_it(text: str) -> None:
    """The other words still narrow the ledger."""
    assert parse(text) == Tariffs(narrowed="autos", on=dt.date(2026, 12, 1))


def test_an_unclear_day_is_named() -> None:
    """The first of December or the twelfth of January: nobody guesses."""
    found = parse("tariffs autos on:1/12/2026")
    assert isinstance(found, Unclear)
    assert (found.problem, found.word) == (Problem.NO_DAY, "1/12/2026")
