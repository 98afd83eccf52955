"""Days named without a count: "today", "fin de mes", "the first of next month", "el 15 del mes entrante".

All expressions are for text folded by `even`.
"""

import re
from collections.abc import Callable, Iterator
from datetime import date

from bot.reading import calendar, periods
from bot.reading.alternation import Words
from bot.reading.lexicon import Cues
from bot.reading.worked import Clue, Worked

_MONTH_NAME = (
    r"(?P<month>"
    + "|".join(sorted((m for m in calendar.MONTHS if len(m) > 3), key=len, reverse=True))
    + r")\b"
)
_YEAR = r"(?P<year>20\d\d)\b"
_END = (
    r"\b(?:(?:the\s)?(?:very\s)?(?:end|close|last\s(?:(?P<bizday>business\s|working\s)|calendar\s)?day)\sof\s(?:the\s)?(?:calendar\s)?"
    r"|(?:el\s)?ultimo\sdia(?:\s(?P<bizday2>habil))?\s(?:de\s|del\s)(?:la\s)?|(?:a\s)?(?:fin(?:es|al(?:es)?)?|el\scierre|cierre|termino)\sde(?:l)?\s"
    r"|(?:que\s)?(?:termine|concluya|acabe|finalice)\s(?:el\s|la\s)?|(?:la\s)?fin\s(?:de\s|du\s|d')?(?:la\s|l')?"
    r"|(?:lo\sque\s(?:resta|queda)\sde(?:l)?|le\sreste\sd[eu]|the\s(?:rest|remainder)\sof\s(?:the|this)|(?:(?<=dies\s)|(?<=ends\s)|(?<=expires\s)|(?<=lapses\s))with\sthe|(?:(?<=vence\s)|(?<=vencen\s)|(?<=termina\s)|(?<=terminan\s)|(?<=expira\s)|(?<=expiran\s)|(?<=acaba\s)|(?<=concluye\s))con\sel|(?:(?<=expire\s)|(?<=expirent\s)|(?<=termine\s)|(?<=acheve\s)|(?<=fin\s))avec\s(?:l\'|le))\s?(?:calendar\s)?"
    r"|(?:le\s)?dernier\sjour\s(?:(?P<bizday3>ouvrable)\s)?(?:de\s|du\s|d')(?:la\s|l')?)"
)
"""“The end of”, “el último día de”, “fin”: what makes a span of time its last day."""
_END_OF = re.compile(
    _END + rf"(?:(?P<which>this|current|next|este|esta|presente|proximo|proxima|ce|cette)\s)?"
    rf"(?:(?P<unit>month|quarter|year|week|mes|trimestre|ano|semana|mois|annee|semaine)\b"
    rf"(?P<after>\s(?:proximo|proxima|prochain|prochaine|siguiente|entrante|que\sviene))?"
    rf"|{_MONTH_NAME}(?!\s\d{{1,2}}\b)(?:\s(?:de\s|del\s|of\s)?(?P<myear>20\d\d)\b)?|(?<!\bthe\s){_YEAR})"
)
"""The last day of a week, month, quarter or year, named or counted from now; see `periods.py` for numbered quarters."""
_YEAR_END = re.compile(
    r"\b(?:year-end|year's\send|fin\sd'annee|fin\sde\sano|cierre\sde\sano|the\send\sof\sthe\syear)\b"
)
_FIRST_OF = re.compile(
    r"\b(?:(?:the\s)?first\s(?:day\s)?of\s(?:the\s)?(?P<next>next\smonth|next\syear|month|new\syear)"
    r"|with\s(?P<newyear>the\snew\syear)|con\sel\s(?:ano\snuevo|nuevo\sano)|avec\sla\snouvelle\sannee"
    r"|(?:(?:the\s)?first\sday\sof|(?:el\s)?primer\sdia\sde|(?:le\s)?premier\sjour\sde)\s(?P<year>20\d\d)"
    r"|(?:el\s)?primer\sdia\s(?:del\s|de\s)(?P<es>mes\ssiguiente|proximo\smes|proximo\sano|ano\sproximo)"
    r"|(?:le\s)?premier\sjour\sd[ue]\s(?P<fr>mois\sprochain|mois\ssuivant|l'an\sprochain))\b"
)
"""The first day of a month or year: “the first of next month”, “primer día de 2027”."""
_FIRST_BUSINESS = re.compile(
    r"\b(?:(?:the\s)?first\s(?:business|working)\sday\s(?:of|in)\s|(?:el\s)?primer\sdia\shabil\sde(?:l)?\s(?:ano\s|mes\sde\s)?|(?:le\s)?premier\sjour\s(?:ouvrable|ouvre)\s(?:du\smois\s)?(?:d[eu]\s|d'))"
    rf"(?:{_MONTH_NAME}(?!\s\d{{1,2}}\b)(?:,?\s(?:de\s|del\s|of\s)?(?P<myear>20\d\d)\b)?|{_YEAR})"
)
"""The first working day of a month or year, holidays other than New Year's Day not counted."""
_DAY_OF = re.compile(
    r"\b(?P<n>\d{1,2})(?:st|nd|rd|th|er)?\s(?:(?:day\s)?of\s(?:the\s)?|del?\s|du\s)"
    r"(?:(?P<now>this\smonth|current\smonth|este\smes|presente(?:\smes)?\b(?!\sano)|mes\sen\scurso|mes\scorriente|ce\smois|mois\scourant|mois\sen\scours)"
    r"|next\smonth|(?:coming|following)\smonth|(?:proximo|siguiente)\smes|mes\s(?:proximo|siguiente|entrante|que\sviene|que\sentra)"
    r"|mois\s(?:prochain|suivant)|prochain\smois)\b"
)
"""A day of this month or the next: "the 15th of next month", "el 15 del mes entrante"."""
_STARTING = re.compile(
    r"\b(?:starting|beginning|commencing|from|as\sof|effective|a\spartir\sdel?|desde(?:\sel)?|a\s(?:compter|partir)\sd[ue]|des(?:\sle)?)\s"
    r"(?P<next>next\s(?:month|(?P<year>year))|(?:proximo|siguiente)\s(?:mes|(?P<ano>ano))|(?:mes|(?P<ano2>ano))\s(?:proximo|siguiente|entrante|que\sviene)|mois\s(?:prochain|suivant)|(?P<an>l'an(?:nee)?\sprochaine?))\b"
)
"""What begins with the next month or year."""

