"""Which language a page speaks: what the visitor chose, else what their browser prefers."""

import re

from bot.domain.locales import language_of
from bot.web.wording import WebWords
from bot.web.words_english import ENGLISH
from bot.web.words_french import FRENCH
from bot.web.words_spanish import SPANISH

LANGUAGES = {"en": ENGLISH, "es": SPANISH, "fr": FRENCH}

_PREFERENCE = re.compile(
    r"\s*([A-Za-z]{1,8})(?:-[A-Za-z0-9-]{1,32})?\s*(?:;\s*q=([01](?:\.\d{0,3})?))?\s*"
)
_MOST = 20


def words(locale: str) -> WebWords:
    """Return the words for ``en``, ``es`` or ``fr``; English where there are none."""
    return LANGUAGES[language_of(locale)]


def preferred(header: str, otherwise: str) -> str:
    """Return the language that an Accept-Language header likes best among ours."""
    best, weight = otherwise, 0.0
    for part in header.split(",")[:_MOST]:
        found = _PREFERENCE.fullmatch(part)
        if found is None or found[1].lower() not in LANGUAGES:
            continue
        liked = float(found[2]) if found[2] is not None else 1.0
        if liked > weight:
            best, weight = found[1].lower(), liked
    return best
