"""What of a poll is told: the limits of a feed's first poll, of a flood, and of a re-publication.

Nothing is lost here: what is held is stored, searchable, and counted in the report of the poll.
"""

from collections.abc import Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from bot.domain.entry import Entry
from bot.polling.sameness import title_key

REPUBLISHED_AT_MOST = 3
"""A title may well come back (a weekly notice); more of them at once are a re-published feed.

Where a poll brought no more new entries than that, `known_titles` make no difference.
"""


@dataclass(frozen=True, slots=True, kw_only=True)
class FirstPoll:
    """What the first poll of a feed may tell: `polling.first_poll` of bot.yaml."""

    max: int = 10
    max_age: timedelta = timedelta(hours=72)
    undated: Literal["hold", "tell"] = "hold"

    def __post_init__(self) -> None:
        if self.max < 0 or self.max_age < timedelta(0):
            raise ValueError("the limits of the first poll cannot be negative")


@dataclass(frozen=True, slots=True, kw_only=True)
class Flood:
    """What any later poll may tell at once."""

    max: int = 50

    def __post_init__(self) -> None:
        if self.max < 0:
            raise ValueError("the limit of a flood cannot be negative")


@dataclass(frozen=True, slots=True, kw_only=True)
class Admission:
    """New entries, parted into those that are told (oldest first) and those that are held."""

    told: tuple[Entry, ...]
    held: tuple[Entry, ...]
    again: int = 0
    """How many of those held are held because this feed had their titles before."""


def admit(
    entries: Sequence[Entry],
    *,
    first: bool,
    now: datetime,
    first_poll: FirstPoll,
    flood: Flood,
    known_titles: AbstractSet[str] = frozenset(),
) -> Admission:
    """Part the new entries of one poll; the newest are told, in the order they happened.

    `entries` stand as the feed gave them, newest first; an entry without a date counts as new
    as the poll. `known_titles` holds the `title_key` of titles this feed had before: a feed that
    was re-published under new addresses brings them all again, and they are held.
    """
    newest = sorted(entries, key=lambda entry: entry.published or now, reverse=True)
    if first:
        again: AbstractSet[str] = frozenset()
        fit = [entry for entry in newest if _recent(entry, now, first_poll)]
        limit = min(first_poll.max, flood.max)
    else:
        again = _republished(newest, known_titles)
        fit = [entry for entry in newest if title_key(entry.title) not in again]
        limit = flood.max
    told = fit[:limit]
    chosen = {id(entry) for entry in told}
    return Admission(
        told=tuple(reversed(told)),
        held=tuple(entry for entry in reversed(newest) if id(entry) not in chosen),
        again=sum(title_key(entry.title) in again for entry in newest) if again else 0,
    )


def _recent(entry: Entry, now: datetime, limits: FirstPoll) -> bool:
    if entry.published is None:
        return limits.undated == "tell"
    return now - entry.published <= limits.max_age


def _republished(entries: Sequence[Entry], known: AbstractSet[str]) -> AbstractSet[str]:
    """Return the title keys to hold: the known ones, where they are what this poll is made of.

    A daily batch of official documents always holds a few old titles ("Sunshine Act Meetings"),
    so a handful, or a minority, is no re-publication.
    """
    if not known:
        return frozenset()
    again = [key for entry in entries if (key := title_key(entry.title)) and key in known]
    if len(again) <= REPUBLISHED_AT_MOST or len(again) * 2 < len(entries):
        return frozenset()
    return frozenset(again)
