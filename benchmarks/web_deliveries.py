"""How much later a delivery goes out while people hammer the slowest pages of the same bot.

    python benchmarks/web_deliveries.py [ENTRIES] [--file ARCHIVE.db] [--rounds N] [--per-second N] [--here]
                                        [--json FILE]

Deliveries are written and sent one after the other to a platform that answers at once; the time is
from before the row is written until the platform is called, first without, then with page load: another
process with four clients that never pause, or ask for so many pages a second (the bot itself allows
one address 8). Pages are asked for at the one port of the bot and made in the process of their own that
`usmca-bot run` gives them; `--here` makes them in the process that sends, as `usmca-bot web` does. The
ratio of both medians and 95th percentiles is the result: times alone depend on the machine, whose cores
the clients use too (at the lowest priority).
"""

import argparse
import asyncio
import itertools
import json
import os
import sqlite3
import statistics
import sys
import tempfile
import time
from collections.abc import AsyncIterator, Callable
from contextlib import AsyncExitStack, asynccontextmanager, closing
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import aiohttp
from aiohttp import web
from made_archive import NOW, make, texts
from reading import rules
from told_archive import PLACES, tell
from web import TOKEN, Archive, At, bare

from bot.alerts.retry import RetryPolicy
from bot.app import App, open_app
from bot.app.pages import parts_of
from bot.app.pages_process import Order, PagesProcess
from bot.domain.alert import DeliveryDraft, DeliveryKind, Receipt, Why
from bot.domain.destination import Address, PlatformName
from bot.domain.ids import DestinationId
from bot.domain.message import Message
from bot.jobs.worker import ProcessLiveness
from bot.logs import configure
from bot.pipeline.composing import Composer
from bot.pipeline.deliver import Deliver
from bot.reading.language import Classifier
from bot.reading.read import Reader
from bot.reading.topics import TopicReader
from bot.settings import defaults
from bot.settings.load import load as load_settings
from bot.web.pace import Pace
from bot.web.relay import Relay
from bot.web.server import WebServer
from bot.web.site import add_site

CLIENTS = 4
HEAVY = (
    "/?days=30",
    "/?topic=autos&days=30",
    "/deadlines?days=3660&country=MX",
    "/deadlines?month=2026-12",
    "/tariffs",
    "/tariffs.csv",
    "/search?q=NOT+steel",
    "/search?q=tariff*",
    "/feeds/search.atom?q=canada",
    "/calendar/all.ics",
    "/calendar/search.ics?q=NOT+mexico",
    "/deliveries",
    "/metrics",
    "POST /api/v1/rules/backtest",
)


class Instant:
    """A platform that takes everything at once, and remembers what and when."""

    pace = timedelta(0)

    def __init__(self) -> None:
        self.called_at: dict[str, float] = {}
        self.taken: list[tuple[str, str]] = []

    async def post(self, to: Address, message: Message, *, key: str) -> Receipt:
        """Take a message."""
        self.called_at[str(to)] = time.perf_counter()
        self.taken.append((key, message.subject))
        return Receipt(channel=to.channel, message=str(len(self.taken)))


async def sending(app: App, story: int, platform: Instant, turn: int) -> float:
    """Write a delivery and send it; returns the milliseconds until the platform was called."""
    place = turn % PLACES + 1
    draft = DeliveryDraft(
        destination_id=DestinationId(place),
        alert_id=None,
        subject=f"story:{story}",
        kind=DeliveryKind.POST,
        revision=2 + turn // PLACES,
        why=Why(subscription_id=None, wish="steel"),
    )
    deliver = Deliver(
        store=app.store,
        notifiers={PlatformName.SLACK: platform},
        composer=Composer(app.catalog.label),
        clock=At(),
        liveness=ProcessLiveness(),
        chance=lambda: 0.5,
        policy=RetryPolicy(),
        lease=timedelta(minutes=2),
    )
    begun = time.perf_counter()
    async with app.store.begin() as uow:
        await uow.deliveries.enqueue([draft], NOW)
    while (called := platform.called_at.pop(f"slack:T1/C{place}", None)) is None:
        await deliver.run((PlatformName.SLACK,))
    return (called - begun) * 1000


def _standing_back() -> None:
    """Leave the cores to the bot: clients are elsewhere in life."""
    os.nice(19)


async def load(home: str, per_second: float | None) -> None:
    """Ask for the slowest pages, without a pause or at a pace, until somebody ends the process."""
    clock = asyncio.get_running_loop()
    turn = itertools.count()
    begun = clock.time()
    headers = {"Authorization": f"Bearer {TOKEN}"}

    async def client(number: int) -> None:
        async with aiohttp.ClientSession(headers=headers) as session:
            for path in itertools.islice(itertools.cycle(HEAVY), number * 3, None):
                method, _, where = path.rpartition(" ")
                if per_second:
                    await asyncio.sleep(begun + next(turn) / per_second - clock.time())
                body = {"query": "tariff* OR steel", "days": 365} if method else None
                async with session.request(method or "GET", home + where, json=body) as answer:
                    await answer.read()

    await asyncio.gather(*(client(number) for number in range(CLIENTS)))


