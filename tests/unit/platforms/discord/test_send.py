import logging
from datetime import UTC, datetime, timedelta

import pytest

from bot.domain.alert import Receipt
from bot.domain.destination import Address, PlatformName
from bot.domain.message import Link, Message
from bot.domain.story import Change, ChangeKind
from bot.errors import (
    PermanentDeliveryError,
    TemporaryDeliveryError,
    UnclearDeliveryError,
    UnsettledError,
)
from bot.platforms.discord.rest import DiscordRest
from bot.platforms.discord.send import DiscordNotifier, marker_for
from tests.fakes.discord import FakeDiscord
from tests.fakes.discord_world import DM, broken, dropped, hanging, rate_limited, refused

HERE = Address(platform=PlatformName.DISCORD, workspace="900", channel="111")
START = datetime.now(UTC)


class HandClock:
    def __init__(self):
        self.moment = datetime.now(UTC)

    def now(self):
        return self.moment


@pytest.fixture
async def discord():
    async with FakeDiscord() as fake:
        yield fake


@pytest.fixture
def clock():
    return HandClock()


@pytest.fixture
async def notifier(discord, clock):
    rest = DiscordRest(
        token=discord.token, api_url=discord.api_url + "/", timeout=0.5, patience=1, pauses=(0, 0)
    )
    yield DiscordNotifier(rest=rest, clock=clock)
    await rest.close()


def alert(headline="Ottawa answers steel tariffs", **more):
    return Message(
        subject="story:7",
        headline=Link(text=headline, url="https://example.com/steel"),
        source="Border Ledger",
        published=datetime(2026, 11, 20, 12, tzinfo=UTC),
        summary="Canada set a 25 percent surtax.",
        **more,
    )


def update():
    change = Change(kind=ChangeKind.STAGE, text="Now in force", quote="It takes effect today.")
    return alert(changes=(change,))


async def test_a_message_arrives_once_with_marker_and_without_mentions(discord, notifier):
    """A post is one embed, its marker at the end of the footer, all mentions off."""
    receipt = await notifier.post(HERE, alert(), key="d12-3")
    (message,) = discord.messages
    assert receipt == Receipt(channel="111", message=message["id"])
    assert message["embeds"][0]["title"] == "Ottawa answers steel tariffs"
    assert message["embeds"][0]["url"] == "https://example.com/steel"
    assert message["embeds"][0]["footer"]["text"] == f"story:7 · {marker_for('d12-3')}"
    assert len(message["nonce"]) <= 25


async def test_a_repeat_with_the_same_key_shows_nothing_twice(discord, notifier):
    """Discord gives back the first message for the same nonce; another channel has its own."""
    discord.world.add_channel("222")
    first = await notifier.post(HERE, alert(), key="d12-3")
    again = await notifier.post(HERE, alert(), key="d12-3")
    there = Address(platform=PlatformName.DISCORD, workspace="900", channel="222")
    other = await notifier.post(there, alert(), key="d12-3")
    assert first == again
    assert other.message != first.message
    assert len(discord.messages) == 2


@pytest.mark.parametrize("failure", [dropped, hanging])
async def test_a_send_without_an_answer_is_unclear_and_settled(discord, notifier, clock, failure):
    """The message was taken: the error says unclear, settling finds it, and nothing is repeated."""
    discord.fail(failure())
    with pytest.raises(UnclearDeliveryError):
        await notifier.post(HERE, alert(), key="d12-3")
    receipt = await notifier.settle(HERE, None, key="d12-3", since=clock.moment)
    assert receipt == Receipt(channel="111", message=discord.messages[0]["id"])


async def test_a_dropped_send_that_was_not_taken_settles_to_nothing(discord, notifier, clock):
    """Not found among the messages since then: a repeat is safe, even much later."""
    discord.world.add_message("111", {"content": "hello"}, author={"id": "5", "bot": False})
    discord.fail(dropped(taken=False))
    with pytest.raises(UnclearDeliveryError):
        await notifier.post(HERE, alert(), key="d12-3")
    since = clock.moment
    clock.moment += timedelta(hours=1)
    assert await notifier.settle(HERE, None, key="d12-3", since=since) is None


