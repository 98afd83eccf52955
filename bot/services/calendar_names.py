"""Names deadlines for calendars: the same event keeps its name when its date or its words change."""

import datetime as dt
import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.feed import Tier
from bot.domain.reading import DeadlineKind
from bot.domain.views import FoundDeadline, TrackedDeadline
from bot.record.deadlines import Recognised, are_same, recognised

DOMAIN = "usmca-bot"
"""The right side of every name."""
_SURE = 0.9
"""Confidence of a row of the record whose source was read."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Occasion:
    """A deadline as an entry of a calendar."""

    uid: str
    """Stays when its words, its date or its state change."""
    deadline: FoundDeadline
    cancelled: bool = False
    certain: bool = False
    """Official, in the record from a source that was read, or confirmed by the team."""
    changed_at: dt.datetime

    @property
    def sequence(self) -> int:
        """Seconds since 2020 of the last change: whole, and never going back."""
        return int((self.changed_at - _EPOCH).total_seconds())


_EPOCH = dt.datetime(2020, 1, 1, tzinfo=dt.UTC)


_When = tuple[DeadlineKind, dt.date]


class Names:
    """Names deadlines: by the record where it has them, else by the oldest number of the event."""

    def __init__(
        self,
        tracked: Sequence[TrackedDeadline],
        record: Sequence[FoundDeadline],
        as_of: dt.datetime,
    ) -> None:
        self._as_of = as_of
        self._record: dict[_When, list[Recognised]] = {}
        for known in record:
            self._record.setdefault(_when(known), []).append(recognised(known))
        self._families: dict[object, list[TrackedDeadline]] = {}
        self._tracked: dict[_When, list[tuple[Recognised, TrackedDeadline]]] = {}
        for row in tracked:
            self._tracked.setdefault(_when(row.found), []).append((recognised(row.found), row))

    def occasion(self, row: FoundDeadline, *, cancelled: bool = False) -> Occasion:
        """Return the entry of a calendar for a deadline."""
        mine = recognised(row)
        family = self._family(mine)
        days = {row.fact.date, *row.struck, *(each.found.fact.date for each in family)}
        known = (
            each for day in sorted(days) for each in self._record.get((row.fact.kind, day), ())
        )
        own = next((each.found for each in known if _same(each, mine)), None)
        if own is None and row.number is None:
            own = row
        moments = [each.changed_at for each in family]
        if own is not None and own.marks.changed_at is not None:
            moments.append(own.marks.changed_at)
        return Occasion(
            uid=own_uid(own or family[0].found),
            deadline=row,
            cancelled=cancelled,
            certain=_certain(row),
            changed_at=max([*moments, self._as_of] if own is not None else moments),
        )

    def _family(self, mine: Recognised) -> list[TrackedDeadline]:
        """All that stories said of the event, its earlier dates included, by number."""
        row = mine.found
        days = [row.fact.date, *row.struck, *([] if row.before is None else [row.before])]
        key = (row.number, frozenset(days))
        if row.number is None or key not in self._families:
            self._families[key] = self._gather(mine, days)
        return self._families[key]

    def _gather(self, mine: Recognised, days: list[dt.date]) -> list[TrackedDeadline]:
        row = mine.found
        found: dict[int, TrackedDeadline] = {}
        seen: set[dt.date] = set()
        while days:
            day = days.pop()
            if day in seen:
                continue
            seen.add(day)
            for theirs, each in self._tracked.get((row.fact.kind, day), ()):
                if _same(theirs, mine):
                    found[each.found.number or 0] = each
                    if each.found.before is not None:
                        days.append(each.found.before)
        return [found[number] for number in sorted(found)]


def _when(row: FoundDeadline) -> _When:
    return row.fact.kind, row.fact.date


def _same(one: Recognised, other: Recognised) -> bool:
    """Whether two of one kind, on days that belong together, are one event."""
    number = one.found.number
    return (number is not None and number == other.found.number) or are_same(one, other)


def own_uid(row: FoundDeadline) -> str:
    """Return the name a deadline has by itself, whatever event it belongs to."""
    if row.number is not None:
        return f"deadline-{row.number}@{DOMAIN}"
    said = f"{row.fact.kind} {row.fact.date.isoformat()} {row.fact.text}"
    return f"timeline-{hashlib.sha256(said.encode()).hexdigest()[:16]}@{DOMAIN}"


def _certain(row: FoundDeadline) -> bool:
    if row.disputed:
        return False
    of_record = row.story_id is None and row.fact.confidence >= _SURE
    return of_record or row.tier is Tier.OFFICIAL or row.marks.confirmed is not None
