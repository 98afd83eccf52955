"""What a person writes behind ``when:``, ``quiet:``, ``zone:`` … becomes a value. Pure.

The same words are understood in the chat, in the terminal, in `bot.yaml` and in an imported file,
in English, Spanish and French.
"""

import datetime as dt
import re
import unicodedata
from collections.abc import Mapping, Sequence
from difflib import get_close_matches
from enum import StrEnum
from functools import cache
from typing import TypeVar
from zoneinfo import available_timezones

from bot.domain.destination import Grouping, Level
from bot.domain.manners import (
    DAYS,
    INSTANT,
    MORNING,
    Mention,
    MentionKind,
    Quiet,
    Rhythm,
    When,
)
from bot.domain.reading import Lang
from bot.errors import InvalidInputError

T = TypeVar("T")

MAX_SOURCES = 20
MAX_STORM = 1_000
MAX_DAYS = 60
"""How long before a deadline a reminder may come."""


class OptionProblem(StrEnum):
    """What is wrong with an option's value."""

    NO_LEVEL = "no_level"
    NO_GROUP = "no_group"
    NO_WHEN = "no_when"
    NO_TIME = "no_time"
    NO_LANGS = "no_langs"
    NO_SOURCES = "no_sources"
    NO_MENTION = "no_mention"
    NO_QUIET = "no_quiet"
    QUIET_ENDLESS = "quiet_endless"
    NO_ZONE = "no_zone"
    NO_LOCALE = "no_locale"
    NO_STORM = "no_storm"
    NO_REMINDERS = "no_reminders"
    NO_SWITCH = "no_switch"


_SAID = {
    OptionProblem.NO_LEVEL: "“{word}” is no level: everything, important or flash.",
    OptionProblem.NO_GROUP: "“{word}” is no grouping: story or entry.",
    OptionProblem.NO_WHEN: (
        "“{word}” is no time to be told: instant, hourly, daily@08:00 or weekly:mon@08:00."
    ),
    OptionProblem.NO_TIME: "“{word}” is no time of day: write it as 08:00.",
    OptionProblem.NO_LANGS: "“{word}” is no language of entries: en, es, fr or any.",
    OptionProblem.NO_SOURCES: f"“{{word}}” is no number of sources: 1 to {MAX_SOURCES}.",
    OptionProblem.NO_MENTION: "“{word}” names nobody I can mention: a person (user:ID), a role (role:ID), here or off.",
    OptionProblem.NO_QUIET: "“{word}” are no quiet hours: write them as 22:00-07:00, or off.",
    OptionProblem.QUIET_ENDLESS: "Quiet hours “{word}” start and end at the same time: they would "
    "never end.",
    OptionProblem.NO_ZONE: "There is no time zone “{word}”; write it as America/Toronto.",
    OptionProblem.NO_LOCALE: "“{word}” is no language I speak: en, es or fr.",
    OptionProblem.NO_STORM: f"“{{word}}” is no number of alerts: 1 to {MAX_STORM}, or off.",
    OptionProblem.NO_REMINDERS: (
        f"“{{word}}” are no days before a deadline: write 14,7,1,0 (at most {MAX_DAYS}), or off."
    ),
    OptionProblem.NO_SWITCH: "“{word}” is neither on nor off (flash: through or hold; empty: say or skip).",
}


class OptionError(InvalidInputError):
    """A value that cannot be followed; `nearest` are right ones that look like it."""

    def __init__(self, problem: OptionProblem, word: str, nearest: Sequence[str] = ()) -> None:
        word = " ".join(word.split())[:60]
        said = _SAID[problem].format(word=word)
        if nearest:
            said += f" Did you mean {' or '.join(nearest)}?"
        super().__init__(said)
        self.problem = problem
        self.word = word
        self.nearest = tuple(nearest)
        self.option = ""
        """The option it was written for, such as ``quiet``, where that is known."""


