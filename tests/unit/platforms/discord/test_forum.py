from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.destination import Address, PlatformName
from bot.domain.message import Link, Message
from bot.domain.story import Change, ChangeKind
from bot.errors import PermanentDeliveryError, UnclearDeliveryError, UnsettledError
from bot.platforms.discord.channels import Channel, Tag
from bot.platforms.discord.forum import applied_tags
from bot.platforms.discord.rest import DiscordRest
from bot.platforms.discord.send import DiscordNotifier, marker_for
from tests.fakes.discord import FakeDiscord
from tests.fakes.discord_world import FORUM, dropped, refused

HERE = Address(platform=PlatformName.DISCORD, workspace="900", channel="111")
TAGS = [
    {"id": "1", "name": "Autos", "moderated": False},
    {"id": "2", "name": "Steel and aluminum", "moderated": False},
    {"id": "3", "name": "Rules of origin", "moderated": True},
]


class HandClock:
    def __init__(self):
        self.moment = datetime.now(UTC)

    def now(self):
        return self.moment


@pytest.fixture
async def discord():
    async with FakeDiscord() as fake:
        fake.world.add_channel("111", kind=FORUM, tags=TAGS)
        yield fake


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
async def notifier(discord, clock):
    rest = DiscordRest(token=discord.token, api_url=discord.api_url, timeout=0.5, pauses=(0, 0))
    yield DiscordNotifier(rest=rest, clock=clock)
    await rest.close()


def alert(**more):
    return Message(
        subject="story:7",
        headline=Link(text="Ottawa answers steel tariffs", url="https://example.com/steel"),
        source="Border Ledger",
        topics=("Autos and parts", "Steel and aluminum"),
        topic_ids=("autos", "steel"),
        **more,
    )


def update():
    change = Change(kind=ChangeKind.STAGE, text="Now in force", quote="It takes effect today.")
    return alert(changes=(change,))


def posts(discord):
    return [one for one in discord.world.channels.values() if one.parent == "111"]


async def test_a_story_is_one_post_with_its_topics_as_tags(discord, notifier):
    """The post has the headline as its name, the alert as its first message, no nonce, no mention."""
    receipt = await notifier.post(HERE, alert(), key="d1-1")
    (post,) = posts(discord)
    assert (post.name, post.applied) == ("Ottawa answers steel tariffs", ["1", "2"])
    (message,) = discord.messages
    assert (receipt.channel, receipt.message, receipt.thread) == (post.id, post.id, post.id)
    assert message["embeds"][0]["footer"]["text"].endswith(marker_for("d1-1"))
    assert message["allowed_mentions"] == {"parse": []}


async def test_the_second_story_costs_one_request(discord, notifier):
    """What kind of channel it is, is remembered."""
    await notifier.post(HERE, alert(), key="d1-1")
    before = len(discord.world.requests)
    await notifier.post(HERE, alert(), key="d2-1")
    made = discord.world.requests[before:]
    assert made == [("POST", "/channels/111/threads", 201)]


async def test_updates_and_edits_go_into_the_post(discord, notifier):
    """The post grows; nothing is written beside it."""
    receipt = await notifier.post(HERE, alert(), key="d1-1")
    reply = await notifier.reply(HERE, receipt, update(), key="d2-1", broadcast=True)
    await notifier.edit(HERE, receipt, alert(source_count=3), key="d3-1")
    assert reply.channel == reply.thread == receipt.thread
    assert len(posts(discord)) == 1
    assert len(discord.world.messages[receipt.channel]) == 2


async def test_an_archived_post_is_taken_out_to_be_edited(discord, notifier):
    """Discord refuses to change what is archived; a message of ours may wake it."""
    receipt = await notifier.post(HERE, alert(), key="d1-1")
    discord.world.channels[receipt.channel].archived = True
    await notifier.edit(HERE, receipt, alert(source_count=3), key="d2-1")
    assert not discord.world.channels[receipt.channel].archived


async def test_an_update_of_a_deleted_post_is_dropped_and_the_forum_stays(discord, notifier):
    """Somebody deleted the post: that says nothing about the next story."""
    receipt = await notifier.post(HERE, alert(), key="d1-1")
    del discord.world.channels[receipt.channel]
    with pytest.raises(PermanentDeliveryError, match="deleted") as caught:
        await notifier.reply(HERE, receipt, update(), key="d2-1", broadcast=False)
    assert not caught.value.destination_lost


async def test_an_edit_of_a_deleted_post_is_dropped_and_the_forum_stays(discord, notifier):
    """An edit to a post that somebody deleted says nothing about the forum either."""
    receipt = await notifier.post(HERE, alert(), key="d1-1")
    del discord.world.channels[receipt.channel]
    with pytest.raises(PermanentDeliveryError, match="deleted") as caught:
        await notifier.edit(HERE, receipt, alert(source_count=3), key="d2-1")
    assert not caught.value.destination_lost


async def test_an_edit_of_a_locked_post_is_dropped_and_the_forum_stays(discord, notifier):
    """A post that moderators locked cannot be woken; the forum takes the next story all the same."""
    receipt = await notifier.post(HERE, alert(), key="d1-1")
    discord.world.channels[receipt.channel].archived = True
    locked = refused(403, 50013, "Missing Permissions", method="PATCH", path=r"/channels/\d+")
    discord.world.failures.append(locked)
    with pytest.raises(PermanentDeliveryError, match="locked") as caught:
        await notifier.edit(HERE, receipt, alert(source_count=3), key="d2-1")
    assert not caught.value.destination_lost


