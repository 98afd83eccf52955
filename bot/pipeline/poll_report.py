"""How one poll of one feed ended, for people and programs that asked for it."""

from dataclasses import dataclass
from datetime import datetime

from bot.domain.entry import Entry
from bot.domain.feed import Feed
from bot.domain.polling import Fetched, Outcome
from bot.polling.admission import Admission

_TOO_LATE = "The poll took so long that the feed was claimed or changed meanwhile."


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """An entry that is told to whoever wants it."""

    title: str
    link: str | None
    id: str
    published: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class PollReport:
    """How one poll of one feed ended."""

    feed: Feed
    outcome: Outcome
    status: int | None
    new: tuple[Told, ...] = ()
    skipped: int = 0
    """New entries that were stored and not told, because of the first-poll or flood limit."""
    next_s: float
    error: str | None = None


def report_of(
    after: Feed, fetched: Fetched, now: datetime, admission: Admission | None = None
) -> PollReport:
    """Return how a poll ended whose feed is `after` now."""
    return PollReport(
        feed=after,
        outcome=fetched.outcome,
        status=fetched.status,
        new=tuple(_told(entry) for entry in admission.told) if admission else (),
        skipped=len(admission.held) if admission else 0,
        next_s=max(0.0, (after.next_poll_at - now).total_seconds()),
        error=fetched.error,
    )


def too_late(feed: Feed, fetched: Fetched, now: datetime) -> PollReport:
    """Whoever holds the feed now gets the same entries: nothing of this poll is stored."""
    return PollReport(
        feed=feed,
        outcome=Outcome.ERROR,
        status=fetched.status,
        next_s=max(0.0, (feed.next_poll_at - now).total_seconds()),
        error=_TOO_LATE,
    )


def _told(entry: Entry) -> Told:
    return Told(title=entry.title, link=entry.url, id=entry.guid, published=entry.published)
