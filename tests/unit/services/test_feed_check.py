"""What a person is told of an address before its feed is added."""

from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.entry import Entry
from bot.domain.feed import Feed, FeedSpec
from bot.domain.polling import Fetched, Outcome, ParsedFeed
from bot.errors import ParseError, WebPageError
from bot.services.feed_check import Checked, FeedCheck, WebPage, language, usual_pause
from bot.services.feed_refusals import FeedFailedError, FeedRefusedError, Refusal

NOW = datetime(2026, 11, 20, 12, 0, tzinfo=UTC)
URL = "https://example.com/page?token=x"


class Clock:
    def now(self) -> datetime:
        return NOW


@dataclass
class Web:
    """Answers each address with what it was given, as fetcher and as parser."""

    found: dict[str, ParsedFeed | ParseError | Fetched]
    asked: list[str] = field(default_factory=list)

    async def fetch(self, feed: Feed) -> Fetched:
        self.asked.append(feed.spec.url)
        answer = self.found[feed.spec.url]
        if isinstance(answer, Fetched):
            return answer
        return Fetched(outcome=Outcome.ENTRIES, url=feed.spec.url, status=200, body=b"x")

    async def parse(
        self, body: bytes, *, spec: FeedSpec, content_type: str, url: str, seen: frozenset[str]
    ) -> ParsedFeed:
        answer = self.found[spec.url]
        if isinstance(answer, ParseError):
            raise answer
        assert isinstance(answer, ParsedFeed)
        return answer


def entries(count: int, *, every: timedelta = timedelta(hours=3), first: datetime = NOW):
    return tuple(
        Entry(
            guid=str(number),
            title=f"The customs office has a notice for the trade, part {number}",
            published=first - every * number,
        )
        for number in range(count)
    )


def parsed(*found: Entry, **fields: object) -> ParsedFeed:
    known = {"title": "Border Ledger", "format": "RSS 2.0", "entries": found, "total": len(found)}
    return ParsedFeed(**(known | fields))


async def look(found: dict, url: str = URL) -> Checked | WebPage:
    web = Web(found)
    return await FeedCheck(web, web, Clock()).look(url)


async def test_a_feed_is_told_in_facts() -> None:
    """Title, format, how many, the newest, the language and the usual pause."""
    found = await look({URL: parsed(*entries(5))})
    assert isinstance(found, Checked)
    assert (found.title, found.format, found.entries) == ("Border Ledger", "RSS 2.0", 5)
    assert (found.newest, found.lang, found.cadence) == (NOW, "en", 3 * 3_600)
    assert (found.odd, found.page, found.url) == ((), None, URL)


async def test_what_is_odd_is_told() -> None:
    """Warnings, a move, missing dates, a feed given up, and another language."""
    bare = tuple(Entry(guid=str(n), title="Zollamt und die Abgabe der Ware") for n in range(3))
    moved = Fetched(
        outcome=Outcome.ENTRIES, url="u", body=b"x", moved_to="https://new.example/f?k=1"
    )

    class Moved(Web):
        async def fetch(self, feed: Feed) -> Fetched:
            return moved

    web = Moved({URL: parsed(*bare, warnings=("The answer broke off.",))})
    found = await FeedCheck(web, web, Clock()).look(URL)
    assert isinstance(found, Checked)
    assert [odd.what for odd in found.odd] == ["other", "moved", "undated", "language"]
    assert found.odd[1].text == "https://new.example/f"
    old = await look({URL: parsed(*entries(3, first=NOW - timedelta(days=90)))})
    assert isinstance(old, Checked)
    assert [odd.what for odd in old.odd] == ["old"]


async def test_a_page_with_one_feed_leads_to_it() -> None:
    """The feed is told, and that the page named it, without the page's query."""
    feed = "https://example.com/rss"
    page = WebPageError("a page", ((feed, "Main"),))
    found = await look({URL: page, feed: parsed(*entries(2))})
    assert isinstance(found, Checked)
    assert (found.url, found.page) == (feed, "https://example.com/page")


async def test_a_page_with_several_feeds_lets_the_person_choose() -> None:
    """None of them is asked."""
    page = WebPageError("a page", (("https://example.com/1", "A"), ("https://example.com/2", "")))
    web = Web({URL: page})
    found = await FeedCheck(web, web, Clock()).look(URL)
    assert isinstance(found, WebPage)
    assert [link.title for link in found.links] == ["A", ""]
    assert web.asked == [URL]


@pytest.mark.parametrize(
    ("answer", "refusal"),
    [
        (WebPageError("a page"), Refusal.NO_LINK),
        (WebPageError("a page", ((URL, "itself"),)), Refusal.NO_LINK),
        (ParseError("The answer is no feed."), Refusal.FAILED),
        (Fetched(outcome=Outcome.ERROR, url=URL, error="no name (DNS)"), Refusal.FAILED),
        (Fetched(outcome=Outcome.GONE, url=URL, status=410), Refusal.FAILED),
    ],
)
async def test_no_feed_is_a_plain_reason(answer: object, refusal: Refusal) -> None:
    """No path is guessed; a page that names a page is no feed either."""
    with pytest.raises(FeedFailedError) as caught:
        await look({URL: answer})
    assert caught.value.refusal is refusal


async def test_an_address_that_leads_into_a_private_network_is_refused() -> None:
    """That is the address's fault, not the feed's: it counts as wrong usage."""
    blocked = Fetched(outcome=Outcome.BLOCKED, url=URL, error="It is refused: this machine.")
    with pytest.raises(FeedRefusedError, match="this machine"):
        await look({URL: blocked})


def test_the_language_is_what_most_entries_are_in() -> None:
    """Half of them must agree; without entries nobody knows."""
    spanish = tuple(
        Entry(guid=str(n), title="El arancel de las autopartes y la revisión del tratado")
        for n in range(3)
    )
    assert language(spanish) == "es"
    assert language((*spanish, *entries(1))) == "es"
    assert language(()) == "other"


def test_the_usual_pause_is_the_middle_one() -> None:
    """One long silence does not hide a rhythm; dates written at once tell the mean."""
    hours = [NOW - timedelta(hours=h) for h in (0, 1, 2, 50)]
    assert usual_pause(hours) == 3_600
    assert usual_pause(hours[:2]) is None
    assert usual_pause([NOW, NOW, NOW, NOW - timedelta(hours=3)]) == 3_600
    assert usual_pause([NOW, NOW, NOW]) is None
