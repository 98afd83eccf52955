"""The Canada Gazette: every entry of its feeds is a whole issue, which holds many acts.

The entry says so; `issues.py` then puts the acts of the issue's page in its place. An extra edition
is the other way round: its link leads to the one document it was made for. The feed reaches back to
2019 and is now and then out of service (503), which the schedule takes care of.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from bot.domain.entry import Entry, Stated

_ISSUE = re.compile(
    r"\b(?:Vol(?:ume|\.)?)\s*(\d{1,4}).{0,20}?\b(?:No\.?|Number|n[o°]\.?|num[ée]ro)\s*(\d{1,3})",
    re.IGNORECASE,
)
ISSUE = "Gazette issue"
"""The document type of an entry that stands for many acts."""
_EXTRA = re.compile(r"\bextra\b|\bédition spéciale\b|/extra\d", re.IGNORECASE)
_PART = re.compile(r"\bPart(?:ie)?\s+(III|II|I|[123])\b", re.IGNORECASE)


def adapt(entry: Entry, raw: Mapping[str, Any]) -> Entry:
    """Return the entry marked as an issue, with its part, volume and number where named."""
    del raw
    issue = _ISSUE.search(entry.title)
    part = _PART.search(entry.title)
    named = f"Part {part[1].upper()}, " if part else ""
    return replace(
        entry,
        stated=Stated(
            document_type="Gazette extra edition" if _is_extra(entry) else ISSUE,
            agencies=("Canada Gazette",),
            dockets=(f"{named}Vol. {issue[1]}, No. {issue[2]}",) if issue else (),
        ),
    )


def _is_extra(entry: Entry) -> bool:
    return _EXTRA.search(f"{entry.title} {entry.url or ''}") is not None
