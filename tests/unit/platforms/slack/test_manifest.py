import json

import pytest

from bot.platforms.slack.manifest import HISTORY_SCOPES, SCOPES, manifest


@pytest.mark.parametrize("public_url", [None, "https://bot.example.com/"])
@pytest.mark.parametrize("name", ["USMCA Bot", "n" * 200])
def test_the_manifest_is_within_slacks_limits(public_url, name):
    """Names, descriptions and the command are no longer than Slack takes."""
    made = json.loads(json.dumps(manifest(name=name, public_url=public_url)))
    about, features = made["display_information"], made["features"]
    (command,) = features["slash_commands"]
    assert len(about["name"]) <= 35
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


def test_reading_channels_is_optional():
    """The scopes that settle unclear sends can be left out."""
    scopes = {"scopes": {"bot": [*SCOPES, *HISTORY_SCOPES]}}
    assert manifest()["oauth_config"] == scopes
    assert manifest(history=False)["oauth_config"] == {"scopes": {"bot": [*SCOPES]}}
