import pytest

from bot.domain.reading import Lang
from bot.reading import mentions, origins, products
from bot.reading.even import even


def sold(text, lang):
    folded = even(text)
    names = mentions.find(text, folded, Lang(lang))
    return [
        names[place].code
        for place in sorted(origins.of(folded, names, list(products.spans(folded))))
    ]


@pytest.mark.parametrize(
    ("lang", "text", "codes"),
    [
        ("en", "Vietnamese footwear entering the United States will be charged more", ["VN"]),
        ("en", "Tractors built in Mexico are exempt from the duty the U.S. collects", ["MX"]),
        ("en", "a tariff on furniture from Vietnam and China", ["VN", "CN"]),
        ("en", "the levy on Turkish pasta that Italian millers asked for", ["TR"]),
        ("en", "The U.S. slapped Canadian wine with a 35% tariff", ["CA"]),
        ("es", "los quesos canadienses pagarán 40% en Estados Unidos", ["CA"]),
        ("es", "el derecho de 18% sobre el cardamomo de Guatemala", ["GT"]),
        ("fr", "le droit sur le homard canadien que perçoit la Chine", ["CA"]),
    ],
)
def test_a_name_beside_goods_says_where_they_come_from(lang, text, codes):
    """Before the goods in English, after them in Spanish and French, or by "from"."""
    assert sold(text, lang) == codes


@pytest.mark.parametrize(
    ("lang", "text"),
    [
        ("en", "Canadian steel tariffs stay in force"),
        ("en", "Canada raises its tariff on steel"),
        ("es", "México elevó el arancel al acero"),
        ("fr", "les tarifs américains sur l'acier"),
    ],
)
def test_who_levies_sells_nothing(lang, text):
    """A country beside its own tariff is no origin of goods."""
    assert sold(text, lang) == []
