"""The words of the operator's pages, by language."""

from bot.domain.locales import language_of
from bot.web.desk_english import ENGLISH
from bot.web.desk_french import FRENCH
from bot.web.desk_spanish import SPANISH
from bot.web.desk_wording import DeskWords

_LANGUAGES = {"en": ENGLISH, "es": SPANISH, "fr": FRENCH}


def desk_words(lang: str) -> DeskWords:
    """Return the words for ``en``, ``es`` or ``fr``; English where there are none."""
    return _LANGUAGES[language_of(lang)]
