"""What a team says of deadlines: right, wrong, handled; remembered by person and time."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.actor import Actor
from bot.domain.ids import DeadlineId, StoryId
from bot.domain.marks import KnownDeadline, Settling, Signed, team_of
from bot.domain.story import Story
from bot.errors import InvalidInputError
from bot.ports import Clock, Store
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

    def __init__(self, deadline_id: DeadlineId) -> None:
        super().__init__(
            f"There is no deadline {deadline_id}: `check <story number>` shows those of a story."
        )
        self.deadline_id = deadline_id


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryDeadlines:
    """A story's deadlines by date: those it states, and those it stated once or were dismissed."""

    story: Story
    deadlines: tuple[KnownDeadline, ...]


class DeadlineMarkService:
    """Shows and settles deadlines; a mark counts for the person's whole team."""

    def __init__(self, store: Store, clock: Clock, policy: Policy | None = None) -> None:
        self._store = store
        self._clock = clock
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

    async def settle(self, actor: Actor, deadline_id: DeadlineId, act: Act) -> StoryDeadlines:
        """Remember what the person says of a deadline, and return it as it is now.

        Confirming and dismissing replace each other; reopening forgets all that was said. Raises
        ChannelLockedError and NoDeadlineError.
        """
        require_settling(self._policy, actor)
        await self.one(actor, deadline_id)
        now, team = self._clock.now(), team_of(actor.address)
        async with self._store.begin() as uow:
            if act is Act.REOPEN:
                await uow.people.reopen_deadline(deadline_id, team, now)
            else:
                signed = Signed(by=actor.name, called=actor.called or actor.user, at=now)
                await uow.people.settle_deadline(deadline_id, team, _SAYS[act], signed)
            await uow.audit.add(actor.name, str(act), f"deadline:{deadline_id} {team}", now)
        return await self.one(actor, deadline_id)
