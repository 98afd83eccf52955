"""Direct conversations, announcements, mentions, and the time a send may take."""

import asyncio
from datetime import UTC, datetime

import pytest
from structlog.testing import capture_logs

from bot.domain.destination import Address, PlatformName
from bot.domain.manners import Mention, MentionKind
from bot.domain.message import Link, Message
from bot.errors import PermanentDeliveryError, TemporaryDeliveryError, UnclearDeliveryError
from bot.platforms.discord.rest import DiscordRest
from bot.platforms.discord.send import DiscordNotifier
from tests.fakes.discord import FakeDiscord
from tests.fakes.discord_world import ANNOUNCEMENT, dropped, hanging, rate_limited, refused

HERE = Address(platform=PlatformName.DISCORD, workspace="900", channel="111")
ANA = Address(platform=PlatformName.DISCORD, channel="@42")
ALERT = Message(subject="story:7", headline=Link(text="Ottawa answers steel tariffs"))


class Clock:
    def now(self):
        return datetime.now(UTC)


@pytest.fixture
async def discord():
    async with FakeDiscord() as fake:
        yield fake


@pytest.fixture
async def rest(discord):
    made = DiscordRest(token=discord.token, api_url=discord.api_url, timeout=5, pauses=(0, 0))
    yield made
    await made.close()


@pytest.fixture
def notifier(rest):
    return DiscordNotifier(rest=rest, clock=Clock(), publish=True)


async def test_a_person_is_written_to_in_their_own_conversation(discord, notifier):
    """It is opened once; edits and updates stay in it, as replies because it has no threads."""
    first = await notifier.post(ANA, ALERT, key="d1-1")
    second = await notifier.post(ANA, ALERT, key="d2-1")
    update = await notifier.reply(ANA, first, ALERT, key="d3-1", broadcast=False)
    await notifier.edit(ANA, first, ALERT, key="d4-1")
    opened = [path for _, path, _ in discord.world.requests if path == "/users/@me/channels"]
    assert first.channel == second.channel == update.channel == "542"
    assert len(opened) == 1
    assert not [path for _, path, _ in discord.world.requests if path.endswith("/threads")]


async def test_an_unclear_message_to_a_person_is_found_there(discord, notifier):
    """Settling opens the conversation too."""
    discord.fail(dropped(path=r"/channels/542/messages"))
    with pytest.raises(UnclearDeliveryError):
        await notifier.post(ANA, ALERT, key="d1-1")
    found = await notifier.settle(ANA, None, key="d1-1", since=datetime.now(UTC))
    assert found is not None
    assert found.channel == "542"


async def test_a_conversation_that_cannot_be_opened(discord, notifier):
    """Without an answer nothing was said: tried again. A refusal is for good."""
    path = "/users/@me/channels"
    discord.fail(dropped(path=path, taken=False))
    with pytest.raises(TemporaryDeliveryError):
        await notifier.post(ANA, ALERT, key="d1-1")
    discord.fail(refused(403, 50007, path=path))
    with pytest.raises(PermanentDeliveryError, match="direct messages") as caught:
        await notifier.post(ANA, ALERT, key="d1-1")
    assert caught.value.destination_lost


async def test_announcements_are_published_once_where_that_is_set(discord, rest, notifier):
    """The alert goes on to the channels that follow; other channels and other settings do not."""
    discord.world.add_channel("111", kind=ANNOUNCEMENT)
    await notifier.post(HERE, ALERT, key="d1-1")
    await notifier.post(HERE, ALERT, key="d1-1")
    quiet = DiscordNotifier(rest=rest, clock=Clock())
    await quiet.post(HERE, ALERT, key="d2-1")
    discord.world.add_channel("222")
    there = Address(platform=PlatformName.DISCORD, workspace="900", channel="222")
    await notifier.post(there, ALERT, key="d3-1")
    assert [one.get("flags", 0) for one in discord.messages] == [1, 0, 0]
    sent = [path for _, path, _ in discord.world.requests if path.endswith("/crosspost")]
    assert len(sent) == 2


async def test_what_cannot_be_published_is_told_all_the_same(discord, notifier):
    """Ten an hour is Discord's limit: the message stands, the log says the rest."""
    discord.world.add_channel("111", kind=ANNOUNCEMENT)
    discord.fail(rate_limited(900, path=r"/channels/111/messages/\d+/crosspost"))
    with capture_logs() as logs:
        receipt = await notifier.post(HERE, ALERT, key="d1-1")
    assert receipt.message == discord.messages[0]["id"]
    assert "discord_not_published" in [one["event"] for one in logs]


async def test_a_role_is_mentioned_and_nobody_else(discord, notifier):
    """What is sent allows exactly the role that the subscription names."""
    message = Message(
        subject="story:7",
        headline=Link(text="@everyone <@&5> <@42>"),
        mention=(
            Mention(kind=MentionKind.ROLE, id="77"),
            Mention(kind=MentionKind.ROLE, id="900"),  # picked as @everyone: the server's number
        ),
    )
    await notifier.post(HERE, message, key="d1-1")
    (sent,) = discord.messages
    assert sent["content"] == "<@&77>"
    assert sent["allowed_mentions"] == {"parse": [], "roles": ["77"]}
    assert "<@" not in str(sent["embeds"])


@pytest.mark.parametrize("what", ["post", "edit"])
async def test_a_send_ends_before_its_lease_does(discord, rest, what):
    """However slow Discord is: a post is unclear then, an edit is simply made again."""
    posted = await DiscordNotifier(rest=rest, clock=Clock()).post(HERE, ALERT, key="d1-1")
    notifier = DiscordNotifier(rest=rest, clock=Clock(), within=0.1)
    loop = asyncio.get_running_loop()
    start = loop.time()
    if what == "post":
        discord.fail(hanging())
        with pytest.raises(UnclearDeliveryError, match="within"):
            await notifier.post(HERE, ALERT, key="d2-1")
    else:
        discord.fail(hanging(method="PATCH", path=r"/channels/\d+/messages/\d+"))
        with pytest.raises(TemporaryDeliveryError, match="within"):
            await notifier.edit(HERE, posted, ALERT, key="d2-1")
    assert loop.time() - start < 3
