import asyncio
import json
import os
import signal
import subprocess
import sys
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest
from structlog.testing import capture_logs

from bot.domain.actor import Actor
from bot.domain.destination import Address, PlatformName
from bot.domain.message import Link, Message
from bot.errors import ConfigError
from bot.platforms.discord.desk import Desk
from bot.platforms.discord.http import DiscordHttp
from bot.platforms.discord.listen import DiscordListener
from bot.platforms.discord.menu import sub_commands
from bot.platforms.discord.rest import DiscordRest
from bot.platforms.discord.sdk import point_at
from bot.platforms.discord.send import DiscordNotifier
from bot.platforms.discord.sync import sync_commands
from tests.fakes.discord import ADMINISTRATOR
from tests.fakes.discord_world import DM, Failure, broken, dropped, refused
from tests.scenario.discord.listening import listening


async def told(logs, event):
    """Wait until the log says so."""
    async with asyncio.timeout(10):
        while event not in [one["event"] for one in logs]:  # noqa: ASYNC110 - a list, no task of ours
            await asyncio.sleep(0)


async def test_it_connects_asks_for_servers_only_and_registers_once(discord, desk, rest):
    """One IDENTIFY with the guilds intent; the commands are written at the first start only."""
    for _ in range(2):
        async with listening(discord, desk, rest):
            pass
    assert [one["intents"] for one in discord.world.identified] == [1, 1]
    assert discord.world.command_writes == 1
    (command,) = discord.world.commands["global"]
    front = [one["name"] for one in command["options"] if one["type"] == 1]
    (group,) = [one for one in command["options"] if one["type"] == 2]
    offered = {*front, *(one["name"] for one in group["options"])}
    assert offered == {one.name for one in sub_commands()}


async def test_changed_commands_are_written_again(discord, rest):
    """What somebody took away at Discord comes back at the next start."""
    assert await sync_commands(rest, discord.world.application_id)
    assert not await sync_commands(rest, discord.world.application_id)
    discord.world.commands["global"][0]["options"].pop()
    assert await sync_commands(rest, discord.world.application_id)


async def test_commands_that_cannot_be_registered_do_not_stop_the_start(discord, desk, rest):
    """The commands of the last start still work, and the log says what happened."""
    discord.fail(refused(403, 50001, method="GET", path=r"/applications/\d+/commands"))
    with capture_logs() as logs:
        async with listening(discord, desk, rest):
            pass
    assert "discord_commands_not_registered" in [one["event"] for one in logs]


@pytest.mark.usefixtures("listener")
@pytest.mark.parametrize(
    ("verb", "options", "text"),
    [
        ("status", {}, "status"),
        ("latest", {"topic": "autos"}, "latest autos"),
        ("search", {"words": "steel\nOR  aluminum"}, "search steel OR aluminum"),
        (
            "subscribe",
            {"level": "flash", "topics": "autos, steel"},
            "subscribe autos, steel level: flash",
        ),
        ("story", {"id": 7}, "story 7"),
        ("deadlines", {}, "deadlines"),
        ("help", {}, "help"),
    ],
)
async def test_each_command_is_answered_to_the_person_alone(discord, office, verb, options, text):
    """The first answer defers and is ephemeral; the text follows and holds no mention."""
    asked = await discord.command(verb, **options)
    answer = await asked.answered()
    assert asked.callback == {"type": 5, "data": {"flags": 64}}
    assert answer["embeds"][0]["title"] == f"You said {text}".replace("\n", " ")
    assert answer["allowed_mentions"] == {"parse": []}
    assert office.asked[0].text == text


@pytest.mark.usefixtures("listener")
async def test_who_asks_and_where(discord, office):
    """Guild, channel, rights and language come from the interaction; a direct message has no guild."""
    discord.world.add_channel("555", guild=None, kind=DM)
    discord.world.add_channel("777", kind=11, parent="111")
    await (await discord.command("status", permissions=0, locale="es-419")).answered()
    await (await discord.command("status", where="555", locale="fr")).answered()
    await (
        await discord.command("status", where="777", permissions=ADMINISTRATOR, locale="de")
    ).answered()
    name = PlatformName.DISCORD
    assert [one.actor for one in office.asked] == [
        Actor(platform=name, workspace="900", user="42", channel="111", locale="es", called="ana"),
        Actor(platform=name, user="42", channel="@42", direct=True, locale="fr", called="ana"),
        Actor(platform=name, workspace="900", user="42", channel="777", admin=True, called="ana"),
    ]


