import asyncio
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
from bot.platforms.slack.api import RefusedError, SlackApi
from bot.platforms.slack.send import SlackNotifier
from tests.fakes.slack import FakeSlack
from tests.fakes.slack_blocks import shown

MESSAGE = Message(
    subject="story:7",
    headline=Link(text="Canada sets 25% on steel", url="https://example.com/steel"),
    source="Border Ledger",
)
UPDATE = Message(
    subject="story:7",
    headline=Link(text="Canada sets 25% on steel", url="https://example.com/steel"),
    changes=(Change(kind=ChangeKind.STAGE, text="Now in force"),),
)


def _to(channel: str = "C1", workspace: str = "T1") -> Address:
    return Address(platform=PlatformName.SLACK, workspace=workspace, channel=channel)


@pytest.fixture
async def slack():
    async with FakeSlack() as fake:
        yield fake


@pytest.fixture
async def notifier(slack):
    api = SlackApi(token_for=slack.token_for, api_url=slack.api_url, patience=2.0)
    yield SlackNotifier(api)
    await api.close()


@pytest.fixture
async def hasty(slack):
    """A notifier that gives up after a short time, for calls that are never answered."""
    api = SlackApi(token_for=slack.token_for, api_url=slack.api_url, patience=0.2)
    yield SlackNotifier(api)
    await api.close()


def _now() -> datetime:
    return datetime.now(UTC)


async def test_a_post_an_edit_and_a_reply(slack, notifier):
    """A story's message is posted with its key, edited in place and answered in its thread."""
    receipt = await notifier.post(_to(), MESSAGE, key="d1-1")
    edited = await notifier.edit(_to(), receipt, MESSAGE, key="d2-1")
    reply = await notifier.reply(_to(), receipt, UPDATE, key="d3-1", broadcast=True)
    first, second = slack.messages("C1")
    assert (receipt.message, reply.message) == (first.ts, second.ts)
    assert edited == receipt
    assert first.metadata == {"event_type": "usmca_delivery", "event_payload": {"delivery": "d1-1"}}
    assert first.options == {"unfurl_links": False, "unfurl_media": False}
    assert len(first.edits) == 1
    assert (second.thread_ts, second.broadcast) == (first.ts, True)
    assert "Now in force" in shown(second.blocks)
    assert first.text == "Canada sets 25% on steel — Border Ledger"


async def test_two_workspaces_at_once(slack, notifier):
    """Each workspace gets its own message by its own token."""
    await asyncio.gather(
        notifier.post(_to("C1", "T1"), MESSAGE, key="d1-1"),
        notifier.post(_to("C3", "T2"), MESSAGE, key="d1-2"),
    )
    assert {(one.team, one.channel) for one in slack.messages()} == {("T1", "C1"), ("T2", "C3")}


async def test_a_person_gets_a_direct_message(slack, notifier):
    """A person's id opens the conversation with them; the thread goes on there."""
    receipt = await notifier.post(_to("U1"), MESSAGE, key="d1-1")
    await notifier.reply(_to("U1"), receipt, UPDATE, key="d2-1", broadcast=False)
    assert receipt.channel == "D1"
    assert len(slack.messages("D1")) == 2
    assert await notifier.settle(_to("U1"), None, key="d1-1", since=_now()) == receipt


@pytest.mark.parametrize("api_url", ["", "/"])
async def test_the_last_slash_is_optional(slack, api_url):
    """SLACK_API_URL works with and without its last slash."""
    api = SlackApi(token_for=slack.token_for, api_url=slack.api_url.rstrip("/") + api_url)
    await SlackNotifier(api).post(_to(), MESSAGE, key="d1-1")
    await api.close()
    assert len(slack.messages("C1")) == 1


@pytest.mark.parametrize("kind", ["drop", "reset", "status", "garbage", "error"])
async def test_a_taken_post_without_an_answer_is_unclear_and_settled(slack, notifier, kind):
    """The post went out once; settling finds it by its key."""
    since = _now()
    slack.fail("chat.postMessage", kind, taken=True)
    with pytest.raises(UnclearDeliveryError):
        await notifier.post(_to(), MESSAGE, key="d1-1")
    (posted,) = slack.messages("C1")
    found = await notifier.settle(_to(), None, key="d1-1", since=since)
    assert found == Receipt(channel="C1", message=posted.ts)
    assert len(slack.calls_of("chat.postMessage")) == 1


