"""Why a place was not told, in words of three languages."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.commands.reader import Reader
from bot.commands.replies import traces
from bot.commands.words import words
from bot.domain.ids import StoryId
from bot.domain.trace import Stop, Stopped
from bot.services.feeds import Condition, FeedHealth
from bot.services.why_not import Cause, Reason, WhyNot
from tests.fakes.topics import catalog

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
HEALTH = FeedHealth(
    key="ledger",
    name="Border Ledger (sample)",
    url="https://example.com/feed",
    condition=Condition.FAILING,
    failures=2,
    last_success_at=NOW - timedelta(hours=3),
    last_entry_at=None,
    next_poll_at=NOW,
)


def said(reason: Reason, locale: str = "en") -> str:
    reader = Reader(words=words(locale), zone=ZoneInfo("UTC"), now=NOW, catalog=catalog())
    found = WhyNot(title="A report", url=None, story_id=StoryId(7), told=False, reasons=(reason,))
    return traces.why_not(found, reader).sections[1].lines[0].text


@pytest.mark.parametrize("locale", ["en", "es", "fr"])
@pytest.mark.parametrize("cause", list(Cause))
def test_every_cause_is_a_whole_sentence(cause, locale) -> None:
    """Nothing is left open, whatever the cause knows."""
    stopped = Stopped(stop=Stop.LEVEL, wish="tariffs", detail="flash")
    full = Reason(
        cause=cause,
        text="tariffs",
        detail="same link",
        at=NOW - timedelta(hours=1),
        story_id=StoryId(7),
        topics=("tariffs",),
        stopped=stopped if cause is Cause.STOPPED else None,
        feed=HEALTH if cause is Cause.FEED else None,
    )
    sentence = said(full, locale)
    assert sentence
    assert "{" not in sentence
    assert "None" not in sentence


@pytest.mark.parametrize("stop", list(Stop))
def test_every_stop_names_the_wish(stop) -> None:
    """By the topic's label, or the query."""
    for wish, name in (("tariffs", "Tariffs"), ("query steel AND duty", "query: steel AND duty")):
        reason = Reason(
            cause=Cause.STOPPED, stopped=Stopped(stop=stop, wish=wish, detail="flash"), at=NOW
        )
        assert said(reason).startswith(f"{name}: ")


@pytest.mark.parametrize(
    ("rule", "words_"),
    [
        ("mask: steel curtain", "it stands in “steel curtain”"),
        ("veto: touchdown", "the text also says “touchdown”"),
        ("no context", "nothing around it says that it is about trade"),
        ("case", "it is written in another case"),
        ("something new", "something new"),
    ],
)
def test_a_near_miss_is_told_by_its_rule(rule, words_) -> None:
    """A rule this version has no words for is shown as it is."""
    reason = Reason(cause=Cause.NEAR_MISS, text=rule, detail="Steel", topics=("steel",))
    assert words_ in said(reason)


def test_what_waits_is_told_with_its_time() -> None:
    """A digest by its name, quiet hours and bulletins by theirs."""
    at = NOW + timedelta(hours=2)
    for name, expected in (
        ("daily@08:00", "digest daily@08:00"),
        ("quiet", "quiet hours"),
        ("storm", "a bulletin"),
    ):
        sentence = said(Reason(cause=Cause.GATHERED, text=name, at=at))
        assert f"({expected}), in 2 h" in sentence
    assert "due in 2 h" in said(Reason(cause=Cause.WAITING, at=at))


def test_a_feed_is_told_with_its_condition() -> None:
    """And when it last answered."""
    sentence = said(Reason(cause=Cause.FEED, feed=HEALTH))
    assert "Border Ledger (sample): failing, tried again · last success 3 h ago" in sentence


@pytest.mark.parametrize(
    ("cause", "stored", "spanish", "french"),
    [
        (
            Cause.GIVEN_UP,
            "it waited for more than 7 days",
            "No se pudo entregar: esperó más de 7 días",
            "Cela n’a pas pu être remis : il a attendu plus de 7 jours",
        ),
        (
            Cause.BROKEN,
            "The channel takes no threads: use another one.",
            "La plataforma rechaza lo que se envía aquí: El canal no admite hilos: use otro.",
            "La plateforme refuse ce qui est envoyé ici : Le canal n’accepte pas de fils : "
            "prenez-en un autre.",
        ),
    ],
)
def test_why_a_send_failed_is_said_in_the_readers_language(cause, stored, spanish, french) -> None:
    """What was stored in English is told in Spanish and French."""
    reason = Reason(cause=cause, text=stored)
    assert said(reason, "es") == spanish
    assert said(reason, "fr") == french


@pytest.mark.parametrize(
    ("stop", "detail", "spanish"),
    [
        (Stop.LEVEL, "important", "Aranceles: el nivel aquí era importante"),
        (Stop.LEVEL, "flash", "Aranceles: el nivel aquí era urgente"),
        (Stop.LANGUAGE, "en, fr", "Aranceles: solo pide inglés, francés"),
        (Stop.MUTED, "tariffs", "Aranceles: Aranceles estaba silenciado aquí"),
    ],
)
def test_what_stopped_an_alert_is_named_as_people_name_it(stop, detail, spanish) -> None:
    """Levels, languages and topics are kept by their codes, and told by their names."""
    stopped = Stopped(stop=stop, wish="tariffs", detail=detail)
    assert said(Reason(cause=Cause.STOPPED, stopped=stopped, at=NOW), "es").startswith(spanish)


def test_how_one_more_report_joined_is_said_in_the_readers_language() -> None:
    """Clustering keeps it in English."""
    reason = Reason(cause=Cause.MORE_OF_STORY, story_id=StoryId(7), detail="CA, 25 % in common")
    assert "en común: CA, 25 %" in said(reason, "es")
    assert "en commun : CA, 25 %" in said(reason, "fr")
