"""Dates that a text leaves to be worked out: "within 30 days of publication", "fin de mes".

Every count starts from the publication unless the text names another day ("60 days after July 1").
A count from an event whose day the sentence does not name ("30 days after receipt") gives nothing.
All expressions are for text folded by `even`.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from bot.reading import calendar, named_days, numerals, ordinals, weekday_dates
from bot.reading.alternation import Words
from bot.reading.lexicon import Cues, Lexicon
from bot.reading.worked import Clue, Worked


class Anchor(NamedTuple):
    """A date written out in the same text, from `start` to `end`."""

    start: int
    end: int
    day: date
    before: date | None = None
    """Where it has no year: the last such day."""


_UNIT = (
    r"(?P<biz>business\s|working\s)?(?:calendar\s|consecutive\s)?"
    r"(?P<unit>days?|weeks?|months?|years?|dias?|semanas?|mes(?:es)?|anos?|jours?|semaines?|mois|ans?|annees?|fortnights?|quincenas?|quinzaines?|hours|horas|heures)\b"
    r"(?P<biz2>\s(?:habil(?:es)?|laborables?|ouvrables?|ouvres?))?(?:\s(?:naturales|civils|calendaires|corridos))?"
)
"""A unit of time, with whether only working days count."""
_SPAN = re.compile(
    rf"(?<![\w$.,])(?:(?P<n>{numerals.COUNT})|(?P<nth>{ordinals.FIGURES}|{ordinals.WORD}))(?:-|\s)(?:full\s|more\s|additional\s|further\s)?{_UNIT}"
)

_PUBLISHED = (
    r"(?:(?:the\s)?(?:date\s(?:of|that)\s|day\s(?:of|after)\s)?(?:the\s|its\s|this\s|such\s)?"
    r"(?:notice(?:'s)?\s(?:is\s)?|rule(?:'s)?\s(?:is\s)?|order(?:'s)?\s(?:is\s)?|document(?:'s)?\s(?:is\s)?"
    r"|(?:bulletin|circular|message|alert)(?:'s)?\s(?:is\s)?|decree(?:'s)?\s(?:is\s)?|federal\sregister\s|official\s)*(?:publication|published|posting|posted|release)"
    r"|it\s(?:is|was)\s(?:published|posted|released)|today's\s(?:[a-z]+\s){0,3}?(?:publication|posting|notice|release|issue|bulletin|gazette|register|edition|journal|announcement|results?|decision|ruling|determination|order|findings?|rule|proclamation|statement)\b|today|tomorrow|now|(?:the\sdate\sof\s)?this\s(?:notice|rule|publication|document|announcement|order|bulletin|message|release|circular|alert)"
    r"|(?:a\s|de\s|desde\s|del?\s|al\s|la\s|su\s|esta\s|dia\s|siguiente\s|fecha\s|aquel\s|en\sque\s|se\s"
    r"|presente\s|el\s|que\s|contados?\s|contadas?\s|partir\s|posterior(?:es)?\s|a\spartir\s|dicha\s|haber\s|sido\s)*"
    r"(?:publicacion|publique|publicad[oa]s?|hoy|manana|aviso|(?:anuncio|decision|resolucion|determinacion|fallo|comunicado)\sde\shoy)"
    r"|(?:de\s|la\s|sa\s|du\s|le\s|jour\s|date\s|cette\s|l')*(?:publication|parution|aujourd'hui|demain|present\savis|(?:annonce|decision|arret|conclusion|communique)s?\s(?:d'aujourd'hui|de\sce\sjour|publiee?s?\sce\sjour)))"
)
"""The day of publication as notices name it."""
_FROM = (
    r"^\s*(?:\((?:\d{1,3})\)\s*)?(?:of|after|from|following|since|as\sof|(?:starting|beginning|count(?:ed|ing)|running)(?:\sfrom)?"
    r"|contad[oa]s?(?:\sa\spartir)?(?:\sde(?:sde)?)?|siguientes?(?:\sal?)?|despues(?:\sdel?)?|posterior(?:es)?(?:\sal?)?"
    r"|a\spartir\sdel?|desde|tras|de(?:l)?"
    r"|suivant|apres|a\sdater\sd(?:e|u|')|(?:calcule[es]*\s)?a\scompter\sd(?:e|u|')|(?:calcule[es]*\s)?a\spartir\sd(?:e|u|')|des|de)\s*"
)
"""What says from when a span is counted."""
_AFTER_PUBLICATION = re.compile(
    r"^(?:\s(?:more|additional|mas|adicionales|encore|de\splus|supplementaires))?,?(?:"
    + _FROM[1:]
    + _PUBLISHED
    + r"|\stoday\b)"
)
_AFTER_EVENT = re.compile(_FROM + r"(?<=\s)(?P<rest>\w)")
_ONCE_OVER = re.compile(
    r"^\s(?:after|following|despues\sdel?|tras|posteriores\sal?|apres|suivant)\s"
)
"""Counted from an event that is still to come: "for seven days after the hearing closes"."""
_AGO = re.compile(
    r"^\s*(?:(?:that|which)\s(?:have\s)?followed|qui\sont\ssuivi|que\s(?:le\s)?siguieron|ago|earlier|prior|before|old|antes|atras|plus tot|avant)\b"
)
_OF_FIGURES = re.compile(
    rf"^\s(?:to|through|until|up\sto|ended|ending|a|al|hasta|terminad[oa]s|de|of|jusqu'en|jusqu'a|termines\sen|del|a\sfin)\s(?:(?:in|on|en|el|le|the|end\sof|fin\sd[e']|cierre\sde)\s?){{0,2}}(?:(?:{'|'.join(m for m in calendar.MONTHS if len(m) > 3)})\b|20\d\d\b)"
)
"""A period of statistics: "in the ten months to October"."""
_PAST_LEAD = re.compile(
    r"\b(?:(?<!will\s)(?<!would\s)(?<!to\s)(?<!can\s)(?<!may\s)last|past|previous|prior|ultimos?|pasados?|derniers?|dernieres?|over|hace|il y a|every|per|each|cada|after|tras|apres)"
    r"\s(?:the\s|an?\s|un\s|una\s|une\s)?$"
)
"""What makes a span one that lies behind, or comes again: “over the last”, “every”."""
_LASTING_LEAD = re.compile(
    r"(?:\bfor|\b(?:will|to|would|may|can)\slast|\blasts|(?<!\ba\s)(?<!\bont\s)(?<!\bavait\s)\bdur(?:e|era|eront|a|ara|aran)|\bvalables?|\bvalides?|\bvalid[oa]s?(?:\spor)?|\bduring|\bdurante|\bpor|\bvigencia(?:\ssera)?\sde|\ben\sconsulta(?:\spublica)?|\bperiodo\s(?:de\s(?:transicion|gracia)\s)?de|\bplazo\s(?:de\s(?:transicion|gracia)\s)?de|\bpour|\bpendant|\bduree\sde"
    r"|\bduracion\s(?:maxima\s|minima\s|total\s)?de|\bduree\s(?:maximale|minimale|totale)\sde|\bperiode\s(?:de\s(?:transition|grace)\s)?(?:maximale\s)?de|\b(?:maximum\s)?(?:period|term|duration|(?:shelf\s)?life)\sof)\s(?:up\sto\s|another\s|an\sadditional\s|a\sfurther\s|un\s|une\s|otros\s"
    r"|encore\s|(?:un\s)?(?:periodo|plazo)\s(?:adicional\s)?de\s|une\s(?:periode|duree)\sde\s)?(?:the\snext\s|los\sproximos\s|les\s)?$"
)
"""What makes a span one that something lasts: “for”, “durante”, “valable”."""
_ENDS_AFTER = re.compile(
    r"\b(?:(?:laps|expir|sunset|terminat)e?s?|ends?|runs?\sout|venc(?:e|en|era|eran)|expira(?:n|ra|ran)?|caduca(?:n|ra|ran)?|termina(?:n|ra|ran)?|expire(?:nt|ra|ront)?|pren(?:d|nent|dra|dront)\sfin|echoi(?:t|ent))\s(?:automatically\s|automaticamente\s|automatiquement\s)?(?:after|tras|a\slos|despues\sde|apres|au\sbout\sde)\s$"
)
"""What ends when a span is over: “lapses after”, “vence a los”."""
_WITHIN_LEAD = re.compile(
    r"\b(?:within|in|no later than|not later than|not more than|have|has|had|gets?|got|obtains?|obtien(?:t|nent|en|e)|obtendran?|gives?|given|allow(?:s|ed)?|en|dentro de"
    r"|tiene|tienen|tendra|tendran|cuentan? con|contaran? con|quedan?|restan?|reste|plazo (?:\w+ ){0,6}(?:es )?de|plazo (?:no mayor a|que no exced\w+ (?:de )?|maximo de)|in no more than|delai (?:maximal|n'excedant pas)(?: de)?|en un plazo(?: maximo)? de|dans|sous|d'ici"
    r"|a mas tardar|au plus tard|disposent?|disposera(?:it|ont)?|aura|auront|delai de|dans un delai de|dispose de|disposent de"
    r"|at least|by|at the latest)\s(?:the\s|a\s|about\s|los\s|las\s|les\s|next\s|un\s(?:plazo|delai)\sde\s|"
    r"des?\s|d'un\sdelai\sde\s|un\splazo\s(?:maximo\s)?de\s|proximos\s|prochains\s|un\sdelai\sde\s|"
    r"(?:los|las|les)\s(?:proximos|proximas|prochains)\s)*$"
)
"""What makes a span one to act in: “within”, “tienen”, “dans un délai de”."""
_COMPOUND = re.compile(
    r"^\s*(?:comment(?:ing)?|consultation|review|waiting|grace|phase-in|transition)\s(?:period|window)|^\s*(?:transition|phase-in)\s(?:to|for)\b"
    r"|^\s*(?:pause|suspension|reprieve|delay|extension|truce|exemption|waiver|freeze|moratorium|stay|halt|deadline|limit|window|period)\b"
)
"""What a span is joined to: “60-day comment period”, “90-day pause”."""
_TIME_TO_DO = re.compile(
    r"^\s(?:runway|cushion|lead\stime|head\sstart|time\slimit|opportunity|deadline|window|period)\sto\s(?!(?:the|a|an)\s)[a-z]+"
)
"""“45-day runway to relabel”."""
_MORE = re.compile(r"^\s(?:de\splus|de\smas|mas|supplementaires|adicionales)(?=\s(?:pour|para)\b)")
_LEFT = re.compile(r"^\s(?:left|remaining)\sto\srun\b|^\sde\s(?:vigencia|vida|validite)\b")
_TO_DO = re.compile(
    r"^\s(?:to|para|pour)\s(?!(?:the|el|la|los|las|le|les|un|une|una|a|an)\s)[a-z]+"
)
_TERM = re.compile(r"\b(?:plazo|delai|period|window)\s(?:maximo\s)?(?:de|of)\s$")
"""A term named before its length."""
_GIVEN = re.compile(
    r"\b(?:gave|gives?|given|grants?|granted|allow(?:s|ed)|leaves?|left|dio|dieron|dan?|dara|otorg(?:o|a|an|ara)|conced(?:io|e|en|era)|accord(?:e|ent|era)|accorde\saux|donn(?:e|ent|era)|laiss(?:e|ent|era)|octroi(?:e|ent))\s(?:\w+\s){0,4}$"
)
"""Who gives days: “gave”, “otorgó”, “accorde”."""
_TO_WHOM = re.compile(
    r"^\s(?:to|al?|aux?)\s(?:the\s|l[oa]s\s|la\s|les\s)?(?:[\w'-]+\s){1,4}?(?:to|para|pour)\s(?!(?:the|el|la|los|las|le|les|un|une|una|a|an)\s)[a-z]+"
)
"""Days that are given to somebody to do something: "dio 23 días hábiles a los interesados para responder"."""
_TOOK = re.compile(
    r"\b(?:took|takes?|taken|spent|needed|waited|tardo|tardaron|tomo|a pris|ont mis|a mis)\s(?:\w+\s){0,3}$"
)
_DE_LASTING = re.compile(
    r"\b(?:prolong|prorog)\w*\sd(?:e\s|')$|\b(?:pausa|suspension|prorroga|tregua|moratoria|exencion|respiro|gracia|sursis|repit|pause|treve|exemption|prolongation|report|moratoire|aplazamiento|gel|periode\sde\scommentaires|periodo\sde\scomentarios|consulta|consultation|ventana|ventanilla)\s(?:\w+\s){0,2}de\s$"
    r"|\b(?:pause|suspension|reprieve|truce|extension|delay|moratorium|exemption|waiver|stay|freeze|window|postponement|standstill)\s(?:\w+\s){0,2}of\s(?:up\sto\s)?$"
)
"""A pause or an extension of the span that follows: “prórroga de”, “suspension of up to”."""
_TO_DATE = re.compile(
    _FROM
    + r"(?:(?:the|el|le|la|its|date)\s|(?:monday|tuesday|wednesday|thursday|friday),?\s|\d{1,2}:\d\d\s[ap]\.?m\.?,?\s(?:\w{2,8}\s)?(?:on\s)?)*$"
)
_TO_EVENT = re.compile(
    _FROM
    + r"(?:(?!to\b|and\b|or\b|para\b|pour\b)[\w'-]+\s){0,6}?[\w'-]+"
    + r"(?:(?:\s|,\s(?!soit\b|esto\ses\b|es\sdecir\b|o\ssea\b|that\sis\b|i\.e\.|namely\b|or\b|o\s|ou\s)(?:\w+\s){0,4}?)(?:on|of|el|del|le|du)\s(?:the\s)?|,?\s(?:which|that)\s(?:is|are|falls?|comes?)\s(?:due\s|set\sfor\s)?(?:on\s)?)"
    + rf"(?:(?:{'|'.join(name for name in calendar.WEEKDAYS if len(name) > 4)}),?\s)?$"
)
"""Counted from something whose day comes next: "60 days after its signature, which took place on October 27"."""
_OPENS = r"(?:opens?|begins?|starts?|beginning|starting|commencing|tak(?:es?|ing)\seffect|appl(?:y|ies)|kicks?\sin|entra(?:ra)?\sen\svigor|surt(?:e|ira)\sefectos?|aplica(?:ra)?|entre(?:ra)?\sen\svigueur|pren(?:d|dra)\seffet|s'applique(?:ra)?|abr(?:e|ira)|inicia(?:ra)?|arranca(?:ra)?|comienza|comenzara|s'ouvr(?:e|ira)|debut(?:e|era)|commenc(?:e|era))"
_OPENS_LATER = re.compile(
    rf"^,?\s(?:(?!(?:before|after|until|antes|avant|despues|apres)\b)[\w'-]+\s){{0,7}}?{_OPENS}\b(?!\s(?:today|now|immediately|with|up?on\s(?:its\s)?publication|hoy|con\s|al\s|aujourd|a\sla\spublication|des\s))"
)
"""What runs that long begins on a day of its own: "a 10-day window opens Monday"."""
_OPENING = re.compile(
    rf"\b{_OPENS}\s(?:(?:on|from|next|this|el|le|proximo|a\spartir\sd(?:el?|u)|a\scompter\sdu)\s){{0,2}}$"
)
_RUNS_FROM = re.compile(
    r"\s(?:to|para|pour)\s[^.;,]{3,50}\s(?:from|starting|beginning|as\sof|a\spartir\sd(?:el?|u)|desde|a\scompter\sdu)\s(?:on\s|el\s|le\s)?"
)
"""What the time is for stands before the day it begins: "30 días para pedir exclusiones a partir del …"."""
_IS_DUE = re.compile(
    r"\b(?:which|that)\s(?:is|are|falls?|comes?|takes\splace|will\sbe\sheld)\s(?:\w+\s){0,3}$"
)
"""The day counted from is one of its own: "seven days after comments, which are due December 1"."""
_WEEKDAY = re.compile(
    rf"\b(?:{'|'.join(name for name in calendar.WEEKDAYS if len(name) > 4)}),?\s$"
)
"""A weekday, which says in which year a day lies."""
_FROM_THEN = re.compile(
    _FROM
    + r"(?:that|ese|esa|dicha|cette|ce)\s(?:very\s|meme\s|mism[oa]\s)?(?:date|day|dia|fecha|jour)\b"
)
"""Counted from the day named before."""


MAX_YEARS = 10
"""Longer terms ("sixteen years") run from a treaty's own start, not from the publication."""
_UNITS = Words(
    r"\b(?:days?|weeks?|months?|years?|dias?|semanas?|mes|meses|anos?|jours?|semaines?|mois|ans|annees?|(?<=un\s)an|fortnights?|quincenas?|quinzaines?|hours|horas|heures)\b"
)
WIDEST = 60
"""Characters that a count can take before its unit."""


