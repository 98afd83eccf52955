from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.commands.asked import Settings, Subscribe, SubscribeForm, Unclear
from bot.commands.exchange import Field, FieldKind, Form, Option
from bot.commands.form import command_of
from bot.commands.grammar import parse
from bot.domain.destination import Level
from bot.domain.manners import Mention, MentionKind, PlaceAsk, Quiet, Rhythm, When
from bot.domain.reading import Lang


def field(name, kind=FieldKind.TEXT, *values):
    return Field(
        name=name,
        label=name,
        kind=kind,
        options=tuple(Option(value=value, label=value) for value in values),
    )


SUBSCRIBE = Form(
    verb="subscribe",
    title="Subscribe",
    submit="Subscribe",
    fields=(
        field("topics", FieldKind.MANY, "autos", "steel_aluminum"),
        field("level", FieldKind.ONE, "everything", "important"),
        field("when", FieldKind.ONE, "instant", "daily@08:00"),
        field("langs", FieldKind.MANY, "en", "es"),
        field("quiet"),
        field("mention"),
    ),
)


def test_a_filled_in_form_is_the_command_somebody_would_type():
    """Every field becomes an option that the grammar understands, quoted where it has blanks."""
    words = command_of(
        SUBSCRIBE,
        {
            "topics": ["autos", "steel_aluminum"],
            "level": ["important"],
            "when": ["daily@08:00"],
            "langs": ["en", "es"],
            "quiet": [" 22:00 - 07:00 "],
            "mention": ["<@U0123ABCD>"],
        },
    )
    assert words == (
        "subscribe autos steel_aluminum level:important when:daily@08:00 langs:en,es "
        'quiet:"22:00 - 07:00" mention:<@U0123ABCD>'
    )
    assert parse(words) == Subscribe(
        topics="autos steel_aluminum",
        level=Level.IMPORTANT,
        when=When(rhythm=Rhythm.DAILY, at=time(8)),
        langs=(Lang.EN, Lang.ES),
        mention=Mention(kind=MentionKind.USER, id="U0123ABCD"),
        place=PlaceAsk(quiet=Quiet(start=time(22), end=time(7))),
    )


def test_what_is_left_empty_is_not_said():
    """Fields without a value, or with blanks only, are left out of the command."""
    words = command_of(SUBSCRIBE, {"topics": ["autos"], "quiet": ["  "], "langs": []})
    assert words == "subscribe autos"
    assert parse(words) == Subscribe(topics="autos")
    assert parse(command_of(SUBSCRIBE, {})) == SubscribeForm()


@given(st.text(max_size=80), st.text(max_size=80))
def test_no_text_breaks_out_of_its_field(quiet, mention):
    """Whatever is written in a field, the command is a subscription to the topic, or refused."""
    words = command_of(SUBSCRIBE, {"topics": ["autos"], "quiet": [quiet], "mention": [mention]})
    assert "\n" not in words
    parsed = parse(words)
    assert isinstance(parsed, Subscribe | Unclear)
    assert isinstance(parsed, Unclear) or parsed.topics.startswith("autos")


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("settings", PlaceAsk()),
        (
            "settings zone:America/Mexico_City locale:es quiet:22:00-07:00 storm:10",
            PlaceAsk(
                zone="America/Mexico_City",
                locale="es",
                quiet=Quiet(start=time(22), end=time(7)),
                storm=10,
            ),
        ),
        ("settings mexico city", PlaceAsk(zone="America/Mexico_City")),
        (
            'ajustes zona:"mexico city" idioma:español',
            PlaceAsk(zone="America/Mexico_City", locale="es"),
        ),
        ("réglages rappels:7,1 heure:8h30", PlaceAsk(reminders=(7, 1), remind_at=time(8, 30))),
        (
            "settings quiet:off flash:through empty:say",
            PlaceAsk(no_quiet=True, flash_through=True, say_empty=True),
        ),
        ("settings reminders: 14, 7, 1", PlaceAsk(reminders=(14, 7, 1))),
        ("settings storm:off", PlaceAsk(storm=0)),
    ],
)
def test_settings_are_read(text, said):
    """Options of a place, in three languages, a zone also without its name."""
    assert parse(text) == Settings(said=said)


@pytest.mark.parametrize(
    ("text", "problem", "nearest"),
    [
        ("settings Torronto", "no_zone", ("America/Toronto",)),
        ("settings quiet:22:00-22:00", "quiet_endless", ()),
        ("settings quiet:25:00-07:00", "no_time", ("23:00",)),
        ("settings locale:de", "no_locale", ()),
        ("subscribe autos when:dayly@8", "no_when", ("daily@08:00",)),
        ("subscribe autos level:importnat", "no_level", ("important",)),
        ("subscribe autos quiet:7-7", "quiet_endless", ()),
    ],
)
def test_what_cannot_be_set_names_the_nearest(text, problem, nearest):
    """A typo is answered with the right spelling."""
    parsed = parse(text)
    assert isinstance(parsed, Unclear)
    assert (str(parsed.problem), parsed.nearest) == (problem, nearest)


@pytest.mark.parametrize(
    ("text", "query", "level"),
    [
        ("subscribe query: steel lang:es level:flash", "steel lang:es", Level.FLASH),
        (
            'subscribe query: "steel AND source:ledger" level:important',
            "steel AND source:ledger",
            Level.IMPORTANT,
        ),
        ('subscribe query: "quiet:no"', "quiet:no", None),
        ("subscribe query: steel source:x", "steel source:x", None),
    ],
)
def test_a_querys_own_fields_are_left_to_it(text, query, level):
    """Fields such as lang: and source: belong to the query, and so does what its quotes hold."""
    parsed = parse(text)
    assert isinstance(parsed, Subscribe)
    assert (parsed.query, parsed.level) == (query, level)
