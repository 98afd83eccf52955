"""What the words after ``/usmca`` can ask: one frozen value for each command."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from bot.commands.verbs import Verb
from bot.domain.destination import Grouping, Level
from bot.domain.ids import StoryId


@dataclass(frozen=True, slots=True, kw_only=True)
class Help:
    """``help [command]``."""

    verb: ClassVar[Verb] = Verb.HELP
    about: Verb | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """``status [topic]``."""

    verb: ClassVar[Verb] = Verb.STATUS
    topic: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Latest:
    """``latest [topic]``."""

    verb: ClassVar[Verb] = Verb.LATEST
    topic: str = ""
    page: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Search:
    """``search <words or query>``."""

    verb: ClassVar[Verb] = Verb.SEARCH
    query: str
    page: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Topics:
    """``topics``."""

    verb: ClassVar[Verb] = Verb.TOPICS


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscribe:
    """``subscribe <topic…> [level: …]`` or ``subscribe query: "…"``; one of the two is filled."""

    verb: ClassVar[Verb] = Verb.SUBSCRIBE
    topics: str = ""
    query: str = ""
    level: Level = Level.EVERYTHING
    group: Grouping = Grouping.STORY


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsubscribe:
    """``unsubscribe <topic…|number|query: …|all>``."""

    verb: ClassVar[Verb] = Verb.UNSUBSCRIBE
    topics: str = ""
    query: str = ""
    everything: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriptions:
    """``subscriptions``."""

    verb: ClassVar[Verb] = Verb.SUBSCRIPTIONS


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadlines:
    """``deadlines [topic] [90d]``; without a window the next twelve months."""

    verb: ClassVar[Verb] = Verb.DEADLINES
    topic: str = ""
    days: int = 366
    page: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Feeds:
    """``feeds``."""

    verb: ClassVar[Verb] = Verb.FEEDS


@dataclass(frozen=True, slots=True, kw_only=True)
class ShowStory:
    """``story <id>``."""

    verb: ClassVar[Verb] = Verb.STORY
    story_id: StoryId


@dataclass(frozen=True, slots=True, kw_only=True)
class Why:
    """``why <story id>``."""

    verb: ClassVar[Verb] = Verb.WHY
    story_id: StoryId


@dataclass(frozen=True, slots=True, kw_only=True)
class Pause:
    """``pause``."""

    verb: ClassVar[Verb] = Verb.PAUSE


@dataclass(frozen=True, slots=True, kw_only=True)
class Resume:
    """``resume``."""

    verb: ClassVar[Verb] = Verb.RESUME


@dataclass(frozen=True, slots=True, kw_only=True)
class Trial:
    """``test``."""

    verb: ClassVar[Verb] = Verb.TEST


class Problem(StrEnum):
    """What is wrong with a command whose verb was understood."""

    TOO_LONG = "too_long"
    NEEDS_WORDS = "needs_words"
    NEEDS_TOPIC = "needs_topic"
    NEEDS_NUMBER = "needs_number"
    """The word is no number."""
    NO_NUMBER = "no_number"
    """There is no word at all."""
    NEEDS_QUERY = "needs_query"
    NO_LEVEL = "no_level"
    NO_GROUP = "no_group"
    NO_WINDOW = "no_window"


@dataclass(frozen=True, slots=True, kw_only=True)
class Unclear:
    """The verb was understood, the rest was not; `word` is what was odd."""

    verb: Verb
    problem: Problem
    word: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """No verb was understood."""

    word: str
    nearest: tuple[Verb, ...] = ()
    text: str = ""
    """All that was written: perhaps it names a topic."""


OnTopic = Status | Latest | Deadlines
"""What reads, and may be narrowed to a topic."""
Question = Search | ShowStory | Why | Feeds | Topics
"""What else only reads."""
Matter = Subscribe | Unsubscribe | Subscriptions | Pause | Resume | Trial
"""What is about what this place gets."""
Command = Help | OnTopic | Question | Matter
Parsed = Command | Unclear | Unknown
