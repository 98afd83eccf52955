"""Rules of topics that run beside the live ones, and what they would have read otherwise."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from bot.domain.ids import EntryId
from bot.domain.moments import require_aware


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleVersion:
    """A file of topics, and since when entries are read by it."""

    id: int
    version: str
    """A digest of the rules: the same rules have the same version."""
    shadow: bool
    """False: the live rules."""
    since: datetime
    until: datetime | None = None
    """When other rules took their place; None while they hold."""
    looked_at: int = 0
    """Entries that the shadow rules read besides the live ones."""

    def __post_init__(self) -> None:
        require_aware(since=self.since, until=self.until)


@dataclass(frozen=True, slots=True, kw_only=True)
class Difference:
    """The topics of an entry that only one of the two has."""

    gained: frozenset[str]
    """Those of the shadow rules alone."""
    lost: frozenset[str]
    """Those of the live rules alone."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShadowRun:
    """What the shadow rules would have changed since they began."""

    rules: RuleVersion
    differences: Mapping[EntryId, Difference] = field(default_factory=dict)
