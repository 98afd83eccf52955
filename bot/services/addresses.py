"""Addresses and people as the terminal writes them: ``slack:T1/C1``, ``slack:T1/U1/C1``."""

import re

from bot.domain.actor import Actor
from bot.domain.destination import Address, PlatformName
from bot.errors import InvalidInputError

FORMS = (
    "slack:CHANNEL, slack:TEAM/CHANNEL, discord:CHANNEL, discord:SERVER/CHANNEL, apprise:NAME, "
    "webhook:NAME or console"
)
ACTOR_FORMS = "slack:TEAM/USER/CHANNEL, discord:SERVER/USER/CHANNEL or console"

_ID = {
    PlatformName.SLACK: re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII),
    PlatformName.DISCORD: re.compile(r"@?[0-9]{1,20}", re.ASCII),  # @ stands before a person
    PlatformName.APPRISE: re.compile(r"[A-Za-z0-9_.-]{1,64}", re.ASCII),
    PlatformName.WEBHOOK: re.compile(r"[A-Za-z0-9_.-]{1,64}", re.ASCII),
}
_HINT = {
    PlatformName.SLACK: "A Slack channel is named by its id (C0123ABCD), at the end of its details.",
    PlatformName.DISCORD: "A Discord channel is named by its number: Copy Channel ID in its menu.",
    PlatformName.APPRISE: "An Apprise service is named as in bot.yaml; its URL stays out of sight.",
    PlatformName.WEBHOOK: "A webhook is named as in bot.yaml; its URL stays out of sight.",
}


def parse(text: str) -> Address:
    """Return the address that ``--to`` names.

    Raises InvalidInputError that says the accepted forms; it repeats nothing of the text, which
    may be a URL with a secret in it.
    """
    platform, rest = _platform(text, FORMS)
    if platform is PlatformName.CONSOLE:
        _require_nothing(rest, FORMS)
        return Address(platform=platform, channel="")
    parts = rest.split("/")
    named = platform in (PlatformName.APPRISE, PlatformName.WEBHOOK)
    if len(parts) > (1 if named else 2) or not _all_ids(platform, parts):
        raise InvalidInputError(f"That is no place to send to: use {FORMS}. {_HINT[platform]}")
    *workspace, channel = parts
    if platform is PlatformName.SLACK and channel[0].islower():
        raise InvalidInputError(f"That is no place to send to. {_HINT[platform]}")
    return Address(platform=platform, workspace="".join(workspace), channel=channel)


def parse_actor(text: str) -> Actor:
    """Return the person and place that ``--as`` names; the console is the person at the terminal.

    Raises InvalidInputError that says the accepted forms.
    """
    platform, rest = _platform(text, ACTOR_FORMS)
    if platform is PlatformName.CONSOLE:
        _require_nothing(rest, ACTOR_FORMS)
        return terminal()
    parts = rest.split("/")
    chat = platform in (PlatformName.SLACK, PlatformName.DISCORD)
    if not chat or len(parts) != 3 or not _all_ids(platform, parts):
        raise InvalidInputError(f"That names nobody: use {ACTOR_FORMS}.")
    workspace, user, channel = parts
    direct = platform is PlatformName.SLACK and channel.startswith("D")
    return Actor(platform=platform, workspace=workspace, user=user, channel=channel, direct=direct)


def terminal() -> Actor:
    """The person at the terminal: whoever can start the program may change what it sends there."""
    return Actor(platform=PlatformName.CONSOLE, user="terminal", channel="", direct=True)


def _platform(text: str, forms: str) -> tuple[PlatformName, str]:
    name, _, rest = text.strip().partition(":")
    try:
        return PlatformName(name.lower()), rest
    except ValueError:
        raise InvalidInputError(f"That names no platform the bot knows: use {forms}.") from None


def _require_nothing(rest: str, forms: str) -> None:
    if rest:
        raise InvalidInputError(f"The console has no channels: use {forms}.")


def _all_ids(platform: PlatformName, parts: list[str]) -> bool:
    return all(_ID[platform].fullmatch(part) for part in parts)
