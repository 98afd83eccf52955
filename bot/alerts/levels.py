"""How much is told: whether a story, or what is new about it, is worth a level's attention."""

from collections.abc import Sequence

from bot.domain.destination import Level
from bot.domain.feed import Tier
from bot.domain.reading import Stage
from bot.domain.story import Change, ChangeKind, Story

_PARTIES = frozenset({"US", "MX", "CA"})

_NEWS = frozenset(ChangeKind) - {ChangeKind.MORE_SOURCES, ChangeKind.NEW_STORY}
"""Kinds of change that bring a fact, a date or a stage."""


def allows_story(level: Level, story: Story) -> bool:
    """Return whether a first message about the story passes the level.

    Important asks for a fact, a deadline or a stage. Flash asks for an official source or a stage
    from signed on, one of the three parties, and a tariff fact or deadline.
    """
    has_fact = bool(story.tariffs or story.deadlines)
    if level is Level.EVERYTHING:
        return True
    if level is Level.IMPORTANT:
        return has_fact or story.stage is not None
    binding = story.stage is not None and story.stage.rank >= Stage.SIGNED.rank
    weighty = story.tier is Tier.OFFICIAL or binding
    return weighty and has_fact and not _PARTIES.isdisjoint(story.countries)


def allows_update(level: Level, story: Story, changes: Sequence[Change]) -> bool:
    """Return whether a reply about these changes passes the level."""
    if level is Level.EVERYTHING:
        return True
    return allows_story(level, story) and is_news(changes)


def is_news(changes: Sequence[Change]) -> bool:
    """Whether the changes bring a fact, a date or a stage, not only more sources."""
    return any(change.kind in _NEWS for change in changes)
