"""Dates that a text leaves to be worked out: "within 30 days of publication", "fin de mes".

Every count starts from the publication unless the text names another day ("60 days after July 1").
A count from an event whose day the sentence does not name ("30 days after receipt") gives nothing.
All expressions are for text folded by `even`.
"""

import datetime as dt
import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from datetime import date
from enum import StrEnum
from typing import NamedTuple

from bot.reading import calendar, numerals, weekday_dates
from bot.reading.alternation import Words
from bot.reading.lexicon import Cues, Lexicon

Anchor = tuple[int, int, date]
"""Start, end and day of a date written out in the same text."""


class Clue(StrEnum):
    """What a relative expression itself tells of the role of its date."""

    NONE = "none"
    WITHIN = "within"
    """A limit: something must be done before it."""
    LASTING = "lasting"
    """A duration: something holds until it."""
    START = "start"
    """Something begins: "immediately", "upon publication"."""


class Worked(NamedTuple):
    """A relative expression and the day it comes to."""

    start: int
    end: int
    date: dt.date
    clue: Clue


_UNIT = (
    r"(?P<biz>business\s|working\s)?(?:calendar\s|consecutive\s)?"
    r"(?P<unit>days?|weeks?|months?|years?|dias?|semanas?|mes(?:es)?|anos?|jours?|semaines?|mois|ans?|annees?|fortnights?|quincenas?|quinzaines?)\b"
    r"(?P<biz2>\s(?:habiles|laborables|ouvrables|ouvres))?(?:\s(?:naturales|civils|calendaires|corridos))?"
)
_SPAN = re.compile(
    rf"(?<![\w$.,])(?P<n>{numerals.COUNT})(?:-|\s)(?:full\s|more\s|additional\s|further\s)?{_UNIT}"
)

