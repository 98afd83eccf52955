import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.alerts.facts import deadline_kind
from bot.commands.asked import Problem, Unclear
from bot.commands.exchange import Line
from bot.commands.reader import Reader
from bot.commands.replies import deadlines, feeds, helping, problems, status, trial
from bot.commands.replies.lines import HEADLINE, deadline_line, deadline_row
from bot.commands.verbs import Verb
from bot.commands.words import words
from bot.domain.feed import Feed, FeedSpec, Tier
from bot.domain.message import Link
from bot.domain.reading import DeadlineFact, DeadlineKind, Stage
from bot.domain.story import Source, Story
from bot.domain.views import FoundDeadline, Volume
from bot.errors import InvalidInputError
from bot.reading.query import parse
from bot.record.timeline import Source as RecordSource
from bot.record.treaty import Phase, standing
from bot.services.deadlines import DeadlinePage
from bot.services.feeds import Condition, health
from bot.services.permissions import ChannelLockedError, FeedsHiddenError, Who
from bot.services.status import Status
from bot.services.subscriptions import TooManyError
from bot.services.trial import Hindrance, Obstacle, Trial
from tests.fakes.archive import timeline
from tests.fakes.topics import catalog

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
LOCALES = ("en", "es", "fr")


def reader(locale="en"):
    """Somebody in Mexico City."""
    zone = ZoneInfo("America/Mexico_City")
    return Reader(words=words(locale), zone=zone, now=NOW, catalog=catalog())


def deadline(kind=DeadlineKind.COMMENT, **fields):
    """A deadline from the record, without a public source."""
    text = "Comments on " + "a very long matter " * 20 + "close."
    fact = DeadlineFact(kind=kind, date=date(2026, 12, 2), text=text, confidence=0.4)
    known = {
        "fact": fact,
        "story_id": None,
        "headline": Link(text=text),
        "source": str(RecordSource()),
        "tier": Tier.GENERAL,
    }
    return FoundDeadline(**(known | fields))


def story(number):
    """A story with a very long headline."""
    source = Source(name="Border Ledger", url=None, tier=Tier.GENERAL, published=NOW)
    return Story(
        id=number,
        headline="Ottawa and Washington " * 30,
        url=None,
        lang="en",
        source="Border Ledger",
        tier=Tier.GENERAL,
        summary="",
        stage=Stage.SIGNED,
        sources=(source,) * 9,
        first_seen=NOW,
        updated_at=NOW,
    )


def full_status(**fields):
    """A status with as much in it as there can be."""
    spec = FeedSpec(key="f", name="A feed with a long name", url="https://f.example/feed")
    feed = Feed(id=1, spec=spec, next_poll_at=NOW, interval=600, failures=9)
    known = {
        "topic": None,
        "standing": standing(timeline(), date(2026, 11, 20)),
        "week": Volume(entries=1, stories=1, since=NOW - timedelta(days=7)),
        "top": tuple(story(number) for number in range(1, 4)),
        "deadlines": (deadline(),) * 5,
        "down": (health(feed, NOW),) * 30,
        "feeds": 40,
    }
    return Status(**(known | fields))


@pytest.mark.parametrize("locale", LOCALES)
def test_a_full_status_fits_a_phone(locale):
    """With everything in it, a status keeps to 25 short lines in every language."""
    reply = status.reply(full_status(), reader(locale))
    lines = reply.text.splitlines()
    assert len(lines) <= 25
    texts = [line.text for section in reply.sections for line in section.lines]
    assert max(map(len, texts)) <= 260
    json.dumps(reply.rows)


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("phase", list(Phase))
def test_every_phase_has_words(locale, phase):
    """Each phase of the treaty is told in each language, without a blank left open."""
    now = replace(standing(timeline(), date(2026, 11, 20)), phase=phase)
    if phase is Phase.ENDED:
        now = replace(now, next_review=None, facts=())
    reply = status.reply(full_status(standing=now), reader(locale))
    first = reply.sections[0].lines[0]
    assert first.text
    assert "{" not in reply.text


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("kind", list(DeadlineKind))
def test_every_deadline_has_words(locale, kind):
    """Each kind of deadline is told in each language; a long one is cut to a headline."""
    line = deadline_line(deadline(kind), reader(locale), whole=True)
    assert len(line.text) <= HEADLINE
    assert deadline_kind(kind, locale) in line.text
    assert words(locale).deadline.no_source in line.note
    assert line.quote == ""
    assert deadline_row(deadline(kind), date(2026, 11, 20))["days_left"] == 12


