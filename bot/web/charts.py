"""Where the marks of a chart stand: pure arithmetic, drawn as SVG by ``charts.html``."""

import datetime as dt
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Tick:
    """A mark on an axis, with what stands at it."""

    at: float
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Bar:
    """One bar; all figures in the units of the chart's view box."""

    x: float
    y: float
    width: float
    height: float
    text: str
    """What a pointer that rests on it reads."""
    now: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Bars:
    """A bar chart with a line for what is usual."""

    width: float
    height: float
    base: float
    """Where the bars stand."""
    bars: tuple[Bar, ...]
    usual: float | None
    """Where the line of the usual is; None where nothing is known yet."""
    ticks: tuple[Tick, ...]


def bars(values: Sequence[tuple[str, int]], usual: float | None) -> Bars:
    """Return a chart of (text, number) from left to right; the last one is now."""
    width, height, foot, head = 320.0, 120.0, 18.0, 12.0
    base = height - foot
    top = max([1.0, usual or 0.0, *(float(number) for _, number in values)])
    step = width / max(1, len(values))

    def level(number: float) -> float:
        return round(base - (base - head) * number / top, 1)

    made = tuple(
        Bar(
            x=round(place * step + step * 0.12, 1),
            y=level(number),
            width=round(step * 0.76, 1),
            height=round(base - level(number), 1),
            text=f"{text}: {number}",
            now=place == len(values) - 1,
        )
        for place, (text, number) in enumerate(values)
    )
    ends = {0, len(values) - 1} if values else set()
    ticks = tuple(
        Tick(at=round((place + 0.5) * step, 1), text=values[place][0]) for place in sorted(ends)
    )
    return Bars(
        width=width,
        height=height,
        base=base,
        bars=made,
        usual=None if usual is None else level(usual),
        ticks=ticks,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One step line: its path, and a dot at each step."""

    name: str
    path: str
    dots: tuple[tuple[float, float, str], ...]
    """(x, y, what a pointer reads)."""
    series: int
    """Which of six colours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Steps:
    """A step chart of rates over days."""

    width: float
    height: float
    left: float
    base: float
    lines: tuple[Line, ...]
    days: tuple[Tick, ...]
    rates: tuple[Tick, ...]
    now: float | None
    """Where the chosen day is; None where it is outside."""


COLOURS = 6


def steps(
    series: Iterable[tuple[str, Sequence[tuple[dt.date, float]]]],
    *,
    since: dt.date,
    until: dt.date,
    on: dt.date,
    said: Callable[[dt.date], str] = dt.date.isoformat,
) -> Steps:
    """Return a chart of rates in per cent: each series holds (day it begins, rate), oldest first.

    `said` writes a day for people.
    """
    known = list(series)
    width, height, left, foot, head, right = 1_000.0, 270.0, 46.0, 24.0, 14.0, 12.0
    base = height - foot
    span = max(1, (until - since).days)
    top = _round_up(max([1.0, *(rate for _, points in known for _, rate in points)]))

    def across(day: dt.date) -> float:
        share = (min(max(day, since), until) - since).days / span
        return round(left + (width - left - right) * share, 1)

    def level(rate: float) -> float:
        return round(base - (base - head) * rate / top, 1)

    lines = tuple(
        _line(name, points, place, across=across, level=level, until=until, said=said)
        for place, (name, points) in enumerate(known)
    )
    years = range(since.year + 1, until.year + 1)
    every = max(1, math.ceil(len(years) / 8))
    return Steps(
        width=width,
        height=height,
        left=left,
        base=base,
        lines=lines,
        days=tuple(Tick(at=across(dt.date(y, 1, 1)), text=str(y)) for y in years[::every]),
        rates=tuple(
            Tick(at=level(top * part / 4), text=f"{top * part / 4:g} %") for part in range(5)
        ),
        now=across(on) if since <= on <= until else None,
    )


def _line(
    name: str,
    points: Sequence[tuple[dt.date, float]],
    place: int,
    *,
    across: Callable[[dt.date], float],
    level: Callable[[float], float],
    until: dt.date,
    said: Callable[[dt.date], str],
) -> Line:
    """A rate holds from its day until the next one's; the last until the chart ends."""
    parts: list[str] = []
    for day, rate in points:
        x, y = across(day), level(rate)
        parts.append(f"M{x} {level(0)}V{y}" if not parts else f"H{x}V{y}")
    if parts:
        parts.append(f"H{across(until)}")
    dots = tuple(
        (across(day), level(rate), f"{name}: {rate:g} % ({said(day)})") for day, rate in points
    )
    return Line(name=name, path="".join(parts), dots=dots, series=place % COLOURS)


def _round_up(rate: float) -> float:
    """The next figure that four lines divide well."""
    for top in (4, 10, 20, 40, 60, 80, 100, 120, 160, 200, 300, 400, 600, 800, 1000):
        if rate <= top:
            return float(top)
    return float(math.ceil(rate / 400) * 400)
