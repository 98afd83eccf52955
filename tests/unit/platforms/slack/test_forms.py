import json
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings

from bot.commands.asked import Unclear
from bot.commands.exchange import Field, FieldKind, Form, Option
from bot.commands.grammar import parse
from bot.platforms.slack.forms import Place, odd_field, read, window
from tests.fakes.slack_blocks import view_complaint
from tests.fakes.slack_payloads import submission
from tests.unit.platforms.slack.hostile import windows

TOPICS = tuple(Option(value=f"topic{n}", label=f"Topic {n}") for n in range(240))
FORM = Form(
    verb="subscribe",
    title="Subscribe this channel",
    submit="Subscribe",
    fields=(
        Field(
            name="topics",
            label="Topics",
            kind=FieldKind.MANY,
            options=TOPICS,
            chosen=("topic7", "topic150"),
            hint="Any number",
            required=True,
        ),
        Field(
            name="level",
            label="Level",
            kind=FieldKind.ONE,
            options=(
                Option(value="everything", label="Everything"),
                Option(value="important", label="Only what is important"),
            ),
            chosen=("everything",),
        ),
        Field(name="quiet", label="Quiet hours", kind=FieldKind.TEXT, chosen=("22:00-06:00",)),
    ),
)
PLACE = Place(channel="C1", inside=True)


def _sent(values: dict[str, Any], form: Form = FORM, place: Place = PLACE) -> Any:
    view = json.loads(json.dumps(window(form, place, locale="es")))
    return read(submission(view, values, user="U1", team="T1")["view"])


@settings(max_examples=120, suppress_health_check=[HealthCheck.too_slow])
@given(windows)
def test_every_window_is_valid(form):
    """Whatever a form holds, what Slack would be given is within its limits."""
    view = json.loads(json.dumps(window(form, PLACE, locale="en")))
    if view["blocks"]:
        assert view_complaint(view, "modal") is None


def test_a_window_shows_the_form():
    """Title, fields with what is filled in beforehand, hints, and where it was opened."""
    view = json.loads(json.dumps(window(FORM, PLACE, locale="es")))
    assert view_complaint(view, "modal") is None
    assert view["title"]["text"] == "Subscribe this channel"
    assert view["close"]["text"] == "Cancelar"
    assert json.loads(view["private_metadata"])["channel"] == "C1"
    topics, level, quiet = view["blocks"]
    groups = topics["element"]["option_groups"]
    assert [len(group["options"]) for group in groups] == [100, 100, 40]
    assert groups[0]["label"]["text"] == "Topic 0 – Topic 99"
    assert [one["value"] for one in topics["element"]["initial_options"]] == ["topic7", "topic150"]
    assert (topics["optional"], topics["hint"]["text"]) == (False, "Any number")
    assert level["element"]["initial_option"]["value"] == "everything"
    assert quiet["element"]["initial_value"] == "22:00-06:00"


def test_a_sent_window_becomes_a_command():
    """What was chosen and written is said as a person would type it."""
    values = {"Topics": ["Topic 3", "Topic 201"], "Level": "Only what is important"}
    sent = _sent(values | {"Quiet hours": "22:00-06:00"})
    assert sent.command == "subscribe topic3 topic201 level:important quiet:22:00-06:00"
    assert sent.place == PLACE


def test_what_was_left_is_sent_as_it_stood():
    """A window sent untouched says what was filled in beforehand."""
    assert _sent({}).command == "subscribe topic7 topic150 level:everything quiet:22:00-06:00"


def test_a_refusal_finds_its_field():
    """The written field whose words a refusal repeats is the odd one."""
    sent = _sent({"Quiet hours": "late"})
    assert odd_field(sent.fields, "“late” are no quiet hours: 22:00-06:00.") == "2|text|quiet"
    assert odd_field(sent.fields, "You may not change this channel.") is None


@pytest.mark.parametrize("written", ["25:99-xx", "level:flash", "x level:flash", "22:00", "a,b"])
def test_a_named_field_is_the_odd_one_whatever_the_refusal_repeats(written):
    """The grammar says which option it could not follow, and the window shows it there."""
    sent = _sent({"Quiet hours": written})
    asked = parse(sent.command)
    assert isinstance(asked, Unclear)
    assert asked.option == "quiet"
    assert odd_field(sent.fields, "That is no time of day.", named=asked.option) == "2|text|quiet"
    assert odd_field(sent.fields, "That is no time of day.", named="storm") is None


@pytest.mark.parametrize(
    "view",
    [
        {},
        {"callback_id": "other", "private_metadata": "{}", "state": {"values": {}}},
        {"callback_id": "form:subscribe", "private_metadata": "{", "state": {"values": {}}},
        {"callback_id": "form:subscribe", "private_metadata": '{"channel": 7}'},
        {"callback_id": "form:subscribe", "private_metadata": '{"channel": "C1"}', "state": 7},
        {
            "callback_id": "form:subscribe",
            "private_metadata": '{"channel": "C1"}',
            "state": {"values": {"x": 1, "0|odd|a": {}, "1|text|": {}}},
        },
    ],
)
def test_a_window_that_is_not_ours_is_nothing(view):
    """Neither another app's nor an odd one."""
    assert read(view) is None


def test_odd_answers_hold_nothing():
    """A field whose answer has another shape counts as empty."""
    values = {
        "0|many|topics": {"answer": {"selected_options": ["x", {"value": "autos"}]}},
        "1|one|level": "odd",
        "2|text|quiet": {"answer": {"value": None}},
    }
    view = {
        "callback_id": "form:subscribe",
        "private_metadata": '{"channel": "C1"}',
        "state": {"values": values},
    }
    sent = read(view)
    assert sent is not None
    assert sent.command == "subscribe autos"
