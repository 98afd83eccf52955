"""Whose goods a tariff is on: "Vietnamese footwear", "queso estadounidense", "acier du Canada".

A name that belongs to goods says whom a tariff hits, wherever it stands to the verb. Everything here
works on text folded by `even`.
"""

import re
from collections.abc import Sequence

from bot.reading.mentions import Mention

_GOODS = re.compile(
    r"\b(?:goods|products?|imports?|exports?|shipments?|merchandise|articles|items|those|(?:las|los)(?=\sdel?\s)|mercancias?|productos?|importaciones|exportaciones|bienes|envios|marchandises|produits?|importations?|exportations?|biens|ceux|celles)\b"
)
"""Goods in general, which a country's name may qualify."""
_BEFORE_GOODS = re.compile(
    r"(?:-(?:made|built|grown|assembled|produced))?\s(?:(?!(?:on|of|to|in|for|from|by|at|and|or|but|will|would|has|is|are|was|were|de|del|sobre|al?|sur|en|y|et|tariffs?|dut\w+|lev\w+|surtax\w*|arancel\w*|droits?|growers|producers|farmers|makers|officials|minister|government)\b|(?!(?:process|refin|import|cann|dri|us|assembl|finish|roast|smok|coat|rolled)(?:ed|ied)\b)[a-z]+(?:ed|[^s]s)\b|hit\b|put\b|set\b|cut\b)[\w'-]+\s){0,2}"
)
"""What may stand between a country's adjective and the goods it makes."""
_FROM = (
    r"(?:from|out\sof|of|(?:made|built|grown|assembled|produced|harvested|caught|originating|imported|shipped|manufactured|mined|bottled)\s(?:in|from)"
    r"|(?:provenientes?|procedentes?|originari[oa]s?|hech[oa]s|fabricad[oa]s|armad[oa]s|producid[oa]s|importad[oa]s|cultivad[oa]s|ensamblad[oa]s)\s(?:de|del|en|desde)|desde|del?"
    r"|(?:en\sprovenance|originaires?|venus?|venue?s?|importee?s?)\s(?:du|des|d'|de)|(?:fabriquee?s?|produite?s?|construite?s?|cultivee?s?|assemblee?s?)\s(?:aux?|en)|du|des|d'|de)"
)
"""What says where goods come from: “from”, “made in”, “procedentes de”."""
_AFTER_GOODS = re.compile(
    rf"\s(?:(?!(?:on|to|in|for|by|at|and|or|but|will|would|has|is|are|was|were|sobre|al?|sur|y|et|a|will|pay)\b)[\w'-]+\s){{0,2}}?{_FROM}\s?(?:the\s|los\s|las\s|la\s|les\s|l')?"
)
_BESIDE = re.compile(
    r"\s(?:(?!(?:y|et|ou|o|a|al|aux?|en|de|que|from|the|at|and|or|after|while|as|than|with|when|that|which|amid|despite|because|against|into|to|on|for|if|but|by)\b)[\w'-]+\s){0,2}?"
)
_MAKERS = re.compile(
    r"'s\s(?:[\w-]+\s){1,3}?(?:makers|growers|producers|farmers|exporters|shippers|industry|mills|factories)\s(?:got|get|gets|are|is|were|was|face[sd]?|will|now|must|pay|pays|paid|hit|took|take)\b"
)
"""Behind a country: its makers are hit."""
_TARIFF_AFTER = re.compile(r"\s(?:import\s)?(?:tariffs?|dut(?:y|ies)|lev(?:y|ies)|surtax)\b")
JOINED = re.compile(
    r"^\s*(?:,|and|y|e|et|ou|or|&|,\sand|,\sy|,\set)\s*(?:(?:on|from|against|de|a|al|el|la|los|le|les|du|l'|the|sur|d'|des)\s?)*$"
)
_NEAR = 44
"""Characters between goods and the name of where they come from."""


def of(
    text: str, names: Sequence[Mention], products: Sequence[tuple[int, int, str]]
) -> frozenset[int]:
    """Return which of the names (by their places in the list) say where goods come from.

    `products` are those of the sentence, as `products.spans` finds them.
    """
    countries = [(place, name) for place, name in enumerate(names) if not name.actor]
    if not countries:
        return frozenset()
    goods = [(start, end) for start, end, _ in products]
    goods += [match.span() for match in _GOODS.finditer(text)]
    found: set[int] = set()
    for place, name in countries:
        joined = place - 1 in found and JOINED.match(text[names[place - 1].end : name.start])
        hit = _MAKERS.match(text, name.end) is not None
        if (
            joined
            or hit
            or _charged(text, name)
            or any(_belongs(text, name, *each) for each in goods)
        ):
            found.add(place)
    return frozenset(found)


_UPON = r"\b(?:sobre|al?|contra|sur|contre|aux?|on|against|upon)\s(?:l[oa]s?\s|el\s|les?\s|la\s|l'|the\s|all\s)?"
_UPON_GOODS = re.compile(
    rf"\b(?:on|against|upon)\s(?:the\s|all\s)?$|(?!\b(?:on|against|upon)\b){_UPON}(?!(?:gobierno|government|gouvernement|pueblo|president\w*|autoridades|frontera|border|frontieres?|aduanas?|douanes?|customs|partir|compter|mercado|market|marche)\b)(?:[a-z'-]{{3,}}\s){{1,3}}?$"
)
"""A charge upon goods that the country's adjective follows: “on all … ”, “a las … ”."""
_UPON_FROM = re.compile(
    rf"{_UPON}(?!(?:gobierno|government|gouvernement|pueblo|president\w*|autoridades|partir|compter|mercado|market)\b)(?:[a-z'-]{{3,}}\s){{1,3}}?{_FROM}\s?(?:the\s|los\s|las\s|la\s|les\s|l')?$"
)
_RATE_BEFORE = re.compile(r"%|\bper\s?cent|\bciento\b|\bcent\b")
_FARTHEST = 70


def _charged(text: str, name: Mention) -> bool:
    """Whether a rate before the name is on its goods, whatever they are: "18% sobre el cardamomo de Guatemala"."""
    lead = text[max(0, name.start - _FARTHEST) : name.start]
    if not _RATE_BEFORE.search(lead):
        return False
    return (_UPON_GOODS if name.adjective else _UPON_FROM).search(lead) is not None


def _belongs(text: str, name: Mention, start: int, end: int) -> bool:
    if name.end <= start <= name.end + _NEAR:
        gap = text[name.end : start]
        led = name.adjective or gap == " " or gap.startswith(("-made", "-built", "-grown"))
        return (
            led and _BEFORE_GOODS.fullmatch(gap) is not None and not _TARIFF_AFTER.match(text, end)
        )
    if end <= name.start <= end + _NEAR:
        gap = text[end : name.start]
        beside = name.adjective and _BESIDE.fullmatch(gap) is not None
        return beside or (not name.adjective and _AFTER_GOODS.fullmatch(gap) is not None)
    return False
