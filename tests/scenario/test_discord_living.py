"""The whole bot on Discord, as a program: asked, told, pressed, refused, and shown the door."""

import asyncio
import json
from collections.abc import AsyncIterator, Callable
from pathlib import Path

import aiohttp
import pytest

from bot.platforms.discord.menu import sub_commands
from tests.fakes.discord import FakeDiscord
from tests.fakes.discord_world import FORUM
from tests.fakes.slack import FakeSlack
from tests.scenario.program import Program
from tests.scenario.sample_web import SampleWeb
from tests.scenario.test_running import ended, logged
from tests.scenario.test_whole_bot import AUTOS, STEEL

MORE = (
    "a2",
    "Ontario plants halt shifts over Mexican auto parts tariff",
    "Two plants in Ontario stop shifts because of a 15 percent tariff on auto parts, unions said.",
)
FILLED = {
    "search": {"words": "steel"},
    "backtest": {"words": "steel", "days": 30},
    "whynot": {"about": "1"},
    "unsubscribe": {"topics": "energy"},
}


@pytest.fixture
async def program(tmp_path: Path, sqlite_url: str) -> AsyncIterator[Program]:
    """The bot beside Discord alone, with a channel and a forum."""
    async with SampleWeb() as web, FakeSlack() as slack, FakeDiscord(limit=50) as discord:
        tags = [{"id": "5", "name": "Autos", "moderated": False}]
        discord.world.add_channel("222", kind=FORUM, tags=tags)
        off = {"SLACK_BOT_TOKEN": "", "SLACK_APP_TOKEN": ""}
        bot = Program(tmp_path, web, slack, discord, sqlite_url, more=off)
        bot.configure("ledger")
        yield bot


async def until(found: Callable[[], object], seconds: float = 30) -> None:
    """Wait until something is there."""
    async with asyncio.timeout(seconds):
        while not found():  # noqa: ASYNC110 - another process's doing
            await asyncio.sleep(0.02)


def buttons(message: dict) -> dict[str, str]:
    return {
        part["label"]: part["custom_id"]
        for row in message["components"]
        for part in row["components"]
    }


async def test_each_command_is_answered_and_registered_as_it_is(program: Program) -> None:
    """Every sub-command of the menu, in front or in the group, brings an answer and no apology."""
    process = await program.start("run")
    try:
        await logged(process, "running")
        (menu,) = program.discord.world.commands["global"]
        front = {one["name"] for one in menu["options"] if one["type"] == 1}
        for sub in sub_commands():
            numbered = any(one.name == "id" for one in sub.options)
            options = FILLED.get(sub.name, {"id": 1} if numbered else {}).copy()
            if sub.name not in front:
                options["group_of"] = "more"
            interaction = await program.discord.command(sub.name, **options)
            answer = await interaction.answered(15)
            assert "Something went wrong" not in json.dumps(answer), sub.name
            assert answer["embeds"], sub.name
    finally:
        code, _ = await ended(process)
    assert code == 0
    assert program.discord.world.refused_bodies == []


async def test_an_alert_lives_in_a_channel_and_in_a_forum(program: Program) -> None:
    """Told with buttons and as a post with its tag; found while typing; each button answers."""
    for to in ("discord:900/111", "discord:900/222"):
        await program.run("subscriptions", "add", "--to", to, "--topic", "autos")
    process = await program.start("run")
    discord = program.discord
    try:
        await logged(process, "running")
        program.web.show("ledger", STEEL, AUTOS)
        await until(lambda: len(discord.messages) >= 2)
        alert = next(one for one in discord.messages if one["channel_id"] == "111")
        (post,) = [one for one in discord.world.channels.values() if one.parent == "222"]
        assert (post.name, post.applied) == (AUTOS[1], ["5"])
        for label, custom_id in buttons(alert).items():
            answer = await (await discord.press(custom_id, on=alert)).answered(15)
            assert "Something went wrong" not in json.dumps(answer), label
        typed = await discord.type_in("story", "id", "mexican auto")
        (choice,) = (await typed.acknowledged())["data"]["choices"]
        assert AUTOS[1] in choice["name"]
        feeds = (await (await discord.type_in("feeds", "feed", "ledg")).acknowledged())["data"]
        assert len(feeds["choices"]) == 1
        form = await (await discord.command("subscribe")).answered()
        assert form["components"][0]["components"][0]["type"] == 3
    finally:
        code, _ = await ended(process)
    assert code == 0
    # how a forum is known: it refuses the first plain message, and none after that
    assert [one["code"] for one in discord.world.refused_bodies] == [50008]


async def test_who_subscribed_is_told_of_a_lost_permission_and_a_left_server_is_set_aside(
    program: Program,
) -> None:
    """One private notice, no more calls; invited again, the channel gets what had waited."""
    process = await program.start("run")
    discord = program.discord
    try:
        await logged(process, "running")
        await (await discord.command("subscribe", topics="autos")).answered()
        discord.world.channels["111"].can_send = False
        program.web.show("ledger", AUTOS)
        await until(lambda: discord.world.messages.get("542"))
        (notice,) = discord.world.messages["542"]
        assert "Send Messages" in json.dumps(notice)
        refused = [path for _, path, status in discord.world.requests if status == 403]
        served = len(program.web.answers)
        program.web.show("ledger", AUTOS, MORE)
        await until(lambda: 200 in [one for _, one in program.web.answers[served:]])
        await until(lambda: 304 in [one for _, one in program.web.answers[-2:]])
        await discord.gateway.kick("900")
        left = await logged(process, "workspace_left")
        assert left["workspace"] == "900"
        still = [path for _, path, status in discord.world.requests if status == 403]
        assert still == refused == ["/channels/111/messages"]
        assert len(discord.world.messages["542"]) == 1
        discord.world.channels["111"].can_send = True
        await discord.gateway.invite("900")
        await until(lambda: len(discord.world.messages["111"]) >= 2)
    finally:
        code, _ = await ended(process)
    assert code == 0


async def test_without_a_gateway_the_commands_are_registered_all_the_same(program: Program) -> None:
    """`discord.gateway: false`: interactions come over HTTP, and no connection is held."""
    with (program.folder / "config" / "bot.yaml").open("a") as settings:
        settings.write("discord: {gateway: false}\n")
    program.more = {**program.more, "DISCORD_PUBLIC_KEY": program.discord.world.public_key}
    process = await program.start("run")
    try:
        served = await logged(process, "listening")
        await logged(process, "running")
        raw = program.discord.raw(2, {"name": "usmca", "options": [{"name": "status", "type": 1}]})
        interaction = program.discord.expect(raw)
        interaction.note(callback={"type": 5})
        body, headers = program.discord.signed(raw)
        url = f"http://127.0.0.1:{served['port']}/discord/interactions"
        async with aiohttp.request("POST", url, data=body, headers=headers) as first:
            assert (first.status, (await first.json())["type"]) == (200, 5)
        assert (await interaction.answered(15))["embeds"]
        async with aiohttp.request("POST", url, data=body + b" ", headers=headers) as forged:
            assert forged.status == 401
    finally:
        code, _ = await ended(process)
    assert code == 0
    assert program.discord.world.identified == []
    assert program.discord.world.command_writes == 1
