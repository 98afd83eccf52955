"""CBP's Cargo Systems Messaging Service, as GovDelivery sends it out.

The list holds the last hundred bulletins and no texts. Every link carries a `wgt_ref` that names
the list it was shown in; without it, the same bulletin has the same address everywhere.
"""

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from bot.domain.entry import Entry, Stated

_NUMBER = re.compile(r"\bCSMS\s*#?\s*(\d{6,10})\b", re.IGNORECASE)


def adapt(entry: Entry, raw: Mapping[str, Any]) -> Entry:
    """Return the bulletin with its own address, identified by its CSMS number where it has one."""
    del raw
    url = _own_address(entry.url)
    number = _NUMBER.search(entry.title)
    return replace(
        entry,
        url=url,
        guid=f"csms:{number[1]}" if number else (url or entry.guid),
        stated=Stated(
            document_type="CSMS message",
            agencies=("U.S. Customs and Border Protection",),
            dockets=(f"CSMS # {number[1]}",) if number else (),
        ),
    )


def _own_address(url: str | None) -> str | None:
    if url is None:
        return None
    parts = urlsplit(url)
    query = [(name, value) for name, value in parse_qsl(parts.query) if name != "wgt_ref"]
    return urlunsplit(parts._replace(query=urlencode(query)))
