"""Stories as people ask for them: the newest, one whole, and why a place was told of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import islice

from bot.domain.actor import Actor
from bot.domain.alert import Delivery
from bot.domain.destination import Destination, Subscription
from bot.domain.ids import StoryId, Tenant
from bot.domain.marks import KnownDeadline
from bot.domain.story import Member, Story
from bot.errors import InvalidInputError
from bot.ports import Store
from bot.reading.text import fold_words

PAGE = 8
"""Stories on one page of `latest`: what fits on a phone."""

_RECENT = 100
"""Stories and deliveries that are looked through for suggestions."""

_TOLD = 20
"""Members whose own messages (`group: entry`) are looked up for `why`."""


class NoStoryError(InvalidInputError):
    """Nobody knows this story, or it is not this person's to see."""

    def __init__(self, story_id: StoryId) -> None:
        super().__init__(
            f"There is no story {story_id}: `latest` shows the newest with their numbers."
        )
        self.story_id = story_id


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPage:
    """Some stories, newest first, and whether there are older ones."""

    stories: tuple[Story, ...]
    page: int
    more: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WholeStory:
    """A story with its entries in the order they joined."""

    story: Story
    members: tuple[Member, ...]
    deadlines: tuple[KnownDeadline, ...] = ()
    """All it ever stated, by date, with the marks of the team that asks."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reasons:
    """What a place was told of a story, and what it had asked for."""

    story: Story
    destination: Destination | None
    deliveries: tuple[Delivery, ...] = ()
    subscriptions: tuple[Subscription, ...] = ()
    """What the place asks for at present: the background where nothing was told."""


class StoryService:
    """Reads stories; shows nobody another tenant's."""

    def __init__(self, store: Store) -> None:
        self._queries = store.queries

    async def latest(self, tenant: Tenant, *, topic: str | None = None, page: int = 1) -> StoryPage:
        """Return a page of stories, newest first; pages count from 1."""
        found = await self._queries.stories(
            owner=tenant, topic=topic, limit=PAGE + 1, offset=(page - 1) * PAGE
        )
        return StoryPage(stories=tuple(found[:PAGE]), page=page, more=len(found) > PAGE)

    async def whole(
        self, tenant: Tenant, story_id: StoryId, *, team: Tenant | None = None
    ) -> WholeStory:
        """Return a story with its entries; the team is by itself the tenant. Raises NoStoryError."""
        story = await self._story(tenant, story_id)
        members = await self._queries.members(story_id, tenant)
        known = await self._queries.people.deadlines_of(story_id, team=team or tenant, owner=tenant)
        return WholeStory(story=story, members=tuple(members), deadlines=tuple(known))

    async def named(self, actor: Actor, text: str, limit: int = 25) -> tuple[Story, ...]:
        """Return recent stories whose headline or number has the words: those told here first."""
        recent = await self._queries.stories(owner=actor.tenant, limit=_RECENT)
        by_id = {story.id: story for story in recent}
        told = await self._told_here(actor)
        for story_id in [one for one in told if one not in by_id][:limit]:
            story = await self._queries.story(story_id, actor.tenant)
            if story is not None:
                by_id[story_id] = story
        ordered = [by_id[one] for one in dict.fromkeys([*told, *by_id]) if one in by_id]
        wanted = fold_words(text.removeprefix("#")).split()
        found = (story for story in ordered if _has(story, wanted))
        return tuple(islice(found, limit))

    async def _told_here(self, actor: Actor) -> list[StoryId]:
        """The stories the actor's place was told last, newest first, each once."""
        place = await self._queries.destination(actor.address)
        if place is None:
            return []
        deliveries = await self._queries.recent_deliveries(place.id, _RECENT)
        numbers = (one.draft.subject.partition("story:")[2] for one in deliveries)
        return list(dict.fromkeys(StoryId(int(one)) for one in numbers if one.isdecimal()))

    async def reasons(self, actor: Actor, story_id: StoryId) -> Reasons:
        """Return what the person's place was told of a story, from what was stored then.

        Raises NoStoryError.
        """
        whole = await self.whole(actor.tenant, story_id)
        place = await self._queries.destination(actor.address)
        if place is None:
            return Reasons(story=whole.story, destination=None)
        return Reasons(
            story=whole.story,
            destination=place,
            deliveries=await self._told(place, whole),
            subscriptions=tuple(await self._queries.subscriptions(place.id)),
        )

    async def _told(self, place: Destination, whole: WholeStory) -> tuple[Delivery, ...]:
        subjects = [f"story:{whole.story.id}", *_entry_subjects(whole.members[:_TOLD])]
        told: list[Delivery] = []
        for subject in subjects:
            told += await self._queries.deliveries_about(subject, place.id)
        return tuple(told)

    async def _story(self, tenant: Tenant, story_id: StoryId) -> Story:
        story = await self._queries.story(story_id, tenant)
        if story is None:
            raise NoStoryError(story_id)
        return story


def _has(story: Story, words: Sequence[str]) -> bool:
    headline = fold_words(story.headline)
    return all(word in headline or str(story.id).startswith(word) for word in words)


def _entry_subjects(members: Sequence[Member]) -> list[str]:
    return [f"entry:{member.entry_id}" for member in members]
