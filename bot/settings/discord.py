"""The part of `bot.yaml` about Discord."""

from dataclasses import dataclass
from typing import Annotated, Literal

from pydantic import BeforeValidator, Field

from bot.settings.values import Strict

_MOST_SHARDS = 1_000


@dataclass(frozen=True, slots=True, kw_only=True)
class OnDiscord:
    """How the bot behaves on Discord."""

    gateway: bool = True
    """Whether this process listens on the gateway."""
    shards: int | None = None
    """Gateway connections; None is as many as Discord recommends."""
    publish: bool = False
    """Whether messages in announcement channels go on to the channels that follow them."""


def _shards(value: object) -> object:
    """Say in one sentence what both kinds of value would be."""
    said = str(value)
    if said != "auto" and not (said.isdecimal() and 1 <= int(said) <= _MOST_SHARDS):
        raise ValueError(
            f"must be auto, or a whole number from 1 to {_MOST_SHARDS}, not '{said[:40]}'"
        )
    return value


class DiscordPart(Strict):
    """How the bot behaves on Discord."""

    gateway: bool = True
    """false where commands come only over HTTP (DISCORD_PUBLIC_KEY), behind a balancer."""
    shards: Annotated[
        Literal["auto"] | Annotated[int, Field(ge=1, le=_MOST_SHARDS)], BeforeValidator(_shards)
    ] = "auto"
    """Gateway connections: auto is as many as Discord recommends, one for 2,500 servers at most."""
    publish: bool = False
    """Messages in announcement channels go on to the channels that follow them."""

    def value(self) -> OnDiscord:
        """Return it in the words of the rooms that obey it."""
        shards = self.shards if isinstance(self.shards, int) else None
        return OnDiscord(gateway=self.gateway, shards=shards, publish=self.publish)
