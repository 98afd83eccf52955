import asyncio
import json

import pytest
from structlog.testing import capture_logs

from bot.errors import ConfigError
from bot.platforms.discord.http import DiscordHttp
from bot.platforms.discord.listen import DiscordListener
from bot.platforms.discord.shards import DiscordShards
from tests.fakes.discord_office import form
from tests.fakes.discord_world import DM, broken, refused
from tests.scenario.discord.listening import listening


def ids(body):
    """The ids of a message's parts by what stands on them."""
    parts = [part for row in body["components"] for part in row["components"]]
    return {part.get("label") or part.get("placeholder"): part["custom_id"] for part in parts}


@pytest.mark.usefixtures("listener")
@pytest.mark.parametrize(
    ("verb", "options", "text"),
    [
        ("follow", {"id": 12}, "follow 12"),
        ("noise", {"id": 12, "reason": "the city of Steel"}, "noise 12 the city of Steel"),
        ("wrong", {"id": 12, "group_of": "more"}, "wrong 12"),
        ("check", {"id": 12}, "check 12"),
        ("deadline", {"id": 3, "action": "dismiss", "group_of": "more"}, "deadline 3 dismiss"),
        ("mute", {"topics": "autos", "days": 7}, "mute autos 7d"),
        ("feeds", {"action": "check", "feed": "https://example.com/f"}, None),
        ("settings", {"zone": "America/Mexico_City", "flash": True}, None),
        (
            "subscribe",
            {"topics": "autos", "when": "daily at 8", "langs": "es", "quiet": "22:00-07:00"},
            'subscribe autos when: "daily at 8" langs: es quiet: 22:00-07:00',
        ),
    ],
)
async def test_typed_options_become_the_words_of_the_grammar(discord, office, verb, options, text):
    """The rare verbs stand in a group, which changes nothing about what is asked."""
    await (await discord.command(verb, **options)).answered()
    known = {
        "feeds": "feeds check https://example.com/f",
        "settings": "settings zone: America/Mexico_City flash: on",
    }
    assert office.texts == [text or known[verb]]


@pytest.mark.usefixtures("listener")
async def test_a_role_that_is_picked_is_asked_for_as_a_role(discord, office):
    """Discord gives a number and says beside it whether it is a role or a person."""
    for number, resolved in (("77", {"roles": {"77": {}}}), ("42", {"users": {"42": {}}})):
        picked = {"name": "mention", "type": 9, "value": number}
        topic = {"name": "topics", "type": 3, "value": "autos"}
        sub = {"name": "subscribe", "type": 1, "options": [topic, picked]}
        data = {"id": "1", "name": "usmca", "type": 1, "options": [sub], "resolved": resolved}
        await (await discord.send(discord.raw(2, data))).answered()
    assert office.texts == ["subscribe autos mention: <@&77>", "subscribe autos mention: <@42>"]


@pytest.mark.usefixtures("listener")
async def test_an_answer_is_shared_only_where_the_person_asks(discord, office):
    """`share` shows what only reads to everyone; what changes something stays private."""
    asked = await discord.command("status", share=True)
    await asked.answered()
    private = await discord.command("pause", share=True)
    await private.answered()
    assert asked.callback == {"type": 5}
    assert private.callback == {"type": 5, "data": {"flags": 64}}
    assert office.texts == ["status", "pause"]


@pytest.mark.usefixtures("listener")
async def test_stories_feeds_and_commands_are_suggested(discord, office):
    """Stories give their number, at most 25 of them, and no mention in a headline works."""
    stories = (await (await discord.type_in("story", "id", "stee")).acknowledged())["data"]
    feeds = (await (await discord.type_in("feeds", "feed", "led")).acknowledged())["data"]
    verbs = (await (await discord.type_in("help", "command", "dead")).acknowledged())["data"]
    hints = (await (await discord.type_in("subscribe", "when", "d")).acknowledged())["data"]
    own = (await (await discord.type_in("subscribe", "when", "daily@06:15")).acknowledged())["data"]
    assert len(stories["choices"]) == 25
    assert stories["choices"][0]["value"] == 1
    assert "@everyone" not in json.dumps(stories)
    assert feeds["choices"] == [{"name": "Border Ledger", "value": "ledger"}]
    assert [one["value"] for one in verbs["choices"]] == ["deadlines", "deadline"]
    assert [one["value"] for one in hints["choices"]] == ["daily@08:00"]
    assert [one["value"] for one in own["choices"]] == ["daily@06:15"]
    assert ("111", "stee") in office.typed


