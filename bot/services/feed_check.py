"""What is at an address: a feed, told in plain facts, or a page that names feeds.

address ──► guarded fetch ──► parse ─┬─► a feed: what it holds, how it speaks, what is odd
└─► a page: the feeds it names; no address is guessed
"""

import asyncio
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from bot.domain.entry import Entry
from bot.domain.feed import Feed, FeedSpec, display_url
from bot.domain.ids import FeedId
from bot.domain.polling import Fetched, Outcome, ParsedFeed
from bot.errors import ParseError, WebPageError
from bot.ports import Clock, Fetcher, Parser
from bot.reading.language import detect
from bot.services import feed_addresses
from bot.services.feed_refusals import FeedFailedError, FeedRefusedError, Refusal

AT_ONCE = 4
"""Addresses looked at side by side: whoever may ask must not turn the bot on somebody's server."""

_SAMPLE = 20
"""Entries whose language is looked at."""
_OLD = timedelta(days=60)
"""A feed whose newest entry is older is probably given up."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedLink:
    """A feed that a page names."""

    url: str
    title: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WebPage:
    """A web page that names several feeds, best first."""

    links: tuple[FeedLink, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A feed that answered."""

    url: str
    """Its full address, which may hold secrets: show `display_url`."""
    answered: str = ""
    """The address that answered in the end, after redirects; as secret as `url`."""
    page: str | None = None
    """The page that named it, where a person gave that one's address."""
    title: str
    format: str
    entries: int
    newest: datetime | None
    """The latest date of an entry; None where none has a date."""
    lang: str
    """en, es, fr or other: what its entries seem to be in."""
    cadence: float | None
    """Seconds: the usual pause between entries; None where their dates do not tell."""
    odd: tuple["Oddity", ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Oddity:
    """Something to know before adding the feed."""

    what: str
    """``undated``, ``old``, ``moved``, ``language``, or ``other`` with its own `text`."""
    text: str = ""
    moment: datetime | None = None


class FeedCheck:
    """Looks at addresses, a few at a time."""

    def __init__(self, fetcher: Fetcher, parser: Parser, clock: Clock) -> None:
        self._fetcher = fetcher
        self._parser = parser
        self._clock = clock
        self._turns = asyncio.Semaphore(AT_ONCE)

    async def look(self, url: str) -> Checked | WebPage:
        """Return what is there; a page that names exactly one feed is followed to it.

        Raises FeedRefusedError for an address that is refused, FeedFailedError where there is no
        feed.
        """
        async with self._turns:
            found = await self._one(url)
            if not isinstance(found, WebPage) or len(found.links) != 1:
                return found
            named = await self._one(found.links[0].url)
        if isinstance(named, WebPage):
            raise FeedFailedError(Refusal.NO_LINK)
        return replace(named, page=display_url(url))

    async def _one(self, url: str) -> Checked | WebPage:
        now = self._clock.now()
        spec = FeedSpec(key="check", name="", url=url, lang="", kind=feed_addresses.kind_of(url))
        feed = Feed(id=FeedId(0), spec=spec, next_poll_at=now, interval=0)
        fetched = await self._fetcher.fetch(feed)
        if fetched.outcome is Outcome.BLOCKED:
            raise FeedRefusedError(Refusal.BLOCKED, reason=fetched.error or "")
        if fetched.outcome is not Outcome.ENTRIES:
            raise FeedFailedError(Refusal.FAILED, reason=fetched.error or "it is empty.")
        try:
            parsed = await self._parser.parse(
                fetched.body,
                spec=spec,
                content_type=fetched.content_type,
                url=fetched.url,
                seen=frozenset(),
            )
        except WebPageError as page:
            if not page.links:
                raise FeedFailedError(Refusal.NO_LINK) from None
            links = tuple(FeedLink(url=link, title=title) for link, title in page.links)
            return WebPage(links=links)
        except ParseError as error:
            raise FeedFailedError(Refusal.FAILED, reason=str(error)) from None
        return describe(url, fetched, parsed, now)


def describe(url: str, fetched: Fetched, parsed: ParsedFeed, now: datetime) -> Checked:
    """Return what a feed's body tells of the feed."""
    entries = parsed.entries
    dates = sorted((entry.published for entry in entries if entry.published), reverse=True)
    lang = language(entries)
    return Checked(
        url=url,
        answered=fetched.url,
        title=parsed.title,
        format=parsed.format,
        entries=parsed.total,
        newest=dates[0] if dates else None,
        lang=lang,
        cadence=usual_pause(dates),
        odd=tuple(_oddities(fetched, parsed, dates, lang, now)),
    )


def language(entries: Sequence[Entry]) -> str:
    """Return the language most of the first entries are in: en, es, fr or other."""
    found = Counter(
        detect(entry.title, entry.summary or entry.content, None).value
        for entry in entries[:_SAMPLE]
    )
    best = max(("en", "es", "fr"), key=lambda lang: found[lang])
    return best if found[best] * 2 >= min(len(entries), _SAMPLE) and found[best] else "other"


def usual_pause(dates: Sequence[datetime]) -> float | None:
    """Return the median of the pauses between dates (latest first), in seconds.

    None for fewer than three dates, or where all were written at once.
    """
    pauses = [(a - b).total_seconds() for a, b in pairwise(dates)]
    if len(pauses) < 2:
        return None
    return median(pauses) or ((dates[0] - dates[-1]).total_seconds() / len(pauses)) or None


def _oddities(
    fetched: Fetched,
    parsed: ParsedFeed,
    dates: Sequence[datetime],
    lang: str,
    now: datetime,
) -> list[Oddity]:
    odd = [Oddity(what="other", text=warning) for warning in parsed.warnings]
    if fetched.moved_to is not None:
        odd.append(Oddity(what="moved", text=display_url(fetched.moved_to)))
    if parsed.entries and not dates:
        odd.append(Oddity(what="undated"))
    if dates and now - dates[0] > _OLD:
        odd.append(Oddity(what="old", moment=dates[0]))
    if parsed.entries and lang == "other":
        odd.append(Oddity(what="language"))
    return odd
