"""The page of the agreement's timeline: from the signature to the end of the term, row by row."""

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from aiohttp import web

from bot.alerts import days
from bot.record.exempt import PARTIES
from bot.record.timeline import Event, EventKind, Fact, Source, Timeline
from bot.record.treaty import Standing, later, standing
from bot.web.asked import one_of
from bot.web.charts import Tick
from bot.web.parts import Parts
from bot.web.render import Renderer, View

_MOST_REVIEWS = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """Something that happened, or is due."""

    date: dt.date
    when: str
    """The date as exactly as it is known."""
    text: str
    source: str
    url: str | None
    kind: EventKind
    confidence: str
    note: str = ""
    parties: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    rule: bool = False
    """True where it follows from the agreement's rule, not from a row of the record."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Dot:
    """A row on the line."""

    at: float
    level: float
    kind: str
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LineChart:
    """The agreement's term as a line, in the units of its view box."""

    width: float
    height: float
    base: float
    start: float
    ends: float
    now: float
    dots: tuple[Dot, ...]
    reviews: tuple[Dot, ...]
    years: tuple[Tick, ...]
    text: str


def routes(parts: Parts, renderer: Renderer) -> list[web.RouteDef]:
    """Return where the page is."""
    return [web.get("/timeline", TimelinePage(parts, renderer).page)]


class TimelinePage:
    """Answers ``/timeline``."""

    def __init__(self, parts: Parts, renderer: Renderer) -> None:
        self._timeline = parts.timeline
        self._renderer = renderer

    async def page(self, request: web.Request) -> web.Response:
        """Show the timeline, narrowed to a kind or a party where one is asked for."""
        view = self._renderer.view(request)
        today = view.reader.today
        kind = one_of(request, "kind", [str(each) for each in EventKind])
        party = one_of(request, "party", PARTIES)
        now = standing(self._timeline, today)
        rows = rows_of(self._timeline, now, view)
        kept = [row for row in rows if _is_wanted(row, kind, party)]
        ahead = [row for row in kept if row.date >= today]
        past = [row for row in reversed(kept) if row.date < today]
        values = {
            "current": "timeline",
            "standing": now,
            "phase": _phase(now, view),
            "chart": chart_of(rows, now, today, view),
            "ahead": ahead,
            "past": _by_year(past),
            "kind": kind,
            "party": party,
            "kinds": [each for each in EventKind if any(row.kind is each for row in rows)],
            "parties": PARTIES,
        }
        return await self._renderer.page(request, "timeline.html", values, view=view)


def rows_of(timeline: Timeline, now: Standing, view: View) -> list[Row]:
    """Return the record's events, its reviews, those that the rule brings, and the end of the term."""
    treaty = timeline.treaty
    rows = [_of_event(event, view) for event in timeline.events]
    told = {(row.date, row.kind) for row in rows}
    facts = [(review.fact, EventKind.REVIEW) for review in treaty.reviews]
    facts += [(treaty.term_ends, EventKind.TREATY)]
    rows += [_of_fact(fact, kind, view) for fact, kind in facts if (fact.date, kind) not in told]
    dated = {row.date for row in rows if row.kind is EventKind.REVIEW}
    rows += [row for row in _by_rule(timeline, now, view) if row.date not in dated]
    return sorted(rows, key=lambda row: row.date)


def chart_of(rows: Sequence[Row], now: Standing, today: dt.date, view: View) -> LineChart:
    """Return the line from the first row to the end of the term; rows of one month stand upon each other."""
    width, left, right, base, height = 1_000.0, 16.0, 24.0, 96.0, 124.0
    first = min([now.in_force_since, *(row.date for row in rows)])
    last = max([now.term_ends, *(row.date for row in rows)])
    span = max(1, (last - first).days)

    def across(day: dt.date) -> float:
        return round(left + (width - left - right) * (day - first).days / span, 1)

    heights: dict[int, int] = {}
    dots, reviews = [], []
    for row in rows:
        if row.kind is EventKind.REVIEW:
            reviews.append(Dot(at=across(row.date), level=base, kind=row.kind, text=_dot_text(row)))
            continue
        column = int(across(row.date) // 7)
        level = heights.get(column, 0)
        heights[column] = level + 1
        at = round(column * 7 + 3.5, 1)
        up = base - 12 - 7.5 * min(level, 10)
        dots.append(Dot(at=at, level=up, kind=row.kind, text=_dot_text(row)))
    review = view.reader.day(now.next_review) if now.next_review else "–"
    years = range(first.year + 1, last.year + 1)
    return LineChart(
        width=width,
        height=height,
        base=base,
        start=across(now.in_force_since),
        ends=across(now.term_ends),
        now=across(min(max(today, first), last)),
        dots=tuple(dots),
        reviews=tuple(reviews),
        years=tuple(Tick(at=across(dt.date(year, 1, 1)), text=str(year)) for year in years[::2]),
        text=view.words.record.chart_text.format(
            start=view.reader.day(first), ends=view.reader.day(last), review=review
        ),
    )


def _of_event(event: Event, view: View) -> Row:
    fact = event.fact
    locale = view.reader.words.locale
    when = days.month(fact.date, locale) if event.month_only else view.reader.day(fact.date)
    return Row(
        date=fact.date,
        when=when,
        text=fact.translated.of(fact.text, view.reader.words.locale),
        source=_source(fact.source, view),
        url=fact.source.url,
        kind=event.kind,
        confidence=fact.confidence,
        note=fact.note_translated.of(fact.note, view.reader.words.locale),
        parties=event.parties,
        topics=event.topics,
    )


def _of_fact(fact: Fact, kind: EventKind, view: View) -> Row:
    return Row(
        date=fact.date,
        when=view.reader.day(fact.date),
        text=fact.translated.of(fact.text, view.reader.words.locale),
        source=_source(fact.source, view),
        url=fact.source.url,
        kind=kind,
        confidence=fact.confidence,
        note=fact.note_translated.of(fact.note, view.reader.words.locale),
    )


def _by_rule(timeline: Timeline, now: Standing, view: View) -> Iterator[Row]:
    """The reviews that follow one another, year by year, until the term ends."""
    if now.next_review is None:
        return
    clause, gap = timeline.treaty.clause, timeline.treaty.years_without_extension
    for place in range(_MOST_REVIEWS):
        day = later(now.next_review, place * gap)
        if day >= now.term_ends:
            return
        yield Row(
            date=day,
            when=view.reader.day(day),
            text=view.words.record.reviews_possible,
            source=_source(clause.source, view),
            url=clause.source.url,
            kind=EventKind.REVIEW,
            confidence="computed",
            rule=True,
        )


def _source(source: Source, view: View) -> str:
    return source.name or source.url or view.reader.words.deadline.no_source


def _phase(now: Standing, view: View) -> str:
    return view.reader.words.status.phases[now.phase].format(
        start=view.reader.day(now.in_force_since),
        since=view.reader.day(now.since or now.in_force_since),
        ends=view.reader.day(now.term_ends),
    )


def _is_wanted(row: Row, kind: str | None, party: str | None) -> bool:
    if kind is not None and row.kind != kind:
        return False
    return party is None or not row.parties or party in row.parties


def _by_year(rows: Sequence[Row]) -> list[tuple[int, list[Row]]]:
    years: dict[int, list[Row]] = {}
    for row in rows:
        years.setdefault(row.date.year, []).append(row)
    return list(years.items())


def _dot_text(row: Row) -> str:
    return f"{row.when}: {row.text}"
