"""From what a feed wrote to what an entry may hold: plain text and sound links.

The limits are those of a stored entry: titles of one line and 500 characters, http(s) links
without user info of 2,000 characters.
"""

import hashlib
import re
from dataclasses import replace
from typing import Any
from urllib.parse import urljoin, urlsplit, urlunsplit

from bot.domain.entry import Entry
from bot.reading.markup import tidy, to_plain

TITLE_LONGEST = 500
SUMMARY_LONGEST = 10_000
CONTENT_LONGEST = 60_000
URL_LONGEST = 2_000
GUID_LONGEST = 1_000
MARKUP_LONGEST = 300_000
"""Characters of mark-up that are turned into text; the rest of a longer field is left out."""
_WHOLE_LINK = re.compile(
    r"https?://[a-z0-9](?:[a-z0-9.-]*[a-z0-9])?/[A-Za-z0-9/_.~!$'()*,+=:@%-]*+(?:\?[A-Za-z0-9/_.~!$&'()*,+=:@%?-]++)?"
)
"""A link that taking it to pieces would not change: so most are written."""
_TITLE_FROM_TEXT = 120
_BETWEEN = "\x1f"
"""Stands in no text that was tidied, so it parts title and summary."""


def plain(markup: object, longest: int) -> str:
    """Return mark-up as text, cut at a word where it is too long. What is no text gives none."""
    if not isinstance(markup, str) or not markup:
        return ""
    return shortened(to_plain(markup[:MARKUP_LONGEST]), longest)


def one_line(markup: object, longest: int = TITLE_LONGEST, *, literal: bool = False) -> str:
    """Return mark-up (or, `literal`, text that may hold `<` and `&`) as text on one line."""
    if not isinstance(markup, str):
        return ""
    text = markup[:MARKUP_LONGEST]
    lines = tidy(text) if literal else to_plain(text)
    return shortened(lines.replace("\n", " "), longest)


def shortened(text: str, longest: int) -> str:
    """Return the text, cut behind a word and marked with an ellipsis where it is too long."""
    if len(text) <= longest:
        return text
    head = text[: longest - 1]
    cut = head.rfind(" ", longest * 3 // 4)
    return (head[:cut] if cut > 0 else head).rstrip() + "…"


def link(target: object, base: str) -> str | None:
    """Return an absolute http(s) address without user info, or None where there is none.

    A blank in the name of a file is written as in an address; where a line ends there is none.
    """
    if not isinstance(target, str) or len(target) > URL_LONGEST:
        return None
    if _WHOLE_LINK.fullmatch(target):
        return target
    text = tidy(target).replace("\n", "").replace(" ", "%20")
    if not text:
        return None
    try:
        parts = urlsplit(urljoin(base, text))
        host = parts.hostname
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host or "%20" in host:
        return None
    name = f"[{host}]" if ":" in host else host
    address = urlunsplit(parts._replace(netloc=f"{name}:{port}" if port else name))
    return address if len(address) <= URL_LONGEST else None


def identified(guid: object, entry: Entry) -> Entry:
    """Return the entry with a guid: its own, else its link, else a hash of its words.

    An own guid that is too long to keep is hashed.
    """
    own = tidy(guid).replace("\n", " ") if isinstance(guid, str) else ""
    if len(own) > GUID_LONGEST:
        own = f"sha256:{_digest(own)}"
    if not own:
        own = entry.url or f"sha256:{_digest(entry.title + _BETWEEN + entry.summary)}"
    return entry if own == entry.guid else replace(entry, guid=own)


def titled(entry: Entry) -> Entry:
    """Return the entry with a title: its own, else the beginning of its words, else its link."""
    if entry.title:
        return entry
    text = " ".join((entry.summary or entry.content).split())
    return replace(entry, title=shortened(text, _TITLE_FROM_TEXT) if text else entry.url or "")


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "replace")).hexdigest()


def text_of(value: Any) -> str:  # noqa: ANN401 - a field of somebody else's JSON
    """Return a JSON field that should be text: numbers as their digits, anything else as none."""
    if isinstance(value, str):
        return value
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else ""
