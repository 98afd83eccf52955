"""The deadlines that stories state now, joined with their stories and a team's marks."""

import asyncio
from collections.abc import Mapping, Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.feed import Tier
from bot.domain.ids import DeadlineId, Tenant
from bot.domain.marks import Settling
from bot.domain.message import Link
from bot.domain.reading import DeadlineFact, DeadlineKind
from bot.domain.story import Story
from bot.domain.views import FoundDeadline, TrackedDeadline
from bot.storage import tables
from bot.storage.codec import load
from bot.storage.feeds import visible
from bot.storage.mark_queries import said_of
from bot.storage.mark_rows import marks_of
from bot.storage.rows import Row

_dates, _told, _said = tables.known_deadlines, tables.stories, tables.deadline_marks

_AT_ONCE = 400
"""Deadlines in one read: one of all that a calendar shows took 70 ms."""


async def found_deadlines(
    engine: AsyncEngine,
    *,
    owner: Tenant | None,
    since: date,
    until: date,
    topic: str | None,
    limit: int,
    team: Tenant | None,
    whole: bool,
    kind: DeadlineKind | None = None,
) -> list[FoundDeadline]:
    """Return what `bot.ports.Queries.deadlines` promises."""
    topics = tables.story_topics
    of_story = topics.c.story_id == _told.c.id
    when: sa.ColumnElement[bool] = _dates.c.date.between(since, until)
    if whole:
        when = sa.or_(when, _dates.c.replaces.between(since, until))
    query = (
        sa.select(
            *(_dates.c.id, _dates.c.fact, _dates.c.replaces, _dates.c.first_seen, _told.c.story)
        )
        .join(_told, _told.c.id == _dates.c.story_id)
        .where(when, _dates.c.gone_at.is_(None), visible(_told.c.owner, owner))
        .where(sa.exists().where(of_story))
        .order_by(_dates.c.date, _told.c.source_count.desc(), _dates.c.id)
        .limit(limit)
    )
    if not whole:
        dismissed = sa.and_(
            _said.c.deadline_id == _dates.c.id,
            _said.c.team == team,
            _said.c.said == Settling.DISMISSED,
        )
        query = query.where(~sa.exists().where(dismissed))
    if topic is not None:
        query = query.where(sa.exists().where(of_story, topics.c.topic == topic))
    if kind is not None:
        query = query.where(_dates.c.kind == kind)
    async with engine.connect() as connection:
        rows = (await connection.execute(query)).all()
        said = await said_of(connection, [row.id for row in rows], team)
    return await asyncio.to_thread(_to_all, rows, said)


def _to_all(rows: Sequence[Row], said: Mapping[int, Sequence[Row]]) -> list[FoundDeadline]:
    return [_to_found(row, said.get(row.id, ())) for row in rows]


async def tracked_deadlines(
    engine: AsyncEngine,
    *,
    owner: Tenant | None,
    team: Tenant,
    since: date,
    until: date,
    limit: int,
    changed_since: datetime | None = None,
) -> list[TrackedDeadline]:
    """Return what `bot.ports.Queries.tracked_deadlines` promises."""
    query = (
        sa.select(_dates, _told.c.story)
        .join(_told, _told.c.id == _dates.c.story_id)
        .where(_dates.c.date.between(since, until), visible(_told.c.owner, owner))
        .order_by(_dates.c.id.desc())
    )
    if changed_since is not None:
        query = query.where(_dates.c.changed_at >= changed_since)
    rows: list[Row] = []
    said: dict[int, Sequence[Row]] = {}
    more = query
    while take := min(_AT_ONCE, limit - len(rows)):
        # in pieces: without a WAL whoever writes waits for the end of a read
        async with engine.connect() as connection:
            found = (await connection.execute(more.limit(take))).all()
            said |= await said_of(connection, [row.id for row in found], team)
        rows += found
        if len(found) < take:
            break
        more = query.where(_dates.c.id < rows[-1].id)
    # thousands of stories are opened here: in a thread, and after the database was let go
    return await asyncio.to_thread(_to_tracked, rows, said)


def _to_tracked(rows: Sequence[Row], said: Mapping[int, Sequence[Row]]) -> list[TrackedDeadline]:
    return [
        TrackedDeadline(
            found=_to_found(row, said.get(row.id, ())),
            gone_at=row.gone_at,
            changed_at=row.changed_at or row.gone_at or row.first_seen,
        )
        for row in reversed(rows)
    ]


def _to_found(row: Row, said: Sequence[Row]) -> FoundDeadline:
    story, fact = load(Story, row.story), load(DeadlineFact, row.fact)
    return FoundDeadline(
        fact=fact,
        story_id=story.id,
        headline=Link(text=story.headline, url=story.url),
        source=story.source,
        tier=story.tier,
        topics=story.topics,
        countries=story.countries,
        number=DeadlineId(row.id),
        marks=marks_of(said),
        before=row.replaces,
        known_since=row.first_seen,
        disputed=_disputed(story, fact),
        outranked=_outranked(story, fact),
    )


def _disputed(story: Story, fact: DeadlineFact) -> tuple[tuple[str, str], ...]:
    """Who states another date than this one, as far as the story knows."""
    day = fact.date.isoformat()
    return tuple(
        (said, source)
        for conflict in story.conflicts
        if conflict.what == fact.kind and any(day in said for said, _ in conflict.values)
        for said, source in conflict.values
        if day not in said
    )


def _outranked(story: Story, fact: DeadlineFact) -> bool:
    """Whether an official source of the story states another date: the best one stands first."""
    official = {source.name for source in story.sources if source.tier is Tier.OFFICIAL}
    return any(
        conflict.what == fact.kind
        and conflict.values[0][1] in official
        and fact.date.isoformat() not in conflict.values[0][0]
        and any(fact.date.isoformat() in said for said, _ in conflict.values[1:])
        for conflict in story.conflicts
        if conflict.values
    )
