"""Tariffs set by verbs that no table knows, told by the form of the sentence."""

from datetime import date

import pytest

from bot.domain.reading import Lang
from bot.reading import tariffs


@pytest.mark.parametrize(
    ("text", "lang", "told"),
    [
        ("Brasil estrenó un arancel de 40% al aluminio turco.", Lang.ES, ("BR", 40.0, ("TR",))),
        ("London has tacked a 5% duty onto Moroccan tomatoes.", Lang.EN, ("GB", 5.0, ("MA",))),
        ("Bruxelles a officialisé un droit de 18 % sur le verre indien.", Lang.FR, ("EU", 18.0, ("IN",))),
    ],
)  # fmt: skip
def test_form_tells_who_sets_a_tariff(
    text: str, lang: Lang, told: tuple[str, float, tuple[str, ...]]
) -> None:
    """Who stands before the verb sets the new tariff after it on goods of another country."""
    (fact,) = tariffs.read(text, published=date(2026, 11, 16), lang=lang)
    assert (fact.imposer, fact.rate_pct, fact.targets) == told


@pytest.mark.parametrize(
    "text",
    [
        "Canada criticized a 25% tariff on Chinese steel.",
        "Mexico's growers union relished a 25% tariff on Chinese garlic.",
        "Ottawa relished the 25% tariff on Chinese steel.",
        "Ottawa relished a 25% tariff on steel.",
        "Canada never relished a 25% tariff on Chinese steel.",
    ],
)
def test_form_alone_tells_nothing(text: str) -> None:
    """What is said of a tariff, an old tariff, goods of nobody, and who only asks give no fact."""
    assert tariffs.read(text, published=date(2026, 11, 16)) == ()
