"""What an address asks for, read with care: a value that cannot be is refused, not passed over.

Who mistyped a topic and is shown everything takes it for all there is on the topic. Words that no page
knows are let be: links carry them.
"""

import datetime as dt
from collections.abc import Collection

from aiohttp import web

from bot.errors import InvalidInputError

_SHOWN = 40


class NoSuchValueError(InvalidInputError):
    """An address asks for something by a name that nothing has."""

    def __init__(self, name: str, value: str) -> None:
        self.name = name
        self.value = value if len(value) <= _SHOWN else value[: _SHOWN - 1] + "…"
        super().__init__(f"“{self.value}” is nothing that `{name}` can be.")


def one_of(request: web.Request, name: str, known: Collection[str]) -> str | None:
    """Return the value; None where there is none. Raises NoSuchValueError."""
    value = request.query.get(name, "")
    if value and value not in known:
        raise NoSuchValueError(name, value)
    return value or None


def number(request: web.Request, name: str, *, among: Collection[int], otherwise: int) -> int:
    """Return the value where it is a whole number among those possible: a page, a length of time."""
    text = request.query.get(name, "")
    value = int(text) if text.isascii() and text.isdigit() and len(text) < 8 else None
    return value if value is not None and value in among else otherwise


def day(request: web.Request, name: str, *, earliest: dt.date, latest: dt.date) -> dt.date | None:
    """Return a day written ``2026-07-01``; None where there is none. Raises NoSuchValueError."""
    value = request.query.get(name, "")
    if not value:
        return None
    try:
        found = dt.date.fromisoformat(value)
    except ValueError:
        raise NoSuchValueError(name, value) from None
    if not earliest <= found <= latest:
        raise NoSuchValueError(name, value)
    return found
