"""Fetches one page for `usmca-bot read`, through the same guard that feeds go through."""

import re

from bot.domain.entry import Entry
from bot.domain.feed import Feed, FeedSpec
from bot.domain.ids import FeedId
from bot.domain.polling import Outcome
from bot.errors import BlockedAddressError, FetchError, InvalidInputError
from bot.feeds.decoding import to_text
from bot.feeds.fetcher import FetchLimits, HttpFetcher
from bot.feeds.gate import Gate, GateConfig
from bot.jobs.clock import SystemClock
from bot.net.session import WebConfig, open_web
from bot.reading.markup import to_plain
from bot.settings.load import Settings

_FEED = re.compile(r"\s*(?:<\?xml[^>]{0,200}>\s*)?<(?:rss|feed|rdf:rdf)\b", re.IGNORECASE)


async def fetch_page(settings: Settings, url: str) -> Entry:
    """Return a page's text as an entry.

    Raises BlockedAddressError for an address that is refused, InvalidInputError for one that is a
    feed's, and FetchError where nothing came.
    """
    polling, allowed = settings.behaviour.polling, settings.env.allow_hosts
    web = open_web(WebConfig(contact=polling.contact, proxy=polling.proxy, allowed=allowed))
    clock = SystemClock()
    gate = Gate(GateConfig(), is_ours=allowed.allows_url)
    page = Feed(
        id=FeedId(0),
        spec=FeedSpec(key="page", name="page", url=url),
        next_poll_at=clock.now(),
        interval=0,
    )
    try:
        fetched = await HttpFetcher(web, gate, clock, FetchLimits()).fetch(page)
    finally:
        await web.close()
    if fetched.outcome is Outcome.BLOCKED:
        raise BlockedAddressError(fetched.error or "this address is refused")
    if not fetched.body:
        raise FetchError(fetched.error or f"the address answered {fetched.status} without a page")
    text = to_text(fetched.body, fetched.content_type)
    if _FEED.match(text):
        raise InvalidInputError("that is a feed, not a page: `usmca-bot feeds check` looks at it")
    plain = to_plain(text)
    title, _, content = plain.partition("\n")
    return Entry(guid=url, url=url, title=title.strip(), content=content.strip())
