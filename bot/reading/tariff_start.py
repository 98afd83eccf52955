"""The day from which a tariff holds, where its sentence says so."""

import re
from datetime import date

from bot.domain.reading import Action, Lang
from bot.reading import calendar, dates, deadline_cues, deadline_past
from bot.reading.actions import Deed
from bot.reading.date_spans import DateSpan, Grain
from bot.reading.deadline_cues import Relation
from bot.reading.lexicon import Cues
from bot.reading.worked import Clue

_NOT_EFFECTIVE = re.compile(
    r"\b(?:until|till|through|by|before|hasta|antes\sdel?|a\smas\stardar|jusqu'(?:au|a)|avant(?:\sle)?|d'ici(?:\sau)?|au\splus\stard|(?:was|were|had\sbeen)\s(?:\w+\s){0,2}?to\s(?:start|begin|take\seffect|kick\sin|apply)(?:\son)?|(?:debia|iba|tenia\sque|devait)\s(?:a\s)?(?:entrar\sen\svigor|empezar|comenzar|iniciar|entrer\sen\svigueur|commencer|debuter)(?:\sle|\sel)?)\s*(?:the|el|le|la|dia|that)*\s*$"
)
_SAID = re.compile(
    r"\b(?:announced|said|told|confirmed|agreed|decided|noted|revealed|signed|dated|warned|threatened|vowed|reported|published|wrote|posted|tweeted|unveiled|proposed|ruled|met|anuncio|dijo|confirmo|acordo|decidio|revelo|preciso|firmo|publico|publicad[oa]s?|anunciad[oa]s?|firmad[oa]s?|emitid[oa]s?|issued|posted|released|printed|publie(?:e|s|es)|annonce(?:e|s|es)|signee?s?|advirtio|amenazo|informo|annonce|dit|confirme|decide|convenu|revele|precise|signe|publie|menace|averti|indique)\s*(?:,\s)?(?:(?:on|in|late|early|the|el|le|este|this|last|ce)\s)*$"
)
_SINCE = re.compile(r"\b(?:since|depuis|desde)\s(?:the|el|le|el\spasado)?\s*$")
_UNSETTLED = frozenset({Action.THREATENED, Action.ANNOUNCED, Action.EXEMPTED})
_COMING = re.compile(
    r"\b(?:will|would|to\s(?:take|begin|start|be|impose|raise|double|rise)|shall|set\sto|plans?|could|may|might|if|unless|(?!cobra\b|ahora\b|contra\b|para\b|compra\b|otra\b|nuestra\b|extra\b|madera\b|frontera\b|tijuana\b)\w{3,}ra|\w{3,}ran|\w{3,}ront|next|proximo|prochain|podria\w*|pourrai\w*|va\sa|van\sa)\b"
)


def find(
    text: str,
    deed: Deed,
    *,
    published: date,
    lang: Lang,
    cues: Cues | None = None,
) -> date | None:
    """Return the day a folded sentence says its tariff starts; None where it names none.

    Days on which something was said, signed or ends are none. `cues` are those of `dates.CUES` that
    the sentence may hold, where that is known.
    """
    if not (dates.may_hold_dates(text) if cues is None else dates.hinted(text, cues)):
        return None
    best: DateSpan | None = None
    least = _LEAST
    for span in dates.find(text, published=published, lang=lang, cues=cues):
        rank = _rank(text, span, deed, published)
        if rank is not None and rank < least:
            best, least = span, rank
    return None if best is None else _resolved(text, best, published)


_LEAST = 4
"""More than any rank."""


def _rank(text: str, span: DateSpan, deed: Deed, published: date) -> int | None:
    """0 for "from" and "since", 1 for "takes effect", 2 for a bare "on"; None: another date."""
    lead = _without_weekday(text[max(0, span.start - 45) : span.start])
    if _is_another(lead, span) or _of_clause_before(text, span, deed):
        return None
    if _START_LEAD.search(lead) or _SINCE.search(lead):
        return 0
    if deadline_cues.RELATIONS[Relation.FORCE].search(lead) or deadline_past.PAST.search(lead):
        return 1
    ahead = span.date > published and not span.weekday
    if not ahead and _is_day_of_words(text, span, lead, deed):
        return None
    if _ON_LEAD.search(lead) or span.start < 4:
        return 2
    return 3 if span.computed else None


