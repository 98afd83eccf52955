"""What the Federal Register says it published: the same search as a feed's, by days.

    feed's address + `publication_date` from a day on ─► every page ─► documents

For the daily comparison with what the polls saw. The list of public inspection has no such search.
"""

import json
from dataclasses import replace
from datetime import date
from urllib.parse import parse_qsl, urlencode, urlsplit, urlunsplit

from bot.domain.entry import Entry
from bot.domain.feed import Feed, FeedKind, Validators
from bot.domain.polling import Fetched, Outcome, ParsedFeed
from bot.errors import FetchError
from bot.feeds import values
from bot.ports import Fetcher, Parser

_MOST_PAGES = 20
_PER_PAGE = "100"
_OURS = frozenset({"per_page", "page", "order"})
_DAY = "conditions[publication_date]"


class FederalRegisterListing:
    """Lists documents by their day of publication."""

    def __init__(self, fetcher: Fetcher, parser: Parser) -> None:
        self._fetcher = fetcher
        self._parser = parser

    async def published(self, feed: Feed, since: date) -> ParsedFeed | None:
        """Return the documents a feed stands for since a day; None for a feed without such a search.

        Raises FetchError where they cannot be had, or are more than twenty pages of a hundred.
        """
        address = listing_url(feed, since)
        if address is None:
            return None
        entries: dict[str, Entry] = {}
        total = 0
        for _ in range(_MOST_PAGES):
            fetched = await self._fetch(feed, address)
            parsed = await self._parser.parse(
                fetched.body,
                spec=feed.spec,
                content_type=fetched.content_type,
                url=fetched.url,
                seen=frozenset(),
            )
            total += parsed.total
            entries |= {entry.guid: entry for entry in parsed.entries}
            following = _following(fetched)
            if following is None or not parsed.total:
                return ParsedFeed(entries=tuple(entries.values()), total=total)
            address = following
        raise FetchError(f"More than {_MOST_PAGES} pages were published since {since}.")

    async def _fetch(self, feed: Feed, address: str) -> Fetched:
        asked = replace(
            feed,
            spec=replace(feed.spec, url=address),
            validators=Validators(),
            last_success_at=None,  # otherwise the fetcher would follow the pages by itself
            backlog=None,
        )
        fetched = await self._fetcher.fetch(asked)
        if fetched.outcome is not Outcome.ENTRIES:
            raise FetchError(fetched.error or f"The server answers with status {fetched.status}.")
        return fetched


def listing_url(feed: Feed, since: date) -> str | None:
    """Return the address of a feed's documents since a day, newest first; None where it has none."""
    try:
        parts = urlsplit(feed.spec.url)
    except ValueError:
        return None
    if feed.spec.kind is not FeedKind.FEDERAL_REGISTER or not parts.path.endswith(
        "/documents.json"
    ):
        return None
    query = [
        (name, value)
        for name, value in parse_qsl(parts.query, keep_blank_values=True)
        if name not in _OURS and not name.startswith(_DAY)
    ]
    query += [(f"{_DAY}[gte]", since.isoformat()), ("order", "newest"), ("per_page", _PER_PAGE)]
    return urlunsplit(parts._replace(query=urlencode(query)))


def _following(fetched: Fetched) -> str | None:
    """Return the address of the next page."""
    try:
        page = json.loads(fetched.body)
    except (ValueError, RecursionError):
        return None
    return values.link(page.get("next_page_url"), fetched.url) if isinstance(page, dict) else None
