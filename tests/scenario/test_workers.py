"""Several processes of the bot on one PostgreSQL: workers, chat, web."""

import asyncio
import importlib.util
import json
import signal
import time
from collections import Counter
from collections.abc import AsyncIterator
from pathlib import Path

import psycopg
import pytest

from bot.storage.engine import open_engines
from bot.storage.queue_schema import QueueSchema, libpq_url, prepare_queue
from tests.fakes.discord import FakeDiscord
from tests.fakes.slack import FakeSlack
from tests.scenario.program import Program
from tests.scenario.sample_web import SampleWeb
from tests.scenario.test_whole_bot import AUTOS, NOISE, STEEL

needs_queue = pytest.mark.skipif(
    importlib.util.find_spec("procrastinate") is None,
    reason="many workers need an extra: pip install '.[procrastinate]'",
)


class Crew:
    """The processes of one test; what they log is kept."""

    def __init__(self, program: Program) -> None:
        self.program = program
        self.logs: dict[str, list[dict]] = {}
        self._members: dict[str, tuple[asyncio.subprocess.Process, asyncio.Task[None]]] = {}
        self._said = asyncio.Condition()

    async def start(self, name: str, *arguments: str) -> None:
        process = await self.program.start(*arguments)
        self.logs[name] = []
        self._members[name] = process, asyncio.create_task(self._read(name, process))

    async def _read(self, name: str, process: asyncio.subprocess.Process) -> None:
        while line := await process.stderr.readline():
            if not line.startswith(b"{"):  # what Python itself says of a killed process's children
                continue
            async with self._said:
                self.logs[name].append(json.loads(line))
                self._said.notify_all()

    async def until(self, name: str, event: str, *, times: int = 1, seconds: float = 60) -> None:
        def reached() -> bool:
            return self.count(name, event) >= times

        async with asyncio.timeout(seconds), self._said:
            await self._said.wait_for(reached)

    def count(self, name: str, event: str) -> int:
        return sum(line["event"] == event for line in self.logs[name])

    async def kill(self, name: str) -> None:
        process, reading = self._members.pop(name)
        process.kill()
        await process.wait()
        await reading

    def signal(self, name: str, number: signal.Signals) -> None:
        self._members[name][0].send_signal(number)

    async def stop(self, name: str) -> tuple[int, float]:
        """Ask a process to end; returns its exit code and the seconds it took."""
        process, reading = self._members.pop(name)
        begun = time.monotonic()
        process.send_signal(signal.SIGTERM)
        await asyncio.wait_for(process.wait(), 30)
        await reading
        return process.returncode, time.monotonic() - begun

    async def end(self) -> None:
        for name in list(self._members):
            await self.kill(name)


@pytest.fixture
async def crew(tmp_path: Path, postgres_database: str) -> AsyncIterator[Crew]:
    """A bot on PostgreSQL whose engine is Procrastinate, with two subscribed channels."""
    async with SampleWeb() as web, FakeSlack() as slack, FakeDiscord() as discord:
        more = {"BOT_ENGINE": "procrastinate", "BOT_WEB_BIND": "off"}
        bot = Program(tmp_path, web, slack, discord, postgres_database, more=more)
        bot.configure("ledger", "herald")
        for to in ("slack:C1", "discord:111"):
            done = await bot.run("subscriptions", "add", "--to", to, "--query", "*")
            assert done.code == 0, done.err
        crew = Crew(bot)
        try:
            yield crew
        finally:
            await crew.end()


def told(crew: Crew, titles: tuple[str, ...]) -> dict[str, Counter[str]]:
    slack = [str(one) for one in crew.program.slack.messages("C1")]
    discord = [str(one) for one in crew.program.discord.messages]
    return {
        name: Counter(title for text in texts for title in titles if title in text)
        for name, texts in (("slack", slack), ("discord", discord))
    }


async def everything_told(crew: Crew, titles: tuple[str, ...], seconds: float = 60) -> None:
    async with asyncio.timeout(seconds):
        # several servers: there is no one event to wait for
        while any(len(counts) < len(titles) for counts in told(crew, titles).values()):  # noqa: ASYNC110
            await asyncio.sleep(0.05)


@needs_queue
async def test_two_workers_share_the_work_and_tell_once(crew: Crew) -> None:
    """One polls, one delivers; both stop within ten seconds, and a third run tells nothing anew."""
    await crew.start("poller", "worker", "--queues", "poll")
    await crew.start("sender", "worker", "--queues", "deliver,upkeep")
    await crew.until("poller", "running")
    await crew.until("sender", "running")
    crew.program.web.show("ledger", STEEL, AUTOS, NOISE[0])
    titles = (STEEL[1], AUTOS[1], NOISE[0][1])
    await everything_told(crew, titles)
    assert crew.count("poller", "delivery_recorded") == 0
    assert crew.count("sender", "feed_polled") == 0
    for name in ("poller", "sender"):
        code, seconds = await crew.stop(name)
        assert (code, crew.count(name, "job_failed")) == (0, 0)
        assert seconds < 10
    again = await crew.program.run("poll", "--once", "--all")
    assert again.code == 0, again.err
    once = dict.fromkeys(titles, 1)
    assert told(crew, titles) == {"slack": once, "discord": once}


