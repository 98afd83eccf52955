"""One polite, conditional request for a feed, redirects followed by hand.

    turn at the host ──► guarded hop ──► redirect? ──► status ──► body within limits ──► hash

Every failure is an outcome; nothing is raised.
"""

import asyncio
import hashlib
from collections.abc import Mapping
from contextlib import AbstractAsyncContextManager
from dataclasses import dataclass, replace
from functools import partial
from typing import Protocol

import aiohttp
from yarl import URL

from bot.domain.feed import Feed
from bot.domain.polling import Fetched, Outcome
from bot.errors import BlockedAddressError, FetchError
from bot.feeds import answers
from bot.feeds.body import accepted_encodings, decode_body, read_body
from bot.feeds.gate import Gate
from bot.feeds.pace import Pace
from bot.feeds.paging import with_pages
from bot.ports.outside import Clock, Slot


class Web(Protocol):
    """The guarded way out (`bot/net/session.py`): one request, no redirect followed."""

    def get(
        self, url: URL, headers: Mapping[str, str]
    ) -> AbstractAsyncContextManager[aiohttp.ClientResponse]:
        """Make one request. Raises BlockedAddressError, or what aiohttp raises."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class FetchLimits:
    """What one fetch may cost."""

    max_body: int = 5_000_000
    """Bytes, both on the wire and decoded."""
    total_seconds: float = 30
    """Wall time of all hops together; waiting for a turn at a host does not count."""
    max_redirects: int = 5
    max_url: int = 8_000
    """Characters of an address that is redirected to."""


@dataclass(slots=True)
class _Way:
    """Where a fetch stands: the address of the next hop, and how it came there."""

    url: URL
    seconds: float
    pace: Pace
    hops: int = 0
    permanent: bool = True
    conditional: bool = False
    """Whether the request of this hop asks only for what changed."""
    status: int | None = None
    """What this hop was answered with, where an answer began."""

    @property
    def moved_to(self) -> str | None:
        return str(self.url) if self.hops and self.permanent else None


class HttpFetcher:
    """Fetches feeds over HTTP. Implements the port `Fetcher`."""

    def __init__(self, web: Web, gate: Gate, clock: Clock, limits: FetchLimits) -> None:
        self._web = web
        self._gate = gate
        self._clock = clock
        self._limits = limits

    async def fetch(self, feed: Feed, slot: Slot | None = None) -> Fetched:
        """Make one polite, conditional request; every failure is an outcome, nothing is raised.

        A source that pages its answers is asked for the pages that are needed. `slot` is lent while
        little has come of the answer.
        """
        if not feed.spec.url:
            return Fetched(
                outcome=Outcome.ERROR,
                url="",
                error="The feed's address cannot be opened: BOT_SECRET_KEYS lacks the key it was sealed "
                "with. Put the key back, or remove the feed and add it again.",
            )
        fetch = partial(self._one, slot=slot)
        return await with_pages(feed, fetch, most_bytes=self._limits.max_body)

    async def _one(self, feed: Feed, *, slot: Slot | None) -> Fetched:
        url = feed.spec.url
        status: int | None = None
        try:
            way = _Way(URL(url), self._limits.total_seconds, Pace(slot))
            try:
                return await self._follow(feed, way)
            finally:
                status = way.status
        except BlockedAddressError as error:
            return Fetched(outcome=Outcome.BLOCKED, url=url, error=str(error))
        except FetchError as error:
            return Fetched(outcome=Outcome.ERROR, url=url, status=status, error=str(error))
        except (aiohttp.ClientError, OSError, ValueError) as error:
            words = answers.in_words(error, self._limits.total_seconds)
            return Fetched(outcome=Outcome.ERROR, url=url, status=status, error=words)

    async def _follow(self, feed: Feed, way: _Way) -> Fetched:
        clock = asyncio.get_running_loop().time
        while True:
            headers = answers.request_headers(feed, way.url, accepted_encodings())
            way.conditional, way.status = answers.is_conditional(headers), None
            way.pace.lend()
            async with self._gate.turn(str(way.url)):
                started = clock()
                async with (
                    asyncio.timeout(way.seconds) as way.pace.limit,
                    self._web.get(way.url, headers) as response,
                ):
                    way.status = response.status
                    if response.status not in answers.REDIRECTS:
                        return await self._answer(feed, way, response)
                    self._redirect(way, response)
                way.seconds -= clock() - started

    def _redirect(self, way: _Way, response: aiohttp.ClientResponse) -> None:
        """Take one hop. Raises FetchError where it leads nowhere."""
        location = response.headers.get("Location", "")
        if not location or len(location) > self._limits.max_url:
            raise FetchError("The server redirects, but not to an address.")
        way.hops += 1
        if way.hops > self._limits.max_redirects:
            raise FetchError(f"The server redirects more than {self._limits.max_redirects} times.")
        way.permanent = way.permanent and response.status in answers.PERMANENT_REDIRECTS
        way.url = _target(way.url, location)

    async def _answer(self, feed: Feed, way: _Way, response: aiohttp.ClientResponse) -> Fetched:
        url, now = str(way.url), self._clock.now()
        if response.status == 304:
            return self._not_modified(feed, way, response)
        if response.status not in {200, 203}:
            return answers.refused(url, response.status, response.headers, now)
        limit = self._limits.max_body
        wire = await read_body(
            response.content.iter_any(),
            announced=response.content_length,
            limit=limit,
            grown=way.pace.back,
        )
        await way.pace.back()
        body = decode_body(wire, response.headers.get("Content-Encoding", ""), limit=limit)
        if not body.strip():
            raise FetchError("The answer is empty.")
        digest = hashlib.sha256(body).hexdigest()
        fetched = Fetched(
            outcome=Outcome.ENTRIES,
            url=url,
            status=response.status,
            body=body,
            content_type=response.headers.get("Content-Type", ""),
            validators=answers.validators(response.headers, digest, way.url),
            fresh_for=answers.freshness(response.headers, now),
            moved_to=way.moved_to,
        )
        if digest == feed.validators.body_hash:
            return replace(fetched, outcome=Outcome.NOT_MODIFIED, body=b"")
        return fetched

    def _not_modified(self, feed: Feed, way: _Way, response: aiohttp.ClientResponse) -> Fetched:
        if not way.conditional:
            raise FetchError("The server says nothing changed, but was not asked that (304).")
        return Fetched(
            outcome=Outcome.NOT_MODIFIED,
            url=str(way.url),
            status=response.status,
            validators=feed.validators,
            fresh_for=answers.freshness(response.headers, self._clock.now()),
            moved_to=way.moved_to,
        )


def _target(url: URL, location: str) -> URL:
    """Return where a redirect leads. User info goes along only within the same server."""
    target = url.join(URL(location)).with_fragment(None)
    if target.scheme not in {"http", "https"} or not target.raw_host:
        raise BlockedAddressError("The server redirects to something that is no web address.")
    bare = target.with_user(None)
    if url.user is not None and target.origin() == url.origin():
        return bare.with_user(url.user).with_password(url.password)
    return bare
