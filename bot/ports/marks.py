"""The store's side of what people do with alerts and deadlines."""

from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Protocol

from bot.domain.ids import DeadlineId, DestinationId, RecordId, StoryId, Tenant
from bot.domain.marks import (
    Feedback,
    Follow,
    KnownDeadline,
    Mark,
    MarksByDate,
    MarksOfRecord,
    Mute,
    Settling,
    Signed,
)
from bot.domain.story import Story


class Marks(Protocol):
    """Follows, mutes, feedback, and what teams say of deadlines: the writing side."""

    async def follow(self, follow: Follow) -> bool:
        """Store a follow; False where it was there already."""
        ...

    async def unfollow(self, destination_id: DestinationId, story_id: StoryId) -> bool:
        """End a follow; False where there was none."""
        ...

    async def end_follows(self, quiet_since: datetime) -> int:
        """End the follows of stories that nothing joined since a moment; returns how many."""
        ...

    async def mute(self, mute: Mute) -> None:
        """Store a mute, in place of an earlier one of the same topic."""
        ...

    async def unmute(self, destination_id: DestinationId, topics: Collection[str]) -> list[str]:
        """End mutes; returns the topics that were muted."""
        ...

    async def end_mutes(self, now: datetime) -> int:
        """Delete the mutes whose time is over; returns how many."""
        ...

    async def judge(self, feedback: Feedback) -> Mark | None:
        """Store a person's mark on a story, and return the one it replaces."""
        ...

    async def settle_deadline(
        self, deadline_id: DeadlineId, team: Tenant, said: Settling, signed: Signed
    ) -> None:
        """Store what a person says; dismissing and all else replace each other."""
        ...

    async def reopen_deadline(self, deadline_id: DeadlineId, team: Tenant, at: datetime) -> bool:
        """Forget all a team said of a deadline; False where that was nothing."""
        ...

    async def settle_of_record(
        self, code: RecordId, team: Tenant, said: Settling, signed: Signed
    ) -> None:
        """Store what a person says of a deadline of the record."""
        ...

    async def reopen_of_record(self, code: RecordId, team: Tenant, at: datetime) -> bool:
        """Forget all a team said of one; False where that was nothing."""
        ...

    async def deadline_marks(self, story_id: StoryId, team: Tenant) -> MarksByDate:
        """Return what a team said of a story's deadlines."""
        ...


class MarkQueries(Protocol):
    """The same, as people look at it."""

    async def follows(self, destination_id: DestinationId) -> list[Story]:
        """Return the stories a destination follows, the newest first."""
        ...

    async def mutes(self, destination_id: DestinationId) -> list[Mute]:
        """Return a destination's mutes by topic, those whose time is over included."""
        ...

    async def deadlines_of(
        self, story_id: StoryId, *, team: Tenant, owner: Tenant | None
    ) -> list[KnownDeadline]:
        """Return all deadlines a story ever stated, by date; none where the owner may not see it."""
        ...

    async def deadline(
        self, deadline_id: DeadlineId, *, team: Tenant, owner: Tenant | None
    ) -> KnownDeadline | None:
        """Return one deadline; None where there is none that the owner may see."""
        ...

    async def of_record(self, team: Tenant) -> MarksOfRecord:
        """Return what a team said of the deadlines of the record."""
        ...

    async def feedback(
        self, team: Tenant, *, since: datetime | None = None, limit: int = 5_000
    ) -> Sequence[Feedback]:
        """Return a team's feedback, newest first."""
        ...