@pytest.mark.usefixtures("listener")
async def test_topics_are_suggested_while_typing(discord):
    """The last topic is completed, those before it stay."""
    alone = await (await discord.type_in("latest", "topic", "st")).acknowledged()
    several = await (await discord.type_in("subscribe", "topics", "autos, d")).acknowledged()
    assert alone["data"]["choices"] == [{"name": "Steel and aluminum", "value": "steel"}]
    assert several["data"]["choices"] == [{"name": "autos, Digital", "value": "autos, digital"}]


async def test_a_button_works_after_a_restart(discord, desk, rest, office):
    """The id of a button holds its command: a bot that never saw the message answers it."""
    async with listening(discord, desk, rest):
        answer = await (await discord.command("status")).answered()
    button = answer["components"][0]["components"][0]
    async with listening(discord, desk, rest):
        await (await discord.press(button["custom_id"])).answered()
    assert office.asked[-1].text == "latest autos"


@pytest.mark.usefixtures("listener")
async def test_a_button_of_another_version_gets_a_sentence(discord, office):
    """Nobody is left with "interaction failed"."""
    answer = await (await discord.press("vote:7")).answered()
    assert "/usmca help" in answer["content"]
    assert office.asked == []


@pytest.mark.usefixtures("listener")
async def test_an_unforeseen_error_is_a_sentence_here_and_a_traceback_in_the_log(discord):
    """The person learns that it failed, in their language, and no detail of it."""
    with capture_logs() as logs:
        answer = await (await discord.command("search", words="boom", locale="fr")).answered()
    assert "erreur" in answer["content"]
    assert "secret detail" not in json.dumps(answer)
    (failed,) = [one for one in logs if one["event"] == "discord_command_failed"]
    assert failed["exc_info"]


@pytest.mark.usefixtures("listener")
async def test_a_refused_command_is_told_without_mentions(discord):
    """A sentence of ours may quote what was typed: it is escaped like everything else."""
    answer = await (await discord.command("search", words="odd")).answered()
    assert answer["content"].startswith("I cannot read")
    assert "@everyone" not in answer["content"]


async def test_a_command_that_discord_gave_up_on_is_not_carried_out(discord, listener, office):
    """The first answer came too late: the person saw a failure, so nothing is changed behind it."""
    assert listener is not None
    discord.fail(
        refused(404, 10062, path=r"/interactions/\d+/[\w-]+/callback"),
    )
    with capture_logs() as logs:
        await discord.command("subscribe", topics="autos")
        await (await discord.command("status")).answered()
    assert [one.text for one in office.asked] == ["status"]
    assert "discord_first_answer_lost" in [one["event"] for one in logs]
    assert "token-" not in str(logs)


ORIGINAL = r"/webhooks/.*/messages/@original"


@pytest.mark.parametrize(
    "failure",
    [
        dropped(method="PATCH", path=ORIGINAL),
        dropped(method="PATCH", path=ORIGINAL, taken=False),
        Failure(
            method="PATCH",
            path=ORIGINAL,
            status=429,
            body={"message": "Wait", "retry_after": 0.05, "global": False},
        ),
    ],
    ids=["dropped", "not taken", "429"],
)
async def test_an_answer_that_did_not_get_through_is_sent_again(discord, office, failure):
    """An edit repeated does no harm: nobody is left with a message that is still thinking."""
    eager = DiscordRest(token=discord.token, api_url=discord.api_url, patience=0.0)
    desk = Desk(rest=eager, answer=office.answer, suggestions=office, pauses=(0.0,))
    discord.fail(replace(failure))
    async with listening(discord, desk, eager):
        assert await (await discord.command("status")).answered()
    tried = [path for method, path, _ in discord.world.requests if method == "PATCH"]
    assert len(tried) > 1
    await eager.close()


