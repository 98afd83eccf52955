import pytest

from bot.domain.actor import Actor
from bot.domain.destination import PlatformName
from bot.errors import NotAllowedError
from bot.services.permissions import Policy, Who, may_change, require_change


def actor(**fields):
    """A person in a Slack channel."""
    known = {"platform": PlatformName.SLACK, "workspace": "T1", "user": "U1", "channel": "C1"}
    return Actor(**(known | fields))


ADMINS = Policy(who=Who.ADMINS)
MEMBERS = Policy(who=Who.MEMBERS)
LISTED = Policy(who=Who.LISTED, users=frozenset({"slack:U1", "slack:T2/U2"}))


@pytest.mark.parametrize(
    ("policy", "person", "allowed"),
    [
        (Policy(), actor(), True),
        (ADMINS, actor(), False),
        (ADMINS, actor(admin=True), True),
        (ADMINS, actor(direct=True), True),
        (ADMINS, actor(platform=PlatformName.CONSOLE, workspace="", channel=""), True),
        (MEMBERS, actor(), True),
        (MEMBERS, actor(member=False), False),
        (MEMBERS, actor(member=False, admin=True), False),
        (MEMBERS, actor(member=False, direct=True), True),
        (LISTED, actor(), True),
        (LISTED, actor(user="U2"), False),
        (LISTED, actor(user="U2", workspace="T2"), True),
        (LISTED, actor(user="U1", platform=PlatformName.DISCORD), False),
        (LISTED, actor(user="U9", admin=True), False),
        (LISTED, actor(user="U9", direct=True), True),
    ],
)
def test_who_may_change_a_channel(policy, person, allowed):
    """The policy decides in channels; a direct message and the terminal are one's own."""
    assert may_change(policy, person) is allowed


def test_a_refusal_says_who_may_and_what_to_do():
    """The refusal names who may change the channel and the way through a direct message."""
    with pytest.raises(
        NotAllowedError, match=r"people who manage this place.*write to me directly"
    ):
        require_change(ADMINS, actor())
    with pytest.raises(NotAllowedError, match="people who are in the channel"):
        require_change(MEMBERS, actor(member=False))
    with pytest.raises(NotAllowedError, match="named in the bot's settings"):
        require_change(LISTED, actor(user="U9"))
    require_change(Policy(), actor())
