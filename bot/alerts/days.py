"""Days and moments as people write and read them, in English, Spanish and French. Pure.

What machines read (JSON, CSV, the API) is ISO 8601.
"""

import re
from datetime import date, datetime

from bot.domain.locales import language_of
from bot.reading import calendar
from bot.reading.even import even

_MONTHS = {
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "es": "ene feb mar abr may jun jul ago sep oct nov dic",
    "fr": "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
}
_DAY_FIRST = re.compile(
    r"(?P<day>\d{1,2})(?:st|nd|rd|th|er|o|º|°)?[\s.]+(?:de\s+|of\s+)?(?P<month>[a-z]{3,12})\.?,?\s+(?:del?\s+)?(?P<year>\d{4})"
)
_MONTH_FIRST = re.compile(
    r"(?P<month>[a-z]{3,12})\.?\s+(?P<day>\d{1,2})(?:st|nd|rd|th)?,?\s+(?P<year>\d{4})"
)
_MONTH_AND_DAY = re.compile(r"(?P<month>\d\d)-(?P<day>\d\d)")
_ISO = re.compile(r"(?<![\d-])\d{4}-\d{2}-\d{2}(?![\d-])")


def day(on: date, locale: str) -> str:
    """Return ``12 Dec 2026``; in French the first is ``1er``."""
    first = on.day == 1 and language_of(locale) == "fr"
    return f"{'1er' if first else on.day} {month(on, locale)}"


def read(text: str) -> date | None:
    """Return the day of ``2026-12-12``, ``12 Dec 2026``, ``Dec 12, 2026`` or ``12 de diciembre de 2026``.

    In any of the languages. None for anything else: ``1/12/2026`` is two days, by where one lives.
    """
    plain = even(text).strip()
    try:
        return date.fromisoformat(plain)
    except ValueError:
        named = _DAY_FIRST.fullmatch(plain) or _MONTH_FIRST.fullmatch(plain)
    number = None if named is None else calendar.MONTHS.get(named["month"])
    if named is None or number is None:
        return None
    return calendar.day(int(named["year"]), number, int(named["day"]))


def month(of: date, locale: str) -> str:
    """Return ``Dec 2026``."""
    return f"{_MONTHS[language_of(locale)].split()[of.month - 1]} {of.year}"


def day_of_year(text: str, locale: str) -> str | None:
    """Return ``5 Dec`` for ``12-05``; None for anything else."""
    found = _MONTH_AND_DAY.fullmatch(text)
    on = None if found is None else calendar.day(2000, int(found["month"]), int(found["day"]))
    return None if on is None else day(on, locale).removesuffix(" 2000")


def moment(there: datetime, locale: str) -> str:
    """Return ``22 Nov 2026, 10:15 EST`` for a moment in the reader's zone."""
    return f"{day(there.date(), locale)}, {there:%H:%M %Z}"


def spoken(text: str, locale: str) -> str:
    """Return a text of ours, its days ``2026-12-12`` written as people do."""
    return _ISO.sub(lambda found: _said(found.group(), locale), text)


def _said(text: str, locale: str) -> str:
    try:
        return day(date.fromisoformat(text), locale)
    except ValueError:
        return text
