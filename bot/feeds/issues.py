"""Puts the acts of a gazette's issue in place of the issue, which says nothing by itself.

    issue ─► its page, once, through the same guard and the same killable parser ─► acts

A page that cannot be read is tried again with later polls, ever more seldom; after two days the
issue stands for its acts, so that nothing is lost for good.
"""

from collections import OrderedDict
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from urllib.parse import urlsplit

from bot.domain.entry import Entry
from bot.domain.feed import Feed, FeedKind, Validators
from bot.domain.polling import Outcome, ParsedFeed
from bot.errors import FetchError
from bot.feeds import gazette_issue
from bot.feeds.canada_gazette import ISSUE
from bot.ports import Clock, Fetcher, Parser

_RECENT = timedelta(days=14)
"""Older issues, of which a feed shows hundreds, are no news: they stay whole."""
_GIVE_UP = timedelta(days=2)
_MOST_PAGES = 6
"""Pages asked for in one poll."""
_FIRST_WAIT = timedelta(minutes=10)
_REMEMBERED = 50
_AGAIN = "The page of an issue could not be read; it is tried again."
_WHOLE = "The page of an issue could not be read; the issue stands for its acts."


@dataclass(slots=True)
class _Try:
    """What is known of an issue's page."""

    failures: int = 0
    not_before: datetime | None = None
    acts: tuple[Entry, ...] = ()


class Issues:
    """Unfolds issues of the Canada Gazette. Other feeds come back as they are."""

    def __init__(self, fetcher: Fetcher, parser: Parser, clock: Clock) -> None:
        self._fetcher = fetcher
        self._parser = parser
        self._clock = clock
        self._tries: OrderedDict[str, _Try] = OrderedDict()

    async def unfold(self, feed: Feed, parsed: ParsedFeed) -> ParsedFeed:
        """Return the feed with acts in place of its recent issues.

        Where a page is to be tried again, the body counts as incomplete: neither its marks nor its
        validators are stored, so that the next poll sees the issue again.
        """
        if feed.spec.kind is not FeedKind.CANADA_GAZETTE:
            return parsed
        entries: list[Entry] = []
        warnings: list[str] = []
        pages, again = 0, False
        for entry in parsed.entries:
            if not self._is_recent_issue(feed, entry) or pages >= _MOST_PAGES:
                entries.append(entry)
                continue
            pages += 1
            acts = await self._acts(feed, entry)
            if acts:
                entries.extend(acts)
            elif self._is_given_up(entry):
                entries.append(entry)
                warnings.append(_WHOLE)
            else:
                again = True
        if again:
            warnings.append(_AGAIN)
            parsed = replace(parsed, marks=frozenset(), complete=False)
        return replace(
            parsed, entries=tuple(entries), warnings=(*parsed.warnings, *dict.fromkeys(warnings))
        )

    def _is_recent_issue(self, feed: Feed, entry: Entry) -> bool:
        """Whether an entry is an issue on its feed's own server, new enough to be news."""
        if entry.url is None or entry.published is None or entry.stated is None:
            return False
        recent = self._clock.now() - entry.published <= _RECENT
        same = urlsplit(entry.url).netloc == urlsplit(feed.spec.url).netloc
        return recent and same and entry.stated.document_type == ISSUE

    def _is_given_up(self, entry: Entry) -> bool:
        return entry.published is None or self._clock.now() - entry.published > _GIVE_UP

    async def _acts(self, feed: Feed, issue: Entry) -> tuple[Entry, ...]:
        url = issue.url or ""
        known = self._tries.setdefault(url, _Try())
        self._tries.move_to_end(url)
        if len(self._tries) > _REMEMBERED:
            self._tries.popitem(last=False)
        now = self._clock.now()
        if known.acts or (known.not_before is not None and now < known.not_before):
            return known.acts
        found, asked = await self._read(feed, url)
        if found:
            known.acts = tuple(gazette_issue.issued(act, issue) for act in found)
        else:
            wait = max(_FIRST_WAIT * 2**known.failures, timedelta(seconds=asked or 0))
            known.failures += 1
            known.not_before = now + wait
        return known.acts

    async def _read(self, feed: Feed, url: str) -> tuple[tuple[Entry, ...], float | None]:
        """Return the acts of a page, none where it cannot be read, and how long to stay away."""
        spec = replace(feed.spec, url=url)
        page = replace(feed, spec=spec, validators=Validators(), backlog=None)
        fetched = await self._fetcher.fetch(page)
        if fetched.outcome is not Outcome.ENTRIES:
            return (), fetched.retry_after
        try:
            parsed = await self._parser.parse(
                fetched.body,
                spec=spec,
                content_type=fetched.content_type,
                url=fetched.url,
                seen=frozenset(),
            )
        except FetchError:
            return (), None
        return parsed.entries, None
