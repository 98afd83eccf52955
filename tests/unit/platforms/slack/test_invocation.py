from hypothesis import given
from hypothesis import strategies as st

from bot.platforms.slack.invocation import from_action, from_command, from_home

COMMAND = {
    "command": "/usmca",
    "text": "status",
    "team_id": "T1",
    "channel_id": "C1",
    "channel_name": "trade",
    "user_id": "U1",
    "trigger_id": "t1",
    "response_url": "https://hooks.example/1",
}
PRESS = {
    "team": {"id": "T1"},
    "user": {"id": "U1"},
    "channel": {"id": "C1", "name": "trade"},
    "trigger_id": "t2",
    "response_url": "https://hooks.example/2",
    "actions": [{"action_id": "run:0", "value": "story 7", "action_ts": "1.0"}],
}

json_like = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from([*COMMAND, *PRESS, "id", "action_id", "value"]), inner, max_size=5
        )
    ),
    max_leaves=10,
)


def test_a_command_is_read():
    """Words, person, place and where to answer."""
    found = from_command(COMMAND)
    assert found is not None
    assert (found.text, found.workspace, found.user, found.channel) == ("status", "T1", "U1", "C1")
    assert from_command({**COMMAND}) == found
    other = from_command({**COMMAND, "response_url": "https://hooks.example/9"})
    assert other is not None
    assert other.key != found.key
    assert not found.direct


def test_a_press_is_read():
    """The value of our button is the command."""
    found = from_action(PRESS)
    assert found is not None
    assert (found.text, found.workspace) == ("story 7", "T1")


def test_a_choice_in_a_menu_is_a_press():
    """An overflow menu tells what was chosen, and no value of its own."""
    option = {"text": {"type": "plain_text", "text": "Details"}, "value": "story 8"}
    action = {"action_id": "run:menu", "type": "overflow", "selected_option": option}
    found = from_action({**PRESS, "actions": [action]})
    assert found is not None
    assert found.text == "story 8"


def test_a_private_conversation_is_direct():
    """By its name in a command, by its id in a press."""
    command = from_command({**COMMAND, "channel_name": "directmessage", "channel_id": "C9"})
    press = from_action({**PRESS, "channel": {"id": "D9"}})
    for found in (command, press):
        assert found is not None
        assert found.direct
        assert found.actor().channel == "U1"


def test_an_organisation_stands_for_a_missing_team():
    """A command of an app installed in a whole organisation names no team."""
    found = from_command({**COMMAND, "team_id": None, "enterprise_id": "E1"})
    assert found is not None
    assert found.workspace == "E1"


def test_what_cannot_be_answered_is_nothing():
    """Without a person, a place or a response URL, or for another's button, there is no request."""
    for missing in ("user_id", "channel_id", "response_url"):
        assert from_command({**COMMAND, missing: ""}) is None
    assert from_action({**PRESS, "actions": [{"action_id": "other"}]}) is None
    assert from_action({**PRESS, "actions": []}) is None


@given(json_like)
def test_odd_payloads_raise_nothing(payload):
    """Whatever the JSON, the answer is a request or None."""
    if isinstance(payload, dict):
        found = [from_command(payload), from_action(payload), from_action({**PRESS, **payload})]
        assert all(one is None or (one.user and one.key) for one in found)
        home = from_home(payload)
        assert home is None or home.person
