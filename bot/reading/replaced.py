"""Days that no longer count: the old day of a measure put off, of a hearing moved, of a term renewed.

A text that tells of a new day mostly names the old one as well: "originally due to start August 19,
will now take effect on August 22". Whether a day is the old one shows in the words right before it
(a plan told in the past) or right after it ("as first announced"), and in another day beside it.
"""

import re

from bot.reading import dates
from bot.reading.bonds import Site, moves

_REACH = 60
"""Characters before a date in which its plan is told."""
_PLAN = r"(?:due|set|slated|scheduled|supposed|meant|planned|expected|going|fixed|booked|pencill?ed\sin|earmarked|envisaged|listed|timetabled|arranged|billed|targeted|intended)"
_ON = r"(?:(?:on|by|for|in|at|from|until|through|effective|as\sof|the)\s)*"
_PARA = r"(?:(?:a\spartir|desde|hasta|para|el|al|del|de|dia)\s)*"
_POUR = r"(?:(?:a\scompter|a\spartir|jusqu'au|pour|des|le|au|du)\s)*"
_GIVEN_UP = re.compile(
    rf"\b(?:originally|initially|previously|formerly|at\sfirst|first|once|earlier)\s(?:been\s)?(?:{_PLAN}\s)?(?:to\s(?:\w+\s){{1,4}})?{_ON}$"
    rf"|\b(?:was|were|had\sbeen)\s(?:\w+ly\s)?(?:{_PLAN}\s)?to\s(?:\w+\s){{1,4}}{_ON}$"
    rf"|\b(?:was|were|had\sbeen)\s(?:\w+ly\s)?{_PLAN}\s{_ON}$"
    rf"|\bwould\shave\s\w+\s{_ON}$|\bhabria[n]?\s\w+\s{_PARA}$|\baurai(?:t|ent)\s\w+\s{_POUR}$"
    rf"|\b(?:instead\sof|rather\sthan|and\snot|not)\s(?:\w+\s)?{_ON}(?<!until\s)(?<!until\sthe\s)$"
    rf"|\b(?:original|inicial)mente\s(?:\w+\s){{0,4}}{_PARA}$"
    rf"|\b(?:que|cuy[oa]|cual)\s(?:\w+\s){{0,2}}\w{{2,}}(?:aba|aban|ia|ian)\s(?:\w+\s){{0,4}}{_PARA}$"
    rf"|\b(?:estaba|estaban|estuvo|antes)\s(?:previst|program|fijad|agendad|senalad|pactad|contemplad|apartad)\w+\s{_PARA}$"
    rf"|\b(?:en\slugar|en\svez|y\sno|no)\s{_PARA}$"
    rf"|\b(?:qui|dont|lequel|laquelle)\s(?:[\w']+\s){{0,2}}\w{{2,}}(?:ait|aient)\s(?:\w+\s){{0,4}}{_POUR}$"
    rf"|\bcense(?:e|s|es)?\s(?:\w+\s){{1,4}}{_POUR}$"
    rf"|\b(?:initialement|d'abord|au\sdepart|a\sl'origine)\s(?:\w+\s){{0,4}}{_POUR}$"
    rf"|\b(?:plutot\sque|au\slieu|et\snon)\s(?:pas\s)?{_POUR}$"
)
"""A plan that the sentence itself gives up, where it names another day."""
_AT_FIRST = re.compile(
    rf"\b(?:originally|initially)\s{_PLAN}\s{_ON}$|\b(?:original|inicial)mente\s(?:previst|program|fijad|agendad)\w+\s{_PARA}$"
    rf"|\b(?:d'abord|initialement)\s(?:prevu|fixe|programme)(?:e|s|es)?\s{_POUR}$"
)
"""An old plan by its own words, whatever else the sentence names."""
_ONCE_PLANNED = re.compile(
    rf"\b(?<!now\s){_PLAN}\s(?:to\s(?:\w+\s){{1,3}})?{_ON}$"
    rf"|\b(?:previst|programad|fijad|agendad|anunciad|senalad|pactad|contemplad|apartad)[oa]s?\s{_PARA}$"
    rf"|\b(?:prevu|fixe|attendu|programme|annonce|inscrit|retenu|convenu|arrete)(?:e|s|es)?\s{_POUR}$"
)
"""What was planned for the day that follows: “previsto para el”, “prévue le”."""
_CHANGED = re.compile(
    r"\b(?:now|instead|finally|finalmente|ahora|en\scambio|plutot|finalement|desormais)\b"
)
"""Words with which a new day is told after the old plan."""
_FIRST_TOLD = re.compile(
    r"^\s*(?:,\s*)?(?:date\s|deadline\s)?(?:(?:originally|initially|first|previously)\s(?:\w+ed|set)\b"
    r"|(?:como\sse\shabia|comme)\s(?:\w+\s){0,2}(?:anunciad|previst|planead|annonc|prevu))"
)
_MOVED_FROM = re.compile(
    r"\b(?:from|earlier|previous|former|old|original(?:ly)?|previously|(?:due|set|slated|going)\sto\s\w+(?:\sin\seffect)?|(?:first\s)?(?:planned|set|slated|expected)\sfor|que\s(?:vencia|vencian|expiraba|terminaba)n?|qui\s(?:devai(?:t|ent)|expirai(?:t|ent))\s?\w*|instead\sof|rather\sthan|was\sdue|were\sdue|(?:due|set)\sto\s\w+\son|scheduled\s(?:to\s\w+|for)|del|du|en\slugar\sdel?|au\slieu\sdu|initialement|originalmente|inicialmente|prevue?s?|previst[oa]|programad[oa]|currently)\s*(?:to\s\w+\s)?(?:(?:on|for|by|el|le|para|au|al|due|set)\s*)*$"
)
"""What marks the day that follows as the old one: “from”, “instead of”, “que vencía el”."""
_OLD = re.compile(r"\b(?:from|instead|rather|lugar|lieu|earlier|previous|former|old)\b")


def is_old(site: Site, *, alone: bool) -> bool:
    """Whether the date is an old one that another date of the sentence replaces.

    `alone` says that the sentence names no other date.
    """
    told = site.before[-_REACH:]
    if alone:
        return _AT_FIRST.search(told) is not None or _is_moved_from(site, told)
    if _GIVEN_UP.search(told) or _FIRST_TOLD.match(site.after):
        return True
    return _was_changed(site, told) or _is_moved_from(site, told)


def _was_changed(site: Site, told: str) -> bool:
    if not _ONCE_PLANNED.search(told):
        return False
    earlier = site.text[: site.span.start - len(site.before)]
    if moves(site, earlier) and dates.may_hold_dates(earlier):
        return True
    rest = site.text[site.span.end :]
    changed = moves(site, site.after) or _CHANGED.search(rest) is not None
    return changed and dates.may_hold_dates(rest)


def _is_moved_from(site: Site, told: str) -> bool:
    if not moves(site, site.text):
        return False
    rest = site.text[site.span.end :]
    if not dates.may_hold_dates(rest) and not _OLD.search(site.before):
        return False
    return bool(_MOVED_FROM.search(told))
