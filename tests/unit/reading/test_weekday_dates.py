from datetime import date

import pytest

from bot.reading import weekday_dates
from bot.reading.even import even

PUBLISHED = date(2026, 7, 28)
"""A Tuesday."""


def days_of(text):
    told = even(text)
    names = [match.start() for match in weekday_dates.NAMES.finditer(told)]
    return [*weekday_dates.find(told, PUBLISHED, names), *weekday_dates.numbered(told, PUBLISHED)]


@pytest.mark.parametrize(
    ("text", "day"),
    [
        ("on the first Monday in August", date(2026, 8, 3)),
        ("el primer lunes de agosto", date(2026, 8, 3)),
        ("le deuxième lundi de septembre", date(2026, 9, 14)),
        ("the last Friday of November 2026", date(2026, 11, 27)),
        ("the third Thursday of January", date(2027, 1, 21)),
        ("el segundo martes del próximo mes", date(2026, 8, 11)),
        ("el lunes 3 cierra la ventanilla", date(2026, 8, 3)),
        ("Monday the 3rd", date(2026, 8, 3)),
        ("le vendredi 31, à midi", date(2026, 7, 31)),
        ("the day after tomorrow", date(2026, 7, 30)),
        ("pasado mañana", date(2026, 7, 30)),
        ("après-demain", date(2026, 7, 30)),
        ("the thirtieth day following the date of this proclamation", date(2026, 8, 27)),
        ("le trentième jour suivant la date de sa publication", date(2026, 8, 27)),
        ("el trigésimo día siguiente a la fecha de su publicación", date(2026, 8, 27)),
    ],
)
def test_days_are_worked_out_from_the_day_of_publication(text, day):
    """An ordinal weekday, a weekday with its number, a day after the publication."""
    assert [found for _, _, found in days_of(text)] == [day]


@pytest.mark.parametrize(
    "text",
    [
        "Monday 12% of them",
        "Tuesday 5 September",
        "el lunes 5 de octubre",
        "el lunes 12 buques esperaban",
        "lundi 8 heures",
        "the fifth Monday of February 2027",
        "Wednesday the 3rd",
    ],
)
def test_what_is_no_such_day_gives_none(text):
    """A full date is read elsewhere; a number that is no day, and a day that falls otherwise, are none."""
    assert days_of(text) == []


def test_the_same_month_is_that_of_the_day_before():
    """The first day that the sentence writes out gives the month."""
    text = even("la audiencia del 22 de octubre; registro a más tardar el día 8 de ese mismo mes")
    found = list(weekday_dates.numbered(text, PUBLISHED, [date(2026, 10, 22)]))
    assert [day for _, _, day in found] == [date(2026, 10, 8)]
    assert list(weekday_dates.numbered(text, PUBLISHED)) == []
