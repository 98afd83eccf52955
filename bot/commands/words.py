"""The bot's own words in the reader's language."""

from bot.commands.english import ENGLISH
from bot.commands.french import FRENCH
from bot.commands.spanish import SPANISH
from bot.commands.wording import Wording
from bot.domain.locales import language_of


def words(locale: str | None) -> Wording:
    """Return the words for a locale such as ``es`` or ``fr-CA``; English where there are none."""
    return {"en": ENGLISH, "es": SPANISH, "fr": FRENCH}[language_of(locale)]
