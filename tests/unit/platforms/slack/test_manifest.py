import json

from hypothesis import given, settings
from hypothesis import strategies as st

from bot.platforms.slack.manifest import HISTORY_SCOPES, SCOPES, manifest


@settings(max_examples=60)
@given(st.one_of(st.text(max_size=60), st.just("n" * 200)), st.booleans(), st.booleans())
def test_the_manifest_is_within_slacks_limits(name, public, history):
    """Names, descriptions and the command are no longer than Slack takes, whatever it is called."""
    public_url = "https://bot.example.com/" if public else None
    made = json.loads(json.dumps(manifest(name=name, public_url=public_url, history=history)))
    about, features = made["display_information"], made["features"]
    (command,) = features["slash_commands"]
    assert 1 <= len(about["name"]) <= 35
    assert len(about["description"]) <= 140
    assert len(features["bot_user"]["display_name"]) <= 80
    assert command["command"].startswith("/")
    assert len(command["command"]) <= 32
    assert len(command["description"]) <= 2000
    assert len(command["usage_hint"]) <= 1000


def test_socket_mode_needs_no_address():
    """Without a public address nothing but the socket is configured."""
    made = json.loads(json.dumps(manifest()))
    assert made["settings"]["socket_mode_enabled"] is True
    assert "https" not in json.dumps(made)


def test_http_mode_names_its_address_everywhere():
    """Commands and presses come to the same path."""
    made = json.loads(json.dumps(manifest(public_url="https://bot.example.com/")))
    url = "https://bot.example.com/slack/events"
    assert made["settings"]["socket_mode_enabled"] is False
    assert made["settings"]["interactivity"]["request_url"] == url
    assert made["settings"]["event_subscriptions"]["request_url"] == url
    assert made["features"]["slash_commands"][0]["url"] == url
    assert made["oauth_config"]["redirect_urls"] == [
        "https://bot.example.com/slack/oauth_redirect",
        "https://bot.example.com/sign-in/slack/return",
    ]


def test_what_the_app_must_hear_of_is_subscribed():
    """Opening the Home, and workspaces that leave."""
    events = manifest()["settings"]["event_subscriptions"]["bot_events"]
    assert events == ["app_home_opened", "app_uninstalled", "tokens_revoked"]


def test_reading_channels_is_optional():
    """The scopes that settle unclear sends can be left out."""
    scopes = {"scopes": {"bot": [*SCOPES, *HISTORY_SCOPES]}}
    assert manifest()["oauth_config"] == scopes
    assert manifest(history=False)["oauth_config"] == {"scopes": {"bot": [*SCOPES]}}