def _counts(text: str, cues: Cues) -> Iterator[re.Match[str]]:
    """Yield the counts of days, weeks, months and years, each once."""
    reached = 0
    for unit in cues.finditer(_UNITS, text):
        start = max(reached, unit.start() - WIDEST)
        for match in _SPAN.finditer(text, start, min(len(text), unit.end() + 24)):
            yield match
            reached = match.end()


def find(
    text: str,
    *,
    published: date,
    anchors: Sequence[Anchor] = (),
    cues: Cues | None = None,
) -> list[Worked]:
    """Return relative expressions with the day each comes to.

    `cues` are those of CUES that the text may hold; None where that is not known.
    """
    here = _LEXICON.present(text) if cues is None else cues
    found = [
        worked
        for match in _counts(text, here)
        if (worked := _count(text, match, published, anchors)) is not None
    ]
    found += named_days.find(text, published, here)
    names = [match.start() for match in here.finditer(weekday_dates.NAMES, text)]
    if names:
        found += _plain(weekday_dates.find(text, published, names))
    return found + _plain(
        weekday_dates.numbered(text, published, [anchor.day for anchor in anchors])
    )


def _plain(days: Iterable[weekday_dates.Found]) -> list[Worked]:
    return [Worked(start=start, end=end, date=day, clue=Clue.NONE) for start, end, day in days]


