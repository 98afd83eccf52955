"""Following one story: its updates go to the person, wherever they pressed."""

from dataclasses import dataclass

from bot.domain.actor import Actor
from bot.domain.destination import Destination
from bot.domain.feed import Origin
from bot.domain.ids import StoryId
from bot.domain.marks import Follow
from bot.domain.story import Story
from bot.errors import InvalidInputError
from bot.ports import Clock, Store
from bot.services.home import Home
from bot.services.stories import NoStoryError

MAX_FOLLOWS = 200
"""Stories one person may follow at a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Followed:
    """What came of following a story, or of ending it."""

    story: Story
    destination: Destination | None
    """Where its updates go; None where the person never had a conversation with the bot."""
    changed: bool
    """False where it was so already."""


class TooManyFollowsError(InvalidInputError):
    """A person follows as many stories as they may."""

    def __init__(self) -> None:
        super().__init__(
            f"You follow {MAX_FOLLOWS} stories, the most there can be. End some of them first: "
            "`unfollow <number>`."
        )


class FollowService:
    """Everybody may follow what they may see: it concerns nobody else."""

    def __init__(self, store: Store, clock: Clock, *, home: Home | None = None) -> None:
        self._store = store
        self._clock = clock
        self._home = home or Home()

    async def follow(self, actor: Actor, story_id: StoryId) -> Followed:
        """Send the story's updates to the person; `pipeline.upkeep` ends it when the story is over.

        Raises NoStoryError and TooManyFollowsError.
        """
        story = await self._story(actor, story_id)
        held = await self.of(actor)
        if len(held) >= MAX_FOLLOWS and story_id not in {each.id for each in held}:
            raise TooManyFollowsError
        now = self._clock.now()
        async with self._store.begin() as uow:
            place = await uow.destinations.ensure(
                actor.private,
                origin=Origin.CHAT,
                zone=actor.zone or self._home.zone,
                locale=actor.locale or self._home.locale,
            )
            new = await uow.people.follow(
                Follow(
                    destination_id=place.id,
                    story_id=story_id,
                    tenant=actor.tenant,
                    by=actor.name,
                    at=now,
                )
            )
            if new:
                await uow.audit.add(actor.name, "follow", f"story:{story_id}", now)
        return Followed(story=story, destination=place, changed=new)

    async def unfollow(self, actor: Actor, story_id: StoryId) -> Followed:
        """End it. Raises NoStoryError."""
        story = await self._story(actor, story_id)
        ended = False
        async with self._store.begin() as uow:
            place = await uow.destinations.find(actor.private)
            if place is not None:
                ended = await uow.people.unfollow(place.id, story_id)
            if ended:
                now = self._clock.now()
                await uow.audit.add(actor.name, "unfollow", f"story:{story_id}", now)
        return Followed(story=story, destination=place, changed=ended)

    async def of(self, actor: Actor) -> list[Story]:
        """Return the stories the person follows, the newest first."""
        place = await self._store.queries.destination(actor.private)
        return [] if place is None else await self._store.queries.people.follows(place.id)

    async def _story(self, actor: Actor, story_id: StoryId) -> Story:
        story = await self._store.queries.story(story_id, actor.tenant)
        if story is None:
            raise NoStoryError(story_id)
        return story