_PUBLISHED = (
    r"(?:(?:the\s)?(?:date\s(?:of|that)\s|day\s(?:of|after)\s)?(?:the\s|its\s|this\s|such\s)?"
    r"(?:notice(?:'s)?\s(?:is\s)?|rule(?:'s)?\s(?:is\s)?|order(?:'s)?\s(?:is\s)?|document(?:'s)?\s(?:is\s)?"
    r"|decree(?:'s)?\s(?:is\s)?|federal\sregister\s|official\s)*(?:publication|published|posting|posted|release)"
    r"|today's\s(?:[a-z]+\s){0,3}(?:publication|posting|notice|release|issue|bulletin|gazette|register|edition|journal)|today|tomorrow|now|(?:the\sdate\sof\s)?this\s(?:notice|rule|publication|document|announcement|order)"
    r"|(?:a\s|de\s|desde\s|del?\s|al\s|la\s|su\s|esta\s|dia\s|siguiente\s|fecha\s|aquel\s|en\sque\s|se\s"
    r"|presente\s|el\s|que\s|contados?\s|contadas?\s|partir\s|posterior(?:es)?\s|a\spartir\s|dicha\s)*"
    r"(?:publicacion|publique|publicado|hoy|manana|aviso)"
    r"|(?:de\s|la\s|sa\s|du\s|le\s|jour\s|date\s|cette\s|l')*(?:publication|aujourd'hui|demain|present\savis))"
)
_FROM = (
    r"^\s*(?:\((?:\d{1,3})\)\s*)?(?:of|after|from|following|since|as\sof|(?:starting|beginning|count(?:ed|ing)|running)(?:\sfrom)?"
    r"|contad[oa]s?(?:\sa\spartir)?(?:\sde(?:sde)?)?|siguientes?(?:\sa)?|despues(?:\sde)?|posteriores?(?:\sa)?"
    r"|a\spartir\sdel?|desde|tras|de(?:l)?"
    r"|suivant|apres|a\sdater\sd(?:e|u|')|(?:calcule[es]*\s)?a\scompter\sd(?:e|u|')|(?:calcule[es]*\s)?a\spartir\sd(?:e|u|')|des|de)\s*"
)
_AFTER_PUBLICATION = re.compile(r"^,?(?:" + _FROM[1:] + _PUBLISHED + r"|\stoday\b)")
_AFTER_EVENT = re.compile(_FROM + r"(?<=\s)(?P<rest>\w)")
_AGO = re.compile(r"^\s*(?:ago|earlier|prior|before|old|antes|atras|plus tot|avant)\b")
_OF_FIGURES = re.compile(
    rf"^\s(?:to|through|until|up\sto|ended|ending|a|al|hasta|terminad[oa]s|de|of|jusqu'en|jusqu'a|termines\sen|del|a\sfin)\s(?:(?:in|on|en|el|le|the|end\sof|fin\sd[e']|cierre\sde)\s?){{0,2}}(?:(?:{'|'.join(m for m in calendar.MONTHS if len(m) > 3)})\b|20\d\d\b)"
)
"""A period of statistics: "in the ten months to October"."""
_PAST_LEAD = re.compile(
    r"\b(?:(?<!will\s)(?<!would\s)(?<!to\s)(?<!can\s)(?<!may\s)last|past|previous|prior|ultimos?|pasados?|derniers?|dernieres?|over|hace|il y a|every|per|each|cada|after)"
    r"\s(?:the\s)?$"
)
_LASTING_LEAD = re.compile(
    r"(?:\bfor|\b(?:will|to|would|may|can)\slast|\blasts|\bdur(?:e|era|eront|a|ara|aran)|\bvalables?|\bvalides?|\bvalid[oa]s?(?:\spor)?|\bduring|\bdurante|\bpor|\bvigencia(?:\ssera)?\sde|\bperiodo\sde|\bplazo\sde|\bpour|\bpendant|\bduree\sde"
    r"|\bperiode\sde|\bperiod\sof|\bterm\sof)\s(?:up\sto\s|another\s|an\sadditional\s|a\sfurther\s|un\s|une\s|otros\s"
    r"|encore\s|(?:un\s)?(?:periodo|plazo)\s(?:adicional\s)?de\s|une\s(?:periode|duree)\sde\s)?(?:the\snext\s|los\sproximos\s|les\s)?$"
)
_WITHIN_LEAD = re.compile(
    r"\b(?:within|in|no later than|not later than|not more than|have|has|had|gives?|given|allow(?:s|ed)?|en|dentro de"
    r"|tiene|tienen|tendra|tendran|cuentan? con|contaran? con|quedan?|restan?|reste|plazo (?:\w+ ){0,6}(?:es )?de|en un plazo(?: maximo)? de|dans|sous|d'ici"
    r"|a mas tardar|au plus tard|disposent?|disposera(?:it|ont)?|aura|auront|delai de|dans un delai de|dispose de|disposent de"
    r"|at least|by|at the latest)\s(?:the\s|a\s|about\s|los\s|las\s|les\s|next\s|un\s(?:plazo|delai)\sde\s|"
    r"des?\s|d'un\sdelai\sde\s|un\splazo\s(?:maximo\s)?de\s|proximos\s|prochains\s|un\sdelai\sde\s|"
    r"(?:los|las|les)\s(?:proximos|proximas|prochains)\s)*$"
)
_COMPOUND = re.compile(
    r"^\s*(?:comment(?:ing)?|consultation|review|waiting|grace|phase-in|transition)\s(?:period|window)"
    r"|^\s*(?:pause|suspension|reprieve|delay|extension|truce|exemption|waiver|freeze|moratorium|stay|halt|deadline|limit|window|period)\b"
)
_TO_DO = re.compile(
    r"^\s(?:to|para|pour)\s(?!(?:the|el|la|los|las|le|les|un|une|una|a|an)\s)[a-z]+"
)
_TOOK = re.compile(
    r"\b(?:took|takes?|taken|spent|needed|waited|tardo|tardaron|tomo|a pris|ont mis|a mis)\s(?:\w+\s){0,3}$"
)
_DE_LASTING = re.compile(
    r"\b(?:pausa|suspension|prorroga|tregua|moratoria|exencion|respiro|gracia|sursis|repit|pause|treve|exemption|prolongation|report|moratoire|aplazamiento|gel)\s(?:\w+\s){0,2}de\s$"
    r"|\b(?:pause|suspension|reprieve|truce|extension|delay|moratorium|exemption|waiver|stay|freeze|window|postponement|standstill)\s(?:\w+\s){0,2}of\s(?:up\sto\s)?$"
)
_TO_DATE = re.compile(
    _FROM
    + r"(?:(?:the|el|le|la|its|date)\s|(?:monday|tuesday|wednesday|thursday|friday),?\s|\d{1,2}:\d\d\s[ap]\.?m\.?,?\s(?:\w{2,8}\s)?(?:on\s)?)*$"
)