async def test_without_the_history_a_young_send_is_safe_and_an_old_one_unsettled(
    discord, notifier, clock
):
    """Without Read Message History Discord lists nothing, which is no proof of absence."""
    discord.world.add_channel("111", can_read_history=False)
    since = clock.moment
    assert await notifier.settle(HERE, None, key="d12-3", since=since) is None
    clock.moment += timedelta(minutes=3)
    with pytest.raises(UnsettledError, match="Read Message History"):
        await notifier.settle(HERE, None, key="d12-3", since=since)


async def test_a_marker_of_another_bot_is_not_ours(discord, notifier, clock):
    """A second installation in the channel may use the same delivery numbers."""
    await notifier.post(HERE, alert(), key="d12-3")
    discord.messages[0]["author"] = {"id": "999", "bot": True}
    assert await notifier.settle(HERE, None, key="d12-3", since=clock.moment) is None


@pytest.mark.parametrize("code", [50001, 50013])
async def test_a_place_that_may_not_be_read_is_unsettled_once_the_nonce_is_old(
    discord, notifier, clock, code
):
    """While the nonce lasts a repeat cannot show twice; later nobody can tell."""
    reading = {"method": "GET", "times": 2}
    discord.fail(refused(403, code, **reading))
    since = clock.moment
    assert await notifier.settle(HERE, None, key="d12-3", since=since) is None
    clock.moment += timedelta(minutes=3)
    with pytest.raises(UnsettledError, match="read"):
        await notifier.settle(HERE, None, key="d12-3", since=since)


@pytest.mark.parametrize(
    "failures",
    [
        [rate_limited(60, method="GET")],
        [dropped(method="GET", taken=False)] * 3,
        [broken(503, method="GET", times=3)],
    ],
)
async def test_settling_waits_while_discord_cannot_be_asked(discord, notifier, clock, failures):
    """No guess is made: the delivery stays unknown and is looked for later."""
    discord.fail(*failures)
    with pytest.raises(TemporaryDeliveryError):
        await notifier.settle(HERE, None, key="d12-3", since=clock.moment)


async def test_settling_in_a_channel_that_is_gone_finds_nothing(discord, notifier, clock):
    """The repeat will learn that the channel is gone, and say so."""
    del discord.world.channels["111"]
    since = clock.moment
    clock.moment += timedelta(hours=1)
    assert await notifier.settle(HERE, None, key="d12-3", since=since) is None


async def test_settling_gives_up_in_a_flood(discord, notifier, clock):
    """After a thousand messages looking on would cost more requests than the answer is worth."""
    since = clock.moment
    for number in range(1_001):
        discord.world.add_message("111", {"content": str(number)}, author={"id": "5"})
    clock.moment += timedelta(hours=1)
    with pytest.raises(UnsettledError, match="too many"):
        await notifier.settle(HERE, None, key="d12-3", since=since)


async def test_a_refused_token_settles_nothing(discord, notifier, clock):
    """Whether the message arrived is asked again once the token is mended, not repeated blind."""
    await notifier.post(HERE, alert(), key="d12-3")
    discord.fail(refused(401, 0, method="GET", path="/users/@me"))
    since = clock.moment
    clock.moment += timedelta(hours=1)
    with pytest.raises(PermanentDeliveryError):
        await notifier.settle(HERE, None, key="d12-3", since=since)


async def test_a_wrong_token_is_told_by_an_update_too(discord, notifier):
    """A 401 while the thread is opened is not taken for a missing permission."""
    posted = await notifier.post(HERE, alert(), key="d1-1")
    discord.fail(refused(401, 0, path=r"/channels/\d+/messages/\d+/threads"))
    with pytest.raises(PermanentDeliveryError, match="DISCORD_TOKEN"):
        await notifier.reply(HERE, posted, update(), key="d2-1", broadcast=False)


async def test_an_update_of_a_message_without_an_id_stands_by_itself(discord, notifier):
    """An old receipt may lack it; the update is still told."""
    posted = Receipt(channel="111", message="")
    receipt = await notifier.reply(HERE, posted, update(), key="d2-1", broadcast=False)
    assert receipt.channel == "111"


