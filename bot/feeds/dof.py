"""Mexico's Diario Oficial de la Federación: the contents of today's edition.

`sumario.xml` gives no dates (the day stands in each link as `fecha=DD/MM/AAAA`), the agency as
the title and the act as the description. Only the current edition is in it.
"""

import datetime as dt
import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import unquote
from zoneinfo import ZoneInfo

from bot.domain.entry import Entry, Stated
from bot.feeds.dates import midnight
from bot.feeds.values import SUMMARY_LONGEST, one_line, shortened

_DAY = re.compile(r"[?&]fecha=(\d{1,2})/(\d{1,2})/(\d{4})")
_WRITTEN = re.compile(r"\s*(\d{1,2})[/-](\d{1,2})[/-](\d{4})")
_CODE = re.compile(r"[?&]codigo=(\d{4,12})")
_AGENCY_LONGEST = 200


def adapt(entry: Entry, raw: Mapping[str, Any]) -> Entry:
    """Return the act: its own words as the title, the agency beside it, the day from its link."""
    act = " ".join(entry.summary.split())
    if not act:
        return replace(entry, published=_published(entry.url, raw) or entry.published)
    agency = shortened(entry.title, _AGENCY_LONGEST)
    code = _CODE.search(entry.url or "")
    return replace(
        entry,
        guid=f"dof:{code[1]}" if code else entry.guid,
        title=one_line(act, literal=True),
        summary=shortened(f"{agency}. {act}" if agency else act, SUMMARY_LONGEST),
        published=_published(entry.url, raw) or entry.published,
        stated=Stated(agencies=(agency,) if agency else ()),
    )


def _published(url: str | None, raw: Mapping[str, Any]) -> dt.datetime | None:
    """Return the beginning of the edition's day in Mexico City, by the link or `valueDate`."""
    found = _DAY.search(unquote(url or "")) or _WRITTEN.match(str(raw.get("valuedate") or ""))
    if found is None:
        return None
    try:
        day = dt.date(int(found[3]), int(found[2]), int(found[1]))
    except ValueError:
        return None
    return midnight(day, ZoneInfo("America/Mexico_City"))
