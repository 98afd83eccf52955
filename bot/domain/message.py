"""What a person is told, before any platform's mark-up: plain text in named parts."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.manners import Mention
from bot.domain.moments import require_aware
from bot.domain.reading import DeadlineFact, Stage, TariffFact
from bot.domain.story import Change


@dataclass(frozen=True, slots=True, kw_only=True)
class FactLine:
    """A fact in a few words, and the sentence it was read from."""

    text: str
    quote: str
    note: str = ""
    """For example ``computed`` or who disagrees."""
    fact: DeadlineFact | TariffFact | None = None
    """The fact itself, for those who take messages as data."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Words that lead somewhere; without an address they are only words."""

    text: str
    url: str | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageLine:
    """One line of a section: words, perhaps a link, a quieter note, the sentence it rests on."""

    text: str
    url: str | None = None
    note: str = ""
    quote: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class MessageSection:
    """Lines under a heading; an empty heading is none."""

    heading: str = ""
    lines: tuple[MessageLine, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """An alert, an update of one, or a notice. All text is untrusted and unescaped.

    A platform's `render` escapes it and keeps it within that platform's limits.
    """

    subject: str
    """``story:7``: stable over the life of the message; buttons and settling use it."""
    headline: Link
    source: str = ""
    published: datetime | None = None
    stage: Stage | None = None
    summary: str = ""
    topics: tuple[str, ...] = ()
    """Labels in the destination's language."""
    topic_ids: tuple[str, ...] = ()
    tariffs: tuple[FactLine, ...] = ()
    deadlines: tuple[FactLine, ...] = ()
    conflicts: tuple[str, ...] = ()
    changes: tuple[Change, ...] = ()
    """Filled for a reply in a thread: what is new."""
    source_count: int = 1
    more_sources: tuple[Link, ...] = ()
    why: str = ""
    zone: str = "UTC"
    locale: str = "en"
    notice: bool = False
    """True for the bot's own words, which carry no source."""
    sections: tuple[MessageSection, ...] = ()
    """Filled for a digest or a bulletin: stories under headings, cut to fit every platform."""
    settles: tuple[str, ...] = ()
    """What ``deadline …`` names the deadlines by that a reminder is of, in its order."""
    mention: tuple[Mention, ...] = ()
    """Who is called by name on a post: only those a subscription of this place asks for."""

    def __post_init__(self) -> None:
        require_aware(published=self.published)
