"""Fetching and parsing for one process: what polls feeds and what looks at an address share it.

So a person who checks an address waits for the same turn at its host as the polls do.
"""

from contextlib import AsyncExitStack
from functools import cached_property
from typing import TYPE_CHECKING

from yarl import URL

from bot.net.guard import Guard
from bot.ports import Clock, Fetcher
from bot.settings.load import Settings

if TYPE_CHECKING:
    from bot.feeds.parser import PooledParser
    from bot.pipeline.ingest import Ingest, Unfold
    from bot.pipeline.reconcile import Reconciliation
    from bot.pipeline.watch import FeedWatch
    from bot.ports import Store
    from bot.services.feed_check import Checked, FeedCheck, WebPage


class Feeding:
    """Makes each part when it is first needed; the stack closes them."""

    def __init__(self, settings: Settings, clock: Clock, stack: AsyncExitStack) -> None:
        self._settings = settings
        self._clock = clock
        self._stack = stack

    @cached_property
    def fetcher(self) -> Fetcher:
        """The guarded, polite way to a feed's address."""
        from bot.feeds.fetcher import FetchLimits, HttpFetcher
        from bot.feeds.gate import Gate, GateConfig
        from bot.net.session import WebConfig, open_web

        polling = self._settings.behaviour.polling
        allowed = self._settings.env.allow_hosts
        web = open_web(
            WebConfig(
                contact=polling.contact,
                proxy=polling.proxy,
                allowed=allowed,
                per_host=polling.per_host,
            )
        )
        self._stack.push_async_callback(web.close)
        gate = Gate(
            GateConfig(per_host=polling.per_host, gap_seconds=polling.host_gap.total_seconds()),
            is_ours=allowed.allows_url,
        )
        return HttpFetcher(web, gate, self._clock, FetchLimits())

    @cached_property
    def parser(self) -> "PooledParser":
        """Child processes that read bodies."""
        from bot.feeds.parser import ParseLimits, PooledParser

        parser = PooledParser(ParseLimits(), self._clock)
        self._stack.push_async_callback(parser.close)
        return parser

    @cached_property
    def watch(self) -> "FeedWatch":
        """Who tells a feed's people that it broke, and that it is back."""
        from bot.pipeline.watch import FeedWatch, Wardens

        behaviour = self._settings.behaviour
        return FeedWatch(
            Wardens(places=behaviour.feeds_notices, zone=behaviour.zone, locale=behaviour.locale)
        )

    @cached_property
    def unfold(self) -> "Unfold":
        """Puts the acts of a gazette's issue in its place."""
        from bot.feeds.issues import Issues

        return Issues(self.fetcher, self.parser, self._clock).unfold

    def reconciliation(self, store: "Store", ingest: "Ingest") -> "Reconciliation":
        """Return what looks for documents that the polls missed."""
        from bot.feeds.listing import FederalRegisterListing
        from bot.pipeline.reconcile import Reconciliation

        listing = FederalRegisterListing(self.fetcher, self.parser)
        return Reconciliation(store=store, listing=listing, ingest=ingest, clock=self._clock)

    def guard(self, url: str) -> None:
        """Raise BlockedAddressError for an address that is refused by what is written in it."""
        Guard(self._settings.env.allow_hosts).check(URL(url))

    async def look(self, url: str) -> "Checked | WebPage":
        """Look at an address, as `FeedCheck.look` does."""
        return await self._check.look(url)

    @cached_property
    def _check(self) -> "FeedCheck":
        from bot.services.feed_check import FeedCheck

        return FeedCheck(self.fetcher, self.parser, self._clock)
