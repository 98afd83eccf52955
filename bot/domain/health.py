"""What is wrong with a feed, since when, and what its people were told of it."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.moments import require_aware


class Alarm(StrEnum):
    """What can be wrong with a feed, the worst first."""

    GONE = "gone"
    """The publisher ended it (410)."""
    BROKEN = "broken"
    """It failed too often, or for too long."""
    EMPTY = "empty"
    """It answers well and holds nothing, though it never should: its address is probably wrong."""
    SILENT = "silent"
    """It answers, but what used to speak says nothing new for longer than its habit allows."""

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Alarm).index(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmState:
    """One alarm of one feed: whether it stands, and what was told of it."""

    alarm: Alarm
    since: datetime | None = None
    """When the trouble began; None while there is none."""
    told: bool = False
    """Whether its beginning was told and its end was not."""
    told_at: datetime | None = None
    """When a beginning was told last."""

    def __post_init__(self) -> None:
        require_aware(since=self.since, told_at=self.told_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Watch:
    """What is remembered of a feed's health beside its schedule."""

    alarms: tuple[AlarmState, ...] = ()
    """One for each alarm that ever stood."""
    failing_since: datetime | None = None
    """The first of the failures in a row; None after a success."""
    empty_since: datetime | None = None
    """The first of the answers in a row that held nothing."""
    heard_since: datetime | None = None
    """When the feed came back last: it can only fall silent after that."""
    longest_gap: float | None = None
    """Seconds of working time: the longest pause between entries the feed is known to make."""
    held_at: datetime | None = None
    """When a poll last brought more than it may tell, and that was to be said."""

    def __post_init__(self) -> None:
        require_aware(
            failing_since=self.failing_since,
            empty_since=self.empty_since,
            heard_since=self.heard_since,
            held_at=self.held_at,
        )

    def of(self, alarm: Alarm) -> AlarmState:
        """Return the state of one alarm."""
        found = (state for state in self.alarms if state.alarm is alarm)
        return next(found, AlarmState(alarm=alarm))


@dataclass(frozen=True, slots=True, kw_only=True)
class AlarmNews:
    """What is to be told once: an alarm began, or alarms are over."""

    alarms: tuple[AlarmState, ...]
    """As they stood. One where it began; all that ended together where it is over."""
    over: bool
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Backlog:
    """Pages of a source that a poll did not get to: the next polls go on there."""

    url: str
    """The next page."""
    since: datetime
    """How far back the pages are wanted."""

    def __post_init__(self) -> None:
        require_aware(since=self.since)


@dataclass(frozen=True, slots=True, kw_only=True)
class Lease:
    """The right to poll a feed: whose, and until when. Together they name one claim."""

    owner: str
    until: datetime

    def __post_init__(self) -> None:
        require_aware(until=self.until)
