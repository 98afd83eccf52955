"""A simulated week of polling over real HTTP: what the server sees is polite throughout.

The clock is moved to each feed's next poll; only the requests are real.
"""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from itertools import pairwise

import pytest

from bot.domain.feed import Feed, FeedState
from bot.domain.polling import Fetched, Outcome, ParsedFeed
from bot.errors import ParseError
from bot.feeds.documents import DocumentLimits, Job, read_document
from bot.feeds.fetcher import HttpFetcher
from bot.polling.schedule import Bounds, after_poll
from tests.fakes.feed_server import (
    Answer,
    FeedServer,
    Request,
    conditional,
    head,
    raw,
    redirect,
    respond,
    rss,
)
from tests.fakes.polling import NOW, a_feed, fetching

WEEK = timedelta(days=7)
SHORT = timedelta(hours=12)


@dataclass(slots=True)
class MovedClock:
    """A clock that the simulation sets."""

    time: datetime = NOW

    def now(self) -> datetime:
        return self.time


@dataclass(slots=True)
class Simulation:
    """One feed, polled whenever it is due."""

    feed: Feed
    fetcher: HttpFetcher
    clock: MovedClock
    chance: random.Random = field(default_factory=lambda: random.Random(7))
    marks: frozenset[str] = frozenset()
    polls: list[tuple[datetime, Outcome]] = field(default_factory=list)
    told: list[str] = field(default_factory=list)
    bounds: Bounds = field(default_factory=Bounds)

    async def run(self, span: timedelta, most: int = 3_000) -> None:
        """Poll until the span is over or the feed has ended."""
        end = self.clock.time + span
        while self.feed.state is FeedState.ACTIVE and len(self.polls) < most:
            self.clock.time = max(self.clock.time, self.feed.next_poll_at)
            if self.clock.time >= end:
                return
            await self.poll()

    async def poll(self) -> None:
        """Poll once, as the pipeline does."""
        fetched = await self.fetcher.fetch(self.feed)
        fetched, parsed = self._parse(fetched)
        entries = parsed.entries if parsed else ()
        self.told += [entry.title for entry in entries]
        self.marks = parsed.marks if parsed else self.marks
        self.polls.append((self.clock.time, fetched.outcome))
        self.feed = after_poll(
            self.feed,
            fetched,
            parsed,
            new_entries=len(entries),
            newest=None,
            now=self.clock.time,
            bounds=self.bounds,
            chance=self.chance.random(),
        )

    def _parse(self, fetched: Fetched) -> tuple[Fetched, ParsedFeed | None]:
        if fetched.outcome is not Outcome.ENTRIES:
            return fetched, None
        job = Job(
            body=fetched.body,
            spec=self.feed.spec,
            content_type=fetched.content_type,
            url=fetched.url,
            seen=self.marks,
        )
        try:
            return fetched, read_document(job, DocumentLimits())
        except ParseError as error:
            return replace(fetched, outcome=Outcome.ERROR, error=str(error)), None

    @property
    def gaps(self) -> list[float]:
        """Seconds between polls."""
        return [(b - a).total_seconds() for (a, _), (b, _) in pairwise(self.polls)]

    def outcomes(self) -> set[Outcome]:
        return {outcome for _, outcome in self.polls}


@asynccontextmanager
async def simulated(answer: Answer | None = None) -> AsyncIterator[tuple[Simulation, FeedServer]]:
    clock = MovedClock()
    async with FeedServer() as server, fetching(server, clock=clock) as fetcher:
        url = server.add("/feed", answer or respond(rss(3)))
        yield Simulation(a_feed(url), fetcher, clock), server


LONG = [
    pytest.param(SHORT, id="half a day"),
    pytest.param(WEEK, id="a week", marks=pytest.mark.soak),
]


