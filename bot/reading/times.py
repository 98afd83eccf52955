"""Times of day and their zones, in folded text: "11:59 p.m. ET", "23 h 59", "a las 17:00 horas"."""

import re
from dataclasses import dataclass
from datetime import time

_CLOCK = re.compile(
    r"(?<![\w$.,:/-])(?:(?P<h>\d{1,2})(?:[:.](?P<m>\d\d))?\s?(?P<half>a|p)\.?\s?m\b\.?"
    r"|(?P<h24>\d{1,2}):(?P<m24>\d\d)(?::\d\d)?(?:\s?(?:horas|hrs?\b\.?|h\b))?"
    r"|(?P<hf>\d{1,2})\s?h(?:\s?(?P<mf>\d\d))?\b(?!\w)"
    r"|(?P<word>\bnoon\b|\bmidday\b|\bmediodia\b|\bmidi\b))"
)
"""A time of day: ``5 p.m.``, ``17:00 horas``, ``17 h 30``, noon."""

_HOUR = re.compile(r"\d\s?(?:[ap]\.?\s?m|h)")
_WORDS = ("noon", "midday", "mediodia", "midi")

_ZONES = (
    ("America/New_York", r"e[sd]?t\b|eastern\b|washington,?\s(?:d\.?c\.?\s)?time\b|tiempo del este\b|hora del este\b|hora de washington\b"),
    ("America/Chicago", r"c[sd]t\b|ct\b|central\s(?:standard\s|daylight\s)?time\b|central\b"),
    ("America/Denver", r"m[sd]t\b|mt\b|mountain\b"),
    ("America/Los_Angeles", r"p[sd]t\b|pt\b|pacific\b|hora del pacifico\b"),
    ("America/Mexico_City", r"hora del centro\b|tiempo del centro\b|hora de la ciudad de mexico\b|hora de mexico\b|mexico city time\b|heure de mexico\b"),
    ("America/Toronto", r"ottawa time\b|toronto time\b|h(?:n|a)?e\b|heure\s(?:normale\s|avancee\s)?de\s(?:l'est|toronto|ottawa|montreal)\b"),
    ("America/Anchorage", r"alaska\b"),
    ("Europe/Brussels", r"brussels time\b|cest?\b|heure de bruxelles\b"),
    ("UTC", r"utc\b|gmt\b"),
)  # fmt: skip
_ZONE = re.compile(
    r"^[\s,(]{0,3}(?:" + "|".join(f"(?P<z{i}>{rule})" for i, (_, rule) in enumerate(_ZONES)) + ")"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeSpan:
    """A time of day in a text, with the zone written beside it."""

    start: int
    end: int
    time: time
    zone: str | None
    """IANA name; None where the text names no zone that we know."""


def find(text: str) -> list[TimeSpan]:
    """Return the times of day of a text folded by `even`, in order."""
    if not (":" in text or _HOUR.search(text) or any(word in text for word in _WORDS)):
        return []
    found = []
    for match in _CLOCK.finditer(text):
        clock = _clock(match)
        if clock is not None:
            zone, end = _zone(text, match.end())
            found.append(TimeSpan(start=match.start(), end=end, time=clock, zone=zone))
    return found


def _clock(match: re.Match[str]) -> time | None:
    if match["word"]:
        return time(12)
    if match["half"]:
        hour, minute = int(match["h"]), int(match["m"] or 0)
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["half"] == "p" else 0)
    elif match["h24"]:
        hour, minute = int(match["h24"]), int(match["m24"])
    else:
        hour, minute = int(match["hf"]), int(match["mf"] or 0)
    return time(hour, minute) if hour < 24 and minute < 60 else None


def _zone(text: str, end: int) -> tuple[str | None, int]:
    match = _ZONE.match(text[end : end + 60])
    if match is None:
        return None, end
    name = match.lastgroup or "z0"
    return _ZONES[int(name[1:])][0], end + match.end()
