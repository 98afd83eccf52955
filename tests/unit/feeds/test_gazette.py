"""Issues of the Canada Gazette become the acts in them."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.domain.entry import Entry
from bot.domain.feed import Feed, FeedKind, FeedSpec, Tier, Validators
from bot.domain.ids import FeedId
from bot.domain.polling import Fetched, Outcome, ParsedFeed
from bot.errors import ParseError
from bot.feeds import gazette_issue
from bot.feeds.documents import DocumentLimits, Job, read_document
from bot.feeds.issues import Issues

DATA = Path(__file__).parents[2] / "data" / "feeds"
FOLDER = "https://gazette.gc.ca/rp-pr/p1/2026/2026-11-21/html/"
SPEC = FeedSpec(
    key="gazette-1",
    name="Canada Gazette Part I",
    url="https://gazette.gc.ca/rss/p1-eng.xml",
    kind=FeedKind.CANADA_GAZETTE,
    tier=Tier.OFFICIAL,
)
NOW = datetime(2026, 11, 21, 15, 0, tzinfo=UTC)
FEED = Feed(
    id=FeedId(1), spec=SPEC, next_poll_at=NOW, interval=900, validators=Validators(etag='"rss"')
)


def page(name: str) -> str:
    return (DATA / name).read_text()


def read(body: bytes, spec: FeedSpec, url: str) -> ParsedFeed:
    job = Job(body=body, spec=spec, content_type="text/html", url=url, seen=frozenset())
    return read_document(job, DocumentLimits())


def test_part_one_leads_to_notices_and_proposed_regulations() -> None:
    """Each act once, under its organisation and section; no section, footnote, menu or PDF."""
    acts = gazette_issue.acts(page("gazette_issue_p1.html"), SPEC, f"{FOLDER}index-eng.html")
    assert [act.title for act in acts] == [
        "Sample Trade Tribunal: Notice No. XX-2026-099",
        "Department of Samples: Notice of intent to amend the sample surtax on steel wire — "
        "comments invited",
        "Department of Samples: Order imposing a sample surtax on copper tube",
        "Privy Council Office: Appointment opportunities",
        "Regulations Amending the Sample Vehicle Emission Regulations",
    ]
    assert acts[1].url == f"{FOLDER}notice-avis-eng.html#na1"
    assert acts[1].guid == "gazette:/rp-pr/p1/2026/2026-11-21/html/notice-avis-eng.html#na1"
    assert acts[1].summary == "Government notices. Department of Samples. Sample Tariff Act."
    assert acts[1].stated is not None
    assert acts[1].stated.document_type == "Government notices"
    assert acts[1].stated.agencies == ("Department of Samples",)
    assert acts[4].stated is not None
    assert acts[4].stated.agencies == ("Department of the Environment",)
    assert "Sample Tariff" not in acts[3].summary


def test_part_two_leads_to_instruments_by_number() -> None:
    """Where the link is a number only, its row says what the instrument is called."""
    folder = FOLDER.replace("p1", "p2")
    acts = gazette_issue.acts(page("gazette_issue_p2.html"), SPEC, f"{folder}index-eng.html")
    assert [act.title for act in acts] == [
        "SOR/2026-901 Finance Order Amending the Schedule to the Sample Tariff",
        "SOR/2026-902 Transport Regulations Amending the Sample Shipping Regulations",
        "Order Fixing November 25, 2026 as the Day on which a Sample Act Comes into Force",
    ]
    assert [act.stated.dockets for act in acts if act.stated] == [
        ("SOR/2026-901",),
        ("SOR/2026-902",),
        (),
    ]


def test_a_page_without_acts_is_no_issue() -> None:
    """An error page of the gazette, and an issue's page of another kind of feed, are no feeds."""
    for body, spec in (
        (b"<!DOCTYPE html><p>Out of service <a href='./'>x</a>", SPEC),
        (b"<!DOCTYPE html>", SPEC),
        ((DATA / "gazette_issue_p1.html").read_bytes(), replace(SPEC, kind=FeedKind.FEED)),
    ):
        with pytest.raises(ParseError, match="web page"):
            read(body, spec, f"{FOLDER}index-eng.html")


def test_a_link_is_called_by_its_row_where_it_says_too_little() -> None:
    """A word, a number or nothing: then the row around it counts, and else the link as it is."""
    body = """<!DOCTYPE html><main><h3>Ministère de la Justice, Ministère de la</h3>
    <ul><li>Order on samples (<a href="order1-eng.html">HTML</a>)</li></ul>
    <p><a href="order2-eng.html">Order</a></p><a href="mailto:x@example.com">Mail</a>
    <div><div><div><div><div><a href="order3-eng.html">Deep</a></div></div></div></div></div>"""
    acts = gazette_issue.acts(body, SPEC, f"{FOLDER}index-eng.html")
    assert [act.title for act in acts] == ["Order on samples ( HTML )", "Order", "Deep"]
    bare = gazette_issue.issued(replace(acts[0], stated=None), replace(acts[1], stated=None))
    assert bare.stated is not None
    assert bare.stated.dockets == ()


