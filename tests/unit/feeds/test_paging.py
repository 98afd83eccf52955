"""Further pages of the Federal Register."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

from bot.domain.feed import Feed, FeedKind, FeedSpec, Validators
from bot.domain.health import Backlog
from bot.domain.ids import FeedId
from bot.domain.polling import Fetched, Outcome
from bot.feeds.paging import with_pages

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
BASE = "https://www.federalregister.gov/api/v1/documents.json?page="
URL = f"{BASE}1"
KEPT = Validators(etag='"first"')


def a_feed(days_ago: int | None, kind: FeedKind = FeedKind.FEDERAL_REGISTER) -> Feed:
    spec = FeedSpec(key="fr", name="Federal Register", url=URL, kind=kind)
    last = None if days_ago is None else NOW - timedelta(days=days_ago)
    return Feed(
        id=FeedId(1),
        spec=spec,
        next_poll_at=NOW,
        interval=120,
        last_success_at=last,
        validators=KEPT,
    )


def page(number: int, *, last: bool = False, count: int = 99) -> bytes:
    """Two documents of one day; each page is a day older than the one before."""
    day = (date(2026, 11, 21) - timedelta(days=number)).isoformat()
    results = [{"document_number": f"{number}-{n}", "publication_date": day} for n in (1, 2)]
    following = {} if last else {"next_page_url": f"/api/v1/documents.json?page={number + 1}"}
    return json.dumps({"count": count, "results": results, **following}).encode()


def answer(body: bytes) -> Fetched:
    return Fetched(outcome=Outcome.ENTRIES, url=URL, status=200, body=body, validators=KEPT)


class Pages:
    """Answers each page by its number, and remembers who asked."""

    def __init__(
        self,
        last: int = 99,
        broken: int = 0,
        count: int = 99,
        outcome: Outcome = Outcome.ERROR,
    ) -> None:
        self.last, self.broken, self.count, self.outcome = last, broken, count, outcome
        self.asked: list[Feed] = []
        self.first: Fetched | None = None

    @property
    def numbers(self) -> list[int]:
        return [int(feed.spec.url.rpartition("=")[2]) for feed in self.asked]

    async def fetch(self, feed: Feed) -> Fetched:
        self.asked.append(feed)
        number = int(feed.spec.url.rpartition("=")[2])
        if number == 1 and self.first is not None:
            return self.first
        if number == self.broken:
            return Fetched(outcome=self.outcome, url=feed.spec.url, error="down", retry_after=60)
        return answer(page(number, last=number == self.last, count=self.count))


def documents(fetched: Fetched) -> list[str]:
    return [one["document_number"] for one in json.loads(fetched.body)["results"]]


async def read(feed: Feed, pages: Pages, most: int = 5_000_000) -> Fetched:
    return await with_pages(feed, pages.fetch, most_bytes=most)


async def test_one_page_is_enough_most_of_the_time() -> None:
    """Polled today, or never before, or another source: the first page stands as it came."""
    for feed in (a_feed(0), a_feed(None), a_feed(9, FeedKind.FEED)):
        pages = Pages()
        fetched = await read(feed, pages)
        assert (fetched.body, pages.numbers, fetched.backlog) == (page(1), [1], None)
        assert pages.asked[0].validators == KEPT


async def test_after_a_silence_the_pages_reach_back_to_the_last_poll() -> None:
    """Nothing that came in between is missed, and no page more than needed is asked for."""
    pages = Pages()
    fetched = await read(a_feed(3), pages)
    assert pages.numbers == [1, 2, 3, 4]
    assert len(documents(fetched)) == 8
    assert (fetched.validators, fetched.backlog, fetched.warnings) == (KEPT, None, ())
    assert all(feed.validators == Validators() for feed in pages.asked[1:])


async def test_the_last_page_ends_it() -> None:
    """Where no further page is named, none is asked for, and nothing is left."""
    fetched = await read(a_feed(90), Pages(last=3))
    assert (len(documents(fetched)), fetched.backlog, fetched.warnings) == (6, None, ())


async def test_the_window_of_the_service_is_named() -> None:
    """A list that ends at the service's limit says so: pages do not reach what lies behind it."""
    fetched = await read(a_feed(90), Pages(last=3, count=2_500))
    assert fetched.backlog is None
    assert "daily comparison" in fetched.warnings[0]