def _count(
    text: str, match: re.Match[str], published: date, anchors: Sequence[Anchor]
) -> Worked | None:
    number = _number(match)
    tail = _MORE.sub("", text[match.end() : match.end() + 90])
    lead = text[max(0, match.start() - 48) : match.start()]
    if _counts_nothing(match["unit"], number, lead, tail):
        return None
    clue = _clue(lead, tail, text[match.start() : match.end()])
    found = _anchored(text, match, anchors, published, clue)
    if found is not None:
        return _worked(match.start(), found[0], _advance(found[1], number, match), clue)
    published_after = None if match["nth"] else _AFTER_PUBLICATION.match(tail)
    if published_after and not (clue is Clue.LASTING and _OPENS_LATER.match(tail)):
        end = match.end() + published_after.end()
        clue = Clue.WITHIN if clue is Clue.NONE else clue
        return _worked(match.start(), end, _advance(published, number, match), clue)
    if not _counts_from_now(match, lead, tail, clue):
        return None
    return _worked(match.start(), match.end(), _advance(published, number, match), clue)


def _counts_nothing(unit: str, number: int, lead: str, tail: str) -> bool:
    """Whether a span is a treaty's term, lies behind, is one of figures, or goes round the clock."""
    if unit.startswith(("year", "an")) and number > MAX_YEARS:
        return True
    if unit in _HOURS and (lead.endswith("las ") or _ROUND_THE_CLOCK.match(tail)):
        return True
    return (_AGO.match(tail) or _OF_FIGURES.match(tail)) is not None