_LEVELS: Mapping[str, Level] = {
    **dict.fromkeys(("everything", "all", "todo", "tout"), Level.EVERYTHING),
    **dict.fromkeys(("important", "importante", "importantes"), Level.IMPORTANT),
    **dict.fromkeys(("flash", "urgent", "urgente"), Level.FLASH),
}
_GROUPS: Mapping[str, Grouping] = {
    **dict.fromkeys(("story", "stories", "historia", "histoire"), Grouping.STORY),
    **dict.fromkeys(("entry", "entries", "entrada", "entree"), Grouping.ENTRY),
}
_RHYTHMS: Mapping[str, Rhythm] = {
    **dict.fromkeys(
        ("instant", "now", "immediately", "instantaneo", "ya", "immediat", "direct"), Rhythm.INSTANT
    ),
    **dict.fromkeys(("hourly", "hour", "cada hora", "horario", "horaire"), Rhythm.HOURLY),
    **dict.fromkeys(
        ("daily", "day", "diario", "diaria", "quotidien", "quotidienne", "jour"), Rhythm.DAILY
    ),
    **dict.fromkeys(("weekly", "week", "semanal", "hebdo", "hebdomadaire"), Rhythm.WEEKLY),
}
_DAYS: Mapping[str, int] = {
    name: number
    for names in (
        ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"),
        ("lunes", "martes", "miercoles", "jueves", "viernes", "sabado", "domingo"),
        ("lundi", "mardi", "mercredi", "jeudi", "vendredi", "samedi", "dimanche"),
    )
    for number, name in enumerate(names)
}
_LANGS: Mapping[str, Lang] = {
    **dict.fromkeys(("en", "english", "ingles", "anglais"), Lang.EN),
    **dict.fromkeys(("es", "spanish", "espanol", "espagnol"), Lang.ES),
    **dict.fromkeys(("fr", "french", "frances", "francais"), Lang.FR),
}
_ANY = frozenset({"any", "all", "cualquiera", "todos", "toutes", "tout"})
_OFF = frozenset({"off", "no", "none", "never", "ninguno", "nunca", "non", "aucun", "jamais"})
_YES = frozenset({"on", "yes", "say", "through", "si", "oui", "decir", "dire", "pasa", "passe"})
_NO = _OFF | {"skip", "hold", "omitir", "omettre", "espera", "attend"}

_TIME = re.compile(
    r"(?P<hour>\d{1,2})(?:\s*[:h.]\s*(?P<minute>\d{2})?)?\s*(?P<half>[ap])?\.?(?:m\.?)?", re.ASCII
)
_WHEN = re.compile(
    r"(?P<rhythm>[a-z ]*?)\s*(?:[: ]\s*(?P<day>[a-z]{2,12})\.?)?"
    r"\s*(?:(?:@|\bat\b|\ba las\b|\ba\b)\s*(?P<time>.+))?"
)
_MENTIONS = (
    (MentionKind.ROLE, re.compile(r"<@&(\d{1,20})>|<!subteam\^(\w{1,32})(?:\|[^>]*)?>")),
    (MentionKind.USER, re.compile(r"<@!?(\w{1,32})(?:\|[^>]*)?>")),
    (MentionKind.HERE, re.compile(r"<!here(?:\|[^>]*)?>|@?here|@?aqui|@?ici")),
    (MentionKind.ROLE, re.compile(r"@?(?:role|group|rol|groupe):(\w{1,32})", re.IGNORECASE)),
    (MentionKind.USER, re.compile(r"@?user:(\w{1,32})|@?([UW][A-Z0-9]{5,20}|\d{15,20})")),
)
"""Whom to mention, as Slack and Discord write it in a message and as people type it."""


def level(text: str) -> Level:
    """Return the level a word means. Raises OptionError."""
    return _one(text, _LEVELS, OptionProblem.NO_LEVEL)


def group(text: str) -> Grouping:
    """Return the grouping a word means. Raises OptionError."""
    return _one(text, _GROUPS, OptionProblem.NO_GROUP)