@pytest.mark.parametrize("span", LONG)
@pytest.mark.parametrize(
    "headers",
    [
        {"ETag": '"v1"'},
        {"ETag": 'W/"v1"'},
        {"ETag": '""'},
        {"ETag": "no quotes"},
        {"ETag": '"a, b"'},
        {"ETag": '"é"'},
        {"ETag": "*"},
        {"ETag": '"' + "x" * 4_000 + '"'},
        {"Last-Modified": "Fri, 20 Nov 2026 10:00:00 GMT"},
        {"Last-Modified": "2026-11-20 10:00"},
        {"ETag": '"v1"', "Last-Modified": "Thu, 01 Jan 1970 00:00:00 GMT"},
    ],
    ids=lambda headers: str(headers)[:40],
)
async def test_nothing_is_fetched_twice(headers: dict[str, str], span: timedelta) -> None:
    """Whatever validators a server gives, they come back exactly, and it can say 304 ever after."""
    async with simulated(conditional(rss(3), headers)) as (simulation, server):
        await simulation.run(span)
    first, *others = server.requests
    assert "if-none-match" not in first.headers
    assert "if-modified-since" not in first.headers
    for request in others:
        assert request.headers.get("if-none-match") == headers.get("ETag")
        assert request.headers.get("if-modified-since") == headers.get("Last-Modified")
    assert len(simulation.told) == 3
    assert [outcome for _, outcome in simulation.polls[1:]] == [Outcome.NOT_MODIFIED] * len(others)
    assert len(others) > 5
    assert min(simulation.gaps) >= 60


async def test_who_asks_is_said() -> None:
    """Every request names the bot, its version, and where its people are."""
    async with simulated() as (simulation, server):
        await simulation.poll()
    headers = server.requests[0].headers
    assert headers["user-agent"].startswith("usmca-bot/")
    assert headers["user-agent"].endswith("(+https://example.com/bot)")
    assert "gzip" in headers["accept-encoding"]
    assert "cookie" not in headers


async def test_a_validator_of_other_bytes_is_not_sent_back() -> None:
    """An ETag that is no text is not used; the body's hash still spares the parsing."""
    answer = respond(rss(3), headers={"ETag": b'"\xff\xfe"', "Set-Cookie": "a=b"})
    async with simulated(answer) as (simulation, server):
        await simulation.run(timedelta(hours=2))
    assert all("if-none-match" not in request.headers for request in server.requests)
    assert all("cookie" not in request.headers for request in server.requests)
    assert [outcome for _, outcome in simulation.polls][1:] == [Outcome.NOT_MODIFIED] * (
        len(simulation.polls) - 1
    )
    assert len(simulation.told) == 3


async def test_changing_validators_are_followed() -> None:
    """A server whose ETag is another one in every answer is always sent its last one."""
    given: list[str] = []

    async def answer(request: Request, writer: asyncio.StreamWriter) -> None:
        given.append(f'"{len(given)}"')
        await respond(rss(3), headers={"ETag": given[-1]})(request, writer)

    async with simulated(answer) as (simulation, server):
        await simulation.run(SHORT)
    sent = [request.headers.get("if-none-match") for request in server.requests]
    assert sent == [None, *given[:-1]]
    assert len(simulation.told) == 3


async def test_errors_and_bodies_cut_short_give_no_validators() -> None:
    """After an error with an ETag, and a truncated body with another, the good one is echoed."""
    good = conditional(rss(3), {"ETag": '"good"'})
    bad = [
        respond(b"oops", status=500, headers={"ETag": '"error"'}),
        respond(rss(6)[:-70], headers={"ETag": '"cut"'}),
        raw(head(200, {"Content-Length": "99999", "ETag": '"short"'}) + rss(6)[:500]),
        respond(b"<html>busy</html>", headers={"ETag": '"page"'}),
    ]
    async with simulated(good) as (simulation, server):
        await simulation.poll()
        for answer in bad:
            server.add("/feed", answer)
            await simulation.poll()
        server.add("/feed", good)
        await simulation.poll()
    assert [request.headers.get("if-none-match") for request in server.requests[1:]] == (
        ['"good"'] * 5
    )