@pytest.mark.parametrize(
    ("body", "kind"),
    [("[1]", "application/json"), ("null", "application/json"), ("OK", "text/plain")],
)
async def test_an_answer_of_another_kind_is_unclear(slack, notifier, body, kind):
    """A proxy's or a broken answer says nothing about the post."""
    slack.fail("chat.postMessage", "garbage", taken=True, body=body, content_type=kind)
    with pytest.raises(UnclearDeliveryError):
        await notifier.post(_to(), MESSAGE, key="d1-1")
    assert len(slack.messages("C1")) == 1


async def test_a_server_error_with_a_reason_is_unclear(slack, notifier):
    """With a status of 5xx not even Slack's own word says that nothing was done."""
    body = '{"ok": false, "error": "service_unavailable"}'
    slack.fail("chat.postMessage", "garbage", taken=True, status=503, body=body)
    with pytest.raises(UnclearDeliveryError):
        await notifier.post(_to(), MESSAGE, key="d1-1")


async def test_an_answer_without_a_place_is_unclear(slack, notifier):
    """ok without a ts cannot be edited or answered later: it is looked for."""
    slack.fail("chat.postMessage", "garbage", taken=True, body='{"ok": true}')
    with pytest.raises(UnclearDeliveryError):
        await notifier.post(_to(), MESSAGE, key="d1-1")


async def test_a_taken_post_that_times_out_is_unclear_and_settled(slack, hasty):
    """A time-out after acceptance is settled like a dropped connection."""
    since = _now()
    slack.fail("chat.postMessage", "hang", taken=True)
    with pytest.raises(UnclearDeliveryError):
        await hasty.post(_to(), MESSAGE, key="d1-1")
    assert await hasty.settle(_to(), None, key="d1-1", since=since) is not None


async def test_a_post_that_was_not_taken_settles_to_none(slack, notifier):
    """Slack does not have it: it may be sent again."""
    since = _now()
    slack.fail("chat.postMessage", "drop")
    with pytest.raises(UnclearDeliveryError):
        await notifier.post(_to(), MESSAGE, key="d1-1")
    assert await notifier.settle(_to(), None, key="d1-1", since=since) is None


async def test_an_unclear_reply_is_settled_in_its_thread(slack, notifier):
    """Thread replies are not in the channel's history: the thread is read."""
    receipt = await notifier.post(_to(), MESSAGE, key="d1-1")
    slack.fail("chat.postMessage", "reset", taken=True)
    with pytest.raises(UnclearDeliveryError):
        await notifier.reply(_to(), receipt, UPDATE, key="d2-1", broadcast=False)
    found = await notifier.settle(_to(), receipt, key="d2-1", since=_now())
    assert found is not None
    assert found.message == slack.messages("C1")[1].ts
    assert await notifier.settle(_to(), receipt, key="d9-1", since=_now()) is None


async def test_a_busy_channel_is_read_page_by_page(slack, notifier):
    """The key is found behind more messages than one page holds."""
    since = _now()
    for number in range(40):
        await notifier.post(_to(), MESSAGE, key=f"d{number}-1")
    found = await notifier.settle(_to(), None, key="d38-1", since=since)
    assert found is not None
    assert found.message == slack.messages("C1")[38].ts
    assert all(call.arguments["limit"] == "15" for call in slack.calls_of("conversations.history"))


async def test_more_traffic_than_we_read_is_unsettled(notifier):
    """Where the pages end before the channel does, nobody can say."""
    since = _now()
    for number in range(125):
        await notifier.post(_to(), MESSAGE, key=f"d{number}-1")
    with pytest.raises(UnsettledError):
        await notifier.settle(_to(), None, key="d999-1", since=since)


async def test_another_bots_key_is_not_ours(slack, notifier):
    """A second installation that counts its deliveries alike does not settle ours."""
    await notifier.post(_to(), MESSAGE, key="d1-1")
    slack.messages("C1")[0].bot_id = "BOTHER"
    assert await notifier.settle(_to(), None, key="d1-1", since=_now()) is None


async def test_old_messages_do_not_settle_a_new_send(notifier):
    """Only what was said from shortly before the first try on counts."""
    await notifier.post(_to(), MESSAGE, key="d1-1")
    later = _now() + timedelta(hours=1)
    assert await notifier.settle(_to(), None, key="d1-1", since=later) is None


