"""The process that makes the pages: real processes, started and ended as they are in `usmca-bot run`."""

import asyncio
import json
import re
import sys
from contextlib import asynccontextmanager
from dataclasses import replace

import aiohttp
import psutil
import pytest

from bot.app.pages_process import Order, PagesProcess
from bot.settings import defaults
from bot.settings.load import load
from bot.web.pace import PAGES
from bot.web.relay import Relay
from bot.web.server import WebServer


@pytest.fixture
def order(sqlite_url) -> Order:
    environ = {"BOT_DATABASE_URL": sqlite_url, "LOG_LEVEL": "ERROR"}
    settings = load(defaults.packaged(), environ)
    return Order(settings=settings, bind="127.0.0.1", form_secret=b"of this test", pace=PAGES)


@asynccontextmanager
async def serving(process: PagesProcess):
    """A server that has its pages made by the process."""
    server = WebServer(
        queries=None, host="127.0.0.1", port=0, handlers={}, site=Relay(process).add_to
    )
    await server.start()
    try:
        jar = aiohttp.CookieJar(unsafe=True)  # keeps those of an address without a name
        home = f"http://127.0.0.1:{server.port}"
        async with aiohttp.ClientSession(home, cookie_jar=jar) as session:
            yield session
    finally:
        await server.stop()


def children() -> list[psutil.Process]:
    """The pages' processes of this test run's process."""
    mine = psutil.Process().children(recursive=True)
    return [one for one in mine if "bot.app.pages_child" in " ".join(_command(one))]


def _command(process: psutil.Process) -> list[str]:
    try:
        return process.cmdline()
    except (psutil.NoSuchProcess, psutil.ZombieProcess):
        return []


async def until(reached) -> None:
    async with asyncio.timeout(20):
        while not reached():  # noqa: ASYNC110 - another process does something
            await asyncio.sleep(0.02)


async def token_of(front: aiohttp.ClientSession) -> str:
    """The hidden field of the form that tries rules."""
    async with front.get("/rules") as answer:
        found = re.search(r'name="csrf" value="([0-9a-f]+)"', await answer.text())
    assert found is not None
    return found[1]


async def test_it_lives_while_somebody_asks(order) -> None:
    """None at the start, one for all who ask at once, kinder than us, none after a while, again one."""
    process = PagesProcess(order, idle_s=0.3)
    async with serving(process) as front:
        assert children() == []

        async def status() -> int:
            async with front.get("/timeline") as answer:
                return answer.status

        assert await asyncio.gather(*(status() for _ in range(4))) == [200] * 4
        (child,) = children()
        assert child.nice() > psutil.Process().nice()
        await until(lambda: not children())
        assert await process.well()
        assert await status() == 200
    assert children() == []
    assert not process.socket.parent.exists()


async def test_an_open_page_keeps_it(order) -> None:
    """A stream that nobody closed counts as somebody who asks."""
    process = PagesProcess(order, idle_s=0.1)
    async with serving(process) as front, front.get("/live") as live:
        assert (await live.content.readline()).startswith(b"retry:")
        (child,) = children()
        await asyncio.sleep(0.4)
        assert children() == [child]
    assert children() == []


async def test_killed_it_comes_back(order) -> None:
    """It rests a second, is started without being asked, and takes a form that was open before."""
    process = PagesProcess(order)
    async with serving(process) as front:
        token = await token_of(front)
        (child,) = children()
        child.kill()
        await until(lambda: process.died)
        async with front.get("/") as answer:
            assert (answer.status, answer.headers["Retry-After"]) == (503, "2")
        assert "code -9" in process.died
        assert not await process.well()
        await until(lambda: not process.died)
        async with front.post("/rules", data={"csrf": token}) as answer:
            assert answer.status == 200
        async with front.post("/rules", data={"csrf": "0" * 64}) as answer:
            assert answer.status == 403
        assert await process.well()


async def test_it_ends_with_whoever_started_it(order, tmp_path) -> None:
    """Killed without a word, the parent takes its pages with it, and the socket's folder too."""
    folder, written = tmp_path / "sockets", tmp_path / "order"
    folder.mkdir()
    written.write_bytes(replace(order, socket=folder / "pages").written())
    program = (
        "import subprocess, sys, time\n"
        "child = subprocess.Popen([sys.executable, '-m', 'bot.app.pages_child'],\n"
        "                         stdin=subprocess.PIPE, stdout=subprocess.PIPE)\n"
        f"child.stdin.write(open({str(written)!r}, 'rb').read())\n"
        "child.stdin.flush()\n"
        "print(child.pid, child.stdout.readline().decode(), flush=True)\n"
        "time.sleep(60)\n"
    )
    parent = await asyncio.create_subprocess_exec(
        sys.executable, "-c", program, stdout=asyncio.subprocess.PIPE
    )
    pid, said = (await parent.stdout.readline()).decode().split()
    assert (said, psutil.pid_exists(int(pid))) == ("ready", True)
    parent.kill()
    await parent.wait()
    await until(lambda: gone(int(pid)))
    assert not folder.exists()


def gone(pid: int) -> bool:
    """Whether a process ended, though nobody may have asked how."""
    try:
        return psutil.Process(pid).status() == psutil.STATUS_ZOMBIE
    except psutil.NoSuchProcess:
        return True


async def test_a_start_that_fails_is_said_and_tried_again(order, capfd) -> None:
    """A database that cannot be opened: its reason in the log, 503 for who asks, rests that grow."""
    environ = {"BOT_DATABASE_URL": "postgresql://nobody@127.0.0.1:1/nothing"}
    broken = replace(order, settings=load(defaults.packaged(), environ))
    process = PagesProcess(broken)
    async with serving(process) as front:
        async with front.get("/") as answer:
            assert (answer.status, answer.headers["Retry-After"]) == (503, "2")
        assert "did not begin to listen (code 1)" in process.died
    said = [json.loads(line) for line in capfd.readouterr().err.splitlines() if line[:1] == "{"]
    reasons = [line["reason"] for line in said if line["event"] == "pages_not_started"]
    assert reasons
    assert "database" in reasons[0]
