"""Dates as feeds write them, to aware moments in UTC; what makes no sense is no date."""

import calendar
import re
from datetime import UTC, date, datetime, time, timedelta, timezone, tzinfo
from email.utils import parsedate_to_datetime

_EARLIEST = datetime(1990, 1, 1, tzinfo=UTC)
_LATEST = datetime(2200, 1, 1, tzinfo=UTC)
_MONTHS = {
    "ene": 1, "janv": 1, "jan": 1, "feb": 2, "févr": 2, "fevr": 2, "fév": 2, "mar": 3, "mars": 3,
    "abr": 4, "avr": 4, "apr": 4, "may": 5, "mai": 5, "jun": 6, "juin": 6, "jul": 7, "juil": 7,
    "ago": 8, "août": 8, "aout": 8, "aug": 8, "sep": 9, "sept": 9, "set": 9, "oct": 10, "nov": 11,
    "dic": 12, "déc": 12, "dec": 12,
}  # fmt: skip
"""Months as Spanish and French publishing systems shorten them in a date of RFC 822."""
_ENGLISH = {
    "Jan": "01", "Feb": "02", "Mar": "03", "Apr": "04", "May": "05", "Jun": "06",
    "Jul": "07", "Aug": "08", "Sep": "09", "Oct": "10", "Nov": "11", "Dec": "12",
}  # fmt: skip
_RFC822 = re.compile(
    rf"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?([0-9]{{1,2}}) ({'|'.join(_ENGLISH)}) ([0-9]{{4}}) "
    r"([0-9]{2}:[0-9]{2}:[0-9]{2}) (?:GMT|UTC|([+-][01][0-9][0-5][0-9]))"
)
_ISO = re.compile(
    r"[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9]{2}:[0-9]{2}:[0-9]{2}(?:Z|[+-][01][0-9]:[0-5][0-9])"
)
_WRITTEN = re.compile(
    r"(?:\w+\.?,?\s+)?(\d{1,2})\s+([a-zéûà]{3,5})\w*\.?,?\s+(\d{4})\s+(\d{1,2}):(\d{2})(?::(\d{2}))?"
    r"\s*(?:([+-])(\d{2}):?(\d{2})|GMT|UTC?|Z)?",
    re.IGNORECASE,
)


_CLOCK = (
    r"(?:(?:\s*[-–,@|]\s*|\s+)(?:at\s+)?(\d{1,2}):(\d{2})(?::(\d{2}))?\s*([ap])?\.?(?:m\b\.?)?)?"
    r"(?:\s*(?:([+-]\d{2}):?(\d{2})|([A-Z]{1,4})))?"
)
_MONTH_FIRST = re.compile(
    rf"(?:[A-Za-z]{{3,9}}\.?,?\s+)?([A-Za-z]{{3,9}})\.?\s+(\d{{1,2}}),?\s+(\d{{4}}){_CLOCK}",
    re.IGNORECASE,
)
_YEAR_FIRST = re.compile(rf"(\d{{4}})/(\d{{1,2}})/(\d{{1,2}}){_CLOCK}", re.IGNORECASE)
_HOURS_OF_ZONE = {
    "Z": 0, "UT": 0, "UTC": 0, "GMT": 0, "EST": -5, "EDT": -4, "CST": -6, "CDT": -5, "MST": -7,
    "MDT": -6, "PST": -8, "PDT": -7, "ET": -5, "CT": -6, "MT": -7, "PT": -8,
}  # fmt: skip


def moment(parsed: object) -> datetime | None:
    """Return feedparser's parsed date (a time tuple in UTC) as a moment; None where it is none.

    A moment comes back in UTC.
    """
    if isinstance(parsed, datetime):
        return sound(parsed)
    if not isinstance(parsed, tuple) or len(parsed) < 6:
        return None
    try:
        return sound(datetime.fromtimestamp(calendar.timegm(parsed), UTC))
    except (ValueError, OverflowError, OSError, TypeError):
        return None


