import asyncio
import json
import time
from datetime import UTC, datetime
from urllib.parse import urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.commands.exchange import Choice, Line, Reply, Request, Section
from bot.domain.destination import Address, PlatformName
from bot.domain.message import Link, Message
from bot.errors import ConfigError, InvalidInputError
from bot.platforms.slack.api import SlackApi
from bot.platforms.slack.desk import SlackDesk
from bot.platforms.slack.http import SlackHttp
from bot.platforms.slack.listen import SlackListener
from bot.platforms.slack.send import SlackNotifier
from tests.fakes.slack import FakeSlack
from tests.fakes.slack_blocks import shown


class SystemClock:
    """The real time."""

    def now(self) -> datetime:
        """Return it."""
        return datetime.now(UTC)


class Commands:
    """Stands for the commands: remembers requests, and answers as the words say."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.gate = asyncio.Event()

    async def __call__(self, request: Request) -> Reply:
        self.requests.append(request)
        match request.text:
            case "slow":
                await self.gate.wait()
            case "broken":
                raise RuntimeError("a secret detail")
            case "wrong" | "wrong autos":
                raise InvalidInputError("There is no such topic: try autos.")
        return Reply(
            command="status",
            title=f"You said {request.text}",
            sections=(Section(lines=(Line(text="Review", note="in 5 days"),)),),
            actions=(Choice(label="Follow autos", command="subscribe autos"),),
        )


@pytest.fixture
async def slack():
    async with FakeSlack() as fake:
        yield fake


@pytest.fixture
async def api(slack):
    made = SlackApi(token_for=slack.token_for, api_url=slack.api_url, patience=2.0)
    yield made
    await made.close()


@pytest.fixture
def commands():
    return Commands()


@pytest.fixture
async def desk(api, commands):
    made = SlackDesk(api=api, answer=commands, clock=SystemClock())
    yield made
    await made.close(patience=1.0)


@pytest.fixture
async def listener(slack, api, desk):
    made = SlackListener(api=api, desk=desk, app_token=slack.app_token)
    await made.start()
    yield made
    await made.stop()


@pytest.fixture
def http(slack, api, desk):
    return SlackHttp(api=api, desk=desk, signing_secret=slack.signing_secret, clock=SystemClock())


async def test_a_command_is_acknowledged_and_answered(slack, listener, commands):
    """The acknowledgement comes at once and empty, the answer through the response URL."""
    sent = await slack.command("status autos", user="U2", channel="C1")
    ack = await slack.ack(sent)
    answer = await slack.answer(sent)
    assert ack.payload is None
    assert ack.at - sent.at < 1.0
    assert answer["response_type"] == "ephemeral"
    assert shown(answer["blocks"]).splitlines()[:3] == [
        "You said status autos",
        "Review",
        " — in 5 days",
    ]
    (request,) = commands.requests
    actor = request.actor
    assert (actor.workspace, actor.user, actor.channel) == ("T1", "U2", "C1")
    assert (actor.admin, actor.zone, actor.locale) == (True, "America/Mexico_City", "es")
    assert not actor.direct
    assert await listener.connected()


async def test_the_acknowledgement_does_not_wait_for_the_work(slack, listener, commands):
    """A slow command is acknowledged before it ends."""
    sent = await slack.command("slow")
    await slack.ack(sent)
    assert slack.answers == {}
    commands.gate.set()
    assert "You said slow" in shown((await slack.answer(sent))["blocks"])
    assert await listener.connected()


@pytest.mark.usefixtures("listener")
async def test_the_same_request_runs_once(slack, commands):
    """Slack repeats what it saw no acknowledgement for: it is acknowledged, not run again."""
    sent = await slack.command("status")
    await slack.answer(sent)
    await slack.resend(sent)
    await slack.ack(sent, 2)
    other = await slack.command("status")
    await slack.answer(other)
    assert len(commands.requests) == 2


@pytest.mark.usefixtures("listener")
async def test_a_direct_message_is_the_persons_own(slack, commands):
    """In a private conversation the address is the person's id, which always can be reached."""
    sent = await slack.command("subscribe autos", channel="D9", channel_name="directmessage")
    await slack.answer(sent)
    actor = commands.requests[0].actor
    assert actor.direct
    assert actor.address == Address(platform=PlatformName.SLACK, workspace="T1", channel="U1")