MAX_YEARS = 10
"""Longer terms ("sixteen years") run from a treaty's own start, not from the publication."""
_UNITS = Words(
    r"\b(?:days?|weeks?|months?|years?|dias?|semanas?|mes|meses|anos?|jours?|semaines?|mois|ans|annees?|(?<=un\s)an|fortnights?|quincenas?|quinzaines?)\b"
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
    if _FIXED in here:
        found += _fixed(text, published)
    if _UNITS in here and any(word in text for word in _MONTH_WORDS):
        found += _days_of_month(text, published)
    if here.search(_EDGE, text):
        found += _edges(text, published)
    if here.search(weekday_dates.NAMES, text):
        found += _plain(weekday_dates.find(text, published))
    return found + _plain(weekday_dates.numbered(text, published, [day[2] for day in anchors]))


def _plain(days: Iterable[Anchor]) -> list[Worked]:
    return [Worked(start=start, end=end, date=day, clue=Clue.NONE) for start, end, day in days]


def _count(
    text: str, match: re.Match[str], published: date, anchors: Sequence[Anchor]
) -> Worked | None:
    number = numerals.count(match["n"])
    if match["unit"].startswith(("year", "an")) and number > MAX_YEARS:
        return None
    tail = text[match.end() : match.end() + 90]
    lead = text[max(0, match.start() - 48) : match.start()]
    if _AGO.match(tail) or _OF_FIGURES.match(tail):
        return None
    clue = _clue(lead, tail, hyphen="-" in text[match.start() : match.end()])
    for start, end, day in anchors:
        if 0 < start - match.end() < 40 and _TO_DATE.match(text[match.end() : start]):
            return _worked(match.start(), end, _advance(day, number, match), clue)
    published_after = _AFTER_PUBLICATION.match(tail)
    if published_after:
        end = match.end() + published_after.end()
        clue = Clue.WITHIN if clue is Clue.NONE else clue
        return _worked(match.start(), end, _advance(published, number, match), clue)
    from_event = clue is Clue.WITHIN and _AFTER_EVENT.match(tail) is not None
    if clue is Clue.NONE or from_event or _PAST_LEAD.search(lead):
        return None
    return _worked(match.start(), match.end(), _advance(published, number, match), clue)


def _clue(lead: str, tail: str, *, hyphen: bool) -> Clue:
    if _LASTING_LEAD.search(lead) or _DE_LASTING.search(lead):
        return Clue.LASTING
    if _WITHIN_LEAD.search(lead):
        return Clue.WITHIN
    if _TO_DO.match(tail) and not _TOOK.search(lead):
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
    if unit.startswith(("day", "dia", "jour")):
        return calendar.add_days(start, number)
    if unit.startswith(("week", "sem")):
        return calendar.add_days(start, number * 7)
    if unit.startswith(("fort", "quin")):
        return calendar.add_days(start, number * (14 if unit.startswith("fort") else 15))
    if unit.startswith(("mo", "me")):
        return calendar.add_months(start, number)
    return calendar.add_months(start, number * 12)


def _worked(start: int, end: int, day: date | None, clue: Clue) -> Worked | None:
    return None if day is None else Worked(start=start, end=end, date=day, clue=clue)


# Expressions without a count -----------------------------------------------------------------

_MONTH_NAME = (
    r"(?P<month>"
    + "|".join(sorted((m for m in calendar.MONTHS if len(m) > 3), key=len, reverse=True))
    + r")\b"
)
_YEAR = r"(?P<year>20\d\d)\b"
_END = (
    r"\b(?:(?:the\s)?(?:very\s)?(?:end|close|last\s(?:(?P<bizday>business\s|working\s)|calendar\s)?day)\sof\s(?:the\s)?"
    r"|(?:el\s)?ultimo\sdia(?:\s(?P<bizday2>habil))?\s(?:de\s|del\s)(?:la\s)?|(?:a\s)?(?:fin(?:es|al(?:es)?)?|el\scierre|cierre|termino)\sde(?:l)?\s"
    r"|(?:que\s)?(?:termine|concluya|acabe|finalice)\s(?:el\s|la\s)?|(?:la\s)?fin\s(?:de\s|du\s|d')?(?:la\s|l')?"
    r"|(?:lo\sque\s(?:resta|queda)\sde(?:l)?|le\sreste\sd[eu]|the\s(?:rest|remainder)\sof\s(?:the|this)|(?:dies|ends|expires|lapses)\swith\sthe)\s(?:calendar\s)?"
    r"|(?:le\s)?dernier\sjour\s(?:(?P<bizday3>ouvrable)\s)?(?:de\s|du\s|d')(?:la\s|l')?)"
)
_END_OF = re.compile(
    _END + rf"(?:(?P<which>this|current|next|este|esta|presente|proximo|proxima|ce|cette)\s)?"
    rf"(?:(?P<unit>month|quarter|year|week|mes|trimestre|ano|semana|mois|annee|semaine)\b"
    rf"(?P<after>\s(?:proximo|proxima|prochain|prochaine|siguiente|entrante|que\sviene))?"
    rf"|(?:(?P<q>first|second|third|fourth|primer|segundo|tercer|cuarto|premier|deuxieme|troisieme|quatrieme)\s(?:quarter|trimestre)|q(?P<qn>[1-4]))"
    rf"(?:\s(?:of\s|de\s|del\s)?(?:the\syear\s)?(?P<qyear>20\d\d)\b)?"
    rf"|{_MONTH_NAME}(?:\s(?:de\s|del\s|of\s)?(?P<myear>20\d\d)\b)?|{_YEAR})"
)
_YEAR_END = re.compile(
    r"\b(?:year-end|year's\send|fin\sd'annee|fin\sde\sano|cierre\sde\sano|the\send\sof\sthe\syear)\b"
)
_FIRST_OF = re.compile(
    r"\b(?:(?:the\s)?first\s(?:day\s)?of\s(?:the\s)?(?P<next>next\smonth|next\syear|month|new\syear)"
    r"|(?:el\s)?primer\sdia\s(?:del\s|de\s)(?P<es>mes\ssiguiente|proximo\smes|proximo\sano|ano\sproximo)"
    r"|(?:le\s)?premier\sjour\sd[ue]\s(?P<fr>mois\sprochain|mois\ssuivant|l'an\sprochain))\b"
)
_DAY_OF = re.compile(
    r"\b(?P<n>\d{1,2})(?:st|nd|rd|th|er)?\s(?:(?:day\s)?of\s(?:the\s)?|del?\s|du\s)"
    r"(?:(?P<now>this\smonth|current\smonth|este\smes|presente(?:\smes)?\b(?!\sano)|mes\sen\scurso|mes\scorriente|ce\smois|mois\scourant|mois\sen\scours)"
    r"|next\smonth|(?:coming|following)\smonth|(?:proximo|siguiente)\smes|mes\s(?:proximo|siguiente|entrante|que\sviene|que\sentra)"
    r"|mois\s(?:prochain|suivant)|prochain\smois)\b"
)
"""A day of this month or the next: "the 15th of next month", "el 15 del mes entrante"."""
_ORDINALS = {
    "first": 1, "primer": 1, "premier": 1, "second": 2, "segundo": 2, "deuxieme": 2, "third": 3, "tercer": 3,
    "troisieme": 3, "fourth": 4, "cuarto": 4, "quatrieme": 4,
}  # fmt: skip

_SIMPLE: tuple[tuple[re.Pattern[str], int, Clue], ...] = (
    (
        re.compile(
            r"\b(?:the\s)?(?:day\s(?:after|following)|following\sday|next\sday|day\sit\sfollows)\s(?:after\s|of\s)?(?:its\s|the\s|this\s)?(?:date\sof\s)?(?:notice's\s|rule's\s)?publication\b"
            r"|\b(?:al|el|del|desde\sel)?\s?dia\s(?:habil\s)?siguiente\s(?:al\s|a\s|de\s)?(?:de\s|el\s|la\s|su\s|que\s|fecha\s|en\s|se\s|dia\s)*(?:publicacion|publique|publicado)"
            r"|\b(?:le\s|au\s)?(?:lendemain|jour\ssuivant)\s(?:de\s)?(?:la\s|sa\s)?(?:date\sde\s)?(?:la\s|sa\s)?publication"
            r"|\b(?:tomorrow|a\spartir\sde\smanana|desde\smanana|(?<!esta\s)(?<!\bla\s)(?<!misma\s)manana|demain)\b"
        ),
        1,
        Clue.NONE,
    ),
    (
        re.compile(
            r"\bthe\sday\s(?:it|the\s\w+|this\s\w+)\sis\spublished\b|\b(?:up)?on\s(?:the\sdate\sof\s|the\sday\sof\s)?(?:its\s|the\s|their\s)?(?:date\sof\s)?publication(?:\sdate)?\b|\bimmediately\b|\bwith\simmediate\seffect\b"
            r"|\b(?:el\s|desde\sel\s|a\spartir\sdel\s)?(?:mismo\s)?dia\sde\ssu\spublicacion\b|\bal\smomento\sde\ssu\spublicacion\b|\bde\smanera\sinmediata\b|\bde\sinmediato\b|\binmediatamente\b|\bcon\sefecto\sinmediato\b"
            r"|\b(?:le\sjour|des|a\scompter|a\spartir)\s(?:de\s)?(?:sa|la)\s(?:date\sde\s)?publication\b|\ba\sla\sdate\sde\s(?:sa|la)\spublication\b|\ben\sla\sfecha\sde\ssu\spublicacion\b|\bimmediatement\b|\bavec\seffet\simmediat\b|\beffet\simmediat\b"
        ),
        0,
        Clue.START,
    ),
    (
        re.compile(
            r"\b(?:(?<!week\s)(?<!weeks\s)(?<!fortnight\s)today|tonight|midnight\stonight|hoy(?!\sen\s\w+\s(?:dias|semanas))|aujourd'hui|ce\ssoir|esta\snoche)\b"
        ),
        0,
        Clue.NONE,
    ),
)


_TRIGGERS = (
    ("publica", "publiqu", "tomorrow", "manana", "demain"),
    ("publica", "published", "immediat", "inmediat"),
    ("today", "tonight", "hoy", "aujourd", "soir", "noche"),
)
"""For each rule of _SIMPLE: letters without which it cannot match."""


def _fixed(text: str, published: date) -> list[Worked]:
    found = []
    for (pattern, days, clue), triggers in zip(_SIMPLE, _TRIGGERS, strict=True):
        if not any(trigger in text for trigger in triggers):
            continue
        for match in pattern.finditer(text):
            worked = _worked(match.start(), match.end(), calendar.add_days(published, days), clue)
            if worked:
                found.append(worked)
    return found


def _edges(text: str, published: date) -> list[Worked]:
    """First and last days: "the end of the month", "le premier jour du mois prochain"."""
    found = []
    rules: tuple[
        tuple[re.Pattern[str], Callable[[re.Match[str], date], date | None], tuple[str, ...]], ...
    ] = (
        (_END_OF, _end_of, ("",)),
        (_YEAR_END, lambda _match, day: date(day.year, 12, 31), ("year", "ano", "annee")),
        (_FIRST_OF, _first_of, ("first", "prim", "prem")),
    )
    for pattern, rule, letters in rules:
        if not any(some in text for some in letters):
            continue
        for match in pattern.finditer(text):
            worked = _worked(match.start(), match.end(), rule(match, published), Clue.NONE)
            if worked:
                found.append(worked)
    return found


def _days_of_month(text: str, published: date) -> Iterator[Worked]:
    for match in _DAY_OF.finditer(text):
        month = published if match["now"] else calendar.add_months(published, 1)
        day = None if month is None else calendar.day(month.year, month.month, int(match["n"]))
        worked = _worked(match.start(), match.end(), day, Clue.NONE)
        if worked:
            yield worked


_EDGE = Words(
    r"\b(?:end|close|last|ultimo|fin|fines|final|finales|cierre|termino|termine|concluya|acabe|finalice|dernier|year-end|year's|first|primer|premier)\b"
)
_FIXED = Words(
    r"\b(?:publi|tomorrow|manana|demain|immediat|inmediat|today|tonight|hoy|aujourd|soir|noche)"
)
CUES = (_UNITS, _EDGE, _FIXED, weekday_dates.NAMES)
"""What a text with relative expressions holds."""
_LEXICON = Lexicon(*CUES)
_MONTH_WORDS = ("month", "mes", "mois", "presente")


def _end_of(match: re.Match[str], published: date) -> date | None:
    following = (match["which"] or "").startswith(("next", "prox")) or match["after"] is not None
    day = _period_end(match, published, following=following)
    if day is not None and (match["bizday"] or match["bizday2"] or match["bizday3"]):
        while day.weekday() >= 5:
            day = date.fromordinal(day.toordinal() - 1)
    return day


def _period_end(match: re.Match[str], published: date, *, following: bool) -> date | None:
    if match["unit"]:
        return _unit_end(match["unit"], published, following=following)
    if match["month"]:
        month = calendar.MONTHS[match["month"]]
        year = int(match["myear"]) if match["myear"] else published.year + (month < published.month)
        return calendar.month_end(min(year, 9999), month)
    if match["year"]:
        return date(int(match["year"]), 12, 31)
    quarter = int(match["qn"]) if match["qn"] else _ORDINALS[match["q"]]
    if match["qyear"]:
        return calendar.quarter_end(int(match["qyear"]), quarter)
    end = calendar.quarter_end(published.year, quarter)
    return end if end >= published else calendar.quarter_end(min(published.year + 1, 9999), quarter)


def _unit_end(unit: str, published: date, *, following: bool) -> date | None:
    if unit in {"month", "mes", "mois"}:
        start = calendar.add_months(published, 1) if following else published
        return None if start is None else calendar.month_end(start.year, start.month)
    if unit in {"quarter", "trimestre"}:
        start = calendar.add_months(published, 3) if following else published
        return None if start is None else calendar.quarter_end(start.year, (start.month + 2) // 3)
    if unit in {"week", "semana", "semaine"}:
        friday = calendar.weekday_after(published, 4, strictly=False)
        return calendar.add_days(friday, 7) if following and friday else friday
    return date(min(published.year + following, 9999), 12, 31)


def _first_of(match: re.Match[str], published: date) -> date | None:
    words = match["next"] or match["es"] or match["fr"]
    if "year" in words or "ano" in words or "l'an" in words:
        return date(min(published.year + 1, 9999), 1, 1)
    following = calendar.add_months(published, 1)
    return None if following is None else following.replace(day=1)
