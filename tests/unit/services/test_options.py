from datetime import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.destination import Grouping, Level
from bot.domain.manners import INSTANT, Mention, MentionKind, Quiet, Rhythm, When
from bot.domain.reading import Lang
from bot.services import options
from bot.services.options import OptionError, OptionProblem
from bot.storage.subscriptions import to_mention, to_when


def daily(hour, minute=0):
    return When(rhythm=Rhythm.DAILY, at=time(hour, minute))


def weekly(day, hour, minute=0):
    return When(rhythm=Rhythm.WEEKLY, at=time(hour, minute), day=day)


@pytest.mark.parametrize(
    ("said", "when"),
    [
        ("instant", INSTANT),
        ("instantáneo", INSTANT),
        ("hourly", When(rhythm=Rhythm.HOURLY)),
        ("daily", daily(8)),
        ("daily@08:00", daily(8)),
        ("Daily at 8 pm", daily(20)),
        ("diario@8:30", daily(8, 30)),
        ("quotidien@8h30", daily(8, 30)),
        ("weekly", weekly(0, 8)),
        ("weekly:fri", weekly(4, 8)),
        ("weekly:mon@08:00", weekly(0, 8)),
        ("semanal:miércoles@9", weekly(2, 9)),
        ("hebdo:dim@7h30", weekly(6, 7, 30)),
    ],
)
def test_rhythms_are_understood(said, when):
    """In three languages, with or without a time and a day."""
    assert options.when(said) == when


@pytest.mark.parametrize(
    ("said", "problem", "nearest"),
    [
        ("", OptionProblem.NO_WHEN, ()),
        ("dayly@8", OptionProblem.NO_WHEN, ("daily@08:00",)),
        ("weekly:xyz", OptionProblem.NO_WHEN, ("weekly:mon@08:00",)),
        ("daily:mon", OptionProblem.NO_WHEN, ("daily@08:00",)),
        ("hourly@3", OptionProblem.NO_WHEN, ("hourly",)),
        ("daily@25:00", OptionProblem.NO_TIME, ("23:00",)),
        ("daily@24:00", OptionProblem.NO_TIME, ("00:00",)),
        ("daily@8:75", OptionProblem.NO_TIME, ("08:59",)),
        ("daily@noon", OptionProblem.NO_TIME, ()),
    ],
)
def test_an_impossible_rhythm_names_the_nearest(said, problem, nearest):
    """The refusal says what is wrong and which right spelling comes nearest."""
    with pytest.raises(OptionError) as refused:
        options.when(said)
    assert (refused.value.problem, refused.value.nearest) == (problem, nearest)
    for right in nearest:
        assert right in str(refused.value)


@given(st.builds(weekly, st.integers(0, 6), st.integers(0, 23), st.integers(0, 59)))
def test_a_rhythm_is_written_as_it_is_read(when):
    """Its text brings it back, from a person and from the store."""
    assert options.when(str(when)) == when
    assert to_when(str(when)) == when


@pytest.mark.parametrize(
    ("said", "quiet"),
    [
        ("22:00-07:00", Quiet(start=time(22), end=time(7))),
        ("22:00 - 07:00", Quiet(start=time(22), end=time(7))),
        ("10pm-7am", Quiet(start=time(22), end=time(7))),
        ("22h–7h", Quiet(start=time(22), end=time(7))),
        ("12:00 to 13:30", Quiet(start=time(12), end=time(13, 30))),
        ("off", None),
        ("ninguno", None),
    ],
)
def test_quiet_hours_are_understood(said, quiet):
    """Two times, over midnight or not, or none."""
    assert options.quiet(said) == quiet


@pytest.mark.parametrize(
    ("said", "problem"),
    [
        ("22:00", OptionProblem.NO_QUIET),
        ("22-7-9", OptionProblem.NO_QUIET),
        ("22:00-22:00", OptionProblem.QUIET_ENDLESS),
        ("25:00-7:00", OptionProblem.NO_TIME),
    ],
)
def test_impossible_quiet_hours_are_refused(said, problem):
    """Equal start and end would never end."""
    with pytest.raises(OptionError) as refused:
        options.quiet(said)
    assert refused.value.problem is problem


@pytest.mark.parametrize(
    ("said", "zone"),
    [
        ("America/Mexico_City", "America/Mexico_City"),
        ("america/mexico_city", "America/Mexico_City"),
        ("mexico city", "America/Mexico_City"),
        ("Toronto", "America/Toronto"),
        ("utc", "UTC"),
    ],
)
def test_zones_are_understood_by_name_and_city(said, zone):
    """In any case, with blanks for underscores."""
    assert options.zone(said) == zone


