"""Deadlines over time: one event told by several stories is one deadline. Pure.

An extension replaces:

    rows of stories and of the record ─► same event? ─► one row each, the best source first
                                      ─► extended?   ─► the old date struck, the new one shown
"""

import datetime as dt
import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import lru_cache

from bot.domain.feed import Tier
from bot.domain.ids import StoryId
from bot.domain.marks import DeadlineMarks
from bot.domain.reading import DeadlineKind
from bot.domain.views import FoundDeadline
from bot.reading.text import fold_words, word_set
from bot.record.timeline import NO_SOURCE

SIMILAR = 0.5
"""Share of the shorter text's words that two texts about one event have in common, at least."""
SHARED = 3
"""Words they have in common, at least."""

_REFERENCE = re.compile(
    r"\b(?:[A-Z]{2,8}-\d{4}-\d{2,6}|\d{4}-[A-Z]{2}\d{2}|\d{2,3}\s+(?:FR|Fed\. Reg\.)\s+\d{3,6}"
    r"|SOR/\d{4}-\d+|NOM-\d{3}-[A-Z0-9]+-\d{4}|[A-Z]-\d{3}-\d{3})\b"
)
"""Dockets, RINs, Federal Register pages, Canadian and Mexican instruments, case numbers."""
_SMALL = word_set(
    "comment comments due deadline hearing effective effect takes take expire expires review "
    "public before until after date dates close closes closing period written submit submitted "
    "comentarios plazo fecha vigor audiencia partir entra dias commentaires echeance vigueur "
    "audience avant january february march april june july august september october november "
    "december enero febrero marzo abril mayo junio julio agosto septiembre octubre noviembre "
    "diciembre janvier fevrier mars avril juin juillet aout septembre octobre novembre decembre "
    "from with that this will have been were their than para este esta sera como dans pour avec"
)
"""Words that every deadline has: they say nothing about which one it is."""
_KEPT = 16_384
"""Texts whose words are kept: the same deadlines are looked at again and again."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Recognised:
    """A deadline with what it is recognised by."""

    found: FoundDeadline
    words: frozenset[str]
    references: frozenset[str]
    topics: frozenset[str]
    countries: frozenset[str]


def lifecycle(
    rows: Iterable[FoundDeadline], *, since: dt.date, until: dt.date
) -> list[FoundDeadline]:
    """Return the deadlines that hold, soonest first, each event once.

    `rows` are those of stories (what a team dismissed included) and of the record, whose date, or
    the date they replace, is from `since` to `until`. What is dismissed and nowhere confirmed is
    left out with all that tells the same. A date that an extension replaces is struck, unless an
    official source states it and none the extension, or each is said to replace the other: then both
    are shown, as disputed.
    """
    groups = _grouped([recognised(found) for found in rows])
    groups = [group for group in groups if not _dismissed(group)]
    made = {id(group): _merged(group) for group in groups}
    gone: set[int] = set()
    by_date = _by_date(groups)
    replaced = {id(group): _former(group, by_date) for group in groups}
    for group in _oldest_first(groups, replaced):
        for old in replaced[id(group)]:
            if not gone.isdisjoint((id(group), id(old))):
                continue
            if _contested(group, old):
                made[id(old)] = _with_dispute(made[id(old)], made[id(group)])
                made[id(group)] = _without(made[id(group)], made[id(old)].fact.date)
            else:
                gone.add(id(old))
                made[id(group)] = _taken_over(made[id(group)], made[id(old)])
    _dispute(groups, made, gone)
    left = [made[id(group)] for group in groups if id(group) not in gone]
    left = [_without(row, row.fact.date) if row.struck else row for row in left]  # moved and back
    shown = [
        row
        for row in left
        if since <= row.fact.date <= until or any(since <= day <= until for day in row.struck)
    ]
    return sorted(shown, key=_order)


def recognised(found: FoundDeadline) -> Recognised:
    """Return a deadline with what it is recognised by, for who compares many with `are_same`."""
    words, references = _signs(f"{found.headline.text} {found.fact.text}")
    return Recognised(
        found=found,
        words=words,
        references=references,
        topics=frozenset(found.topics),
        countries=frozenset(found.countries),
    )


@lru_cache(maxsize=_KEPT)
def _signs(text: str) -> tuple[frozenset[str], frozenset[str]]:
    """The words and the references that tell a text from others."""
    words = (
        word
        for word in fold_words(text).split()
        if len(word) > 3 and not word.isdigit() and word not in _SMALL
    )
    return frozenset(words), frozenset(_REFERENCE.findall(text))


def are_same(one: Recognised, other: Recognised) -> bool:
    """Whether two deadlines of one kind speak of the same event, whatever their dates.

    Where both name dockets, one must be common. Otherwise topics and countries must not exclude
    each other, and their sentences and headlines must have enough words in common.
    """
    a, b = one.found, other.found
    if a.fact.kind is not b.fact.kind:
        return False
    if a.story_id is not None and a.story_id == b.story_id:
        return True
    if one.references and other.references:
        return not one.references.isdisjoint(other.references)
    if a.fact.kind is DeadlineKind.REVIEW and None in (a.story_id, b.story_id):
        return True  # the treaty's own review, which stories repeat
    if _exclude(one.topics, other.topics) or _exclude(one.countries, other.countries):
        return False
    shared = len(one.words & other.words)
    shorter = min(len(one.words), len(other.words))
    return shared >= SHARED and shared >= SIMILAR * shorter


def _exclude(one: frozenset[str], other: frozenset[str]) -> bool:
    return bool(one) and bool(other) and one.isdisjoint(other)


def _grouped(rows: Sequence[Recognised]) -> list[list[Recognised]]:
    """Put rows of one kind and date together where they speak of one event."""
    groups: list[list[Recognised]] = []
    by_date: dict[tuple[DeadlineKind, dt.date], list[list[Recognised]]] = {}
    for row in rows:
        there = by_date.setdefault((row.found.fact.kind, row.found.fact.date), [])
        home = next((g for g in there if any(are_same(row, other) for other in g)), None)
        if home is None:
            home = []
            there.append(home)
            groups.append(home)
        home.append(row)
    return groups


def _by_date(
    groups: Sequence[list[Recognised]],
) -> dict[tuple[DeadlineKind, dt.date], list[list[Recognised]]]:
    found: dict[tuple[DeadlineKind, dt.date], list[list[Recognised]]] = {}
    for group in groups:
        fact = group[0].found.fact
        found.setdefault((fact.kind, fact.date), []).append(group)
    return found


def _former(
    group: Sequence[Recognised],
    by_date: Mapping[tuple[DeadlineKind, dt.date], list[list[Recognised]]],
) -> list[list[Recognised]]:
    """The groups that a group replaces: of its event, on the days it says it was moved from."""
    kind = group[0].found.fact.kind
    days = dict.fromkeys(row.found.before for row in group if row.found.before is not None)
    there = (old for day in days for old in by_date.get((kind, day), ()))
    return [old for old in there if old is not group and _replaces(group, old)]


def _oldest_first(
    groups: Sequence[list[Recognised]], replaced: Mapping[int, Sequence[list[Recognised]]]
) -> Iterator[list[Recognised]]:
    """Yield each group after those it replaces, so that it takes over what they took over.

    Where they go round in a circle, one of them comes first all the same.
    """
    met: set[int] = set()
    yielded: set[int] = set()
    for group in groups:
        way = [group]
        while way:
            last = way[-1]
            if id(last) not in met:
                met.add(id(last))
                way += [old for old in replaced[id(last)] if id(old) not in met]
                continue
            way.pop()
            if id(last) not in yielded:
                yielded.add(id(last))
                yield last


def _dismissed(group: Sequence[Recognised]) -> bool:
    marks = [row.found.marks for row in group]
    return any(m.dismissed for m in marks) and not any(m.confirmed for m in marks)


def _official(group: Sequence[Recognised]) -> bool:
    return any(row.found.tier is Tier.OFFICIAL for row in group)


def _merged(group: Sequence[Recognised]) -> FoundDeadline:
    """The best row, with what the others add: their stories, their marks, what they replace."""
    rows = sorted((row.found for row in group), key=_rank)
    best = rows[0]
    stories: dict[StoryId, None] = {}
    for row in rows[1:]:
        if row.story_id is not None and row.story_id != best.story_id:
            stories[row.story_id] = None
    return replace(
        best,
        also=tuple(stories),
        known_since=_first_known(rows),
        marks=_all_marks([row.marks for row in rows]),
        struck=_days(
            row.before for row in rows if row.tier is Tier.OFFICIAL or not _official(group)
        ),
        disputed=tuple(dict.fromkeys(said for row in rows for said in row.disputed)),
    )


def _first_known(rows: Sequence[FoundDeadline]) -> dt.datetime | None:
    """When the first of them was stated; None where the record has it, which always knew."""
    known = [row.known_since for row in rows if row.known_since is not None]
    return min(known) if len(known) == len(rows) else None


def _rank(found: FoundDeadline) -> tuple[int, float, int]:
    """What is shown of one event: confirmed, official, of the record, then by tier."""
    if found.marks.confirmed is not None:
        place = 0
    elif found.tier is Tier.OFFICIAL:
        place = 1
    elif found.story_id is None:
        place = 9 if found.source == NO_SOURCE else 2
    else:
        place = 3 + found.tier.rank
    return (place, -found.fact.confidence, found.story_id or 0)


def _all_marks(marks: Sequence[DeadlineMarks]) -> DeadlineMarks:
    return DeadlineMarks(
        confirmed=next((m.confirmed for m in marks if m.confirmed), None),
        dismissed=None,
        handled=next((m.handled for m in marks if m.handled), None),
    )


def _replaces(group: Sequence[Recognised], old: Sequence[Recognised]) -> bool:
    return any(
        new.found.before == former.found.fact.date and are_same(new, former)
        for new in group
        for former in old
    )


def _contested(group: Sequence[Recognised], old: Sequence[Recognised]) -> bool:
    """Whether it is open which of two dates holds: the older is official, or claims the same."""
    if _official(group) is not _official(old):
        return _official(old)
    return _replaces(old, group)


def _taken_over(new: FoundDeadline, old: FoundDeadline) -> FoundDeadline:
    """The new date with the old one struck; who handles the matter still does."""
    told = [*new.also, *old.also]
    if old.story_id is not None and old.story_id != new.story_id:
        told.append(old.story_id)
    return replace(
        new,
        struck=_days((*old.struck, old.fact.date, *new.struck)),
        also=tuple(dict.fromkeys(told)),
        marks=replace(new.marks, handled=new.marks.handled or old.marks.handled),
    )


def _without(found: FoundDeadline, day: dt.date) -> FoundDeadline:
    """The deadline without a day struck that still holds."""
    return replace(found, struck=tuple(each for each in found.struck if each != day))


def _dispute(
    groups: Sequence[Sequence[Recognised]], made: dict[int, FoundDeadline], gone: set[int]
) -> None:
    """Say of deadlines with a docket in common, and no extension between them, that they differ."""
    left = [group for group in groups if id(group) not in gone]
    naming: dict[str, list[int]] = {}
    for place, group in enumerate(left):
        for reference in frozenset[str]().union(*(row.references for row in group)):
            naming.setdefault(reference, []).append(place)
    for place, group in enumerate(left):
        references = frozenset[str]().union(*(row.references for row in group))
        for other in sorted({each for name in references for each in naming[name]} - {place}):
            theirs = left[other]
            if group[0].found.fact.kind is not theirs[0].found.fact.kind:
                continue
            if _shares_docket(group, theirs) and not _replaces(group, theirs):
                made[id(group)] = _with_dispute(made[id(group)], made[id(theirs)])


def _shares_docket(group: Sequence[Recognised], other: Sequence[Recognised]) -> bool:
    """Whether they name one docket, in different stories: one story may state several dates."""
    return any(
        a.references & b.references and a.found.story_id != b.found.story_id
        for a in group
        for b in other
    )


def _with_dispute(found: FoundDeadline, other: FoundDeadline) -> FoundDeadline:
    said = (other.fact.date.isoformat(), other.source)
    return replace(found, disputed=tuple(dict.fromkeys((*found.disputed, said))))


def _days(days: Iterable[dt.date | None]) -> tuple[dt.date, ...]:
    return tuple(sorted({day for day in days if day is not None}))


def _order(row: FoundDeadline) -> tuple[dt.date, int, int]:
    return (row.fact.date, row.tier.rank, row.story_id or 0)
