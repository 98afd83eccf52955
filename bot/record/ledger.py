"""The tariff ledger: what was said about tariffs, row after row, and what is in force on a day. Pure.

Rows are only ever added. Which of them hold on a day follows from the rows: those of `timeline.yaml`,
of official sources and those a person confirmed change what is in force; the rest is reported.
"""

import datetime as dt
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from bot.domain.ledger import LedgerRow, Trust
from bot.domain.message import Link
from bot.domain.reading import Action, DeadlineKind, Reading, TariffFact
from bot.domain.translated import Names
from bot.record.exempt import PARTIES, leaves_out
from bot.record.timeline import Confidence, Event, Timeline

ENDS = frozenset({Action.SUSPENDED, Action.REMOVED})
"""What makes a rate hold no more."""
_SETS = frozenset(
    {Action.IMPOSED, Action.RAISED, Action.LOWERED, Action.RETALIATORY, Action.ANNOUNCED}
)
ALL = "*"
"""Stands for every country, or for goods in general, where a row names none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Applied:
    """A row that holds on a day, and rows of the same weight that say another rate."""

    row: LedgerRow
    since: dt.date
    conflicts: tuple[LedgerRow, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Ledger:
    """What the rows mean on a day."""

    on: dt.date
    in_force: tuple[Applied, ...]
    """By imposer, then the highest rate first."""
    coming: tuple[LedgerRow, ...]
    """Decided, and not in force yet; the soonest first."""
    reported: tuple[LedgerRow, ...]
    """Said by others, unconfirmed, or without a rate or a day; the newest first."""


def of_timeline(timeline: Timeline) -> list[LedgerRow]:
    """Return the rows of timeline.yaml."""
    return [row for event in timeline.events for row in _of_event(event)]


def stated_by(reading: Reading) -> list[TariffFact]:
    """Return what an entry says of tariffs, dated by its other sentences where one names the day.

    Official documents say in one sentence what changes, and in the next from when. Where an entry
    names several such days, nobody can tell which is whose.
    """
    theirs = {fact.text for fact in reading.tariffs}
    days = {
        deadline.date
        for deadline in reading.deadlines
        if deadline.kind is DeadlineKind.EFFECTIVE and deadline.text not in theirs
    }
    if len(days) != 1:
        return list(reading.tariffs)
    (day,) = days
    return [
        replace(fact, effective_date=day)
        if fact.effective_date is None and fact.action in _SETS
        else fact
        for fact in reading.tariffs
    ]


def between_parties(found: Ledger) -> tuple[Applied, ...]:
    """Return what one of the three parties of the agreement levies on another, whom it does not spare."""
    return tuple(
        each
        for each in found.in_force
        if each.row.imposer in PARTIES
        and any(_levied_on(each.row, party) for party in PARTIES if party != each.row.imposer)
    )


def without_repeats(rows: Iterable[LedgerRow]) -> list[LedgerRow]:
    """Join rows that say the same: the most trusted stands for them, the earliest among equals."""
    order = list(Trust)
    groups: dict[tuple[object, ...], list[LedgerRow]] = {}
    for row in rows:
        groups.setdefault(_same(row), []).append(row)
    joined = []
    for group in groups.values():
        best = min(group, key=lambda row: (order.index(row.trust), row.said_on, row.id or 0))
        told_by = len({row.source.text for row in group})
        joined.append(replace(best, told_by=told_by) if told_by > 1 else best)
    return joined


def _same(row: LedgerRow) -> tuple[object, ...]:
    what = (row.action, row.imposer, frozenset(row.targets), frozenset(row.products))
    return (*what, row.family, row.rate, row.previous_rate, row.effective, row.ended)


def _of_event(event: Event) -> Iterator[LedgerRow]:
    fact = event.fact
    checkable = fact.confidence is not Confidence.UNCONFIRMED and fact.source.is_public
    for row in event.tariffs:
        raised = row.previous_rate is not None and row.rate is not None
        action = Action.RAISED if raised and (row.rate or 0) > (row.previous_rate or 0) else None
        yield LedgerRow(
            trust=Trust.RECORD if checkable else Trust.UNCONFIRMED,
            action=action or Action.IMPOSED,
            imposer=row.imposer,
            targets=row.targets,
            products=row.products,
            authority=row.authority,
            rate=row.rate,
            previous_rate=row.previous_rate,
            exemptions=row.exemptions,
            said_on=fact.date,
            effective=row.effective or fact.date,
            ended=row.ended,
            text=fact.text,
            source=Link(text=str(fact.source), url=fact.source.url),
            topics=event.topics,
            translated=fact.translated,
            names=row.names,
        )


def ledger(
    rows: Iterable[LedgerRow],
    *,
    on: dt.date,
    country: str | None = None,
    topic: str | None = None,
    reported_for: dt.timedelta = dt.timedelta(days=90),
) -> Ledger:
    """Return what the rows mean on a day, narrowed to a country (on either side) or a topic."""
    known = [row for row in rows if row.said_on <= on or (row.starts or on) <= on]
    wanted = [row for row in known if _concerns(row, country) and _is_on(row, topic)]
    deciding = [row for row in wanted if _decides(row)]
    applied = _applied(deciding, on)
    coming = [row for row in deciding if _sets(row) and (row.starts or on) > on]
    told = [row for row in wanted if not _decides(row) and on - row.said_on <= reported_for]
    return Ledger(
        on=on,
        in_force=tuple(sorted(applied, key=_rank)),
        coming=tuple(sorted(coming, key=lambda row: (row.starts or on, row.imposer))),
        reported=tuple(sorted(told, key=lambda row: row.said_on, reverse=True)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Course:
    """One line of the ledger over time: the rate an imposer asks of a target for a product."""

    imposer: str
    target: str
    """ISO code, or `ALL`."""
    product: str
    """As rows name it, or `ALL`."""
    family: str
    """The authority without the act's number; empty where none is named."""
    points: tuple[tuple[dt.date, float], ...]
    """(day it begins, rate in per cent), oldest first; 0 is from when it does not hold any more."""
    topics: frozenset[str] = frozenset()
    names: Names = ()
    """What the record calls its product and its authority in other languages."""