async def test_what_ten_pages_do_not_hold_is_left_for_the_next_poll() -> None:
    """The cut is visible, and no validators are offered, so that the next poll goes on."""
    fetched = await read(a_feed(30), Pages())
    assert len(documents(fetched)) == 20
    assert fetched.backlog == Backlog(url=f"{BASE}11", since=NOW - timedelta(days=31))
    assert fetched.validators == Validators()
    assert "next poll goes on" in fetched.warnings[0]


async def test_polls_go_on_until_nothing_is_left() -> None:
    """Thirty pages are read in a few polls, each of them once, while the newest are looked at too."""
    feed, seen = a_feed(30), []
    for _ in range(6):
        pages = Pages()
        fetched = await read(feed, pages)
        assert len(pages.numbers) <= 10
        seen += documents(fetched)
        feed = replace(feed, backlog=fetched.backlog, last_success_at=NOW)
        if fetched.backlog is None:
            break
    assert set(seen) == {f"{number}-{n}" for number in range(1, 32) for n in (1, 2)}
    assert fetched.validators == KEPT


async def test_a_backlog_waits_for_no_change() -> None:
    """While pages are left the request is unconditional: a 304 would leave them for ever."""
    pages = Pages(last=12)
    left = Backlog(url=f"{BASE}11", since=NOW - timedelta(days=31))
    fetched = await read(replace(a_feed(0), backlog=left), pages)
    assert pages.numbers == [1, 11, 12]
    assert pages.asked[0].validators == Validators()
    assert (len(documents(fetched)), fetched.backlog) == (6, None)


async def test_too_many_bytes_end_a_poll_but_not_the_reading() -> None:
    """Pages beyond the limit are left for the next poll; one further page is always read."""
    most = len(page(1)) * 2 + 20
    fetched = await read(a_feed(90), Pages(), most)
    assert (len(documents(fetched)), fetched.backlog is not None) == (4, True)
    assert len(documents(await read(a_feed(90), Pages(), len(page(1))))) == 4


async def test_a_second_silence_keeps_the_first_backlog() -> None:
    """Where even what is new does not fit, what is left reaches as far back as before."""
    left = Backlog(url=f"{BASE}15", since=NOW - timedelta(days=90))
    fetched = await read(replace(a_feed(30), backlog=left), Pages())
    assert fetched.backlog == Backlog(url=f"{BASE}11", since=left.since)


async def test_a_page_that_fails_fails_the_poll() -> None:
    """Otherwise its documents would be taken for seen."""
    fetched = await read(a_feed(9), Pages(broken=3))
    assert fetched.outcome is Outcome.ERROR
    assert (fetched.url, fetched.error, fetched.retry_after) == (URL, "down", 60)
    left = Backlog(url=f"{BASE}11", since=NOW - timedelta(days=31))
    fetched = await read(replace(a_feed(0), backlog=left), Pages(broken=11))
    assert fetched.outcome is Outcome.ERROR


async def test_a_page_that_is_gone_does_not_end_the_feed() -> None:
    """410 for a further page is a failure to be tried again: the feed itself answered."""
    fetched = await read(a_feed(9), Pages(broken=3, outcome=Outcome.GONE))
    assert (fetched.outcome, fetched.error) == (Outcome.ERROR, "down")


async def test_what_is_no_page_is_left_alone() -> None:
    """Errors, broken JSON and odd shapes are the parser's business."""
    pages = Pages()
    for body in (b"<html>", b"[" * 100_000, b"[]", b'{"results": 4}', b'{"results": [4, {}]}'):
        pages.first = answer(body)
        assert (await read(a_feed(9), pages, 99)).body == body
    pages.first = replace(answer(b""), outcome=Outcome.ERROR)
    assert await read(a_feed(9), pages, 99) is pages.first
    assert set(pages.numbers) == {1}
