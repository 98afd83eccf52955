"""The bot's own words in the reader's language."""

from bot.commands.english import ENGLISH
from bot.commands.french import FRENCH
from bot.commands.spanish import SPANISH
from bot.commands.wording import Wording


def words(locale: str | None) -> Wording:
    """Return the words for a locale such as ``es`` or ``fr-CA``; English where there are none."""
    language = (locale or "en")[:2].lower()
    return {"es": SPANISH, "fr": FRENCH}.get(language, ENGLISH)
