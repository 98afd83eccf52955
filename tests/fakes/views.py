"""A visitor's view, for what pages compute before any request."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

from bot.commands.reader import Reader
from bot.commands.words import words as command_words
from bot.reading.catalog import TopicCatalog
from bot.reading.rules import Rules, TopicRule
from bot.web.render import View
from bot.web.visit import Visit
from bot.web.words import words

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)


def view(lang: str = "en", *, zone: str = "UTC", visit: Visit | None = None, **fields) -> View:
    """Return what templates know of a visitor who reads `lang`."""
    rules = Rules(topics=(TopicRule(id="steel", label={"en": "Steel", "es": "Acero"}),))
    known = {"theme": "auto", "path": "/", "query": {}, "visit": visit or Visit()}
    return View(
        words=words(lang),
        reader=Reader(
            words=command_words(lang),
            zone=ZoneInfo(zone),
            now=NOW,
            catalog=TopicCatalog(rules),
        ),
        **(known | fields),
    )
