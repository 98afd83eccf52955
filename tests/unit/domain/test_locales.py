"""Which language a locale is answered in."""

import re
from pathlib import Path

import pytest

import bot
from bot.domain.locales import known_locale, language_of


@pytest.mark.parametrize(
    ("locale", "known"),
    [("es", "es"), ("fr-CA", "fr"), ("ES_mx", "es"), ("en-GB", "en"), ("de", None), (None, None)],
)
def test_a_locale_asks_for_a_language(locale: str | None, known: str | None) -> None:
    """Whatever country stands beside it; who asks for none of ours is answered in English."""
    assert known_locale(locale) == known
    assert language_of(locale) == (known or "en")


def test_one_place_knows_what_a_locale_means() -> None:
    """No other module cuts a locale short: tables of words are looked up in one way."""
    root = Path(bot.__file__).parent
    cutting = re.compile(r"(?:locale|lang)\w*(?: or \"en\"\))?\[:2\]")
    found = [path for path in root.rglob("*.py") if cutting.search(path.read_text())]
    assert found == []