@pytest.mark.usefixtures("listener")
async def test_suggestions_that_fail_leave_the_person_typing(discord, office):
    """No suggestion is shown, the log has the traceback, and the command itself works."""

    async def broken_suggestions(*_):
        raise RuntimeError("no database")

    office.complete_stories = broken_suggestions
    with capture_logs() as logs:
        answer = await (await discord.type_in("story", "id", "x")).acknowledged()
    assert answer == {"type": 8, "data": {"choices": []}}
    assert "discord_suggestions_failed" in [one["event"] for one in logs]


@pytest.mark.usefixtures("listener")
async def test_a_page_is_turned_where_it_stands(discord, office):
    """On a message of one's own the answer takes its place; on a shared one it is a new message."""
    body = await (await discord.command("latest", topic="autos")).answered()
    older = ids(body)["Older"]
    turned = await discord.press(older, on=discord.shown(body))
    await turned.answered()
    shared = await discord.press(older, on=discord.shown(body, flags=0))
    await shared.answered()
    assert turned.callback == {"type": 6}
    assert shared.callback == {"type": 5, "data": {"flags": 64}}
    assert office.texts[1:] == ["latest page:3", "latest page:3"]


async def test_a_form_is_filled_in_over_a_restart(discord, desk, rest, office):
    """Menus, a page of its own for the second half, a window for what is written, then the command."""
    async with listening(discord, desk, rest):
        body = await (await discord.command("subscribe")).answered()
    for part, values in (("Topics (26–30)", ("topic-27",)), ("Level", ("flash",))):
        async with listening(discord, desk, rest):
            on = discord.shown(body)
            body = await (await discord.choose(ids(body)[part], *values, on=on)).answered()
    async with listening(discord, desk, rest):
        window = await discord.press(ids(body)["Write more …"], on=discord.shown(body))
        opened = (await window.acknowledged())["data"]
        said = {"quiet": "22:00 - 07:00", "mention": ""}
        sent = await discord.submit(opened["custom_id"], said, on=discord.shown(body))
        body = await sent.answered()
        done = await discord.press(ids(body)["Subscribe"], on=discord.shown(body))
        answer = await done.answered()
    text = 'subscribe topic-1 topic-27 level:flash quiet:"22:00 - 07:00"'
    assert (sent.callback, done.callback) == ({"type": 6}, {"type": 6})
    assert office.texts[-1] == text
    assert answer["embeds"][0]["title"] == f"You said {text}"


async def test_a_small_form_is_a_window(discord, desk, rest, office):
    """What fits is one window; sent, it is answered in a message of its own."""
    office.form = form(topics=3)
    async with listening(discord, desk, rest):
        opened = await (await discord.command("subscribe")).acknowledged()
        assert opened["type"] == 9
        said = {"topics": ["topic-0"], "level": [], "quiet": "", "mention": "<@&5>"}
        sent = await discord.submit(opened["data"]["custom_id"], said)
        answer = await sent.answered()
    assert sent.callback == {"type": 5, "data": {"flags": 64}}
    assert answer["embeds"][0]["title"] == "You said subscribe topic-0 mention:<\u200b@&5>"
    assert office.texts[-1] == "subscribe topic-0 mention:<@&5>"


@pytest.mark.usefixtures("listener")
async def test_a_button_to_a_form_under_an_alert_leaves_the_alert_alone(discord, office):
    """The window's answer is a message of its own: the alert belongs to the channel."""
    office.form = form(topics=3)
    alert = discord.shown({"content": "an alert"}, flags=0)
    opened = await (await discord.press("run:subscribe", on=alert)).acknowledged()
    sent = await discord.submit(opened["data"]["custom_id"], {"topics": ["topic-0"]}, on=alert)
    await sent.answered()
    assert sent.callback == {"type": 5, "data": {"flags": 64}}


