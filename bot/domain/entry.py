"""An entry: one thing a feed published, cleaned of everything that is not text."""

from collections.abc import Callable
from dataclasses import dataclass, field, fields
from datetime import date, datetime
from operator import attrgetter

from bot.domain.feed import Tier
from bot.domain.ids import EntryId, FeedId, Tenant
from bot.domain.moments import require_aware


@dataclass(frozen=True, slots=True, kw_only=True)
class Stated:
    """Facts a structured source states in fields of their own, so that nobody reads them from text."""

    document_type: str | None = None
    """For example ``Notice``, ``Rule``, ``Proclamation``."""
    action: str | None = None
    dates: str | None = None
    """The DATES paragraph, whole."""
    comments_close_on: date | None = None
    effective_on: date | None = None
    agencies: tuple[str, ...] = ()
    dockets: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One entry as the feed gave it: plain text, http(s) links, aware times.

    `title`, `summary` and `content` hold no mark-up, no control or bidi characters.
    """

    guid: str
    """What identifies the entry within its feed; the link, or a hash of the text, where none is given."""
    url: str | None = None
    title: str = ""
    summary: str = ""
    content: str = ""
    published: datetime | None = None
    updated: datetime | None = None
    lang: str | None = None
    """The feed's word about the language: a prior, not a fact."""
    source: str = ""
    """The publisher's name as a person should see it."""
    tier: Tier = Tier.GENERAL
    stated: Stated | None = None

    def __post_init__(self) -> None:
        require_aware(published=self.published, updated=self.updated)

    def __getstate__(self) -> tuple[object, ...]:
        """Return the fields' values: every entry goes from the process that read it to another."""
        return _values(self)

    def __setstate__(self, state: tuple[object, ...]) -> None:
        for put, value in zip(_PUT, state, strict=True):
            put(self, value)


_FIELDS = [each.name for each in fields(Entry)]
_values: Callable[[Entry], tuple[object, ...]] = attrgetter(*_FIELDS)
_PUT: list[Callable[[Entry, object], None]] = [getattr(Entry, name).__set__ for name in _FIELDS]


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredEntry:
    """An entry with its place in the store."""

    id: EntryId
    feed_id: FeedId
    owner: Tenant | None
    entry: Entry
    content_hash: str
    first_seen: datetime
    held: bool = field(default=False)
    """True where the first-poll or flood limit kept it from being told by itself."""

    def __post_init__(self) -> None:
        require_aware(first_seen=self.first_seen)