def _counts_from_now(match: re.Match[str], lead: str, tail: str, clue: Clue) -> bool:
    """Whether a count that names no day to count from runs from the publication."""
    if clue is Clue.NONE or match["nth"]:  # "the fifth day" counts only from a day that is named
        return False
    if clue is Clue.WITHIN and _AFTER_EVENT.match(tail):
        return False
    if clue is Clue.LASTING and _ONCE_OVER.match(tail):
        return False
    if clue is Clue.LASTING and _OPENS_LATER.match(tail):
        return False
    return _PAST_LEAD.search(lead) is None or _ENDS_AFTER.search(lead) is not None


def _anchored(
    text: str, match: re.Match[str], anchors: Sequence[Anchor], published: date, clue: Clue
) -> tuple[int, date] | None:
    """Where the day ends from which is counted, and the day; None where the text names none."""
    reached = match.end()
    for anchor in anchors:
        gap = anchor.start - reached
        if not 0 < gap < _FAR:
            continue
        between = text[reached : anchor.start]
        if _AFTER_PUBLICATION.match(between) and "," in between:
            return None  # "30 days after publication, on December 16" says the day twice
        if _OPENS_LATER.match(between) and _OPENING.search(between):
            return None if clue is Clue.NONE else (reached, anchor.day)
        if clue is Clue.LASTING and _RUNS_FROM.fullmatch(between):
            return reached, anchor.day
        if (gap < _NEAR and _TO_DATE.match(between)) or _TO_EVENT.match(between):
            end = reached if _IS_DUE.search(between) else anchor.end
            named = _WEEKDAY.search(between) is not None
            return end, anchor.day if named else _counted_from(anchor, match, published)
    then = _FROM_THEN.match(text[reached : reached + _FAR])
    earlier = [anchor for anchor in anchors if anchor.end <= match.start()]
    if then is None or not earlier:
        return None
    return reached + then.end(), _counted_from(earlier[-1], match, published)


