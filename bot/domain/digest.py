"""What waits to be told together: in a digest, after quiet hours, in a storm's bulletin."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.alert import Why
from bot.domain.destination import Destination
from bot.domain.ids import AlertId, DestinationId, StoryId, SubscriptionId
from bot.domain.moments import require_aware

QUIET = "quiet"
"""The gathering of what came in quiet hours."""
STORM = "storm"
"""The gathering of what is in a bulletin."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DigestItem:
    """A story, or an entry, that a place is told together with others."""

    destination_id: DestinationId
    story_id: StoryId
    subject: str
    """``story:7`` or ``entry:9``."""
    gathering: str
    """What it waits for: ``daily@08:00``, `QUIET` or `STORM`."""
    due_at: datetime
    revision: int
    """The story's, when it was added."""
    why: Why
    subscription_id: SubscriptionId | None = None
    """What asked for it; ending that ends the item."""
    alert_id: AlertId | None = None
    added_at: datetime
    told: str | None = None
    """The subject of the delivery that told it; None while it waits."""
    id: int = 0
    """The number of its row; 0 before it has one."""

    def __post_init__(self) -> None:
        require_aware(due_at=self.due_at, added_at=self.added_at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Gathered:
    """A place with everything that is due there together."""

    destination: Destination
    items: tuple[DigestItem, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Weather:
    """How much a place got of late."""

    recent: int = 0
    """Alerts of the last ten minutes, in a bulletin or by themselves."""
    bulletin: str | None = None
    """The subject of the bulletin that something was added to in that time."""
    held: int = 0
    """Stories in that bulletin."""


CALM = Weather()
