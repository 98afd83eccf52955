"""What `/usmca feeds` says of documents that no poll saw."""

from dataclasses import replace
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.commands.reader import Reader
from bot.commands.replies import feeds
from bot.commands.words import words
from bot.domain.feed import Feed, FeedSpec
from bot.domain.ids import FeedId
from bot.ports.watching import MissedEntry
from bot.services.feeds import FeedHealth, health
from tests.fakes.topics import catalog

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
MISSED = MissedEntry(
    feed="Federal Register",
    key="fr",
    guid="fr:2026-99001",
    title="Sample notice listed late",
    url="https://www.federalregister.gov/d/2026-99001",
    published=None,
    found_at=NOW,
)


def a_feed() -> FeedHealth:
    spec = FeedSpec(key="fr", name="Federal Register", url="https://fr.example/f")
    return health(Feed(id=FeedId(1), spec=spec, next_poll_at=NOW, interval=600), NOW)


@pytest.mark.parametrize("locale", ["en", "es", "fr"])
def test_missed_documents_stand_under_the_first_page(locale: str) -> None:
    """Their number, the first five with where they were published, and all of them as data."""
    reader = Reader(now=NOW, zone=ZoneInfo("UTC"), words=words(locale), catalog=catalog())
    many = tuple(replace(MISSED, guid=f"fr:{n}") for n in range(7))
    reply = feeds.reply((a_feed(),), reader, missed=many)
    listed, missed = reply.sections
    assert len(listed.lines) == 1
    assert "7" in missed.heading
    assert len(missed.lines) == 5
    assert (missed.lines[0].text, missed.lines[0].note) == (MISSED.title, "Federal Register")
    rows = [row for row in reply.rows if row["kind"] == "missed"]
    assert len(rows) == 7
    assert rows[0] == {
        "kind": "missed",
        "feed": "fr",
        "id": "fr:0",
        "title": MISSED.title,
        "url": MISSED.url,
        "published": None,
        "found_at": NOW.isoformat(),
    }
    assert len(feeds.reply((a_feed(),) * 40, reader, page=2, missed=many).sections) == 1
    assert len(feeds.reply((a_feed(),), reader).sections) == 1


@pytest.mark.parametrize(
    ("locale", "error", "warning"),
    [
        ("en", "The server refuses this bot (403).", "The feed holds no entries."),
        ("es", "El servidor rechaza a este bot (403).", "La fuente no contiene ninguna entrada."),
        ("fr", "Le serveur refuse ce bot (403).", "Le flux ne contient aucune entrée."),
    ],
)
def test_trouble_is_told_in_the_readers_language(locale, error, warning):
    """As data it stays what was stored."""
    trouble = "The server refuses this bot (403)."
    feed = replace(a_feed(), error=trouble, warnings=("The feed holds no entries.",))
    reader = Reader(words=words(locale), zone=ZoneInfo("UTC"), now=NOW, catalog=catalog())
    reply = feeds.reply((feed,), reader)
    note = reply.sections[0].lines[0].note
    assert error in note
    assert warning in note
    assert reply.rows[0]["error"] == trouble


def test_a_feed_that_nobody_polled_yet_is_not_called_well():
    """On a new database nothing is known of any of them."""
    reader = Reader(now=NOW, zone=ZoneInfo("UTC"), words=words("en"), catalog=catalog())
    spec = FeedSpec(key="ustr", name="Sample office", url="https://office.example/f")
    feed = Feed(id=FeedId(2), spec=spec, next_poll_at=NOW, interval=600, last_success_at=NOW)
    polled = health(feed, NOW)
    told = feeds.reply((a_feed(), a_feed(), polled), reader)
    assert told.title == "Feeds: 1 of 3 are well · 2 not polled yet"
