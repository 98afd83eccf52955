"""Which story an entry belongs to: decided once, knowing only what came before."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.ids import StoryId, Tenant
from bot.stories.fingerprint import Fingerprint
from bot.stories.index import StoryIndex
from bot.stories.profile import Sought
from bot.stories.similarity import WEIGHTS, nearest

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
    del now  # the window is measured from the entry's own moment, so that a backlog reads alike
    sought = Sought(fingerprint)
    near = nearest(sought, index.search(sought, owner), weights)
    if near.story_id is None or near.score < THRESHOLD:
        return Assignment(story_id=None, score=near.score, joined="first of its story")
    return Assignment(story_id=near.story_id, score=near.score, joined=near.evidence)