@pytest.mark.parametrize("span", LONG)
@pytest.mark.parametrize("status", [404, 403, 429, 500, 503])
async def test_a_failing_feed_is_asked_ever_more_seldom(status: int, span: timedelta) -> None:
    """Gaps grow by 1.4 and more up to a day, and the feed is never given up."""
    async with simulated(respond(status=status)) as (simulation, _):
        await simulation.run(span * 4)
        assert all(b >= 1.4 * a or b == 86_400 for a, b in pairwise(simulation.gaps))
        assert simulation.outcomes() == {Outcome.ERROR}
        assert simulation.feed.state is FeedState.ACTIVE


async def test_a_feed_that_comes_back_is_polled_as_before() -> None:
    """One good answer ends the backing off."""
    async with simulated(respond(status=500)) as (simulation, server):
        await simulation.run(SHORT)
        server.add("/feed", respond(rss(3)))
        await simulation.poll()
    assert simulation.feed.failures == 0
    assert (simulation.feed.next_poll_at - simulation.clock.time).total_seconds() < 4_000


def at(seconds: float, clock: MovedClock) -> str:
    """A date so many seconds from now on a server whose clock is three hours ahead."""
    ahead = clock.time + timedelta(hours=3, seconds=seconds)
    return format_datetime(ahead.astimezone(UTC), usegmt=True)


@pytest.mark.parametrize("status", [429, 503])
@pytest.mark.parametrize(
    ("value", "least"),
    [
        (lambda _: "7200", 7_200),
        (lambda clock: at(7_200, clock), 7_200),
        (lambda _: "99999999999", 31 * 86_400),
        (lambda clock: at(-7_200, clock), 60),
        (lambda _: "soon", 60),
    ],
    ids=["seconds", "date", "far away", "past", "nonsense"],
)
async def test_no_poll_before_retry_after(
    status: int, value: Callable[[MovedClock], str], least: float
) -> None:
    """Seconds and dates are kept, by the server's own clock, and for at most 31 days."""
    async with simulated() as (simulation, server):
        clock = simulation.clock
        headers = {"Retry-After": value(clock), "Date": at(0, clock)}
        server.add("/feed", respond(status=status, headers=headers))
        await simulation.poll()
    wait = (simulation.feed.next_poll_at - clock.time).total_seconds()
    assert wait >= least - 1
    assert wait <= max(least, 1_000) + 1


async def test_gone_is_asked_once() -> None:
    """After 410 nothing is asked any more."""
    async with simulated(respond(status=410)) as (simulation, server):
        await simulation.run(WEEK)
    assert len(server.requests) == 1
    assert simulation.feed.state is FeedState.GONE


@pytest.mark.parametrize(
    ("status", "moves"), [(301, True), (308, True), (302, False), (307, False)]
)
async def test_permanent_redirects_are_remembered(status: int, moves: bool) -> None:
    """After three sights the new address is asked directly, without validators of the old one."""
    async with simulated() as (simulation, server):
        new = server.add("/new", conditional(rss(3), {"ETag": '"n"'}))
        server.add("/feed", redirect(new, status))
        await simulation.run(SHORT)
    old = len(server.asked("/feed"))
    assert (old == 3) is moves
    assert (simulation.feed.spec.url == new) is moves
    assert len(simulation.told) == 3
    unconditional = [r for r in server.asked("/new") if "if-none-match" not in r.headers]
    assert len(unconditional) == (2 if moves else 1)


async def test_a_permanent_redirect_to_no_feed_is_not_taken() -> None:
    """A target that is a web page, or refused, is never moved to."""
    for target in ("/page", "http://10.0.0.1/feed"):
        async with simulated() as (simulation, server):
            server.add("/page", respond(b"<html>moved</html>"))
            url = server.add("/feed", redirect(target, 301))
            await simulation.run(timedelta(hours=2))
        assert simulation.feed.spec.url == url
        assert simulation.feed.redirect_seen == 0
        assert simulation.outcomes() <= {Outcome.ERROR, Outcome.BLOCKED}


async def test_a_redirect_that_changes_its_mind_is_not_taken() -> None:
    """Two targets in turn are two redirects, neither of them proved."""
    turn = iter(range(1_000))

    async def answer(request: Request, writer: asyncio.StreamWriter) -> None:
        await redirect(f"/{'ab'[next(turn) % 2]}", 301)(request, writer)

    async with simulated(answer) as (simulation, server):
        server.add("/a", respond(rss(3)))
        server.add("/b", respond(rss(4)))
        url = simulation.feed.spec.url
        await simulation.run(SHORT)
    assert simulation.feed.spec.url == url
    assert len(server.requests) > 10


