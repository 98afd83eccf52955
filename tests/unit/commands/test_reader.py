from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.commands.reader import Reader
from bot.commands.words import words
from tests.fakes.topics import catalog

NOW = datetime(2026, 11, 20, 3, 30, tzinfo=UTC)


def reader(locale="en", zone="America/Toronto"):
    """Someone in Toronto, where it is still the evening of the 19th."""
    return Reader(words=words(locale), zone=ZoneInfo(zone), now=NOW, catalog=catalog())


def test_today_is_the_readers_day():
    """The day, and how far another one is, count from where the reader lives."""
    assert reader().today == date(2026, 11, 19)
    assert reader(zone="UTC").today == date(2026, 11, 20)
    assert reader().ahead(date(2026, 11, 20)) == "tomorrow"
    assert reader(zone="UTC").ahead(date(2026, 11, 20)) == "today"


@pytest.mark.parametrize(
    ("days", "said"),
    [
        (0, "today"),
        (1, "tomorrow"),
        (12, "in 12 days"),
        (-1, "yesterday"),
        (-3, "3 days ago"),
    ],
)
def test_days_ahead(days, said):
    """A day is told by its distance."""
    assert reader().ahead(date(2026, 11, 19) + timedelta(days=days)) == said


@pytest.mark.parametrize(
    ("past", "said"),
    [
        (timedelta(seconds=-5), "just now"),
        (timedelta(seconds=59), "just now"),
        (timedelta(minutes=5, seconds=59), "5 min ago"),
        (timedelta(hours=3), "3 h ago"),
        (timedelta(hours=30), "yesterday"),
        (timedelta(days=4), "4 days ago"),
    ],
)
def test_age(past, said):
    """What happened is told by its age, in the coarsest unit that fits."""
    assert reader().age(NOW - past) == said


@pytest.mark.parametrize(
    ("left", "said"),
    [
        (timedelta(0), "now"),
        (timedelta(seconds=1), "in 1 min"),
        (timedelta(minutes=30), "in 30 min"),
        (timedelta(hours=2, minutes=1), "in 3 h"),
        (timedelta(days=1), "tomorrow"),
        (timedelta(days=3), "in 3 days"),
    ],
)
def test_until(left, said):
    """What is to come is told by how long it is still away, never too short."""
    assert reader().until(NOW + left) == said


def test_dates_are_written_as_in_the_readers_language():
    """A day and a moment carry the month's name and the reader's zone."""
    december = date(2026, 12, 1)
    assert reader("en").day(december) == "1 Dec 2026"
    assert reader("es").day(december) == "1 dic 2026"
    assert reader("fr").day(december) == "1er déc. 2026"
    assert reader().moment(NOW) == "19 Nov 2026, 22:30 EST"


def test_topics_are_named_in_the_readers_language():
    """Topics show their label; one that left the configuration its id."""
    assert reader("es").topics(["customs", "gone"]) == "Aduanas, gone"
