"""Words after a verb that name a country: ``deadlines canada``, ``tariffs steel MX``."""

from bot.domain.country_codes import CODES, MEANT
from bot.reading import countries


def take_country(words: str) -> tuple[str | None, str]:
    """Return the first country the words name, as ISO code, and the words without it."""
    said = words.split()
    for place, word in enumerate(said):
        code = country_of(word)
        if code is not None:
            return code, " ".join(said[:place] + said[place + 1 :])
    return None, words


def country_of(word: str) -> str | None:
    """Return the country a word names, or its code in capitals; None for any other word.

    Not every word of two capitals is a code: EV are autos.
    """
    code = MEANT.get(word, word)
    if code in CODES:
        return code
    named = countries.mentions(word) or countries.mentions(word.title())
    return named[0] if len(named) == 1 else None
