"""The page of deadlines: what binds somebody, as a list or as a month, narrowed as asked."""

import calendar
import datetime as dt
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from aiohttp import web

from bot.domain.reading import DeadlineKind
from bot.domain.views import FoundDeadline
from bot.errors import InvalidInputError
from bot.record.exempt import PARTIES
from bot.record.timeline import NO_SOURCE
from bot.services.addresses import parse
from bot.services.deadlines import DeadlinePage
from bot.web.asked import NoSuchValueError, number, one_of
from bot.web.kept import Kept
from bot.web.parts import Parts
from bot.web.render import Renderer, View
from bot.web.subscribing import PLACE, may_see

WITHIN = (30, 90, 180, 366, 1_096, 3_660)
"""Days ahead that can be chosen; the last reaches the end of the agreement's term."""
PAGE = 60
"""Deadlines on one page of the list."""
MOST_OF_MONTH = 200
_KEPT_S = 20.0
_OTHERS = ("CN", "EU", "JP", "KR", "VN", "IN", "BR", "GB")
COUNTRIES = (*PARTIES, *_OTHERS)
_MONTHS_AHEAD = 130


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody wants to see."""

    topic: str | None
    country: str | None
    kind: DeadlineKind | None
    days: int
    page: int
    month: dt.date | None
    """The first of the month shown as a month; None for the list."""

    @property
    def narrowed(self) -> bool:
        """Whether anything but the time is narrowed."""
        return bool(self.topic or self.country or self.kind)


@dataclass(frozen=True, slots=True, kw_only=True)
class Day:
    """A cell of the month."""

    date: dt.date
    inside: bool
    today: bool
    rows: tuple[FoundDeadline, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Month:
    """A month as weeks of days, Monday first."""

    title: str
    weeks: tuple[tuple[Day, ...], ...]
    previous: str | None
    next: str | None
    """``2026-12``; None where nobody looks."""


def routes(parts: Parts, renderer: Renderer) -> list[web.RouteDef]:
    """Return where the page is."""
    return [web.get("/deadlines", DeadlinesPage(parts, renderer).page)]


class DeadlinesPage:
    """Answers ``/deadlines``."""

    def __init__(self, parts: Parts, renderer: Renderer) -> None:
        self._parts = parts
        self._renderer = renderer
        self._kept: Kept[DeadlinePage] = Kept(time.monotonic, for_s=_KEPT_S)

    async def page(self, request: web.Request) -> web.Response:
        """Show the deadlines as a list, or as a month."""
        view = self._renderer.view(request)
        wanted = asked(request, view, self._parts.catalog.ids)
        rows, more = await self._found(wanted, view)
        month = None if wanted.month is None else month_of(wanted.month, rows, view)
        values = {
            "current": "deadlines",
            "wanted": wanted,
            "more": more,
            "no_source": NO_SOURCE,
            "month": month,
            "months": by_month(rows, view),
            "topics_known": [(each, view.reader.topic(each)) for each in self._parts.catalog.ids],
            "countries": COUNTRIES,
            "kinds": [(kind, view.reader.deadline_kind(kind)) for kind in DeadlineKind],
            "within": WITHIN,
            "this_month": f"{view.reader.today:%Y-%m}",
            "calendar": view.subscribe(f"/calendar/{wanted.topic or 'all'}.ics"),
            **_of_place(request, view),
        }
        return await self._renderer.page(request, "deadlines.html", values, view=view)

    async def _found(self, wanted: Wanted, view: View) -> tuple[list[FoundDeadline], bool]:
        """Return what is due, soonest first, and whether there is more than is shown."""
        since, days = view.reader.today, wanted.days
        if wanted.month is not None:
            since = _monday(wanted.month)
            days = 41
        tenant, month = view.visit.actor.tenant, wanted.month is not None

        async def read() -> DeadlinePage:
            return await self._parts.deadlines.upcoming(
                tenant,
                today=since,
                days=days,
                topic=wanted.topic,
                country=wanted.country,
                kind=wanted.kind,
                limit=MOST_OF_MONTH if month else PAGE,
                page=1 if month else wanted.page,
            )

        state = await self._parts.queries.pages.state()
        asked_for = (wanted.topic, wanted.country, wanted.kind, wanted.page)
        key = (tenant, since, days, month, asked_for, state.deadlines)
        found = await self._kept.get(key, read)
        locale = view.reader.words.locale
        return [row.told_in(locale) for row in found.deadlines], found.more


def asked(request: web.Request, view: View, topics: Sequence[str]) -> Wanted:
    """Read what the address asks for. Raises NoSuchValueError."""
    kind = one_of(request, "kind", [str(each) for each in DeadlineKind])
    return Wanted(
        topic=one_of(request, "topic", topics),
        country=one_of(request, "country", COUNTRIES),
        kind=None if kind is None else DeadlineKind(kind),
        days=number(request, "days", among=WITHIN, otherwise=180),
        page=number(request, "page", among=range(1, 200), otherwise=1),
        month=_month(request, view.reader.today),
    )


def _of_place(request: web.Request, view: View) -> dict[str, object]:
    """The calendar of a place that who is signed in named; what is wrong with the name, if any."""
    said = request.query.get("place", "").strip()[:200]
    values: dict[str, object] = {"place": said, "place_calendar": "", "place_problem": ""}
    if not said or not view.visit.signed_in:
        return values
    try:
        address = parse(said)
    except InvalidInputError as error:
        return values | {"place_problem": str(error)}
    if view.visit.person is not None and not address.workspace:
        address = replace(address, workspace=view.visit.person.workspace)
    if not may_see(view.visit, address):
        return values | {"place_problem": view.words.deadlines.place_other}
    path = PLACE.format(place=str(address))
    return values | {"place_calendar": view.subscribe(path, private=True)}


def month_of(first: dt.date, rows: Sequence[FoundDeadline], view: View) -> Month:
    """Return a month's weeks with what is due on each day."""
    due: Mapping[dt.date, list[FoundDeadline]] = _by_day(rows)
    today = view.reader.today
    weeks = tuple(
        tuple(
            Day(
                date=day,
                inside=day.month == first.month,
                today=day == today,
                rows=tuple(due.get(day, ())),
            )
            for day in week
        )
        for week in calendar.Calendar().monthdatescalendar(first.year, first.month)
    )
    earlier, later = first - dt.timedelta(days=1), first + dt.timedelta(days=31)
    return Month(
        title=month_name(first, view),
        weeks=weeks,
        previous=_reachable(earlier, today),
        next=_reachable(later, today),
    )


