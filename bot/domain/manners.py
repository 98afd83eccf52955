"""When and how a place wants to be told: rhythms, quiet hours, mentions, and a place's manners."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

DAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")
MORNING = dt.time(8)
"""When a digest comes that names no time."""
STORM = 8
"""Alerts in ten minutes above which a place gets one bulletin."""
REMINDERS = (14, 7, 1, 0)
"""Days before a deadline on which it is told again."""


class Rhythm(StrEnum):
    """How often a subscription speaks."""

    INSTANT = "instant"
    HOURLY = "hourly"
    DAILY = "daily"
    WEEKLY = "weekly"

    @property
    def rank(self) -> int:
        """0 for what speaks at once; the rarer, the higher."""
        return list(Rhythm).index(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class When:
    """At once, or in a digest at a local time of the place."""

    rhythm: Rhythm = Rhythm.INSTANT
    at: dt.time | None = None
    """For daily and weekly; naive, because it is read in the place's own zone."""
    day: int | None = None
    """For weekly: 0 is Monday."""

    def __post_init__(self) -> None:
        timed = self.rhythm in (Rhythm.DAILY, Rhythm.WEEKLY)
        if timed != (self.at is not None) or (self.rhythm is Rhythm.WEEKLY) != (
            self.day is not None
        ):
            raise ValueError("a daily digest has a time, a weekly one a time and a day")

    def __str__(self) -> str:
        day = "" if self.day is None else f":{DAYS[self.day]}"
        return f"{self.rhythm}{day}" + ("" if self.at is None else f"@{self.at:%H:%M}")

    @property
    def instant(self) -> bool:
        """Whether it is told at once."""
        return self.rhythm is Rhythm.INSTANT


INSTANT = When()


@dataclass(frozen=True, slots=True, kw_only=True)
class Quiet:
    """Local hours in which nothing is said; an end before the start is on the next day."""

    start: dt.time
    end: dt.time

    def __post_init__(self) -> None:
        if self.start == self.end:
            raise ValueError("quiet hours that start and end at the same time never end")

    def __str__(self) -> str:
        return f"{self.start:%H:%M}-{self.end:%H:%M}"


class MentionKind(StrEnum):
    """Who is called by a mention."""

    USER = "user"
    ROLE = "role"
    """A role on Discord, a user group on Slack."""
    HERE = "here"
    """Whoever is there now."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Mention:
    """Somebody to be called by name on an alert: only where a subscription asks for it."""

    kind: MentionKind
    id: str = ""
    """The platform's own id; empty for `here`."""

    def __str__(self) -> str:
        return f"{self.kind}:{self.id}" if self.id else str(self.kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Manners:
    """How a place wants to be told, whatever it subscribed to."""

    quiet: Quiet | None = None
    flash_through: bool = False
    """Whether an official story at the level of flash is told in quiet hours too."""
    storm: int = STORM
    """Alerts in ten minutes above which they fold into one bulletin; 0 never folds."""
    reminders: tuple[int, ...] = REMINDERS
    """Days before a deadline; empty is none."""
    remind_at: dt.time = dt.time(9)
    say_empty: bool = False
    """Whether a digest with nothing in it says so."""


USUAL = Manners()
"""Of a place that said nothing about it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class PlaceAsk:
    """What somebody says about a place; what is None was not said, and stays as it was."""

    zone: str | None = None
    """IANA name."""
    locale: str | None = None
    quiet: Quiet | None = None
    no_quiet: bool = False
    """Asks that quiet hours end."""
    flash_through: bool | None = None
    storm: int | None = None
    reminders: tuple[int, ...] | None = None
    remind_at: dt.time | None = None
    say_empty: bool | None = None
    repeats: bool | None = None
    """Whether an alert nobody can look up after an unclear send is sent once more."""

    def onto(self, held: Manners) -> Manners:
        """The manners a place has after this was said."""
        quiet = None if self.no_quiet else self.quiet or held.quiet
        return Manners(
            quiet=quiet,
            flash_through=(
                held.flash_through if self.flash_through is None else self.flash_through
            ),
            storm=held.storm if self.storm is None else self.storm,
            reminders=held.reminders if self.reminders is None else self.reminders,
            remind_at=held.remind_at if self.remind_at is None else self.remind_at,
            say_empty=held.say_empty if self.say_empty is None else self.say_empty,
        )


NOTHING_SAID = PlaceAsk()