@needs_queue
async def test_a_killed_worker_is_replaced_by_the_others(crew: Crew) -> None:
    """kill -9 while it works: the other one takes up what it had, and nothing is told twice."""
    for name in ("first", "second"):
        await crew.start(name, "worker")
        await crew.until(name, "running")
    stories = tuple((f"e{n}", f"Sample ruling number {n} on steel", f"Text {n}.") for n in range(8))
    crew.program.web.show("ledger", *stories)
    titles = tuple(title for _, title, _ in stories)
    await crew.program.slack.until(lambda: crew.program.slack.messages("C1"), seconds=60)
    await crew.kill("first")
    crew.program.web.show("herald", STEEL)
    await everything_told(crew, (STEEL[1],))
    counts = told(crew, (*titles, STEEL[1]))
    assert max(counts["slack"].values()) == 1
    assert max(counts["discord"].values()) == 1


@needs_queue
async def test_one_of_two_chats_holds_the_gateway(crew: Crew) -> None:
    """Both hear Slack; the second takes Discord's gateway over when the first is killed."""
    slack = crew.program.slack
    crew.program.more = {**crew.program.more, "SLACK_APP_TOKEN": slack.app_token}
    await crew.start("one", "chat")
    await crew.until("one", "running")
    await crew.start("two", "chat")
    await crew.until("two", "lease_waited_for")
    await crew.until("two", "running")
    await slack.connected(2)
    assert crew.count("two", "lease_taken") == 0
    await crew.kill("one")
    begun = time.monotonic()
    await crew.until("two", "lease_taken", seconds=30)
    assert time.monotonic() - begun < 30
    async with asyncio.timeout(30):
        await crew.program.discord.gateway.identified(2)
    interaction = await crew.program.discord.command("help")
    assert await interaction.answered()


@pytest.mark.soak
@needs_queue
async def test_a_holder_that_hangs_loses_the_gateway_within_half_a_minute(crew: Crew) -> None:
    """It lives, but renews nothing: the lease ends, the other answers; awake, the first lets go."""
    await crew.start("one", "chat")
    await crew.until("one", "lease_taken")
    await crew.program.discord.gateway.identified(1)
    await crew.start("two", "chat")
    await crew.until("two", "lease_waited_for")
    crew.signal("one", signal.SIGSTOP)
    begun = time.monotonic()
    await crew.until("two", "lease_taken", seconds=30)
    async with asyncio.timeout(30):
        await crew.program.discord.gateway.identified(2)
    assert time.monotonic() - begun < 30
    interaction = await crew.program.discord.command("help")
    assert await interaction.answered()
    crew.signal("one", signal.SIGCONT)
    await crew.until("one", "lease_lost", seconds=30)
    assert crew.count("two", "lease_lost") == 0


async def test_a_worker_needs_its_engine_and_postgresql(tmp_path: Path, sqlite_url: str) -> None:
    """Each lack ends with 2 and a sentence that names the variable."""
    async with SampleWeb() as web, FakeSlack() as slack, FakeDiscord() as discord:
        bot = Program(tmp_path, web, slack, discord, sqlite_url)
        bot.configure("ledger")
        plain = await bot.run("worker")
        assert (plain.code, "BOT_ENGINE" in plain.err) == (2, True), plain.err
        bot.more = {"BOT_ENGINE": "procrastinate"}
        lite = await bot.run("worker")
        assert (lite.code, "PostgreSQL" in lite.err) == (2, True), lite.err
        odd = await bot.run("worker", "--queues", "pol")
        assert odd.code == 2
        assert "Traceback" not in plain.err + lite.err + odd.err


@needs_queue
async def test_jobs_of_a_dead_worker_come_back(postgres_database: str) -> None:
    """Waiting again where none of their kind waits, dropped where one does."""
    from bot.jobs.queue import TABLE, open_queue, rescue, schema

    whole, steps = schema()
    engines = open_engines(postgres_database)
    await prepare_queue(engines, QueueSchema(table=TABLE, whole=whole, steps=steps))
    app = open_queue(libpq_url(engines))
    async with app.open_async():
        await app.configure_task("poll", queue="poll", queueing_lock="poll").defer_async()
        await app.configure_task("deliver", queue="deliver", queueing_lock="deliver").defer_async()
        worker = await app.job_manager.register_worker()
        for _ in range(2):
            assert await app.job_manager.fetch_job(queues=None, worker_id=worker)
        await app.configure_task("deliver", queue="deliver", queueing_lock="deliver").defer_async()
        assert await rescue(app) == 0
        with psycopg.connect(postgres_database) as connection:
            connection.execute(
                "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'"
            )
        assert await rescue(app) == 2
        found = Counter(
            (job.task_name, job.status) for job in await app.job_manager.list_jobs_async()
        )
        assert found == {("poll", "todo"): 1, ("deliver", "todo"): 1}
        assert await rescue(app) == 0
    await engines.dispose()
