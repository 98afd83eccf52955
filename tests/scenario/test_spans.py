"""Spans of an entry's way, exported to a collector over HTTP."""

import asyncio
from pathlib import Path

import pytest
from aiohttp import web

from tests.fakes.discord import FakeDiscord
from tests.fakes.slack import FakeSlack
from tests.scenario.program import Program
from tests.scenario.sample_web import SampleWeb
from tests.scenario.test_whole_bot import STEEL

pytest.importorskip(
    "opentelemetry.exporter.otlp.proto.http",
    reason="spans are an extra: pip install '.[otel]'",
)


class Collector:
    """What an OTLP endpoint was sent, as bytes of its messages."""

    def __init__(self) -> None:
        self.got = b""

    async def take(self, request: web.Request) -> web.Response:
        self.got += await request.read()
        return web.Response(content_type="application/x-protobuf")


@pytest.mark.soak
async def test_the_way_of_an_entry_reaches_a_collector(tmp_path: Path, sqlite_url: str) -> None:
    """From the poll to the receipt, with a log that shows errors only; the token stays at home."""
    collector, app = Collector(), web.Application()
    app.router.add_post("/v1/traces", collector.take)
    runner = web.AppRunner(app)
    await runner.setup()
    site = web.TCPSite(runner, "127.0.0.1", 0)
    await site.start()
    port = runner.addresses[0][1]
    async with SampleWeb() as feeds, FakeSlack() as slack, FakeDiscord() as discord:
        more = {
            "OTEL_EXPORTER_OTLP_ENDPOINT": f"http://127.0.0.1:{port}",
            "OTEL_SERVICE_NAME": "sample-bot",
            "OTEL_BSP_SCHEDULE_DELAY": "200",
            "LOG_LEVEL": "ERROR",
            "BOT_WEB_BIND": "off",
        }
        bot = Program(tmp_path, feeds, slack, discord, sqlite_url, more=more)
        bot.configure("ledger")
        done = await bot.run("subscriptions", "add", "--to", "slack:C1", "--query", "*")
        assert done.code == 0, done.err
        feeds.show("ledger", STEEL)
        process = await bot.start("run")
        await slack.until(lambda: slack.messages("C1"), seconds=60)
        process.terminate()
        _, said = await asyncio.wait_for(process.communicate(), 30)
    await runner.cleanup()
    assert process.returncode == 0, said.decode()
    for word in (b"sample-bot", b"poll", b"entry", b"story", b"fan out", b"deliver"):
        assert word in collector.got, word
    assert slack.token().encode() not in collector.got
    assert STEEL[1].encode() not in collector.got