@pytest.mark.parametrize(
    "failures",
    [
        [refused(404, 10015, "Unknown Webhook", method="PATCH", path=ORIGINAL)],
        [dropped(method="PATCH", path=ORIGINAL, taken=False)] * 2,
        [
            Failure(
                method="PATCH",
                path=ORIGINAL,
                status=429,
                body={"message": "Wait", "retry_after": 900, "global": False},
            )
        ],
    ],
    ids=["refused", "dropped again", "longer than the token"],
)
async def test_an_answer_that_cannot_arrive_is_given_up(discord, office, failures):
    """What Discord refuses, what stays lost, and what would come after the token's time."""
    eager = DiscordRest(token=discord.token, api_url=discord.api_url, patience=0.0)
    desk = Desk(rest=eager, answer=office.answer, suggestions=office, pauses=(0.0,))
    for failure in failures:
        discord.fail(replace(failure))
    with capture_logs() as logs:
        async with listening(discord, desk, eager) as listener:
            await discord.command("status")
            await told(logs, "discord_answer_lost")
            assert await listener.connected()
    await eager.close()


@pytest.mark.parametrize("code", [None, 1001, 4000])
async def test_a_dropped_gateway_is_resumed(discord, listener, code):
    """The session goes on, and what happened in between is answered."""
    assert listener is not None
    await discord.gateway.drop(code)
    interaction = await discord.command("status")
    await interaction.answered()
    assert len(discord.world.identified) == 1
    assert len(discord.world.resumed) == 1


async def test_discord_asking_to_reconnect_is_followed(discord, listener):
    """Discord moves its clients now and then; the session is resumed."""
    assert listener is not None
    await discord.gateway.ask_to_reconnect()
    await discord.gateway.ready.wait()
    assert len(discord.world.resumed) == 1


async def test_an_event_that_discord_py_cannot_read_does_not_end_listening(discord, listener):
    """A new kind of event may lack what the library expects: the bot connects anew and goes on."""
    assert listener is not None
    odd = discord.raw(2, {"name": "usmca"})
    del odd["attachment_size_limit"]
    with capture_logs() as logs:
        await discord.send(odd)
        await asyncio.wait_for(discord.gateway.identified(2), 10)
        await (await discord.command("status")).answered()
    assert logs[0]["event"] == "discord_listener_failed"


async def test_a_gateway_that_was_away_at_the_start_is_tried_again(discord, desk, rest):
    """A failing login is no end: the next try comes by itself."""
    discord.fail(broken(503, method="GET", path="/users/@me"))
    assert discord.world.identified == []
    async with listening(discord, desk, rest):
        await (await discord.command("status")).answered()


async def test_another_api_is_asked_for_its_gateway(discord, desk, rest):
    """With DISCORD_API_URL alone the token never goes to Discord's own gateway."""
    point_at(None, "wss://gateway.discord.gg/")
    async with listening(discord, desk, rest):
        assert await (await discord.command("status")).answered()


@pytest.mark.parametrize("code", [4004, 4014])
async def test_a_refusal_while_listening_is_logged_and_asked_again_rarely(
    discord, desk, rest, code
):
    """It is the operator's to mend: meanwhile the bot is not ready, and afterwards it listens."""
    with capture_logs() as logs:
        async with listening(discord, desk, rest, rarely=0.01):
            await discord.gateway.drop(code)
            await asyncio.wait_for(discord.gateway.identified(2), 10)
            assert await (await discord.command("status")).answered()
    (refused_once,) = [one for one in logs if one["event"] == "discord_listening_refused"]
    assert refused_once["log_level"] == "error"
    assert "DISCORD_TOKEN" in refused_once["error"]


async def test_while_refused_it_is_not_ready(discord, listener):
    """The readiness check says so until Discord takes the token again."""
    assert await listener.connected()
    with capture_logs() as logs:
        await discord.gateway.drop(4004)
        await told(logs, "discord_listening_refused")
    assert not await listener.connected()


async def test_http_mode_registers_the_commands_without_a_gateway(discord, rest):
    """The application is found by the token."""
    assert await sync_commands(rest)
    assert discord.world.identified == []


