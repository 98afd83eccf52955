"""The page of tariffs: who levies what on whom on a day, how it came to that, and every row of it."""

import asyncio
import csv
import datetime as dt
import io
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from aiohttp import hdrs, web

from bot.alerts.facts import percent, statute
from bot.alerts.products import goods, product
from bot.commands.replies.tariffs import rows_of
from bot.domain.ledger import LedgerRow
from bot.record.exempt import PARTIES
from bot.record.ledger import ALL, Applied, Course, Ledger, courses, ledger
from bot.services.tariffs import REPORTED_FOR, reported_since
from bot.web.asked import NoSuchValueError, day, one_of
from bot.web.charts import COLOURS, Steps, steps
from bot.web.ledger_rows import LedgerRows
from bot.web.parts import Parts
from bot.web.render import Renderer, View

EARLIEST = dt.date(2015, 1, 1)
LATEST = dt.date(2040, 12, 31)
COUNTRIES = (*PARTIES, "CN", "EU", "JP", "KR", "VN", "IN", "BR", "GB")
MOST_ROWS = 300
PRODUCTS = "\x1f"
"""Stands between products that one line stands for."""
_MOST_COLUMNS = 16
_NAMED = 4
"""Products that a line's name holds."""
_HEAT = (0.0, 10.0, 25.0, 50.0)
"""A cell is coloured by how many of these its rate is above."""
_FORMULA = ("=", "+", "-", "@", "\t", "\r")
_CSV = (
    "state", "on", "id", "trust", "action", "imposer", "targets", "products", "hts", "authority",
    "rate_pct", "previous_rate_pct", "exemptions", "said_on", "effective_date", "ended", "text",
    "source", "url",
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Wanted:
    """What somebody wants to see."""

    on: dt.date
    country: str | None
    topic: str | None
    imposer: str | None
    target: str | None
    """ISO code or `ALL`: the cell of the matrix that was chosen."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Cell:
    """What one levies on another on the day."""

    imposer: str
    target: str
    rate: str
    """The highest; empty where nothing is in force."""
    rows: int
    heat: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Matrix:
    """Imposers down, targets across."""

    targets: tuple[str, ...]
    lines: tuple[tuple[str, tuple[Cell, ...]], ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class ChartView:
    """The chart of the steps, and the same in words."""

    chart: Steps
    names: tuple[str, ...]
    texts: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class LedgerLine:
    """A row of the ledger in words."""

    row: LedgerRow
    text: str
    rate: str
    products: str
    authority: str
    exempt: str
    targets: str
    since: str
    trust: str
    action: str


def routes(parts: Parts, renderer: Renderer) -> list[web.RouteDef]:
    """Return where the page and its table are."""
    page = TariffsPage(parts, renderer)
    return [web.get("/tariffs", page.page), web.get("/tariffs.csv", page.table)]


class TariffsPage:
    """Answers ``/tariffs`` and ``/tariffs.csv``."""

    def __init__(self, parts: Parts, renderer: Renderer) -> None:
        self._parts = parts
        self._renderer = renderer
        self._ledger = LedgerRows(parts)

    async def page(self, request: web.Request) -> web.Response:
        """Show the tariffs of a day."""
        view = self._renderer.view(request)
        wanted = asked(request, view.reader.today, self._parts.catalog.ids)
        rows = await self._rows(view, wanted.on)
        # in a thread: thousands of rows take their time, and deliveries share this one
        shown = await asyncio.to_thread(_shown, rows, wanted, view)
        values = shown | {
            "current": "tariffs",
            "wanted": wanted,
            "topics_known": [(each, view.reader.topic(each)) for each in self._parts.catalog.ids],
            "countries": COUNTRIES,
            "everyone": ALL,
            "earliest": EARLIEST,
            "latest": LATEST,
            "csv": _csv_address(wanted),
        }
        return await self._renderer.page(request, "tariffs.html", values, view=view)

    async def table(self, request: web.Request) -> web.Response:
        """Return the ledger of a day as CSV."""
        view = self._renderer.view(request)
        wanted = asked(request, view.reader.today, self._parts.catalog.ids)
        rows = await self._rows(view, wanted.on)
        table = await asyncio.to_thread(lambda: table_of(_derived(rows, wanted)[0]))
        response = web.Response(text=table, content_type="text/csv", charset="utf-8")
        name = f"tariffs-{wanted.on.isoformat()}.csv"
        response.headers[hdrs.CONTENT_DISPOSITION] = f'attachment; filename="{name}"'
        return response

    async def _rows(self, view: View, on: dt.date) -> Sequence[LedgerRow]:
        return await self._ledger.since(view.visit.actor, reported_since(on))


def _shown(rows: Sequence[LedgerRow], wanted: Wanted, view: View) -> dict[str, object]:
    found, known = _derived(rows, wanted)
    return {
        "matrix": matrix_of(found.in_force),
        "chart": chart_of(known, wanted, view),
        "sections": _sections(found, wanted, view),
    }


def _derived(rows: Sequence[LedgerRow], wanted: Wanted) -> tuple[Ledger, list[Course]]:
    found = ledger(
        rows,
        on=wanted.on,
        country=wanted.country,
        topic=wanted.topic,
        reported_for=REPORTED_FOR,
    )
    return found, courses(rows)


def asked(request: web.Request, today: dt.date, topics: Sequence[str]) -> Wanted:
    """Read what the address asks for. Raises NoSuchValueError."""
    return Wanted(
        on=day(request, "on", earliest=EARLIEST, latest=LATEST) or today,
        country=one_of(request, "country", COUNTRIES),
        topic=one_of(request, "topic", topics),
        imposer=_code(request, "imposer"),
        target=_code(request, "target"),
    )


def matrix_of(applied: Sequence[Applied]) -> Matrix:
    """Return the highest rate in force between each two; the agreement's parties stand first."""
    highest: dict[tuple[str, str], float] = {}
    rows: dict[tuple[str, str], int] = {}
    for each in applied:
        for target in each.row.targets or (ALL,):
            key = (each.row.imposer, target)
            highest[key] = max(highest.get(key, 0.0), each.row.rate or 0.0)
            rows[key] = rows.get(key, 0) + 1
    targets = _ordered(target for _, target in highest)[:_MOST_COLUMNS]
    lines = tuple(
        (
            imposer,
            tuple(
                _cell(
                    imposer, target, highest.get((imposer, target)), rows.get((imposer, target), 0)
                )
                for target in targets
            ),
        )
        for imposer in _ordered(imposer for imposer, _ in highest)
    )
    return Matrix(targets=tuple(targets), lines=lines)


def chart_of(known: Sequence[Course], wanted: Wanted, view: View) -> ChartView | None:
    """Return the steps of the lines that moved most among those chosen; None where there are none."""
    chosen = _joined(course for course in known if _is_wanted(course, wanted))
    chosen.sort(key=lambda c: (-len(c.points), c.imposer not in PARTIES, -c.points[-1][1]))
    shown = chosen[:COLOURS]
    if not shown:
        return None
    names = tuple(_name(course, view) for course in shown)
    first = min(course.points[0][0] for course in shown)
    last = max(course.points[-1][0] for course in shown)
    chart = steps(
        [(name, course.points) for name, course in zip(names, shown, strict=True)],
        since=max(EARLIEST, first - dt.timedelta(days=60)),
        until=max(last, wanted.on, view.reader.today) + dt.timedelta(days=120),
        on=wanted.on,
        said=view.reader.day,
    )
    texts = tuple(_said(name, course, view) for name, course in zip(names, shown, strict=True))
    return ChartView(chart=chart, names=names, texts=texts)


def table_of(found: Ledger) -> str:
    """Return the rows as CSV; what a spreadsheet would take for a formula gets an apostrophe."""
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(_CSV)
    for row in rows_of(found):
        writer.writerow([_plain(row[name]) for name in _CSV])
    return out.getvalue()


def _plain(value: object) -> str:
    if isinstance(value, list):
        value = "; ".join(map(str, value))
    if value is None or isinstance(value, int | float):
        return "" if value is None else f"{value:g}"
    text = str(value)
    return f"'{text}" if text.startswith(_FORMULA) else text


def _sections(found: Ledger, wanted: Wanted, view: View) -> list[tuple[str, int, list[LedgerLine]]]:
    words = view.words.tariffs
    sections: list[tuple[str, Iterable[LedgerRow]]] = [
        (words.in_force, (each.row for each in found.in_force)),
        (words.coming, found.coming),
        (words.reported, found.reported),
    ]
    shown = []
    for title, rows in sections:
        kept = [row for row in rows if _in_cell(row, wanted)]
        shown.append((title, len(kept), [_line(row, view) for row in kept[:MOST_ROWS]]))
    return shown


def _line(row: LedgerRow, view: View) -> LedgerLine:
    words, starts, locale = view.words.tariffs, row.starts, view.reader.words.locale
    return LedgerLine(
        row=row,
        text=row.translated.of(row.text, locale),
        rate="" if row.rate is None else percent(row.rate),
        products=", ".join(goods(row, locale)) or words.goods,
        authority=statute(row.called(row.authority or "", locale), locale),
        exempt=", ".join(row.called(name, locale) for name in row.exemptions),
        targets=", ".join(row.targets) or words.everyone,
        since=view.reader.day(starts or row.said_on),
        trust=view.reader.words.tariff.trust[row.trust],
        action=view.reader.tariff_action(row.action),
    )


def _in_cell(row: LedgerRow, wanted: Wanted) -> bool:
    if wanted.imposer is not None and row.imposer != wanted.imposer:
        return False
    return wanted.target is None or wanted.target in (row.targets or (ALL,))


def _is_wanted(course: Course, wanted: Wanted) -> bool:
    if wanted.imposer is not None and course.imposer != wanted.imposer:
        return False
    if wanted.target is not None and course.target != wanted.target:
        return False
    if wanted.country is not None and wanted.country not in (course.imposer, course.target):
        return False
    return wanted.topic is None or wanted.topic in course.topics


def _joined(known: Iterable[Course]) -> list[Course]:
    """Join products that went the same way under one authority: one line stands for them."""
    together: dict[tuple[object, ...], list[Course]] = {}
    for course in known:
        key = (course.imposer, course.target, course.family, course.points)
        together.setdefault(key, []).append(course)
    return [
        replace(
            group[0],
            product=PRODUCTS.join(course.product for course in group),
            names=tuple(dict.fromkeys(name for course in group for name in course.names)),
        )
        for group in together.values()
    ]


def _name(course: Course, view: View) -> str:
    words, locale, names = view.words.tariffs, view.reader.words.locale, dict(course.names)

    def called(name: str) -> str:
        return names[name].of(name, locale) if name in names else product(name, locale)

    target = words.everyone if course.target == ALL else course.target
    products = course.product.split(PRODUCTS)
    more = [f"+{len(products) - _NAMED}"] if len(products) > _NAMED else []
    what = ", ".join(
        [words.goods if each == ALL else called(each) for each in products[:_NAMED]] + more
    )
    name = f"{course.imposer} → {target}, {what}"
    return f"{name}, {statute(called(course.family), locale)}" if course.family else name


def _said(name: str, course: Course, view: View) -> str:
    told = "; ".join(f"{percent(rate)} ({view.reader.day(since)})" for since, rate in course.points)
    return view.words.tariffs.steps_text.format(name=name, steps=told)


def _cell(imposer: str, target: str, rate: float | None, rows: int) -> Cell:
    heat = 0 if rate is None else sum(rate > least for least in _HEAT)
    shown = "" if rate is None else percent(rate)
    return Cell(imposer=imposer, target=target, rate=shown, rows=rows, heat=heat)


def _ordered(codes: Iterable[str]) -> list[str]:
    """Parties first, then by code, everybody last."""
    order = {code: place for place, code in enumerate(PARTIES)}
    return sorted(set(codes), key=lambda code: (code == ALL, order.get(code, len(order)), code))


def _code(request: web.Request, name: str) -> str | None:
    text = request.query.get(name, "")
    plain = len(text) == 2 and text.isascii() and text.isalpha() and text.isupper()
    if text and not plain and text != ALL:
        raise NoSuchValueError(name, text)
    return text or None


def _csv_address(wanted: Wanted) -> str:
    asked_for = [f"on={wanted.on.isoformat()}"]
    asked_for += [f"country={wanted.country}"] if wanted.country else []
    asked_for += [f"topic={wanted.topic}"] if wanted.topic else []
    return f"/tariffs.csv?{'&'.join(asked_for)}"
