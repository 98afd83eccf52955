"""Dates as a text writes them: absolute, without a year, ranges, weekdays and holidays.

`find` gives every date with its place in the text; what a date means (a deadline, a past event, the
start of a tariff) is decided elsewhere. Expressions that are worked out from the publication date
("within 30 days") come from `relative.py`.
"""

import re
from datetime import date, timedelta
from functools import lru_cache

from bot.domain.reading import Lang
from bot.reading import calendar, relative, worded_days
from bot.reading.alternation import Words, grouped
from bot.reading.date_spans import (
    DateSpan,
    Grain,
    joined,
    with_weekday_of_date,
    without_overlaps,
)
from bot.reading.lexicon import Cues, Lexicon

_MONTH = r"(?:" + grouped(sorted(calendar.MONTHS, key=len, reverse=True)) + r")\b\.?"
_WEEKDAYS = r"(?:" + grouped(sorted(calendar.WEEKDAYS, key=len, reverse=True)) + r")\b\.?"
_HOLIDAY_NAMED = (*calendar.HOLIDAYS, *calendar.MOVABLE, *calendar.FROM_EASTER)
_HOLIDAY = r"(?:" + grouped(sorted(_HOLIDAY_NAMED, key=len, reverse=True)) + r")"
_YEAR = r"(?:19|20)\d\d(?![\d-])"
_ORD = r"(?:st|nd|rd|th|er|o|º|°)?(?![\w%]|[.,]\d|\s(?:%|per|por\sciento|pour\scent|million|billion|points))"
_TO = r"\s*(?:-|\bto\b|\bthrough\b|\bthru\b|\buntil\b|\band\b|&|,|\bal?\b|\bau\b|\by\b|\bet\b|\bhasta el\b)\s*(?:el\s|le\s|du\s)?"

# December 8, December 8-10, December 8 through December 10, 2026
_MONTH_DAY = re.compile(
    rf"\b(?P<m>{_MONTH})\s*(?P<d>\d{{1,2}}){_ORD}"
    rf"(?:{_TO}(?P<d2>\d{{1,2}}){_ORD}(?!\s?(?:a\.?m|p\.?m|h|hrs?|horas|heures)\b))?"
    rf"(?:\s*,?\s*(?:of\s)?(?P<y>{_YEAR}))?"
)
# 8 December, 8-10 de diciembre de 2026, du 8 au 10 décembre, 1er juillet
_DAY_MONTH = re.compile(
    r"(?<![\w$.,:/])(?:(?P<d>\d{1,2}|primero|premier)(?:st|nd|rd|th|er|\.?(?:e?ro|o|º|°)\.?)?"
    r"(?:\s*(?:-|to|through|and|al?|au|y|et)\s*(?:el\s|le\s)?(?P<d2>\d{1,2})(?:st|nd|rd|th|er)?)?)"
    rf"(?:\s+(?:day\s)?(?:of\s|de\s|du\s)?(?:(?:mes\s)?(?:de\s)?)|[-/])(?P<m>{_MONTH})"
    rf"(?:(?:\s*,?\s*(?:del?\s(?:ano\s)?|of\s)?|[-/])(?P<y>{_YEAR}))?"
)
DAY_LEAD = 60
"""Characters that a day written before its month takes at most, with a range and a joiner."""
_ISO = re.compile(r"(?<![\d-])(?P<y>(?:19|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)(?![\d-])")
_SLASH = re.compile(r"(?<![\d/])(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<y>(?:20)?\d\d)(?![\d/])")
_DOTTED = re.compile(r"(?<![\d.])(?P<a>\d{1,2})\.(?P<b>\d{1,2})\.(?P<y>20\d\d)(?!\d|\.\d)")
_MONTH_ONLY = re.compile(
    rf"\b(?P<m>{_MONTH})(?:\s*,?\s*(?:del?\s|of\s)?(?P<y>{_YEAR}))?(?!\s*\d{{1,2}}\b)"
)
_WEEKDAY = re.compile(
    rf"\b(?P<next>next\s|(?:el\s)?proximo\s)?(?P<w>{_WEEKDAYS})(?!')(?P<after>\s(?:proximo|prochain))?"
    r"(?P<week>\s(?:(?:of\s)?next\sweek|de\sla\s(?:proxima\ssemana|semana\s(?:proxima|entrante|que\sviene))|de\sla\ssemaine\sprochaine))?"
)
"""A weekday, with what moves it on: “next Friday”, “viernes de la próxima semana”."""
_HOLIDAYS = re.compile(rf"\b(?P<h>{_HOLIDAY})\b(?!\s(?:weekend|week|season|sales?|shopp\w+))")

