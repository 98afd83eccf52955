"""A feed: an address that is polled, what we remember of it, and when it is next due."""

from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from urllib.parse import urlsplit, urlunsplit

from bot.domain.health import Backlog, Lease, Watch
from bot.domain.ids import DestinationId, FeedId, Tenant
from bot.domain.moments import require_aware


class Tier(StrEnum):
    """How near a source stands to the event; the order is the rank of its headline."""

    OFFICIAL = "official"
    WIRE = "wire"
    TRADE_PRESS = "trade_press"
    GENERAL = "general"

    @property
    def rank(self) -> int:
        """0 for the best source."""
        return list(Tier).index(self)


class Origin(StrEnum):
    """Who made a row. Start-up reconciles config rows only; chat may pause them."""

    CONFIG = "config"
    CHAT = "chat"


class FeedState(StrEnum):
    """Whether a feed is polled."""

    ACTIVE = "active"
    PAUSED = "paused"
    DISABLED = "disabled"
    """Removed from the configuration; its history stays."""
    GONE = "gone"
    """Answered 410: the publisher says it will not come back."""


class FeedKind(StrEnum):
    """Which reader of `bot/feeds/` knows the format's traps; FEED is plain RSS, Atom or JSON Feed."""

    FEED = "feed"
    FEDERAL_REGISTER = "federal_register"
    CSMS = "csms"
    GOOGLE_NEWS = "google_news"
    DOF = "dof"
    CANADA_NEWS = "canada_news"
    CANADA_GAZETTE = "canada_gazette"
    WHITE_HOUSE = "white_house"


@dataclass(frozen=True, slots=True, kw_only=True)
class Validators:
    """What makes the next request conditional: header values exactly as received, and a body hash."""

    etag: str | None = None
    last_modified: str | None = None
    body_hash: str | None = None
    given_by: str | None = None
    """A mark of the address that gave them: no other one is told of them. None: the feed's own."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Hints:
    """What the feed's last body said about when to poll it; kept for polls that bring no body."""

    ttl: float | None = None
    """Seconds between updates."""
    fresh_for: float | None = None
    """Seconds for which the last body called itself fresh: so it is again after a 304 that does not
    say otherwise (RFC 9111, 4.3.4)."""
    skip_hours: frozenset[int] = frozenset()
    """Hours (GMT) in which the feed asks not to be polled."""
    skip_days: frozenset[int] = frozenset()
    """Week days (Monday is 0, GMT) in which the feed asks not to be polled."""


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedSpec:
    """A feed as its owner describes it: what `feeds.yaml` or a person in a channel states."""

    key: str
    """Stable name: the id in feeds.yaml, or one made for a chat feed."""
    name: str
    url: str
    """The full address. It may hold secrets in its query or user info: show `display_url`.

    Empty where it is sealed with a key that is not there any more.
    """
    lang: str = "en"
    tier: Tier = Tier.GENERAL
    kind: FeedKind = FeedKind.FEED
    interval: int | None = None
    """Seconds between polls the owner asks for; None leaves it to the schedule."""
    owner: Tenant | None = None
    origin: Origin = Origin.CONFIG
    notify_destination_id: DestinationId | None = None
    """The place that asked for the feed and is told when it breaks; None where nobody in a chat did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feed:
    """A feed as stored: its spec, its validators, and its health."""

    id: FeedId
    spec: FeedSpec
    state: FeedState = FeedState.ACTIVE
    validators: Validators = field(default_factory=Validators)
    next_poll_at: datetime
    not_before: datetime | None = None
    """What the server asked us to wait for (Retry-After). `--all` does not override it."""
    interval: int
    """Seconds between polls at present, moved by activity and headers within the bounds."""
    failures: int = 0
    """Consecutive failed polls."""
    last_polled_at: datetime | None = None
    last_success_at: datetime | None = None
    """None until the first successful poll: the poll that gets the first-poll limits."""
    last_entry_at: datetime | None = None
    last_status: int | None = None
    last_error: str | None = None
    """Why the last poll failed, in plain words; None after a success."""
    redirect_url: str | None = None
    """Where permanent redirects pointed, until it was seen often enough to move there."""
    redirect_seen: int = 0
    cadence: float | None = None
    """Smoothed seconds between new entries; None while unknown."""
    hints: Hints = field(default_factory=Hints)
    watch: Watch = field(default_factory=Watch)
    """Alarms, and what was told of them."""
    warnings: tuple[str, ...] = ()
    """What was odd about the last body, in plain words."""
    backlog: Backlog | None = None
    """Further pages that are still to be read."""
    lease: Lease | None = None
    """The claim under which it is polled; None where nobody claimed it."""

    def __post_init__(self) -> None:
        require_aware(
            next_poll_at=self.next_poll_at,
            not_before=self.not_before,
            last_polled_at=self.last_polled_at,
            last_success_at=self.last_success_at,
            last_entry_at=self.last_entry_at,
        )


def display_url(url: str) -> str:
    """The address without user info, query and fragment: safe to show and to log."""
    parts = urlsplit(url)
    host = parts.hostname or ""
    if ":" in host:
        host = f"[{host}]"
    port = f":{parts.port}" if parts.port else ""
    return urlunsplit((parts.scheme, f"{host}{port}", parts.path, "", ""))
