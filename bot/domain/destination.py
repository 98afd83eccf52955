"""Where alerts go, and what each place asked for."""

from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.feed import Origin
from bot.domain.ids import DestinationId, SubscriptionId, Tenant
from bot.domain.manners import INSTANT, USUAL, Manners, Mention, When
from bot.domain.moments import require_aware
from bot.domain.reading import Lang


class PlatformName(StrEnum):
    """The platforms a destination can be on."""

    SLACK = "slack"
    DISCORD = "discord"
    APPRISE = "apprise"
    WEBHOOK = "webhook"
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
    manners: Manners = USUAL
    paused_until: datetime | None = None
    """When a pause ends by itself; None is until somebody resumes."""

    def __post_init__(self) -> None:
        require_aware(next_send_at=self.next_send_at, paused_until=self.paused_until)


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
    when: When = INSTANT
    langs: tuple[Lang, ...] = ()
    """Languages of the entries that count; empty is any."""
    sources: int = 1
    """Publishers that must have told a story before its first message."""
    mention: Mention | None = None

    def __post_init__(self) -> None:
        if (self.topic is None) == (self.query is None):
            raise ValueError("a subscription names a topic or a query, one of the two")
        if self.sources < 1:
            raise ValueError("a story has at least one source")

    def __str__(self) -> str:
        return self.topic if self.topic is not None else f"query {self.query}"

    @property
    def same(self) -> tuple[str | None, str | None, Grouping]:
        """What makes two wishes of a place the same, whatever else they ask."""
        return (self.topic, self.query, self.group)


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A wish as somebody says it: what is None was not said, and stays as it was."""

    topic: str | None = None
    query: str | None = None
    group: Grouping = Grouping.STORY
    level: Level | None = None
    when: When | None = None
    langs: tuple[Lang, ...] | None = None
    sources: int | None = None
    mention: Mention | None = None
    no_mention: bool = False
    """Asks that a mention ends."""

    @property
    def same(self) -> tuple[str | None, str | None, Grouping]:
        """As of the wish it becomes."""
        return (self.topic, self.query, self.group)

    @property
    def new(self) -> Wish:
        """The wish of a place that had none like it."""
        return self.onto(Wish(topic=self.topic, query=self.query, group=self.group))

    def onto(self, held: Wish) -> Wish:
        """The wish a place has after this was asked."""
        mention = None if self.no_mention else self.mention or held.mention
        return replace(
            held,
            level=held.level if self.level is None else self.level,
            when=held.when if self.when is None else self.when,
            langs=held.langs if self.langs is None else self.langs,
            sources=held.sources if self.sources is None else self.sources,
            mention=mention,
        )


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