def courses(rows: Iterable[LedgerRow]) -> list[Course]:
    """Return how the rate of each line (imposer × target × product × authority) went, by what decides."""
    deciding = [row for row in rows if _decides(row)]
    deciding.sort(key=lambda row: (row.starts or row.said_on, row.said_on))
    points: dict[tuple[str, ...], dict[dt.date, float]] = {}
    holding: dict[tuple[str, ...], LedgerRow] = {}
    named: dict[tuple[str, ...], LedgerRow] = {}
    for row in deciding:
        starts = row.starts or row.said_on
        ends = row.action in ENDS
        for line in [line for line in holding if _covers(row, line)] if ends else list(_lines(row)):
            former = holding.pop(line, None)
            if former is not None and former.ended is not None and former.ended < starts:
                points[line][former.ended] = 0.0
            points.setdefault(line, {})[starts] = 0.0 if ends else row.rate or 0.0
            if not ends:
                holding[line] = named[line] = row
    for line, row in holding.items():
        if row.ended is not None:
            points[line][row.ended] = 0.0
    return [_course(line, named[line], found) for line, found in points.items()]


def _course(line: tuple[str, ...], row: LedgerRow, points: Mapping[dt.date, float]) -> Course:
    imposer, target, product, _ = line
    name = next((each for each in row.products if each.casefold() == product), product)
    return Course(
        imposer=imposer,
        target=target,
        product=name,
        family=row.family,
        points=tuple(sorted(points.items())),
        topics=frozenset(row.topics),
        names=row.names,
    )


def _decides(row: LedgerRow) -> bool:
    """Whether a row changes what is in force: it may, and it says what and when."""
    return row.trust.changes and row.starts is not None and (_sets(row) or row.action in ENDS)


def _applied(rows: Sequence[LedgerRow], on: dt.date) -> list[Applied]:
    """Return the rows of which at least one line (target × product) holds on the day."""
    begun = [row for row in rows if row.starts is not None and row.starts <= on]
    begun.sort(key=lambda row: (row.starts or on, row.said_on))
    latest: dict[tuple[str, ...], LedgerRow] = {}
    rivals: dict[tuple[str, ...], list[LedgerRow]] = {}
    for row in begun:
        if row.action in ENDS:
            for line in [line for line in latest if _covers(row, line)]:
                del latest[line]
        elif _sets(row):
            for line in _lines(row):
                former = latest.get(line)
                if former is not None and _disagree(former, row):
                    rivals.setdefault(line, []).append(former)
                latest[line] = row
    holding: dict[int, list[LedgerRow]] = {}
    chosen: dict[int, LedgerRow] = {}
    for line, row in latest.items():
        if row.ended is None or row.ended > on:
            chosen[id(row)] = row
            holding.setdefault(id(row), []).extend(rivals.get(line, []))
    return [
        Applied(
            row=row,
            since=row.starts or on,
            conflicts=tuple(dict.fromkeys(holding[key])),
        )
        for key, row in chosen.items()
    ]


def _sets(row: LedgerRow) -> bool:
    return row.action in _SETS and row.rate is not None


def _lines(row: LedgerRow) -> Iterator[tuple[str, ...]]:
    for target in row.targets or (ALL,):
        for product in row.products or (ALL,):
            yield (row.imposer, target, product.casefold(), row.family.casefold())


def _covers(end: LedgerRow, line: tuple[str, ...]) -> bool:
    """Whether a suspension or removal speaks of a line; what it leaves out, it speaks of whole."""
    imposer, target, product, family = line
    return (
        imposer == end.imposer
        and (not end.targets or target in end.targets)
        and (not end.products or product in {name.casefold() for name in end.products})
        and (not end.family or family == end.family.casefold())
    )


def _disagree(former: LedgerRow, row: LedgerRow) -> bool:
    """Whether two rows say another rate for the same day: neither raises the other."""
    return former.starts == row.starts and former.rate != row.rate


def _concerns(row: LedgerRow, country: str | None) -> bool:
    return country is None or row.imposer == country or _levied_on(row, country)


def _levied_on(row: LedgerRow, country: str) -> bool:
    return (country in row.targets or not row.targets) and not leaves_out(row, country)


def _is_on(row: LedgerRow, topic: str | None) -> bool:
    return topic is None or topic in row.topics


def _rank(applied: Applied) -> tuple[str, tuple[str, ...], float]:
    return (applied.row.imposer, applied.row.targets, -(applied.row.rate or 0))
