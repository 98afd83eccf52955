"""How feeds are told: one line for each, and what was found at an address."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.alerts.feed_reasons import reason
from bot.commands.reader import Reader
from bot.commands.replies import feed_changes, feeds
from bot.commands.words import words
from bot.domain.feed import Feed, FeedSpec, FeedState, Origin, Tier
from bot.domain.health import Watch
from bot.domain.ids import FeedId, Tenant
from bot.services.feed_changes import Looked
from bot.services.feed_check import Checked, Oddity
from bot.services.feed_refusals import FeedRefusedError, Refusal
from bot.services.feeds import health
from tests.fakes.addresses import found
from tests.fakes.topics import catalog

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
LOCALES = ("en", "es", "fr")


def reader(locale: str = "en") -> Reader:
    return Reader(words=words(locale), zone=ZoneInfo("UTC"), now=NOW, catalog=catalog())


def feed(**changes: object) -> Feed:
    spec = FeedSpec(
        key="ledger",
        name="Border Ledger",
        url="https://me:word@ledger.example/rss?token=x",
        lang="es",
        tier=Tier.TRADE_PRESS,
        owner=Tenant("slack:T1"),
        origin=Origin.CHAT,
    )
    known = {"id": FeedId(1), "spec": spec, "next_poll_at": NOW, "interval": 60}
    return Feed(**(known | changes))


def test_a_line_tells_how_a_feed_is() -> None:
    """Condition, reason, since when, last good answer, last entry, pace, next poll, and whose."""
    seen = feed(
        failures=4,
        watch=Watch(failing_since=NOW - timedelta(hours=5)),
        last_error="There is nothing at http://a:b@ledger.example/rss?token=x (404).",
        last_success_at=NOW - timedelta(hours=6),
        last_entry_at=NOW - timedelta(days=2),
        cadence=7_200.0,
        not_before=NOW + timedelta(minutes=30),
        warnings=("The answer broke off.",),
    )
    line = feeds.line(health(seen, NOW), reader())
    assert (line.text, line.url) == (
        "Border Ledger (ledger)",
        "https://ledger.example/rss",
    )
    assert line.note == (
        "down · 4 failures in a row since 5 h ago · There is nothing at https://ledger.example/rss "
        "(404). · The answer broke off. · last success 6 h ago · last entry 2 days ago · speaks about "
        "every 2 h · next poll in 30 min · trade press · Spanish · of this workspace"
    ).replace("https://ledger.example/rss (404)", "http://ledger.example/rss (404)")
    operator = feeds.line(health(seen, NOW), reader(), operator=True)
    assert "slack:T1" in operator.note


@pytest.mark.parametrize("locale", LOCALES)
def test_a_paused_feed_can_be_resumed_and_an_own_one_removed(locale: str) -> None:
    """The buttons are commands of the grammar in any language."""
    reply = feeds.one(health(feed(state=FeedState.PAUSED), NOW), reader(locale))
    assert [action.command for action in reply.actions] == [
        "feeds resume ledger",
        "feeds remove ledger",
    ]


@pytest.mark.parametrize(
    ("seconds", "said"),
    [(20, "minute"), (600, "10 min"), (3_600, "hour"), (10_800, "3 h"), (172_800, "2 days")],
)
def test_a_pace_is_said_as_people_say_it(seconds: float, said: str) -> None:
    """In the unit that fits."""
    assert feeds.span(seconds, reader()) == said


@pytest.mark.parametrize("locale", LOCALES)
def test_what_is_odd_is_told_in_every_language(locale: str) -> None:
    """Each oddity has its sentence, a warning of the parser too."""
    odd = (
        Oddity(what="undated"),
        Oddity(what="old", moment=NOW - timedelta(days=90)),
        Oddity(what="moved", text="https://new.example/rss"),
        Oddity(what="language"),
        Oddity(what="other", text="The answer broke off."),
    )
    reply = feed_changes.checked(
        Looked(found=found("https://a.example/rss?k=1", title="", odd=odd)), "x", reader(locale)
    )
    lines = [line.text for line in reply.sections[1].lines]
    assert len(lines) == len(set(lines)) == 5
    assert "https://new.example/rss" in lines[2]
    assert lines[4] == reason("The answer broke off.", locale)
    assert (lines[4] == "The answer broke off.") == (locale == "en")
    assert reply.title == words(locale).feed.untitled
    assert reply.rows[0]["odd"][0] == "undated"
    assert "k=1" not in reply.text


def test_a_feed_without_a_known_format_shows_its_address() -> None:
    """And an empty one neither a language nor a pace."""
    empty: Checked = found(
        "https://a.example/rss", format="", entries=0, newest=None, cadence=None, lang="other"
    )
    line = feed_changes.checked(Looked(found=empty), "x", reader()).sections[0].lines[0]
    assert (line.text, line.note) == ("https://a.example/rss", "0 entries")


@pytest.mark.parametrize("locale", LOCALES)
@pytest.mark.parametrize("state", ["paused", "gone"])
def test_a_feed_that_is_not_polled_says_why(locale: str, state: str) -> None:
    """In the words the list uses."""
    error = FeedRefusedError(Refusal.NOT_POLLED, name="Border Ledger", state=state)
    text = feed_changes.refused(error, reader(locale)).text
    assert "Border Ledger" in text
    assert "{" not in text
