import re
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from string import Formatter

import pytest

from bot.web import render
from bot.web.desk_words import desk_words
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


def sections() -> Iterator[tuple[str, str]]:
    """Each word of the pages: where it stands, and its name."""
    for whole in (LANGUAGES["en"], desk_words("en")):
        for section in fields(whole):
            if is_dataclass(getattr(whole, section.name)):
                for word in fields(getattr(whole, section.name)):
                    yield section.name, word.name


def test_every_word_is_shown() -> None:
    """A template or a page asks for it; nobody translates what nobody reads."""
    web = Path(render.__file__).parent
    pages = {page.stem: page.read_text() for page in (web / "templates").glob("*.html")}
    code = "\n".join(each.read_text() for each in web.glob("*.py"))
    everywhere = "\n".join(pages.values()) + code
    unread = [
        f"{section}.{word}"
        for section, word in sections()
        if not re.search(rf"\b{section}\.{word}\b", everywhere)
        and not re.search(rf"\b(?:words|said)\.{word}\b", code)
        and not re.search(rf"\bd\.{word}\b", pages.get(section, ""))
    ]
    assert unread == []