async def test_settling_looks_through_more_than_one_page(discord, notifier, clock):
    """A lively channel buries the message under hundreds of others."""
    since = clock.moment
    await notifier.post(HERE, alert(), key="d12-3")
    sent = discord.messages[0]
    for number in range(250):
        discord.world.add_message("111", {"content": str(number)}, author={"id": "5"})
    everything = discord.world.messages["111"]
    everything.remove(sent)
    sent["id"] = discord.world.new_id()
    everything.append(sent)
    found = await notifier.settle(HERE, None, key="d12-3", since=since)
    assert found is not None
    assert found.message == sent["id"]


async def test_an_update_goes_into_the_thread_of_the_message(discord, notifier):
    """The first update opens the thread, the second one finds it, with or without its receipt."""
    posted = await notifier.post(HERE, alert(), key="d1-1")
    first = await notifier.reply(HERE, posted, update(), key="d2-1", broadcast=True)
    second = await notifier.reply(HERE, posted, update(), key="d3-1", broadcast=False)
    assert first.thread == second.thread == posted.message
    assert first.channel == posted.message
    assert discord.world.channels[posted.message].name == "Ottawa answers steel tariffs"
    assert len(discord.world.messages[posted.message]) == 2
    assert len(discord.world.messages["111"]) == 1


@pytest.mark.parametrize("kind", [0, DM])
async def test_where_threads_are_not_allowed_the_update_refers_to_the_message(
    discord, notifier, kind
):
    """Without the permission, or in a direct message, the update is a reply in the channel."""
    discord.world.add_channel("111", can_thread=False, kind=kind)
    posted = await notifier.post(HERE, alert(), key="d1-1")
    receipt = await notifier.reply(HERE, posted, update(), key="d2-1", broadcast=False)
    assert receipt.thread is None
    assert discord.messages[1]["message_reference"]["message_id"] == posted.message
    await notifier.reply(HERE, posted, update(), key="d3-1", broadcast=False)
    asked = [path for _, path, _ in discord.world.requests if path.endswith("/threads")]
    assert len(asked) == 1


async def test_an_update_survives_a_deleted_message(discord, notifier):
    """The message was deleted by somebody: the update stands by itself."""
    posted = await notifier.post(HERE, alert(), key="d1-1")
    discord.world.messages["111"].clear()
    await notifier.reply(HERE, posted, update(), key="d2-1", broadcast=False)
    assert "message_reference" not in discord.messages[0]
    another = await notifier.post(HERE, alert(), key="d3-1")
    receipt = await notifier.reply(HERE, another, update(), key="d4-1", broadcast=False)
    assert receipt.thread == another.message


async def test_an_update_survives_a_lost_thread(discord, notifier):
    """A thread that may not be written to any more gives way to a reply in the channel."""
    posted = await notifier.post(HERE, alert(), key="d1-1")
    first = await notifier.reply(HERE, posted, update(), key="d2-1", broadcast=False)
    discord.world.channels[first.thread].can_send = False
    second = await notifier.reply(HERE, posted, update(), key="d3-1", broadcast=False)
    assert second.channel == "111"


async def test_an_unclear_update_is_found_in_the_thread(discord, notifier, clock):
    """Settling a reply looks in the thread and in the channel."""
    posted = await notifier.post(HERE, alert(), key="d1-1")
    thread = rf"/channels/{posted.message}/messages"
    discord.fail(dropped(path=thread))
    with pytest.raises(UnclearDeliveryError):
        await notifier.reply(HERE, posted, update(), key="d2-1", broadcast=False)
    found = await notifier.settle(HERE, posted, key="d2-1", since=clock.moment)
    assert found is not None
    assert found.thread == posted.message
    other = await notifier.settle(HERE, posted, key="d9-1", since=clock.moment)
    assert other is None


async def test_a_reply_settles_where_no_thread_was_opened(discord, notifier, clock):
    """No thread exists: looking there is no error, the channel is looked through."""
    discord.world.add_channel("111", can_thread=False)
    posted = await notifier.post(HERE, alert(), key="d1-1")
    since = clock.moment
    clock.moment += timedelta(hours=1)
    assert await notifier.settle(HERE, posted, key="d2-1", since=since) is None


