"""What a team says of deadlines: right, wrong, handled; remembered by person and time."""

import datetime as dt
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from enum import StrEnum

from bot.domain.actor import Actor
from bot.domain.ids import DeadlineId, RecordId, StoryId, Tenant
from bot.domain.marks import KnownDeadline, Settling, Signed, team_of
from bot.domain.story import Story
from bot.domain.views import FoundDeadline
from bot.errors import InvalidInputError
from bot.ports import Clock, Store, UnitOfWork
from bot.record.timeline import OfRecord, with_marks
from bot.services.permissions import Policy, require_settling
from bot.services.stories import NoStoryError


class Act(StrEnum):
    """What a person can do with a deadline."""

    CONFIRM = "confirm"
    DISMISS = "dismiss"
    HANDLED = "handled"
    REOPEN = "reopen"


_SAYS = {
    Act.CONFIRM: Settling.CONFIRMED,
    Act.DISMISS: Settling.DISMISSED,
    Act.HANDLED: Settling.HANDLED,
}


class NoDeadlineError(InvalidInputError):
    """Nobody knows this deadline, or it is not this person's to see."""

    def __init__(self, name: DeadlineId | RecordId) -> None:
        super().__init__(
            f"There is no deadline {name}: `deadlines` shows those ahead, `check <story number>` "
            "those of a story."
        )
        self.name = name


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryDeadlines:
    """A story's deadlines by date: those it states, and those it stated once or were dismissed."""

    story: Story
    deadlines: tuple[KnownDeadline, ...]


_LATE = dt.timedelta(days=31)
"""So long after its day something can still be said of a deadline of the record."""
_FAR = dt.timedelta(days=20 * 366)


class DeadlineMarkService:
    """Shows and settles deadlines; a mark counts for the person's whole team."""

    def __init__(
        self, store: Store, clock: Clock, *, record: OfRecord, policy: Policy | None = None
    ) -> None:
        self._store = store
        self._clock = clock
        self._record = record
        self._policy = policy or Policy()

    async def of_story(self, actor: Actor, story_id: StoryId) -> StoryDeadlines:
        """Return the deadlines of a story with the team's marks. Raises NoStoryError."""
        story = await self._store.queries.story(story_id, actor.tenant)
        if story is None:
            raise NoStoryError(story_id)
        known = await self._store.queries.people.deadlines_of(
            story_id, team=team_of(actor.address), owner=actor.tenant
        )
        return StoryDeadlines(story=story, deadlines=tuple(known))

    async def one(self, actor: Actor, deadline_id: DeadlineId) -> StoryDeadlines:
        """Return one deadline with its story. Raises NoDeadlineError."""
        known = await self._store.queries.people.deadline(
            deadline_id, team=team_of(actor.address), owner=actor.tenant
        )
        story = None
        if known is not None:
            story = await self._store.queries.story(known.story_id, actor.tenant)
        if known is None or story is None:
            raise NoDeadlineError(deadline_id)
        return StoryDeadlines(story=story, deadlines=(known,))

    async def of_record(self, actor: Actor, code: RecordId) -> FoundDeadline:
        """Return one deadline of the record with the team's marks. Raises NoDeadlineError."""
        today = self._clock.now().date()
        # what the treaty's rule says is due depends on the day one asks from
        known = (
            row for since in (today, today - _LATE) for row in self._record(since, today + _FAR)
        )
        marks = await self._store.queries.people.of_record(team_of(actor.address))
        found = next((row for row in with_marks(known, marks) if row.code == code), None)
        if found is None:
            raise NoDeadlineError(code)
        return found

    async def settle(self, actor: Actor, deadline_id: DeadlineId, act: Act) -> StoryDeadlines:
        """Remember what the person says of a deadline, and return it as it is now.

        Dismissing replaces confirming and handling, and each of these replaces it: the last word
        counts. Reopening forgets all that was said. Raises ChannelLockedError and NoDeadlineError.
        """
        require_settling(self._policy, actor)
        await self.one(actor, deadline_id)
        async with self._said(actor, deadline_id, act) as (uow, team, signed):
            if act is Act.REOPEN:
                await uow.people.reopen_deadline(deadline_id, team, signed.at)
            else:
                await uow.people.settle_deadline(deadline_id, team, _SAYS[act], signed)
        return await self.one(actor, deadline_id)

    async def settle_of_record(self, actor: Actor, code: RecordId, act: Act) -> FoundDeadline:
        """The same of a deadline of the record."""
        require_settling(self._policy, actor)
        await self.of_record(actor, code)
        async with self._said(actor, code, act) as (uow, team, signed):
            if act is Act.REOPEN:
                await uow.people.reopen_of_record(code, team, signed.at)
            else:
                await uow.people.settle_of_record(code, team, _SAYS[act], signed)
        return await self.of_record(actor, code)

    @asynccontextmanager
    async def _said(
        self, actor: Actor, name: DeadlineId | RecordId, act: Act
    ) -> AsyncIterator[tuple[UnitOfWork, Tenant, Signed]]:
        """A transaction that keeps who said what, beside what it does."""
        now, team = self._clock.now(), team_of(actor.address)
        async with self._store.begin() as uow:
            yield uow, team, Signed(by=actor.name, called=actor.called or actor.user, at=now)
            await uow.audit.add(actor.name, str(act), f"deadline:{name} {team}", now)