_NEAR, _FAR = 40, 80
"""Characters between a count and the day it is counted from, and where an event stands between."""


def _counted_from(anchor: Anchor, match: re.Match[str], published: date) -> date:
    """Return the day an anchor means: without its year the last such day, where the count goes on beyond now."""
    if anchor.before is None:
        return anchor.day
    reached = _advance(anchor.before, _number(match), match)
    return anchor.before if reached is not None and reached >= published else anchor.day


def _number(match: re.Match[str]) -> int:
    nth = match["nth"]
    return numerals.count(match["n"]) if nth is None else ordinals.value(nth)


def _goes_on(lead: str, tail: str, counted: str) -> bool:
    """Whether something goes on so much longer: "stays open another 30 days", "60 días más"."""
    verb = _GOES_ON.search(lead)
    if verb is None:
        return False
    longer = verb["longer"] or "more " in counted or "additional " in counted
    return bool(longer) or _LONGER.match(tail) is not None


_GOES_ON = re.compile(
    r"\b(?:stays?|remains?|runs?|continues?|keeps?|stands?|holds?|sigue[n]?|seguira[n]?|permanec\w+|continu\w+|manten\w+|mantien\w+|rest(?:e|ent|era|eront)|demeur\w+|poursui\w+)\s(?:[\w']+\s){0,3}?(?P<longer>another\s|otr[oa]s\s|encore\s)?$"
)
_LONGER = re.compile(r"^\s(?:mas|de\splus|supplementaires|adicionales|longer)\b")


