"""How the feeds are: which speak, which fail and since when, which fell silent."""

import re
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.actor import Actor
from bot.domain.feed import Feed, FeedState, display_url
from bot.domain.ids import Tenant
from bot.ports import Clock, Store
from bot.services.permissions import Policy, may_see_feeds, require_feeds

DOWN_AFTER = 3
"""Failed polls in a row before a feed counts as down: one alone is everyday."""

SILENT_FACTOR = 10
SILENT_LEAST = timedelta(days=3)
"""A feed is silent when it had nothing new for ten times its own rhythm, and for three days."""

_URL = re.compile(r"https?://[^\s\"'<>]+", re.IGNORECASE)


class Condition(StrEnum):
    """How a feed is, the worst first."""

    GONE = "gone"
    DOWN = "down"
    FAILING = "failing"
    """Failed once or twice; it is tried again."""
    SILENT = "silent"
    """It answers, but what used to speak says nothing new."""
    PAUSED = "paused"
    NEW = "new"
    """Not polled yet."""
    FINE = "fine"

    @property
    def rank(self) -> int:
        """0 for the worst."""
        return list(Condition).index(self)


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedHealth:
    """A feed as a person may see it: no address with secrets, no raw error."""

    key: str
    name: str
    url: str
    condition: Condition
    failures: int
    last_success_at: datetime | None
    last_entry_at: datetime | None
    next_poll_at: datetime | None
    """None where it is not polled any more."""
    error: str = ""


class FeedService:
    """Tells how the feeds are that a tenant may see."""

    def __init__(self, store: Store, clock: Clock, policy: Policy | None = None) -> None:
        """`policy` says who may see the feeds: everyone, where it is not given."""
        self._queries = store.queries
        self._clock = clock
        self._policy = policy or Policy()

    async def shown_to(self, actor: Actor) -> tuple[FeedHealth, ...]:
        """Return what the person may see, the worst first. Raises FeedsHiddenError."""
        require_feeds(self._policy, actor)
        return await self.health(actor.tenant)

    def may_see(self, actor: Actor) -> bool:
        """Whether the person may see the feeds at all."""
        return may_see_feeds(self._policy, actor)

    async def health(self, tenant: Tenant) -> tuple[FeedHealth, ...]:
        """Return the shared feeds and the tenant's, the worst first, then by name."""
        now = self._clock.now()
        seen = [health(feed, now) for feed in await self._queries.feeds(tenant)]
        return tuple(sorted(seen, key=lambda feed: (feed.condition.rank, feed.name.casefold())))


def health(feed: Feed, now: datetime) -> FeedHealth:
    """Return how a feed is at `now`."""
    polled = feed.state is FeedState.ACTIVE
    return FeedHealth(
        key=feed.spec.key,
        name=feed.spec.name,
        url=_shown(feed.spec.url),
        condition=_condition(feed, now),
        failures=feed.failures,
        last_success_at=feed.last_success_at,
        last_entry_at=feed.last_entry_at,
        next_poll_at=feed.next_poll_at if polled else None,
        error=_URL.sub(lambda found: _shown(found.group()), feed.last_error or ""),
    )


def is_down(feed: FeedHealth) -> bool:
    """Whether nothing comes from this feed until somebody or something mends it."""
    return feed.condition in (Condition.GONE, Condition.DOWN)


def _condition(feed: Feed, now: datetime) -> Condition:
    if feed.state is FeedState.GONE:
        return Condition.GONE
    if feed.state is not FeedState.ACTIVE:
        return Condition.PAUSED
    if feed.failures >= DOWN_AFTER:
        return Condition.DOWN
    if feed.failures:
        return Condition.FAILING
    if feed.last_success_at is None:
        return Condition.NEW
    return Condition.SILENT if _is_silent(feed, now) else Condition.FINE


def _is_silent(feed: Feed, now: datetime) -> bool:
    if feed.cadence is None or feed.last_entry_at is None:
        return False
    patience = max(SILENT_LEAST, timedelta(seconds=feed.cadence) * SILENT_FACTOR)
    return now - feed.last_entry_at > patience


def _shown(url: str) -> str:
    """The address without what may be secret; an address that cannot be taken apart is not shown."""
    try:
        return display_url(url)
    except ValueError:
        return "(an address that cannot be read)"
