"""Making text harmless on Slack: cleaned, escaped, and without a working mention or link. Pure.

Feed text is shown through ``rich_text`` and ``plain_text`` elements, which Slack never parses:
a title such as ``*50%* <!channel>`` is shown as it is written. ``mrkdwn`` would need every ``*``,
``_``, ``~`` and backtick broken up by invisible characters, for it knows no escape for them.
The one place that Slack does parse, the fallback text for notifications, is escaped.
"""

import re
from urllib.parse import quote, urlsplit, urlunsplit

from bot.alerts.truncate import clip
from bot.platforms.slack import limits

_CONTROLS = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff]")
_UNSEEN = re.compile(r"[\ud800-\udfff\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
_ACTIVE = re.compile(r"<(?=[@#!]|[^\s<>]*[|:])")
_URL_SAFE = "!#$%&'()*+,-./:;=?@[]_~"
_WORD_JOINER = "\u2060"


def plain(text: str) -> str:
    """Return the text as one line without control, bidi or unpaired surrogate characters.

    Where ``<`` begins what mrkdwn would take for a mention or a link, an invisible joiner
    follows it: Slack writes a message's elements out as mrkdwn in exports and notifications.
    """
    clean = _UNSEEN.sub("", _CONTROLS.sub(" ", text))
    return _ACTIVE.sub("<" + _WORD_JOINER, " ".join(clean.split()))


def short(text: str, limit: int) -> str:
    """Return `plain(text)` with at most `limit` UTF-16 units."""
    return clip(plain(text), limit)


def escaped(text: str, limit: int) -> str:
    """Return the text for a place that Slack parses, at most `limit` units with its escapes."""
    shortened = clip(plain(text), limit, measure=_escaped_units)
    return shortened.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def unescaped(text: str) -> str:
    """Return what a person typed: Slack escapes ``&``, ``<`` and ``>`` on the way to us."""
    return text.replace("&lt;", "<").replace("&gt;", ">").replace("&amp;", "&")


def safe_url(url: str | None) -> str | None:
    """Return the address with everything percent-encoded that could end it, or None.

    None for what is no http(s) address, names a user, or is longer than Slack takes.
    """
    if not url:
        return None
    try:
        parts = urlsplit(_UNSEEN.sub("", url.strip()))
        host = parts.hostname
        bare = parts.netloc.encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        return None
    if parts.scheme not in {"http", "https"} or not host or "@" in parts.netloc:
        return None
    tail = (quote(part, safe=_URL_SAFE) for part in (parts.path, parts.query, parts.fragment))
    whole = urlunsplit((parts.scheme, quote(bare, safe=_URL_SAFE), *tail))
    return whole if len(whole) <= limits.URL else None


def _escaped_units(text: str) -> int:
    extra = {"&": 5, "<": 4, ">": 4}
    return sum(extra.get(char, 2 if ord(char) > 0xFFFF else 1) for char in text)
