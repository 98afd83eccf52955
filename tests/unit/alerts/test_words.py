from dataclasses import fields

import pytest

from bot.alerts.words import words
from bot.domain.reading import Stage


@pytest.mark.parametrize("locale", ["en", "es", "fr", "es-MX", "FR-ca"])
def test_every_label_has_its_word(locale):
    """Each language names every part and every stage."""
    labels = words(locale)
    assert all(getattr(labels, field.name) for field in fields(labels))
    assert set(labels.stages) == set(Stage)


@pytest.mark.parametrize("locale", ["", "de", "x"])
def test_other_languages_get_english(locale):
    """There is always a word."""
    assert words(locale) == words("en")
