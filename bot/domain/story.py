"""A story: one event, told once, growing as entries about it arrive."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.entry import Entry
from bot.domain.feed import Tier
from bot.domain.ids import EntryId, StoryId, Tenant
from bot.domain.moments import require_aware
from bot.domain.reading import DeadlineFact, Reading, Stage, TariffFact


@dataclass(frozen=True, slots=True, kw_only=True)
class Member:
    """An entry in a story, with its reading and why it joined."""

    entry_id: EntryId
    entry: Entry
    reading: Reading
    seen_at: datetime
    joined: str
    """The evidence in words: ``same link``, ``same text``, ``CA, 25 %, steel in common`` …"""

    def __post_init__(self) -> None:
        require_aware(seen_at=self.seen_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Who told it and where to check."""

    name: str
    url: str | None
    tier: Tier
    published: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Conflict:
    """Two sources that disagree about one figure; the first value is the one we show."""

    what: str
    """``rate``, or the kind of a deadline."""
    values: tuple[tuple[str, str], ...]
    """(value, source) pairs, the better source first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Story:
    """A story's own reading, composed of its members."""

    id: StoryId
    owner: Tenant | None = None
    revision: int = 1
    headline: str
    url: str | None
    lang: str
    source: str
    tier: Tier
    summary: str
    stage: Stage | None = None
    topics: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    deadlines: tuple[DeadlineFact, ...] = ()
    tariffs: tuple[TariffFact, ...] = ()
    sources: tuple[Source, ...] = ()
    """One for each publisher, best first."""
    conflicts: tuple[Conflict, ...] = ()
    entry_count: int = 1
    first_seen: datetime
    updated_at: datetime

    def __post_init__(self) -> None:
        require_aware(first_seen=self.first_seen, updated_at=self.updated_at)


class Telling(StrEnum):
    """What a change of a story asks of the channels that have its message."""

    NOTHING = "nothing"
    EDIT = "edit"
    """Bring the posted message up to date, quietly."""
    UPDATE = "update"
    """Reply in the message's thread, and bring the message up to date."""


class ChangeKind(StrEnum):
    """What is new about a story."""

    NEW_STORY = "new_story"
    MORE_SOURCES = "more_sources"
    STAGE = "stage"
    RATE = "rate"
    DEADLINE = "deadline"
    OFFICIAL_TEXT = "official_text"
    CONFLICT = "conflict"
    CORRECTION = "correction"


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """One thing that is new, in a sentence, with the words it rests on."""

    kind: ChangeKind
    text: str
    """The sentence in English; `bot.alerts.changes` says it in the reader's language."""
    parts: tuple[tuple[str, str], ...] = ()
    """What the sentence is made of, (name, value) pairs; empty in rows of older versions."""
    quote: str | None = None
    source: str | None = None
    url: str | None = None

    def part(self, name: str) -> str:
        """Return the first value of a name, empty where there is none."""
        return next((value for known, value in self.parts if known == name), "")


@dataclass(frozen=True, slots=True, kw_only=True)
class Verdict:
    """What `stories/changes.py` decided about one new member."""

    telling: Telling
    changes: tuple[Change, ...] = ()
    broadcast: bool = False
    """Show the thread's reply in the channel too: only for a change of stage."""