class Pages:
    """A web of one page, and a parser without a child process."""

    def __init__(self, body: bytes) -> None:
        self.answer = Fetched(outcome=Outcome.ENTRIES, url=f"{FOLDER}index-eng.html", body=body)
        self.asked: list[Feed] = []
        self.time = NOW

    def now(self) -> datetime:
        return self.time

    async def fetch(self, feed: Feed) -> Fetched:
        self.asked.append(feed)
        return self.answer

    async def parse(
        self, body: bytes, *, spec: FeedSpec, content_type: str, url: str, seen: frozenset[str]
    ) -> ParsedFeed:
        del content_type, seen
        return read(body, spec, url)


@pytest.fixture
def web() -> Pages:
    return Pages((DATA / "gazette_issue_p1.html").read_bytes())


@pytest.fixture
def issues(web: Pages) -> Issues:
    return Issues(web, web, web)


def shown() -> ParsedFeed:
    """What the feed itself shows: an issue, an extra edition, a page about the gazette."""
    return read((DATA / "canada_gazette.xml").read_bytes(), SPEC, SPEC.url)


async def test_acts_stand_in_place_of_their_issue(web: Pages, issues: Issues) -> None:
    """The issue's date and number go along; its page is asked for once and unconditionally."""
    unfolded = await issues.unfold(FEED, shown())
    assert len(unfolded.entries) == 5 + 2
    act = unfolded.entries[1]
    assert act.published == datetime(2026, 11, 21, 5, 0, tzinfo=UTC)
    assert act.stated is not None
    assert act.stated.dockets == ("Part I, Vol. 160, No. 47",)
    assert act.summary.endswith(
        "Canada Gazette - Part I, November 21, 2026, volume 160, number 47."
    )
    assert unfolded.entries[5].title.endswith("Extra volume 160, number 5")
    assert (unfolded.complete, unfolded.marks) == (True, shown().marks)
    (asked,) = web.asked
    assert asked.validators == Validators()
    assert (await issues.unfold(FEED, shown())).entries == unfolded.entries
    assert len(web.asked) == 1


async def test_a_page_out_of_service_is_tried_again_ever_more_seldom(
    web: Pages, issues: Issues
) -> None:
    """The issue is held back, nothing counts as seen, and the page is left alone for a while."""
    good, bad = web.answer, Fetched(outcome=Outcome.ERROR, url="", status=503, retry_after=3_600)
    web.answer = bad
    unfolded = await issues.unfold(FEED, shown())
    assert [entry.title for entry in unfolded.entries] == [
        "Canada Gazette - Part I, November 18, 2026, Extra volume 160, number 5",
        "About the Gazette",
    ]
    assert (unfolded.complete, unfolded.marks) == (False, frozenset())
    assert "tried again" in unfolded.warnings[0]
    web.time += timedelta(minutes=59)
    await issues.unfold(FEED, shown())
    assert len(web.asked) == 1
    web.time += timedelta(minutes=2)
    web.answer = good
    unfolded = await issues.unfold(FEED, shown())
    assert (len(web.asked), len(unfolded.entries), unfolded.complete) == (2, 7, True)


async def test_after_two_days_the_issue_stands_for_its_acts(web: Pages, issues: Issues) -> None:
    """What cannot be read is told as it is, and said to be so; an unreadable page counts as failed."""
    web.answer = replace(web.answer, body=b"<!DOCTYPE html><p>Gone")
    web.time += timedelta(days=3)
    unfolded = await issues.unfold(FEED, shown())
    assert unfolded.entries == shown().entries
    assert (unfolded.complete, unfolded.marks) == (True, shown().marks)
    assert "stands for its acts" in unfolded.warnings[0]


async def test_old_issues_and_other_servers_are_left_alone(web: Pages, issues: Issues) -> None:
    """A feed reaches years back, and a link to elsewhere is nobody's reason for a request."""
    web.time += timedelta(days=30)
    assert (await issues.unfold(FEED, shown())).entries == shown().entries
    web.time = NOW
    moved = replace(SPEC, url="https://elsewhere.example/p1.xml")
    assert (await issues.unfold(replace(FEED, spec=moved), shown())).entries == shown().entries
    plain = replace(SPEC, kind=FeedKind.FEED)
    assert (await issues.unfold(replace(FEED, spec=plain), shown())).entries == shown().entries
    assert web.asked == []


async def test_one_poll_asks_for_a_few_pages(web: Pages, issues: Issues) -> None:
    """Of many issues at once the first six are unfolded; memory of pages is bounded."""
    issue = shown().entries[0]

    def many(start: int) -> ParsedFeed:
        entries: list[Entry] = [
            replace(issue, guid=str(n), url=f"https://gazette.gc.ca/{n}/html/index-eng.html")
            for n in range(start, start + 8)
        ]
        return replace(shown(), entries=tuple(entries))

    assert len((await issues.unfold(FEED, many(0))).entries) == 6 * 5 + 2
    assert len(web.asked) == 6
    for start in range(10, 100, 8):
        await issues.unfold(FEED, many(start))
    before = len(web.asked)
    await issues.unfold(FEED, many(0))
    assert len(web.asked) == before + 6
