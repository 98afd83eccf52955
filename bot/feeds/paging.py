"""The Federal Register's further pages, where the first one does not reach back to the last poll.

A page holds the newest documents. After a long silence of ours more may have come than it shows;
then the next pages are fetched as well, and the answer holds them all.
"""

import json
from collections.abc import Awaitable, Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

from bot.domain.feed import Feed, FeedKind, Validators
from bot.domain.polling import Fetched, Outcome
from bot.feeds import dates, values

Fetch = Callable[[Feed], Awaitable[Fetched]]

_MOST_PAGES = 10
_OVERLAP = timedelta(days=1)
"""Documents are dated by the day, and may be listed a little later than they are dated."""


async def with_pages(feed: Feed, fetched: Fetched, fetch: Fetch, *, most_bytes: int) -> Fetched:
    """Return the answer with the pages that are needed; an answer of another source as it is.

    Where a page fails, the whole poll fails and is tried again: nothing is left out unseen.
    """
    paged = feed.spec.kind is FeedKind.FEDERAL_REGISTER and feed.last_success_at is not None
    if not paged or fetched.outcome is not Outcome.ENTRIES:
        return fetched
    first = _page(fetched.body)
    results, page, size = list(first.get("results") or ()), first, len(fetched.body)
    for _ in range(_MOST_PAGES - 1):
        address = values.link(page.get("next_page_url"), fetched.url)
        if address is None or not _reaches_too_little(page, feed):
            break
        spec = replace(feed.spec, url=address)
        more = await fetch(replace(feed, spec=spec, validators=Validators()))
        if more.outcome is not Outcome.ENTRIES:
            return replace(more, url=fetched.url, moved_to=None)
        size += len(more.body)
        if size > most_bytes:
            break
        page = _page(more.body)
        results.extend(page.get("results") or ())
    if page is first:
        return fetched
    return replace(fetched, body=json.dumps({**first, "results": results}).encode())


def _page(body: bytes) -> dict[str, Any]:
    """Return a page; what is none is left to the parser, which says why."""
    try:
        page = json.loads(body)
    except (ValueError, RecursionError):
        return {}
    fits = isinstance(page, dict) and isinstance(page.get("results"), list)
    return page if fits else {}


def _reaches_too_little(page: dict[str, Any], feed: Feed) -> bool:
    """Whether every dated document of a page is younger than the last poll."""
    days = [
        day
        for one in page.get("results") or ()
        if isinstance(one, dict) and (day := dates.iso_day(one.get("publication_date")))
    ]
    if not days or feed.last_success_at is None:
        return False
    return min(days) > (feed.last_success_at - _OVERLAP).date()
