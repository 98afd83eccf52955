"""The page of the day: what happened, what is due, what changed, and whether that is usual."""

import datetime as dt
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import median

from aiohttp import web

from bot.alerts.facts import deadline_line, percent, statute, tariff_line, upcoming
from bot.alerts.products import goods
from bot.commands.wording import count
from bot.domain.ids import StoryId
from bot.domain.ledger import LedgerRow
from bot.domain.message import FactLine
from bot.domain.reading import Stage
from bot.domain.story import Story
from bot.domain.views import FoundDeadline, Volume
from bot.ports.pages import State
from bot.record.ledger import ENDS
from bot.services.deadlines import DeadlinePage
from bot.web.asked import number, one_of
from bot.web.charts import Bars, bars
from bot.web.kept import Kept
from bot.web.ledger_rows import LedgerRows
from bot.web.live import newest
from bot.web.parts import Parts
from bot.web.render import Renderer, View

PAGE = 60
SPANS = (1, 7, 30)
"""Days that stories are shown of."""
BEFORE_DAYS = 28
"""Days whose middle is the usual."""
SHOWN_DAYS = 15
CHANGED_WITHIN = dt.timedelta(days=30)

_FACTS = 8
_DEADLINES = 6
_TARIFFS = 6
_AHEAD_DAYS = 366
_KEPT_S = 30.0
_PAST_KEPT_S = 3_600.0
"""Days gone by do not change: counting a month of entries is the page's dearest question."""


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryRow:
    """A story in a list, with its facts in words."""

    story: Story
    tariffs: tuple[FactLine, ...]
    deadlines: tuple[FactLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class StageGroup:
    """The stories that have come equally far."""

    stage: Stage | None
    rows: tuple[StoryRow, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class FactRow:
    """A fact with the story it stands in."""

    text: str
    quote: str
    story_id: StoryId
    date: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class TariffRow:
    """A tariff that changed or is about to."""

    day: dt.date
    who: str
    rate: str
    action: str
    what: str


@dataclass(frozen=True, slots=True, kw_only=True)
class VolumeView:
    """The chart of the volume, and the same in words."""

    chart: Bars
    text: str


def routes(parts: Parts, renderer: Renderer) -> list[web.RouteDef]:
    """Return where the page is."""
    return [web.get("/", Today(parts, renderer).page)]


class Today:
    """Answers ``/``."""

    def __init__(self, parts: Parts, renderer: Renderer) -> None:
        self._parts = parts
        self._renderer = renderer
        self._past: Kept[dict[dt.date, int]] = Kept(time.monotonic, for_s=_PAST_KEPT_S)
        self._now: Kept[dict[dt.date, int]] = Kept(time.monotonic, for_s=_KEPT_S)
        self._due: Kept[DeadlinePage] = Kept(time.monotonic, for_s=_KEPT_S)
        self._ledger = LedgerRows(parts)
        self._counts: Kept[Volume] = Kept(time.monotonic, for_s=_KEPT_S)

    async def page(self, request: web.Request) -> web.Response:
        """Show the day."""
        view = self._renderer.view(request)
        topic = one_of(request, "topic", self._parts.catalog.ids)
        days = number(request, "days", among=SPANS, otherwise=SPANS[0])
        page = number(request, "page", among=range(1, 1_000), otherwise=1)
        marker = await newest(self._parts.queries)
        state = await self._parts.queries.pages.state()
        found = await self._stories(view, topic, days, page)
        shown = [_row(story, view) for story in found[:PAGE]]
        counted = await self._count(view, topic, days, marker)
        values = {
            "current": "today",
            "marker": marker,
            "topic": topic,
            "days": days,
            "spans": SPANS,
            "page": page,
            "more": len(found) > PAGE,
            "groups": _by_stage(shown),
            "by_topic": _by_topic(row.story for row in shown),
            "lead": _lead(counted.entries, counted.stories, days, view),
            "facts": _facts(shown),
            "deadlines": await self._deadlines(view, topic, state),
            "tariffs": await self._tariffs(view, topic, state),
            "volume": await self._volume(view, marker),
        }
        return await self._renderer.page(request, "today.html", values, view=view)

    async def _stories(
        self, view: View, topic: str | None, days: int, page: int
    ) -> Sequence[Story]:
        return await self._parts.queries.stories(
            owner=view.visit.owner,
            since=view.reader.now - dt.timedelta(days=days),
            topic=topic,
            limit=PAGE + 1,
            offset=(page - 1) * PAGE,
        )

    async def _deadlines(
        self, view: View, topic: str | None, state: State
    ) -> Sequence[FoundDeadline]:
        tenant, today = view.visit.actor.tenant, view.reader.today

        async def read() -> DeadlinePage:
            return await self._parts.deadlines.upcoming(
                tenant, today=today, days=_AHEAD_DAYS, topic=topic, limit=_DEADLINES
            )

        found = await self._due.get((tenant, today, topic, state.deadlines), read)
        return tuple(row.told_in(view.reader.words.locale) for row in found.deadlines)

    async def _tariffs(self, view: View, topic: str | None, state: State) -> Sequence[TariffRow]:
        today = view.reader.today
        since, until = today - CHANGED_WITHIN, today + CHANGED_WITHIN
        rows = await self._ledger.since(view.visit.actor, since, state)
        on_topic = (row for row in rows if topic is None or topic in row.topics)
        changed = [row for row in on_topic if _changes(row) and since <= _starts(row) <= until]
        changed.sort(key=_starts, reverse=True)
        return [_tariff(row, view) for row in changed[:_TARIFFS]]

    async def _count(self, view: View, topic: str | None, days: int, marker: str) -> Volume:
        owner, since = view.visit.owner, view.reader.now - dt.timedelta(days=days)

        async def counted() -> Volume:
            return await self._parts.queries.volume(owner=owner, since=since, topic=topic)

        # a week is counted every half minute, a day whenever a story comes
        key = (owner, topic, days, marker if days == SPANS[0] else "")
        return await self._counts.get(key, counted)

    async def _volume(self, view: View, marker: str) -> VolumeView:
        today, owner = view.reader.today, view.visit.owner
        first = today - dt.timedelta(days=BEFORE_DAYS)
        past = await self._past.get((owner, today), lambda: self._days(view, first))
        now = await self._now.get((owner, today, marker), lambda: self._days(view, today))
        return volume({**past, **now}, today, view)

    async def _days(self, view: View, first: dt.date) -> dict[dt.date, int]:
        """Count the entries on a topic day by day, where the reader lives."""
        zone = view.reader.zone
        since = dt.datetime.combine(first, dt.time(), zone)
        days: Counter[dt.date] = Counter()
        for hour in await self._parts.queries.pages.hours(owner=view.visit.owner, since=since):
            days[hour.begins.astimezone(zone).date()] += hour.entries
        return dict(days)


def volume(days: dict[dt.date, int], today: dt.date, view: View) -> VolumeView:
    """Return the chart of the last days; the usual is the middle of the days before today.

    Days before the first entry of the time looked at do not count: the bot was not there yet.
    """
    words = view.words.today
    before = [today - dt.timedelta(days=back) for back in range(BEFORE_DAYS, 0, -1)]
    begun = [day for day in before if days and day >= min(days)]
    usual = median(days.get(day, 0) for day in begun) if begun else None
    shown = [*before[-(SHOWN_DAYS - 1) :], today]
    text = (
        words.volume_new.format(today=days.get(today, 0))
        if usual is None
        else words.volume_text.format(today=days.get(today, 0), usual=f"{usual:g}", days=len(begun))
    )
    values = [(view.reader.day(day), days.get(day, 0)) for day in shown]
    return VolumeView(chart=bars(values, usual), text=text)


def _row(story: Story, view: View) -> StoryRow:
    lang, today = view.lang, view.reader.today
    return StoryRow(
        story=story,
        tariffs=tuple(tariff_line(fact, lang) for fact in story.tariffs),
        deadlines=tuple(deadline_line(fact, lang) for fact in upcoming(story.deadlines, today)),
    )


def _by_stage(rows: Sequence[StoryRow]) -> list[StageGroup]:
    """What has come furthest stands first; what states no stage last."""
    stages: list[Stage | None] = [*reversed(Stage), None]
    groups = [
        StageGroup(stage=stage, rows=tuple(row for row in rows if row.story.stage is stage))
        for stage in stages
    ]
    return [group for group in groups if group.rows]


def _by_topic(stories: Iterable[Story]) -> list[tuple[str, int]]:
    return Counter(topic for story in stories for topic in story.topics).most_common(12)


def _lead(entries: int, stories: int, days: int, view: View) -> str:
    words = view.reader.words.story
    return view.words.today.leads[days].format(
        entries=count(entries, words.entries), stories=count(stories, words.stories)
    )


def _facts(rows: Sequence[StoryRow]) -> list[FactRow]:
    found = [
        FactRow(text=fact.text, quote=fact.quote, story_id=row.story.id, date=dated)
        for row in rows
        for dated, facts in ((False, row.tariffs[:2]), (True, row.deadlines[:1]))
        for fact in facts
    ]
    return found[:_FACTS]


def _changes(row: LedgerRow) -> bool:
    says = row.rate is not None or row.action in ENDS
    return row.trust.changes and row.starts is not None and says


def _starts(row: LedgerRow) -> dt.date:
    return row.starts or row.said_on


def _tariff(row: LedgerRow, view: View) -> TariffRow:
    words, locale = view.words.tariffs, view.reader.words.locale
    family = statute(row.called(row.family, locale), locale)
    products = ", ".join(goods(row, locale)) or words.goods
    return TariffRow(
        day=_starts(row),
        who=f"{row.imposer} → {', '.join(row.targets) or words.everyone}",
        rate="" if row.rate is None else percent(row.rate),
        action=view.reader.tariff_action(row.action),
        what=f"{products} · {family}" if family else products,
    )
