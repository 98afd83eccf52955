"""Makes text from feeds harmless in Discord: no mention, link or mark-up of it ever works.

Discord reads a backslash before a punctuation mark as "this mark is only a mark". Mentions, links
and timestamps are also looked for by the server and by other clients, which know no backslashes;
those are torn apart by a zero-width space.
"""

import re
import unicodedata
from urllib.parse import quote, urlsplit, urlunsplit

from bot.alerts.truncate import clip, units

TEAR = "\u200b"
"""The zero-width space that tears a mention or an address apart."""

_BACKSLASHED = "\\*_~`|[]"
_TORN = "<@:."
_ACTIVE = re.compile(
    r"(?P<mark>[\\*_~`|\[\]])"
    r"|(?P<angle><(?=\S))"
    r"|(?P<at>@(?=everyone|here))"
    r"|(?P<scheme>:(?=//))"
    r"|(?P<emoji>:(?=[\w+-]+:))"
    r"|(?P<invite>(?<=discord)\.|(?<=discordapp)\.)"
    r"|(?P<start>\A(?:[#>+-]|\d+(?=[.)])))",
    re.IGNORECASE,
)
_LURE = re.compile(r"<(?=\S)|@(?=everyone|here)|\](?=\()|:(?=//)", re.IGNORECASE)
_MAX_URL = 2048
_URL_SAFE = "/:?&=%+,;!$~-._"
"""Characters an address keeps; brackets, quotes and blanks would end a link early."""


def clean(text: str) -> str:
    """Return the text on one line, without control, format and surrogate characters."""
    kept = (" " if char.isspace() else char for char in text if _is_shown(char))
    return " ".join("".join(kept).split())


def _is_shown(char: str) -> bool:
    return char.isspace() or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co"}


def escape(text: str) -> str:
    """Return the text as Discord shows it literally in descriptions, titles and field values."""
    return _ACTIVE.sub(_disarm, clean(text))


def _disarm(match: re.Match[str]) -> str:
    found = match.group()
    if match.lastgroup in {"mark", "emoji"}:
        return "\\" + found
    if match.lastgroup == "invite":
        return TEAR + found
    if match.lastgroup == "start":
        return found + TEAR if found[0].isdigit() else "\\" + found
    return found + TEAR


def fit(text: str, limit: int) -> str:
    """Return the escaped text, shortened at a word so that it has at most `limit` characters.

    Discord counts code points; UTF-16 units are never fewer, so that clients agree too.
    """
    return escape(clip(clean(text), max(limit - 1, 0), measure=_cost))


def _cost(text: str) -> int:
    """What a text can take once escaped; the mark at its very start is the caller's one spare."""
    return units(text) + sum(1 for char in text if char in _BACKSLASHED or char in _TORN)


def plain(text: str, limit: int) -> str:
    """Return text for places that know no mark-up: footers, buttons, names of threads."""
    return _LURE.sub(lambda match: match.group() + TEAR, clip(clean(text), limit, measure=_torn))


def _torn(text: str) -> int:
    return units(text) + sum(1 for char in text if char in "<@]:")


def link(text: str, url: str | None, limit: int) -> str:
    """Return `text` as a masked link, or the escaped text alone where there is no good address."""
    target = safe_url(url)
    if target is None or units(target) + 5 > limit:
        return fit(text, limit)
    label = fit(text, limit - units(target) - 4)
    return f"[{label}]({target})" if label else ""


def safe_url(url: str | None) -> str | None:
    """Return an http(s) address that cannot break out of a link, None where it is no such address.

    Addresses with a user name are refused: they look like another site, or hold a secret.
    """
    if not url or len(url) > _MAX_URL:
        return None
    try:
        parts = urlsplit(clean(url))
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = parts.port
    except ValueError:
        return None
    if parts.scheme not in {"http", "https"} or not host or parts.username is not None:
        return None
    if not re.fullmatch(r"[a-z0-9.:_-]+", host):
        return None
    place = f"[{host}]" if ":" in host else host
    netloc = f"{place}:{port}" if port is not None else place
    rest = (quote(part, safe=_URL_SAFE) for part in (parts.path, parts.query, parts.fragment))
    made = urlunsplit((parts.scheme, netloc, *rest))
    return made if len(made) <= _MAX_URL else None
