"""The dates that bind somebody, from stories and from the record, soonest first."""

import asyncio
import datetime as dt
from dataclasses import dataclass

from bot.domain.feed import Tier
from bot.domain.ids import Tenant
from bot.domain.message import Link
from bot.domain.reading import DeadlineFact, DeadlineKind
from bot.domain.views import FoundDeadline
from bot.ports import Store
from bot.record import timeline as record
from bot.record.deadlines import lifecycle
from bot.record.timeline import Timeline
from bot.record.treaty import standing

PAGE = 8
"""Deadlines on one page: each brings its sentence."""

_AT_ONCE = 200
"""Deadlines of stories read at first: several may tell of one event."""

TREATY_TOPIC = "usmca"
"""The topic under which the treaty's own review stands."""


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlinePage:
    """Some deadlines, soonest first, and whether later ones are left."""

    deadlines: tuple[FoundDeadline, ...]
    page: int
    more: bool


class DeadlineService:
    """Joins the deadlines of stories with those of `timeline.yaml`."""

    def __init__(self, store: Store, timeline: Timeline) -> None:
        self._queries = store.queries
        self._timeline = timeline

    async def upcoming(
        self,
        tenant: Tenant,
        *,
        today: dt.date,
        days: int,
        topic: str | None = None,
        country: str | None = None,
        kind: DeadlineKind | None = None,
        limit: int = PAGE,
        page: int = 1,
        team: Tenant | None = None,
    ) -> DeadlinePage:
        """Return the deadlines from `today` to `days` later, both included; pages count from 1.

        Each event stands once, whoever tells it; what an extension replaced is struck. What the
        team (by itself the tenant) dismissed is left out. `country` is an ISO code.
        """
        until = today + dt.timedelta(days=days)
        start, at_once = (page - 1) * limit, _AT_ONCE
        marks = await self._queries.people.of_record(team or tenant)
        known = [
            row
            for row in record.with_marks(self._known(today, until), marks)
            if (topic is None or topic in row.topics) and kind in (None, row.fact.kind)
        ]
        while True:
            read = await self._queries.deadlines(
                owner=tenant,
                since=today,
                until=until,
                topic=topic,
                limit=at_once,
                team=team,
                whole=True,
                kind=kind,
            )
            rows = [row for row in (*known, *read) if country is None or country in row.countries]
            # in a thread: hundreds of rows take their time, and deliveries share this one
            found = await asyncio.to_thread(lifecycle, rows, since=today, until=until)
            if len(found) > start + limit or len(read) < at_once:
                break
            at_once *= 4  # several stories told the same: look further
        shown = found[start : start + limit]
        return DeadlinePage(deadlines=tuple(shown), page=page, more=len(found) > start + limit)

    def of_record(self, today: dt.date, until: dt.date) -> list[FoundDeadline]:
        """Return what the record says is due from `today` until a day, both included."""
        return self._known(today, until)

    def _known(self, today: dt.date, until: dt.date) -> list[FoundDeadline]:
        rows = record.deadlines(self._timeline.events, since=today, until=until)
        review = self._review(today)
        if review is not None and review.fact.date <= until and not _has(rows, review):
            rows.append(review)
        return rows

    def _review(self, today: dt.date) -> FoundDeadline | None:
        """The next joint review, which follows from the treaty's rule where no row names it."""
        now = standing(self._timeline, today)
        if now.next_review is None:
            return None
        named = [review.fact for review in self._timeline.treaty.reviews]
        fact = next((row for row in named if row.date == now.next_review), None)
        rule = fact or self._timeline.treaty.clause
        review = DeadlineFact(
            kind=DeadlineKind.REVIEW,
            date=now.next_review,
            text=rule.text,
            confidence=rule.confidence.weight,
            computed=fact is None,
        )
        return FoundDeadline(
            fact=review,
            code=record.code_of(review),
            story_id=None,
            headline=Link(text=rule.text, url=rule.source.url),
            source=str(rule.source),
            tier=Tier.GENERAL,
            topics=(TREATY_TOPIC,),
        )


def _has(rows: list[FoundDeadline], wanted: FoundDeadline) -> bool:
    same = (wanted.fact.kind, wanted.fact.date)
    return any((row.fact.kind, row.fact.date) == same for row in rows)
