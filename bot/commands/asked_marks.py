"""What can be done with an alert and a deadline, and asked about them: one value a command."""

import datetime as dt
from dataclasses import dataclass
from typing import ClassVar

from bot.commands.verbs import Verb
from bot.domain.ids import DeadlineId, RecordId, StoryId
from bot.domain.marks import Mark
from bot.services.deadline_marks import Act


@dataclass(frozen=True, slots=True, kw_only=True)
class Follow:
    """``follow <story number>``."""

    verb: ClassVar[Verb] = Verb.FOLLOW
    story_id: StoryId


@dataclass(frozen=True, slots=True, kw_only=True)
class Unfollow:
    """``unfollow <story number>``."""

    verb: ClassVar[Verb] = Verb.UNFOLLOW
    story_id: StoryId


@dataclass(frozen=True, slots=True, kw_only=True)
class Judge:
    """``useful|noise|wrong <story number> [reason]``."""

    verb: Verb
    mark: Mark
    story_id: StoryId
    reason: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowFeedback:
    """``feedback [topic]``."""

    verb: ClassVar[Verb] = Verb.FEEDBACK
    topic: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MuteTopics:
    """``mute <topic…> [7d|until 2026-12-01]``; neither a span nor a day is until unmuted."""

    verb: ClassVar[Verb] = Verb.MUTE
    topics: str
    span: dt.timedelta | None = None
    day: dt.date | None = None
    """Muted until this day begins where the person lives."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UnmuteTopics:
    """``unmute <topic…>``."""

    verb: ClassVar[Verb] = Verb.UNMUTE
    topics: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """``check <story number>``."""

    verb: ClassVar[Verb] = Verb.CHECK
    story_id: StoryId
    page: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class OneDeadline:
    """``deadline <number|code> [confirm|dismiss|handled|reopen]``."""

    verb: ClassVar[Verb] = Verb.DEADLINE
    name: DeadlineId | RecordId
    """A story's deadline has a number, the record's a code such as ``r3fa9c1``."""
    act: Act | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class WhyNot:
    """``why not <story number>`` or ``why not <address of an entry>``."""

    verb: ClassVar[Verb] = Verb.WHY_NOT
    about: StoryId | str
    """The story's number, or the entry's address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowDeliveries:
    """``deliveries``."""

    verb: ClassVar[Verb] = Verb.DELIVERIES
    page: int = 1


OnAlert = Follow | Unfollow | Judge | Check | OneDeadline
"""What is done with one alert or one deadline."""
OnTopics = ShowFeedback | MuteTopics | UnmuteTopics
"""What is done with topics."""
OnTrace = WhyNot | ShowDeliveries
"""What was told, and why not."""
MarkCommand = OnAlert | OnTopics | OnTrace