async def test_unreadable_channels_are_unsettled(slack, notifier):
    """Without the scope, the membership or the channel, Slack does not let us look."""
    slack.channel("C2").member = False
    with pytest.raises(UnsettledError, match="not_in_channel"):
        await notifier.settle(_to("C2"), None, key="d1-1", since=_now())
    with pytest.raises(UnsettledError, match="channel_not_found"):
        await notifier.settle(_to("C404"), None, key="d1-1", since=_now())
    slack.workspaces["T1"].scopes.discard("channels:history")
    with pytest.raises(UnsettledError, match="channels:history"):
        await notifier.settle(_to("C1"), None, key="d1-1", since=_now())


async def test_slack_that_cannot_be_asked_is_asked_again(slack, notifier):
    """A rate limit or an error while reading says nothing about the message."""
    slack.fail("conversations.history", "ratelimited", retry_after=60)
    with pytest.raises(TemporaryDeliveryError) as caught:
        await notifier.settle(_to(), None, key="d1-1", since=_now())
    assert caught.value.retry_after == 60
    slack.fail("conversations.history", "status", status=503)
    with pytest.raises(TemporaryDeliveryError):
        await notifier.settle(_to(), None, key="d1-1", since=_now())


class PageByPage(SlackApi):
    """Slack as an app outside the Marketplace meets it: so many pages, then it is asked to wait."""

    def __init__(self, slack: FakeSlack) -> None:
        super().__init__(token_for=slack.token_for, api_url=slack.api_url, patience=2.0)
        self._slack = slack
        self.allowed = 1

    async def call(self, workspace, work):
        if len(self._slack.calls_of("conversations.history")) >= self.allowed:
            raise RefusedError("ratelimited", retry_after=60)
        return await super().call(workspace, work)


@pytest.mark.parametrize(("key", "pages"), [("d38-1", 3), ("d999-1", 3)])
async def test_a_search_goes_on_where_a_rate_limit_stopped_it(slack, notifier, key, pages):
    """One page a minute is enough: no page is read twice, and a busy channel comes to an end."""
    since = _now()
    for number in range(40):
        await notifier.post(_to(), MESSAGE, key=f"d{number}-1")
    api = PageByPage(slack)
    limited = SlackNotifier(api)
    for allowed in range(1, pages):
        api.allowed = allowed
        with pytest.raises(TemporaryDeliveryError) as caught:
            await limited.settle(_to(), None, key=key, since=since)
        assert caught.value.retry_after == 60
    api.allowed = pages
    found = await limited.settle(_to(), None, key=key, since=since)
    assert (found is not None) is (key == "d38-1")
    read = [call.arguments.get("cursor") for call in slack.calls_of("conversations.history")]
    assert read == [None, "15", "30"]
    await api.close()


async def test_a_cursor_that_is_no_more_begins_the_search_anew(slack, notifier):
    """Slack forgets cursors: what was read is then read again."""
    slack.fail("conversations.history", "error", code="invalid_cursor")
    with pytest.raises(TemporaryDeliveryError):
        await notifier.settle(_to(), None, key="d1-1", since=_now())
    assert await notifier.settle(_to(), None, key="d1-1", since=_now()) is None


async def test_a_deleted_thread_took_no_reply(notifier):
    """Where the parent is gone and nothing stands in the channel, it was not taken."""
    gone = Receipt(channel="C1", message="1.000000")
    assert await notifier.settle(_to(), gone, key="d1-1", since=_now()) is None


async def test_a_reply_to_a_deleted_message_stands_by_itself(slack, notifier):
    """The news is not lost with the first message, and an unclear one is found in the channel."""
    gone = Receipt(channel="C1", message="1.000000")
    receipt = await notifier.reply(_to(), gone, UPDATE, key="d2-1", broadcast=False)
    (alone,) = slack.messages("C1")
    assert (alone.ts, alone.thread_ts) == (receipt.message, None)
    assert "Canada sets 25% on steel" in shown(alone.blocks)
    assert await notifier.settle(_to(), gone, key="d2-1", since=_now()) == receipt


