"""What a person is told, before any platform's mark-up: plain text in named parts."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.moments import require_aware
from bot.domain.reading import Stage
from bot.domain.story import Change


@dataclass(frozen=True, slots=True, kw_only=True)
class FactLine:
    """A fact in a few words, and the sentence it was read from."""

    text: str
    quote: str
    note: str = ""
    """For example ``computed`` or who disagrees."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Link:
    """Words that lead somewhere; without an address they are only words."""

    text: str
    url: str | None = None


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

    def __post_init__(self) -> None:
        require_aware(published=self.published)
