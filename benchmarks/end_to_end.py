"""From the moment a feed shows an entry to the platform's receipt, the bot having nothing else to do.

    .venv/bin/python benchmarks/end_to_end.py [ENTRIES]      (60)

The bot runs as a program of its own (`usmca-bot run`, one feed polled every second), beside a local
Slack and a local Discord, which are the fakes of the tests. The clock starts when the answer that holds
a new entry leaves the feed's server, and stops when the platform has the message. Every entry is new to
the bot and makes one message in each of two channels. Goal: at most 500 ms at p95.
"""

import asyncio
import itertools
import os
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path
from statistics import quantiles

from aiohttp import web
from bench import Row, machine, table, write

ROOT = Path(__file__).parents[1]
sys.path.insert(0, str(ROOT))

from tests.fakes.discord import FakeDiscord  # noqa: E402  # the fakes lie beside the benchmarks
from tests.fakes.slack import FakeSlack  # noqa: E402

GOODS = ("steel", "lumber", "dairy", "autos", "copper", "textiles", "softwood", "aluminum")
PLACES = ("Ontario", "Sonora", "Quebec", "Jalisco", "Manitoba", "Coahuila", "Alberta", "Veracruz")
GAP_S = 1.3
"""Between two entries: Slack takes a message a second in each channel."""
PATIENCE_S = 30.0


class Feed:
    """A feed that shows what it is told to, and when it first did."""

    def __init__(self) -> None:
        self._items: list[str] = []
        self._told = 0
        self.shown: asyncio.Event = asyncio.Event()
        self.at = 0.0

    def add(self, number: int) -> str:
        """Add an entry, and return its title."""
        good, place = GOODS[number % 8], PLACES[number // 8 % 8]
        title = f"Panel {number} weighs a duty on {good} from {place}"
        said = f"Officials said in hearing {number} that a duty of {number % 40 + 5} percent on {good} "
        self._items.insert(
            0,
            f"<item><guid isPermaLink='false'>e{number}</guid><title>{title}</title>"
            f"<link>https://ledger.example/{number}</link><description>{said}is weighed.</description>"
            f"<pubDate>{format_datetime(datetime.now(UTC))}</pubDate></item>",
        )
        self.shown.clear()
        return title

    async def answer(self, _: web.Request) -> web.Response:
        """Serve the feed."""
        if self._told != len(self._items):
            self._told, self.at = len(self._items), time.monotonic()
            self.shown.set()
        body = "".join(self._items[:20])
        text = (
            "<?xml version='1.0'?><rss version='2.0'><channel><title>Ledger</title>"
            f"<link>https://ledger.example/</link><description>Sample</description>{body}"
            "</channel></rss>"
        )
        return web.Response(text=text, content_type="application/rss+xml")


@asynccontextmanager
async def served(feed: Feed) -> AsyncIterator[str]:
    """Serve a feed on this machine; gives host:port."""
    app = web.Application()
    app.router.add_get("/feed.rss", feed.answer)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"127.0.0.1:{runner.addresses[0][1]}"
    await runner.cleanup()


def configure(folder: Path, host: str) -> None:
    """Write the bot's configuration: one feed, two channels that want every entry."""
    (folder / "feeds.yaml").write_text(
        f"feeds:\n  - {{id: ledger, name: Ledger, url: 'http://{host}/feed.rss', lang: en}}\n"
    )
    (folder / "bot.yaml").write_text(
        "polling: {min_interval: 1s, default_interval: 1s, quiet_interval: 1s, max_interval: 1s, "
        "host_gap: 0s}\n"
        "subscriptions:\n"
        "  - {to: 'slack:T1/C1', query: '*', group: entry}\n"
        "  - {to: 'discord:111', query: '*', group: entry}\n"
    )


@asynccontextmanager
async def bot(
    folder: Path, host: str, slack: FakeSlack, discord: FakeDiscord
) -> AsyncIterator[asyncio.subprocess.Process]:
    """The bot as a program."""
    process = await asyncio.create_subprocess_exec(
        *(sys.executable, "-m", "bot", "run", "--config", str(folder)),
        cwd=folder,
        env={
            **{name: os.environ[name] for name in ("PATH", "HOME") if name in os.environ},
            "PYTHONPATH": str(ROOT),
            "BOT_DATABASE_URL": f"sqlite:///{folder / 'bot.db'}",
            "BOT_ALLOW_HOSTS": host,
            "BOT_WEB_BIND": "off",
            "SLACK_BOT_TOKEN": slack.token(),
            "SLACK_APP_TOKEN": slack.app_token,
            "SLACK_API_URL": slack.api_url,
            "DISCORD_TOKEN": discord.token,
            "DISCORD_API_URL": discord.api_url,
            "DISCORD_GATEWAY_URL": discord.gateway_url,
        },
        stdin=asyncio.subprocess.DEVNULL,
        stderr=asyncio.subprocess.DEVNULL,
    )
    try:
        yield process
    finally:
        process.terminate()
        await process.wait()


async def arrived(title: str, messages: Callable[[], list[object]], since: float) -> float:
    """Return the seconds until a message with the title was there."""
    while time.monotonic() - since < PATIENCE_S:
        if any(title in str(message) for message in messages()[-3:]):
            return time.monotonic() - since
        await asyncio.sleep(0.002)
    raise SystemExit(f"no message came within {PATIENCE_S:.0f} s: {title}")


async def measure(entries: int) -> dict[str, list[float]]:
    """Return the seconds that each entry took, by platform."""
    took: dict[str, list[float]] = {"Slack": [], "Discord": []}
    feed = Feed()
    with tempfile.TemporaryDirectory() as name:
        async with FakeSlack() as slack, FakeDiscord() as discord, served(feed) as host:
            folder = Path(name)
            configure(folder, host)
            numbers = itertools.count(1)
            async with bot(folder, host, slack, discord):
                for number in itertools.islice(numbers, entries + 3):
                    title = feed.add(number)
                    await asyncio.wait_for(feed.shown.wait(), PATIENCE_S)
                    both = await asyncio.gather(
                        arrived(title, lambda: list(slack.messages("C1")), feed.at),
                        arrived(title, lambda: list(discord.messages), feed.at),
                    )
                    if number > 3:  # the first ones meet a bot that has just begun
                        for platform, seconds in zip(took, both, strict=True):
                            took[platform].append(seconds)
                    await asyncio.sleep(GAP_S)
    return took


def main(entries: int) -> None:
    """Measure, print and write JSON."""
    rows: list[Row] = []
    for platform, seconds in asyncio.run(measure(entries)).items():
        parts = quantiles(seconds, n=100, method="inclusive")
        figures = {"p50": parts[49], "p95": parts[94], "max": max(seconds)}
        rows.append(
            {"platform": platform, "entries": len(seconds)}
            | {f"{name} ms": round(value * 1_000) for name, value in figures.items()}
        )
    print(f"milliseconds from the feed's answer to the platform's receipt; {machine()}\n")
    table(rows)
    write("end_to_end", {"rows": rows})


if __name__ == "__main__":
    main(int(sys.argv[1]) if len(sys.argv) > 1 else 60)