def when(text: str) -> When:
    """Return ``instant``, ``hourly``, ``daily@08:00`` or ``weekly:mon@08:00``. Raises OptionError."""
    said = _folded(text)
    found = _WHEN.fullmatch(said)
    rhythm = _RHYTHMS.get(found["rhythm"].strip()) if found else None
    if found is None or rhythm is None:
        raise OptionError(OptionProblem.NO_WHEN, text, _near_rhythms(said))
    named = found["day"] is not None
    day = _day(found["day"]) if named else None
    if (named and (day is None or rhythm is not Rhythm.WEEKLY)) or (
        found["time"] and rhythm in (Rhythm.INSTANT, Rhythm.HOURLY)
    ):
        raise OptionError(OptionProblem.NO_WHEN, text, _near_rhythms(said))
    if rhythm is Rhythm.INSTANT:
        return INSTANT
    if rhythm is Rhythm.HOURLY:
        return When(rhythm=rhythm)
    at = time_of_day(found["time"]) if found["time"] else MORNING
    return When(rhythm=rhythm, at=at, day=(day or 0) if rhythm is Rhythm.WEEKLY else None)


def time_of_day(text: str) -> dt.time:
    """Return ``8``, ``08:00``, ``8h30`` or ``8 pm`` as a time. Raises OptionError."""
    found = _TIME.fullmatch(_folded(text))
    if found is None:
        raise OptionError(OptionProblem.NO_TIME, text)
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    if found["half"] and 1 <= hour <= 12:
        hour = hour % 12 + (12 if found["half"] == "p" else 0)
    if hour > 23 or minute > 59:
        nearest = dt.time(0 if hour == 24 else min(hour, 23), min(minute, 59))
        raise OptionError(OptionProblem.NO_TIME, text, [f"{nearest:%H:%M}"])
    return dt.time(hour, minute)


def langs(text: str) -> tuple[Lang, ...]:
    """Return the languages that are listed, none for ``any``. Raises OptionError."""
    words = _listed(text)
    if any(word in _ANY for word in words):
        return ()
    if not words:
        raise OptionError(OptionProblem.NO_LANGS, text)
    chosen = {_one(word, _LANGS, OptionProblem.NO_LANGS) for word in words}
    return tuple(lang for lang in Lang if lang in chosen)


def sources(text: str) -> int:
    """Return how many sources are asked for. Raises OptionError."""
    return _number(text, 1, MAX_SOURCES, OptionProblem.NO_SOURCES)


def mention(text: str) -> Mention | None:
    """Return who is to be mentioned, None for ``off``. Raises OptionError.

    Takes what Slack and Discord make of a mention (``<@U1>``, ``<@&2>``, ``<!subteam^S1>``), an id,
    ``user:ID``, ``role:ID`` and ``here``.
    """
    said = text.strip().strip("'\"")
    if _folded(said) in _OFF:
        return None
    for kind, pattern in _MENTIONS:
        found = pattern.fullmatch(said)
        if found is not None:
            who = next((part for part in found.groups() if part), "")
            return Mention(kind=kind, id=who)
    raise OptionError(OptionProblem.NO_MENTION, text)


def quiet(text: str) -> Quiet | None:
    """Return quiet hours such as ``22:00-07:00``, None for ``off``. Raises OptionError."""
    if _folded(text) in _OFF:
        return None
    parts = re.split(r"\s*(?:-|–|—|\bto\b|\ba\b|\bà\b|\bau\b)\s*", text.strip())
    if len(parts) != 2 or not all(parts):
        raise OptionError(OptionProblem.NO_QUIET, text)
    start, end = (time_of_day(part) for part in parts)
    if start == end:
        raise OptionError(OptionProblem.QUIET_ENDLESS, text)
    return Quiet(start=start, end=end)


