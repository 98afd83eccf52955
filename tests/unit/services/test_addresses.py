import pytest

from bot.domain.actor import Actor
from bot.domain.destination import Address, PlatformName
from bot.errors import InvalidInputError
from bot.services import addresses


@pytest.mark.parametrize(
    ("text", "platform", "workspace", "channel"),
    [
        ("slack:C1", PlatformName.SLACK, "", "C1"),
        ("slack:T1/C1", PlatformName.SLACK, "T1", "C1"),
        ("Slack:C0123ABCD", PlatformName.SLACK, "", "C0123ABCD"),
        ("discord:111", PlatformName.DISCORD, "", "111"),
        ("discord:222/111", PlatformName.DISCORD, "222", "111"),
        ("apprise:team-mail", PlatformName.APPRISE, "", "team-mail"),
        (" console ", PlatformName.CONSOLE, "", ""),
        ("console:", PlatformName.CONSOLE, "", ""),
    ],
)
def test_reads_every_form(text, platform, workspace, channel):
    """Each accepted form names its place."""
    expected = Address(platform=platform, workspace=workspace, channel=channel)
    assert addresses.parse(text) == expected


def test_an_address_reads_back_as_it_is_written():
    """What the bot prints for an address, the terminal understands."""
    for text in ("slack:C1", "slack:T1/C1", "discord:2/1", "apprise:mail", "console"):
        assert str(addresses.parse(text)) == text


@pytest.mark.parametrize(
    "text",
    [
        *("", "slack", "slack:", "slack:#general", "slack:T1/", "slack:/C1", "slack:a/b/c"),
        *("discord:general", "discord:", "apprise:", "apprise:a/b", "console:x", "teams:1", "C1"),
        "discord:١٢٣",
    ],
)
def test_refuses_the_rest_with_the_accepted_forms(text):
    """Anything else is refused with the forms that are right."""
    with pytest.raises(InvalidInputError, match="slack:CHANNEL, slack:TEAM/CHANNEL"):
        addresses.parse(text)


def test_a_secret_is_not_repeated():
    """A service's URL given in place of its name does not come back in the error."""
    with pytest.raises(InvalidInputError) as refused:
        addresses.parse("apprise:mailto://me:hunter2@example.com")
    assert "hunter2" not in str(refused.value)


def test_reads_an_actor():
    """`--as` names a team, a person and a channel; a Slack channel with D is a direct message."""
    assert addresses.parse_actor("slack:T1/U1/C1") == Actor(
        platform=PlatformName.SLACK, workspace="T1", user="U1", channel="C1"
    )
    assert addresses.parse_actor("slack:T1/U1/D1").direct
    assert not addresses.parse_actor("discord:1/2/3").direct
    assert addresses.parse_actor("console") == addresses.terminal()


@pytest.mark.parametrize("text", ["slack:T1/U1", "apprise:a/b/c", "console:x", "nobody", ""])
def test_refuses_no_actor(text):
    """What names nobody is refused with the accepted forms."""
    with pytest.raises(InvalidInputError, match="slack:TEAM/USER/CHANNEL"):
        addresses.parse_actor(text)