@asynccontextmanager
async def hammered(home: str, per_second: float | None) -> AsyncIterator[None]:
    """Keep the pages busy from another process."""
    pace = ("--per-second", str(per_second)) if per_second else ()
    process = await asyncio.create_subprocess_exec(sys.executable, __file__, "--load", home, *pace)
    await asyncio.sleep(3)  # the clients are under way
    assert process.returncode is None, "the clients ended"
    try:
        yield
    finally:
        process.terminate()
        await process.wait()


def site_for(app: App, *, here: bool) -> Callable[[web.Application], None]:
    """What adds the pages to the server, without a pace."""
    unpaced = Pace(burst=1e9, per_second=1e9)
    if here:
        parts = replace(parts_of(app, "127.0.0.1"), pace=unpaced)
        return lambda served: add_site(served, parts)
    os.environ["PYTHONPATH"] = str(Path(__file__).parent)  # the other process needs our clock
    order = Order(
        settings=app.settings,
        bind="127.0.0.1",
        form_secret=b"measured",
        clock=app.clock,
        pace=unpaced,
    )
    return Relay(PagesProcess(order), pace=unpaced).add_to


async def measure(
    file: Path, rounds: int, per_second: float | None, *, here: bool
) -> dict[str, list[float]]:
    """Send without, then with load."""
    environ = {"BOT_DATABASE_URL": f"sqlite:///{file}", "BOT_WEB_TOKEN": TOKEN}
    settings = load_settings(defaults.packaged(), environ)
    found: dict[str, list[float]] = {"calm": [], "loaded": []}
    async with AsyncExitStack() as stack:
        app = await stack.enter_async_context(open_app(settings, clock=At()))
        server = WebServer(
            queries=app.store.queries,
            host="127.0.0.1",
            port=0,
            handlers={},
            site=site_for(app, here=here),
        )
        await server.start()
        stack.push_async_callback(server.stop)
        home, story, platform = f"http://127.0.0.1:{server.port}", Archive(file).story, Instant()
        _tidy(file, Archive(file).story)
        turns = itertools.count()
        await sending(app, story, platform, next(turns))
        found["calm"] = [await sending(app, story, platform, next(turns)) for _ in range(rounds)]
        async with hammered(home, per_second):
            found["loaded"] = [
                await sending(app, story, platform, next(turns)) for _ in range(rounds)
            ]
    return found


def _tidy(file: Path, story: int) -> None:
    """Take out what an earlier run sent, and who was told of the story: nobody is told twice."""
    with closing(sqlite3.connect(file, isolation_level=None)) as connection:
        connection.execute(
            "DELETE FROM deliveries WHERE key NOT LIKE 'made-%' OR subject = ?", (f"story:{story}",)
        )
        connection.execute("UPDATE destinations SET next_send_at = NULL")


def told(found: dict[str, list[float]]) -> dict[str, float]:
    """The figures, printed and returned."""
    row: dict[str, float] = {}
    for name, times in found.items():
        row[f"{name}_p50_ms"] = round(statistics.median(times), 1)
        row[f"{name}_p95_ms"] = round(statistics.quantiles(times, n=20)[-1], 1)
        row[f"{name}_max_ms"] = round(max(times), 1)
    for figure in ("p50", "p95"):
        row[f"ratio_{figure}"] = round(row[f"loaded_{figure}_ms"] / row[f"calm_{figure}_ms"], 2)
    for name, value in row.items():
        print(f"{value:>9}  {name}")
    return row


def main() -> None:
    """Make the archive where there is none, and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("entries", nargs="?", type=int, default=100_000)
    parser.add_argument("--file", type=Path)
    parser.add_argument("--rounds", type=int, default=60)
    parser.add_argument("--per-second", type=float)
    parser.add_argument("--here", action="store_true")
    parser.add_argument("--json", type=Path)
    parser.add_argument("--load", help=argparse.SUPPRESS)
    given = parser.parse_args()
    configure(stream=sys.stderr, level="WARNING")
    if given.load:
        _standing_back()
        asyncio.run(load(given.load, given.per_second))
        return
    with tempfile.TemporaryDirectory() as folder:
        file = given.file or Path(folder) / "archive.db"
        if not file.exists():
            reader = Reader(topics=TopicReader(rules()), classify=Classifier())
            make(file, texts(), reader, given.entries)
        if bare(file):
            tell(file)
        print(f"load at the beginning: {os.getloadavg()[0]:.1f}")
        row = told(asyncio.run(measure(file, given.rounds, given.per_second, here=given.here)))
    if given.json:
        given.json.write_text(json.dumps({"entries": given.entries} | row, indent=1))


if __name__ == "__main__":
    main()
