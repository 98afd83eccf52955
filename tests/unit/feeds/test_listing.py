"""What the Federal Register says it published, for the daily comparison."""

import json
from dataclasses import replace
from datetime import UTC, date, datetime
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.domain.feed import Feed, FeedKind, FeedSpec, Validators
from bot.domain.ids import FeedId
from bot.domain.polling import Fetched, Outcome, ParsedFeed
from bot.errors import FetchError, ParseError
from bot.feeds.documents import DocumentLimits, Job, read_document
from bot.feeds.listing import FederalRegisterListing, listing_url

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
SINCE = date(2026, 11, 14)
SITE = "https://www.federalregister.gov/api/v1"
FEED = Feed(
    id=FeedId(1),
    spec=FeedSpec(
        key="fr",
        name="Federal Register",
        url=f"{SITE}/documents.json?conditions[agencies][]=sample-agency&order=oldest&per_page=50"
        "&page=2&conditions[publication_date][is]=2026-01-01&fields[]=title&fields[]=dates",
        kind=FeedKind.FEDERAL_REGISTER,
    ),
    next_poll_at=NOW,
    interval=120,
    last_success_at=NOW,
    validators=Validators(etag='"x"'),
)


class Web:
    """Pages by number, and a parser without a child."""

    def __init__(self, *pages: bytes | Fetched) -> None:
        self.pages = pages
        self.asked: list[Feed] = []

    async def fetch(self, feed: Feed) -> Fetched:
        self.asked.append(feed)
        page = self.pages[min(len(self.asked), len(self.pages)) - 1]
        if isinstance(page, Fetched):
            return page
        return Fetched(outcome=Outcome.ENTRIES, url=feed.spec.url, status=200, body=page)

    async def parse(
        self, body: bytes, *, spec: FeedSpec, content_type: str, url: str, seen: frozenset[str]
    ) -> ParsedFeed:
        job = Job(body=body, spec=spec, content_type=content_type, url=url, seen=seen)
        return read_document(job, DocumentLimits())


def page(*numbers: str, following: str | None = None) -> bytes:
    results = [{"document_number": number, "title": f"Notice {number}"} for number in numbers]
    return json.dumps({"count": 9, "results": results, "next_page_url": following}).encode()


def test_the_search_is_the_feeds_own_by_days() -> None:
    """Its conditions and fields stay; order, pages and days are the comparison's."""
    address = listing_url(FEED, SINCE)
    assert address is not None
    query = parse_qs(urlsplit(address).query)
    assert query == {
        "conditions[agencies][]": ["sample-agency"],
        "fields[]": ["title", "dates"],
        "conditions[publication_date][gte]": ["2026-11-14"],
        "order": ["newest"],
        "per_page": ["100"],
    }


@pytest.mark.parametrize(
    ("url", "kind"),
    [
        (f"{SITE}/public-inspection-documents/current.json", FeedKind.FEDERAL_REGISTER),
        (f"{SITE}/documents.rss?conditions[term]=x", FeedKind.FEDERAL_REGISTER),
        (f"{SITE}/documents.json", FeedKind.FEED),
        ("http://[broken/documents.json", FeedKind.FEDERAL_REGISTER),
    ],
)
async def test_other_feeds_have_no_such_search(url: str, kind: FeedKind) -> None:
    """The list of public inspection, RSS, and other sources are not compared."""
    web = Web()
    feed = replace(FEED, spec=replace(FEED.spec, url=url, kind=kind))
    assert await FederalRegisterListing(web, web).published(feed, SINCE) is None
    assert web.asked == []


async def test_every_page_is_read_once() -> None:
    """Documents that moved to the next page meanwhile count once; requests are unconditional."""
    web = Web(page("1", "2", following="/api/v1/documents.json?page=2"), page("2", "3"))
    listed = await FederalRegisterListing(web, web).published(FEED, SINCE)
    assert listed is not None
    assert [entry.guid for entry in listed.entries] == ["fr:1", "fr:2", "fr:3"]
    assert web.asked[1].spec.url == f"{SITE}/documents.json?page=2"
    assert all(one.validators == Validators() for one in web.asked)
    assert all(one.last_success_at is None for one in web.asked)


async def test_a_list_that_cannot_be_read_is_an_error() -> None:
    """An error of the server, a body that is no list, and a list without end are said as such."""
    down = Fetched(outcome=Outcome.ERROR, url="", status=503, error="Out of service.")
    with pytest.raises(FetchError, match="Out of service"):
        await FederalRegisterListing(web := Web(down), web).published(FEED, SINCE)
    unsaid = Fetched(outcome=Outcome.NOT_MODIFIED, url="", status=304)
    with pytest.raises(FetchError, match="304"):
        await FederalRegisterListing(web := Web(unsaid), web).published(FEED, SINCE)
    with pytest.raises(ParseError):
        await FederalRegisterListing(web := Web(b"<html>"), web).published(FEED, SINCE)
    endless = page("1", following="/api/v1/documents.json?page=2")
    with pytest.raises(FetchError, match="20 pages"):
        await FederalRegisterListing(web := Web(endless), web).published(FEED, SINCE)
    assert len(web.asked) == 20


async def test_an_empty_page_ends_the_list() -> None:
    """Whatever it says about a next one."""
    web = Web(page(following="/api/v1/documents.json?page=2"))
    listed = await FederalRegisterListing(web, web).published(FEED, SINCE)
    assert listed is not None
    assert (listed.total, len(web.asked)) == (0, 1)