_LAST_BEFORE = re.compile(r"\b(?:last|this past|pasado|pasada|past|ultimo)\s*$")
_LAST_AFTER = re.compile(r"^\s*(?:,\s*)?(?:pasado|dernier|ultimo|derniere|de este ano pasado)\b")
_COUNTED = (
    r"years?\b|today|tomorrow|tonight|immediate|fortnight|quincena|quinzaine|days?\b|weeks?\b|months?\b|end\sof|close\sof|last\s(?:\w+\s)?day|year-end|year's\send"
    r"|first\sof|hoy|manana|inmediat|dias?\b|semanas?|mes\b|meses|anos?\b|trimestre|quarter\b|semest(?:re|er)\b|half\sof|q1\b|q2\b|q3\b|q4\b|t1\b|t2\b|t3\b|t4\b|h1\b|h2\b|fin(?:es)?\sd|finali?\w*|cierre|ultimo|termine|concluya|acabe"
    r"|aujourd|demain|lendemain|jours?\b|semaines?|mois\b|ans\b|un\san\b|annees?\b|dernier\sjour|publication|publicacion|publiqu\w+|published"
    r"|noche\b|soir\b"
)
"""Words without which no day can be counted in a text; a quick look before the slow ones."""
_TELLING = (*calendar.MONTHS, *calendar.WEEKDAYS, *_HOLIDAY_NAMED)
_MONTH_NAMES = Words(rf"\b(?:{'|'.join(calendar.MONTHS)})\b")
_WEEKDAY_NAMES = Words(rf"\b(?:{'|'.join(calendar.WEEKDAYS)})\b")
_HOLIDAY_NAMES = Words(rf"\b(?:{'|'.join(_HOLIDAY_NAMED)})\b")
_HINT = Words(rf"\b(?:{_COUNTED}|(?:{'|'.join(_TELLING)})\b)")
_FIGURES = Words(
    r"\b(?:\d{4}-\d|\d{1,2}/\d|\d{1,2}\.\d{1,2}\.20|\d{1,2}(?:st|nd|rd|th)\b|\d{1,2}\s(?:prochain|courant)\b)"
)
HINTS = frozenset({_HINT, _FIGURES})
"""Without one of these a text holds no date."""


CUES = (*HINTS, _MONTH_NAMES, _WEEKDAY_NAMES, _HOLIDAY_NAMES, *relative.CUES)
"""What is asked of a text here."""
_LEXICON = Lexicon(*CUES)


def may_hold_dates(text: str) -> bool:
    """Whether an even text may hold a date: some word opens as words of time do; cheap."""
    return hinted(text, _LEXICON.present(text))


def hinted(text: str, cues: Cues) -> bool:
    """Whether a text may hold a date, its cues known: figures alone need the form of a date."""
    if _HINT in cues:
        return True
    return cues.search(_FIGURES, text) is not None


def find(
    text: str, *, published: date, lang: Lang = Lang.EN, cues: Cues | None = None
) -> tuple[DateSpan, ...]:
    """Return the dates of a text folded by `even`, in order, none overlapping another.

    `published` is the day the text appeared, in its source's zone; `lang` decides how 3/4/2026 is
    read (month first in English); `cues` are those of CUES that the text may hold, where known.
    """
    here = _LEXICON.present(text) if cues is None else cues
    return _find(text, published, lang, here)


@lru_cache(maxsize=16)  # deadlines and tariffs of one sentence ask one after the other
def _find(text: str, published: date, lang: Lang, cues: Cues) -> tuple[DateSpan, ...]:
    found = without_overlaps(
        [*_absolute(text, published, lang, cues), *_named(text, published, cues)]
    )
    anchors = tuple(
        relative.Anchor(span.start, span.end, span.date, span.before)
        for span in found
        if not span.weekday
    )
    worked = [
        DateSpan(start=r.start, end=r.end, date=r.date, computed=True, clue=r.clue)
        for r in relative.find(text, published=published, anchors=anchors, cues=cues)
    ]
    if not worked and len(found) < 2:
        return tuple(found)
    found = without_overlaps([*worked, *found])
    return tuple(joined(text, with_weekday_of_date(text, found)))


def written(text: str, *, published: date, lang: Lang = Lang.EN) -> tuple[DateSpan, ...]:
    """Return only the dates that a folded text writes out, none that has to be worked out."""
    found = without_overlaps(_absolute(text, published, lang, _LEXICON.present(text)))
    return tuple(joined(text, [span for span in found if span.grain is Grain.DAY]))


