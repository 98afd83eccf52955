"""What the bot cannot see, over real HTTP with time compressed: alarms, issues, pages, missed documents.

The clock is moved by hand and handed in; servers, requests and the database are real.
"""

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

import pytest

from bot.domain.destination import Address, PlatformName
from bot.domain.feed import FeedKind, FeedSpec, Origin, Tier
from bot.domain.ids import Tenant
from bot.domain.polling import ParsedFeed
from bot.feeds.documents import DocumentLimits, Job, read_document
from bot.feeds.fetcher import HttpFetcher
from bot.feeds.issues import Issues
from bot.feeds.listing import FederalRegisterListing
from bot.pipeline.ingest import Ingest, IngestLimits
from bot.pipeline.reconcile import Reconciliation
from bot.pipeline.watch import FeedWatch
from bot.polling.admission import FirstPoll, Flood
from bot.polling.schedule import Bounds
from bot.storage.engine import open_engines
from bot.storage.unit_of_work import SqlStore
from bot.storage.vault import FernetVault
from tests.conftest import HandClock
from tests.fakes.feed_server import Answer, FeedServer, Request, redirect, respond, rss
from tests.fakes.pipeline import NamedLiveness, simple_reading
from tests.fakes.polling import fetching

DATA = Path(__file__).parents[1] / "data" / "feeds"
PLACE = Address(platform=PlatformName.SLACK, workspace="T1", channel="C1")


class DirectParser:
    """Reads bodies in this process: what happens in the child, without the child."""

    async def parse(
        self, body: bytes, *, spec: FeedSpec, content_type: str, url: str, seen: frozenset[str]
    ) -> ParsedFeed:
        job = Job(body=body, spec=spec, content_type=content_type, url=url, seen=seen)
        return read_document(job, DocumentLimits())


@dataclass(slots=True)
class World:
    """A bot with one feed on a real server, and the channel that asked for it."""

    store: SqlStore
    clock: HandClock
    server: FeedServer
    fetcher: HttpFetcher
    parser: DirectParser = field(default_factory=DirectParser)
    watch: FeedWatch = field(default_factory=FeedWatch)
    issues: Issues | None = None

    async def add(self, answer: Answer, path: str = "/feed", **spec: object) -> None:
        """Let the server have a feed, and a channel ask for it."""
        url = self.server.add(urlsplit(path).path, answer)
        async with self.store.begin() as uow:
            place = await uow.destinations.ensure(
                PLACE, origin=Origin.CHAT, zone="UTC", locale="en"
            )
            given = FeedSpec(
                key="sample",
                name="Border Ledger",
                url=self.server.url(path) if "?" in path else url,
                origin=Origin.CHAT,
                owner=Tenant("slack:T1"),
                notify_destination_id=place.id,
            )
            await uow.feeds.add(replace(given, **spec), self.clock.now())  # type: ignore[arg-type]

    @property
    def ingest(self) -> Ingest:
        return Ingest(
            store=self.store,
            fetcher=self.fetcher,
            parser=self.parser,
            read=simple_reading,
            clock=self.clock,
            liveness=NamedLiveness(),
            chance=lambda: 0.0,
            limits=IngestLimits(bounds=Bounds(), first_poll=FirstPoll(max=10), flood=Flood(max=50)),
            watch=self.watch,
            unfold=self.issues.unfold if self.issues else None,
        )

    async def live(self, span: timedelta) -> int:
        """Poll whenever the feed is due, until the span is over; returns how often."""
        end, polls = self.clock.time + span, 0
        while True:
            (feed,) = await self.store.queries.feeds(Tenant("slack:T1"))
            if feed.next_poll_at > end or not await self.poll(feed.next_poll_at):
                self.clock.time = end
                return polls
            polls += 1

    async def poll(self, at: object = None) -> bool:
        self.clock.time = max(self.clock.time, at or self.clock.time)  # type: ignore[call-overload]
        return bool(await self.ingest.poll_all(everything=at is None))

    async def notices(self) -> list[str]:
        place = await self.store.queries.destination(PLACE)
        assert place is not None
        sent = await self.store.queries.recent_deliveries(place.id, 100)
        async with self.store.begin() as uow:
            found = [await uow.deliveries.notice(one.id) for one in reversed(sent)]
        return [message.headline.text for message in found if message is not None]

    async def guids(self) -> list[str]:
        owner = Tenant("slack:T1")
        return [found.stored.entry.guid async for found in self.store.queries.entries(owner=owner)]


