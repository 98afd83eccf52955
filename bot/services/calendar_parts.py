"""Sets deadlines apart that cannot have to do with each other, so that only what changed is gone through anew.

    all rows ─► one kind, days joined by what replaces what and by dockets ─► parts of a few rows each

Pure. What `bot.record.deadlines` and `Names` make of a part is what they would make of it among all.
"""

import datetime as dt
from collections.abc import Iterator
from dataclasses import dataclass, field, replace

from bot.domain.reading import DeadlineKind
from bot.domain.views import FoundDeadline, TrackedDeadline
from bot.record.deadlines import lifecycle, recognised
from bot.services.calendar_names import Names, Occasion, own_uid

Place = tuple[DeadlineKind, dt.date | str]
"""A day of one kind of deadline, or a docket that deadlines of the kind name."""


@dataclass(slots=True, kw_only=True)
class Rows:
    """What a calendar is made of, or a part of it; each in the order it was read."""

    tracked: list[TrackedDeadline] = field(default_factory=list)
    """What stories said of the days shown."""
    earlier: list[TrackedDeadline] = field(default_factory=list)
    """What they said of the days before, where it was replaced."""
    record: list[FoundDeadline] = field(default_factory=list)
    """What the record says of the days shown."""
    before: list[FoundDeadline] = field(default_factory=list)
    """What it says of the days before."""

    def found(self) -> Iterator[FoundDeadline]:
        """Yield all deadlines."""
        yield from (row.found for row in (*self.tracked, *self.earlier))
        yield from (*self.record, *self.before)


def apart(rows: Rows) -> dict[Place, Rows]:
    """Return the parts by a place that is in no other; together they are all rows."""
    joined = _Joined()
    for row in rows.found():
        joined.join(row)
    parts: dict[Place, Rows] = {}

    def part_of(row: FoundDeadline) -> Rows:
        return parts.setdefault(joined.first(_day(row)), Rows())

    for each in rows.tracked:
        part_of(each.found).tracked.append(each)
    for each in rows.earlier:
        part_of(each.found).earlier.append(each)
    for row in rows.record:
        part_of(row).record.append(row)
    for row in rows.before:
        part_of(row).before.append(row)
    return parts


def occasions(
    rows: Rows, *, since: dt.date, until: dt.date, as_of: dt.datetime
) -> tuple[Occasion, ...]:
    """Return what holds, and what does not any more as cancelled, each once and by its name."""
    named = Names([*rows.earlier, *rows.tracked], [*rows.before, *rows.record], as_of)
    live = [row.found for row in (*rows.earlier, *rows.tracked) if row.gone_at is None]
    there: dict[str, Occasion] = {}
    for holding in lifecycle([*rows.record, *live], since=since, until=until):
        each = named.occasion(holding)
        if each.uid in there:  # sources disagree whether it moved: both dates stand
            each = replace(each, uid=own_uid(holding))
        there[each.uid] = each
    gone: dict[str, Occasion] = {}
    dismissed = (row for row in rows.record if row.marks.dismissed is not None)
    for found in (*dismissed, *(row.found for row in rows.tracked)):
        each = named.occasion(found, cancelled=True)
        gone[each.uid] = each
    return (*there.values(), *(each for uid, each in gone.items() if uid not in there))


class _Joined:
    """Places that belong together, each set known by one of them."""

    def __init__(self) -> None:
        self._up: dict[Place, Place] = {}

    def join(self, row: FoundDeadline) -> None:
        """Put a deadline's day together with the days it replaces and the dockets it names."""
        kind = row.fact.kind
        day = self.first(_day(row))
        days = row.struck if row.before is None else (row.before, *row.struck)
        others: list[dt.date | str] = [*days, *recognised(row).references]
        for other in others:
            there = self.first((kind, other))
            if there != day:
                self._up[there] = day

    def first(self, place: Place) -> Place:
        """Return what stands for all that a place is joined with."""
        up = self._up
        above = up.setdefault(place, place)
        while above is not place:
            up[place] = up[above]
            place, above = above, up[above]
        return place


def _day(row: FoundDeadline) -> Place:
    return row.fact.kind, row.fact.date
