"""First and last days of quarters and half years: "the end of Q2", "el término del primer semestre".

All expressions are for text folded by `even`.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta
from typing import NamedTuple

from bot.reading import calendar, ordinals
from bot.reading.alternation import Words
from bot.reading.worked import Clue, Worked

_BEGINNING = (
    r"(?:the\s)?(?:(?:very\s)?(?:first|opening)\sday|start|beginning)\sof\s(?:the\s)?"
    r"|(?:el\s)?(?:primer\sdia|inicio|principio|comienzo|arranque)\sdel?\s"
    r"|(?:le\s)?(?:premier\sjour|debut)\s(?:du\s|de\sl[ae]\s)"
)
_ENDING = (
    r"(?:the\s)?(?:very\s)?(?:end|close|last\s(?:\w+\s)?day)\sof\s(?:the\s)?"
    r"|(?:el\s)?(?:ultimo\sdia(?:\s\w+)?|fin(?:es|al(?:es)?)?|cierre|termino|conclusion)\sdel?\s"
    r"|(?:que\s)?(?:termine|concluya|acabe|finalice)\s(?:el\s)?"
    r"|(?:la\s|le\s)?(?:fin|dernier\sjour(?:\souvrable)?|terme)\s(?:du\s|de\sl[ae]\s)"
)
_EDGE_OF = re.compile(
    rf"\b(?:(?P<first>{_BEGINNING})|{_ENDING})"
    rf"(?:(?P<nth>{ordinals.WORD}|last|ultimo|dernier|second)\s(?P<unit>quarter|trimestre|half|semestre|semester|cuatrimestre)"
    r"|[qt](?P<quarter>[1-4])|h(?P<half>[12]))\b"
    r"(?:,?\s(?:of\s|de\s|del\s)?(?:the\syear\s|ano\s|l'annee\s)?(?:(?P<year>20\d\d)\b|(?P<next>next\syear|proximo\sano|ano\s(?:proximo|entrante|que\sviene)|l'an(?:nee)?\sprochaine?)))?"
)
"""The edge of a numbered part of a year, with or without its year; “last” is none of the ordinals."""
_NUMBERED = rf"(?:the\s)?(?P<nth>{ordinals.WORD}|last)\s(?P<unit>quarter|half)"
_ENDS = re.compile(
    rf"(?<=before\s){_NUMBERED}(?:\sof\s(?P<year>20\d\d))?\s(?:ends|closes|is\s(?:out|over|up))\b"
)
_ITS_END = re.compile(rf"\b{_NUMBERED}'s\s(?:end|close)\b")
"""The same told by a verb or as its own: "before the third quarter of 2027 ends", "the third quarter's end"."""
_MONTH_AFTER = re.compile(
    rf"\b(?:the\sfirst\sday\sof\sthe\s(?:(?P<en>{ordinals.WORD})\s)?month\s(?:following|after)"
    rf"|(?:el\s)?primer\sdia\sdel\s(?:(?P<es>{ordinals.WORD})\s)?mes\s(?:siguiente|posterior)\sal?"
    rf"|(?:le\s)?premier\sjour\sdu\s(?:(?P<fr>{ordinals.WORD})\s)?mois\s(?:suivant|qui\ssuit))\b"
    r"(?=\s(?:(?:of|the|its|this|la|su|sa|de|fecha|date)\s){0,4}public|[.,;]|$)"
)
"""The day on which treaties enter into force: "the first day of the second month following …"."""
_PERIOD = Words(
    r"\b(?:first\sday|primer\sdia|premier\sjour|quarter|trimestre|half|semestre|semester|cuatrimestre|q1\b|q2\b|q3\b|q4\b|t1\b|t2\b|t3\b|t4\b|h1\b|h2\b)"
)
CUES = (_PERIOD,)
"""What is asked of a text here."""
_MONTHS = {"quarter": 3, "trimestre": 3, "cuatrimestre": 4}
_HALF = 6
"""Months of a half year, whatever it is called."""
_JUST_OVER = timedelta(days=60)
"""A quarter without its year that ended so lately is the one that is meant, and no day ahead."""


def find(text: str, published: date) -> Iterator[Worked]:
    """Yield the first and last days of parts of a year that a text names by their number."""
    for pattern in (_EDGE_OF, _ENDS, _ITS_END):
        for match in pattern.finditer(text):
            day = _edge(_Part(**match.groupdict()), published)
            if day is not None:
                yield Worked(match.start(), match.end(), day, Clue.NONE)
    for match in _MONTH_AFTER.finditer(text):
        nth = match["en"] or match["es"] or match["fr"]
        month = calendar.add_months(published.replace(day=1), ordinals.ORDINALS[nth] if nth else 1)
        if month is not None:
            yield Worked(match.start(), match.end(), month, Clue.NONE)


class _Part(NamedTuple):
    """A part of a year as a text names it; None for what it leaves open."""

    nth: str | None = None
    unit: str | None = None
    quarter: str | None = None
    half: str | None = None
    year: str | None = None
    next: str | None = None
    first: str | None = None
    """The words that ask for its first day."""


def _edge(part: _Part, published: date) -> date | None:
    months = 3 if part.quarter else _MONTHS.get(part.unit or "", _HALF)
    number = _number(part, 12 // months)
    if not 1 <= number <= 12 // months:
        return None
    year = int(part.year) if part.year else published.year + bool(part.next)
    day = _day_of(part, min(year, 9999), number, months)
    if day >= published or part.year or part.next:
        return day
    if published - day < _JUST_OVER:
        return None
    return _day_of(part, min(year + 1, 9999), number, months)


def _number(part: _Part, last: int) -> int:
    given = part.quarter or part.half
    if given:
        return int(given)
    return ordinals.ORDINALS.get(part.nth or "", last)


def _day_of(part: _Part, year: int, number: int, months: int) -> date:
    if part.first:
        return date(year, (number - 1) * months + 1, 1)
    return calendar.month_end(year, number * months)
