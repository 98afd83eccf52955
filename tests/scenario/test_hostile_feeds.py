"""Every hostile or odd feed is polled over real HTTP, and ends as it should within its limits."""

import asyncio
import re
import socket
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

import psutil
import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from bot.domain.entry import Entry
from bot.domain.polling import Outcome
from bot.feeds.fetcher import FetchLimits
from bot.feeds.gate import GateConfig
from bot.feeds.parser import ParseLimits, PooledParser
from tests.fakes.feed_server import (
    FeedServer,
    drip,
    head,
    redirect,
    respond,
    rss,
    silence,
    together,
)
from tests.fakes.hostile_feeds import (
    Case,
    bodies_bombs,
    floods,
    grinders,
    odd_but_readable,
    redirects,
    transport,
)
from tests.fakes.polling import FixedClock, a_feed, fetching, poll

MEGA = 1_000_000
SHORT = FetchLimits(total_seconds=1.0)
CASES = [*bodies_bombs(), *floods(), *transport(), *redirects(), *odd_but_readable()]
LONG = [pytest.param(case, id=case.name, marks=pytest.mark.soak) for case in grinders()]


@pytest.fixture(scope="module")
def parser() -> Iterator[PooledParser]:
    opened = PooledParser(ParseLimits(), FixedClock())
    yield opened
    asyncio.run(opened.close())


def memory_of_all() -> int:
    """Bytes resident of this process and its children."""
    me = psutil.Process()
    return sum(one.memory_info().rss for one in (me, *me.children(recursive=True)))


def assert_clean(entry: Entry) -> None:
    """What is stored holds no character that should not be seen, and only sound links."""
    for text in (entry.title, entry.summary, entry.content, entry.guid, entry.source):
        kinds = {unicodedata.category(char) for char in text if char != "\n"}
        assert not kinds & {"Cc", "Cf", "Cs"}, repr(text[:200])
    assert "\n" not in entry.title
    assert 0 < len(entry.title) <= 500
    assert entry.url is None or re.fullmatch(r"https?://[^@\s]+", entry.url)
    assert entry.url is None or len(entry.url) <= 2_000


@pytest.mark.parametrize("case", [*(pytest.param(case, id=case.name) for case in CASES), *LONG])
async def test_ends_as_it_should(case: Case, parser: PooledParser) -> None:
    """A hostile feed ends with the stated outcome, in time, without memory, beside a good feed."""
    before = psutil.Process().memory_info().rss
    async with FeedServer() as server, fetching(server, limits=SHORT) as fetcher:
        hostile = a_feed(server.add("/case", case.answer(server)))
        good = a_feed(server.add("/good", respond(rss(2))))
        ended, beside = await asyncio.gather(
            poll(fetcher, parser, hostile), poll(fetcher, parser, good)
        )
    assert ended.fetched.outcome is case.outcome, ended.fetched.error
    assert case.says in (ended.fetched.error or "")
    assert ended.seconds < case.seconds
    assert psutil.Process().memory_info().rss - before < 100 * MEGA
    if ended.parsed is not None:
        assert case.entries in {None, len(ended.parsed.entries)}
        assert ended.parsed.complete is case.complete
        for entry in ended.parsed.entries:
            assert_clean(entry)
    assert beside.parsed is not None
    assert len(beside.parsed.entries) == 2


async def test_good_feeds_do_not_wait_for_a_feed_that_grinds(parser: PooledParser) -> None:
    """While one body keeps a parser busy until it is killed, others are read within a second."""
    grinder = next(case for case in CASES if case.name == "one attribute that never ends")
    async with FeedServer() as server, fetching(server) as fetcher:
        await poll(fetcher, parser, a_feed(server.add("/warm", respond(rss(2)))))
        hostile = a_feed(server.add("/case", grinder.answer(server)))
        running = asyncio.create_task(poll(fetcher, parser, hostile))
        others = []
        while not running.done():
            others.append(await poll(fetcher, parser, a_feed(server.add("/g", respond(rss(30))))))
    assert running.result().fetched.outcome is Outcome.ERROR
    assert len(others) > 3
    assert max(one.seconds for one in others) < 1.0
    assert all(one.parsed is not None for one in others)


