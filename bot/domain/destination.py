"""Where alerts go, and what each place asked for."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.domain.feed import Origin
from bot.domain.ids import DestinationId, SubscriptionId, Tenant
from bot.domain.moments import require_aware


class PlatformName(StrEnum):
    """The platforms a destination can be on."""

    SLACK = "slack"
    DISCORD = "discord"
    APPRISE = "apprise"
    CONSOLE = "console"


@dataclass(frozen=True, slots=True, kw_only=True)
class Address:
    """A place on a platform. `workspace` is the Slack team or Discord guild, empty where unknown."""

    platform: PlatformName
    workspace: str = ""
    channel: str

    def __str__(self) -> str:
        place = f"{self.workspace}/{self.channel}" if self.workspace else self.channel
        return str(self.platform) if place == "" else f"{self.platform}:{place}"

    @property
    def tenant(self) -> Tenant:
        """Who owns what is made here."""
        return Tenant(f"{self.platform}:{self.workspace}")


class DestinationState(StrEnum):
    """Whether deliveries to a destination are sent."""

    ACTIVE = "active"
    PAUSED = "paused"
    """A person paused it; what is due waits."""
    BROKEN = "broken"
    """The platform said that no send can succeed; `reason` says what to mend."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Destination:
    """A channel, a person, or a named service that gets deliveries."""

    id: DestinationId
    address: Address
    state: DestinationState = DestinationState.ACTIVE
    reason: str | None = None
    zone: str = "UTC"
    """IANA name; times are shown in it."""
    locale: str = "en"
    """The language of the bot's own words: en, es or fr."""
    origin: Origin = Origin.CHAT
    at_most_once: bool = False
    """True: an unsettled send is listed, never repeated."""
    next_send_at: datetime | None = None
    """The destination's own clock: nothing is sent before it."""

    def __post_init__(self) -> None:
        require_aware(next_send_at=self.next_send_at)


class Level(StrEnum):
    """How much of what matches is told."""

    EVERYTHING = "everything"
    IMPORTANT = "important"
    FLASH = "flash"


class Grouping(StrEnum):
    """Whether forty entries of one story are one message or forty."""

    STORY = "story"
    ENTRY = "entry"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """What a subscription asks for: a topic or a query, never both."""

    topic: str | None = None
    query: str | None = None
    level: Level = Level.EVERYTHING
    group: Grouping = Grouping.STORY

    def __post_init__(self) -> None:
        if (self.topic is None) == (self.query is None):
            raise ValueError("a subscription names a topic or a query, one of the two")

    def __str__(self) -> str:
        return self.topic if self.topic is not None else f"query {self.query}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscription:
    """A destination's wish, and who made it."""

    id: SubscriptionId
    destination_id: DestinationId
    wish: Wish
    origin: Origin = Origin.CHAT
    created_by: str = ""
    """``platform:user`` of the person, or ``config`` or ``terminal``."""
    created_at: datetime

    def __post_init__(self) -> None:
        require_aware(created_at=self.created_at)
