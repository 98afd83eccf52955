"""Days and rates as few words: an index of words can then answer for a range of them.

A day is known by itself, its month and its year, a rate by itself and its ten: a range of years is
then a handful of words instead of thousands.
"""

import datetime as dt
import math
from collections.abc import Iterator

_FIRST, _LAST = dt.date(1990, 1, 1), dt.date(2070, 1, 1)
"""Days before and from these on have one word for all of them."""
_EARLY, _LATE = "dayearly", "daylate"
_MOST = 100
"""Rates from this one on have one word for all of them."""


def day_names(moment: dt.datetime) -> tuple[str, ...]:
    """Return the names of the moment's day (UTC), month and year."""
    day = moment.astimezone(dt.UTC).date()
    if day < _FIRST:
        return (_EARLY,)
    if day >= _LAST:
        return (_LATE,)
    return (_day(day), _month(day), _year(day))


def days_between(since: dt.date | None, before: dt.date | None) -> tuple[str, ...]:
    """Return names of which every day of the range has one, and no other day has any."""
    names = list(_spanned(max(since or _FIRST, _FIRST), min(before or _LAST, _LAST)))
    if since is None or since < _FIRST:
        names.append(_EARLY)
    if before is None or before > _LAST:
        names.append(_LATE)
    return tuple(names) or ("daynone",)


def _spanned(day: dt.date, end: dt.date) -> Iterator[str]:
    while day < end:
        for name, until in (
            (_year(day), dt.date(day.year + 1, 1, 1)),
            (_month(day), (day.replace(day=1) + dt.timedelta(days=32)).replace(day=1)),
            (_day(day), day + dt.timedelta(days=1)),
        ):
            if until <= end and _begins(day, name):
                yield name
                day = until
                break


def _begins(day: dt.date, name: str) -> bool:
    """Whether the day is the first that has the name."""
    return name not in day_names(dt.datetime.combine(day, dt.time(), dt.UTC) - dt.timedelta(days=1))


def _day(day: dt.date) -> str:
    return f"day{day.isoformat().replace('-', '')}"


def _month(day: dt.date) -> str:
    return f"month{day.year}{day.month:02}"


def _year(day: dt.date) -> str:
    return f"year{day.year}"


def rate_names(rate: float) -> tuple[str, ...]:
    """Return the names of a rate and of its ten; they are put behind ``rate``."""
    if not 0 <= rate < _MOST:
        return ("beyond",)
    whole = math.floor(rate)
    return (f"of{whole}", f"ten{whole // 10}")


def rates_between(low: float | None, high: float | None) -> tuple[str, ...]:
    """Return names of which every rate of the range, ends included, has one."""
    names = ["beyond"] if low is None or low < 0 or high is None or high >= _MOST else []
    first = max(math.floor(low or 0), 0)
    end = _MOST if high is None else min(math.floor(high) + 1, _MOST)
    while first < end:
        ten = first % 10 == 0 and first + 10 <= end
        names.append(f"ten{first // 10}" if ten else f"of{first}")
        first += 10 if ten else 1
    return tuple(names) or ("beyond",)