@pytest.mark.usefixtures("listener")
async def test_a_button_runs_its_command(slack, commands):
    """A press in a reply runs the words of its choice and answers the person alone."""
    first = await slack.answer(await slack.command("status"))
    press = await slack.press(first, "Follow autos", user="U2", channel="C2")
    await slack.ack(press)
    answer = await slack.answer(press)
    assert answer["response_type"] == "ephemeral"
    assert answer["replace_original"] is False
    assert commands.requests[1].text == "subscribe autos"
    assert commands.requests[1].actor.channel == "C2"


@pytest.mark.usefixtures("listener")
async def test_an_alerts_buttons_work(slack, api, commands):
    """The buttons under an alert ask for its story and why it came."""
    message = Message(subject="story:7", headline=Link(text="H"))
    to = Address(platform=PlatformName.SLACK, workspace="T1", channel="C1")
    await SlackNotifier(api).post(to, message, key="d1-1")
    press = await slack.press(slack.messages("C1")[0], "Why this?")
    await slack.answer(press)
    assert commands.requests[0].text == "why 7"


@pytest.mark.usefixtures("listener")
async def test_what_was_typed_arrives_unescaped(slack, commands):
    """Slack escapes three characters on the way to us."""
    await slack.answer(await slack.command('search "steel & pipes" <2026'))
    assert commands.requests[0].text == 'search "steel & pipes" <2026'


@pytest.mark.usefixtures("listener")
async def test_mistakes_are_told_in_a_sentence(slack):
    """A wrong input is told as it is, a failure of ours without its details."""
    wrong = await slack.answer(await slack.command("wrong"))
    assert shown(wrong["blocks"]) == "There is no such topic: try autos."
    broken = await slack.answer(await slack.command("broken", user="U2"))
    assert shown(broken["blocks"]).startswith("Algo falló")
    assert "secret" not in str(broken)


@pytest.mark.usefixtures("listener")
async def test_an_unknown_person_is_answered_too(slack, commands):
    """Where users.info fails, the command runs without zone and language."""
    slack.fail("users.info", "error", code="user_not_found", times=2)
    await slack.answer(await slack.command("status"))
    actor = commands.requests[0].actor
    assert (actor.admin, actor.zone, actor.locale) == (False, None, None)


@pytest.mark.usefixtures("listener")
async def test_a_person_is_asked_for_once(slack):
    """users.info is called once for two commands of one person."""
    await slack.answer(await slack.command("status"))
    await slack.answer(await slack.command("latest"))
    assert len(slack.calls_of("users.info")) == 1


@pytest.mark.usefixtures("listener")
async def test_an_answer_is_posted_once(slack):
    """A response URL that took the answer and hung up does not get it twice."""
    slack.fail("response_url", "drop", taken=True)
    sent = await slack.command("status")
    await slack.answer(sent)
    other = await slack.command("status")
    await slack.answer(other)
    assert len(slack.answers[sent.response_url.rsplit("/", 1)[1]]) == 1


@pytest.mark.usefixtures("listener")
async def test_other_payloads_are_acknowledged(slack, commands):
    """Events and presses that are not ours are acknowledged, so that Slack does not repeat them."""
    event = {
        "type": "event_callback",
        "team_id": "T1",
        "event": {"type": "app_home_opened", "user": "U1"},
    }
    await slack.ack(await slack.send("events_api", event))
    press = {
        "type": "block_actions",
        "team": {"id": "T1"},
        "user": {"id": "U1"},
        "trigger_id": "x",
        "actions": [{"type": "button", "action_id": "other", "block_id": "b", "value": "x"}],
    }
    await slack.ack(await slack.send("interactive", press))
    assert commands.requests == []


@pytest.mark.usefixtures("listener")
async def test_the_home_shows_what_is_the_persons_own(slack, commands):
    """Opening the Home asks for the person's subscriptions, the deadlines and the feeds."""
    await slack.ack(await slack.open_home(user="U2"))
    view = await slack.home(1, user="U2")
    text = shown(view["blocks"])
    for words in ("subscriptions", "deadlines", "feeds"):
        assert f"You said {words}" in text
    assert all(request.actor.address.channel == "U2" for request in commands.requests)


