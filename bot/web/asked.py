"""What an address asks for, read with care: what is not understood counts as not asked."""

import datetime as dt
from collections.abc import Collection

from aiohttp import web


def one_of(request: web.Request, name: str, known: Collection[str]) -> str | None:
    """Return the value where it is among those known."""
    value = request.query.get(name, "")
    return value if value in known else None


def number(request: web.Request, name: str, *, among: Collection[int], otherwise: int) -> int:
    """Return the value where it is a whole number among those possible."""
    text = request.query.get(name, "")
    value = int(text) if text.isascii() and text.isdigit() and len(text) < 8 else None
    return value if value is not None and value in among else otherwise


def day(request: web.Request, name: str) -> dt.date | None:
    """Return a day written ``2026-07-01``."""
    try:
        return dt.date.fromisoformat(request.query.get(name, ""))
    except ValueError:
        return None
