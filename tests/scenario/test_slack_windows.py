"""Windows, sharing, paging, membership and the App Home, over the socket against the fake."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime

import pytest

from bot.commands.exchange import (
    Choice,
    Field,
    FieldKind,
    Form,
    Line,
    Option,
    Reply,
    Request,
    Section,
)
from bot.domain.destination import Address, Destination, PlatformName
from bot.domain.ids import DestinationId
from bot.platforms.slack.api import SlackApi
from bot.platforms.slack.desk import SlackDesk
from bot.platforms.slack.listen import SlackListener
from tests.fakes.slack import FakeSlack
from tests.fakes.slack_blocks import options, shown

FORM = Form(
    verb="subscribe",
    title="Subscribe",
    submit="Subscribe",
    fields=(
        Field(
            name="topics",
            label="Topics",
            kind=FieldKind.MANY,
            options=(Option(value="autos", label="Autos"), Option(value="steel", label="Steel")),
            required=True,
        ),
        Field(name="quiet", label="Quiet hours", kind=FieldKind.TEXT),
    ),
)
HELD = {
    "kind": "subscription",
    "id": 7,
    "topic": "autos",
    "query": None,
    "level": "everything",
    "group": "story",
    "origin": "chat",
}


class SystemClock:
    """The real time."""

    def now(self) -> datetime:
        """Return it."""
        return datetime.now(UTC)


class Commands:
    """Stands for the commands: answers as the words say, and remembers who asked what."""

    def __init__(self) -> None:
        self.requests: list[Request] = []
        self.gate = asyncio.Event()

    async def __call__(self, request: Request) -> Reply:
        self.requests.append(request)
        text = request.text
        if text == "subscribe":
            return Reply(command="subscribe", title="What to subscribe to?", form=FORM)
        if "soonish" in text:
            return Reply(command="subscribe", ok=False, title="“soonish” are no quiet hours.")
        if "25:99" in text:
            told = "“25:99” is no time of day."
            return Reply(command="subscribe", ok=False, title=told, field="quiet")
        if "refuse" in text:
            return Reply(command="subscribe", ok=False, title="Only members may do that.")
        if "slow" in text:
            await self.gate.wait()
        if text == "subscriptions":
            return self._held(request)
        more = Choice(label="Next", command="latest page:2")
        return Reply(command=text.split()[0], title=f"You said {text}", actions=(more,))

    def _held(self, request: Request) -> Reply:
        lines = (Line(text="The place is paused."), Line(text="#7 Autos", note="everything"))
        where = request.actor.channel
        return Reply(
            command="subscriptions",
            title=f"Here: {where}",
            sections=(Section(lines=lines),),
            rows=(HELD,),
            actions=(Choice(label=f"Stop all of {where}", command="unsubscribe all"),),
        )


class Places:
    """Stands for the workspaces: every request is new, and C1 and C2 subscribed something."""

    def __init__(self) -> None:
        self.taken: set[str] = set()

    async def take(self, key: str) -> bool:
        """Take a request once."""
        new = key not in self.taken
        self.taken.add(key)
        return new

    async def leave(self, workspace: str, *, reason: str, told_at: datetime | None) -> None:
        """Nobody leaves here."""
        raise AssertionError((workspace, reason, told_at))

    async def places(self, workspace: str) -> list[Destination]:
        """Return both channels."""
        return [
            Destination(
                id=DestinationId(number),
                address=Address(
                    platform=PlatformName.SLACK, workspace=workspace, channel=f"C{number}"
                ),
            )
            for number in (1, 2)
        ]


@pytest.fixture
async def slack() -> AsyncIterator[FakeSlack]:
    """A Slack in which U1 is in C1 only."""
    async with FakeSlack() as fake:
        fake.channel("C1").people.add("U1")
        yield fake


@pytest.fixture
def commands() -> Commands:
    """The commands."""
    return Commands()


@pytest.fixture
async def desk(slack: FakeSlack, commands: Commands) -> AsyncIterator[SlackDesk]:
    """A desk that asks who is a member, with its socket open."""
    api = SlackApi(token_for=slack.token_for, api_url=slack.api_url, patience=2.0)
    made = SlackDesk(
        api=api, answer=commands, clock=SystemClock(), workspaces=Places(), ask_members=True
    )
    listener = SlackListener(api=api, desk=made, app_token=slack.app_token)
    await listener.start()
    yield made
    await listener.stop()
    await made.close(patience=1.0)
    await api.close()


@pytest.mark.usefixtures("desk")
async def test_subscribe_without_words_opens_a_window(slack, commands):
    """The window subscribes the channel where it was asked; the answer is for the person alone."""
    sent = await slack.command("subscribe", channel="C1")
    view = await slack.window(1)
    assert view["title"]["text"] == "Subscribe"
    pressed = await slack.submit(view, {"Topics": ["Autos", "Steel"]})
    ack = await slack.ack(pressed)
    await slack.until(lambda: slack.channel("C1").whispers)
    ((user, whisper),) = slack.channel("C1").whispers
    assert ack.payload is None
    assert (user, shown(whisper.blocks).splitlines()[0]) == ("U1", "You said subscribe autos steel")
    assert commands.requests[-1].actor.channel == "C1"
    assert sent.response_url.rsplit("/", 1)[1] not in slack.answers


@pytest.mark.usefixtures("desk")
async def test_a_mistake_shows_in_the_window(slack):
    """It stands at its field, the window stays open, and nothing is said in the channel."""
    await slack.command("subscribe", channel="C1")
    view = await slack.window(1)
    ack = await slack.ack(await slack.submit(view, {"Topics": ["Autos"], "Quiet hours": "soonish"}))
    assert ack.payload == {
        "response_action": "errors",
        "errors": {"1|text|quiet": "“soonish” are no quiet hours."},
    }
    again = await slack.ack(await slack.submit(view, {"Topics": ["Autos"]}))
    assert again.payload is None
    await slack.until(lambda: slack.channel("C1").whispers)
    assert len(slack.channel("C1").whispers) == 1


@pytest.mark.usefixtures("desk")
async def test_a_mistake_in_a_part_of_a_field_shows_at_the_field(slack):
    """The refusal names the field, and repeats only the odd part of what was written there."""
    await slack.command("subscribe", channel="C1")
    view = await slack.window(1)
    ack = await slack.ack(await slack.submit(view, {"Topics": ["Autos"], "Quiet hours": "25:99-8"}))
    assert ack.payload == {
        "response_action": "errors",
        "errors": {"1|text|quiet": "“25:99” is no time of day."},
    }
    assert slack.channel("C1").whispers == []


@pytest.mark.usefixtures("desk")
async def test_a_refusal_that_is_about_no_field_is_said(slack):
    """The window closes and the person is told in the channel."""
    await slack.command("subscribe", channel="C1")
    view = await slack.window(1)
    ack = await slack.ack(await slack.submit(view, {"Topics": ["Autos"], "Quiet hours": "refuse"}))
    assert ack.payload is None
    await slack.until(lambda: slack.channel("C1").whispers)
    assert "Only members" in shown(slack.channel("C1").whispers[0][1].blocks)


@pytest.mark.usefixtures("desk")
async def test_a_slow_window_is_acknowledged_in_time(slack, commands):
    """Slack waits three seconds: the window closes before the work ends, and the answer follows."""
    await slack.command("subscribe", channel="C1")
    view = await slack.window(1)
    sent = await slack.submit(view, {"Topics": ["Autos"], "Quiet hours": "slow"})
    ack = await slack.ack(sent)
    assert ack.at - sent.at < 2.0
    assert slack.channel("C1").whispers == []
    commands.gate.set()
    await slack.until(lambda: slack.channel("C1").whispers)


@pytest.mark.usefixtures("desk")
async def test_slow_windows_keep_nobody_waiting(slack, commands):
    """Commands are acknowledged while windows wait for their mistakes."""
    await slack.command("subscribe", channel="C1")
    view = await slack.window(1)
    for _ in range(6):
        await slack.submit(view, {"Topics": ["Autos"], "Quiet hours": "slow"})
    sent = await slack.command("status")
    ack = await slack.ack(sent)
    assert ack.at - sent.at < 0.5
    commands.gate.set()


@pytest.mark.usefixtures("desk")
async def test_without_a_window_the_words_are_shown(slack):
    """Where Slack opens none (its trigger is too old), the answer says the same."""
    slack.fail("views.open", "error", code="expired_trigger_id")
    answer = await slack.answer(await slack.command("subscribe", channel="C1"))
    assert "What to subscribe to?" in shown(answer["blocks"])


@pytest.mark.usefixtures("desk")
async def test_where_it_cannot_whisper_it_writes_directly(slack):
    """A window's answer reaches a person whose channel the bot may not write in."""
    slack.add_channel("C8", kind="private", member=False, people={"U1"})
    await slack.command("subscribe", channel="C8", channel_name="privategroup")
    await slack.submit(await slack.window(1), {"Topics": ["Autos"]})
    await slack.until(lambda: "D1" in slack.workspaces["T1"].channels and slack.messages("D1"))
    assert "subscribe autos" in shown(slack.messages("D1")[0].blocks)


