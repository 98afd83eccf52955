"""A person's command, press or filled-in form as Slack's payloads tell it. Pure; alike in both modes."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from bot.domain.actor import Actor
from bot.domain.destination import PlatformName
from bot.platforms.slack import forms
from bot.platforms.slack.blocks import AT, RUN
from bot.platforms.slack.escape import unescaped
from bot.platforms.slack.manners import PAGE

_SHARE = re.compile(r"(?:^|(?<=\s))(?:--|[—–])(?:share|compartir|partager)(?=\s|$)", re.IGNORECASE)
"""Phones write two hyphens as a dash."""
_PRIVATE_NAMES = ("privategroup", "mpdm-")


class Where(StrEnum):
    """Where the answer goes."""

    RESPONSE = "response"
    """To the request's response URL."""
    HOME = "home"
    """On the person's App Home."""
    CHANNEL = "channel"
    """Into the channel, for the person alone: a window has no response URL."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Invocation:
    """Someone asked for a command, and where the answer goes."""

    key: str
    """The same for every repeat of the request by Slack."""
    text: str
    workspace: str
    user: str
    channel: str
    direct: bool = False
    where: Where = Where.RESPONSE
    response_url: str = ""
    trigger: str = ""
    """Opens a window within three seconds; empty where Slack gave none."""
    share: bool = False
    """The answer is for the whole channel."""
    replace: bool = False
    """The answer takes the place of the message that was pressed: another page of it."""
    inside: bool = False
    """Only members see this channel, so whoever asks there is one."""
    fields: tuple[forms.Filled, ...] = ()
    """What a form held, to tell which of it was odd."""

    def actor(
        self,
        *,
        admin: bool = False,
        zone: str | None = None,
        locale: str | None = None,
        member: bool = True,
        called: str = "",
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
            member=member,
            called=called,
        )


def from_command(body: Mapping[str, Any]) -> Invocation | None:
    """Read a slash command; None where it does not say who asks or where to answer."""
    text = unescaped(_said(body, "text"))
    said = _SHARE.sub("", text)
    user, channel = _said(body, "user_id"), _said(body, "channel_id")
    key = f"{_said(body, 'trigger_id')}:{_said(body, 'response_url')}"
    if not (user and channel and _said(body, "response_url")):
        return None
    name = _said(body, "channel_name")
    return Invocation(
        key=key,
        text=" ".join(said.split()) if said != text else text,
        workspace=_said(body, "team_id") or _said(body, "enterprise_id"),
        user=user,
        channel=channel,
        direct=_is_direct(channel, name),
        response_url=_said(body, "response_url"),
        trigger=_said(body, "trigger_id"),
        share=said != text,
        inside=name.startswith(_PRIVATE_NAMES),
    )


def names_event(body: Mapping[str, Any]) -> bool:
    """Whether an event_callback says which event it is about."""
    return bool(_said(_part(body, "event"), "type"))


def from_home(body: Mapping[str, Any]) -> Invocation | None:
    """Read the opening of our App Home; None for its other tabs and any other event."""
    event = _part(body, "event")
    user = _said(event, "user")
    if _said(event, "type") != "app_home_opened" or _said(event, "tab") != "home" or not user:
        return None
    return Invocation(
        key=_said(body, "event_id") or f"home:{user}:{_said(event, 'event_ts')}",
        text="",
        workspace=_said(body, "team_id") or _said(body, "enterprise_id"),
        user=user,
        channel=user,
        direct=True,
        where=Where.HOME,
    )


def from_action(body: Mapping[str, Any]) -> Invocation | None:
    """Read the press of one of our buttons or menus; None for any other."""
    actions = body.get("actions")
    first = actions[0] if isinstance(actions, list) and actions else None
    if not isinstance(first, Mapping) or not _said(first, "action_id").startswith(RUN):
        return None
    text = _said(first, "value") or _said(_part(first, "selected_option"), "value")
    user = _said(_part(body, "user"), "id")
    if not user or not text:
        return None
    key = f"{_said(body, 'trigger_id')}:{_said(first, 'action_ts')}:{user}"
    if _said(_part(body, "view"), "type") == "home":
        return _at_home(body, first, key=key, text=text, user=user)
    channel = _part(body, "channel")
    place = _said(channel, "id") or _said(_part(body, "container"), "channel_id")
    if not place or not _said(body, "response_url"):
        return None
    name = _said(channel, "name")
    return Invocation(
        key=key,
        text=text,
        workspace=_workspace(body),
        user=user,
        channel=place,
        direct=_is_direct(place, name),
        response_url=_said(body, "response_url"),
        trigger=_said(body, "trigger_id"),
        replace=PAGE.search(text) is not None,
        inside=name.startswith(_PRIVATE_NAMES),
    )


def from_submission(body: Mapping[str, Any]) -> Invocation | None:
    """Read a filled-in window of ours; None for any other."""
    view = _part(body, "view")
    user = _said(_part(body, "user"), "id")
    filled = forms.read(view)
    if filled is None or not user:
        return None
    place, command = filled.place, filled.command
    return Invocation(
        key=f"{_said(body, 'trigger_id')}:{_said(view, 'id')}:{_said(view, 'hash')}:{command}",
        text=command,
        workspace=_workspace(body),
        user=user,
        channel=place.channel or user,
        direct=place.direct or not place.channel,
        where=Where.HOME if place.home else Where.CHANNEL,
        inside=place.inside,
        fields=filled.fields,
    )


def _at_home(
    body: Mapping[str, Any], action: Mapping[str, Any], *, key: str, text: str, user: str
) -> Invocation:
    """A press on the Home is about the person's own alerts, or a channel that its block names."""
    block = _said(action, "block_id")
    channel = block.removeprefix(AT).partition(":")[0] if block.startswith(AT) else ""
    return Invocation(
        key=key,
        text=text,
        workspace=_workspace(body),
        user=user,
        channel=channel or user,
        direct=not channel,
        where=Where.HOME,
        trigger=_said(body, "trigger_id"),
    )


def _workspace(body: Mapping[str, Any]) -> str:
    team = _said(_part(body, "team"), "id") or _said(_part(body, "user"), "team_id")
    return team or _said(_part(body, "enterprise"), "id")


def _is_direct(channel: str, name: str) -> bool:
    return name == "directmessage" or channel.startswith("D")


def _said(body: Mapping[str, Any], name: str) -> str:
    value = body.get(name)
    return value if isinstance(value, str) else ""


def _part(body: Mapping[str, Any], name: str) -> Mapping[str, Any]:
    value = body.get(name)
    return value if isinstance(value, Mapping) else {}