_SIMPLE: tuple[tuple[re.Pattern[str], int, Clue], ...] = (
    (
        re.compile(
            r"\b(?:the\s)?(?:day\s(?:after|following)|following\sday|next\sday|day\sit\sfollows)\s(?:after\s|of\s)?(?:its\s|the\s|this\s)?(?:date\sof\s)?(?:notice's\s|rule's\s)?publication\b"
            r"|\b(?:al|el|del|desde\sel)?\s?dia\s(?:habil\s)?siguiente\s(?:al\s|a\s|de\s)?(?:de\s|el\s|la\s|su\s|que\s|fecha\s|en\s|se\s|dia\s)*(?:publicacion|publique|publicado)"
            r"|\b(?:le\s|au\s)?(?:lendemain|jour\ssuivant)\s(?:de\s)?(?:la\s|sa\s)?(?:date\sde\s)?(?:la\s|sa\s)?publication"
            r"|\b(?:(?<=from\s)midnight\stonight|(?<=starting\sat\s)midnight\stonight|(?<=as\sof\s)midnight\stonight|(?<=des\s)minuit\sce\ssoir|tomorrow|a\spartir\sde\smanana|desde\smanana|(?<!esta\s)(?<!\bla\s)(?<!misma\s)manana|demain)\b"
        ),
        1,
        Clue.NONE,
    ),
    (
        re.compile(
            r"\bthe\sday\s(?:it|the\s\w+|this\s\w+)\sis\spublished\b|\b(?:(?:from|as\sof|starting)\s(?=the\s(?:date|day)\sof)|(?:up)?on\s)(?:the\sdate\sof\s|the\sday\sof\s)?(?:its\s|the\s|their\s)?(?:date\sof\s)?publication(?:\sdate)?\b(?!\son\b)|\bimmediately\b(?!\s(?:up)?on\s(?:its\s)?publication\son\b)|\bwith\simmediate\seffect\b"
            r"|\b(?:el\s|desde\sel\s|a\spartir\sdel\s)?(?:mismo\s)?dia\sde\ssu\spublicacion\b|\bal\smomento\sde\ssu\spublicacion\b|\bde\smanera\sinmediata\b|\bde\sinmediato\b|\binmediatamente\b|\bcon\sefecto\sinmediato\b"
            r"|\b(?:le\sjour|des|a\scompter|a\spartir)\s(?:de\s)?(?:sa|la)\s(?:date\sde\s)?publication\b|\ba\sla\sdate\sde\s(?:sa|la)\spublication\b|\ben\sla\sfecha\sde\ssu\spublicacion\b|\bimmediatement\b|\bavec\seffet\simmediat\b|\beffet\simmediat\b"
        ),
        0,
        Clue.START,
    ),
    (
        re.compile(
            r"\b(?:(?<!week\s)(?<!weeks\s)(?<!fortnight\s)today|(?<!midnight\s)tonight|(?<!from\s)(?<!starting\sat\s)(?<!beginning\sat\s)(?<!as\sof\s)midnight\stonight|hoy(?!\sen\s\w+\s(?:dias|semanas))|aujourd'hui|(?<!des\sminuit\s)ce\ssoir|esta\s(?:media)?noche)\b"
        ),
        0,
        Clue.NONE,
    ),
)
"""Days with a name of their own, how many days they lie from the day of publication, and what told them."""


