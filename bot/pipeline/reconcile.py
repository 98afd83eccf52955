"""The daily comparison: what a source says it published, beside what the polls saw.

    feeds of the Federal Register ─► documents of the last days ─► not stored? ─► missed
                                                                        └─► stored and told as usual

Polls look at the newest documents; one that was listed late, or while the bot was off for long, may
never have been among them.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Protocol

import structlog

from bot.domain.entry import Entry
from bot.domain.feed import Feed
from bot.domain.polling import ParsedFeed
from bot.errors import FetchError
from bot.pipeline.ingest import Ingest
from bot.ports import Clock, Store

EVERY = timedelta(days=1)
AGAIN = timedelta(hours=3)
"""A comparison that failed is tried again after that."""
DAYS = 7
"""How far back documents are compared."""

log = structlog.get_logger()


class Listing(Protocol):
    """Knows what a source published."""

    async def published(self, feed: Feed, since: date) -> ParsedFeed | None:
        """Return the documents since a day; None for a feed that has no such list.

        Raises FetchError.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """How one feed's comparison ended."""

    feed: Feed
    since: date
    listed: int = 0
    missed: tuple[Entry, ...] = ()
    error: str | None = None


class Reconciliation:
    """Compares feeds that have a list of what was published, each of them once a day."""

    def __init__(self, *, store: Store, listing: Listing, ingest: Ingest, clock: Clock) -> None:
        self._store = store
        self._listing = listing
        self._ingest = ingest
        self._clock = clock

    async def run(self, *, days: int = DAYS, everything: bool = False) -> Sequence[Compared]:
        """Compare the feeds that are due; `everything` takes those compared today as well."""
        now = self._clock.now()
        before = now if everything else now - EVERY
        async with self._store.begin() as uow:
            feeds = await uow.watching.claim_comparison(before, now)
        found = [await self._compare(feed, days) for feed in feeds]
        return [one for one in found if one is not None]

    async def _compare(self, feed: Feed, days: int) -> Compared | None:
        now = self._clock.now()
        async with self._store.begin() as uow:
            first = await uow.watching.first_seen(feed.id)
        if first is None:
            return None
        since = max((now - timedelta(days=days)).date(), first.date())
        try:
            listed = await self._listing.published(feed, since)
        except FetchError as error:
            async with self._store.begin() as uow:
                await uow.watching.compare_again(feed.id, now - EVERY + AGAIN)
            log.warning("feed_not_compared", feed=feed.spec.key, error=str(error))
            return Compared(feed=feed, since=since, error=str(error))
        if listed is None:
            return None
        missed = await self._missed(feed, listed)
        level = log.warning if missed else log.info
        level("feed_compared", feed=feed.spec.key, listed=listed.total, missed=len(missed))
        return Compared(feed=feed, since=since, listed=listed.total, missed=missed)

    async def _missed(self, feed: Feed, listed: ParsedFeed) -> tuple[Entry, ...]:
        """Store what the polls missed, by the ordinary way and its limits, and list it."""
        async with self._store.begin() as uow:
            known = await uow.entries.known(feed.id, listed.entries)
        missed = tuple(entry for entry in listed.entries if entry.guid not in known)
        if missed:
            await self._ingest.bring(feed, replace(listed, entries=missed))
        return missed