def _absolute(text: str, published: date, lang: Lang, cues: Cues) -> list[DateSpan]:
    found: list[DateSpan] = []
    names = [match.start() for match in cues.finditer(_MONTH_NAMES, text)]
    if names:
        days = [match for at in names if (match := _MONTH_DAY.match(text, at)) is not None]
        if any(_follows_day(text, at) for at in names):
            days += _DAY_MONTH.finditer(text, max(0, names[0] - DAY_LEAD))
        numbered = [(match, _day_number(match["d"])) for match in days]
        found += [
            span
            for match, number in [*numbered, *worded_days.find(text, names)]
            if (span := _from_names(text, match, number, published)) is not None
        ]
        months = (match for at in names if (match := _MONTH_ONLY.match(text, at)) is not None)
        found += [span for match in months if (span := _month(text, match, published)) is not None]
    if not cues.search(_FIGURES, text):
        return found
    if "-" in text:
        found += [span for m in _ISO.finditer(text) if (span := _from_iso(m)) is not None]
    if "/" in text:
        found += [span for m in _SLASH.finditer(text) if (span := _from_slash(m, lang)) is not None]
    if "." in text:  # written so where the day comes first
        dotted = (_from_slash(match, Lang.ES) for match in _DOTTED.finditer(text))
        found += [span for span in dotted if span is not None]
    return found


_FIRST = frozenset({"primero", "premier"})
_JOINERS = frozenset({"of", "de", "du", "day", "mes"})


def _follows_day(text: str, at: int) -> bool:
    """Whether the word before a month may be a day, or joins one to it: "8 de", "1er", "premier"."""
    before = text[max(0, at - 12) : at].split()
    if not before:
        return False
    last = before[-1]
    return last in _JOINERS or last in _FIRST or not last.isalpha()


def _day_number(given: str) -> int:
    return 1 if given in _FIRST else int(given)


def _from_names(text: str, match: re.Match[str], number: int, published: date) -> DateSpan | None:
    month = calendar.MONTHS[match["m"].rstrip(".")]
    last = int(match["d2"]) if match["d2"] else None
    past = _is_past(text, match.start(), match.end())
    if match["y"]:
        first = calendar.day(int(match["y"]), month, number)
        before = None
    else:
        before = calendar.last_occurrence(month, number, published)
        first = before if past else calendar.next_occurrence(month, number, published)
    if first is None:
        return None
    until = calendar.day(first.year, month, last) if last else None
    until = until if until and until > first else None
    return DateSpan(
        start=match.start(), end=match.end(), date=first, until=until, before=before, past=past
    )


def _is_past(text: str, start: int, end: int) -> bool:
    return bool(_LAST_BEFORE.search(text[max(0, start - 12) : start])) or bool(
        _LAST_AFTER.match(text[end : end + 12])
    )


def _from_iso(match: re.Match[str]) -> DateSpan | None:
    found = calendar.day(int(match["y"]), int(match["m"]), int(match["d"]))
    return None if found is None else DateSpan(start=match.start(), end=match.end(), date=found)


def _from_slash(match: re.Match[str], lang: Lang) -> DateSpan | None:
    first, second = int(match["a"]), int(match["b"])
    year = int(match["y"]) + (2000 if len(match["y"]) == 2 else 0)
    month, number = (first, second) if lang is Lang.EN else (second, first)
    if month > 12:
        month, number = number, month
    found = calendar.day(year, month, number) if month else None
    return None if found is None else DateSpan(start=match.start(), end=match.end(), date=found)


def _named(text: str, published: date, cues: Cues) -> list[DateSpan]:
    found: list[DateSpan] = []
    if _WEEKDAY_NAMES in cues:
        found += [
            span
            for name in cues.finditer(_WEEKDAY_NAMES, text)
            if (match := _WEEKDAY.match(text, _with_next(text, name.start()))) is not None
            and (span := _weekday(text, match, published)) is not None
        ]
    if not cues.search(_HOLIDAY_NAMES, text):
        return found
    return found + [
        span
        for match in _HOLIDAYS.finditer(text)
        if (span := _holiday(text, match, published)) is not None
    ]


