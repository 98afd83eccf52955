"""The lexicon tells which alternations may match, and never leaves one out that does."""

import json
from pathlib import Path

import pytest

from bot.reading import (
    deadline_cues,
    deadline_past,
    deadline_subjects,
    deadline_vetoes,
    tariff_words,
)
from bot.reading.alternation import Words
from bot.reading.even import even
from bot.reading.lexicon import Cues, Lexicon, openings

EVAL = Path("tests/data/eval")
CUES = (
    *deadline_subjects.SUBJECTS.values(),
    *deadline_cues.RELATIONS.values(),
    deadline_past.PAST,
    deadline_past.REPORTED,
    deadline_vetoes.VETO,
    deadline_vetoes.FIGURES,
    tariff_words.TARIFF,
    tariff_words.NOT_A_TARIFF,
)


@pytest.mark.parametrize(
    ("pattern", "found"),
    [
        (r"\b(?:starts?|ends)\b", {"start ", "starts ", "ends "}),
        (r"\b(?:dut(?:y|ies))", {"duty", "duties"}),
        (r"\b(?:(?:a|ont)\spris)", {"a pris", "ont pris"}),
        (r"\b(?:(?<!jury\s)duty)", {"duty"}),
        (r"\b(?:re(?:al)?\swages)", {"real wages", "re wages"}),
        (r"\b(?:\w+ra)", {""}),
        (r"\b(?:colou?r)", {"color", "colour"}),
        (r"\b(?:re-?enter\w*)", {"re-enter", "reenter"}),
        (r"\b(?:que(?<=%\sque)\s(?:ottawa|washington))", {"que ottawa", "que washington"}),
        (r"\b(?:an\b(?=\sold)|march)\s", {"an ", "march"}),
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
    assert set(lexicon.present("the tax stays").places) == {tax}
    assert set(lexicon.present("a surtax that depends").places) == set()
    assert set(lexicon.present("levy ends").places) == {tax, end}
    assert set(lexicon.present("").places) == set()


def test_nothing_that_matches_is_left_out() -> None:
    """Over all labelled sentences, whatever matches is present."""
    lexicon = Lexicon(*CUES)
    for name in ("deadlines.jsonl", "tariffs.jsonl"):
        for line in (EVAL / name).read_text(encoding="utf-8").splitlines():
            text = even(json.loads(line)["text"])
            here = lexicon.present(text)
            assert not [cue for cue in CUES if cue not in here and cue.search(text)], text


def test_places_find_what_a_search_finds() -> None:
    """Over all labelled sentences, trying the known places gives the matches of a whole search."""
    lexicon = Lexicon(*CUES)
    for name in ("deadlines.jsonl", "tariffs.jsonl"):
        for line in (EVAL / name).read_text(encoding="utf-8").splitlines():
            text = even(json.loads(line)["text"])
            cues = lexicon.present(text)
            for cue in CUES:
                found = [match.span() for match in cues.finditer(cue, text)]
                assert found == [match.span() for match in cue.finditer(text)], (cue.pattern, text)
                first = cues.search(cue, text)
                assert (first and first.span()) == (found[0] if found else None)


def test_a_part_of_a_sentence() -> None:
    """Of the places only those inside the part are tried, counted from where it begins."""
    end = Words(r"\b(?:ends?|ending)\b")
    text = "it ends here and may end there"
    cues = Lexicon(end).present(text)
    part = text[12:]
    match = cues.search(end, part, 12)
    assert match is not None
    assert part[match.start() :] == "end there"
    assert cues.search(end, text[:5], 25) is None
    assert [found.group() for found in cues.finditer(end, text)] == ["ends", "end"]


def test_parts_of_a_text() -> None:
    """Each part of a text gets the cues that begin in it, at places of its own."""
    tax, end = Words(r"\b(?:tax|levy)"), Words(r"\b(?:ends?\b)")
    text = "the tax stays. it ends"
    first, second = map(Cues, Lexicon(tax, end).spread(text, [0, 15], [14, 22]))
    assert (set(first.places), set(second.places)) == ({tax}, {end})
    assert second.places[end] == [3]
    assert first.any(frozenset({tax, end}))
    assert not first.any(frozenset({end}))


def test_an_alternation_that_begins_anywhere_is_searched() -> None:
    """Where no letters open a match, the alternation is always present and searched as it is."""
    future = Words(r"\b(?:\w+ra)\b")
    cues = Lexicon(future).present("el pago subira")
    assert future in cues
    match = cues.search(future, "el pago subira")
    assert match is not None
    assert match.group() == "subira"
    assert [found.group() for found in cues.finditer(future, "subira")] == ["subira"]
