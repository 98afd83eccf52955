"""Which story an entry belongs to: decided once, knowing only what came before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.ids import StoryId, Tenant
from bot.stories.fingerprint import Fingerprint
from bot.stories.index import StoryIndex
from bot.stories.similarity import WEIGHTS, Likeness, likeness

THRESHOLD = 0.5


@dataclass(frozen=True, slots=True, kw_only=True)
class Assignment:
    """Where an entry goes. `story_id` None asks for a new story."""

    story_id: StoryId | None
    score: float
    """0-1: how like the story, or the nearest story that it did not join."""
    joined: str
    """The evidence in words, for ``story <id> --why``."""


def assign(
    fingerprint: Fingerprint,
    index: StoryIndex,
    *,
    owner: Tenant | None,
    now: datetime,
    weights: Sequence[float] = WEIGHTS,
) -> Assignment:
    """Return the story that the entry joins. Deterministic; changes nothing."""
    best: tuple[float, StoryId] | None = None
    found = Likeness(score=0.0)
    for story in index.candidates(fingerprint, owner, now):
        like = likeness(fingerprint, story, weights)
        # Of two equally like stories the older one: the one with the lower number.
        if best is None or (like.score, -story.story_id) > (best[0], -best[1]):
            best, found = (like.score, story.story_id), like
    if best is None or found.score < THRESHOLD:
        return Assignment(story_id=None, score=found.score, joined="first of its story")
    return Assignment(story_id=best[1], score=found.score, joined=found.evidence)
