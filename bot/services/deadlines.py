"""The dates that bind somebody, from stories and from the record, soonest first."""

import datetime as dt
from dataclasses import dataclass

from bot.domain.feed import Tier
from bot.domain.ids import Tenant
from bot.domain.message import Link
from bot.domain.reading import DeadlineFact, DeadlineKind
from bot.domain.views import FoundDeadline
from bot.ports import Store
from bot.record import timeline as record
from bot.record.timeline import Timeline
from bot.record.treaty import standing

PAGE = 8
"""Deadlines on one page: each brings its sentence."""

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
        limit: int = PAGE,
        page: int = 1,
    ) -> DeadlinePage:
        """Return the deadlines from `today` to `days` later, both included; pages count from 1."""
        until = today + dt.timedelta(days=days)
        start = (page - 1) * limit
        read = await self._queries.deadlines(
            owner=tenant, since=today, until=until, topic=topic, limit=start + limit + 1
        )
        known = [row for row in self._known(today, until) if topic is None or topic in row.topics]
        joined = sorted(_joined(read, known), key=_order)
        shown = joined[start : start + limit]
        return DeadlinePage(deadlines=tuple(shown), page=page, more=len(joined) > start + limit)

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
        return FoundDeadline(
            fact=DeadlineFact(
                kind=DeadlineKind.REVIEW,
                date=now.next_review,
                text=rule.text,
                confidence=rule.confidence.weight,
                computed=fact is None,
            ),
            story_id=None,
            headline=Link(text=rule.text, url=rule.source.url),
            source=str(rule.source),
            tier=Tier.GENERAL,
            topics=(TREATY_TOPIC,),
        )


def _joined(read: list[FoundDeadline], known: list[FoundDeadline]) -> list[FoundDeadline]:
    """All of them, the treaty's review once: the record's row stands for what stories repeat."""
    return known + [
        row for row in read if row.fact.kind is not DeadlineKind.REVIEW or not _has(known, row)
    ]


def _has(rows: list[FoundDeadline], wanted: FoundDeadline) -> bool:
    same = (wanted.fact.kind, wanted.fact.date)
    return any((row.fact.kind, row.fact.date) == same for row in rows)


def _order(row: FoundDeadline) -> tuple[dt.date, int, int]:
    return (row.fact.date, row.tier.rank, row.story_id or 0)
