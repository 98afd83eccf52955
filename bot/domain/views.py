"""What the query services read: rows already joined for a person to look at."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.domain.alert import Delivery
from bot.domain.destination import Destination
from bot.domain.entry import StoredEntry
from bot.domain.feed import Tier
from bot.domain.ids import DeadlineId, EntryId, RecordId, StoryId
from bot.domain.marks import UNMARKED, DeadlineMarks
from bot.domain.message import Link
from bot.domain.reading import DeadlineFact, Reading
from bot.domain.translated import UNTRANSLATED, Translated


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundEntry:
    """An entry of the archive with its reading and the story it belongs to."""

    stored: StoredEntry
    reading: Reading
    story_id: StoryId | None


@dataclass(frozen=True, slots=True, kw_only=True)
class FoundDeadline:
    """A deadline with the story or the record it stands in."""

    fact: DeadlineFact
    story_id: StoryId | None
    headline: Link
    source: str
    tier: Tier
    topics: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    number: DeadlineId | None = None
    """What ``deadline 31`` names it by; None for those of the record."""
    code: RecordId | None = None
    """What ``deadline r3fa9c1`` names it by; only those of the record have one."""
    marks: DeadlineMarks = UNMARKED
    """What the team of whoever asks says of it."""
    before: date | None = None
    """The date it replaces, told by its sentence or seen when its story changed."""
    struck: tuple[date, ...] = ()
    """Earlier dates of the same event that hold no more."""
    also: tuple[StoryId, ...] = ()
    """Other stories that tell the same."""
    known_since: datetime | None = None
    """When a story first stated it; None for those of the record."""
    disputed: tuple[tuple[str, str], ...] = ()
    """(date, source) of those who state another date."""
    outranked: bool = False
    """Whether an official source of the same story states another date."""
    translated: Translated = UNTRANSLATED
    """What the record says of it in other languages; what a source wrote is never translated."""

    @property
    def name(self) -> DeadlineId | RecordId | None:
        """What ``deadline …`` names it by."""
        return self.code if self.number is None else self.number

    def told_in(self, locale: str) -> "FoundDeadline":
        """Return it as it is told in a language: a row of the record in our own words."""
        text = self.translated.of("", locale)
        if not text:
            return self
        headline, fact = replace(self.headline, text=text), replace(self.fact, text=text)
        return replace(self, headline=headline, fact=fact)


@dataclass(frozen=True, slots=True, kw_only=True)
class TrackedDeadline:
    """A deadline some revision of a story had, whether the story still states it or not."""

    found: FoundDeadline
    """Its number is set; its marks may say that the team dismissed it."""
    gone_at: datetime | None
    """When its story stopped stating it; None while it does."""
    changed_at: datetime
    """When it, or what somebody says of it, last changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Volume:
    """How much happened in a span of time."""

    entries: int
    stories: int
    since: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many rows there are, for those who watch the bot itself."""

    deliveries: Mapping[str, int]
    """By state."""
    feeds: Mapping[str, int]
    """By state."""
    feeds_failing: int
    entries: int
    stories: int
    alerts_waiting: int
    matches: int = 0
    """Entries on a topic."""


@dataclass(frozen=True, slots=True, kw_only=True)
class QueueDepth:
    """What is due and has not been taken; lateness is that of the oldest, in seconds."""

    feeds_due: int
    feeds_late_s: float
    deliveries_due: int
    deliveries_late_s: float
    resting: Mapping[str, int]
    """Destinations that may not be sent to yet, by platform."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Claimed:
    """A delivery this worker may send now, with everything needed to send it."""

    delivery: Delivery
    destination: Destination
    posted: Delivery | None
    """The delivery that posted the subject's first message here, for edits and replies."""
    entry_id: EntryId | None = None
    """The entry whose alert brought it; None where there was none, or it is deleted."""
