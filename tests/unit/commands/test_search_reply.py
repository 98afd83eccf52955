"""The reply to ``search`` says how much of what matches it shows."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from bot.commands.reader import Reader
from bot.commands.replies.search import reply
from bot.commands.words import words
from bot.services.search import SearchPage
from tests.fakes.topics import catalog

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def footer(locale="en", *, entries, more, complete) -> str:
    page = SearchPage(
        query="steel",
        hits=(),
        page=1,
        more=more,
        entries=entries,
        looked_at=entries,
        complete=complete,
    )
    zone = ZoneInfo("UTC")
    return reply(page, Reader(words=words(locale), zone=zone, now=NOW, catalog=catalog())).footer


def test_all_that_matches_is_counted():
    """Nothing is added where all was counted."""
    assert footer(entries=3, more=False, complete=True) == "3 entries match"
    assert footer(entries=0, more=False, complete=True) == ""


@pytest.mark.parametrize("locale", ["en", "es", "fr"])
def test_older_pages_and_a_limit_are_told_apart(locale):
    """Whoever wants more knows whether to go on or to narrow the query."""
    said = words(locale).search
    assert footer(locale, entries=100, more=True, complete=False).endswith(f". {said.enough}")
    assert footer(locale, entries=100, more=False, complete=False).endswith(f". {said.unseen}")
    assert footer(locale, entries=0, more=False, complete=False) == said.unseen
