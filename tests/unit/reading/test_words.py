from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.reading import calendar, numerals
from bot.reading.alternation import Names, Words, branches, expanded, grouped
from bot.reading.even import even


@given(st.text())
def test_even_keeps_every_place(text: str) -> None:
    """The folded text is as long as the given one, whatever it holds."""
    assert len(even(text)) == len(text)


def test_even_folds_accents_case_dashes_and_spaces() -> None:
    """What a reader sees as the same becomes the same."""
    assert even("Día\u00a0“T‑MEC” À L’ÉTÉ") == 'dia "t-mec" a l\'ete'
    assert even("İstanbul") == "İstanbul"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("fifteen", 15),
        ("forty-five", 45),
        ("one hundred and twenty", 120),
        ("treinta y cinco", 35),
        ("ciento ochenta", 180),
        ("quatre-vingt-dix", 90),
        ("quatre-vingts", 80),
        ("soixante-quinze", 75),
        ("cent vingt", 120),
        ("cien", 100),
    ],
)
def test_numbers_in_words(text: str, value: int) -> None:
    """Numbers in words are worth what they say in each language."""
    assert numerals.words(text) == value


def test_counts() -> None:
    """A count is digits, words, words with digits beside them, or an article."""
    assert [numerals.count(text) for text in ("30", "thirty (30)", "a", "six")] == [30, 30, 1, 6]


def test_calendar_arithmetic() -> None:
    """Business days skip weekends, months are cut to their length, the ends give None."""
    friday = date(2026, 10, 9)
    assert calendar.add_business_days(friday, 1) == date(2026, 10, 12)
    assert calendar.add_business_days(date.max, 3) is None
    assert calendar.add_months(date(2026, 1, 31), 1) == date(2026, 2, 28)
    assert calendar.add_months(date.max, 1) is None
    assert calendar.add_days(date.max, 1) is None
    assert calendar.quarter_end(2026, 1) == date(2026, 3, 31)
    assert calendar.last_occurrence(2, 29, date(2027, 1, 1)) == date(2024, 2, 29)
    assert calendar.next_occurrence(2, 30, friday) is None
    assert calendar.last_occurrence(2, 30, friday) is None


def test_alternations_find_what_plain_ones_do() -> None:
    """Grouping by first letter and writing out groups changes no match."""
    words = Words(r"\b(?:(?:white\s|donald\s)?trump|tariffs?|a+b|[xy]z|taxes)\b")
    text = "white trump tariff aab yz taxes xylophone"
    assert [match.group() for match in words.finditer(text)] == [
        "white trump",
        "tariff",
        "aab",
        "yz",
        "taxes",
    ]
    assert words.search("no such word") is None


def test_branches_respect_brackets_and_escapes() -> None:
    """Bars inside groups, sets and escapes do not split."""
    assert branches(r"a(?:b|c)|d[|)]e|f\|g") == ["a(?:b|c)", "d[|)]e", r"f\|g"]
    assert expanded("(?:a|b)?c") == ["ac", "bc", "c"]
    assert expanded("(?:a|b)+c") == ["(?:a|b)+c"]
    assert grouped(["ab", "ac", "d?e"]) == "a(?:b|c)|d?e"


def test_an_open_group_is_refused() -> None:
    """A pattern whose first group is never closed is a mistake that is named."""
    with pytest.raises(ValueError, match="never closed"):
        Words(r"\b(?:a|b").search("a")


def test_names_tell_which_rule_matched() -> None:
    """The first name whose match is as long is meant."""
    names = Names({"long": "auto\\sparts", "short": "autos?", "same": "autos"})
    assert [name for _, _, name in names.find("auto parts and autos")] == ["long", "short"]
