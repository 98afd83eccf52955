"""Google News' RSS search: many publishers in one feed, each named behind the title.

Links lead to a page of Google's that only a browser can follow, so they are kept as they are. The
description repeats the title and its publisher (or lists related ones) and says nothing more.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.domain.entry import Entry

_DASHES = (" - ", " – ", " — ", " | ")


def adapt(entry: Entry, raw: Mapping[str, Any]) -> Entry:
    """Return the entry under its publisher's name, the name cut from its title."""
    named = isinstance(raw.get("source"), dict) and bool(raw["source"].get("title"))
    title, publisher = _parted(entry.title, entry.source if named else "")
    return replace(
        entry,
        title=title,
        source=publisher or entry.source,
        summary=_own_words(entry.summary, entry.title),
        content="",
    )


def _parted(title: str, publisher: str) -> tuple[str, str]:
    """Return title and publisher; where no field names it, what follows the last dash is it."""
    for dash in _DASHES:
        head, found, tail = title.rpartition(dash)
        if not found or not head.strip():
            continue
        if publisher and tail.strip().casefold() == publisher.casefold():
            return head.strip(), publisher
        if not publisher and dash == " - " and len(tail) <= 60:
            return head.strip(), tail.strip()
    return title, publisher


def _own_words(summary: str, title: str) -> str:
    """Return the summary, or nothing where it begins as the title does."""
    start = _letters(title)[:40]
    return "" if not start or _letters(summary).startswith(start) else summary


def _letters(text: str) -> str:
    return "".join(char for char in text.casefold() if char.isalnum())
