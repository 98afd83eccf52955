"""A named service outside chat: an Apprise address or a webhook. Its address is a secret."""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.destination import Address, PlatformName
from bot.domain.feed import Origin


class OutsideKind(StrEnum):
    """How the service is spoken to."""

    APPRISE = "apprise"
    WEBHOOK = "webhook"


@dataclass(frozen=True, slots=True, kw_only=True)
class OutsideService:
    """Where ``apprise:NAME`` or ``webhook:NAME`` leads."""

    kind: OutsideKind
    name: str
    url: str = field(repr=False)
    secret: str = field(default="", repr=False)
    """Signs what a webhook gets; empty for Apprise, whose address holds its own."""
    origin: Origin = Origin.CHAT
    """CONFIG for those of `bot.yaml`; CHAT for those a person stored, sealed in the database."""

    @property
    def address(self) -> Address:
        """The destination that stands for the service."""
        return Address(platform=PlatformName(self.kind), channel=self.name)
