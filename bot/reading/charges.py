"""What goods pay at a border, told without a word for a tariff: "footwear will be charged 46 percent".

Such words stand for many things. They tell of a tariff where they stand beside a rate, on goods of
one country, and another country is named: see `tariffs.py`. Text folded by `even`.
"""

import re
from collections.abc import Iterator

from bot.reading.alternation import listed

CHARGE = listed(
    r"""
    pay(?:ing)?\b pays(?<!s\spays)(?<!\sde\spays)(?<!\bdu\spays)(?<!\ble\spays)(?<!\bce\spays)(?<!\bun\spays)(?<!\bau\spays)(?<!x\spays)(?!\s(?:membres?|tiers|concernes|vises|exportateurs?|en\s|sans|signataires|qui|d'|partenaires?|voisins?|de\sl'))\b paid\b charg(?:e|es|ed|ing)\b tax(?:es|ed|ing)?\b owe[sd]?\b hits?\b
    retaliat\w+ (?:hits?|str(?:ikes|uck)|fires?)\sback\b
    represalias?\b contraatac\w+ revir\w+ (?:respond(?:s|ed|e|io|ieron|en)|answer(?:s|ed)|repl(?:ies|ied)|counter(?:s|ed)|match(?:es|ed)|contest(?:o|a|aron)|replic(?:o|a|aron)|repond(?:u|ent)?)\b (?:devolvio|devuelve)\sel\sgolpe ripost\w+ represailles\b repliqu\w+
    slap(?:s|ped|ping)?\b collect(?:s|ed|ing)?\b add(?:s|ed|ing)?\b tack(?:s|ed|ing)?\son\b rates?\b fees?\b penalt(?:y|ies)\b penali[sz]\w+ assess(?:es|ed)?\b

    pag(?:a|an|ar|ara|aran|o|aron|ue|uen|aba|aban|ando)\b cobr\w+ grav(?:a|an|ar|ara|aran|o|aron|ado|ados|ada|adas|e|en)\b
    tribut(?:a|an|ar|ara|aran|aba|aban|o|aron)\b impuestos?\b tasas?\b derechos?\b cuotas?\b
    tarifas?\b tas(?:ara|aran|o|aron|ado|ados|ada|adas|ar)\b recargos?\b carg(?:a|an|o|aron|ara|aran)\b sum(?:a|an|o|aron|ara|aran)\b anad\w+ castig\w+

    pai(?:e|ent|era|eront|eraient)\b pay(?:er|e|ent|era|eront|aient|ait)\b tax(?:e|es|er|era|eront|ee|ees|ent|ait)\b
    aplic(?:a|an|o|aron|ara|aran|ar)\b imp(?:one|onen|uso|usieron|ondra|ondran|oner)\b fij(?:a|o|aron|ara)\b al\sentrar\b frontera\b aduanas?\b
    impos(?:e|es|ed|ing|ent|era|eront)\b levi(?:es|ed)\b border\b customs\b on\sentry\b
    appliqu(?:e|ent|era|eront|er)\b a\sl'entree\b douanes?\b frontieres?\b

    on(?<=%\son)\b on(?<=percent\son)\b sur(?<=%\ssur)\b al?(?<=%\sa)\b al?(?<=%\sal)\b exenci(?:on|ones)\b exemptions?\b
    acquitt(?:e|ent|er|era|eront|aient|ait)\b droits?\b taux\b tarifs?\b ecop\w+ percev\w+ percoi\w+ prelev\w+ frapp\w+ ajout(?:e|ent|era|eront)\b redevances?\b
    """
)
"""Verbs of paying, charging and striking back that make a rate beside them a tariff's."""

ELSEWHERE = re.compile(
    r"(?:%|cent|ciento)\s(?:more\b(?!\son\s)|less\b|off\b|extra\sfor\b|mas\b(?!\sa(?:l|\sl[oa]s?)\s(?!entrar|cruzar|import))|menos\b|de\splus\b(?!\ssur\s)|de\smoins\b|plus\scher|moins\scher)"
    r"|\b(?:corporate|royalt\w+|commissions?|interest|loans?|mortgage\w*|sales\stax|excise|vat|gst|hst|union\sdues|inspect\w+|reject\w+|discounts?|promotion|freight|insurance|brokerage|rents?|wages?|salar\w+|prices?|shares?\sof|output|capacity|utili[sz]ation|dividend\w*|profit\s?sharing"
    r"|regalias|comision(?:es)?|interes(?:es)?|prestamos?|creditos?|iva|ieps|isr|sindical\w*|inspeccion\w*|rechaz\w+|descuentos?|promocion|flete\w*|seguros?|corretaje|renta|salari\w+|precios?|utilidad\w*|capacidad"
    r"|redevances|commissions?|interets?|prets?\b|taxe\sde\svente|tvq|tps|tva|syndical\w*|inspecte\w*|rejets?|rabais|fret|assurances?|courtage|loyers?|salaires?|prix|utilisation)\b"
)
"""What else is paid, charged and rated in percent: then nothing is said of a border."""

PERCENT = listed(r"per\scent percent pct\b por\sciento pour\scent")
"""A rate in words; sentences with the sign are read anyway, see `lines.of`."""


def may_tell(text: str) -> bool:
    """Whether a sentence without a word for a tariff may tell of one: a rate, a charge, no other bill."""
    rated = "%" in text or "cent" in text or "ciento" in text or "pct" in text
    return rated and bool(CHARGE.search(text)) and not ELSEWHERE.search(text)


def between(text: str, start: int, end: int) -> Iterator[re.Match[str]]:
    """Yield the words for a charge from `start` to `end`."""
    return CHARGE.finditer(text, start, end)
