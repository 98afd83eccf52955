"""Whom a tariff's exemptions leave out: a country that is named, or one the imposer has an agreement with."""

import re

from bot.domain.ledger import LedgerRow
from bot.reading import countries
from bot.reading.text import fold_words

PARTIES = ("US", "MX", "CA")
"""The three parties of the agreement: each has a trade agreement with the other two."""

_AGREEMENT = (
    r"(?:trade agreements?|free trade|tratados?|acuerdos?|libre comercio|accords?|libre echange"
    r"|tlc|ale|ftas?|usmca|cusma|t mec|aceum)"
)
_PARTNERS = re.compile(
    r"\b(?:countries|country|nations?|partners?|parties|paises|pais|socios?|partes|pays|etats|partenaires?)\b"
    rf"(?:(?!\b(?:without|outside|sin|fuera|sans|hors)\b).){{0,40}}?\b{_AGREEMENT}\b"
    rf"|\b{_AGREEMENT} (?:countries|nations|partners?|parties)\b"
)
"""Countries told by their agreement."""
_SOME_GOODS = re.compile(
    r"\b(?:content|contenido|contenu|qualif\w+|complian\w+|comply\w*|originat\w+|originari\w+|originaires?"
    r"|cumpl\w+|calific\w+|conformes?|usmca|cusma|t mec|aceum)\b"
)
"""Goods told by a condition: others of the same country still pay."""


def leaves_out(row: LedgerRow, country: str) -> bool:
    """Whether no goods of a country pay, as the row's exemptions say."""
    return any(_spares(exempt, row.imposer, country) for exempt in row.exemptions)


def _spares(exempt: str, imposer: str, country: str) -> bool:
    said = fold_words(exempt)
    if _PARTNERS.search(said):
        return imposer in PARTIES and country in PARTIES
    return not _SOME_GOODS.search(said) and country in countries.mentions(exempt)