@pytest.mark.usefixtures("listener")
async def test_a_press_on_the_home_is_answered_there(slack):
    """The answer stands on top, and what is below is up to date."""
    await slack.open_home()
    await slack.home(1)
    await slack.ack(await slack.press_home("Follow autos"))
    view = await slack.home(2)
    text = shown(view["blocks"])
    assert text.startswith("You said subscribe autos")
    assert "You said subscriptions" in text


@pytest.mark.usefixtures("listener")
async def test_the_homes_other_tabs_ask_for_nothing(slack, commands):
    """Opening the conversation with the app runs no command."""
    await slack.ack(await slack.open_home(tab="messages"))
    await slack.answer(await slack.command("status"))
    assert len(commands.requests) == 1


@pytest.mark.usefixtures("listener")
async def test_a_home_that_cannot_be_shown_stops_nothing(slack):
    """Slack refuses the view: it is logged, and commands go on."""
    slack.fail("views.publish", "error", code="not_enabled")
    await slack.open_home()
    await slack.until(lambda: slack.calls_of("views.publish"))
    assert await slack.answer(await slack.command("status"))


async def test_closing_the_desk_ends_what_is_slow(slack, api, commands):
    """A command that does not end in time is cancelled."""
    desk = SlackDesk(api=api, answer=commands, clock=SystemClock())
    http = SlackHttp(api=api, desk=desk, signing_secret=slack.signing_secret, clock=SystemClock())
    body, _ = slack.command_form("slow")
    await http.handle(body, slack.signed(body, at=time.time()))
    await desk.close(patience=0)
    assert slack.answers == {}


async def test_a_command_that_hangs_ends_with_a_sentence(slack, api, commands):
    """After its patience the desk tells the person."""
    desk = SlackDesk(api=api, answer=commands, clock=SystemClock(), patience=0.05)
    http = SlackHttp(api=api, desk=desk, signing_secret=slack.signing_secret, clock=SystemClock())
    body, fields = slack.command_form("slow")
    await http.handle(body, slack.signed(body, at=time.time()))
    assert "Something went wrong" in shown((await slack.answer(fields))["blocks"])
    await desk.close()


async def test_the_socket_comes_back(slack, listener):
    """After a refresh, and after a cut, the bot listens on a new socket."""
    await slack.disconnect()
    await slack.until(lambda: slack.opened_sockets == 2)
    await slack.answer(await slack.command("status"))
    await slack.cut_sockets()
    await slack.until(lambda: slack.opened_sockets == 3)
    await slack.answer(await slack.command("status"))
    assert await listener.connected()


async def test_a_refused_socket_asks_for_a_fresh_address(slack, api, desk):
    """A used address is not tried for ever."""
    listener = SlackListener(api=api, desk=desk, app_token=slack.app_token)
    slack.refuse_links = 1
    await listener.start()
    await slack.connected()
    assert len(slack.calls_of("apps.connections.open")) == 2
    await listener.stop()


async def test_a_wrong_bot_token_names_its_variable(slack, desk):
    """Start-up says which variable is wrong and where the right value is."""
    wrong = SlackApi(token_for=_wrong_token, api_url=slack.api_url)
    listener = SlackListener(api=wrong, desk=desk, app_token=slack.app_token)
    with pytest.raises(ConfigError, match="SLACK_BOT_TOKEN"):
        await listener.start()
    await listener.stop()
    await wrong.close()


async def _wrong_token(_: str) -> str:
    return "xoxb-wrong"


@pytest.mark.parametrize("token", ["xapp-wrong", "xoxb-wrong-kind"])
async def test_a_wrong_app_token_names_its_variable(api, desk, token):
    """A token of another kind is refused as clearly as a wrong one."""
    listener = SlackListener(api=api, desk=desk, app_token=token)
    with pytest.raises(ConfigError, match="SLACK_APP_TOKEN") as caught:
        await listener.start()
    assert token not in str(caught.value)
    await listener.stop()


