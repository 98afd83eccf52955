"""`usmca-bot run` as a program: one address, platforms and health at once, pages from a process beside it."""

import asyncio
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import aiohttp
import psutil
import pytest

from tests.fakes.discord import FakeDiscord
from tests.fakes.slack import FakeSlack
from tests.scenario.program import Program
from tests.scenario.sample_web import SampleWeb
from tests.scenario.test_running import ended, logged
from tests.scenario.test_whole_bot import AUTOS, STEEL

TOKEN = "a-sample-token-of-forty-characters-length"


@pytest.fixture
async def program(tmp_path: Path, sqlite_url: str) -> AsyncIterator[Program]:
    """The bot without platforms, which signs in an operator."""
    async with SampleWeb() as web, FakeSlack() as slack, FakeDiscord() as discord:
        off = {"SLACK_BOT_TOKEN": "", "DISCORD_TOKEN": "", "BOT_WEB_TOKEN": TOKEN}
        bot = Program(tmp_path, web, slack, discord, sqlite_url, more=off)
        bot.configure("ledger")
        yield bot


def pages_of(pid: int) -> list[psutil.Process]:
    """The pages' processes of a bot."""
    found = psutil.Process(pid).children(recursive=True)
    return [one for one in found if "bot.app.pages_child" in one.cmdline()]


async def get(port: int, path: str, **headers: str) -> tuple[int, str]:
    async with (
        aiohttp.ClientSession() as session,
        session.get(f"http://127.0.0.1:{port}{path}", headers=headers) as answer,
    ):
        return answer.status, await answer.text()


async def post(port: int, path: str, form: dict[str, str], **headers: str) -> int:
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"http://127.0.0.1:{port}{path}", data=form, headers=headers) as answer,
    ):
        return answer.status


async def test_one_address_for_pages_and_all_else(program: Program) -> None:
    """A poll asked for on a page is done by the bot itself; both processes end together."""
    program.web.show("ledger", STEEL)
    rare = "polling: {default_interval: 1h, quiet_interval: 1h, host_gap: 0s}\n"
    (program.folder / "config" / "bot.yaml").write_text(rare)
    process = await program.start("run")
    port = (await logged(process, "listening"))["port"]
    await logged(process, "feed_polled")
    assert pages_of(process.pid) == []
    bearer = {"Authorization": f"Bearer {TOKEN}"}
    status, text = await get(port, "/search?q=steel", **bearer)
    assert (status, STEEL[1] in text) == (200, True)
    (pages,) = pages_of(process.pid)
    program.web.show("ledger", AUTOS, STEEL)
    assert await post(port, "/feeds/act", {"feed": "ledger", "act": "poll"}, **bearer) == 200
    assert (await logged(process, "feed_polled"))["new"] == 1
    status, text = await get(port, "/metrics")
    assert (status, "usmca_bot_entries 2.0" in text) == (200, True)
    assert (await get(port, "/", **{"X-Forwarded-For": "203.0.113.7"}))[0] == 401
    assert (await get(port, "/", Host="rebound.example"))[0] == 421
    code, rest = await ended(process)
    assert code == 0
    assert not [line for line in rest if line["level"] in ("warning", "error")]
    assert not pages.is_running()


async def test_killed_the_bot_leaves_no_pages_behind(program: Program) -> None:
    """Nobody is left to hold the database, or a socket in a temporary folder."""
    process = await program.start("run")
    port = (await logged(process, "listening"))["port"]
    assert (await get(port, "/timeline"))[0] == 200
    (pages,) = pages_of(process.pid)
    (socket,) = {one.laddr for one in pages.net_connections("unix") if one.laddr.endswith("/pages")}
    assert Path(socket).parent.stat().st_mode & 0o077 == 0
    process.send_signal(signal.SIGKILL)
    await process.wait()
    async with asyncio.timeout(10):
        while _is_there(pages):  # noqa: ASYNC110 - another process ends
            await asyncio.sleep(0.02)
    assert not Path(socket).parent.exists()


def _is_there(process: psutil.Process) -> bool:
    try:
        return process.status() != psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return False
