"""First and last days of quarters and half years: "the end of Q2", "el término del primer semestre".

All expressions are for text folded by `even`.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

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
    for match in _EDGE_OF.finditer(text):
        day = _edge(match, published)
        if day is not None:
            yield Worked(match.start(), match.end(), day, Clue.NONE)
    for match in _MONTH_AFTER.finditer(text):
        nth = match["en"] or match["es"] or match["fr"]
        month = calendar.add_months(published.replace(day=1), ordinals.ORDINALS[nth] if nth else 1)
        if month is not None:
            yield Worked(match.start(), match.end(), month, Clue.NONE)


def _edge(match: re.Match[str], published: date) -> date | None:
    months = 3 if match["quarter"] else _MONTHS.get(match["unit"] or "", _HALF)
    number = _number(match, 12 // months)
    if not 1 <= number <= 12 // months:
        return None
    year = int(match["year"]) if match["year"] else published.year + bool(match["next"])
    day = _day_of(match, min(year, 9999), number, months)
    if day >= published or match["year"] or match["next"]:
        return day
    if published - day < _JUST_OVER:
        return None
    return _day_of(match, min(year + 1, 9999), number, months)


def _number(match: re.Match[str], last: int) -> int:
    given = match["quarter"] or match["half"]
    if given:
        return int(given)
    return ordinals.ORDINALS.get(match["nth"], last)


def _day_of(match: re.Match[str], year: int, number: int, months: int) -> date:
    if match["first"]:
        return date(year, (number - 1) * months + 1, 1)
    return calendar.month_end(year, number * months)