@pytest.mark.parametrize("word", ["--share", "—share", "--compartir", "--PARTAGER"])
@pytest.mark.usefixtures("desk")
async def test_an_answer_is_shared_on_request(slack, commands, word):
    """Anywhere in the words; a phone's dash counts; the word itself is no part of the command."""
    answer = await slack.answer(await slack.command(f"status {word} autos"))
    assert answer["response_type"] == "in_channel"
    assert commands.requests[0].text == "status autos"


@pytest.mark.usefixtures("desk")
async def test_a_failure_is_not_shared(slack):
    """What went wrong is nobody else's business."""
    answer = await slack.answer(await slack.command("refuse --share"))
    assert answer["response_type"] == "ephemeral"


@pytest.mark.usefixtures("desk")
async def test_a_list_is_paged_in_place(slack, commands):
    """Pressing Next takes the place of the page before."""
    first = await slack.answer(await slack.command("latest"))
    second = await slack.answer(await slack.press(first, "Next"))
    assert second["replace_original"] is True
    assert "response_type" not in second
    assert commands.requests[1].text == "latest page:2"
    back = await slack.answer(await slack.press(second, "‹ Previous"))
    assert back["replace_original"] is True
    assert commands.requests[2].text == "latest page:1"
    assert "Previous" not in shown(back["blocks"])


