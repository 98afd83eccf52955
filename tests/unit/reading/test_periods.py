"""Quarters and half years by their number, and ordinals in words."""

from datetime import date

import pytest

from bot.domain.reading import Lang
from bot.reading import dates
from bot.reading.ordinals import ORDINALS

DAY = date(2026, 11, 16)


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("the first day of the second quarter of 2027", date(2027, 4, 1)),
        ("the end of q1", date(2027, 3, 31)),
        ("the close of the fourth quarter", date(2026, 12, 31)),
        ("the end of the first half of next year", date(2027, 6, 30)),
        ("the beginning of h2 2027", date(2027, 7, 1)),
        ("al termino del primer semestre de 2027", date(2027, 6, 30)),
        ("el cierre del segundo cuatrimestre de 2027", date(2027, 8, 31)),
        ("el inicio del ultimo trimestre de 2027", date(2027, 10, 1)),
        ("la fin du deuxieme trimestre 2027", date(2027, 6, 30)),
        ("le premier jour du second semestre de 2027", date(2027, 7, 1)),
        ("the first day of the second month following its publication", date(2027, 1, 1)),
        ("le premier jour du deuxieme mois suivant.", date(2027, 1, 1)),
    ],
)
def test_the_edges_of_parts_of_a_year(text: str, day: date) -> None:
    """Without a year the next one is meant."""
    assert [span.date for span in dates.find(text, published=DAY)] == [day]


@pytest.mark.parametrize(
    "text",
    [
        "the end of the third quarter",
        "the end of the fifth quarter",
        "the first day of the third month after ratification",
    ],
)
def test_a_part_that_just_ended_or_never_comes_is_no_day_ahead(text: str) -> None:
    """Half a year on, "by the end of the third quarter" tells of what was."""
    assert dates.find(text, published=DAY) == ()


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("the fifteenth of february 2027", date(2027, 2, 15)),
        ("the twenty-first day of march", date(2027, 3, 21)),
        ("le quinze fevrier 2027", date(2027, 2, 15)),
        ("quince de febrero de 2027", date(2027, 2, 15)),
        ("the third day following publication of this notice", date(2026, 11, 19)),
        ("el quinto dia habil siguiente al de su publicacion", date(2026, 11, 23)),
        ("le troisieme jour ouvrable suivant sa publication", date(2026, 11, 19)),
    ],
)
def test_days_in_words(text: str, day: date) -> None:
    """Ordinals before a month, and days counted from a publication."""
    assert [span.date for span in dates.find(text, published=DAY, lang=Lang.EN)] == [day]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("the day before christmas", date(2026, 12, 24)),
        ("la vispera de ano nuevo", date(2026, 12, 31)),
        ("la veille de noel", date(2026, 12, 24)),
        ("the day after thanksgiving", date(2026, 11, 27)),
        ("le lendemain de noel", date(2026, 12, 26)),
        ("the week after thanksgiving", None),
        ("la semana posterior a navidad", None),
        ("in the twelve months through september", None),
    ],
)
def test_days_beside_a_holiday(text: str, day: date | None) -> None:
    """Eves and the days after have a date; the week after has none, nor has a period of figures."""
    assert [span.date for span in dates.find(text, published=DAY)] == ([day] if day else [])


def test_an_ordinal_has_one_value() -> None:
    """Words that two languages share mean the same in both."""
    assert (ORDINALS["second"], ORDINALS["decimo"], ORDINALS["vingtieme"]) == (2, 10, 20)
