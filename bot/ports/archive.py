"""The writing side of what comes in: feeds, entries, stories."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.entry import Entry
from bot.domain.feed import Feed, FeedSpec, FeedState
from bot.domain.ids import (
    EntryId,
    FeedId,
    StoryId,
    Tenant,
)
from bot.domain.reading import Reading
from bot.domain.story import Member, Story
from bot.ports.rows import Known, NewEntry, Placement


class Feeds(Protocol):
    """The feeds and their schedule."""

    async def reconcile(self, specs: Sequence[FeedSpec], now: datetime) -> None:
        """Make the config rows match the configuration; removed ones are disabled, chat rows stay."""
        ...

    async def add(self, spec: FeedSpec, now: datetime) -> Feed:
        """Store a feed of a person, or take up again one that its owner had removed.

        The key is lengthened where another feed has it. Raises InvalidInputError where the owner
        has this address.
        """
        ...

    async def add_all(self, specs: Sequence[FeedSpec], now: datetime) -> list[str]:
        """Store many feeds of people; those whose address the owner has are left out.

        Returns the keys of those that were stored.
        """
        ...

    async def get(self, feed_id: FeedId) -> Feed | None:
        """Return one feed."""
        ...

    async def listed(self, owner: Tenant | None) -> list[Feed]:
        """Return the shared feeds, and the owner's, by name."""
        ...

    async def of_everybody(self) -> list[Feed]:
        """Return the feeds of every owner, by name: for operators."""
        ...

    async def claim_due(
        self,
        now: datetime,
        *,
        worker: str,
        dead: Sequence[str],
        limit: int,
        everything: bool,
        only: FeedId | None = None,
    ) -> list[Feed]:
        """Lease feeds that are due, most overdue first; `everything` ignores next_poll_at.

        `only` leases no other feed than this one.
        """
        ...

    async def leaseholders(self) -> list[str]:
        """Return the workers that hold leases on feeds."""
        ...

    async def leased(self, feeds: Sequence[Feed]) -> frozenset[FeedId]:
        """Return those feeds whose claim still stands; it does until the transaction ends.

        A feed that nobody claimed is free: it counts as ours.
        """
        ...

    async def save_all(
        self,
        feeds: Sequence[tuple[Feed, Feed]],
        marks: Mapping[FeedId, frozenset[str]] | None = None,
    ) -> None:
        """Store feeds that are `leased`, each as it was claimed and as its poll left it.

        What the poll did not change is not written; the lease ends. A feed without `marks` keeps
        those it had.
        """
        ...

    async def set_state(self, feed_id: FeedId, state: FeedState) -> None:
        """Pause, resume or end a feed."""
        ...

    async def wake(self, feed_id: FeedId, now: datetime) -> None:
        """Poll a feed again, and at once; what its server asked us to wait for still holds."""
        ...


class Entries(Protocol):
    """The archive."""

    async def known(self, feed_id: FeedId, entries: Sequence[Entry]) -> Mapping[str, Known]:
        """Return, by guid of the given entries, those this feed already has (by guid or link)."""
        ...

    async def known_of(
        self, asked: Mapping[FeedId, Sequence[Entry]]
    ) -> Mapping[FeedId, Mapping[str, Known]]:
        """Return the same of several feeds; a feed that has none of its entries may be left out."""
        ...

    async def titles(self, feed_id: FeedId, *, limit: int) -> list[str]:
        """Return the titles of the feed's last entries, newest first."""
        ...

    async def add_all(
        self, news: Sequence[tuple[Feed, Sequence[NewEntry]]], now: datetime
    ) -> list[list[EntryId]]:
        """Store new entries of several feeds with their readings; returns their numbers in that order."""
        ...

    async def edit(self, entry_id: EntryId, entry: Entry, reading: Reading, now: datetime) -> None:
        """Store an entry's other words and their reading; the former words are kept apart."""
        ...


class Stories(Protocol):
    """Stories and who is in them. Written only under `Store.begin(assigning=True)`."""

    async def placed_since(self, last: EntryId, oldest: datetime, *, limit: int) -> list[Placement]:
        """Return the first placements of entries above `last` seen since `oldest`, by entry."""
        ...

    async def next_id(self) -> StoryId:
        """Reserve the number of a new story."""
        ...

    async def get(self, story_id: StoryId) -> Story | None:
        """Return a story as last composed."""
        ...

    async def revisions(self, story_ids: Collection[StoryId]) -> dict[StoryId, int]:
        """Return the last revision of each of the stories that is stored."""
        ...

    async def members(self, story_id: StoryId) -> list[Member]:
        """Return the story's entries, in the order they joined."""
        ...

    async def home(self, entry_id: EntryId) -> StoryId | None:
        """Return the story an entry is in."""
        ...

    async def member(self, entry_id: EntryId) -> Member | None:
        """Return one entry with its reading and why it joined its story."""
        ...

    async def save(self, stories: Sequence[Story], *, new: bool) -> None:
        """Store stories' readings and their deadlines; `new` ones have no row."""
        ...

    async def place(self, placements: Sequence[Placement]) -> None:
        """Store that entries belong to stories."""
        ...

    async def remark(self, entry_id: EntryId, fingerprint: str) -> None:
        """Store what an edited entry is recognised by from now on; its story stays."""
        ...