@pytest.fixture
async def world(sqlite_url: str, vault: FernetVault, clock: HandClock) -> AsyncIterator[World]:
    store = SqlStore(open_engines(sqlite_url), vault)
    async with FeedServer() as server, fetching(server, clock=clock) as fetcher:
        yield World(store, clock, server, fetcher)
    await store.close()


@pytest.mark.parametrize(
    "broken",
    [
        respond(status=500),
        respond(status=404),
        respond(b"<!DOCTYPE html><title>Sorry</title>"),
        respond(b"<rss><channel><item><title>cut"),
        redirect("http://10.0.0.1/feed"),
    ],
    ids=["500", "404", "a web page", "cut short", "redirect inside"],
)
async def test_a_feed_that_breaks_and_returns_is_told_once_each(
    world: World, broken: Answer
) -> None:
    """However it breaks: a week of failures is one notice, and so is its return."""
    await world.add(respond(rss(3)))
    await world.live(timedelta(hours=2))
    world.server.add("/feed", broken)
    assert await world.live(timedelta(days=7)) < 40
    assert await world.notices() == ["The feed “Border Ledger” has stopped working"]
    world.server.add("/feed", respond(rss(4)))
    await world.live(timedelta(days=2))
    assert (await world.notices())[1:] == ["The feed “Border Ledger” is back"]
    assert len(await world.guids()) == 4


async def test_the_end_of_a_feed_costs_one_request(world: World) -> None:
    """410: no request after it, and one notice."""
    await world.add(respond(status=410))
    await world.live(timedelta(days=60))
    assert len(world.server.requests) == 1
    assert await world.notices() == ["The publisher has ended the feed “Border Ledger”"]


async def test_a_feed_that_falls_silent_is_told(world: World) -> None:
    """It spoke every few hours; after a long weekend without a word it is silent, and says so once."""
    count = 3
    await world.add(respond(rss(count)), interval=10_800)
    for _ in range(10):
        await world.live(timedelta(hours=5))
        count += 1
        world.server.add("/feed", respond(rss(count)))
    await world.live(timedelta(hours=1))
    assert await world.notices() == []
    await world.live(timedelta(days=21))
    assert await world.notices() == ["The feed “Border Ledger” has fallen silent"]
    world.server.add("/feed", respond(rss(count + 1)))
    await world.live(timedelta(hours=6))
    assert (await world.notices())[1:] == ["The feed “Border Ledger” is back"]


async def test_a_wrong_department_is_told_at_once(world: World) -> None:
    """An empty answer is no error anywhere else; here it is one."""
    await world.add(respond(rss(0)), kind=FeedKind.CANADA_NEWS, interval=10_800)
    await world.live(timedelta(days=3))
    assert await world.notices() == ["The feed “Border Ledger” answers, but holds nothing at all"]


def gazette(server: FeedServer) -> bytes:
    """The sample feed, its links on the test's own server."""
    text = (DATA / "canada_gazette.xml").read_text()
    return text.replace("https://gazette.gc.ca", server.url("")).encode()


async def test_an_issue_of_the_gazette_becomes_its_acts(world: World) -> None:
    """Its page is asked for once, however often the feed is polled; a page out of service again."""
    world.clock.time = world.clock.time.replace(day=21, hour=15)
    page = "/rp-pr/p1/2026/2026-11-21/html/index-eng.html"
    world.server.add(page, respond(status=503, headers={"Retry-After": "1200"}))
    await world.add(
        respond(gazette(world.server)),
        kind=FeedKind.CANADA_GAZETTE,
        interval=900,
        tier=Tier.OFFICIAL,
    )
    world.issues = Issues(world.fetcher, world.parser, world.clock)

    async def again(minutes: int) -> None:
        world.clock.advance(minutes=minutes)
        await world.poll()

    await again(0)
    await again(10)
    assert len(world.server.asked(page)) == 1
    assert not [guid for guid in await world.guids() if guid.startswith("gazette:")]
    body = (DATA / "gazette_issue_p1.html").read_bytes()
    world.server.add(page, respond(body, headers={"Content-Type": "text/html; charset=utf-8"}))
    for minutes in (15, 30, 30):
        await again(minutes)
    assert len(world.server.asked(page)) == 2
    acts = [guid for guid in await world.guids() if guid.startswith("gazette:")]
    assert len(acts) == 5
    assert len(await world.guids()) == 7


