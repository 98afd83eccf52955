"""What people do with what they are told: follow, judge, mute, and settle deadlines."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.domain.destination import Address, PlatformName
from bot.domain.ids import DeadlineId, DestinationId, RecordId, StoryId, Tenant
from bot.domain.moments import require_aware
from bot.domain.reading import DeadlineFact, DeadlineKind, Span


def team_of(address: Address) -> Tenant:
    """Return who shares marks on deadlines and feedback with a place.

    The tenant; but each person who writes to the bot on Discord is a team of their own, because
    all those conversations have the same tenant.
    """
    if address.platform is PlatformName.DISCORD and not address.workspace:
        return Tenant(str(address))
    return address.tenant


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow:
    """A wish for one story: its updates go to a person until the story has long been quiet."""

    destination_id: DestinationId
    story_id: StoryId
    tenant: Tenant
    """Whose stories the person saw when they asked."""
    by: str
    at: datetime

    def __post_init__(self) -> None:
        require_aware(at=self.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class Mute:
    """A topic a place hears nothing of."""

    destination_id: DestinationId
    topic: str
    until: datetime | None = None
    """None: until somebody unmutes it."""
    by: str
    at: datetime

    def __post_init__(self) -> None:
        require_aware(at=self.at, until=self.until)

    def holds(self, moment: datetime) -> bool:
        """Whether the topic is muted at a moment."""
        return self.until is None or moment < self.until


class Mark(StrEnum):
    """What a person thinks of an alert."""

    USEFUL = "useful"
    NOISE = "noise"
    """It should not have come."""
    WRONG = "wrong"
    """It was right to come, and something in it is wrong."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Feedback:
    """A person's mark on a story, with what had brought it to them."""

    story_id: StoryId
    mark: Mark
    reason: str = ""
    team: Tenant
    by: str
    """``platform:user``."""
    topics: tuple[str, ...] = ()
    """The story's topics then."""
    wish: str = ""
    """The subscription's wish that brought it; empty where the place was not told of it."""
    spans: tuple[Span, ...] = ()
    """The words that had matched."""
    at: datetime

    def __post_init__(self) -> None:
        require_aware(at=self.at)


class Settling(StrEnum):
    """What a person says of a deadline."""

    CONFIRMED = "confirmed"
    DISMISSED = "dismissed"
    HANDLED = "handled"


@dataclass(frozen=True, slots=True, kw_only=True)
class Signed:
    """Who said something, and when."""

    by: str
    """``platform:user``."""
    called: str
    """What people call them; their id where the platform tells no name."""
    at: datetime

    def __post_init__(self) -> None:
        require_aware(at=self.at)


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineMarks:
    """What a team says of one deadline; dismissed excludes confirmed and handled."""

    confirmed: Signed | None = None
    dismissed: Signed | None = None
    handled: Signed | None = None
    changed_at: datetime | None = None
    """When something was last said of a deadline of the record, reopening included: its row does
    not tell, as those of stories do."""


UNMARKED = DeadlineMarks()
"""Nobody said anything."""

MarksOfRecord = Mapping[RecordId, DeadlineMarks]
"""A team's marks on deadlines of the record; those nobody ever marked are left out."""

MarksByDate = Mapping[tuple[DeadlineKind, date], DeadlineMarks]
"""A team's marks on one story's deadlines; those nobody marked are left out."""

NO_MARKS: MarksByDate = {}


@dataclass(frozen=True, slots=True, kw_only=True)
class KnownDeadline:
    """A deadline some revision of a story had, with its number and a team's marks."""

    id: DeadlineId
    story_id: StoryId
    fact: DeadlineFact
    """As the story last stated it."""
    first_seen: datetime
    gone_at: datetime | None = None
    """When the story stopped stating it; None while it does."""
    marks: DeadlineMarks = UNMARKED

    def __post_init__(self) -> None:
        require_aware(first_seen=self.first_seen, gone_at=self.gone_at)
