from dataclasses import replace
from datetime import UTC, datetime, time

import pytest

from bot.domain.destination import Destination, Grouping, Level, PlatformName, Subscription, Wish
from bot.domain.manners import Manners, Mention, MentionKind, Quiet, Rhythm, When
from bot.domain.reading import Lang
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
        "when": "instant",
        "langs": "any",
        "sources": "1",
        "mention": "off",
        "zone": "America/Toronto",
        "locale": "fr",
    }
    read = from_rows(rows, catalog())
    assert [row.address for row in read] == [place.address for place, _ in listed]
    assert [row.ask.new for row in read] == [each.wish for _, each in listed]
    assert {(row.place.zone, row.place.locale) for row in read} == {("America/Toronto", "fr")}


def test_every_option_and_setting_is_read_back():
    """Rhythm, languages, sources, mention and all of a place's manners come back as they were."""
    manners = Manners(
        quiet=Quiet(start=time(22), end=time(7)),
        flash_through=True,
        storm=0,
        reminders=(7, 0),
        remind_at=time(8, 30),
        say_empty=True,
    )
    place, each = held(
        "slack:T1/C1",
        topic="autos",
        when=When(rhythm=Rhythm.WEEKLY, at=time(8), day=4),
        langs=(Lang.ES, Lang.FR),
        sources=2,
        mention=Mention(kind=MentionKind.ROLE, id="S1"),
    )
    place = replace(place, manners=manners)
    subscription, settings = from_rows(to_rows([(place, each)]), catalog())
    assert subscription.ask.new == each.wish
    assert settings.ask is None
    assert settings.place.onto(Manners()) == manners
    assert settings.place.onto(Manners(quiet=None, storm=3)) == manners
    assert subscription.ask.onto(Wish(topic="autos")) == each.wish
    quiet_again = to_rows([(replace(place, manners=Manners(storm=3)), each)])
    assert from_rows(quiet_again, catalog())[1].place.onto(manners) == Manners(storm=3)


def test_numbers_lists_and_truths_are_read_as_words():
    """YAML people write themselves need no quotes around options."""
    (row,) = from_rows(
        [{"to": "console", "topic": "autos", "sources": 2, "langs": ["en", "es"], "empty": True}],
        catalog(),
    )
    assert row.ask.new == Wish(topic="autos", sources=2, langs=(Lang.EN, Lang.ES))
    assert row.place.say_empty is True
    (row,) = from_rows([{"to": "console", "reminders": [7, 1], "storm": 10}], catalog())
    assert (row.ask, row.place.reminders, row.place.storm) == (None, (7, 1), 10)


def test_only_a_place_and_a_wish_are_needed():
    """Level, grouping, zone and language may be left out."""
    (row,) = from_rows([{"to": "discord:111", "topic": "dairy"}], catalog())
    assert row.address.platform is PlatformName.DISCORD
    assert row.ask.new == Wish(topic="dairy")
    assert (row.place.zone, row.place.locale) == (None, None)


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
        ({"to": "slack:C1", "topic": "autos", "level": "loud"}, "“loud” is no level"),
        ({"to": "slack:C1", "topic": "autos", "group": "heap"}, "“heap” is no grouping"),
        ({"to": "slack:C1", "topic": "autos", "zone": "Mars/Base"}, "no time zone “Mars/Base”"),
        ({"to": "slack:C1", "topic": "autos", "zone": "../etc"}, "no time zone"),
        ({"to": "slack:C1", "topic": "autos", "when": "dayly"}, "“dayly” is no time to be told"),
        ({"to": "slack:C1", "topic": "autos", "quiet": "7-7"}, "start and end at the same time"),
        ({"to": "slack:C1", "topic": "autos", "sources": 0}, "“0” is no number of sources"),
        ({"to": "slack:C1", "level": "flash", "zone": "UTC"}, "a `topic` or a `query`"),
        (
            {"to": "slack:C1", "topic": "autos", "group": "entry", "sources": 2},
            "counts the sources of a story",
        ),
        ({"to": "slack:C1", "topic": "autos", "locale": "de"}, "“de” is no language I speak"),
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