async def test_a_flood_of_entries_is_read_whole(parser: PooledParser) -> None:
    """10,000 entries in one body are all read, within ten seconds and 300 MB."""
    before = memory_of_all()
    async with FeedServer() as server, fetching(server) as fetcher:
        ended = await poll(fetcher, parser, a_feed(server.add("/f", respond(rss(10_000)))))
        assert ended.parsed is not None
        assert len(ended.parsed.entries) == ended.parsed.total == 10_000
        assert ended.seconds < 10
        again = await poll(fetcher, parser, a_feed(server.url("/f")), seen=ended.parsed.marks)
    assert again.parsed is not None
    assert again.parsed.entries == ()
    assert again.parsed.marks == ended.parsed.marks
    assert memory_of_all() - before < 300 * MEGA


class Rebinding(AbstractResolver):
    """Gives another address each time it is asked."""

    def __init__(self, *addresses: str) -> None:
        self.left = list(addresses)

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        address = self.left.pop(0) if len(self.left) > 1 else self.left[0]
        return [
            ResolveResult(hostname=host, host=address, port=port, family=family, proto=0, flags=0)
        ]

    async def close(self) -> None:
        return


@pytest.mark.parametrize("address", ["127.0.0.1", "10.1.2.3", "169.254.169.254", "168.63.129.16"])
async def test_a_name_that_leads_inside_is_refused(address: str) -> None:
    """A public name with a private address is refused when it is connected to."""
    async with FeedServer() as server, fetching(resolver=Rebinding(address)) as fetcher:
        fetched = await fetcher.fetch(a_feed(f"http://feeds.example.com:{server.port}/f"))
    assert fetched.outcome is Outcome.BLOCKED
    assert server.requests == []


async def test_rebinding_between_two_polls_gains_nothing(parser: PooledParser) -> None:
    """The name of an open host that comes to lead elsewhere inside is refused on that poll.

    The open host is matched by name, so only its own name and port are open, whatever else
    resolves to the same machine.
    """
    async with (
        FeedServer() as server,
        fetching(server, resolver=Rebinding("127.0.0.1")) as fetcher,
    ):
        server.add("/f", respond(rss(1)))
        direct = await poll(fetcher, parser, a_feed(server.url("/f")))
        named = await poll(fetcher, parser, a_feed(f"http://rebind.example.com:{server.port}/f"))
    assert direct.fetched.outcome is Outcome.ENTRIES
    assert named.fetched.outcome is Outcome.BLOCKED
    assert len(server.requests) == 1


async def test_an_open_host_does_not_open_its_neighbour() -> None:
    """A redirect from an open server to another port of the same machine is refused."""
    async with FeedServer() as server, FeedServer() as neighbour, fetching(server) as fetcher:
        neighbour.add("/f", respond(rss(1)))
        url = server.add("/f", redirect(neighbour.url("/f")))
        fetched = await fetcher.fetch(a_feed(url))
    assert fetched.outcome is Outcome.BLOCKED
    assert neighbour.requests == []


async def test_secrets_stay_with_their_server() -> None:
    """User info of a feed's address goes along within its server, never to another one."""
    async with FeedServer() as server, FeedServer() as other, fetching(server, other) as fetcher:
        server.add("/f", redirect("/g"))
        server.add("/g", redirect(other.url("/h")))
        other.add("/h", respond(rss(1)))
        url = f"http://reader:secret@{server.host}:{server.port}/f"
        fetched = await fetcher.fetch(a_feed(url))
    assert fetched.outcome is Outcome.ENTRIES
    assert all("authorization" in request.headers for request in server.requests)
    assert len(server.requests) == 2
    assert "authorization" not in other.requests[0].headers


async def test_at_most_four_requests_at_one_host() -> None:
    """However many feeds one host has, no more than four are asked for at a time."""
    four = asyncio.Barrier(4)
    async with FeedServer() as server, fetching(server) as fetcher:
        feeds = [a_feed(server.add(f"/{n}", together(four, respond(rss(1))))) for n in range(8)]
        await asyncio.gather(*(fetcher.fetch(one) for one in feeds))
    assert server.most_in_flight == 4
    assert len(server.requests) == 8