async def test_a_forum_that_may_not_be_written_to_is_lost(discord, notifier):
    """The missing permission is told like in any channel."""
    discord.world.channels["111"].can_send = False
    with pytest.raises(PermanentDeliveryError, match="Send Messages") as caught:
        await notifier.post(HERE, alert(), key="d1-1")
    assert caught.value.destination_lost


@pytest.mark.parametrize("archived", [False, True])
async def test_a_post_without_an_answer_is_found_and_not_opened_twice(
    discord, notifier, clock, archived
):
    """A forum knows no nonce: the marker of the first message settles it, however old."""
    discord.fail(dropped(path=r"/channels/111/threads"))
    with pytest.raises(UnclearDeliveryError):
        await notifier.post(HERE, alert(), key="d1-1")
    (post,) = posts(discord)
    post.archived = archived
    discord.world.add_channel(discord.world.new_id(), kind=11, parent="111", name="another")
    since, clock.moment = clock.moment, clock.moment + timedelta(hours=5)
    found = await notifier.settle(HERE, None, key="d1-1", since=since)
    assert found is not None
    assert (found.channel, found.message, found.thread) == (post.id, post.id, post.id)


async def test_a_post_that_was_not_taken_settles_to_nothing(discord, notifier, clock):
    """The forum was looked through and has no such post: a repeat is safe."""
    discord.fail(dropped(path=r"/channels/111/threads", taken=False))
    with pytest.raises(UnclearDeliveryError):
        await notifier.post(HERE, alert(), key="d1-1")
    assert await notifier.settle(HERE, None, key="d1-1", since=clock.moment) is None


async def test_a_forum_nobody_may_look_through_is_unsettled_at_once(discord, notifier, clock):
    """Without a nonce a young send is no safer than an old one."""
    await notifier.post(HERE, alert(), key="d1-1")
    discord.fail(refused(403, 50001, method="GET", path=r"/guilds/900/threads/active"))
    with pytest.raises(UnsettledError):
        await notifier.settle(HERE, None, key="d1-1", since=clock.moment)


async def test_changed_tags_are_asked_for_again(discord, notifier):
    """Somebody deletes a tag while the bot remembers it."""
    await notifier.post(HERE, alert(), key="d1-1")
    discord.world.channels["111"].tags = TAGS[1:]
    await notifier.post(HERE, alert(), key="d2-1")
    assert [one.applied for one in posts(discord)] == [["1", "2"], ["2"]]


async def test_a_post_refused_for_another_reason_is_not_repeated(discord, notifier):
    """The tags are as they were: the refusal is told."""
    discord.fail(refused(400, 50035, "Invalid Form Body", path=r"/channels/111/threads", times=2))
    with pytest.raises(PermanentDeliveryError):
        await notifier.post(HERE, alert(), key="d1-1")
    tried = [path for method, path, _ in discord.world.requests if method == "POST"]
    assert tried.count("/channels/111/threads") == 1


@pytest.mark.parametrize(("status", "code"), [(400, 40066), (400, 40067), (403, 50013)], ids=str)
async def test_a_forum_whose_tags_are_for_moderators_says_what_to_do(
    discord, notifier, status, code
):
    """Every post would be refused: the forum is set aside and its subscribers are told why."""
    forum = discord.world.channels["111"]
    forum.tags, forum.needs_tag = TAGS[2:], True
    discord.fail(refused(status, code, path=r"/channels/111/threads", times=2))
    with pytest.raises(PermanentDeliveryError, match="add a tag anyone may use") as caught:
        await notifier.post(HERE, alert(), key="d1-1")
    assert caught.value.destination_lost


def tag(number, name, *, moderated=False):
    return Tag(id=number, name=name, moderated=moderated)


@pytest.mark.parametrize(
    ("tags", "needs", "expected"),
    [
        ([tag("1", "AUTOS"), tag("2", "Acero")], False, ["1"]),
        ([tag("1", "Steel & Aluminum")], False, []),
        ([tag("1", "Steel")], False, ["1"]),
        ([tag("1", "Ste")], False, []),
        ([tag("1", "autos", moderated=True)], False, []),
        ([tag("1", "autos", moderated=True)], True, ["1"]),
        ([tag("1", "Weather", moderated=True)], True, ["1"]),
        ([tag("1", "Weather"), tag("2", "News")], True, ["2"]),
        ([tag("1", "Weather"), tag("2", "T-MEC")], True, ["2"]),
        ([tag("1", "Weather")], True, ["1"]),
        ([tag("1", "Weather")], False, []),
        ([], True, []),
        ([tag("1", ""), tag("2", "😀")], False, []),
    ],
)
def test_tags_are_found_by_id_label_or_its_beginning(tags, needs, expected):
    """Capitals and accents do not matter; a required tag is never missing where one may be set."""
    forum = Channel(id="1", kind=FORUM, tags=tuple(tags), needs_tag=needs)
    assert applied_tags(forum, alert()) == expected


def test_a_post_has_at_most_five_tags():
    """Discord takes no more."""
    tags = tuple(tag(str(number), f"Topic {number}") for number in range(9))
    topics = tuple(one.name for one in tags)
    message = Message(subject="story:1", headline=Link(text="x"), topics=topics)
    assert applied_tags(Channel(id="1", kind=FORUM, tags=tags), message) == [
        "0",
        "1",
        "2",
        "3",
        "4",
    ]