async def test_an_edit_brings_the_message_up_to_date(discord, notifier):
    """Editing keeps the receipt and changes what is shown, however often it is done."""
    posted = await notifier.post(HERE, alert(), key="d1-1")
    for _ in range(2):
        edited = await notifier.edit(HERE, posted, alert(source_count=3), key="d2-1")
    assert edited == posted
    assert discord.messages[0]["embeds"][0]["fields"][-1]["name"] == "Sources (3)"


async def test_a_short_rate_limit_is_waited_for(discord, notifier):
    """A 429 was surely not taken: it is sent again after what Discord asks."""
    discord.fail(rate_limited(0.05))
    await notifier.post(HERE, alert(), key="d1-1")
    assert len(discord.messages) == 1


@pytest.mark.parametrize("everywhere", [True, False])
async def test_a_long_rate_limit_is_told_to_the_outbox(discord, notifier, everywhere):
    """The outbox learns how long to wait; the next send on the same limit costs no request."""
    discord.fail(rate_limited(40.0, everywhere=everywhere))
    for _ in range(2):
        with pytest.raises(TemporaryDeliveryError) as caught:
            await notifier.post(HERE, alert(), key="d1-1")
        assert 39 < caught.value.retry_after <= 40
    assert len(discord.world.requests) == 1


async def test_buckets_are_honoured_before_a_429_comes(discord, clock):
    """Six messages into a bucket of three: the bot waits by itself, Discord refuses none."""
    discord.world.limit, discord.world.window = 3, 0.2
    rest = DiscordRest(token=discord.token, api_url=discord.api_url)
    notifier = DiscordNotifier(rest=rest, clock=clock)
    for number in range(6):
        await notifier.post(HERE, alert(), key=f"d{number}-1")
    await rest.close()
    assert [status for _, _, status in discord.world.requests] == [200] * 6


@pytest.mark.parametrize("status", [500, 502, 503, 504])
async def test_a_server_error_is_unclear(discord, notifier, status):
    """A 5xx that stays does not say whether the message was taken."""
    discord.fail(broken(status, times=3))
    with pytest.raises(UnclearDeliveryError):
        await notifier.post(HERE, alert(), key="d1-1")


@pytest.mark.parametrize("taken", [True, False])
async def test_a_passing_server_error_shows_nothing_twice(discord, notifier, taken):
    """A repeat with the same nonce is safe, so that two hiccups cost two seconds, not an alert."""
    discord.fail(broken(502, taken=taken, times=2))
    await notifier.post(HERE, alert(), key="d1-1")
    assert len(discord.messages) == 1


async def test_an_unreachable_discord_is_tried_again(clock):
    """No connection was made, so that nothing can have been taken."""
    rest = DiscordRest(token="t", api_url="http://127.0.0.1:1/api/v10")
    with pytest.raises(TemporaryDeliveryError):
        await DiscordNotifier(rest=rest, clock=clock).post(HERE, alert(), key="d1-1")
    await rest.close()


@pytest.mark.parametrize(
    ("status", "code", "words"),
    [
        (401, 0, "DISCORD_TOKEN"),
        (401, 40001, "DISCORD_TOKEN"),
        (403, 50001, "View Channel"),
        (403, 50013, "Send Messages"),
        (403, 50007, "direct messages"),
        (404, 10003, "gone"),
        (400, 50083, "unlock it"),
        (400, 160005, "unlock it"),
        (404, 10004, "invite"),
        (403, 1234, "may write"),
    ],
)
async def test_refusals_for_good_pause_the_destination(discord, notifier, status, code, words):
    """What no repeat can mend says what a person has to do."""
    discord.fail(refused(status, code))
    with pytest.raises(PermanentDeliveryError, match=words) as caught:
        await notifier.post(HERE, alert(), key="d1-1")
    assert caught.value.destination_lost


async def test_a_refused_body_drops_only_this_delivery(discord, notifier):
    """A body Discord does not like says nothing about the channel."""
    discord.fail(refused(400, 50035, "Invalid Form Body"))
    with pytest.raises(PermanentDeliveryError, match="50035") as caught:
        await notifier.post(HERE, alert(), key="d1-1")
    assert not caught.value.destination_lost


