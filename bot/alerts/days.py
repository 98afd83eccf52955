"""Days and moments as people write them, in English, Spanish and French: one way everywhere. Pure.

What machines read (JSON, CSV, the API) is ISO 8601.
"""

import re
from datetime import date, datetime

_MONTHS = {
    "en": "Jan Feb Mar Apr May Jun Jul Aug Sep Oct Nov Dec",
    "es": "ene feb mar abr may jun jul ago sep oct nov dic",
    "fr": "janv. févr. mars avr. mai juin juil. août sept. oct. nov. déc.",
}
_ISO = re.compile(r"(?<![\d-])\d{4}-\d{2}-\d{2}(?![\d-])")


def day(on: date, locale: str) -> str:
    """Return ``12 Dec 2026``; in French the first is ``1er``."""
    first = on.day == 1 and _language(locale) == "fr"
    return f"{'1er' if first else on.day} {month(on, locale)}"


def month(of: date, locale: str) -> str:
    """Return ``Dec 2026``."""
    return f"{_MONTHS[_language(locale)].split()[of.month - 1]} {of.year}"


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


def _language(locale: str) -> str:
    language = locale[:2].lower()
    return language if language in _MONTHS else "en"