async def test_an_unreachable_slack_is_tried_in_the_background(slack, api, desk):
    """Start-up goes on without Slack, which is found when it comes back."""
    await slack.stop()
    listener = SlackListener(api=api, desk=desk, app_token=slack.app_token, patience=0.1)
    await listener.start()
    assert not await listener.connected()
    await slack.start()
    await slack.connected()
    await slack.answer(await slack.command("status"))
    await listener.stop()


@pytest.mark.parametrize(
    "failure",
    [
        {"kind": "status", "status": 502},
        {"kind": "garbage", "body": "<html>Busy</html>", "content_type": "text/html"},
        {"kind": "garbage", "body": '{"ok": true}'},
        {"kind": "garbage", "body": "[]"},
        {"kind": "garbage", "body": "no", "status": 403},
        {"kind": "error", "code": "new_word"},
        {"kind": "drop"},
    ],
    ids=["502", "a page", "no address", "no object", "403", "a new word", "dropped"],
)
async def test_an_outage_at_the_start_is_tried_again(slack, api, desk, failure):
    """Whatever Slack says instead of an address, the start goes on and the socket opens later."""
    slack.fail("apps.connections.open", times=2, **failure)
    listener = SlackListener(api=api, desk=desk, app_token=slack.app_token, patience=0.1)
    await listener.start()
    await slack.connected()
    assert len(slack.calls_of("apps.connections.open")) == 3
    await listener.stop()


async def test_stopping_leaves_nothing_behind(slack, api, desk):
    """After stop no task of the listener runs and the socket is closed."""
    before = asyncio.all_tasks()
    listener = SlackListener(api=api, desk=desk, app_token=slack.app_token)
    await listener.start()
    await listener.stop()
    await slack.until(lambda: not slack.sockets)
    left = [task for task in asyncio.all_tasks() - before if "slack_sdk" in repr(task)]
    assert left == []
    await listener.stop()


async def test_a_signed_command_is_taken_over_http(slack, http, commands):
    """The same command, posted as a form, is acknowledged with an empty 200 and answered."""
    body, fields = slack.command_form("status autos", user="U2")
    answer = await http.handle(body, slack.signed(body, at=time.time()))
    assert (answer.status, answer.body) == (200, b"")
    assert "You said status autos" in shown((await slack.answer(fields))["blocks"])
    assert commands.requests[0].actor.locale == "es"


async def test_a_signed_press_is_taken_over_http(slack, http, commands):
    """So is a press."""
    body, fields = slack.command_form("status")
    await http.handle(body, slack.signed(body, at=time.time()))
    first = await slack.answer(fields)
    body, payload = slack.press_form(first, "Follow autos")
    answer = await http.handle(body, slack.signed(body, at=time.time()))
    await slack.answer(payload)
    assert answer.status == 200
    assert commands.requests[1].text == "subscribe autos"


async def test_a_request_repeated_over_http_runs_once(slack, http, commands):
    """Slack's retry of the same request is acknowledged and not run."""
    body, fields = slack.command_form("status")
    for _ in range(3):
        answer = await http.handle(body, slack.signed(body, at=time.time()))
        assert answer.status == 200
    await slack.answer(fields)
    assert len(commands.requests) == 1


async def test_the_address_is_verified(slack, http):
    """Slack's question whether the address is ours is answered with its challenge."""
    body = b'{"type": "url_verification", "challenge": "abc", "token": "x"}'
    headers = slack.signed(body, at=time.time(), kind="application/json")
    answer = await http.handle(body, headers)
    assert (answer.status, answer.body) == (200, b"abc")


async def test_an_event_is_acknowledged_over_http(slack, http):
    """Events we have no use for are acknowledged."""
    body = b'{"type": "event_callback", "team_id": "T1", "event": {"type": "app_home_opened"}}'
    headers = slack.signed(body, at=time.time(), kind="application/json")
    assert (await http.handle(body, headers)).status == 200


