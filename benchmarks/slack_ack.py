"""How soon Slack's commands are acknowledged while every worker of the bot is busy.

    python benchmarks/slack_ack.py [COMMANDS] [FEEDS] [ENTRIES]   (200, 48 and 30)

The bot runs as a program of its own with its default 48 feeds at a time; each feed brings new
entries on each poll, every second. Commands come by Socket Mode and, in a second run, by HTTP, five
at a time. Slack gives up after 3 s; the aim is a p99 under 1 s.
"""

import asyncio
import itertools
import json
import os
import socket
import sys
import tempfile
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

import aiohttp
from aiohttp import web

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.fakes.slack import FakeSlack  # noqa: E402  # the fakes lie beside the benchmarks

_AT_ONCE = 5
_PAUSE_S = 0.25
_WARM_UP_S = 8.0
_GOODS = ("steel", "autos", "dairy", "lumber", "copper", "corn", "textiles", "aluminum")


def _feed(name: str, entries: int, numbers: itertools.count) -> bytes:
    """A feed of entries nobody saw before, each of some 250 words."""
    day = format_datetime(datetime.now(UTC))
    items = "".join(_entry(name, next(numbers), day) for _ in range(entries))
    return (
        f"<?xml version='1.0'?><rss version='2.0'><channel><title>{name}</title>"
        f"<link>https://{name}.example/</link><description>Sample</description>{items}"
        "</channel></rss>"
    ).encode()


def _entry(name: str, number: int, day: str) -> str:
    good = _GOODS[number % len(_GOODS)]
    said = (
        f"Officials in district {number} said a duty of {number % 40 + 5} percent on {good} from "
        f"Mexico takes effect on December {number % 27 + 1}, 2026, and that comments close sooner. "
    )
    return (
        f"<item><guid isPermaLink='false'>{name}-{number}</guid>"
        f"<title>District {number} weighs a tariff on {good}</title>"
        f"<link>https://{name}.example/{number}</link>"
        f"<description>{said * 8}</description><pubDate>{day}</pubDate></item>"
    )


@asynccontextmanager
async def _feeds(entries: int) -> AsyncIterator[str]:
    """Serve feeds by any name; gives host:port."""
    numbers = itertools.count(1)

    async def answer(request: web.Request) -> web.Response:
        body = _feed(request.match_info["name"], entries, numbers)
        return web.Response(body=body, content_type="application/rss+xml")

    app = web.Application()
    app.router.add_get("/{name}.rss", answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


def _configure(folder: Path, host: str, feeds: int) -> None:
    rows = "\n".join(
        f"  - {{id: f{n}, name: f{n}, url: 'http://{host}/f{n}.rss', lang: en}}"
        for n in range(feeds)
    )
    (folder / "feeds.yaml").write_text(f"feeds:\n{rows}\n")
    (folder / "bot.yaml").write_text(
        "polling: {min_interval: 1s, default_interval: 1s, quiet_interval: 1s, max_interval: 1s, "
        "host_gap: 0s, per_host: 48, flood: 5}\n"
    )


@asynccontextmanager
async def _bot(
    folder: Path, slack: FakeSlack, host: str, mode: str
) -> AsyncIterator[tuple[int, int]]:
    """The bot as a program; gives the port of its web server and its process id."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    way = {"SLACK_SIGNING_SECRET": slack.signing_secret}
    if mode == "socket":
        way = {"SLACK_APP_TOKEN": slack.app_token}
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run", "--config", str(folder)),
        cwd=folder,
        env={
            **{name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
            "PYTHONPATH": str(ROOT),
            "BOT_DATABASE_URL": f"sqlite:///{folder / mode}.db",
            "BOT_ALLOW_HOSTS": host,
            "BOT_WEB_BIND": f"127.0.0.1:{port}",
            "SLACK_BOT_TOKEN": slack.token(),
            "SLACK_API_URL": slack.api_url,
            **way,
        },
        stdin=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        yield port, process.pid
    finally:
        process.terminate()
        await process.wait()


async def _by_socket(slack: FakeSlack) -> float:
    sent = await slack.command("latest")
    return (await slack.ack(sent)).at - sent.at


async def _by_http(slack: FakeSlack, port: int, session: aiohttp.ClientSession) -> float:
    body, _ = slack.command_form("latest")
    headers = slack.signed(body, at=time.time())
    begun = time.monotonic()
    url = f"http://127.0.0.1:{port}/slack/events"
    async with session.post(url, data=body, headers=headers) as answer:
        await answer.read()
        if answer.status != 200:
            raise RuntimeError(f"status {answer.status}")
    return time.monotonic() - begun


async def _ready(port: int) -> None:
    async with aiohttp.ClientSession() as session:
        for _ in range(200):
            try:
                async with session.get(f"http://127.0.0.1:{port}/readyz"):
                    return
            except aiohttp.ClientError:
                await asyncio.sleep(0.1)


async def measure(mode: str, commands: int, feeds: int, entries: int) -> dict[str, object]:
    """Run the bot in one mode, and return how long its acknowledgements took, in seconds."""
    took: list[float] = []
    busy = 0.0
    with tempfile.TemporaryDirectory() as name:
        async with (
            FakeSlack() as slack,
            _feeds(entries) as host,
            aiohttp.ClientSession() as session,
        ):
            folder = Path(name)
            _configure(folder, host, feeds)
            async with _bot(folder, slack, host, mode) as (port, pid):
                await _ready(port)
                if mode == "socket":
                    await slack.until(lambda: slack.sockets, seconds=30)
                await asyncio.sleep(_WARM_UP_S)
                begun, used = time.monotonic(), _cpu(pid)
                for _ in range(commands // _AT_ONCE):
                    several = (
                        _by_socket(slack) if mode == "socket" else _by_http(slack, port, session)
                        for _ in range(_AT_ONCE)
                    )
                    took += await asyncio.gather(*several)
                    await asyncio.sleep(_PAUSE_S)
                busy = (_cpu(pid) - used) / (time.monotonic() - begun)
    return {**_figures(mode, took), "cpu_share": round(busy, 2)}


def _cpu(pid: int) -> float:
    """Seconds of processor time that a process has used (Linux)."""
    fields = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _figures(mode: str, took: list[float]) -> dict[str, object]:
    ordered = sorted(took)
    at = {name: ordered[min(len(ordered) - 1, int(len(ordered) * part))] for name, part in _PARTS}
    rounded = {name: round(value, 3) for name, value in at.items()}
    return {"mode": mode, "commands": len(took), **rounded, "max": round(ordered[-1], 3)}


_PARTS = (("p50", 0.5), ("p95", 0.95), ("p99", 0.99))


def main(commands: int, feeds: int, entries: int) -> None:
    """Print a line for each mode, and write `benchmarks/results/slack_ack.json`."""
    found = [asyncio.run(measure(mode, commands, feeds, entries)) for mode in ("socket", "http")]
    for row in found:
        print(json.dumps(row))
    target = Path(__file__).parent / "results" / "slack_ack.json"
    target.parent.mkdir(exist_ok=True)
    target.write_text(json.dumps(found, indent=2) + "\n")


if __name__ == "__main__":
    given = [int(word) for word in sys.argv[1:4]]
    main(*(given + [200, 48, 30][len(given) :]))
