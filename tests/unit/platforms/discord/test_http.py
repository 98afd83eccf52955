import asyncio
import json

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from structlog.testing import capture_logs

from bot.commands.exchange import Reply
from bot.errors import ConfigError
from bot.platforms.discord.desk import Desk
from bot.platforms.discord.http import DiscordHttp
from bot.platforms.discord.rest import DiscordRest
from tests.fakes.discord import FakeDiscord
from tests.fakes.discord_office import Office
from tests.fakes.discord_world import World


async def answer(request):
    return Reply(command="status", title=request.text)


class Suggestions(Office):
    def complete(self, prefix, locale=None, limit=25):
        return [(f"topic{number}", f"{prefix} {locale}") for number in range(40)]


@pytest.fixture
async def discord():
    async with FakeDiscord() as fake:
        yield fake


@pytest.fixture
async def rest(discord):
    made = DiscordRest(token=discord.token, api_url=discord.api_url)
    yield made
    await made.close()


@pytest.fixture
async def way(discord, rest):
    desk = Desk(rest=rest, answer=answer, suggestions=Suggestions())
    made = DiscordHttp(public_key=discord.world.public_key, desk=desk)
    yield made
    await made.close()


def status(discord):
    return discord.raw(2, {"name": "usmca", "options": [{"name": "status", "type": 1}]})


async def test_a_ping_is_answered(discord, way):
    """Discord checks a new address this way, in any spelling of the header names."""
    body, headers = discord.signed({"type": 1})
    for spelled in (headers, {name.lower(): value for name, value in headers.items()}):
        pong = await way.handle(body, spelled)
        assert (pong.status, json.loads(pong.body)) == (200, {"type": 1})
        assert pong.headers["Content-Type"] == "application/json"


@pytest.mark.parametrize(
    "change",
    [
        {"X-Signature-Ed25519": "00" * 64},
        {"X-Signature-Ed25519": "zz"},
        {"X-Signature-Ed25519": "ÿ" * 128},
        {"X-Signature-Ed25519": ""},
        {"X-Signature-Ed25519": "00" * 10_000},
        {"X-Signature-Timestamp": "1790000001"},
        {"X-Signature-Timestamp": "\ud800"},
        {"X-Signature-Timestamp": ""},
    ],
)
async def test_a_bad_signature_is_401(discord, way, change):
    """Discord sends such requests on purpose to see that they are refused."""
    body, headers = discord.signed(status(discord))
    assert (await way.handle(body, {**headers, **change})).status == 401


async def test_missing_headers_and_changed_bodies_are_401(discord, way):
    """Nothing is read before the signature is checked."""
    body, headers = discord.signed(status(discord))
    assert (await way.handle(body, {})).status == 401
    assert (await way.handle(body + b" ", headers)).status == 401


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"[]",
        b"null",
        b"{",
        b"\xff\xfe",
        b'{"type": 2}',
        b'{"type": true}',
        b'{"type": 1.0}',
        b'{"type": "1"}',
        b"[" * 100_000,
    ],
)
async def test_signed_nonsense_is_400(discord, way, body):
    """Only who holds Discord's key could send it; it is refused all the same."""
    timestamp = "1790000000"
    signature = discord.world.key.sign(timestamp.encode() + body).hex()
    headers = {"X-Signature-Ed25519": signature, "X-Signature-Timestamp": timestamp}
    assert (await way.handle(body, headers)).status == 400


BASE = {
    "id": "1",
    "application_id": "2",
    "token": "t",
    "channel_id": "111",
    "guild_id": "9",
    "member": {"user": {"id": "42"}},
}
pieces = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(0, 9), st.text(max_size=9)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(
                ["name", "options", "value", "components", "component", "custom_id", "embeds"]
            ),
            inner,
            max_size=4,
        ),
    ),
    max_leaves=10,
)
ids = st.sampled_from(["run:status", "turn:x", "form:more:now:0:subscribe", "form:pick:a:0:x", ""])


@settings(max_examples=150)
@given(kind=st.integers(-1, 7), data=pieces, message=pieces, custom_id=ids)
async def test_odd_interactions_are_never_a_500(kind, data, message, custom_id):
    """Whatever JSON Discord's key signed, it is answered or refused; nothing is raised."""
    world = World(token="t")
    rest = DiscordRest(token="t", api_url="http://127.0.0.1:1/api/v10")
    way = DiscordHttp(
        public_key=world.public_key, desk=Desk(rest=rest, answer=answer, suggestions=Suggestions())
    )
    data = {"custom_id": custom_id, **data} if isinstance(data, dict) else data
    raw = {**BASE, "type": kind, "data": data, "message": message}
    body = json.dumps(raw).encode()
    signature = world.key.sign(b"1790000000" + body).hex()
    headers = {"X-Signature-Ed25519": signature, "X-Signature-Timestamp": "1790000000"}
    assert (await way.handle(body, headers)).status in {200, 400}
    await way.close(within=0)
    await rest.close()


async def test_suggestions_are_answered_directly_and_at_most_25(discord, way):
    """There is no second answer for suggestions."""
    option = {"name": "topic", "type": 3, "value": "st", "focused": True}
    sub = {"name": "latest", "type": 1, "options": [option]}
    raw = discord.raw(4, {"name": "usmca", "options": [sub]})
    answered = json.loads((await way.handle(*discord.signed(raw))).body)
    assert answered["type"] == 8
    assert len(answered["data"]["choices"]) == 25


async def test_a_command_is_deferred_and_answered_in_the_background(discord, way):
    """The request returns at once; the text comes by REST."""
    raw = status(discord)
    interaction = discord.expect(raw)
    interaction.note(callback={"type": 5})
    first = await way.handle(*discord.signed(raw))
    assert json.loads(first.body) == {"type": 5, "data": {"flags": 64}}
    assert (await interaction.answered())["embeds"][0]["title"] == "status"


async def test_an_answer_that_discord_does_not_take_is_logged_only(discord, way):
    """The token of an interaction ends after 15 minutes."""
    raw = status(discord)
    with capture_logs() as logs:
        first = await way.handle(*discord.signed(raw))
        await way.close()
    assert json.loads(first.body)["type"] == 5
    assert [one["event"] for one in logs] == ["discord_answer_lost"]


async def test_closing_stops_what_hangs(discord, rest):
    """An answer that never comes does not keep the bot from ending."""
    ended = asyncio.Event()

    async def never(_):
        try:
            await asyncio.Event().wait()
        finally:
            ended.set()

    desk = Desk(rest=rest, answer=never, suggestions=Suggestions())
    way = DiscordHttp(public_key=discord.world.public_key, desk=desk)
    await way.handle(*discord.signed(status(discord)))
    await way.close(within=0.01)
    assert ended.is_set()


@pytest.mark.parametrize("key", ["", "zz", "00", "0" * 63])
async def test_a_key_that_is_none_stops_the_start(rest, key):
    """The sentence names the variable."""
    with pytest.raises(ConfigError, match="DISCORD_PUBLIC_KEY"):
        DiscordHttp(public_key=key, desk=Desk(rest=rest, answer=answer, suggestions=Suggestions()))