@pytest.mark.usefixtures("listener")
async def test_a_form_of_an_older_version_is_answered_all_the_same(discord, office):
    """The command has no form any more: its answer is shown instead."""
    on = discord.shown({"content": "x"})
    answer = await (await discord.press("form:send:now:0:status", on=on)).answered()
    assert answer["embeds"][0]["title"] == "You said status"
    assert office.texts == ["status"]


async def test_forms_work_over_http_too(discord, rest, desk, office):
    """The same desk: a window at once, a deferred change for the rest."""
    office.form = form(topics=3)
    way = DiscordHttp(public_key=discord.world.public_key, desk=desk)
    sub = {"name": "subscribe", "type": 1, "options": []}
    raw = discord.raw(2, {"name": "usmca", "options": [sub]})
    first = json.loads((await way.handle(*discord.signed(raw))).body)
    await way.close()
    assert first["type"] == 9
    assert [one["type"] for one in first["data"]["components"]] == [18] * 4


async def test_a_server_that_removes_the_bot_is_told_and_one_out_of_order_is_not(
    discord, desk, rest
):
    """GUILD_DELETE with `unavailable` is Discord's own trouble."""
    gone, come = asyncio.Queue(), asyncio.Queue()
    async with listening(discord, desk, rest, left=gone.put, joined=come.put):
        await discord.gateway.dispatch("GUILD_DELETE", {"id": "900", "unavailable": True})
        await discord.gateway.kick("900")
        assert await asyncio.wait_for(gone.get(), 5) == "900"
        await discord.gateway.invite("900")
        assert await asyncio.wait_for(come.get(), 5) == "900"
    assert gone.empty()
    assert come.empty()


async def test_commands_are_compared_once_in_a_life(discord, desk, rest):
    """A connection that has to be made anew costs no second look at the commands."""
    async with listening(discord, desk, rest):
        odd = discord.raw(2, {"name": "usmca"})
        del odd["attachment_size_limit"]  # what the library cannot read ends the connection
        await discord.send(odd)
        await asyncio.wait_for(discord.gateway.identified(2), 10)
    asked = [method for method, path, _ in discord.world.requests if path.endswith("/commands")]
    assert asked == ["GET", "PUT"]


@pytest.fixture
def listen(discord, desk, rest):
    def of_shard(shard):
        return DiscordListener(token=discord.token, desk=desk, rest=rest, shard=shard)

    return of_shard


@pytest.mark.parametrize("case", [(None, 3, 3), (2, 9, 2), (None, 1, 0)])
async def test_several_connections_share_the_servers(discord, rest, listen, case):
    """As many as Discord recommends, or as many as are set; a single one says nothing of shards."""
    wanted, discord.world.shards, expected = case
    shards = DiscordShards(rest=rest, listen=listen, shards=wanted, pause=0.0)
    await shards.start()
    await shards.stop()
    named = [one["shard"] for one in discord.world.identified if "shard" in one]
    assert sorted(named) == [[number, expected] for number in range(expected)]
    assert discord.world.command_writes == 1


async def test_shards_start_all_the_same_where_discord_cannot_be_asked(discord, rest, listen):
    """One connection is tried, and goes on trying by itself; a refused token ends it."""
    discord.fail(broken(503, method="GET", path="/gateway/bot", times=3))
    shards = DiscordShards(rest=rest, listen=listen, shards=None)
    await shards.start()
    await shards.stop()
    discord.fail(refused(401, 0, method="GET", path="/gateway/bot"))
    with pytest.raises(ConfigError, match="DISCORD_TOKEN"):
        await DiscordShards(rest=rest, listen=listen, shards=None).start()


async def test_a_direct_message_is_a_place_of_the_person(discord, desk, rest, office):
    """Forms and pages work there as in a channel."""
    discord.world.add_channel("555", guild=None, kind=DM)
    async with listening(discord, desk, rest):
        await (await discord.command("latest", where="555")).answered()
    assert office.asked[0].actor.address == office.asked[0].actor.private
