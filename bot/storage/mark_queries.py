"""What people did with alerts and deadlines: the reading side."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.ids import DeadlineId, DestinationId, StoryId, Tenant
from bot.domain.marks import Feedback, KnownDeadline, MarksOfRecord, Mute
from bot.domain.story import Story
from bot.storage import record_marks, tables
from bot.storage.codec import load
from bot.storage.feeds import visible
from bot.storage.mark_rows import to_known, to_mute
from bot.storage.rows import Row

_known, _said, _told = tables.known_deadlines, tables.deadline_marks, tables.stories


class SqlMarkQueries:
    """Implements `bot.ports.MarkQueries`."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def follows(self, destination_id: DestinationId) -> list[Story]:
        """Return the stories a destination follows, the newest first."""
        held = tables.follows
        query = (
            sa.select(_told.c.story)
            .join(held, held.c.story_id == _told.c.id)
            .where(held.c.destination_id == destination_id)
            .order_by(_told.c.updated_at.desc(), _told.c.id.desc())
        )
        async with self._engine.connect() as connection:
            return [load(Story, text) for text in (await connection.execute(query)).scalars()]

    async def mutes(self, destination_id: DestinationId) -> list[Mute]:
        """Return a destination's mutes by topic, those whose time is over included."""
        held = tables.mutes
        query = sa.select(held).where(held.c.destination_id == destination_id)
        async with self._engine.connect() as connection:
            rows = await connection.execute(query.order_by(held.c.topic))
            return [to_mute(row) for row in rows]

    async def deadlines_of(
        self, story_id: StoryId, *, team: Tenant, owner: Tenant | None
    ) -> list[KnownDeadline]:
        """Return all deadlines a story ever stated, by date; none where the owner may not see it."""
        return await self._deadlines(_known.c.story_id == story_id, team, owner)

    async def deadline(
        self, deadline_id: DeadlineId, *, team: Tenant, owner: Tenant | None
    ) -> KnownDeadline | None:
        """Return one deadline; None where there is none that the owner may see."""
        found = await self._deadlines(_known.c.id == deadline_id, team, owner)
        return found[0] if found else None

    async def _deadlines(
        self, which: sa.ColumnElement[bool], team: Tenant, owner: Tenant | None
    ) -> list[KnownDeadline]:
        query = (
            sa.select(_known)
            .join(_told, _told.c.id == _known.c.story_id)
            .where(which, visible(_told.c.owner, owner))
            .order_by(_known.c.date, _known.c.id)
        )
        async with self._engine.connect() as connection:
            rows = (await connection.execute(query)).all()
            said = await said_of(connection, [row.id for row in rows], team)
        return [to_known(row, said.get(row.id, [])) for row in rows]

    async def of_record(self, team: Tenant) -> MarksOfRecord:
        """Return what a team said of the deadlines of the record."""
        async with self._engine.connect() as connection:
            return await record_marks.of_team(connection, team)

    async def feedback(
        self, team: Tenant, *, since: datetime | None = None, limit: int = 5_000
    ) -> Sequence[Feedback]:
        """Return a team's feedback, newest first."""
        held = tables.feedback
        query = sa.select(held.c.feedback).where(held.c.team == team)
        if since is not None:
            query = query.where(held.c.at >= since)
        query = query.order_by(held.c.at.desc(), held.c.id.desc()).limit(limit)
        async with self._engine.connect() as connection:
            return [load(Feedback, text) for text in (await connection.execute(query)).scalars()]


async def said_of(
    connection: AsyncConnection, ids: Sequence[int], team: Tenant | None
) -> dict[int, list[Row]]:
    """Return a team's rows of `deadline_marks`, by the deadlines named."""
    found: dict[int, list[Row]] = {}
    for start in range(0, len(ids), 500):
        part = ids[start : start + 500]
        query = sa.select(_said).where(_said.c.deadline_id.in_(part), _said.c.team == team)
        for row in await connection.execute(query):
            found.setdefault(row.deadline_id, []).append(row)
    return found
