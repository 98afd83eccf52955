"""Requests handed on to the process that makes the pages, over a real port and a real Unix socket."""

import asyncio
import io
import zlib
from contextlib import AsyncExitStack, asynccontextmanager
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from bot.storage.engine import open_engines
from bot.storage.unit_of_work import SqlStore
from bot.web.pace import Pace
from bot.web.relay import PEER, PagesAwayError, Relay, true_peer
from bot.web.server import WebServer

PIECE = b"x" * 300_000


class Maker:
    """A pages' process in this one: says what it got, and is away when it is told so."""

    def __init__(self, folder: Path) -> None:
        self.socket = folder / "pages"
        self.away: float | None = None
        self.ended = False
        self._stack = AsyncExitStack()
        self._go_on = asyncio.Event()

    def start(self) -> None:
        """It is up already."""

    @asynccontextmanager
    async def asked(self):
        if self.away is not None:
            raise PagesAwayError(self.away)
        yield

    async def stop(self) -> None:
        self.ended = True

    def go_on(self) -> None:
        self._go_on.set()

    @asynccontextmanager
    async def up(self):
        app = web.Application(middlewares=[true_peer])
        app.router.add_get("/stream", self._stream)
        app.router.add_get("/half", self._half)
        app.router.add_get("/same", self._same)
        app.router.add_route("*", "/{tail:.*}", self._echo)
        runner = web.AppRunner(app, access_log=None, shutdown_timeout=0.1)
        await runner.setup()
        await web.UnixSite(runner, self.socket).start()
        try:
            yield
        finally:
            await runner.cleanup()

    async def _echo(self, request: web.Request) -> web.Response:
        said = {
            "method": request.method,
            "path": request.rel_url.raw_path_qs,
            "remote": request.remote,
            "headers": [[name, text] for name, text in request.headers.items()],
            "body": (await request.read()).decode(),
        }
        response = web.json_response(said, status=201, headers={"X-Of-The-Page": "1"})
        response.set_cookie("a", "1")
        response.set_cookie("b", "2")
        return response

    async def _same(self, _request: web.Request) -> web.Response:
        return web.Response(status=304, headers={"ETag": '"1"'})

    async def _stream(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse()
        await response.prepare(request)
        await response.write(b"first\n")
        await self._go_on.wait()
        await response.write(b"second\n")
        return response

    async def _half(self, request: web.Request) -> web.StreamResponse:
        response = web.StreamResponse(headers={"Content-Length": str(len(PIECE) * 2)})
        await response.prepare(request)
        await response.write(PIECE)
        request.transport.abort()
        return response


@pytest.fixture
async def maker(tmp_path):
    made = Maker(tmp_path)
    async with made.up():
        yield made


@asynccontextmanager
async def serving(store, maker, pace=None):
    async def slack(body: bytes, _headers: object) -> web.Response:
        return web.Response(body=body[::-1])

    relay = Relay(maker, seconds=lambda: 0.0, **({"pace": pace} if pace else {}))
    server = WebServer(
        queries=store.queries,
        host="127.0.0.1",
        port=0,
        handlers={"/slack/events": slack},
        site=relay.add_to,
    )
    await server.start()
    try:
        async with aiohttp.ClientSession(
            f"http://127.0.0.1:{server.port}", cookie_jar=aiohttp.DummyCookieJar()
        ) as session:
            yield session
    finally:
        await server.stop()


@pytest.fixture
async def front(sqlite_store, maker):
    async with serving(sqlite_store, maker) as session:
        yield session


@pytest.fixture
async def sqlite_store(sqlite_url, vault):
    opened = SqlStore(open_engines(sqlite_url), vault)
    yield opened
    await opened.close()


async def test_a_request_arrives_as_it_was_sent(front, maker) -> None:
    """Method, raw path, query, body and all headers; the answer's status, headers and cookies come back."""
    async with front.post(
        "/a%2Fb/ñ?q=1&q=2%20x", data=b"body", headers={"Accept-Language": "fr", "Cookie": "c=3"}
    ) as answer:
        said = await answer.json()
        assert (answer.status, answer.headers["X-Of-The-Page"]) == (201, "1")
        assert len(answer.headers.getall("Set-Cookie")) == 2
    kept = dict(said["headers"])
    assert (said["method"], said["path"]) == ("POST", "/a%2Fb/%C3%B1?q=1&q=2%20x")
    assert (said["body"], said["remote"]) == ("body", "127.0.0.1")
    assert (kept["Accept-Language"], kept["Cookie"]) == ("fr", "c=3")
    assert kept["Host"].startswith("127.0.0.1:")
    assert PEER not in kept


async def test_a_packed_body_arrives_unpacked(front) -> None:
    """It was unpacked on the way, so nothing says any more that it is packed."""
    packed, headers = zlib.compress(b"query=steel"), {"Content-Encoding": "deflate"}
    async with front.post("/rules", data=packed, headers=headers) as answer:
        said = await answer.json()
    assert said["body"] == "query=steel"
    assert "Content-Encoding" not in dict(said["headers"])


async def test_nothing_is_added_to_a_request_that_brings_little(front, maker) -> None:
    """A bare request stays bare: the doors and the languages judge what the visitor sent."""
    async with front.get("/healthz") as answer:
        port = answer.url.port
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(b"GET /x HTTP/1.1\r\nHost: trade.example\r\nConnection: close\r\n\r\n")
    said = (await reader.read()).decode()
    writer.close()
    assert '"headers": [["Host", "trade.example"]]' in said


@pytest.mark.parametrize("name", [PEER, PEER.lower(), PEER.upper()])
async def test_nobody_outside_says_who_they_are(front, name) -> None:
    """The header that tells the peer is the relay's own."""
    async with front.get("/x", headers={name: "203.0.113.7"}) as answer:
        said = await answer.json()
    assert said["remote"] == "127.0.0.1"
    assert "203.0.113.7" not in str(said)


async def test_a_proxys_headers_cannot_be_taken_away(front) -> None:
    """What `Connection` names still arrives: by it the doors know that a proxy asks."""
    async with front.get(
        "/x", headers={"Connection": "X-Forwarded-For", "X-Forwarded-For": "203.0.113.7"}
    ) as answer:
        said = await answer.json()
    assert dict(said["headers"])["X-Forwarded-For"] == "203.0.113.7"


async def test_the_servers_own_paths_stay_its_own(front, maker) -> None:
    """Health and platforms answer while the pages are away, and only by their own methods."""
    maker.away = 3.0
    async with front.get("/healthz") as answer:
        assert (answer.status, await answer.text()) == (200, "ok\n")
    async with front.post("/slack/events", data=b"abc") as answer:
        assert (answer.status, await answer.read()) == (200, b"cba")
    async with front.get("/slack/events") as answer:
        assert (answer.status, answer.headers["Allow"]) == (405, "POST")


async def test_without_the_other_process_a_sentence_says_when_to_come_again(front, maker) -> None:
    """503 in three languages with Retry-After, both where it rests and where it is just gone."""
    maker.away = 3.2
    async with front.get("/") as answer:
        text = await answer.text()
        assert (answer.status, answer.headers["Retry-After"]) == (503, "4")
        assert "try again" in text
        assert "inténtelo" in text
        assert answer.headers["Cache-Control"] == "no-store"
    maker.away = None
    maker.socket.unlink()
    async with front.get("/") as answer:
        assert (answer.status, "Retry-After" in answer.headers) == (503, True)


async def test_a_stream_comes_as_it_is_written(front, maker) -> None:
    """The first line is there before the second is written."""
    async with front.get("/stream") as answer:
        assert await asyncio.wait_for(answer.content.readline(), 5) == b"first\n"
        maker.go_on()
        assert await answer.content.read() == b"second\n"


async def test_half_an_answer_never_looks_whole(front) -> None:
    """Where the other process dies in the middle, the visitor's connection breaks."""
    async with front.get("/half") as answer:
        with pytest.raises(aiohttp.ClientPayloadError):
            await answer.read()
    async with front.get("/x") as answer:
        assert answer.status == 201


async def test_answers_without_a_body(front) -> None:
    """HEAD and 304 bring headers alone, and the connection goes on."""
    async with front.head("/x") as answer:
        assert (answer.status, await answer.read()) == (201, b"")
        assert int(answer.headers["Content-Length"]) > 0
    async with front.get("/same") as answer:
        assert (answer.status, answer.headers["ETag"], await answer.read()) == (304, '"1"', b"")


async def test_too_large_a_body_goes_no_further(front) -> None:
    """A megabyte is the most, as everywhere on this server."""
    async with front.post("/x", data=io.BytesIO(b"x" * 1_100_000)) as answer:
        assert answer.status == 413


async def test_a_flood_is_refused_before_it_costs_two_processes(sqlite_store, maker) -> None:
    """Twice the pages' own pace comes in, what is beyond hears when to come again."""
    async with serving(sqlite_store, maker, pace=Pace(burst=2, per_second=1)) as front:
        seen = []
        for _ in range(6):
            async with front.get("/x") as answer:
                seen.append(answer.status)
        assert seen == [201] * 4 + [429] * 2
        assert answer.headers["Retry-After"] == "1"
        async with front.get("/healthz") as answer:
            assert answer.status == 200


async def test_the_pages_process_answers_its_relay_alone(maker) -> None:
    """Who comes to the socket without saying for whom is refused."""
    async with (
        aiohttp.ClientSession(connector=aiohttp.UnixConnector(path=str(maker.socket))) as session,
        session.get("http://pages/x") as answer,
    ):
        assert answer.status == 403


async def test_the_pages_end_with_the_server(sqlite_store, maker) -> None:
    """Stopping the server stops what makes its pages."""
    async with serving(sqlite_store, maker):
        assert not maker.ended
    assert maker.ended