def _clue(lead: str, tail: str, counted: str) -> Clue:
    """What a count tells by what stands before and after it; `counted` is its own text."""
    hyphen = "-" in counted
    to_do = _TO_DO.match(tail) is not None and not _TOOK.search(lead)
    given = _GIVEN.search(lead) is not None and _TO_WHOM.match(tail) is not None
    if given or (to_do and _TERM.search(lead)):
        return Clue.WITHIN
    lasts = _LASTING_LEAD.search(lead) or _DE_LASTING.search(lead) or _ENDS_AFTER.search(lead)
    if _LEFT.match(tail) or lasts or _goes_on(lead, tail, counted):
        return Clue.LASTING
    if to_do or _WITHIN_LEAD.search(lead):
        return Clue.WITHIN
    if hyphen and _TIME_TO_DO.match(tail):
        return Clue.WITHIN
    if hyphen or _COMPOUND.match(tail):
        compound = _COMPOUND.match(tail)
        if compound:
            return Clue.LASTING
    return Clue.NONE


def _advance(start: date, number: int, match: re.Match[str]) -> date | None:
    unit = match["unit"]
    if match["biz"] or match["biz2"]:
        return calendar.add_business_days(start, number)
    if unit in _HOURS:
        whole = number and number % 24 == 0
        return calendar.add_days(start, number // 24) if whole else None
    days = next((days for letters, days in _DAYS.items() if unit.startswith(letters)), None)
    if days is not None:
        return calendar.add_days(start, number * days)
    return calendar.add_months(start, number * (1 if unit.startswith(("mo", "me")) else 12))


_ROUND_THE_CLOCK = re.compile(r"\s(?:a\sday|al\sdia|sur\s24|par\sjour)\b")
_HOURS = frozenset({"hours", "horas", "heures"})
"""Told for whole days: "72 hours"."""
_DAYS = {"day": 1, "dia": 1, "jour": 1, "week": 7, "sem": 7, "fort": 14, "quin": 15}
"""How many days a unit has, by its first letters."""


def _worked(start: int, end: int, day: date | None, clue: Clue) -> Worked | None:
    return None if day is None else Worked(start=start, end=end, date=day, clue=clue)


CUES = (_UNITS, *named_days.CUES, weekday_dates.NAMES)
"""What a text with relative expressions holds."""
_LEXICON = Lexicon(*CUES)
