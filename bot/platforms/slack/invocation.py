"""A person's command or press as Slack's payloads tell it. Pure; the same in both modes."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from bot.domain.actor import Actor
from bot.domain.destination import PlatformName
from bot.platforms.slack.blocks import RUN
from bot.platforms.slack.escape import unescaped


@dataclass(frozen=True, slots=True, kw_only=True)
class Invocation:
    """Someone asked for a command, and where the answer goes."""

    key: str
    """The same for every repeat of the request by Slack."""
    text: str
    workspace: str
    user: str
    channel: str
    direct: bool
    response_url: str
    """Empty where the answer is shown on the person's App Home."""

    def actor(
        self, *, admin: bool = False, zone: str | None = None, locale: str | None = None
    ) -> Actor:
        """Return who asks; in a private conversation alerts go to the person, by their id.

        The bot may not be in that conversation, but a message to the id always arrives.
        """
        return Actor(
            platform=PlatformName.SLACK,
            workspace=self.workspace,
            user=self.user,
            channel=self.user if self.direct else self.channel,
            direct=self.direct,
            admin=admin,
            zone=zone,
            locale=locale,
        )


def from_command(body: Mapping[str, Any]) -> Invocation | None:
    """Read a slash command; None where it does not say who asks or where to answer."""
    return _complete(
        key=_said(body, "trigger_id") or _said(body, "response_url"),
        text=unescaped(_said(body, "text")),
        workspace=_said(body, "team_id") or _said(body, "enterprise_id"),
        user=_said(body, "user_id"),
        channel=_said(body, "channel_id"),
        name=_said(body, "channel_name"),
        response_url=_said(body, "response_url"),
    )


def from_home(body: Mapping[str, Any]) -> Invocation | None:
    """Read the opening of our App Home; None for its other tabs and any other event."""
    event = _part(body, "event")
    user = _said(event, "user")
    if _said(event, "type") != "app_home_opened" or _said(event, "tab") != "home" or not user:
        return None
    workspace = _said(body, "team_id") or _said(body, "enterprise_id")
    key = _said(body, "event_id") or f"home:{user}:{_said(event, 'event_ts')}"
    return _at_home(key=key, text="", workspace=workspace, user=user)


def from_action(body: Mapping[str, Any]) -> Invocation | None:
    """Read the press of one of our buttons; None for any other."""
    actions = body.get("actions")
    first = actions[0] if isinstance(actions, list) and actions else None
    if not isinstance(first, Mapping) or not _said(first, "action_id").startswith(RUN):
        return None
    user, channel = _part(body, "user"), _part(body, "channel")
    team = _said(_part(body, "team"), "id") or _said(user, "team_id")
    workspace = team or _said(_part(body, "enterprise"), "id")
    key = _said(body, "trigger_id") or f"{_said(first, 'action_ts')}:{_said(user, 'id')}"
    text, person = _said(first, "value"), _said(user, "id")
    if person and _said(_part(body, "view"), "type") == "home":
        return _at_home(key=key, text=text, workspace=workspace, user=person)
    return _complete(
        key=key,
        text=text,
        workspace=workspace,
        user=person,
        channel=_said(channel, "id"),
        name=_said(channel, "name"),
        response_url=_said(body, "response_url"),
    )


def _at_home(*, key: str, text: str, workspace: str, user: str) -> Invocation:
    return Invocation(
        key=key,
        text=text,
        workspace=workspace,
        user=user,
        channel=user,
        direct=True,
        response_url="",
    )


def _complete(
    *, key: str, text: str, workspace: str, user: str, channel: str, name: str, response_url: str
) -> Invocation | None:
    if not (key and user and channel and response_url):
        return None
    return Invocation(
        key=key,
        text=text,
        workspace=workspace,
        user=user,
        channel=channel,
        direct=name == "directmessage" or channel.startswith("D"),
        response_url=response_url,
    )


def _said(body: Mapping[str, Any], name: str) -> str:
    value = body.get(name)
    return value if isinstance(value, str) else ""


def _part(body: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = body.get(name)
    return value if isinstance(value, Mapping) else {}