@pytest.mark.parametrize("locale", LOCALES)
def test_a_row_of_the_record_that_nobody_can_check_says_so(locale):
    """Also where it names a document: only a page makes it checkable."""
    line = deadline_line(deadline(source="Proclamation 7"), reader(locale), whole=True)
    assert words(locale).deadline.unconfirmed in line.note
    assert "Proclamation 7" in line.note
    told = deadline_line(deadline(source="Border Ledger", story_id=3), reader(locale), whole=True)
    assert words(locale).deadline.unconfirmed not in told.note


@pytest.mark.parametrize("locale", LOCALES)
def test_every_hindrance_has_words(locale):
    """Each thing that would stop an alert is told in each language, detail or none."""
    for detail in ("", "the reason."):
        obstacles = tuple(Obstacle(hindrance=each, detail=detail) for each in Hindrance)
        found = Trial(fresh=True, obstacles=obstacles)
        reply = trial.reply(found, reader(locale))
        lines = reply.sections[0].lines
        assert len(lines) == len(Hindrance)
        assert len({line.text for line in lines}) == len(Hindrance)
        assert [choice.command for choice in reply.actions] == ["resume", "topics"]


@pytest.mark.parametrize("locale", LOCALES)
def test_every_condition_of_a_feed_has_words(locale):
    """Each condition is told in each language; one with no success yet says so."""
    spec = FeedSpec(key="f", name="Feed", url="https://f.example/feed")
    feed = health(Feed(id=1, spec=spec, next_poll_at=NOW, interval=600), NOW)
    for condition in Condition:
        reply = feeds.reply((replace(feed, condition=condition),), reader(locale))
        (line,) = reply.sections[0].lines
        assert line.note.startswith(words(locale).feed.conditions[condition])


@pytest.mark.parametrize("locale", LOCALES)
def test_every_problem_has_words(locale):
    """Each problem is told in each language with the way it is written."""
    for problem in Problem:
        found = Unclear(verb=Verb.DEADLINES, problem=problem, word="x" * 200)
        reply = problems.unclear(found, reader(locale))
        assert len(reply.title) <= 150
        assert f"{reader(locale).words.help.name(Verb.DEADLINES)} [" in reply.text


@pytest.mark.parametrize("locale", LOCALES)
def test_every_refusal_has_words(locale):
    """What a service refuses is told in each language; the rest in the words it came with."""
    errors = [
        *(ChannelLockedError(who) for who in Who),
        FeedsHiddenError(Who.ADMINS),
        TooManyError(),
        InvalidInputError("first\nsecond"),
    ]
    replies = [problems.refused(Verb.SUBSCRIBE, error, reader(locale)) for error in errors]
    assert not any(reply.ok for reply in replies)
    assert replies[-1].sections[0].lines == (Line(text="first"), Line(text="second"))
    assert len({reply.text for reply in replies}) == len(replies)


@pytest.mark.parametrize("locale", LOCALES)
def test_every_verb_has_help(locale):
    """Help about each verb gives its usage and its other words."""
    for verb in Verb:
        reply = helping.about(verb, reader(locale))
        assert reply.title.startswith(reader(locale).words.help.name(verb))
        assert str(verb) in f"{reply.title} {reply.text}"  # English works everywhere
        assert len(reply.rows) == 1


def test_no_deadlines_say_until_when():
    """An empty answer says how far it looked."""
    reply = deadlines.reply(DeadlinePage(deadlines=(), page=1, more=False), None, 30, reader())
    assert "None known until 20 Dec 2026." in reply.text


@pytest.mark.parametrize(
    ("query", "locale", "said"),
    [
        ("steel AND", "en", "The query cannot be followed at character 10, at its end. Try: steel"),
        ("steel AND", "es", "No puedo seguir la consulta en el carácter 10. Pruebe: steel"),
        ("titel:steel", "es", "No puedo seguir la consulta en el carácter 1. Pruebe: title:steel"),
        (
            "lang:de",
            "fr",
            "Je ne peux pas suivre la requête au caractère 1. Essayez : lang:en",
        ),
        (
            "",
            "fr",
            "Je ne peux pas suivre la requête. Essayez : steel AND (canada OR mexico)",
        ),
    ],
)
def test_a_query_that_cannot_be_followed_is_answered_in_the_readers_language(query, locale, said):
    """The place and what would be right are told in each."""
    with pytest.raises(InvalidInputError) as error:
        parse(query)
    reply = problems.refused(Verb.SEARCH, error.value, reader(locale))
    assert reply.text == said


def test_what_would_stop_an_alert_is_said_in_the_readers_language():
    """The reason of the last failed send too, though it is stored in English."""
    failed = Obstacle(
        hindrance=Hindrance.LAST_SEND_FAILED, detail="its first message was never sent"
    )
    found = Trial(fresh=True, obstacles=(failed,))
    (line,) = trial.reply(found, reader("es")).sections[0].lines
    assert line.text == "El último envío aquí falló: su primer mensaje nunca se envió"
