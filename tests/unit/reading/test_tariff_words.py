"""Words for a tariff that only what follows tells, and whose measure a sentence names."""

import pytest

from bot.reading import issuers, tariff_words


def test_what_follows_a_word_may_lie_beyond_the_stretch_searched() -> None:
    """A word that only the goods after it tell for a tariff is found before the goods are reached."""
    text = "mexico fijo una tasa de 7% a los neumaticos chinos"
    end = text.index("7%")
    found = [match.group() for match in tariff_words.between(text, 0, end)]
    assert found == ["tasa"]


def test_a_word_beyond_the_stretch_is_not_of_it() -> None:
    """Looking ahead finds no tariff that stands after the end."""
    assert list(tariff_words.between("mexico raised the tariff", 0, 10)) == []


@pytest.mark.parametrize(
    "text",
    [
        "the bank cut its deposit rate to 4 percent",
        "banxico bajo la tasa de 7.5% a 7.25%",
        "le taux de chomage passe de 6 % a 7 %",
    ],
)
def test_rates_of_banks_and_of_work_are_no_tariffs(text: str) -> None:
    """A rate is one of a tariff only where a duty, a country or goods stand beside it."""
    assert tariff_words.TARIFF.search(text) is None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("heading 9903.81 of the htsus is amended", "US"),
        ("el decreto publicado en el dof eleva el arancel", "MX"),
        ("published in the canada gazette today", "CA"),
        ("el diario oficial de la union europea fija un derecho", "EU"),
        ("a court struck the tariff down", None),
    ],
)
def test_a_law_or_gazette_says_whose_measure_it_is(text: str, code: str | None) -> None:
    """Offices and statutes of one country name it, and a union's gazette is not Mexico's."""
    assert issuers.find(text) == code