@pytest.mark.usefixtures("desk")
async def test_who_is_in_a_channel_is_asked(slack, commands):
    """A person in it is a member, another is not; a private channel is seen by members only."""
    for user, channel, name in (
        ("U1", "C1", "trade"),
        ("U2", "C1", "trade"),
        ("U2", "C1", "privategroup"),
        ("U2", "D2", "directmessage"),
    ):
        sent = await slack.command("status", user=user, channel=channel, channel_name=name)
        await slack.answer(sent)
    assert [one.actor.member for one in commands.requests] == [True, False, True, True]
    assert commands.requests[0].actor.called == "Sample Person"


@pytest.mark.usefixtures("desk")
async def test_without_an_optional_scope_public_channels_count(slack, commands):
    """groups:read may be left out when the app is installed."""
    slack.workspaces["T1"].scopes.discard("groups:read")
    await slack.answer(await slack.command("status", channel="C1"))
    slack.fail("users.conversations", "error", code="fatal_error", times=2)
    await slack.answer(await slack.command("status", user="U2", channel="C1"))
    assert [one.actor.member for one in commands.requests] == [True, False]


@pytest.mark.usefixtures("desk")
async def test_the_home_is_edited_in_place(slack, commands):
    """A person's and their channels' subscriptions stand there, each with its menu."""
    await slack.open_home()
    view = await slack.home(1)
    text = shown(view["blocks"])
    assert "Autos — everything" in text
    assert "The place is paused." in text
    assert "Stop all of C1" in text
    assert "C2" not in text
    assert "You said deadlines" in text
    values = {one["value"] for one in options(view["blocks"])}
    assert values == {
        "subscribe autos level:important",
        "subscribe autos level:flash",
        "unsubscribe #7",
    }
    await slack.press_home("Stop all of C1")
    after = await slack.home(2)
    (pressed,) = [one for one in commands.requests if one.text == "unsubscribe all"]
    assert (pressed.actor.channel, pressed.actor.direct) == ("C1", False)
    assert shown(after["blocks"]).startswith("You said unsubscribe all")


