"""Hearings told by a verb: somebody appears before a committee, a court hears a case.

"To testify" asks for a seat as often as it tells of the day itself; what tells them apart is the
verb that governs it. And only what is heard of trade counts, so that no trial becomes a hearing.
"""

import re

from bot.reading import calendar
from bot.reading.alternation import Words, listed
from bot.reading.bonds import Site

_NAMED = Words(
    r"\b(?:hearings?|audiencias?|audiences?|vista\soral|oral\sarguments?)\s(?:publicas?\s|publiques?\s)?(?:(?:is|are|will\sbe|es|sera|est|a\sla)\s)?(?:set\s|fijad[oa]\s|fixee?\s|prevue?\s)?(?:on|for|el|para\sel|le|du|del|al|au)?\s?(?:the\s|dia\s)?"
    rf"(?:(?:{'|'.join(name for name in calendar.WEEKDAYS if len(name) > 4)}),?\s(?:the\s|le\s|el\s)?)?$"
)
"""A hearing named right before its day: “hearing is set for Monday, …”."""
_HEARS = listed(
    r"""
    takes?\s(?:\w+\s)?testimony\b
    (?:hears?|heard)\s(?:\w+\s){0,4}?(?:testimony|witnesses|arguments?|case|cases|appeals?|challenges?|evidence)\b
    (?:sets?|schedul(?:es|ed)|calendar(?:s|ed))\s(?:oral\s)?arguments?\b
    tak(?:e|es)\sup\s(?:\w+\s){0,4}?(?:case|cases|appeals?|challenges?)\b
    will\s(?:testify|appear|give\sevidence)\s(?:\w+\s){0,3}?before\b
    (?:is|are)\s(?:\w+\s)?to\s(?:testify|appear|give\sevidence)\s(?:\w+\s){0,3}?before\b
    will\stestify\b testif(?:y|ies)\sbefore\b appears\sbefore\b
    summon(?:s|ed)\s(?:\w+\s){1,6}?(?:hearing|testify|appear)\b

    (?:vera|veran|analizara|conocera|revisara)\s(?:\w+\s){0,4}?(?:apelacion|caso|amparo|recurso|demanda|impugnacion)\b
    comparece(?:ra|ran)?\b rendira[n]?\stestimonio testificara[n]?\b
    (?:cit|llam|convoc)(?:o|aron|a|an|ara|aran|ad[oa]s?)\s(?:[\w']+\s){0,5}?(?:comparecer|audiencia)\b
    (?:escuchara|oira)[n]?\sa\s(?:l[oa]s\s)?\w+ (?:defender|expondr)(?:a|an)\s(?:su|sus)\s(?:caso|argumentos|posicion)\sante\b
    argue(?:s)?\s(?:their|its)\scases?\sbefore\b plaider(?:a|ont)\b
    (?:escuchara|oira|desahogara)[n]?\s(?:\w+\s){0,4}?(?:alegatos|testigos|testimonios?|argumentos|caso|partes)\b

    comparaitr(?:a|ont)\b comparait\b comparaissent\b temoigner(?:a|ont)\b temoigne\b
    (?:entendra|entend|entendront|instruira)\s(?:\w+\s){0,4}?(?:temoins?|causes?|arguments|parties|temoignages?|l'appel|l'affaire)\b
    """
)
"""A court or a committee that hears, or somebody who testifies before it."""
_ABOUT = Words(
    r"\b(?:tariffs?|trade|customs|imports?|exports?|usmca|cusma|pact|ustr|greer|commerce|dut(?:y|ies)|subsid\w+|dumping|room|committee|subcommittee|panel|lumber|softwood|steel|alumini?um|citt|tcce|(?:us)?itc|dairy|sugar|tomato(?:es)?|autos?|quotas?"
    r"|arancel\w*|comerci\w+|t-mec|tmec|economia|aduan\w*|importacion\w*|jitomate|tomate|acero|aluminio|lacteos|azucar|maderer\w+|cupos?|senado|comision|diputados"
    r"|tarif\w*|commerc\w+|douan\w*|aceum|surtaxes?|comite|importations?|acier|aluminium|laitiers?|sucre|bois|contingents?|senat|groupe\sspecial|ways\sand\smeans)\b"
)
"""What makes a hearing one about trade."""
_ASKS = re.compile(
    r"\b(?:by|until|before\s\w+\s\d|due|deadline|requests?|wish\w*|ask(?:s|ing)?|want\w*|hasta|antes\sdel|a\smas\stardar|solicit\w+|plazo|quier\w+|dese\w+|avant\sle|jusqu'au|d'ici|au\splus\stard|demand\w+|souhait\w+|veulent|delai)\b"
)
"""Words of a term or of a request: the day before them is when to ask to be heard."""
_CRIME = re.compile(
    r"\b(?:accused|fraud\scharges|charged\swith|criminal|judge\son\scharges|peculado|juez\spor|acusad[oa]|imputad[oa]|accuse\b|palais\sde\sjustice|procureur)\b"
)
CUES = (_NAMED, _HEARS)
"""What is asked of a site here."""
TELLING = frozenset({_NAMED, _HEARS})


def is_named_before(site: Site) -> bool:
    """Whether a hearing is named right before its day: "called to a hearing on …"."""
    return site.search(_NAMED, site.before) is not None


def is_told(site: Site) -> bool:
    """Whether a verb tells of a hearing on trade on that day, none that asks for a seat."""
    told = site.search(_HEARS, site.before) or site.search(_HEARS, site.after)
    if told is None or _ABOUT.search(site.text) is None:
        return False
    if told.group().startswith("heard") and not told.string[: told.start()].endswith("be "):
        return False  # what was heard is over
    return not _ASKS.search(site.before) and not _CRIME.search(site.text)
