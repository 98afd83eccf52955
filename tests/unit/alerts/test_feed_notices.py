"""The words of notices about feeds."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from bot.alerts.days import day
from bot.alerts.feed_notices import Held, of_alarm, of_held, shown
from bot.domain.destination import Address, Destination, PlatformName
from bot.domain.feed import Feed, FeedSpec
from bot.domain.health import Alarm, AlarmNews, AlarmState
from bot.domain.ids import DestinationId, FeedId
from bot.domain.message import Message

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
SINCE = NOW - timedelta(days=2)
SECRET = "hunter2"
FEED = Feed(
    id=FeedId(7),
    spec=FeedSpec(
        key="ledger",
        name='Border "Ledger" {name}',
        url=f"https://me:{SECRET}@ledger.example/feed?token={SECRET}",
    ),
    next_poll_at=NOW,
    interval=600,
    failures=4,
    last_status=503,
    last_error=f"https://ledger.example/feed?token={SECRET} answers nothing (503).",
)


def place(locale: str, zone: str = "America/Mexico_City") -> Destination:
    address = Address(platform=PlatformName.SLACK, channel="C1")
    return Destination(id=DestinationId(1), address=address, locale=locale, zone=zone)


def said(alarm: Alarm, locale: str, *, over: bool = False, feed: Feed = FEED) -> Message:
    state = AlarmState(alarm=alarm, since=SINCE, told=True, told_at=NOW)
    return of_alarm(feed, AlarmNews(alarms=(state,), over=over, at=NOW), place(locale))


@pytest.mark.parametrize("alarm", list(Alarm))
@pytest.mark.parametrize("over", [False, True])
@pytest.mark.parametrize("locale", ["en", "es", "fr", "fr-CA", "de"])
def test_every_alarm_has_its_words(alarm: Alarm, locale: str, *, over: bool) -> None:
    """In each language: whose feed, since when in the place's own zone, and nothing secret."""
    message = said(alarm, locale, over=over)
    text = f"{message.headline.text}\n{message.summary}"
    assert FEED.spec.name in message.headline.text
    assert message.notice
    assert SECRET not in text
    assert "{since}" not in text
    assert "\n" not in message.summary
    assert "  " not in message.summary
    if alarm is not Alarm.GONE or over:
        assert f"{day(SINCE.date(), locale)}, 06:00 (America/Mexico_City)" in text
    if not over:
        assert "https://ledger.example/feed" in text


def test_a_notice_has_a_subject_of_its_own() -> None:
    """A transaction that is repeated writes the same one; another time, or the end, another."""
    assert said(Alarm.BROKEN, "en").subject == "notice:feed:7:broken:20261121T120000"
    assert said(Alarm.BROKEN, "en", over=True).subject == "notice:feed:7:over:20261121T120000"


@pytest.mark.parametrize(
    ("locale", "status", "words"),
    [
        ("en", 503, "https://ledger.example/feed answers nothing (503)."),
        ("es", 404, "En esta dirección ya no hay ninguna fuente (404)."),
        ("es", 418, "El servidor responde con el error 418."),
        ("es", None, "No se puede llegar al servidor"),
        ("fr", 200, "La réponse ne se lit pas comme un flux."),
        ("fr", 503, "Le serveur est hors service (503)."),
    ],
)
def test_why_a_feed_is_broken_is_said(locale: str, status: int | None, words: str) -> None:
    """By the status where the language is not English, whose words the fetcher writes."""
    feed = replace(FEED, last_status=status)
    assert words in said(Alarm.BROKEN, locale, feed=feed).summary


def test_why_a_feed_is_broken_is_said_in_the_places_language() -> None:
    """As exactly as in English, whatever the status."""
    error = "The name of the server is not known (DNS)."
    feed = replace(FEED, last_status=None, last_error=error)
    assert error in said(Alarm.BROKEN, "en", feed=feed).summary
    assert "No se conoce el nombre del servidor" in said(Alarm.BROKEN, "es", feed=feed).summary
    assert "Le nom du serveur est inconnu" in said(Alarm.BROKEN, "fr", feed=feed).summary


def test_what_ended_together_is_told_as_the_worst() -> None:
    """A feed that was gone and broken is back from being gone."""
    states = tuple(AlarmState(alarm=one, since=SINCE) for one in (Alarm.SILENT, Alarm.GONE))
    message = of_alarm(FEED, AlarmNews(alarms=states, over=True, at=NOW), place("en"))
    assert message.summary.startswith("It had been gone since")


def test_an_odd_zone_or_address_does_no_harm() -> None:
    """Then times are in UTC, and the address is not shown."""
    state = AlarmState(alarm=Alarm.SILENT, since=SINCE)
    news = AlarmNews(alarms=(state,), over=False, at=NOW)
    for zone in ("Nowhere/Atall", "../x", ""):
        assert "19 Nov 2026, 12:00 (UTC)" in of_alarm(FEED, news, place("en", zone)).summary
    assert shown("http://[broken") == "(…)"


def held(name: str, told: int, kept: int, *, first: bool = False) -> Held:
    return Held(feed=name, told=told, held=kept, first_poll=first)


@pytest.mark.parametrize(
    ("locale", "headline", "summary"),
    [
        (
            "en",
            'The feed “A "B"” brought 480 new entries at once',
            'Told: 50. Stored, and found with /usmca search source:"A B": 430.',
        ),
        (
            "es",
            'La fuente «A "B"» trajo 480 entradas',
            "Avisadas: 50. Guardadas, y se encuentran con",
        ),
        ("fr", 'Le flux « A "B" » a apporté 480', "Annoncées : 50. Gardées, et trouvées avec"),
    ],
)
def test_a_flood_is_counted(locale: str, headline: str, summary: str) -> None:
    """How many came, how many were told, and how to find the others."""
    message = of_held([held('A "B"', 50, 430)], "notice:held:1", place(locale))
    assert message.headline.text.startswith(headline)
    assert message.summary.startswith(summary)
    assert message.subject == "notice:held:1"


def test_a_first_poll_is_called_one() -> None:
    """It is no flood that a new feed shows what it has."""
    message = of_held([held("Ledger", 10, 40, first=True)], "s", place("en"))
    assert message.headline.text == "The feed “Ledger” was read for the first time; entries: 50"


@pytest.mark.parametrize("locale", ["en", "es", "fr"])
def test_many_feeds_are_listed_the_fullest_first(locale: str) -> None:
    """Eight of them by name, the others by their number."""
    polls = [held(f"feed{n}", 1, n) for n in range(1, 12)]
    lines = of_held(polls, "s", place(locale)).summary.splitlines()
    assert lines[1].startswith("feed11")
    assert len(lines) == 1 + 8 + 1
    assert "3" in lines[-1]
