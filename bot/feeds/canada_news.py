"""The news service of Canada's government: Atom whose links are relative to canada.ca.

A wrong department in the address gives an empty feed, not an error (`sources.empty_warning`).
"""

from collections.abc import Mapping
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit, urlunsplit

from bot.domain.entry import Entry, Stated
from bot.feeds.values import one_line

BASE = "https://www.canada.ca/"
_API_HOST = "api.io.canada.ca"


def adapt(entry: Entry, raw: Mapping[str, Any]) -> Entry:
    """Return the entry with a link people can open, under the name of its department."""
    author = raw.get("author_detail")
    department = one_line(author.get("name"), 150) if isinstance(author, dict) else ""
    return replace(
        entry,
        url=_on_canada_ca(entry.url),
        source=department or entry.source,
        stated=Stated(agencies=(department,) if department else ()),
    )


def _on_canada_ca(url: str | None) -> str | None:
    """Return a link that was resolved against the service's own address on the public site."""
    if url is None:
        return None
    parts = urlsplit(url)
    if parts.hostname != _API_HOST:
        return url
    return urlunsplit(parts._replace(scheme="https", netloc=urlsplit(BASE).netloc))
