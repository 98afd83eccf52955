"""How the feeds are: which speak, which fail and since when, which fell silent."""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from bot.domain.actor import Actor
from bot.domain.feed import Feed, FeedState, Origin, Tier, display_url
from bot.domain.health import Alarm
from bot.domain.ids import Tenant
from bot.ports import Clock, Store
from bot.ports.watching import MissedEntry
from bot.reading.text import fold_words
from bot.record.feed_health import is_broken, is_empty, is_silent
from bot.services import feed_names
from bot.services.permissions import Policy, may_see_feeds, require_feeds

MISSED_FOR = timedelta(days=7)
"""So long a document that was missed is shown."""

_URL = re.compile(r"https?://[^\s\"'<>]+", re.IGNORECASE)


class Condition(StrEnum):
    """How a feed is, the worst first."""

    GONE = "gone"
    DOWN = "down"
    FAILING = "failing"
    """Failed once or twice; it is tried again."""
    EMPTY = "empty"
    """It answers, but holds nothing, though it always should."""
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
    failing_since: datetime | None = None
    """The first of the failures in a row, where it is known."""
    last_success_at: datetime | None
    last_entry_at: datetime | None
    next_poll_at: datetime | None
    """None where it is not polled any more."""
    cadence: float | None = None
    """Seconds between its entries, smoothed; None while unknown."""
    error: str = ""
    warnings: tuple[str, ...] = ()
    """What was odd about what it brought last."""
    tier: Tier = Tier.GENERAL
    lang: str = "en"
    owner: Tenant | None = None
    """None where everybody shares it."""
    origin: Origin = Origin.CONFIG


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

    async def one_shown_to(self, actor: Actor, word: str) -> FeedHealth:
        """Return the feed a word names. Raises FeedsHiddenError, or FeedRefusedError for none."""
        require_feeds(self._policy, actor)
        feeds = await self._queries.feeds(actor.tenant)
        return health(feed_names.the_one(word, feeds), self._clock.now())

    async def named(self, actor: Actor, text: str, limit: int = 25) -> tuple[tuple[str, str], ...]:
        """Return feeds the person may see whose name or key has the words, as (key, name)."""
        if not self.may_see(actor):
            return ()
        wanted = fold_words(text).split()
        found = []
        for feed in await self._queries.feeds(actor.tenant):
            said = f"{fold_words(feed.spec.name)} {fold_words(feed.spec.key)}"
            if all(word in said for word in wanted):
                found.append((feed.spec.key, feed.spec.name))
        return tuple(found[:limit])

    async def missed(self, actor: Actor) -> tuple[MissedEntry, ...]:
        """Return what the daily comparison found in the last days, the latest first."""
        if not self.may_see(actor):
            return ()
        since = self._clock.now() - MISSED_FOR
        return tuple(await self._queries.missed(actor.tenant, since))

    def may_see(self, actor: Actor) -> bool:
        """Whether the person may see the feeds at all."""
        return may_see_feeds(self._policy, actor)

    async def health(self, tenant: Tenant) -> tuple[FeedHealth, ...]:
        """Return the shared feeds and the tenant's, the worst first, then by name."""
        return self._sorted(await self._queries.feeds(tenant))

    async def of_everybody(self) -> tuple[FeedHealth, ...]:
        """Return the feeds of every owner, the worst first: for operators."""
        return self._sorted(await self._queries.every_feed())

    def _sorted(self, feeds: Iterable[Feed]) -> tuple[FeedHealth, ...]:
        now = self._clock.now()
        seen = [health(feed, now) for feed in feeds]
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
        failing_since=feed.watch.failing_since if feed.failures else None,
        last_success_at=feed.last_success_at,
        last_entry_at=feed.last_entry_at,
        next_poll_at=_next_poll(feed) if polled else None,
        cadence=feed.cadence,
        error=_without_secrets(feed.last_error or ""),
        warnings=tuple(_without_secrets(warning) for warning in feed.warnings),
        tier=feed.spec.tier,
        lang=feed.spec.lang,
        owner=feed.spec.owner,
        origin=feed.spec.origin,
    )


def is_down(feed: FeedHealth) -> bool:
    """Whether nothing comes from this feed until somebody or something mends it."""
    return feed.condition in (Condition.GONE, Condition.DOWN)


def _condition(feed: Feed, now: datetime) -> Condition:
    if feed.state is FeedState.GONE:
        return Condition.GONE
    if feed.state is not FeedState.ACTIVE:
        return Condition.PAUSED
    if is_broken(feed, now):
        return Condition.DOWN
    if feed.failures:
        return Condition.FAILING
    return Condition.NEW if feed.last_success_at is None else _answering(feed, now)


def _answering(feed: Feed, now: datetime) -> Condition:
    """How a feed is that answers well."""
    if feed.watch.of(Alarm.EMPTY).since is not None or is_empty(feed, now):
        return Condition.EMPTY
    silent = feed.watch.of(Alarm.SILENT).since is not None or is_silent(feed, now)
    return Condition.SILENT if silent else Condition.FINE


def _next_poll(feed: Feed) -> datetime:
    """When it is polled next; not before its server allows it."""
    return max(feed.next_poll_at, feed.not_before or feed.next_poll_at)


def _without_secrets(text: str) -> str:
    return _URL.sub(lambda found: _shown(found.group()), text)


def _shown(url: str) -> str:
    """The address without what may be secret; an address that cannot be taken apart is not shown."""
    try:
        return display_url(url)
    except ValueError:
        return "(an address that cannot be read)"