async def test_unsigned_and_old_requests_are_refused(slack, http, commands):
    """401 for a wrong secret, for no signature, and for one older or newer than five minutes."""
    body, _ = slack.command_form("status")
    good = slack.signed(body, at=time.time())
    for headers in (
        {},
        {**good, "X-Slack-Signature": "v0=" + "0" * 64},
        {**good, "X-Slack-Signature": "v0=ñ\udcff"},
        {**good, "X-Slack-Request-Timestamp": "soon"},
        {**good, "X-Slack-Request-Timestamp": "9" * 4000},
        {**good, "X-Slack-Request-Timestamp": "٣"},
        slack.signed(body, at=time.time() - 301),
        slack.signed(body, at=time.time() + 302),
    ):
        assert (await http.handle(body, headers)).status == 401
    assert commands.requests == []


@pytest.mark.parametrize("body", [b"\xff\xfe", b"text=\xff"])
async def test_a_body_that_is_no_text_is_refused(slack, http, body):
    """Not even with a good signature."""
    assert (await http.handle(body, slack.signed(body, at=time.time()))).status == 401


@pytest.mark.parametrize(
    ("kind", "body"),
    [
        ("application/json", b"{"),
        ("application/json", b"[]"),
        ("application/json", b"[" * 100_000),
        ("application/x-www-form-urlencoded", b"payload=%7B"),
        ("application/x-www-form-urlencoded", b"payload=7"),
        ("application/x-www-form-urlencoded", b""),
    ],
)
async def test_a_signed_body_without_sense_is_a_bad_request(slack, http, kind, body):
    """Never a 500."""
    headers = slack.signed(body, at=time.time(), kind=kind)
    assert (await http.handle(body, headers)).status == 400


async def test_http_mode_needs_its_secret(api, desk):
    """An empty secret would make every signature forgeable."""
    with pytest.raises(ConfigError, match="SLACK_SIGNING_SECRET"):
        SlackHttp(api=api, desk=desk, signing_secret=" ", clock=SystemClock())


_KINDS = ("block_actions", "view_submission", "view_closed", "shortcut", "event_callback", "x", 7)
_ODD = st.recursive(
    st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=8)),
    lambda inner: st.one_of(
        st.lists(inner, max_size=3),
        st.dictionaries(
            st.sampled_from(("id", "type", "actions", "view", "state", "values", "user", "team")),
            inner,
            max_size=3,
        ),
    ),
    max_leaves=8,
)
_PARTS = ("user", "team", "view", "actions", "channel", "event", "callback_id", "container")


@settings(
    max_examples=150,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture],
)
@given(st.sampled_from(_KINDS), st.dictionaries(st.sampled_from(_PARTS), _ODD, max_size=5))
async def test_signed_nonsense_never_ends_in_an_error_of_ours(slack, http, kind, parts):
    """Whatever Slack signs, it gets 200 or 400."""
    payload = json.dumps({"type": kind, **parts})
    for body, content in (
        (payload.encode(), "application/json"),
        (urlencode({"payload": payload}).encode(), "application/x-www-form-urlencoded"),
    ):
        answer = await http.handle(body, slack.signed(body, at=time.time(), kind=content))
        assert answer.status in {200, 400}


async def test_a_window_sent_over_http_shows_its_mistakes(slack, http, commands):
    """The acknowledgement carries them as JSON; what is well is acknowledged empty."""
    for text, expected in (("wrong", True), ("status", False)):
        view = {
            "id": "V1",
            "type": "modal",
            "callback_id": f"form:{text}",
            "private_metadata": '{"channel": "C1"}',
            "state": {
                "values": {
                    "0|text|quiet": {"answer": {"type": "plain_text_input", "value": "autos"}}
                }
            },
        }
        payload = {
            "type": "view_submission",
            "team": {"id": "T1"},
            "user": {"id": "U1"},
            "trigger_id": f"trigger-{text}",
            "view": view,
        }
        body = urlencode({"payload": json.dumps(payload)}).encode()
        answer = await http.handle(body, slack.signed(body, at=time.time()))
        assert answer.status == 200
        if expected:
            assert answer.headers["content-type"].startswith("application/json")
            assert json.loads(answer.body)["errors"] == {
                "0|text|quiet": "There is no such topic: try autos."
            }
        else:
            assert answer.body == b""
    assert commands.requests[0].text == "wrong autos"
