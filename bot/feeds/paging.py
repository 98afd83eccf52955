"""The Federal Register's further pages, where the first one does not reach back to the last poll.

A page holds the newest documents. After a long silence of ours more may have come than it shows;
then the next pages are fetched as well, and the answer holds them all. What one poll does not get
to is its backlog: the next poll goes on there. New documents only push older ones to later pages,
so going on at the next page skips nothing.
"""

import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any

from bot.domain.feed import Feed, FeedKind, Validators
from bot.domain.health import Backlog
from bot.domain.polling import Fetched, Outcome
from bot.feeds import dates, values

Fetch = Callable[[Feed], Awaitable[Fetched]]

_MOST_PAGES = 10
_OVERLAP = timedelta(days=1)
"""Documents are dated by the day, and may be listed a little later than they are dated."""
_WINDOW = 2_000
"""The service shows no more results of one search."""
_CUT = "More documents are waiting than one poll reads: the next poll goes on with the older ones."
_ENDED = "The list ends before it reaches back to the last poll: the daily comparison looks for the rest."


@dataclass(slots=True)
class _Reading:
    """The pages read so far, and what is left to do."""

    fetch: Fetch
    feed: Feed
    most_bytes: int
    base: str
    """The address that the first page came from."""
    size: int
    pages: int = 1
    results: list[Any] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)
    failed: Fetched | None = None

    async def follow(self, address: str | None, since: datetime) -> Backlog | None:
        """Read from an address on until a page reaches back far enough; return what is left."""
        while address is not None:
            left = Backlog(url=address, since=since)
            if self.pages >= _MOST_PAGES or self.size > self.most_bytes:
                return left
            page, size = await self._page(address)
            if self.failed is not None:
                return left
            if self.pages > 1 and self.size + size > self.most_bytes:
                return left
            self.size += size
            self.pages += 1
            self.results.extend(page.get("results") or ())
            address = self.next_of(page, since)
        return None

    def next_of(self, page: dict[str, Any], since: datetime) -> str | None:
        """Return the address of the page behind this one, where it is needed and there is one."""
        if not _reaches_too_little(page, since):
            return None
        address = values.link(page.get("next_page_url"), self.base)
        count = page.get("count")
        if address is None and isinstance(count, int) and count > _WINDOW:
            self.warnings.append(_ENDED)
        return address

    async def _page(self, address: str) -> tuple[dict[str, Any], int]:
        spec = replace(self.feed.spec, url=address)
        more = await self.fetch(replace(self.feed, spec=spec, validators=Validators()))
        if more.outcome is not Outcome.ENTRIES:
            self.failed = more
        return _page(more.body), len(more.body)


async def with_pages(feed: Feed, fetch: Fetch, *, most_bytes: int) -> Fetched:
    """Return the answer with the pages that are needed; an answer of another source as it is.

    Where a page fails, the whole poll fails and is tried again: nothing is left out unseen. A poll
    reads at most ten pages and `most_bytes`; the rest is its `backlog`, and it offers no
    validators, so that the next poll goes on even where nothing new came.
    """
    if feed.backlog is not None:  # an unconditional request: a 304 would leave the backlog waiting
        feed = replace(feed, validators=Validators())
    fetched = await fetch(feed)
    paged = feed.spec.kind is FeedKind.FEDERAL_REGISTER and feed.last_success_at is not None
    if not paged or fetched.outcome is not Outcome.ENTRIES:
        return fetched
    first = _page(fetched.body)
    reading = _Reading(fetch, feed, most_bytes, fetched.url, len(fetched.body))
    left = await _read(reading, first, feed)
    if reading.failed is not None:
        return _failed(reading.failed, fetched.url)
    notes = [*reading.warnings, *([_CUT] if left is not None else [])]
    answer = replace(fetched, warnings=tuple(notes))
    if left is not None:
        answer = replace(answer, backlog=left, validators=Validators())
    if not reading.results:
        return answer
    results = [*(first.get("results") or ()), *reading.results]
    return replace(answer, body=json.dumps({**first, "results": results}).encode())


def _failed(page: Fetched, url: str) -> Fetched:
    """Return the poll that a further page spoilt. That this page is gone says nothing of the feed."""
    outcome = Outcome.ERROR if page.outcome is Outcome.GONE else page.outcome
    return replace(page, outcome=outcome, url=url, moved_to=None)


async def _read(reading: _Reading, first: dict[str, Any], feed: Feed) -> Backlog | None:
    """Read what came since the last poll, then what earlier polls left; return what is left now."""
    if feed.last_success_at is None:
        return None
    since = feed.last_success_at - _OVERLAP
    left = await reading.follow(reading.next_of(first, since), since)
    old = feed.backlog
    if old is None or reading.failed is not None:
        return left
    if left is not None:  # what is newer comes first; it leads to the older pages all the same
        return Backlog(url=left.url, since=min(left.since, old.since))
    return await reading.follow(old.url, old.since)


def _page(body: bytes) -> dict[str, Any]:
    """Return a page; what is none is left to the parser, which says why."""
    try:
        page = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    fits = isinstance(page, dict) and isinstance(page.get("results"), list)
    return page if fits else {}


def _reaches_too_little(page: dict[str, Any], since: datetime) -> bool:
    """Whether every dated document of a page is younger than a moment's day."""
    days = [
        day
        for one in page.get("results") or ()
        if isinstance(one, dict) and (day := dates.iso_day(one.get("publication_date")))
    ]
    return bool(days) and min(days) > since.date()
