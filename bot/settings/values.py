"""The kinds of value that more than one file uses: durations, web addresses, ids, plain models."""

import re
from datetime import date, datetime, timedelta
from typing import Annotated
from urllib.parse import urlsplit

from pydantic import AfterValidator, BaseModel, BeforeValidator, ConfigDict, WithJsonSchema

from bot.domain.zones import known_zone

_UNITS = {"s": 1, "m": 60, "h": 3_600, "d": 86_400, "w": 604_800}
_DURATION = re.compile(r"\s*(\d{1,9}(?:\.\d{1,3})?)\s*([smhdw]?)\s*")
_DAY = re.compile(r"\d{4}-\d{2}-\d{2}", re.ASCII)
_ID = re.compile(r"[a-z0-9](?:[a-z0-9_.-]{0,62}[a-z0-9])?")


class Strict(BaseModel):
    """A part of a file: a key it does not know is an error."""

    model_config = ConfigDict(extra="forbid", frozen=True)


def duration(value: object) -> timedelta:
    """Read ``90``, ``"90s"``, ``"10m"``, ``"2h"``, ``"3d"`` or ``"1w"``; a bare number is seconds.

    Raises ValueError with what would be right.
    """
    if isinstance(value, timedelta):
        return value
    if not isinstance(value, bool) and isinstance(value, int | float | str):
        found = _DURATION.fullmatch(str(value))
        if found is not None:
            return timedelta(seconds=float(found[1]) * _UNITS[found[2] or "s"])
    raise ValueError("must be a length of time such as 90s, 10m, 2h or 3d")


def seconds(length: timedelta) -> int:
    """Return a duration in whole seconds, at least one."""
    return max(1, round(length.total_seconds()))


def web_address(value: str) -> str:
    """Check that a URL is http or https, with a host and no user-visible mistakes in it.

    Raises ValueError with what would be right.
    """
    try:
        parts = urlsplit(value)
        port_is_fine = parts.port is None or parts.port > 0
    except ValueError:
        raise ValueError("is not a web address; write it as https://host/path") from None
    if parts.scheme not in {"http", "https"}:
        raise ValueError("must start with https:// or http://")
    if not parts.hostname or not port_is_fine or re.search(r"[\s<>\x00-\x1f\x7f]", value):
        raise ValueError("is not a web address; write it as https://host/path")
    return value


def _zone(value: str) -> str:
    if known_zone(value) is None:
        raise ValueError(f"must be a time zone such as America/Mexico_City, not '{value}'")
    return value


def _contact(value: str) -> str:
    if not value or len(value) > 200 or not value.isascii() or re.search(r"[\s()]", value):
        raise ValueError("must be a page or a mail address, without spaces or brackets")
    return value


def _day(value: object) -> date:
    """Only a date as it is written: a bare number would count as seconds since 1970."""
    try:
        if isinstance(value, date) and not isinstance(value, datetime):
            return value
        if isinstance(value, str) and _DAY.fullmatch(value):
            return date.fromisoformat(value)
    except ValueError:
        pass
    raise ValueError(f"must be a date such as 2026-07-01, not '{str(value)[:40]}'")


def at_least(least: timedelta, why: str) -> AfterValidator:
    """Return a check that a duration is not shorter; `why` ends the sentence."""

    def checked(value: timedelta) -> timedelta:
        if value < least:
            raise ValueError(f"must be at least {least.total_seconds():g} s{why}")
        return value

    return AfterValidator(checked)


def at_most(most: timedelta) -> AfterValidator:
    """Return a check that a duration is not longer."""

    def checked(value: timedelta) -> timedelta:
        if value > most:
            raise ValueError(f"must be at most {most.total_seconds():g} s")
        return value

    return AfterValidator(checked)


def _identifier(value: str) -> str:
    if _ID.fullmatch(value) is None:
        raise ValueError(
            "must be an id of small letters, digits, '-', '_' and '.', at most 64 characters"
        )
    return value


Duration = Annotated[
    timedelta,
    BeforeValidator(duration),
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "number", "minimum": 0},
                {"type": "string", "pattern": r"^\d+(\.\d+)?\s*[smhdw]?$"},
            ],
            "examples": ["90s", "10m", "2h", "3d"],
        }
    ),
]
Day = Annotated[date, BeforeValidator(_day)]
WebAddress = Annotated[
    str,
    AfterValidator(web_address),
    WithJsonSchema({"type": "string", "format": "uri", "pattern": "^https?://"}),
]
Identifier = Annotated[
    str,
    AfterValidator(_identifier),
    WithJsonSchema({"type": "string", "pattern": "^[a-z0-9][a-z0-9_.-]{0,63}$"}),
]
Interval = Annotated[Duration, at_least(timedelta(seconds=1), "")]
Zone = Annotated[str, AfterValidator(_zone)]
Contact = Annotated[str, AfterValidator(_contact)]