async def test_a_wrong_token_names_the_variable(desk, rest):
    """Neither tried again nor hidden: DISCORD_TOKEN is what has to be mended."""
    listener = DiscordListener(token="NzAx.wrong.token", desk=desk, rest=rest)
    with pytest.raises(ConfigError, match="DISCORD_TOKEN") as caught:
        await listener.start()
    await listener.stop()
    assert "wrong.token" not in str(caught.value)


async def test_stopping_lets_answers_end_and_leaves_nothing_behind(discord, desk, rest, office):
    """An answer under way is sent; afterwards no task of the listener is left."""
    office.waits.clear()
    listener = DiscordListener(token=discord.token, desk=desk, rest=rest)
    await listener.start()
    interaction = await discord.command("status")
    await interaction.acknowledged()
    stopping = asyncio.create_task(listener.stop())
    office.waits.set()
    await stopping
    assert interaction.answers
    names = {task.get_name() for task in asyncio.all_tasks()}
    assert not [name for name in names if name.startswith("discord")]


async def test_stopping_does_not_wait_for_ever(discord, desk, rest, office):
    """An answer that hangs is cancelled after the grace."""
    office.waits.clear()
    listener = DiscordListener(token=discord.token, desk=desk, rest=rest, grace=0.05)
    await listener.start()
    await (await discord.command("status")).acknowledged()
    loop = asyncio.get_running_loop()
    before = loop.time()
    await asyncio.wait_for(listener.stop(), 5)
    assert loop.time() - before < 5


async def test_a_shard_says_which_one_it_is(discord, desk, rest):
    """With several connections each tells Discord its number and how many there are."""
    async with listening(discord, desk, rest, shard=(0, 2)):
        pass
    assert discord.world.identified[0]["shard"] == [0, 2]


async def test_http_interactions_give_the_same_answers(discord, desk, office):
    """Signed requests in, the first answer back, the text by REST; gateway and HTTP ask alike."""
    way = DiscordHttp(public_key=discord.world.public_key, desk=desk)
    pong = await way.handle(*discord.signed(discord.raw(1, None)))
    assert json.loads(pong.body) == {"type": 1}
    data = {
        "name": "usmca",
        "options": [
            {"name": "latest", "type": 1, "options": [{"name": "topic", "value": "autos"}]}
        ],
    }
    raw = discord.raw(2, data, permissions=0)
    interaction = discord.expect(raw)
    first = await way.handle(*discord.signed(raw))
    assert first.status == 200
    interaction.note(callback=json.loads(first.body))
    answer = await interaction.answered()
    await way.close()
    assert answer["embeds"][0]["title"] == "You said latest autos"
    assert office.asked[0].actor.channel == "111"


async def test_a_message_and_a_command_in_one_life(discord, desk, rest):
    """A notifier needs no gateway, a listener no notifier; they share the token and nothing else."""

    class Clock:
        def now(self):
            return datetime.now(UTC)

    notifier = DiscordNotifier(rest=rest, clock=Clock())
    message = Message(subject="story:1", headline=Link(text="A headline"))
    here = Address(platform=PlatformName.DISCORD, channel="111")
    await notifier.post(here, message, key="d1-1")
    assert discord.world.identified == []
    async with listening(discord, desk, rest):
        await (await discord.command("status")).answered()
    assert len(discord.messages) == 1


async def test_the_fake_runs_by_itself_for_tests_with_processes():
    """Its own process prints where it listens, takes messages, shows its state and ends on SIGTERM."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        *("-m", "tests.fakes.discord"),
        cwd=Path(__file__).parents[2],
        env={**os.environ, "PYTHONUNBUFFERED": "1"},
        stdout=subprocess.PIPE,
    )
    try:
        where = json.loads(await process.stdout.readline())
        rest = DiscordRest(token=where["token"], api_url=where["api_url"])
        await rest.call("POST", "/channels/111/messages", body={"content": "hello"})
        await rest.close()
        control = where["api_url"].removesuffix("/api/v10") + "/_control"
        async with aiohttp.request("GET", f"{control}/state") as answer:
            state = await answer.json()
        assert [one["content"] for one in state["messages"]] == ["hello"]
    finally:
        process.send_signal(signal.SIGTERM)
        assert await process.wait() == 0