@pytest.mark.parametrize("code", ["is_archived", "msg_too_long"])
async def test_a_reply_that_is_refused_for_another_reason_is_not_repeated(slack, notifier, code):
    """Only the missing first message makes it stand by itself."""
    receipt = await notifier.post(_to(), MESSAGE, key="d1-1")
    slack.fail("chat.postMessage", "error", code=code)
    with pytest.raises(PermanentDeliveryError):
        await notifier.reply(_to(), receipt, UPDATE, key="d2-1", broadcast=False)
    assert len(slack.messages("C1")) == 1


@pytest.mark.parametrize(("header", "seconds"), [(30, 30.0), (None, None)])
async def test_a_rate_limit_is_temporary(slack, notifier, header, seconds):
    """A 429 is no failure: it says when to come back."""
    slack.fail("chat.postMessage", "ratelimited", retry_after=header)
    with pytest.raises(TemporaryDeliveryError) as caught:
        await notifier.post(_to(), MESSAGE, key="d1-1")
    assert caught.value.retry_after == seconds
    assert len(slack.calls_of("chat.postMessage")) == 1


async def test_a_refused_connection_is_temporary(slack, notifier):
    """Nothing was sent, so nothing needs to be settled."""
    await slack.stop()
    with pytest.raises(TemporaryDeliveryError):
        await notifier.post(_to(), MESSAGE, key="d1-1")


@pytest.mark.parametrize(
    ("code", "says"),
    [
        ("is_archived", "archived"),
        ("not_in_channel", "/invite"),
        ("account_inactive", "SLACK_BOT_TOKEN"),
        ("token_revoked", "SLACK_BOT_TOKEN"),
        ("invalid_auth", "SLACK_BOT_TOKEN"),
        ("missing_scope", "chat:write"),
    ],
)
async def test_a_lost_destination_says_what_to_do(slack, notifier, code, says):
    """Every later send would fail too: the destination is paused with a useful sentence."""
    slack.fail("chat.postMessage", "error", code=code)
    with pytest.raises(PermanentDeliveryError, match=says) as caught:
        await notifier.post(_to(), MESSAGE, key="d1-1")
    assert caught.value.destination_lost
    assert slack.token() not in str(caught.value)


async def test_archived_unknown_and_revoked_for_real(slack, notifier):
    """The fake's own refusals mean the same as the programmed ones."""
    slack.channel("C2").archived = True
    for channel in ("C2", "C404"):
        with pytest.raises(PermanentDeliveryError):
            await notifier.post(_to(channel), MESSAGE, key="d1-1")
    slack.workspaces["T1"].revoked = True
    with pytest.raises(PermanentDeliveryError, match="SLACK_BOT_TOKEN"):
        await notifier.post(_to(), MESSAGE, key="d1-1")
    with pytest.raises(PermanentDeliveryError, match="no token"):
        await notifier.post(_to(workspace="T404"), MESSAGE, key="d1-1")
    await notifier.post(_to("C3", "T2"), MESSAGE, key="d1-1")


@pytest.mark.parametrize("code", ["invalid_blocks", "msg_too_long", "msg_blocks_too_long"])
async def test_a_message_slack_does_not_take_is_dropped_alone(slack, notifier, code):
    """The next message to the same channel may be fine."""
    slack.fail("chat.postMessage", "error", code=code)
    with pytest.raises(PermanentDeliveryError) as caught:
        await notifier.post(_to(), MESSAGE, key="d1-1")
    assert not caught.value.destination_lost


async def test_a_deleted_message_cannot_be_edited(notifier):
    """A person deleted it: only this edit is dropped."""
    gone = Receipt(channel="C1", message="1.000000")
    with pytest.raises(PermanentDeliveryError) as caught:
        await notifier.edit(_to(), gone, MESSAGE, key="d1-1")
    assert not caught.value.destination_lost


async def test_an_unknown_refusal_is_tried_again(slack, notifier):
    """A word of Slack's that we do not know drops nothing."""
    slack.fail("chat.postMessage", "error", code="moon_phase")
    with pytest.raises(TemporaryDeliveryError, match="moon_phase"):
        await notifier.post(_to(), MESSAGE, key="d1-1")
    slack.fail("chat.postMessage", "status", status=403)
    with pytest.raises(TemporaryDeliveryError, match="403"):
        await notifier.post(_to(), MESSAGE, key="d1-1")
