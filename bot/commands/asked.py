"""What the words after ``/usmca`` can ask: one frozen value for each command."""

from dataclasses import dataclass
from enum import StrEnum
from typing import ClassVar

from bot.commands.asked_feeds import OnFeed
from bot.commands.asked_marks import MarkCommand
from bot.commands.asked_tariffs import TariffCommand
from bot.commands.verbs import Verb
from bot.domain.destination import Ask, Grouping, Level
from bot.domain.ids import StoryId
from bot.domain.manners import NOTHING_SAID, Mention, PlaceAsk, When
from bot.domain.reading import Lang


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
class TryOut:
    """``backtest <words or query> [180d]``."""

    verb: ClassVar[Verb] = Verb.BACKTEST
    query: str
    days: int = 180


@dataclass(frozen=True, slots=True, kw_only=True)
class Topics:
    """``topics``."""

    verb: ClassVar[Verb] = Verb.TOPICS


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscribe:
    """``subscribe <topic…> [level: …]`` or ``subscribe query: "…"``; one of the two is filled.

    What is None was not said: a wish that is there keeps it.
    """

    verb: ClassVar[Verb] = Verb.SUBSCRIBE
    topics: str = ""
    query: str = ""
    level: Level | None = None
    group: Grouping = Grouping.STORY
    when: When | None = None
    langs: tuple[Lang, ...] | None = None
    sources: int | None = None
    mention: Mention | None = None
    no_mention: bool = False
    place: PlaceAsk = NOTHING_SAID

    def ask(self, topic: str | None = None) -> Ask:
        """The wish this asks for, of a topic or of its query."""
        return Ask(
            topic=topic,
            query=None if topic is not None else self.query,
            group=self.group,
            level=self.level,
            when=self.when,
            langs=self.langs,
            sources=self.sources,
            mention=self.mention,
            no_mention=self.no_mention,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscribeForm:
    """``subscribe`` without a word: what there is to choose."""

    verb: ClassVar[Verb] = Verb.SUBSCRIBE


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """``settings [zone] [locale: …] [quiet: …]``; shows them where nothing is said."""

    verb: ClassVar[Verb] = Verb.SETTINGS
    said: PlaceAsk = NOTHING_SAID


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsubscribe:
    """``unsubscribe <topic…|number|query: …|all>``."""

    verb: ClassVar[Verb] = Verb.UNSUBSCRIBE
    topics: str = ""
    query: str = ""
    everything: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Subscriptions:
    """``subscriptions [page:2]``."""

    verb: ClassVar[Verb] = Verb.SUBSCRIPTIONS
    page: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Deadlines:
    """``deadlines [topic] [90d]``; without a window the next twelve months."""

    verb: ClassVar[Verb] = Verb.DEADLINES
    topic: str = ""
    days: int = 366
    page: int = 1


@dataclass(frozen=True, slots=True, kw_only=True)
class Feeds:
    """``feeds [page:2]``; what is about one feed is `asked_feeds.OnFeed`."""

    verb: ClassVar[Verb] = Verb.FEEDS
    page: int = 1


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
    """``pause [3d]``; without a time it lasts until ``resume``."""

    verb: ClassVar[Verb] = Verb.PAUSE
    hours: int | None = None


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
    NO_WHEN = "no_when"
    NO_TIME = "no_time"
    NO_LANGS = "no_langs"
    NO_SOURCES = "no_sources"
    NO_MENTION = "no_mention"
    NO_QUIET = "no_quiet"
    QUIET_ENDLESS = "quiet_endless"
    NO_ZONE = "no_zone"
    NO_SETTING = "no_setting"
    NO_LOCALE = "no_locale"
    NO_STORM = "no_storm"
    NO_REMINDERS = "no_reminders"
    NO_SWITCH = "no_switch"
    NO_SPAN = "no_span"
    """No length of time that a pause can last."""
    NO_WINDOW = "no_window"
    NO_PAST = "no_past"
    NO_PAGE = "no_page"
    NO_UNTIL = "no_until"
    """The word is no time to mute for."""
    NO_SETTLING = "no_settling"
    """The word is nothing that can be done with a deadline."""
    NO_TARIFF_ACT = "no_tariff_act"
    """The word is nothing that can be done with a tariff."""
    NO_DAY = "no_day"
    NO_ADDRESS = "no_address"
    NO_FEED = "no_feed"
    NO_FEED_ACT = "no_feed_act"
    """Nothing that can be done with a feed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unclear:
    """The verb was understood, the rest was not; `word` is what was odd."""

    verb: Verb
    problem: Problem
    word: str = ""
    nearest: tuple[str, ...] = ()
    """Right spellings that look like the word."""
    option: str = ""
    """The option whose value was odd, such as ``quiet``; empty where it was about none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """No verb was understood."""

    word: str
    nearest: tuple[Verb, ...] = ()
    text: str = ""
    """All that was written: perhaps it names a topic."""


OnTopic = Status | Latest | Deadlines
"""What reads, and may be narrowed to a topic."""
Question = Search | TryOut | ShowStory | Why | Feeds | OnFeed | Topics
"""What else only reads."""
Matter = Subscribe | SubscribeForm | Unsubscribe | Subscriptions | Trial
"""What is about what this place gets."""
Manner = Settings | Pause | Resume
"""What is about when and how it is told."""
Command = Help | OnTopic | Question | Matter | Manner | MarkCommand | TariffCommand
Parsed = Command | Unclear | Unknown
