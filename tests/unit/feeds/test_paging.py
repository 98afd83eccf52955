"""Further pages of the Federal Register."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.domain.feed import Feed, FeedKind, FeedSpec, Validators
from bot.domain.ids import FeedId
from bot.domain.polling import Fetched, Outcome
from bot.feeds.paging import with_pages

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
URL = "https://www.federalregister.gov/api/v1/documents.json?page=1"
KEPT = Validators(etag='"first"')


def a_feed(days_ago: int | None, kind: FeedKind = FeedKind.FEDERAL_REGISTER) -> Feed:
    spec = FeedSpec(key="fr", name="Federal Register", url=URL, kind=kind)
    last = None if days_ago is None else NOW - timedelta(days=days_ago)
    return Feed(id=FeedId(1), spec=spec, next_poll_at=NOW, interval=120, last_success_at=last)


def page(number: int, *, last: bool = False) -> bytes:
    """Two documents of one day; each page is a day older than the one before."""
    day = (date(2026, 11, 21) - timedelta(days=number)).isoformat()
    results = [{"document_number": f"{number}-{n}", "publication_date": day} for n in (1, 2)]
    following = {} if last else {"next_page_url": f"/api/v1/documents.json?page={number + 1}"}
    return json.dumps({"count": 99, "results": results, **following}).encode()


def answer(body: bytes) -> Fetched:
    return Fetched(outcome=Outcome.ENTRIES, url=URL, status=200, body=body, validators=KEPT)


class Pages:
    """Answers each page by its number, and remembers who asked."""

    def __init__(self, last: int = 99, broken: int = 0) -> None:
        self.last, self.broken = last, broken
        self.asked: list[Feed] = []

    async def fetch(self, feed: Feed) -> Fetched:
        self.asked.append(feed)
        number = int(feed.spec.url.rpartition("=")[2])
        if number == self.broken:
            return Fetched(outcome=Outcome.ERROR, url=feed.spec.url, error="down", retry_after=60)
        return answer(page(number, last=number == self.last))


async def numbers(feed: Feed, pages: Pages, most: int = 5_000_000) -> tuple[Fetched, int]:
    fetched = await with_pages(feed, answer(page(1)), pages.fetch, most_bytes=most)
    return fetched, len(json.loads(fetched.body)["results"]) if fetched.body else 0


async def test_one_page_is_enough_most_of_the_time() -> None:
    """Polled today, or never before, or another source: the first page stands as it came."""
    for feed in (a_feed(0), a_feed(None), a_feed(9, FeedKind.FEED)):
        pages = Pages()
        fetched, count = await numbers(feed, pages)
        assert (fetched.body, count, pages.asked) == (page(1), 2, [])


async def test_after_a_silence_the_pages_reach_back_to_the_last_poll() -> None:
    """Nothing that came in between is missed, and no page more than needed is asked for."""
    pages = Pages()
    fetched, count = await numbers(a_feed(3), pages)
    assert [feed.spec.url.rpartition("=")[2] for feed in pages.asked] == ["2", "3", "4"]
    assert count == 8
    assert fetched.validators == KEPT
    assert all(feed.validators == Validators() for feed in pages.asked)


async def test_the_last_page_ends_it() -> None:
    """Where no further page is named, none is asked for; nor more than ten, or too many bytes."""
    assert (await numbers(a_feed(90), Pages(last=3)))[1] == 6
    assert (await numbers(a_feed(90), Pages()))[1] == 20
    assert (await numbers(a_feed(90), Pages(), most=len(page(1)) * 2 + 20))[1] == 4


async def test_a_page_that_fails_fails_the_poll() -> None:
    """Otherwise its documents would be taken for seen."""
    fetched, _ = await numbers(a_feed(9), Pages(broken=3))
    assert fetched.outcome is Outcome.ERROR
    assert (fetched.url, fetched.error, fetched.retry_after) == (URL, "down", 60)


async def test_what_is_no_page_is_left_alone() -> None:
    """Errors, broken JSON and odd shapes are the parser's business."""
    pages = Pages()
    for body in (b"<html>", b"[" * 100_000, b"[]", b'{"results": 4}', b'{"results": [4, {}]}'):
        fetched = answer(body)
        assert await with_pages(a_feed(9), fetched, pages.fetch, most_bytes=99) is fetched
    failed = replace(answer(b""), outcome=Outcome.ERROR)
    assert await with_pages(a_feed(9), failed, pages.fetch, most_bytes=99) is failed
    assert pages.asked == []