@pytest.mark.parametrize(
    ("headers", "extra", "least"),
    [
        ({"Cache-Control": "max-age=5400"}, "", 5_400),
        ({"Cache-Control": "max-age=5400", "Age": "1800"}, "", 3_600),
        ({"Expires": "Sat, 21 Nov 2026 13:30:00 GMT", "Date": "Sat, 21 Nov 2026 12:00:00 GMT"},
         "", 5_400),
        ({}, "<ttl>90</ttl>", 5_400),
        ({}, "<skipHours><hour>12</hour><hour>13</hour></skipHours>", 7_200),
        ({}, "<skipDays><day>Saturday</day></skipDays>", 43_200),
        ({"Cache-Control": "max-age=999999999"}, "", 86_400),
        ({"Cache-Control": "no-cache"}, "", 60),
    ],
)  # fmt: skip
async def test_what_the_feed_asks_for_is_kept(
    headers: dict[str, str], extra: str, least: float
) -> None:
    """Freshness, ttl, hours and days to skip, at noon on a Saturday."""
    answer = respond(rss(3, extra=extra), headers=headers)
    async with simulated(answer) as (simulation, _):
        await simulation.poll()
        wait = (simulation.feed.next_poll_at - simulation.clock.time).total_seconds()
    assert least <= wait <= max(least * 1.06, 4_000)


async def test_ttl_outlives_answers_without_a_body() -> None:
    """With 304 after 304, the feed's last word about polling still holds."""
    answer = conditional(rss(3, extra="<ttl>90</ttl>"), {"ETag": '"v"'})
    async with simulated(answer) as (simulation, _):
        await simulation.run(WEEK)
    assert min(simulation.gaps) >= 5_400
    assert Outcome.NOT_MODIFIED in simulation.outcomes()


async def test_edits_reorder_and_dates_bring_no_new_guid() -> None:
    """A feed that only shuffles brings nothing; one that edits brings the same guid again."""
    async with simulated() as (simulation, server):
        await simulation.poll()
        guids = set(simulation.told)
        shuffled = rss(3).replace(b"</item><item>", b"</item>\n\n<item>")
        server.add("/feed", respond(shuffled))
        await simulation.poll()
        assert len(simulation.told) == 3
        server.add("/feed", respond(rss(3).replace(b"Fri, 20", b"Sat, 21")))
        await simulation.poll()
    assert set(simulation.told) == guids


@pytest.mark.soak
async def test_a_week_of_everything() -> None:
    """A server that does something else every hour is never fetched from early or for nothing."""
    chance = random.Random(11)
    async with simulated() as (simulation, server):
        number = 3
        waits: list[tuple[datetime, float]] = []
        while simulation.clock.time < NOW + WEEK:
            kind = chance.randrange(6)
            if kind == 0:
                number += 1
            answers = {
                2: respond(status=503, headers={"Retry-After": "1800"}),
                3: respond(status=429),
            }
            version = {"ETag": f'"{number}"'}
            server.add("/feed", answers.get(kind) or conditional(rss(number), version))
            await simulation.poll()
            if kind == 2:
                waits.append((simulation.clock.time, 1_800))
            due = simulation.feed.next_poll_at
            assert not waits or due >= waits[-1][0] + timedelta(seconds=waits[-1][1]) or kind != 2
            simulation.clock.time = due
    assert len(simulation.told) == len(set(simulation.told)) == number
    assert min(simulation.gaps) >= 60
    whole = [r for r in server.requests if "if-none-match" not in r.headers]
    assert len(whole) <= 5


OTHER_NAMES = [{"ETag": '"new"'}, {"ETag": '"old"'}, {"Last-Modified": "x"}, {}]


