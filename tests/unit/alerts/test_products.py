"""Goods are called by their names in the reader's language."""

from bot.alerts.products import NAMES, product
from bot.reading.products import GOODS


def test_every_good_that_is_read_has_a_name_in_three_languages() -> None:
    """A name that the reading gives and no table translates would be shown in English."""
    assert set(NAMES) >= GOODS
    assert product("watches_and_diamonds", "es") == "relojes y diamantes"
    assert product("watches_and_diamonds", "fr") == "montres et diamants"
    assert product("watches_and_diamonds", "en") == "watches and diamonds"