async def test_slow_mode_is_tried_again(discord, notifier):
    """A channel's own pace is no failure."""
    discord.fail(refused(400, 20016, "slow mode"))
    with pytest.raises(TemporaryDeliveryError):
        await notifier.post(HERE, alert(), key="d1-1")


async def test_a_deleted_message_ends_only_its_edit(discord, notifier):
    """An edit of a message that is gone is dropped; the channel stays."""
    posted = await notifier.post(HERE, alert(), key="d1-1")
    discord.world.messages["111"].clear()
    with pytest.raises(PermanentDeliveryError, match="deleted") as caught:
        await notifier.edit(HERE, posted, alert(), key="d2-1")
    assert not caught.value.destination_lost


async def test_an_edit_in_an_archived_thread_takes_it_out(discord, notifier):
    """A place may be a thread, which Discord archives when it was quiet: what is said there stays true."""
    discord.world.add_channel("222", kind=11, parent="111")
    there = Address(platform=PlatformName.DISCORD, workspace="900", channel="222")
    receipt = await notifier.post(there, alert(), key="d1-1")
    discord.world.channels["222"].archived = True
    await notifier.edit(there, receipt, alert("Ottawa withdraws steel tariffs"), key="d2-1")
    (message,) = discord.world.messages["222"]
    assert message["embeds"][0]["title"] == "Ottawa withdraws steel tariffs"


async def test_an_edit_in_a_locked_thread_is_dropped_and_the_place_stays(discord, notifier):
    """Whether the place takes messages at all is for the next post to find out."""
    discord.world.add_channel("222", kind=11, parent="111")
    there = Address(platform=PlatformName.DISCORD, workspace="900", channel="222")
    receipt = await notifier.post(there, alert(), key="d1-1")
    discord.world.channels["222"].archived = True
    locked = refused(400, 160005, "Thread is locked", method="PATCH", path=r"/channels/\d+")
    discord.world.failures.append(locked)
    with pytest.raises(PermanentDeliveryError, match="locked") as caught:
        await notifier.edit(there, receipt, alert(), key="d2-1")
    assert not caught.value.destination_lost


async def test_a_channel_for_voices_says_what_it_needs(discord, notifier):
    """A kind of channel that takes no plain messages and has no posts either."""
    discord.fail(refused(400, 50008, "Cannot send messages in a non-text channel"))
    with pytest.raises(PermanentDeliveryError, match="text channel"):
        await notifier.post(HERE, alert(), key="d1-1")


async def test_opening_a_thread_without_an_answer_is_simply_tried_again(discord, notifier):
    """Nothing was said in it yet, and Discord refuses to open it twice."""
    posted = await notifier.post(HERE, alert(), key="d1-1")
    discord.fail(dropped(path=r"/channels/\d+/messages/\d+/threads"))
    with pytest.raises(TemporaryDeliveryError):
        await notifier.reply(HERE, posted, update(), key="d2-1", broadcast=False)
    receipt = await notifier.reply(HERE, posted, update(), key="d2-1", broadcast=False)
    assert receipt.thread == posted.message


async def test_no_token_in_errors_or_logs(discord, clock, caplog):
    """Every kind of failure at the most talkative level: the token is nowhere."""
    caplog.set_level(logging.DEBUG)
    rest = DiscordRest(token=discord.token, api_url=discord.api_url, timeout=0.2, pauses=(0, 0))
    notifier = DiscordNotifier(rest=rest, clock=clock)
    told = []
    for failure in (refused(401, 0), dropped(), hanging(), broken(502, times=3), rate_limited(99)):
        discord.fail(failure)
        with pytest.raises(Exception) as caught:  # noqa: PT011  # any of them
            await notifier.post(HERE, alert(), key="d1-1")
        told += [repr(caught.value), repr(caught.value.__cause__)]
    await rest.close()
    assert discord.token not in "".join(told) + caplog.text


async def test_the_pace_is_one_a_second(notifier):
    """The outbox asks for it."""
    assert notifier.pace == timedelta(seconds=1)