@pytest.mark.parametrize(
    ("said", "nearest"),
    [
        ("America/Mexiko_City", "America/Mexico_City"),
        ("Torronto", "America/Toronto"),
        ("amercia/toronto", "America/Toronto"),
        ("Mars/Base", None),
        ("../etc/passwd", None),
        ("", None),
    ],
)
def test_an_unknown_zone_names_the_nearest(said, nearest):
    """A typo gets the right spelling; nothing is looked for on the disk."""
    with pytest.raises(OptionError) as refused:
        options.zone(said)
    assert (refused.value.nearest[0] if refused.value.nearest else None) == nearest


@pytest.mark.parametrize(
    ("said", "mention"),
    [
        ("<@U123ABC>", Mention(kind=MentionKind.USER, id="U123ABC")),
        ("<@U123ABC|ana>", Mention(kind=MentionKind.USER, id="U123ABC")),
        ("<@!999>", Mention(kind=MentionKind.USER, id="999")),
        ("<@&456>", Mention(kind=MentionKind.ROLE, id="456")),
        ("<!subteam^S12|@desk>", Mention(kind=MentionKind.ROLE, id="S12")),
        ("@role:456", Mention(kind=MentionKind.ROLE, id="456")),
        ("@U0123ABCD", Mention(kind=MentionKind.USER, id="U0123ABCD")),
        ("123456789012345678", Mention(kind=MentionKind.USER, id="123456789012345678")),
        ("@here", Mention(kind=MentionKind.HERE)),
        ("<!here>", Mention(kind=MentionKind.HERE)),
        ("off", None),
    ],
)
def test_mentions_are_understood(said, mention):
    """As Slack and Discord write them, and as a person can."""
    assert options.mention(said) == mention
    assert mention is None or options.mention(str(mention)) == mention
    assert to_mention(None if mention is None else str(mention)) == mention


@pytest.mark.parametrize("said", ["@bob", "everyone", "@channel", "<!everyone>", "<@U1> <@U2>"])
def test_nobody_else_is_mentioned(said):
    """Names the platform did not resolve, and everybody at once, are refused."""
    with pytest.raises(OptionError, match="user:ID"):
        options.mention(said)


def test_the_small_options():
    """Levels, groupings, languages, sources, storm, reminders and switches in three languages."""
    assert options.level("Importante") is Level.IMPORTANT
    assert options.group("entrée") is Grouping.ENTRY
    assert options.langs("en,español") == (Lang.EN, Lang.ES)
    assert options.langs("any") == ()
    assert options.sources("3") == 3
    assert (options.storm("off"), options.storm("10")) == (0, 10)
    assert options.reminders("1, 7,14,7") == (14, 7, 1)
    assert options.reminders("off") == ()
    assert (options.switch("sí"), options.switch("hold")) == (True, False)
    assert options.locale("français") == "fr"


@pytest.mark.parametrize(
    ("read", "said", "problem"),
    [
        (options.level, "loud", OptionProblem.NO_LEVEL),
        (options.group, "heap", OptionProblem.NO_GROUP),
        (options.langs, "de", OptionProblem.NO_LANGS),
        (options.langs, ",", OptionProblem.NO_LANGS),
        (options.sources, "0", OptionProblem.NO_SOURCES),
        (options.sources, "many", OptionProblem.NO_SOURCES),
        (options.storm, "-3", OptionProblem.NO_STORM),
        (options.storm, "5000", OptionProblem.NO_STORM),
        (options.reminders, "99", OptionProblem.NO_REMINDERS),
        (options.reminders, "", OptionProblem.NO_REMINDERS),
        (options.switch, "perhaps", OptionProblem.NO_SWITCH),
        (options.locale, "de", OptionProblem.NO_LOCALE),
    ],
)
def test_odd_values_are_refused(read, said, problem):
    """Each refusal names its problem and repeats the word."""
    with pytest.raises(OptionError) as refused:
        read(said)
    assert refused.value.problem is problem
    assert refused.value.word == said


@given(
    st.sampled_from(
        [
            options.when,
            options.time_of_day,
            options.quiet,
            options.zone,
            options.mention,
            options.langs,
            options.reminders,
        ]
    ),
    st.text(max_size=60),
)
def test_any_text_is_read_or_refused(read, said):
    """No text makes an option fail in another way."""
    try:
        found = read(said)
    except OptionError as error:
        found = error
    assert not isinstance(found, OptionError) or found.problem in OptionProblem
