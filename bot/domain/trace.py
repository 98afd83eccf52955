"""Why a place was not told: written when it was decided, read when somebody asks."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.entry import StoredEntry
from bot.domain.ids import AlertId, DestinationId, EntryId, StoryId
from bot.domain.moments import require_aware
from bot.domain.reading import Reading
from bot.domain.story import Telling


class Stop(StrEnum):
    """What kept an alert from a place whose subscription matched it."""

    HELD = "held"
    """The first-poll or flood limit held the entry, or it was an edit of an old one."""
    NOTHING_NEW = "nothing_new"
    """The story asked for no message: a further report of what was known."""
    MUTED = "muted"
    LANGUAGE = "language"
    """None of the languages the subscription asks for."""
    SOURCES = "sources"
    """Fewer publishers told it than the subscription waits for."""
    LEVEL = "level"


@dataclass(frozen=True, slots=True, kw_only=True)
class Stopped:
    """One subscription that matched, and what stopped it."""

    stop: Stop
    wish: str
    """The topic, or ``query …``."""
    detail: str = ""
    """The level asked for, the sources waited for, the muted topics, the languages."""


Stops = Mapping[DestinationId, tuple[Stopped, ...]]
"""What stopped the subscriptions of places that got nothing of one alert."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AlertTrace:
    """What is kept of one change of a story: how it was told, and whether that is done."""

    id: AlertId
    story_id: StoryId
    entry_id: EntryId
    telling: Telling
    opens: bool
    created_at: datetime
    done: bool
    stopped: tuple[Stopped, ...] = ()
    """What stopped the subscriptions of the place that asks."""

    def __post_init__(self) -> None:
        require_aware(created_at=self.created_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class TracedEntry:
    """An entry as it was read, with why it is in its story."""

    stored: StoredEntry
    reading: Reading
    story_id: StoryId | None
    joined: str = ""