def zone(text: str) -> str:
    """Return an IANA zone from its name or its city, in any case. Raises OptionError."""
    by_name, by_city = _zones()
    wanted = _folded(text).replace(" ", "_")
    found = by_name.get(wanted) or by_city.get(wanted)
    if found is not None:
        return found
    city = wanted.rpartition("/")[2]
    near = get_close_matches(wanted, by_name, n=3, cutoff=0.75)
    near_cities = get_close_matches(city, by_city, n=3, cutoff=0.75)
    nearest = [by_name[name] for name in near] + [by_city[name] for name in near_cities]
    raise OptionError(OptionProblem.NO_ZONE, text, list(dict.fromkeys(nearest))[:3])


def locale(text: str) -> str:
    """Return the language of the bot's own words. Raises OptionError."""
    return str(_one(text, _LANGS, OptionProblem.NO_LOCALE))


def storm(text: str) -> int:
    """Return the alerts in ten minutes above which they fold; 0 for ``off``. Raises OptionError."""
    if _folded(text) in _OFF:
        return 0
    return _number(text, 1, MAX_STORM, OptionProblem.NO_STORM)


def reminders(text: str) -> tuple[int, ...]:
    """Return days before a deadline, most first; none for ``off``. Raises OptionError."""
    words = _listed(text)
    if words and all(word in _OFF for word in words):
        return ()
    if not words:
        raise OptionError(OptionProblem.NO_REMINDERS, text)
    days = {_number(word, 0, MAX_DAYS, OptionProblem.NO_REMINDERS) for word in words}
    return tuple(sorted(days, reverse=True))


def switch(text: str) -> bool:
    """Return whether something is wanted. Raises OptionError."""
    said = _folded(text)
    if said in _YES or said in _NO:
        return said in _YES
    raise OptionError(OptionProblem.NO_SWITCH, text)


def _folded(text: str) -> str:
    bare = unicodedata.normalize("NFKD", text.strip().strip("'\"“”").casefold())
    return " ".join("".join(char for char in bare if not unicodedata.combining(char)).split())


def _listed(text: str) -> list[str]:
    return [word for word in re.split(r"[,;\s]+", _folded(text)) if word]


def _one(text: str, known: Mapping[str, T], problem: OptionProblem) -> T:
    said = _folded(text)
    if said not in known:
        raise OptionError(problem, text, get_close_matches(said, known, n=1, cutoff=0.6))
    return known[said]


def _number(text: str, low: int, high: int, problem: OptionProblem) -> int:
    said = _folded(text)
    if not re.fullmatch(r"[0-9]{1,6}", said):
        raise OptionError(problem, text)
    if not low <= int(said) <= high:
        raise OptionError(problem, text, [str(min(max(int(said), low), high))])
    return int(said)


def _day(name: str) -> int | None:
    """The weekday a name or its beginning means: ``mon``, ``lun``, ``dimanche``."""
    if name in DAYS:
        return DAYS.index(name)
    found = {number for full, number in _DAYS.items() if len(name) >= 3 and full.startswith(name)}
    return found.pop() if len(found) == 1 else None


def _near_rhythms(said: str) -> list[str]:
    word = re.split(r"[:@ ]", said)[0]
    near = get_close_matches(word, _RHYTHMS, n=1, cutoff=0.6)
    examples = {Rhythm.DAILY: "daily@08:00", Rhythm.WEEKLY: "weekly:mon@08:00"}
    return [examples.get(_RHYTHMS[found], str(_RHYTHMS[found])) for found in near]


@cache
def _zones() -> tuple[Mapping[str, str], Mapping[str, str]]:
    """Zones by folded name, and by city where only one has it."""
    names = {name for name in available_timezones() if "/" in name or name == "UTC"}
    by_name = {_folded(name): name for name in names}
    cities: dict[str, set[str]] = {}
    for name in names:
        if not name.startswith(("Etc/", "posix/", "right/", "SystemV/")):
            cities.setdefault(_folded(name.rpartition("/")[2]), set()).add(name)
    return by_name, {city: next(iter(of)) for city, of in cities.items() if len(of) == 1}
