"""Kills the bot again and again while platforms misbehave, and counts what the channels got."""

import asyncio
import itertools
import json
import random
import sqlite3
import time
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

import psycopg

from tests.fakes.discord import FakeDiscord
from tests.fakes.discord_world import broken, dropped, hanging, rate_limited
from tests.fakes.slack import FakeSlack
from tests.scenario.program import Program
from tests.scenario.sample_web import SampleWeb

SLACK = ("C1", "C2")
DISCORD = ("111", "222")
_GOODS = ("steel", "lumber", "autos", "dairy", "aluminum", "textiles", "corn", "copper")
_PLACES = ("Laredo", "Detroit", "Tijuana", "Windsor", "El Paso", "Nogales", "Blaine", "Reynosa")


def title_of(number: int) -> str:
    goods, place = _GOODS[number % 8], _PLACES[(number // 8) % 8]
    return f"Bulletin {number:03d}: {goods} entry procedure at {place}"


@dataclass(slots=True)
class Counted:
    """What the channels have, beside what they should."""

    missing: int
    repeats_slack: int
    repeats_discord: int
    unwanted: int

    @property
    def clean(self) -> bool:
        return not (self.missing or self.repeats_slack or self.repeats_discord or self.unwanted)


@dataclass(slots=True)
class Storm:
    """Some processes of the bot, two platforms, and everything that goes wrong between them."""

    bot: Program
    commands: tuple[tuple[str, ...], ...]
    stories: int
    seed: int
    running: dict[int, asyncio.subprocess.Process] = field(default_factory=dict)
    shown: int = 0
    unclear: Counter[str] = field(default_factory=Counter)
    """How often each platform took a message and did not say so."""
    worst: int = 0
    """Kills between a message that was taken and the record of it."""
    kills: int = 0
    chance: random.Random = field(init=False)

    def __post_init__(self) -> None:
        self.chance = random.Random(self.seed)
        self.bot.slack.add_channel("C2", team="T1")
        self.bot.discord.world.add_channel("222")

    async def prepare(self) -> None:
        """Configure one feed, told entry by entry to four channels."""
        self.bot.configure("bulletins")
        polling = "min_interval: 1s, default_interval: 1s, quiet_interval: 1s, host_gap: 0s"
        first = f"first_poll: {{max: {self.stories}}}, flood: {self.stories}"
        rows = "".join(
            f"  - {{to: '{to}', query: '*', group: entry}}\n"
            for to in (*(f"slack:{c}" for c in SLACK), *(f"discord:{c}" for c in DISCORD))
        )
        config = self.bot.folder / "config" / "bot.yaml"
        config.write_text(f"polling: {{{polling}, {first}}}\nsubscriptions:\n{rows}")
        self.show(0)

    def show(self, count: int) -> None:
        """Let the feed show its first entries."""
        self.shown = max(self.shown, min(count, self.stories))
        entries = [
            (f"b{n}", title_of(n), f"Sample notice number {n} for customs brokers.")
            for n in range(self.shown)
        ]
        self.bot.web.show("bulletins", *reversed(entries))

    async def start(self) -> None:
        """Start the processes that do not run."""
        for number, command in enumerate(self.commands):
            process = self.running.get(number)
            if process is None or process.returncode is not None:
                log = (self.bot.folder / f"log-{number}.txt").open("ab")
                self.running[number] = await self.bot.start(*command, stderr=log.fileno())
                log.close()

    async def kill(self, number: int) -> None:
        """kill -9."""
        process = self.running.pop(number)
        if process.returncode is None:
            process.kill()
            self.kills += 1
        await process.wait()

    def log(self, number: int = 0) -> str:
        """What a process said, over all its lives."""
        return (self.bot.folder / f"log-{number}.txt").read_text(errors="replace")

    async def until_said(self, words: str, *, number: int = 0, seconds: float = 60) -> None:
        """Wait until a process says something in its log."""
        async with asyncio.timeout(seconds):
            while words not in self.log(number):  # noqa: ASYNC110 - another process writes it
                await asyncio.sleep(0.05)

    async def stop(self) -> list[int]:
        """Ask all to end; returns their exit codes."""
        for process in self.running.values():
            process.terminate()
        waits = (asyncio.wait_for(process.wait(), 40) for process in self.running.values())
        codes = list(await asyncio.gather(*waits))
        self.running.clear()
        return codes

    async def end(self) -> None:
        for number in list(self.running):
            await self.kill(number)

    # ---- what goes wrong

    def trouble(self) -> None:
        """Arrange a few failures: limits, errors, resets, and messages taken without an answer."""
        slack, discord = self.bot.slack, self.bot.discord
        for _ in range(self.chance.randint(1, 3)):
            kind = self.chance.choice(("limit", "error", "reset", "reset taken", "drop taken"))
            taken = kind.endswith("taken")
            if self.chance.random() < 0.5:
                self.unclear["slack"] += taken
                where = {"channel": self.chance.choice(SLACK), "taken": taken}
                if kind == "limit":
                    slack.fail("chat.postMessage", "ratelimited", retry_after=1, **where)
                elif kind == "error":
                    slack.fail("chat.postMessage", "status", status=500, **where)
                else:
                    slack.fail("chat.postMessage", kind.split()[0], **where)
            else:
                self.unclear["discord"] += taken
                if kind == "limit":
                    discord.fail(rate_limited(0.5))
                elif kind == "error":
                    discord.fail(broken(502))
                else:
                    discord.fail(dropped(taken=taken))

    async def worst_moment(self, patience: float = 12.0) -> bool:
        """Wait until a platform took a message whose receipt nobody stored; False where none came."""
        if self.chance.random() < 0.5:
            channel = self.chance.choice(SLACK)
            before = len(self.bot.slack.messages(channel))
            failure = self.bot.slack.fail("chat.postMessage", "hang", taken=True, channel=channel)

            def reached() -> bool:
                return failure.times == 0 and len(self.bot.slack.messages(channel)) > before

            platform = "slack"
        else:
            failure = hanging(taken=True)
            self.bot.discord.fail(failure)

            def reached() -> bool:
                return failure not in self.bot.discord.world.failures or failure.times == 0

            platform = "discord"
        end = time.monotonic() + patience
        while not reached():
            if time.monotonic() > end:
                failure.times = 0  # nothing was on its way: the next storm is not to meet it
                if platform == "discord" and failure in self.bot.discord.world.failures:
                    self.bot.discord.world.failures.remove(failure)
                return False
            await asyncio.sleep(0.005)
        self.unclear[platform] += 1
        self.worst += 1
        return True

    def sender(self) -> int:
        """The process that sends now, where the database says so; otherwise any."""
        url = self.bot.database_url
        if len(self.commands) > 1 and url.startswith("postgresql"):
            with psycopg.connect(url) as connection:
                query = "SELECT lease_owner FROM deliveries WHERE lease_owner IS NOT NULL"
                owners = [row[0].split("/")[-2] for row in connection.execute(query)]
            for number, process in self.running.items():
                if str(process.pid) in owners:
                    return number
        return self.chance.choice(list(self.running))

    # ---- what came of it

    def titles(self) -> Mapping[str, Counter[str]]:
        """How often each title stands in each channel; what is no title counts as a stray."""
        wanted = [title_of(n) for n in range(self.stories)]
        texts = {name: [str(one) for one in self.bot.slack.messages(name)] for name in SLACK}
        messages = self.bot.discord.world.messages
        texts |= {name: [json.dumps(one) for one in messages[name]] for name in DISCORD}
        return {
            name: Counter(next((t for t in wanted if t in text), "stray") for text in each)
            for name, each in texts.items()
        }

    def counted(self) -> Counted:
        found = self.titles()
        wanted = [title_of(n) for n in range(self.shown)]
        repeats = {
            name: sum(max(0, counts[title] - 1) for title in wanted)
            for name, counts in found.items()
        }
        return Counted(
            missing=sum(counts[title] == 0 for counts in found.values() for title in wanted),
            repeats_slack=sum(repeats[name] for name in SLACK),
            repeats_discord=sum(repeats[name] for name in DISCORD),
            unwanted=sum(counts["stray"] for counts in found.values()),
        )

    async def settle(self, seconds: float) -> Counted:
        """Run until nothing is missing, a while longer, then once more by hand."""
        await self.start()
        end = time.monotonic() + seconds
        while self.counted().missing and time.monotonic() < end:  # noqa: ASYNC110 - others' servers
            await asyncio.sleep(0.1)
        assert set(await self.stop()) <= {0}
        done = await self.bot.run("poll", "--once", "--all")
        assert done.code == 0, done.err
        return self.counted()

    def database_size(self) -> int:
        """Bytes of the SQLite file."""
        return Path(self.bot.database_url.removeprefix("sqlite:///")).stat().st_size

    def database_intact(self) -> bool:
        url = self.bot.database_url
        if url.startswith("sqlite"):
            with sqlite3.connect(url.removeprefix("sqlite:///")) as connection:
                whole = connection.execute("PRAGMA integrity_check").fetchall() == [("ok",)]
                loose = connection.execute("PRAGMA foreign_key_check").fetchall()
                return whole and not loose
        with psycopg.connect(url) as connection:
            query = "SELECT count(*) FROM deliveries WHERE state <> 'sent'"
            return connection.execute(query).fetchone() == (0,)


def storm(
    folder: Path,
    web: SampleWeb,
    slack: FakeSlack,
    discord: FakeDiscord,
    database_url: str,
    *,
    commands: tuple[tuple[str, ...], ...] = (("run",),),
    stories: int,
    seed: int,
    more: Mapping[str, str] | None = None,
) -> Storm:
    """Put a storm together; nothing runs yet."""
    off = {"BOT_WEB_BIND": "off", **(more or {})}
    bot = Program(folder, web, slack, discord, database_url, more=off)
    return Storm(bot=bot, commands=commands, stories=stories, seed=seed)


async def rage(weather: Storm, kills: int, *, longest: float = 5.0) -> None:
    """Show more entries from kill to kill; every second kill comes at a worst moment.

    The others come after at most `longest` seconds.
    """
    for number in itertools.count(1):
        weather.show(2 + weather.stories * number // kills)
        weather.trouble()
        await weather.start()
        if number % 2 == 0 or not await weather.worst_moment():
            await asyncio.sleep(weather.chance.uniform(0.5, longest))
        ended = {n: p.returncode for n, p in weather.running.items() if p.returncode is not None}
        assert not ended, f"ended by themselves: {ended}\n{weather.log()[-2000:]}"
        await weather.kill(weather.sender())
        if number >= kills:
            weather.show(weather.stories)
            return