def _holiday(text: str, match: re.Match[str], published: date) -> DateSpan | None:
    """A holiday, the day before it or the day after; "the week after Thanksgiving" is no day."""
    day = calendar.holiday(match["h"], published)
    beside = _BESIDE_HOLIDAY.search(text, max(0, match.start() - _HOLIDAY_LEAD), match.start())
    start = match.start()
    if beside is not None and day is not None:
        if beside["vague"]:
            return None
        day = calendar.add_days(day, -1 if beside["before"] else 1)
        start = beside.start()
    return None if day is None else DateSpan(start=start, end=match.end(), date=day, computed=True)


_BESIDE_HOLIDAY = re.compile(
    r"\b(?:(?P<before>(?:the\s)?(?:eve\sof|day\sbefore)|(?:la\s)?vispera\sde(?:l)?|(?:el\s)?dia\santes\sde(?:l)?|(?:la\s)?veille\sd[eu])"
    r"|(?P<after>(?:the\s)?day\safter|(?:el\s)?dia\s(?:despues\sde(?:l)?|siguiente\sa(?:l)?|posterior\sa(?:l)?)|(?:le\s)?lendemain\sd[eu])"
    r"|(?P<vague>(?:days?|weeks?|weekend|months?|dias|semanas?|mes|jours|semaines?|mois)\s(?:\w+\s)?(?:before|after|following|antes\sde(?:l)?|despues\sde(?:l)?|posterior(?:es)?\sa(?:l)?|siguientes?\sa(?:l)?|avant|apres|suivant|precedant)))"
    r"\s(?:the\s|el\s|la\s|le\s)?$"
)
"""What stands before a holiday and makes another day of it."""
_HOLIDAY_LEAD = 36
"""Characters before a holiday in which that stands."""


def _with_next(text: str, at: int) -> int:
    """Where the name of a weekday begins, "next" or "el próximo" before it included."""
    for lead in ("el proximo ", "proximo ", "next "):
        if text.endswith(lead, 0, at) and not text[: at - len(lead)][-1:].isalnum():
            return at - len(lead)
    return at


_MONTH_LEAD = re.compile(
    r"\b(?:start of|beginning of|arrancar|iniciar|comenzar|empezar|in|by|from|since|until|through|before|starting|beginning|this|next|last|of|early|late|mid"
    r"|en|de|desde|hasta|para|a partir de|des|depuis|jusqu'en|d'ici|avant|pour|fin|debut|effective|as of)[\s-]*$"
)
"""What a month without a year must follow to be told as one: “in March”, “d'ici mars”."""


_OF_STATISTICS = re.compile(
    r"\b(?:months?|quarters?|meses|trimestres?|mois)\s(?:through|to|ended(?:\sin)?|ending(?:\sin)?|a|hasta|terminados\sen|clos\sen|jusqu'en)\s$"
)
"""The end of a period of figures: "in the twelve months through September"."""


def _month(text: str, match: re.Match[str], published: date) -> DateSpan | None:
    month = calendar.MONTHS[match["m"].rstrip(".")]
    lead = text[max(0, match.start() - 14) : match.start()]
    if not match["y"] and (len(match["m"].rstrip(".")) < 4 or not _MONTH_LEAD.search(lead)):
        return None
    if not match["y"] and _OF_STATISTICS.search(text, max(0, match.start() - 40), match.start()):
        return None
    past = _is_past(text, match.start(), match.end())
    if match["y"]:
        first = date(int(match["y"]), month, 1)
    else:
        year = published.year + (0 if month >= published.month else 1)
        if past:
            year = published.year - (0 if month < published.month else 1)
        if not 1 <= year <= 9999:
            return None
        first = date(year, month, 1)
    return DateSpan(
        start=match.start(),
        end=match.end(),
        date=first,
        until=calendar.month_end(first.year, first.month),
        grain=Grain.MONTH,
        computed=True,
        past=past,
    )


def _weekday(text: str, match: re.Match[str], published: date) -> DateSpan | None:
    name = match["w"].rstrip(".")
    short = len(name) < 6 and name in {"mon", "tue", "tues", "wed", "thu", "thurs", "fri"}
    if short and not match["w"].endswith("."):
        return None
    strictly = bool(match["next"] or match["after"])
    day = calendar.weekday_after(published, calendar.WEEKDAYS[name], strictly=strictly)
    if day is None:
        return None
    if match["week"] and day - timedelta(days=day.weekday()) <= published:
        day += timedelta(days=7)
    past = _is_past(text, match.start("w"), match.end("w"))
    if past:
        day = day - timedelta(days=7) if day > date(1, 1, 8) else day
    return DateSpan(
        start=match.start(), end=match.end(), date=day, computed=True, past=past, weekday=True
    )
