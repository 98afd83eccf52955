"""The HTTP server over real HTTP."""

import asyncio
import io
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass

import aiohttp
import pytest

from bot.errors import ConfigError
from bot.storage.engine import open_engines
from bot.storage.queries import SqlQueries
from bot.storage.unit_of_work import SqlStore
from bot.storage.vault import FernetVault, new_key
from bot.web.server import WebServer
from tests.samples import NOW, spec


@dataclass(frozen=True)
class Echoed:
    status: int
    headers: Mapping[str, str]
    body: bytes


async def echo(body: bytes, headers: Mapping[str, str]) -> Echoed:
    return Echoed(202, {"X-Seen": headers["X-Sign"]}, body[::-1])


@pytest.fixture
async def server(store: SqlStore) -> AsyncIterator[WebServer]:
    web = WebServer(
        queries=store.queries, host="127.0.0.1", port=0, handlers={"/slack/events": echo}
    )
    await web.start()
    yield web
    await web.stop()


async def get(server: WebServer, path: str) -> tuple[int, str]:
    url = f"http://127.0.0.1:{server.port}{path}"
    async with aiohttp.ClientSession() as session, session.get(url) as answer:
        return answer.status, await answer.text()


async def test_health_and_readiness(server: WebServer) -> None:
    """The process lives, and the database answers."""
    assert await get(server, "/healthz") == (200, "ok\n")
    assert await get(server, "/readyz") == (200, "ready\n")
    assert (await get(server, "/nothing"))[0] == 404


async def test_metrics_count_the_rows(server: WebServer, store: SqlStore) -> None:
    """Feeds and deliveries by state, in the format Prometheus reads."""
    async with store.begin() as uow:
        await uow.feeds.reconcile([spec("a"), spec("b")], NOW)
    status, text = await get(server, "/metrics")
    assert status == 200
    assert 'usmca_bot_feeds{state="active"} 2.0' in text
    assert "usmca_bot_entries 0.0" in text


async def test_a_platforms_call_reaches_its_handler(server: WebServer) -> None:
    """Body and headers go in as they came; status, headers and body come out."""
    async with aiohttp.ClientSession() as session:
        url = f"http://127.0.0.1:{server.port}/slack/events"
        async with session.post(url, data=b"abc", headers={"X-Sign": "s"}) as answer:
            assert (answer.status, answer.headers["X-Seen"]) == (202, "s")
            assert await answer.read() == b"cba"
        async with session.post(
            url, data=io.BytesIO(b"x" * 2_000_000), headers={"X-Sign": "s"}
        ) as answer:
            assert answer.status == 413


BROKEN = {
    "no compression": b"Content-Encoding: deflate\r\nContent-Length: 5\r\n\r\nhello",
    "no chunks": b"Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\nzz\r\n",
    "a host too many": b"Host: other\r\nContent-Length: x\r\n\r\n",
}


@pytest.mark.parametrize("broken", BROKEN.values(), ids=BROKEN)
async def test_a_broken_request_is_its_senders_mistake(
    server: WebServer, broken: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    """The answer is 400 before anybody's signature is asked for, and no error of ours is logged."""
    reader, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(b"POST /slack/events HTTP/1.1\r\nHost: here\r\n" + broken)
    answer = await asyncio.wait_for(reader.readline(), 10)
    writer.close()
    await server.stop()
    assert answer.split()[1] == b"400"
    assert caplog.records == []


async def test_a_caller_who_leaves_is_no_error(
    server: WebServer, caplog: pytest.LogCaptureFixture
) -> None:
    """A body that breaks off halfway has nobody left to answer."""
    _, writer = await asyncio.open_connection("127.0.0.1", server.port)
    writer.write(b"POST /slack/events HTTP/1.1\r\nHost: here\r\nContent-Length: 900\r\n\r\nhalf")
    await writer.drain()
    writer.close()
    await get(server, "/healthz")  # by then it has seen both
    await server.stop()
    assert caplog.records == []


async def test_not_ready_without_a_database() -> None:
    """A database that is gone is not ready, and the process still lives."""
    engines = open_engines("postgresql://nobody@127.0.0.1:1/nothing")
    lost = WebServer(
        queries=SqlQueries(engines.reader, FernetVault([new_key()])),
        host="127.0.0.1",
        port=0,
        handlers={},
    )
    await lost.start()
    try:
        assert await get(lost, "/readyz") == (503, "the database does not answer\n")
        assert (await get(lost, "/healthz"))[0] == 200
    finally:
        await lost.stop()
        await engines.dispose()


async def test_a_taken_port_says_what_to_do(server: WebServer, store: SqlStore) -> None:
    """It names BOT_WEB_BIND."""
    second = WebServer(queries=store.queries, host="127.0.0.1", port=server.port, handlers={})
    with pytest.raises(ConfigError, match="BOT_WEB_BIND"):
        await second.start()
