from dataclasses import fields, is_dataclass
from string import Formatter

import pytest

from bot.web.words import LANGUAGES, preferred, words


@pytest.mark.parametrize(
    ("header", "lang"),
    [
        ("es-MX,es;q=0.9,en;q=0.8", "es"),
        ("de-DE, fr;q=0.5, en;q=0.4", "fr"),
        ("en;q=0.1, es;q=0.2", "es"),
        ("fr;q=0", "en"),
        ("", "en"),
        ("*", "en"),
        ("es;q=much, ,;;", "en"),
    ],
)
def test_the_browsers_language(header: str, lang: str) -> None:
    """The one it likes best among ours; without any, the one of the settings."""
    assert preferred(header, "en") == lang


def test_an_unknown_language_is_english() -> None:
    """No page is without words."""
    assert words("de").locale == "en"


def placeholders(value: object) -> object:
    """The same shape with, for each text, the names in braces."""
    if isinstance(value, str):
        return sorted({name for _, name, _, _ in Formatter().parse(value) if name is not None})
    if isinstance(value, tuple):
        return [placeholders(each) for each in value]
    if isinstance(value, dict):
        return {key: placeholders(each) for key, each in value.items()}
    assert is_dataclass(value)
    return {each.name: placeholders(getattr(value, each.name)) for each in fields(value)}


@pytest.mark.parametrize("lang", ["es", "fr"])
def test_every_language_fills_in_the_same(lang: str) -> None:
    """Each text takes what its English one takes, and each list and mapping has the same parts."""
    assert placeholders(LANGUAGES[lang]) == placeholders(LANGUAGES["en"])
