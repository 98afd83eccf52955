"""What a poll brought back: the answer of the server and the entries in it."""

from dataclasses import dataclass, field
from enum import StrEnum

from bot.domain.entry import Entry
from bot.domain.feed import Validators
from bot.domain.health import Backlog


class Outcome(StrEnum):
    """How a poll ended. A failing feed is a result, not a failure of the bot."""

    ENTRIES = "entries"
    NOT_MODIFIED = "not_modified"
    ERROR = "error"
    BLOCKED = "blocked"
    GONE = "gone"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """The server's answer. With `ENTRIES` there is a body; with `ERROR` or `BLOCKED` an `error`."""

    outcome: Outcome
    url: str
    """The address that answered, after redirects."""
    status: int | None = None
    body: bytes = b""
    content_type: str = ""
    validators: Validators = field(default_factory=Validators)
    """What this answer offers for the next request; stored only with its entries."""
    retry_after: float | None = None
    """Seconds the server asks us to stay away, measured against its own Date."""
    fresh_for: float | None = None
    """Seconds the answer calls itself fresh (Cache-Control, Expires)."""
    moved_to: str | None = None
    """Where a chain of only permanent redirects led."""
    error: str | None = None
    backlog: Backlog | None = None
    """Further pages that this poll did not get to."""
    warnings: tuple[str, ...] = ()
    """What is odd about the answer, in plain words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class ParsedFeed:
    """The unseen entries of a body, oldest last as the feed gave them, and the feed's own hints."""

    title: str = ""
    format: str = ""
    """What the body is written in, such as ``RSS 2.0``; empty where nobody can say."""
    entries: tuple[Entry, ...] = ()
    total: int = 0
    """Entries in the body, those already seen included."""
    marks: frozenset[str] = frozenset()
    """A mark for each entry of the body: hand them to the next parse as `seen`."""
    complete: bool = True
    """False where the body was cut short: its validators must not be stored, so that the next
    poll gets the whole of it."""
    ttl: float | None = None
    """Seconds between updates the feed states (`ttl`, `sy:updatePeriod`)."""
    skip_hours: frozenset[int] = frozenset()
    """Hours (GMT) in which the feed asks not to be polled."""
    skip_days: frozenset[int] = frozenset()
    """Week days (Monday is 0, GMT) in which the feed asks not to be polled."""
    warnings: tuple[str, ...] = ()
    """What is odd about the body, in plain words."""