class Register:
    """A Federal Register of its own: searches with pages and days, newest first."""

    def __init__(self) -> None:
        self.documents: list[tuple[str, date]] = []
        self.asked: list[dict[str, list[str]]] = []

    def publish(self, day: date, count: int, prefix: str) -> None:
        added = [(f"{prefix}-{number:05}", day) for number in range(count)]
        self.documents = sorted([*self.documents, *added], key=lambda one: one[1], reverse=True)

    async def answer(self, request: Request, writer: asyncio.StreamWriter) -> None:
        query = parse_qs(urlsplit(request.path).query)
        self.asked.append(query)
        size, page = int(query.get("per_page", ["50"])[0]), int(query.get("page", ["1"])[0])
        since = query.get("conditions[publication_date][gte]", ["1990-01-01"])[0]
        found = [one for one in self.documents if one[1] >= date.fromisoformat(since)]
        shown = found[(page - 1) * size : page * size]
        body: dict[str, object] = {
            "count": len(found),
            "results": [
                {
                    "document_number": number,
                    "title": f"Notice {number} on a sample matter",
                    "publication_date": day.isoformat(),
                    "html_url": f"https://www.federalregister.gov/d/{number}",
                }
                for number, day in shown
            ],
        }
        if page * size < len(found):
            kept = f"per_page={size}&conditions[publication_date][gte]={since}&page={page + 1}"
            body["next_page_url"] = f"/documents.json?{kept}"
        await respond(json.dumps(body).encode())(request, writer)


@pytest.fixture
async def register(world: World) -> Register:
    """A feed of the register, polled once with a few old documents."""
    made = Register()
    today = world.clock.now().date()
    made.publish(today - timedelta(days=1), 5, "2026-0")
    await world.add(
        made.answer,
        "/documents.json?per_page=50&order=newest",
        kind=FeedKind.FEDERAL_REGISTER,
        interval=120,
    )
    await world.poll()
    assert len(await world.guids()) == 5
    return made


async def test_more_than_ten_pages_are_read_in_a_few_polls(
    world: World, register: Register
) -> None:
    """After a month away eleven hundred documents wait: none is left out, the cut is said."""
    for day in range(1, 23):
        register.publish(world.clock.now().date() + timedelta(days=day), 50, f"2026-{day}")
    world.clock.advance(days=30)
    await world.poll()
    (feed,) = await world.store.queries.feeds(Tenant("slack:T1"))
    assert len(await world.guids()) == 505
    assert feed.backlog is not None
    assert any("next poll goes on" in warning for warning in feed.warnings)
    for _ in range(3):
        world.clock.advance(minutes=5)
        await world.poll()
    assert len(await world.guids()) == 1_105
    (feed,) = await world.store.queries.feeds(Tenant("slack:T1"))
    assert (feed.backlog, feed.warnings) == (None, ())
    before = len(register.asked)
    world.clock.advance(minutes=5)
    await world.poll()
    assert len(register.asked) == before + 1


async def test_the_daily_comparison_finds_what_no_poll_saw(
    world: World, register: Register
) -> None:
    """A document listed late, behind those of a later day, is on no first page: it is found and told."""
    day = world.clock.now().date()
    register.publish(day + timedelta(days=3), 60, "2026-3")
    world.clock.advance(days=4)
    await world.poll()
    register.publish(day + timedelta(days=1), 3, "2026-9")
    world.clock.advance(minutes=30)
    await world.poll()
    assert not [guid for guid in await world.guids() if "2026-9" in guid]
    comparison = Reconciliation(
        store=world.store,
        listing=FederalRegisterListing(world.fetcher, world.parser),
        ingest=world.ingest,
        clock=world.clock,
    )
    (found,) = await comparison.run()
    assert {entry.guid for entry in found.missed} == {f"fr:2026-9-{n:05}" for n in range(3)}
    missed = await world.store.queries.missed(Tenant("slack:T1"), world.clock.now())
    assert len(missed) == 3
    async with world.store.begin() as uow:
        alerts = await uow.alerts.waiting(1_000)
        told = [await uow.stories.member(alert.entry_id) for alert in alerts]
    assert {f"fr:2026-9-{n:05}" for n in range(3)} <= {one.entry.guid for one in told if one}
    assert await comparison.run() == []
