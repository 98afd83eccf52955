"""What people think of alerts: one mark for each person and story, kept with what had brought it."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta

from bot.alerts.routing import words_of
from bot.domain.actor import Actor
from bot.domain.alert import DeliveryKind, Why
from bot.domain.ids import StoryId
from bot.domain.marks import Feedback, Mark, team_of
from bot.domain.needs import Needs
from bot.domain.story import Member, Story
from bot.ports import Clock, Store
from bot.reading.text import fold_words
from bot.record.masks import Candidate, Example, Suggestion, candidates, falls_away
from bot.record.precision import Overview, overview
from bot.services.stories import NoStoryError

MAX_REASON = 300
LOOK_BACK = timedelta(days=366)
_JUDGED = 200
"""Marks from which phrases are suggested, the newest."""
_TRIED = 1_000
"""Entries a phrase is tried on."""
_EVER = datetime(1970, 1, 1, tzinfo=UTC)
_TOLD = 20
"""Entries whose own messages (`group: entry`) are looked up for what brought a story."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Judged:
    """A mark as it was stored."""

    story: Story
    feedback: Feedback
    before: Mark | None
    """The mark it replaced."""


class FeedbackService:
    """Everybody may judge what they may see; nothing is changed by it but the figures."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def judge(self, actor: Actor, story_id: StoryId, mark: Mark, reason: str = "") -> Judged:
        """Store the person's mark on a story in place of an earlier one. Raises NoStoryError."""
        story = await self._store.queries.story(story_id, actor.tenant)
        if story is None:
            raise NoStoryError(story_id)
        why = await self._why(actor, story)
        now = self._clock.now()
        feedback = Feedback(
            story_id=story_id,
            mark=mark,
            reason=" ".join(reason.split())[:MAX_REASON],
            team=team_of(actor.address),
            by=actor.name,
            topics=story.topics,
            wish="" if why is None else why.wish,
            spans=() if why is None else why.spans,
            at=now,
        )
        async with self._store.begin() as uow:
            before = await uow.people.judge(feedback)
            await uow.audit.add(actor.name, str(mark), f"story:{story_id}", now)
        return Judged(story=story, feedback=feedback, before=before)

    async def overview(self, actor: Actor, topic: str | None = None) -> Overview:
        """Return how often what the team was told was useful, by topic, by rule and over time."""
        now = self._clock.now()
        marks = await self._store.queries.people.feedback(
            team_of(actor.address), since=now - LOOK_BACK
        )
        return overview(marks, topic=topic)

    async def suggestions(self, actor: Actor, topic: str | None = None) -> tuple[Suggestion, ...]:
        """Return phrases that brought this team noise only, with what masking each would drop.

        From the stored readings; nothing is changed by it.
        """
        marks = await self._store.queries.people.feedback(team_of(actor.address), limit=_JUDGED)
        useful = {mark.story_id for mark in marks if mark.mark is not Mark.NOISE}
        noise = {mark.story_id for mark in marks} - useful
        found = candidates(
            await self._examples(actor, noise), await self._examples(actor, useful), topic=topic
        )
        return tuple([await self._effect(actor, candidate) for candidate in found])

    async def _examples(self, actor: Actor, stories: Iterable[StoryId]) -> list[Example]:
        return [
            Example(story_id=story_id, entry=member.entry, reading=member.reading)
            for story_id in sorted(stories)
            for member in (await self._store.queries.members(story_id, actor.tenant))[:_TOLD]
        ]

    async def _effect(self, actor: Actor, candidate: Candidate) -> Suggestion:
        """Try a phrase on the archive: on the newest entries that have its words."""
        words = tuple((word,) for word in fold_words(candidate.phrase).split())
        needs = Needs(words=words)
        effects: list[bool] = []
        async for found in self._store.queries.entries(owner=actor.tenant, needs=needs):
            effect = falls_away(
                candidate.phrase, candidate.topic, found.stored.entry, found.reading
            )
            effects += [] if effect is None else [effect]
            if len(effects) == _TRIED:
                break
        volume = await self._store.queries.volume(
            owner=actor.tenant, since=_EVER, topic=candidate.topic
        )
        drops = effects.count(True)
        return Suggestion(
            candidate=candidate, drops=drops, of=volume.entries, kept=len(effects) - drops
        )

    async def _why(self, actor: Actor, story: Story) -> Why | None:
        """What brought the story to the person's place, or to the person; None where nothing did."""
        subjects = [f"story:{story.id}"]
        members = await self._store.queries.members(story.id, actor.tenant)
        subjects += [f"entry:{member.entry_id}" for member in members[:_TOLD]]
        for address in dict.fromkeys((actor.address, actor.private)):
            place = await self._store.queries.destination(address)
            if place is None:
                continue
            for subject in subjects:
                for sent in await self._store.queries.deliveries_about(subject, place.id):
                    if sent.draft.kind is DeliveryKind.POST:
                        return _with_words(sent.draft.why, members)
        return None


def _with_words(why: Why, members: list[Member]) -> Why:
    """Give a reason without words those by which the topic was first found in the story."""
    if why.spans:
        return why
    return replace(why, spans=words_of(why.wish, members))
