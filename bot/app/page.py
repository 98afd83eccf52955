"""Fetches one page for `usmca-bot read`, through the same guard that feeds go through."""

from bot.domain.entry import Entry
from bot.domain.feed import Feed, FeedSpec
from bot.domain.ids import FeedId
from bot.errors import FetchError
from bot.feeds.fetcher import FetchLimits, HttpFetcher
from bot.feeds.gate import Gate, GateConfig
from bot.jobs.clock import SystemClock
from bot.net.session import WebConfig, open_web
from bot.reading.text import to_plain
from bot.settings.load import Settings


async def fetch_page(settings: Settings, url: str) -> Entry:
    """Return a page's text as an entry. Raises FetchError with the reason."""
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
    if not fetched.body:
        raise FetchError(fetched.error or f"{url} answered {fetched.status} without a page")
    plain = to_plain(fetched.body.decode("utf-8", "replace"))
    title, _, content = plain.partition("\n")
    return Entry(guid=url, url=url, title=title.strip(), content=content.strip())
