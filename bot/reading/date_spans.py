"""Dates found in a text, and what becomes of those that stand side by side.

A weekday goes with its date, a day worked out with the one written out beside it, and two dates that
"to" or "through" joins are a range. Texts are folded by `even`.
"""

import datetime as dt
import re
from datetime import timedelta
from enum import StrEnum
from typing import NamedTuple

from bot.reading import calendar
from bot.reading.alternation import grouped
from bot.reading.worked import Clue

_WEEKDAYS = r"(?:" + grouped(sorted(calendar.WEEKDAYS, key=len, reverse=True)) + r")\b\.?"
_JOIN = re.compile(
    r"^\s*,?\s*(?:-|through|thru|to|until|till|and|al?|au|hasta|jusqu'au|et|y)\s*(?:el\s|le\s|du\s)?"
    rf"(?:{_WEEKDAYS},?\s*)?(?:the\s)?$"
)
_AND = re.compile(r"^\s*,?\s*(?:and|et|y|&)\s")


class Grain(StrEnum):
    """How exactly a text names a time."""

    DAY = "day"
    MONTH = "month"


class DateSpan(NamedTuple):
    """A date in a text, from `start` to `end`."""

    start: int
    end: int
    date: dt.date
    """The day; the first day of a range or of a month."""
    until: dt.date | None = None
    """The last day of a range or of a month."""
    before: dt.date | None = None
    """Where no year is stated: the latest such day not after the publication."""
    grain: Grain = Grain.DAY
    computed: bool = False
    """True where the day was worked out from a relative expression."""
    past: bool = False
    """True where the text itself says that the day is over ("last March")."""
    clue: Clue = Clue.NONE
    """What the expression itself tells of the role of the date."""
    weekday: bool = False
    """True for a bare name of a weekday."""


def without_overlaps(found: list[DateSpan]) -> list[DateSpan]:
    """Return dates in order; of two in one place the first, or the fuller."""
    kept: list[DateSpan] = []
    for span in sorted(found, key=lambda s: (s.start, -s.end)):
        if not kept or span.start >= kept[-1].end:
            kept.append(span)
        elif span.grain is Grain.DAY and kept[-1].grain is Grain.MONTH:
            kept[-1] = span
    return kept


_BESIDE = re.compile(
    r"^(?:\s(?:dernier|prochain|pasado|ultimo|proximo))?[\s,(]*(?:the\s|le\s|el\s|on\s|dia\s)*$"
)


def _over(span: DateSpan) -> DateSpan:
    """Return a date that the text tells to be over."""
    return span._replace(date=span.before or span.date, before=None, past=True)


def with_weekday_of_date(text: str, found: list[DateSpan]) -> list[DateSpan]:
    """Take a weekday into the date beside it, and leave out a day that the next one says again."""
    kept: list[DateSpan] = []
    for index, span in enumerate(found):
        following = found[index + 1] if index + 1 < len(found) else None
        before = kept[-1] if kept else None
        if (
            span.weekday
            and following is not None
            and not following.weekday
            and _BESIDE.match(text[span.end : following.start])
        ):
            if span.past:
                following = _over(following)
            found[index + 1] = following._replace(start=span.start)
            continue
        if following is not None and _says_again(text, span, following):
            if following.clue is Clue.NONE:
                found[index + 1] = following._replace(clue=span.clue)
            continue
        if before is not None and before.date == span.date and span.start - before.end < 12:
            kept[-1] = span if before.computed else before
            continue
        kept.append(span)
    return kept


_BETWEEN = ("between ", "entre ", "entre el ", "entre le ", "between the ")
_AGAIN = re.compile(
    r"^\s*(?:until|through|jusqu\'au|hasta\sel)\s*$|^\s*[,(]\s*(?:to|until|through|that\sis|i\.e\.|ending|ends|on|by|or|jusqu'au|soit\s(?:le|jusqu'au)|hasta\sel|es\sdecir,?\s(?:hasta\s)?el|al|au|el|le)?\s*$"
)
"""What stands between two tellings of one day: “until”, “that is”, “soit le”, or a bracket."""


def _says_again(text: str, span: DateSpan, following: DateSpan | None) -> bool:
    """Whether a date written out repeats a computed one: "for six months, to May 15"."""
    if following is None or not span.computed or following.computed or span.grain is Grain.MONTH:
        return False
    return _AGAIN.match(text[span.end : following.start]) is not None


def joined(text: str, found: list[DateSpan]) -> list[DateSpan]:
    """Make one range of two dates that "to", "through" or "and" joins."""
    kept: list[DateSpan] = []
    for span in found:
        before = kept[-1] if kept else None
        if before is not None and _is_range(text, before, span):
            first = _with_year_of(before, span)
            kept[-1] = first._replace(end=span.end, until=span.until or span.date)
        else:
            kept.append(span)
    return kept


def _is_range(text: str, first: DateSpan, last: DateSpan) -> bool:
    gap = text[first.end : last.start]
    if first.until or first.grain is not last.grain or not _JOIN.match(gap):
        return False
    if first.computed and not first.weekday and first.grain is Grain.DAY:
        return False  # "for 30 days until February 5" says one thing twice
    between = text.endswith(_BETWEEN, 0, first.start)
    if not between and _AND.match(gap) and (last.date - first.date) > timedelta(days=7):
        return False
    return first.before is not None or first.date <= last.date


def _with_year_of(first: DateSpan, last: DateSpan) -> DateSpan:
    """A range states its year once, at its end."""
    if first.before is None or last.before is not None:
        return first
    for year in (last.date.year, last.date.year - 1):
        day = calendar.day(year, first.date.month, first.date.day)
        if day is not None and day <= last.date:
            return first._replace(date=day, before=None)
    return first
