"""`usmca-bot run` as a program: listeners, engine and server together."""

import asyncio
import json
import signal
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from tests.fakes.discord import FakeDiscord
from tests.fakes.slack import FakeSlack
from tests.scenario.program import Program
from tests.scenario.sample_web import SampleWeb
from tests.scenario.test_whole_bot import AUTOS, STEEL


@pytest.fixture
async def program(tmp_path: Path, sqlite_url: str) -> AsyncIterator[Program]:
    """The bot beside both platforms, Slack by Socket Mode and Discord by its gateway."""
    async with SampleWeb() as web, FakeSlack() as slack, FakeDiscord() as discord:
        bot = Program(
            tmp_path, web, slack, discord, sqlite_url, more={"SLACK_APP_TOKEN": slack.app_token}
        )
        bot.configure("ledger")
        yield bot


async def ended(process: asyncio.subprocess.Process) -> tuple[int, list[dict]]:
    process.send_signal(signal.SIGTERM)
    _, err = await asyncio.wait_for(process.communicate(), 30)
    return process.returncode, [json.loads(line) for line in err.decode().splitlines()]


async def logged(process: asyncio.subprocess.Process, event: str) -> dict:
    """Read the log until an event comes."""
    while True:
        line = await asyncio.wait_for(process.stderr.readline(), 30)
        assert line, f"the program ended before {event}"
        found = json.loads(line)
        if found["event"] == event:
            return found


async def test_asked_in_both_platforms_and_told_in_both(program: Program) -> None:
    """Subscribed by commands, an entry that comes later is told within seconds."""
    process = await program.start("run")
    try:
        await program.slack.connected()
        sent = await program.slack.command("subscribe steel", channel="C1")
        answer = await program.slack.answer(sent)
        assert "Steel" in json.dumps(answer)
        await logged(process, "running")
        interaction = await program.discord.command("subscribe", topics="autos")
        assert "Autos" in json.dumps(await interaction.answered())
        program.web.show("ledger", STEEL, AUTOS)
        await program.slack.until(lambda: program.slack.messages("C1"), seconds=30)
        async with asyncio.timeout(30):
            while not program.discord.messages:  # noqa: ASYNC110 - another server than Slack's
                await asyncio.sleep(0.02)
        assert STEEL[1] in str(program.slack.messages("C1"))
        assert AUTOS[1] in str(program.discord.messages)
    finally:
        code, _ = await ended(process)
    assert code == 0


async def test_a_wrong_token_names_its_variable_and_stops_nobody(program: Program) -> None:
    """Discord goes on where Slack is refused, and the tokens stay out of the log."""
    program.slack.workspaces["T1"].token = "xoxb-another"
    program.more = {**program.more, "SLACK_BOT_TOKEN": "xoxb-wrong-canary"}
    process = await program.start("run")
    try:
        refused = await logged(process, "platform_refused")
        assert "SLACK_BOT_TOKEN" in refused["reason"]
        await logged(process, "running")
        interaction = await program.discord.command("help")
        assert await interaction.answered()
    finally:
        code, rest = await ended(process)
    assert code == 0
    assert "canary" not in json.dumps([refused, *rest])


async def test_without_tokens_the_log_says_what_turns_a_platform_on(program: Program) -> None:
    """Nothing is connected, and each platform's variable is named."""
    program.more = {"SLACK_BOT_TOKEN": "", "SLACK_APP_TOKEN": "", "DISCORD_TOKEN": ""}
    process = await program.start("run")
    off = [await logged(process, "platform_off") for _ in range(2)]
    code, _ = await ended(process)
    assert code == 0
    said = json.dumps(off)
    assert "SLACK_BOT_TOKEN" in said
    assert "DISCORD_TOKEN" in said


async def test_a_platform_that_hangs_at_the_start_does_not_keep_it_from_ending(
    program: Program,
) -> None:
    """Somebody who says stop while Slack does not answer is heard within seconds."""
    program.slack.fail("auth.test", "hang")
    process = await program.start("run")
    await logged(process, "platform_connected")  # Discord
    async with asyncio.timeout(10):
        code, _ = await ended(process)
    assert code == 0
