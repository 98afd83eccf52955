"""What tests of polling share: a standing clock, a fetcher open to given servers, one poll."""

import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, replace
from datetime import UTC, datetime

from aiohttp.abc import AbstractResolver

from bot.domain.feed import Feed, FeedSpec
from bot.domain.ids import FeedId
from bot.domain.polling import Fetched, Outcome, ParsedFeed
from bot.errors import ParseError
from bot.feeds.fetcher import FetchLimits, HttpFetcher
from bot.feeds.gate import Gate, GateConfig
from bot.net.guard import AllowedHosts
from bot.net.session import WebConfig, open_web
from bot.ports.outside import Clock, Parser
from tests.fakes.feed_server import FeedServer

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)


class FixedClock:
    """Stands still."""

    def now(self) -> datetime:
        return NOW


@dataclass(frozen=True, slots=True, kw_only=True)
class Poll:
    """What one poll came to, and how long it took."""

    fetched: Fetched
    parsed: ParsedFeed | None
    seconds: float


@asynccontextmanager
async def fetching(
    *servers: FeedServer,
    limits: FetchLimits | None = None,
    clock: Clock | None = None,
    gate: GateConfig | None = None,
    resolver: AbstractResolver | None = None,
    proxy: str | None = None,
) -> AsyncIterator[HttpFetcher]:
    """A fetcher to which the servers are open, and nothing else of this machine is."""
    allowed = AllowedHosts(pairs=frozenset((server.host, server.port) for server in servers))
    config = WebConfig(contact="https://example.com/bot", allowed=allowed, proxy=proxy)
    web = open_web(config, resolver)
    turns = Gate(gate or GateConfig(), is_ours=allowed.allows_url)
    try:
        yield HttpFetcher(web, turns, clock or FixedClock(), limits or FetchLimits())
    finally:
        await web.close()


def a_feed(url: str, **changes: object) -> Feed:
    """A feed nobody polled yet."""
    spec = FeedSpec(key="case", name="Border Ledger", url=url)
    bare = Feed(id=FeedId(1), spec=spec, next_poll_at=NOW, interval=600)
    return replace(bare, **changes)  # type: ignore[arg-type]


async def poll(
    fetcher: HttpFetcher, parser: Parser, one: Feed, seen: frozenset[str] = frozenset()
) -> Poll:
    """Fetch and parse as the pipeline does."""
    start = time.monotonic()
    fetched = await fetcher.fetch(one)
    parsed = None
    if fetched.outcome is Outcome.ENTRIES:
        try:
            parsed = await parser.parse(
                fetched.body,
                spec=one.spec,
                content_type=fetched.content_type,
                url=fetched.url,
                seen=seen,
            )
        except ParseError as error:
            fetched = replace(fetched, outcome=Outcome.ERROR, error=str(error), body=b"")
    return Poll(fetched=fetched, parsed=parsed, seconds=time.monotonic() - start)