_TRIGGERS = (
    ("publica", "publiqu", "tomorrow", "manana", "demain", "tonight", "ce soir"),
    ("publica", "published", "immediat", "inmediat"),
    ("today", "tonight", "hoy", "aujourd", "soir", "noche"),
)
"""For each rule of _SIMPLE: letters without which it cannot match."""


def find(text: str, published: date, cues: Cues) -> Iterator[Worked]:
    """Yield the days that a folded text names so; `cues` are those of CUES that it may hold."""
    if _FIXED in cues:
        yield from _fixed(text, published)
    if any(word in text for word in _MONTH_WORDS):
        yield from _days_of_month(text, published)
    if cues.search(_EDGE, text):
        yield from _edges(text, published)
    if cues.any(_PERIODS):
        yield from periods.find(text, published)


def _fixed(text: str, published: date) -> Iterator[Worked]:
    for (pattern, days, clue), triggers in zip(_SIMPLE, _TRIGGERS, strict=True):
        if not any(trigger in text for trigger in triggers):
            continue
        for match in pattern.finditer(text):
            day = calendar.add_days(published, days)
            if day is not None:
                yield Worked(match.start(), match.end(), day, clue)


def _edges(text: str, published: date) -> Iterator[Worked]:
    """First and last days: "the end of the month", "le premier jour du mois prochain"."""
    rules: tuple[
        tuple[re.Pattern[str], Callable[[re.Match[str], date], date | None], tuple[str, ...]], ...
    ] = (
        (_END_OF, _end_of, ("",)),
        (_YEAR_END, lambda _match, day: date(day.year, 12, 31), ("year", "ano", "annee")),
        (_FIRST_BUSINESS, _first_business, ("first", "primer", "premier")),
        (_FIRST_OF, _first_of, ("first", "prim", "prem", "with the", "nuevo", "nouvelle")),
    )
    for pattern, rule, letters in rules:
        if not any(some in text for some in letters):
            continue
        for match in pattern.finditer(text):
            day = rule(match, published)
            if day is not None:
                yield Worked(match.start(), match.end(), day, Clue.NONE)


def _days_of_month(text: str, published: date) -> Iterator[Worked]:
    for match in _DAY_OF.finditer(text):
        month = published if match["now"] else calendar.add_months(published, 1)
        day = None if month is None else calendar.day(month.year, month.month, int(match["n"]))
        if day is not None:
            yield Worked(match.start(), match.end(), day, Clue.NONE)
    for match in _STARTING.finditer(text):
        day = _following(published, year=any(match.group("year", "ano", "ano2", "an")))
        if day is not None:
            yield Worked(match.start("next"), match.end(), day, Clue.NONE)


_EDGE = Words(
    r"\b(?:(?:dies|ends|expires|lapses)\swith|(?:vencen?|terminan?|expiran?|acaba|concluye)\scon|(?:expire|expirent|termine|acheve|fin)\savec|rest\sof|remainder\sof|resta\sdel?|queda\sdel?|reste\sd[eu]|end|close|last|ultimo|fin|fines|final|finales|cierre|termino|termine|concluya|acabe|finalice|dernier|year-end|year's|new\syear|ano\snuevo|nuevo\sano|nouvelle\sannee|first|primer|premier)\b"
)
"""Words without which neither an end nor a beginning is told; a quick look before the slow ones."""
_FIXED = Words(
    r"\b(?:publi|tomorrow|manana|demain|immediat|inmediat|today|tonight|hoy|aujourd|soir|noche)"
)
CUES = (_EDGE, _FIXED, *periods.CUES)
"""What is asked of a text here."""
_PERIODS = frozenset(periods.CUES)
_MONTH_WORDS = ("month", "mes", "mois", "presente", "next year", " ano", "l'an")


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
    return date(int(match["year"]), 12, 31)


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
    if match["year"]:
        return date(int(match["year"]), 1, 1)
    words = match["next"] or match["es"] or match["fr"] or "new year"
    return _following(published, year="year" in words or "ano" in words or "l'an" in words)


def _first_business(match: re.Match[str], published: date) -> date | None:
    if match["year"]:
        return calendar.add_business_days(date(int(match["year"]), 1, 1), 1)
    month = calendar.MONTHS[match["month"]]
    if match["myear"]:
        first: date | None = date(int(match["myear"]), month, 1)
    else:
        first = calendar.next_occurrence(month, 1, published)
    if first is None:
        return None
    before = first if month == 1 else calendar.add_days(first, -1)
    return None if before is None else calendar.add_business_days(before, 1)


def _following(published: date, *, year: bool) -> date | None:
    """Return the first day of the month, or of the year, that follows."""
    if year:
        return date(min(published.year + 1, 9999), 1, 1)
    following = calendar.add_months(published, 1)
    return None if following is None else following.replace(day=1)
