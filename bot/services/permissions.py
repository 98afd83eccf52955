"""Who may change what a channel gets, and who sees the feeds. Asked in the services, so that no platform can forget it."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.actor import Actor
from bot.domain.destination import PlatformName
from bot.errors import NotAllowedError


class Who(StrEnum):
    """The people a policy lets change a channel."""

    EVERYONE = "everyone"
    ADMINS = "admins"
    LISTED = "listed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Policy:
    """The setting: everyone (default), people who manage the channel, or a list of users."""

    who: Who = Who.EVERYONE
    users: frozenset[str] = frozenset()
    """``platform:user`` (``slack:U1``) or ``platform:workspace/user``, read where `who` is LISTED."""


_PEOPLE = {
    Who.EVERYONE: "everyone",
    Who.ADMINS: "people who manage this place",
    Who.LISTED: "the people named in the bot's settings",
}


class ChannelLockedError(NotAllowedError):
    """The policy keeps this person from changing this channel."""

    def __init__(self, who: Who) -> None:
        super().__init__(
            f"What this channel gets may be changed only by {_PEOPLE[who]}. "
            "Ask one of them, or write to me directly: there you subscribe yourself."
        )
        self.who = who


class FeedsHiddenError(NotAllowedError):
    """The policy keeps this person from seeing the feeds."""

    def __init__(self, who: Who) -> None:
        super().__init__(f"How the feeds are is shown only to {_PEOPLE[who]}.")
        self.who = who


def may_change(policy: Policy, actor: Actor) -> bool:
    """Whether the person may change what their place gets.

    In a direct message a person changes only their own alerts, and whoever has the terminal has
    the database too: both may always.
    """
    return actor.direct or _is_among(policy, actor)


def may_see_feeds(policy: Policy, actor: Actor) -> bool:
    """Whether the person may see the list of feeds: in a direct message as in a channel."""
    return _is_among(policy, actor)


def require_change(policy: Policy, actor: Actor) -> None:
    """Raise ChannelLockedError where the person may not change what their place gets."""
    if not may_change(policy, actor):
        raise ChannelLockedError(policy.who)


def require_feeds(policy: Policy, actor: Actor) -> None:
    """Raise FeedsHiddenError where the person may not see the feeds."""
    if not may_see_feeds(policy, actor):
        raise FeedsHiddenError(policy.who)


def _is_among(policy: Policy, actor: Actor) -> bool:
    if actor.platform is PlatformName.CONSOLE or policy.who is Who.EVERYONE:
        return True
    if policy.who is Who.ADMINS:
        return actor.admin
    in_workspace = f"{actor.platform}:{actor.workspace}/{actor.user}"
    return actor.name in policy.users or in_workspace in policy.users