async def test_requests_to_a_host_keep_a_gap() -> None:
    """Requests to a host that is not the operator's own start apart from each other."""
    loop = asyncio.get_running_loop()
    starts: list[float] = []
    async with fetching(gate=GateConfig(gap_seconds=0.05)) as fetcher:

        async def one(number: int) -> None:
            await fetcher.fetch(a_feed(f"http://127.0.0.1:9/{number}"))
            starts.append(loop.time())

        await asyncio.gather(*(one(number) for number in range(4)))
    gaps = [later - earlier for earlier, later in pairwise(starts)]
    assert min(gaps) > 0.03


async def test_waiting_for_a_turn_is_no_slowness() -> None:
    """A feed that waits for its turn at a busy host still has its whole time to answer."""
    limits = FetchLimits(total_seconds=0.5)
    async with FeedServer() as server, fetching(server, limits=limits) as fetcher:
        slow = [a_feed(server.add(f"/{n}", silence())) for n in range(4)]
        good = a_feed(server.add("/good", respond(rss(1))))
        *_, fetched = await asyncio.gather(*(fetcher.fetch(one) for one in [*slow, good]))
    assert fetched.outcome is Outcome.ENTRIES


async def test_the_environment_names_no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    """A proxy in the environment is not used; the one in the configuration is."""
    async with FeedServer() as server, FeedServer() as proxy:
        monkeypatch.setenv("http_proxy", proxy.url(""))
        server.add("/f", respond(rss(1)))
        async with fetching(server) as fetcher:
            direct = await fetcher.fetch(a_feed(server.url("/f")))
        proxy.add("http://feeds.example.com/f", respond(rss(1)))
        async with fetching(proxy=proxy.url("")) as fetcher:
            through = await fetcher.fetch(a_feed("http://feeds.example.com/f"))
            inside = await fetcher.fetch(a_feed("http://10.0.0.1/f"))
    assert direct.outcome is Outcome.ENTRIES
    assert through.outcome is Outcome.ENTRIES
    assert inside.outcome is Outcome.BLOCKED
    assert len(proxy.requests) == 1


@pytest.mark.parametrize("address", ["10.0.0.1", "127.0.0.1", "169.254.169.254", "::1", "fe80::1"])
async def test_a_proxy_is_not_asked_for_a_private_place(address: str) -> None:
    """A name that leads into a private network is refused before the proxy hears of it."""
    async with FeedServer() as proxy:
        proxy.add("http://feeds.example.com/f", respond(rss(1)))
        resolver = Rebinding(address)
        async with fetching(proxy=proxy.url(""), resolver=resolver) as fetcher:
            inside = await fetcher.fetch(a_feed("http://feeds.example.com/f"))
    assert inside.outcome is Outcome.BLOCKED
    assert "leads to an address that is refused" in (inside.error or "")
    assert proxy.requests == []


@pytest.mark.soak
@pytest.mark.parametrize(
    ("name", "answer"),
    [
        ("body", drip(head(200, {}) + rss(3)[:200], b" ", 1.0)),
        ("headers", drip(b"HTTP/1.1 200 OK\r\n", b"X-A: b\r\n", 1.0)),
        ("silence", silence()),
    ],
)
async def test_a_slow_drip_ends_in_thirty_seconds(name: str, answer: object) -> None:
    """A server that keeps a connection alive by a trickle is left after thirty seconds."""
    loop = asyncio.get_running_loop()
    async with FeedServer() as server, fetching(server) as fetcher:
        start = loop.time()
        fetched = await fetcher.fetch(a_feed(server.add(f"/{name}", answer)))  # type: ignore[arg-type]
        seconds = loop.time() - start
    assert fetched.outcome is Outcome.ERROR
    assert seconds < 31


@pytest.mark.soak
async def test_the_whole_suite_over_and_over_keeps_its_memory(parser: PooledParser) -> None:
    """Every case five times, sixteen at once: the process and its children stay under 300 MB more."""
    before = memory_of_all()
    peak = before
    async with FeedServer() as server, fetching(server, limits=SHORT) as fetcher:
        for _ in range(5):
            gate = asyncio.Semaphore(16)

            async def one(number: int, case: Case, gate: asyncio.Semaphore = gate) -> None:
                async with gate:
                    url = server.add(f"/{number}", case.answer(server))
                    await poll(fetcher, parser, a_feed(url))

            await asyncio.gather(*(one(number, case) for number, case in enumerate(CASES)))
            peak = max(peak, memory_of_all())
    assert peak - before < 300 * MEGA