@pytest.mark.parametrize("headers", OTHER_NAMES, ids=str)
@pytest.mark.parametrize("status", [301, 302, 307, 308])
async def test_a_feed_that_moved_with_what_it_held(headers: dict[str, str], status: int) -> None:
    """Nothing new need come for the move to count, and the old address's ETag stays with it."""
    async with simulated(conditional(rss(3), {"ETag": '"old"'})) as (simulation, server):
        await simulation.run(timedelta(hours=2))
        before = len(server.requests)
        new = server.add("/new", conditional(rss(3), headers))
        server.add("/feed", redirect(new, status))
        await simulation.run(SHORT)
    followed = [request for request in server.requests[before:] if request.path == "/feed"]
    if status in {301, 308}:
        assert simulation.feed.spec.url == new
        assert 3 <= len(followed) <= 10
    else:
        assert simulation.feed.spec.url != new
    first, *others = server.asked("/new")
    assert "if-none-match" not in first.headers
    assert all(r.headers.get("if-none-match") in {None, headers.get("ETag")} for r in others)
    assert len(simulation.told) == 3
    if headers:
        bare = {"if-none-match", "if-modified-since"}
        assert sum(bare.isdisjoint(request.headers) for request in server.asked("/new")) <= 2


async def test_two_addresses_with_one_name_for_their_versions() -> None:
    """Behind a redirect that comes and goes, a 304 of one feed never stands for the other."""
    turn = iter(range(1_000))

    async def answer(request: Request, writer: asyncio.StreamWriter) -> None:
        await redirect(f"/{'ab'[next(turn) % 2]}", 302)(request, writer)

    async with simulated(answer) as (simulation, server):
        server.add("/a", conditional(rss(3), {"ETag": '"1"'}))
        server.add("/b", conditional(rss(5), {"ETag": '"1"'}))
        await simulation.run(timedelta(hours=2))
    assert len(set(simulation.told)) == 5


@pytest.mark.parametrize(
    ("answer", "status"),
    [
        (respond(b""), 200),
        (raw(head(200, {"Content-Length": "9999"}) + rss(3)[:200]), 200),
        (respond(b"x", headers={"Content-Encoding": "gzip"}), 200),
        (redirect("", 301), 301),
        (respond(status=304), 304),
        (raw(b""), None),
    ],
    ids=["empty", "cut", "not packed", "leads nowhere", "not asked", "no answer"],
)
async def test_what_the_server_said_is_kept_with_the_error(
    answer: Answer, status: int | None
) -> None:
    """The status is known as soon as the answer begins, whatever becomes of its body."""
    async with simulated(answer) as (simulation, _):
        await simulation.poll()
        assert simulation.outcomes() == {Outcome.ERROR}
        assert simulation.feed.last_status == status


async def test_a_server_that_hangs_up_is_asked_once() -> None:
    """A request that failed on a new connection is not repeated until the feed is due again."""

    async def hang_up(_: Request, writer: asyncio.StreamWriter) -> None:
        writer.close()

    async with simulated(hang_up) as (simulation, server):
        await simulation.poll()
        assert len(server.requests) == 1
        assert simulation.outcomes() == {Outcome.ERROR}
        assert simulation.feed.last_error == "The server hung up without an answer."


async def test_a_kept_connection_that_had_ended_is_no_failure() -> None:
    """Where the server closed a connection it had kept, the request goes over a new one."""
    answers = iter([respond(rss(3)), None, respond(rss(3))])

    async def answer(request: Request, writer: asyncio.StreamWriter) -> None:
        one = next(answers)
        writer.close() if one is None else await one(request, writer)

    async with simulated(answer) as (simulation, server):
        await simulation.poll()
        await simulation.poll()
    assert len(server.requests) == 3
    assert [outcome for _, outcome in simulation.polls] == [Outcome.ENTRIES, Outcome.NOT_MODIFIED]


async def test_an_address_that_no_key_opens_is_said_and_nobody_is_asked() -> None:
    """The sentence says what to do; the poll is a failed one like others."""
    async with FeedServer() as server, fetching(server) as fetcher:
        fetched = await fetcher.fetch(a_feed(""))
    assert fetched.outcome is Outcome.ERROR
    assert "BOT_SECRET_KEYS" in str(fetched.error)
    assert "add it again" in str(fetched.error)