@pytest.mark.usefixtures("desk")
async def test_the_homes_own_menu_is_the_persons_own(slack, commands):
    """A choice in the first menu is about the person's own alerts."""
    await slack.open_home()
    await slack.home(1)
    await slack.press_home("Remove")
    await slack.home(2)
    (pressed,) = [one for one in commands.requests if one.text == "unsubscribe #7"]
    assert (pressed.actor.channel, pressed.actor.direct) == ("U1", True)


@pytest.mark.usefixtures("desk")
async def test_the_home_opens_the_window_too(slack, commands):
    """“Add subscription” opens it, and its answer stands on the Home."""
    await slack.open_home()
    await slack.home(1)
    await slack.press_home("Add subscription")
    view = await slack.window(1)
    await slack.ack(await slack.submit(view, {"Topics": ["Steel"]}))
    after = await slack.home(2)
    assert shown(after["blocks"]).startswith("You said subscribe steel")
    asked = next(one for one in commands.requests if one.text == "subscribe steel")
    assert (asked.actor.channel, asked.actor.direct) == ("U1", True)


@pytest.mark.usefixtures("desk")
async def test_a_channel_one_has_left_is_not_changed_from_the_home(slack, commands):
    """A Home from before still shows its buttons: they say why nothing happens."""
    await slack.open_home()
    view = await slack.home(1)
    stale = {
        "blocks": [
            {**one, "block_id": one["block_id"].replace("C1", "C2")} for one in view["blocks"]
        ]
    }
    slack.workspaces["T1"].homes["U1"].append({**view, **stale})
    await slack.press_home("Stop all of C1")
    after = await slack.home(3)
    assert "not in that channel" in shown(after["blocks"])
    assert all(one.text != "unsubscribe all" for one in commands.requests)


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"member": False}, "not in this channel"),
        ({"kind": "private", "member": False}, "private channel"),
        ({}, "channels:history"),
    ],
)
@pytest.mark.usefixtures("desk")
async def test_subscribing_says_where_it_cannot_read(slack, change, says):
    """Where an unclear send could not be looked up, whoever subscribes is told how to mend it."""
    if not change:
        slack.workspaces["T1"].scopes.discard("channels:history")
    channel = slack.channel("C1")
    slack.workspaces["T1"].channels["C1"] = replace(channel, **change)
    answer = await slack.answer(await slack.command("subscribe autos", channel="C1"))
    assert says in shown(answer["blocks"])


@pytest.mark.usefixtures("desk")
async def test_subscribing_a_readable_channel_says_nothing_of_it(slack):
    """All is well where history can be read."""
    answer = await slack.answer(await slack.command("subscribe autos", channel="C1"))
    assert "You said subscribe autos" in shown(answer["blocks"])
    assert "/invite" not in shown(answer["blocks"])


async def test_two_processes_answer_a_request_once(slack, commands):
    """Two sockets of two processes share what was taken: Slack's repeat to the other runs nothing."""
    api = SlackApi(token_for=slack.token_for, api_url=slack.api_url, patience=2.0)
    shared = Places()
    desks = [
        SlackDesk(api=api, answer=commands, clock=SystemClock(), workspaces=shared)
        for _ in range(2)
    ]
    listeners = [SlackListener(api=api, desk=one, app_token=slack.app_token) for one in desks]
    for one in listeners:
        await one.start()
    await slack.connected(2)
    sent = await slack.command("status")
    for _ in range(3):
        await slack.resend(sent)
    await slack.ack(sent, 4)
    await slack.answer(sent)
    for one in listeners:
        await one.stop()
    for made in desks:
        await made.close()
    await api.close()
    assert len(commands.requests) == 1


@pytest.mark.usefixtures("desk")
async def test_the_help_says_how_to_share(slack):
    """In the person's language."""
    answer = await slack.answer(await slack.command("help", user="U2"))
    assert "--compartir" in shown(answer["blocks"])
