"""The lexicon tells which alternations may match, and never leaves one out that does."""

import json
from pathlib import Path

import pytest

from bot.reading import actions, deadline_cues
from bot.reading.alternation import Words
from bot.reading.even import even
from bot.reading.lexicon import Lexicon, openings

EVAL = Path("tests/data/eval")
CUES = (
    *deadline_cues.SUBJECTS.values(),
    *deadline_cues.RELATIONS.values(),
    deadline_cues.PAST,
    deadline_cues.REPORTED,
    deadline_cues.VETO,
    deadline_cues.FIGURES,
    actions.TARIFF,
    actions.NOT_A_TARIFF,
)


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        (r"\b(?:starts?|ends)\b", {"start", "ends"}),
        (r"\b(?:dut(?:y|ies))", {"duty", "duties"}),
        (r"\b(?:(?:a|ont)\spris)", {"a pris", "ont pris"}),
        (r"\b(?:(?<!jury\s)duty)", {"duty"}),
        (r"\b(?:re(?:al)?\swages)", {"real wages", "re wages"}),
        (r"\b(?:\w+ra)", {""}),
        (r"\b(?:colou?r)", {"colo"}),
    ],
)
def test_openings(pattern: str, found: set[str]) -> None:
    """The plain letters that open a match, groups written out, what is only looked at left out."""
    assert openings(pattern) == found


def test_a_digit_opens_with_any_digit() -> None:
    """A branch that begins with a digit may begin with each of the ten."""
    assert openings(r"\b(?:\d{4}-\d)") == set("0123456789")


def test_present() -> None:
    """Only alternations whose opening stands at the beginning of a word are present."""
    tax, end = Words(r"\b(?:tax|levy)"), Words(r"\b(?:ends?\b)")
    lexicon = Lexicon(tax, end)
    assert lexicon.present("the tax stays") == {tax}
    assert lexicon.present("a surtax that depends") == set()
    assert lexicon.present("levy ends") == {tax, end}
    assert lexicon.present("") == set()


def test_nothing_that_matches_is_left_out() -> None:
    """Over all labelled sentences, whatever matches is present."""
    lexicon = Lexicon(*CUES)
    for name in ("deadlines.jsonl", "tariffs.jsonl"):
        for line in (EVAL / name).read_text(encoding="utf-8").splitlines():
            text = even(json.loads(line)["text"])
            here = lexicon.present(text)
            assert not [cue for cue in CUES if cue not in here and cue.search(text)], text