def by_month(rows: Sequence[FoundDeadline], view: View) -> list[tuple[str, list[FoundDeadline]]]:
    """Return the deadlines under the names of their months, in order."""
    months: dict[str, list[FoundDeadline]] = {}
    for row in rows:
        months.setdefault(month_name(row.fact.date, view), []).append(row)
    return list(months.items())


def month_name(day: dt.date, view: View) -> str:
    """Return ``December 2026``."""
    return f"{view.words.deadlines.months[day.month - 1]} {day.year}"


def _by_day(rows: Sequence[FoundDeadline]) -> dict[dt.date, list[FoundDeadline]]:
    due: dict[dt.date, list[FoundDeadline]] = {}
    for row in rows:
        due.setdefault(row.fact.date, []).append(row)
    return due


def _month(request: web.Request, today: dt.date) -> dt.date | None:
    text = request.query.get("month", "")
    if not text:
        return None
    try:
        first = dt.date.fromisoformat(f"{text}-01")
    except ValueError:
        raise NoSuchValueError("month", text) from None
    if _distance(first, today) > _MONTHS_AHEAD:
        raise NoSuchValueError("month", text)
    return first


def _monday(first: dt.date) -> dt.date:
    """The Monday that a month's first week begins with."""
    return first - dt.timedelta(days=first.weekday())


def _reachable(day: dt.date, today: dt.date) -> str | None:
    return f"{day:%Y-%m}" if _distance(day, today) <= _MONTHS_AHEAD else None


def _distance(day: dt.date, today: dt.date) -> int:
    """Months between two days."""
    return abs((day.year - today.year) * 12 + day.month - today.month)
