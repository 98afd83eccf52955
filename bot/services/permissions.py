"""Who may change what a channel gets, and who sees the feeds. Asked in the services, so that no platform can forget it."""

from dataclasses import dataclass
from enum import StrEnum

from bot.domain.actor import Actor
from bot.domain.destination import PlatformName
from bot.errors import NotAllowedError


class Who(StrEnum):
    """The people a policy lets change a channel."""

    EVERYONE = "everyone"
    MEMBERS = "members"
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
    Who.MEMBERS: "people who are in the channel",
    Who.ADMINS: "people who manage this place",
    Who.LISTED: "the people named in the bot's settings",
}


_SHARED_FEED = (
    "Everybody shares this feed: it may be paused only by people who manage this place. "
    "Ask one of them, or pause the subscription instead."
)


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


class FeedsLockedError(NotAllowedError):
    """The policy keeps this person from changing which feeds there are."""

    def __init__(self, who: Who, *, shared: bool = False) -> None:
        super().__init__(
            _SHARED_FEED if shared else f"Feeds may be changed only by {_PEOPLE[who]}."
        )
        self.who = who
        self.shared = shared
        """Whether it is about a feed that everybody shares, and another one would be allowed."""


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


def may_settle(policy: Policy, actor: Actor) -> bool:
    """Whether the person may say for the whole team that a deadline is right, wrong or handled.

    It changes what every channel of the team is shown: whoever may change channels may, also from
    a direct message.
    """
    return _is_among(policy, actor)


def require_settling(policy: Policy, actor: Actor) -> None:
    """Raise ChannelLockedError where the person may not settle deadlines for the team."""
    if not may_settle(policy, actor):
        raise ChannelLockedError(policy.who)


def require_feeds(policy: Policy, actor: Actor) -> None:
    """Raise FeedsHiddenError where the person may not see the feeds."""
    if not may_see_feeds(policy, actor):
        raise FeedsHiddenError(policy.who)


def require_feed_change(policy: Policy, actor: Actor, *, shared: bool = False) -> None:
    """Raise FeedsLockedError where the person may not add, pause or remove a feed.

    `everyone` speaks of the feeds of one's own workspace: pausing a feed that everybody shares
    takes it from the other channels too, so that needs somebody who manages the place.
    """
    if not _is_among(policy, actor):
        raise FeedsLockedError(policy.who)
    trusted = actor.platform is PlatformName.CONSOLE or policy.who is not Who.EVERYONE
    if shared and not (trusted or actor.admin):
        raise FeedsLockedError(policy.who, shared=True)


def _is_among(policy: Policy, actor: Actor) -> bool:
    if actor.platform is PlatformName.CONSOLE or policy.who is Who.EVERYONE:
        return True
    if policy.who is Who.MEMBERS:
        return actor.member
    if policy.who is Who.ADMINS:
        return actor.admin
    in_workspace = f"{actor.platform}:{actor.workspace}/{actor.user}"
    return actor.name in policy.users or in_workspace in policy.users
