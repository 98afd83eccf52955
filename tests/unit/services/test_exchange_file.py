from datetime import UTC, datetime

import pytest

from bot.domain.destination import Destination, Grouping, Level, PlatformName, Subscription, Wish
from bot.errors import InvalidInputError
from bot.services import addresses
from bot.services.exchange_file import from_rows, to_rows
from tests.fakes.topics import catalog


def held(to, **wish):
    """A destination with one subscription."""
    place = Destination(id=1, address=addresses.parse(to), zone="America/Toronto", locale="fr")
    at = datetime(2026, 11, 20, tzinfo=UTC)
    return place, Subscription(id=1, destination_id=1, wish=Wish(**wish), created_at=at)


def test_what_is_written_is_read_back():
    """Rows written by one bot give the same places and wishes to another."""
    listed = [
        held("slack:T1/C1", topic="autos", level=Level.FLASH),
        held("console", query="steel AND canada", group=Grouping.ENTRY),
    ]
    rows = to_rows(listed)
    assert rows[0] == {
        "to": "slack:T1/C1",
        "topic": "autos",
        "level": "flash",
        "group": "story",
        "zone": "America/Toronto",
        "locale": "fr",
    }
    read = from_rows(rows, catalog())
    assert [row.address for row in read] == [place.address for place, _ in listed]
    assert [row.wish for row in read] == [each.wish for _, each in listed]
    assert {(row.zone, row.locale) for row in read} == {("America/Toronto", "fr")}


def test_only_a_place_and_a_wish_are_needed():
    """Level, grouping, zone and language may be left out."""
    (row,) = from_rows([{"to": "discord:111", "topic": "dairy"}], catalog())
    assert row.address.platform is PlatformName.DISCORD
    assert row.wish == Wish(topic="dairy")
    assert (row.zone, row.locale) == (None, None)


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        ("slack:C1", "not a mapping"),
        ({"topic": "autos"}, "`to` is missing"),
        ({"to": "slack:C1"}, "a `topic` or a `query`"),
        ({"to": "slack:C1", "topic": "autos", "query": "x"}, "a `topic` or a `query`"),
        ({"to": "slack:C1", "topic": "autos", "color": "red"}, "'color' is no key"),
        ({"to": "slack:C1", "topic": 7}, "'topic' must be text"),
        ({"to": "teams:C1", "topic": "autos"}, "names no platform"),
        ({"to": "slack:C1", "topic": "atuos"}, "no topic 'atuos'"),
        ({"to": "slack:C1", "query": "steel AND ("}, "cannot be followed at character"),
        ({"to": "slack:C1", "topic": "autos", "level": "loud"}, "'level' is one of everything"),
        ({"to": "slack:C1", "topic": "autos", "group": "heap"}, "'group' is one of story"),
        ({"to": "slack:C1", "topic": "autos", "zone": "Mars/Base"}, "no time zone 'Mars/Base'"),
        ({"to": "slack:C1", "topic": "autos", "zone": "../etc"}, "no time zone"),
        ({"to": "slack:C1", "topic": "autos", "locale": "de"}, "'locale' is one of en, es, fr"),
    ],
)
def test_a_row_that_cannot_be_is_named(row, problem):
    """The refusal names the row and says what is wrong with it."""
    rows = [{"to": "console", "topic": "autos"}, row]
    with pytest.raises(InvalidInputError, match=f"row 2: .*{problem}"):
        from_rows(rows, catalog())


def test_all_bad_rows_are_named_at_once():
    """A file with many mistakes is answered with the first twenty, and how many are left."""
    with pytest.raises(InvalidInputError) as refused:
        from_rows([{"to": "x"}] * 25, catalog())
    lines = str(refused.value).splitlines()
    assert lines[0].startswith("row 1:")
    assert len(lines) == 21
    assert lines[-1] == "and 5 more rows"


def test_a_file_that_is_no_list_is_refused():
    """A mapping, or nothing at all, is no file of subscriptions."""
    for rows in ({}, None, "text"):
        with pytest.raises(InvalidInputError, match="is a list"):
            from_rows(rows, catalog())
