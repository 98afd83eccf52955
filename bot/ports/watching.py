"""What the store remembers for the bot's honesty: what polls held back, and what they missed."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.domain.entry import Entry
from bot.domain.feed import Feed, Origin
from bot.domain.ids import DestinationId, EntryId, FeedId, StoryId


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldPoll:
    """A poll that stored more than it told, until its notice is written."""

    id: int
    feed_id: FeedId
    feed: str
    """The feed's name."""
    key: str
    origin: Origin
    notify: DestinationId | None
    """The place that asked for the feed."""
    first_entry: EntryId
    last_entry: EntryId
    """The new entries of the poll, told and held, lie between these two, both included."""
    told: int
    held: int
    first_poll: bool
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class MissedEntry:
    """A document that the polls did not see and the daily comparison found."""

    feed: str
    """The feed's name."""
    key: str
    guid: str
    title: str
    url: str | None
    published: datetime | None
    found_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Holding:
    """A poll that held entries back, as it is remembered."""

    feed_id: FeedId
    ids: Sequence[EntryId]
    """Its new entries."""
    held: int
    """How many of them are not told."""
    first_poll: bool
    at: datetime


class Watching(Protocol):
    """Polls that held entries back, and comparisons with what a source says it published."""

    async def hold_all(self, polls: Sequence[Holding]) -> None:
        """Remember several polls."""
        ...

    async def held(self, until: datetime, *, limit: int) -> list[HeldPoll]:
        """Return the remembered polls up to a moment, oldest first."""
        ...

    async def let_go(self, ids: Sequence[int]) -> None:
        """Forget polls whose notices are written."""
        ...

    async def reached(self, poll: HeldPoll) -> list[DestinationId]:
        """Return the destinations that were told an entry of this poll."""
        ...

    async def twins(self, entry_id: EntryId, story_id: StoryId) -> list[EntryId]:
        """Return the earlier entries of a story that show the same page as this one."""
        ...

    async def told(
        self, subjects: Sequence[str], places: Sequence[DestinationId]
    ) -> set[DestinationId]:
        """Return which of the places got, or are to get, a message on one of the subjects."""
        ...

    async def claim_comparison(self, before: datetime, now: datetime) -> list[Feed]:
        """Take the Federal Register's feeds not compared since `before`; they count as compared now."""
        ...

    async def compare_again(self, feed_id: FeedId, since: datetime) -> None:
        """Have a feed compared again before its time: `since` is when it counts as compared."""
        ...

    async def first_seen(self, feed_id: FeedId) -> datetime | None:
        """Return when the feed's first entry was stored."""
        ...

    async def miss(self, feed_id: FeedId, entries: Sequence[Entry], now: datetime) -> int:
        """Remember what the polls missed; returns how many were not remembered yet."""
        ...