def usual_moment(text: str) -> datetime | None:
    """Return a date in the two forms that nearly all feeds write; None for every other text.

    What feedparser makes of the same text is the same moment.
    """
    try:
        if text[10:11] == "T":  # where no date of RFC 822 has one
            return _within_reason(datetime.fromisoformat(text)) if _ISO.fullmatch(text) else None
        found = _RFC822.fullmatch(text)
        if found is None:
            return None
        day, month, year, clock, zone = found.groups("+0000")
        iso = f"{year}-{_ENGLISH[month]}-{day:0>2}T{clock}{zone}"
        return _within_reason(datetime.fromisoformat(iso))
    except ValueError:
        return None


def _within_reason(when: datetime) -> datetime | None:
    return when if 1970 < when.year < 2200 else None


def iso_moment(text: object) -> datetime | None:
    """Return an ISO 8601 date or moment; without a zone it is taken as UTC."""
    if not isinstance(text, str) or len(text) > 40:
        return None
    try:
        found = datetime.fromisoformat(text.strip())
        return sound(found if found.tzinfo else found.replace(tzinfo=UTC))
    except (ValueError, OverflowError):
        return None


def iso_day(text: object) -> date | None:
    """Return an ISO date, None where it is none."""
    if not isinstance(text, str):
        return None
    try:
        return date.fromisoformat(text.strip())
    except ValueError:
        return None


def midnight(day: date, zone: tzinfo) -> datetime:
    """Return the moment a day begins in a zone, in UTC."""
    return datetime.combine(day, time(), zone).astimezone(UTC)


def sound(when: datetime) -> datetime | None:
    """Return the moment in UTC; None for a default value: before there were feeds, or at the end of time."""
    moment_utc = when.astimezone(UTC)
    return moment_utc if _EARLIEST <= moment_utc < _LATEST else None


def written_moment(text: object) -> datetime | None:
    """Return a date that feedparser made nothing of; without a zone it is UTC.

    Spanish and French names of months are known.
    """
    if not isinstance(text, str) or not text or len(text) > 80:
        return None
    try:
        found = parsedate_to_datetime(text)
        return sound(found if found.tzinfo else found.replace(tzinfo=UTC))
    except (ValueError, TypeError, IndexError, OverflowError):
        return iso_moment(text) or _shortened_month(text)


def worded_moment(text: object) -> datetime | None:
    """Return a date as content systems of North America write it; without a zone it is UTC.

    ``Monday, November 23, 2026 - 13:02``, ``Nov. 23, 2026 1:02 pm EST``, ``2026/11/23 13:02``. Of
    the last feedparser makes the first of the month, of the others often nothing.
    """
    if not isinstance(text, str) or not text or len(text) > 80:
        return None
    text = " ".join(text.split())
    if found := _YEAR_FIRST.fullmatch(text):
        day = (int(found[1]), int(found[2]), int(found[3]))
    elif (found := _MONTH_FIRST.fullmatch(text)) and (month := _month(found[1].lower())):
        day = (int(found[3]), month, int(found[2]))
    else:
        return None
    hour, minute, second, half, hours, minutes, zone = found.groups()[3:]
    if zone and zone.upper() not in _HOURS_OF_ZONE:
        return None
    at = int(hour or 0) % 12 + 12 * (half in "pP") if half else int(hour or 0)
    east = int(f"{hours[0]}1") * (int(hours[1:]) * 60 + int(minutes)) if hours else 0
    east += _HOURS_OF_ZONE.get((zone or "").upper(), 0) * 60
    try:
        return sound(
            datetime(
                *day,
                at,
                int(minute or 0),
                int(second or 0),
                tzinfo=timezone(timedelta(minutes=east)),
            )
        )
    except (ValueError, OverflowError):
        return None


def _shortened_month(text: str) -> datetime | None:
    found = _WRITTEN.fullmatch(text.strip())
    month = _month(found[2].lower()) if found else None
    if found is None or month is None:
        return None
    sign = -1 if found[7] == "-" else 1
    zone = timezone(sign * timedelta(hours=int(found[8] or 0), minutes=int(found[9] or 0)))
    day, year, hour, minute, second = (int(found[group] or 0) for group in (1, 3, 4, 5, 6))
    try:
        return sound(datetime(year, month, day, hour, minute, second, tzinfo=zone))
    except (ValueError, OverflowError):
        return None


def _month(name: str) -> int | None:
    return _MONTHS.get(name) or _MONTHS.get(name[:4]) or _MONTHS.get(name[:3])
