from datetime import date
from itertools import pairwise

import pytest

from bot.domain.reading import Lang
from bot.reading import dates
from bot.reading.date_spans import Grain
from bot.reading.even import even

TUESDAY = date(2026, 3, 10)


def days(text: str, published: date = TUESDAY, lang: Lang = Lang.EN) -> list[str]:
    return [
        span.date.isoformat() for span in dates.find(even(text), published=published, lang=lang)
    ]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on December 4, 2026.", "2026-12-04"),
        ("on Dec. 4, 2026", "2026-12-04"),
        ("the 4th of December 2026", "2026-12-04"),
        ("le 1er juillet 2027", "2027-07-01"),
        ("el 1º de julio de 2027", "2027-07-01"),
        ("primero de julio de 2027", "2027-07-01"),
        ("el 15 de enero del 2027", "2027-01-15"),
        ("2026-12-04", "2026-12-04"),
        ("12/04/2026", "2026-12-04"),
        ("Friday, December 4, 2026", "2026-12-04"),
    ],
)
def test_dates_with_a_year(text: str, expected: str) -> None:
    """A day written out in any of the languages is read as it stands."""
    assert days(text) == [expected]


def test_slashes_follow_the_language() -> None:
    """3/4/2026 is March in English, April in Spanish; a month above twelve turns it round."""
    assert days("3/4/2026") == ["2026-03-04"]
    assert days("3/4/2026", lang=Lang.ES) == ["2026-04-03"]
    assert days("23/4/26") == ["2026-04-23"]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on March 10", "2026-03-10"),
        ("on March 9", "2027-03-09"),
        ("el 9 de marzo", "2027-03-09"),
        ("last March 9", "2026-03-09"),
        ("el 9 de marzo pasado", "2026-03-09"),
        ("on February 29", "2028-02-29"),
    ],
)
def test_a_missing_year_is_the_next_occurrence(text: str, expected: str) -> None:
    """The day of publication itself counts as next; "last" turns to the one before."""
    assert days(text) == [expected]


@pytest.mark.parametrize(
    ("text", "first", "last"),
    [
        ("from December 8 through December 10, 2026", "2026-12-08", "2026-12-10"),
        ("on December 8-10, 2026", "2026-12-08", "2026-12-10"),
        ("del 1 al 30 de septiembre de 2026", "2026-09-01", "2026-09-30"),
        ("du 3 au 6 octobre", "2026-10-03", "2026-10-06"),
        ("from December 15 to January 10, 2027", "2026-12-15", "2027-01-10"),
    ],
)
def test_ranges(text: str, first: str, last: str) -> None:
    """Two joined days make one range, whose year may stand at its end only."""
    (span,) = dates.find(even(text), published=TUESDAY)
    assert span.until is not None
    assert (span.date.isoformat(), span.until.isoformat()) == (first, last)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("on Thursday", "2026-03-12"),
        ("on Tuesday", "2026-03-10"),
        ("next Tuesday", "2026-03-17"),
        ("el próximo martes", "2026-03-17"),
        ("mardi prochain", "2026-03-17"),
        ("last Thursday", "2026-03-05"),
        ("on New Year's Day", "2027-01-01"),
        ("antes de Navidad", "2026-12-25"),
    ],
)
def test_weekdays_and_holidays(text: str, expected: str) -> None:
    """A weekday is the next one, today included unless the text says next."""
    assert days(text) == [expected]


def test_months_alone() -> None:
    """A month without a day is a span of days, and only where a word leads up to it."""
    (span,) = dates.find("starting in april", published=TUESDAY)
    assert (span.grain, span.date, span.until) == (Grain.MONTH, date(2026, 4, 1), date(2026, 4, 30))
    assert days("they may march 10 percent") == []
    (past,) = dates.find("since last april", published=TUESDAY)
    assert (past.past, past.date) == (True, date(2025, 4, 1))


@pytest.mark.parametrize(
    "text", ["February 30, 2026", "31/31/2026", "2026-13-01", "call 514-555-0134", "$12.50"]
)
def test_no_dates(text: str) -> None:
    """Days that do not exist and other numbers give nothing."""
    assert days(text) == []


def test_the_ends_of_the_calendar() -> None:
    """Publication days at the ends of the calendar are answered."""
    for published in (date.min, date.max):
        found = dates.find("on march 9, next friday, in december, last monday", published=published)
        assert all(left.end <= right.start for left, right in pairwise(found))


def test_a_cheap_look_tells_texts_without_dates() -> None:
    """Most sentences are passed over before any date is looked for."""
    assert not dates.may_hold_dates("the ministers agreed")
    assert dates.may_hold_dates("by noel")


def test_a_written_day_stands_for_the_computed_one() -> None:
    """ "For six months, to May 15" and "in two weeks, on March 24" name one day each."""
    assert days("for another six months, to September 15, 2026") == ["2026-09-15"]
    assert days("in two weeks, on March 24") == ["2026-03-24"]
    assert "2026-04-15" in days("for 30 days until April 15")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("by Thanksgiving", ["2026-11-26"]),
        ("antes de Acción de Gracias", ["2026-11-26"]),
        ("until Labor Day", ["2026-09-07"]),
        ("by Memorial Day", ["2026-05-25"]),
        ("before Presidents' Day", ["2027-02-15"]),
        ("over the Labor Day weekend", []),
    ],
)
def test_holidays_that_move_are_found_in_their_year(text: str, expected: list[str]) -> None:
    """A holiday tied to a weekday falls on another day each year; its weekend is no day."""
    assert days(text) == expected


def test_a_weekday_belongs_to_the_date_beside_it() -> None:
    """What stands before the weekday is what binds the date."""
    (span,) = dates.find("a compter du lundi 30 novembre", published=TUESDAY, lang=Lang.FR)
    assert (span.start, span.date) == (13, date(2026, 11, 30))


def test_a_time_after_a_day_is_no_second_day() -> None:
    """ "Dec. 1, 5 p.m." is one day and a time."""
    (span,) = dates.find("dec. 1, 5 p.m. et", published=TUESDAY)
    assert (span.date, span.until) == (date(2026, 12, 1), None)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("starting next month", ["2026-04-01"]),
        ("a partir del próximo año", ["2027-01-01"]),
        ("à compter du mois prochain", ["2026-04-01"]),
        ("next month he spoke", []),
        ("two weeks from Thursday", ["2026-03-26"]),
        ("jeudi en huit", ["2026-03-19"]),
    ],
)
def test_what_begins_with_a_month_or_is_weeks_from_a_weekday(
    text: str, expected: list[str]
) -> None:
    """Months that follow begin on their first day only where something begins with them."""
    assert days(text) == expected