def _without_weekday(lead: str) -> str:
    """Return the words before a date without its weekday: "from Monday, June 8"."""
    head, _, last = lead.rstrip(" ,").rpartition(" ")
    return f"{head} " if last in calendar.WEEKDAYS else lead


def _of_clause_before(text: str, span: DateSpan, deed: Deed) -> bool:
    """Whether another clause begins between a date and the verb: "talks ended on May 3, and …"."""
    return span.end <= deed.start and _NEXT_CLAUSE.search(text, span.end, deed.start) is not None


def _is_another(lead: str, span: DateSpan) -> bool:
    """Whether the date is an end, a limit, or the day something was said."""
    if span.grain is Grain.MONTH or _NOT_EFFECTIVE.search(lead) or _SAID.search(lead):
        return True
    return span.clue in {Clue.LASTING, Clue.WITHIN} and "effect" not in lead


def _is_day_of_words(text: str, span: DateSpan, lead: str, deed: Deed) -> bool:
    """Whether the date is when somebody spoke: "threatened on Monday", "…, he said Friday"."""
    if deed.action in _UNSETTLED and span.weekday:
        return True
    if _SAYS.search(text[span.end : span.end + 30]):
        return True
    return span.end + 25 > len(text) and _SAYING.search(lead) is not None


_NEXT_CLAUSE = re.compile(r";\s|[,:]\s(?:and|but|while|y|pero|mientras|et|mais|tandis)\s")
"""What stands between a date and a verb that it is not the date of."""
_START_LEAD = re.compile(
    r"\b(?:retroactive(?:ly)?\sto|back-?dated\sto|retroactiv[oa]s?\sal?|con\sefecto\sretroactivo\sal?|retroacti(?:f|ve)s?\s(?:au|a\sl[ea])|from|as\sof|starting|beginning|effective|on\sor\safter|commencing|begin(?:s|ning)?|start(?:s)?|a\spartir\sde(?:l)?|desde|con\sefectos?\sdesde|vigor|a\scompter\sd[ue]|a\spartir\sd[ue]|des|vigueur|effet)\s*(?:(?:on|from|el|le|la|dia|the|proximo|du|12:01\sa\.?m\.?(?:\se\w+)?|at)\s*,?)*\s*$"
)
_ON_LEAD = re.compile(r"\b(?:on|el|le|este|ce|this|due|for)\s*(?:proximo\s|next\s|dia\s)?$")
_SAYS = re.compile(
    r"^\s*,?\s*(?:\w+\s){0,3}(?:said|announced|threatened|warned|vowed|anuncio|dijo|amenazo|advirtio|a\s(?:annonce|dit|menace|averti))\b"
)
_SAYING = re.compile(r"\b(?:said|announced|threatened|warned|vowed)\b")


def _resolved(text: str, span: DateSpan, published: date) -> date:
    """A day without a year lies behind where the verb is past, ahead where it is not."""
    lead = text[max(0, span.start - 25) : span.start]
    coming = _COMING.search(text) is not None
    opening = _SINCE.search(lead)
    since_then = opening is not None and "desde" not in opening.group()
    behind = span.past or not coming or since_then
    told = opening or deadline_past.PAST.search(text) or _PAST_DEED.search(text)
    if not behind or not told:
        return span.date
    if span.before is not None:
        since = (published - span.before).days
        recent = since < 120 or since <= (span.date - published).days or since_then
        ahead = since > 45 and _START_AHEAD.search(lead) is not None
        return span.before if recent and not ahead else span.date
    if span.weekday and span.date > published:
        return calendar.add_days(span.date, -7) or span.date
    return span.date


_PAST_DEED = re.compile(
    r"\b(?:\w{3,}ed|took|came|went|put|hit|cut|set|struck|let|woke|fell|rose|began|impuso|subio|bajo|elevo|redujo|elimino|retiro|suspendio|paso|entro|quedo|llego|cayo|aumento|incremento|aplico|dejo|fijo|cobro|gravo|anulo|levanto|congelo|cancelo|quito|recorto|rebajo|duplico|(?:est|sont)\s(?:passe|monte|tombe|entre|devenu)(?:e|s|es)?|\w{3,}aron|\w{3,}ieron|(?:a|ont)\s\w{3,}[ei](?:s|es)?)\b"
)
_START_AHEAD = re.compile(
    r"\b(?:from|as\sof|starting|beginning|effective|a\spartir\sde(?:l)?|a\scompter\sdu|a\spartir\sdu|des\sle)\s*$"
)
