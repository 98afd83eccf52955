"""Days and moments as people write them."""

from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.alerts import days


@pytest.mark.parametrize(
    ("locale", "first", "later"),
    [
        ("en", "1 Dec 2026", "12 Feb 2027"),
        ("es-MX", "1 dic 2026", "12 feb 2027"),
        ("fr", "1er déc. 2026", "12 févr. 2027"),
        ("de", "1 Dec 2026", "12 Feb 2027"),
    ],
)
def test_a_day_is_written_in_the_readers_language(locale, first, later):
    """The French first of a month is an ordinal; a language we do not speak reads English."""
    assert days.day(date(2026, 12, 1), locale) == first
    assert days.day(date(2027, 2, 12), locale) == later
    assert days.month(date(2026, 12, 1), locale) == first.partition(" ")[2]


def test_a_moment_has_its_clock_and_its_zone():
    """In whatever zone it is handed in."""
    there = datetime(2026, 11, 22, 15, 15, tzinfo=UTC).astimezone(ZoneInfo("America/Toronto"))
    assert days.moment(there, "en") == "22 Nov 2026, 10:15 EST"


def test_days_in_a_text_of_ours_are_written_for_people():
    """Only what is a day: numbers of notices and impossible days stay."""
    said = "2026-12-01 (Gazette 2026-12-011); 2026-13-01; FR 2026-18839; 2026-12-08"
    told = "1 dic 2026 (Gazette 2026-12-011); 2026-13-01; FR 2026-18839; 8 dic 2026"
    assert days.spoken(said, "es") == told


@pytest.mark.parametrize("locale", ["en", "es", "fr"])
def test_every_day_is_read_as_it_is_written(locale: str) -> None:
    """Whoever copies a day from a message may give it to a command."""
    for number in range(366):
        on = date(2028, 1, 1) + timedelta(days=number)
        assert days.read(days.day(on, locale)) == on
        assert days.read(on.isoformat()) == on


@pytest.mark.parametrize(
    "text",
    [
        "Dec 1, 2026",
        "December 1st 2026",
        "1 de diciembre de 2026",
        "1º dic. 2026",
        " 1er décembre 2026 ",
    ],
)
def test_other_ways_to_write_a_day(text: str) -> None:
    """Months in full, the month first, the day as an ordinal."""
    assert days.read(text) == date(2026, 12, 1)


@pytest.mark.parametrize(
    "text", ["", "1/12/2026", "31 Feb 2026", "1 Dec", "tomorrow", "12 2026", "1 Foo 2026", "20261"]
)
def test_what_is_unclear_is_no_day(text: str) -> None:
    """Where a day might be two, or none at all, nobody guesses."""
    assert days.read(text) is None
