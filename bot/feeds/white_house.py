"""Presidential actions as the White House posts them, all subjects mixed.

The category says what kind of document it is. Posts may be dated back, which is why the schedule
and the limits of a poll go by when an entry was first seen, not by its date alone.
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.domain.entry import Entry, Stated
from bot.feeds.values import one_line

_KINDS = {
    "executive orders": "Executive Order",
    "proclamations": "Proclamation",
    "presidential memoranda": "Memorandum",
    "memoranda": "Memorandum",
    "nominations & appointments": "Nomination",
    "fact sheets": "Fact sheet",
}


def adapt(entry: Entry, raw: Mapping[str, Any]) -> Entry:
    """Return the entry with the kind of its document."""
    tags = raw.get("tags") or ()
    names = [one_line(tag.get("term"), 80) for tag in tags if isinstance(tag, dict)]
    kind = next((_KINDS[name.lower()] for name in names if name.lower() in _KINDS), None)
    return replace(
        entry,
        stated=Stated(
            document_type=kind or "Presidential action",
            agencies=("Executive Office of the President",),
        ),
    )
