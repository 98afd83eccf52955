"""The arithmetic of politeness: what servers ask for in headers, backing off, gaps per host. Pure.

Sources: RFC 9110 (Retry-After 10.2.3, dates 5.6.7), RFC 9111 (Age 5.1, Cache-Control 5.2,
Expires 5.3).
"""

import re
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from functools import lru_cache
from urllib.parse import urlsplit

RETRY_AFTER_LONGEST = 31 * 86_400
"""Seconds. A server that sends us away for longer is asked again after a month."""

_SECONDS = re.compile(r"[0-9]+(?:\.[0-9]+)?")
_DIRECTIVE = re.compile(r'([a-z-]+)(?:\s*=\s*"?([^",\s]*)"?)?', re.IGNORECASE)
_MOST_DOUBLINGS = 40


def http_date(text: str | None) -> datetime | None:
    """Return the moment of a date header in any of its three old forms; None where it is none."""
    if not text or len(text) > 100:
        return None
    try:
        moment = parsedate_to_datetime(text.strip())
    except (ValueError, TypeError, IndexError, OverflowError):
        return None
    if moment.tzinfo is None:
        return moment.replace(tzinfo=UTC)
    return moment


def retry_after(value: str | None, *, server_date: str | None, now: datetime) -> float | None:
    """Return the seconds a Retry-After header asks us to stay away.

    A date is measured against the server's own Date header, so that neither clock needs to be
    right; `now` stands in where there is none. None where the header is missing or makes no sense.
    """
    if value is None:
        return None
    text = value.strip()
    if _SECONDS.fullmatch(text):
        return float(text)
    until = http_date(text)
    if until is None:
        return None
    return max(0.0, (until - (http_date(server_date) or now)).total_seconds())


def capped_retry_after(seconds: float | None) -> float | None:
    """Return the seconds to stay away, at most 31 days."""
    return None if seconds is None else min(max(seconds, 0.0), float(RETRY_AFTER_LONGEST))


def fresh_for(
    *,
    cache_control: str | None,
    expires: str | None,
    age: str | None,
    server_date: str | None,
    now: datetime,
) -> float | None:
    """Return for how many more seconds an answer calls itself fresh; None where it does not say.

    One that is to be asked about each time is fresh for 0 seconds, and so is one whose word makes no
    sense ("Expires: 0").
    """
    directives = {
        match[1].lower(): match[2] or "" for match in _DIRECTIVE.finditer(cache_control or "")
    }
    if "no-store" in directives or "no-cache" in directives:
        return 0.0
    spent = float(age) if age and _SECONDS.fullmatch(age.strip()) else 0.0
    max_age = directives.get("max-age")
    if max_age is not None:
        return max(0.0, float(max_age) - spent) if _SECONDS.fullmatch(max_age) else 0.0
    if expires is None:
        return None
    moment = http_date(expires)
    if moment is None:
        return 0.0
    lasts = (moment - (http_date(server_date) or now)).total_seconds()
    return max(0.0, lasts - spent)


def back_off(failures: int, *, base: float, longest: float, chance: float) -> float:
    """Return the seconds to wait after that many failures in a row (1 or more).

    Doubles from `base`, with a jitter that adds up to a fifth, so that each gap is at least
    1.6 times the one before, up to `longest`.
    """
    doubled = base * 2.0 ** min(failures - 1, _MOST_DOUBLINGS)
    return min(longest, doubled * (1 + 0.2 * chance))


@lru_cache(maxsize=10_000)
def host_key(url: str) -> str:
    """Return what counts as one host: its name, with the port where that is not a usual one."""
    parts = urlsplit(url)
    try:
        port = parts.port
    except ValueError:
        port = None
    host = (parts.hostname or "").rstrip(".").lower()
    return host if port in {None, 80, 443} else f"{host}:{port}"


def next_start(last_start: float | None, *, gap: float, now: float) -> float:
    """Return the moment (seconds on one clock) at which a host may be asked again."""
    return now if last_start is None else max(now, last_start + gap)
