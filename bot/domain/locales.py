"""The languages the bot speaks, and which of them a locale asks for.

Every table of our own words has these languages; it is looked up by `language_of`.
"""

LOCALES = ("en", "es", "fr")


def known_locale(locale: str | None) -> str | None:
    """Return the language a locale such as ``es`` or ``fr-CA`` asks for; None for any other."""
    language = (locale or "")[:2].lower()
    return language if language in LOCALES else None


def language_of(locale: str | None) -> str:
    """Return the language that somebody of a locale is answered in: English where we lack theirs."""
    return known_locale(locale) or "en"
