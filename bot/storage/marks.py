"""What people do with alerts and deadlines, stored: the writing side."""

from collections.abc import Collection
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import DeadlineId, DestinationId, RecordId, StoryId, Tenant
from bot.domain.marks import Feedback, Follow, Mark, MarksByDate, Mute, Settling, Signed
from bot.domain.reading import DeadlineKind
from bot.storage import record_marks, tables
from bot.storage.codec import dump
from bot.storage.mark_rows import REPLACED, marks_of
from bot.storage.rows import Row
from bot.storage.upsert import insert_new

_follows, _mutes, _feedback = tables.follows, tables.mutes, tables.feedback
_said = tables.deadline_marks


class SqlMarks:
    """Implements `bot.ports.Marks`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def follow(self, follow: Follow) -> bool:
        """Store a follow; False where it was there already."""
        values = {
            "destination_id": follow.destination_id,
            "story_id": follow.story_id,
            "tenant": follow.tenant,
            "who": follow.by,
            "at": follow.at,
        }
        return bool(await insert_new(self._connection, _follows, [values]))

    async def unfollow(self, destination_id: DestinationId, story_id: StoryId) -> bool:
        """End a follow; False where there was none."""
        mine = sa.and_(_follows.c.destination_id == destination_id, _follows.c.story_id == story_id)
        return bool((await self._connection.execute(sa.delete(_follows).where(mine))).rowcount)

    async def end_follows(self, quiet_since: datetime) -> int:
        """End the follows of stories that nothing joined since a moment; returns how many."""
        told = tables.stories
        quiet = sa.select(told.c.id).where(
            told.c.id == _follows.c.story_id, told.c.updated_at < quiet_since
        )
        # a person may follow a story that is quiet already: it has as long from then on
        delete = sa.delete(_follows).where(_follows.c.at < quiet_since, quiet.exists())
        return (await self._connection.execute(delete)).rowcount

    async def mute(self, mute: Mute) -> None:
        """Store a mute, in place of an earlier one of the same topic."""
        await self.unmute(mute.destination_id, [mute.topic])
        values = {
            "destination_id": mute.destination_id,
            "topic": mute.topic,
            "until": mute.until,
            "who": mute.by,
            "at": mute.at,
        }
        await insert_new(self._connection, _mutes, [values])

    async def unmute(self, destination_id: DestinationId, topics: Collection[str]) -> list[str]:
        """End mutes; returns the topics that were muted."""
        delete = sa.delete(_mutes).where(
            _mutes.c.destination_id == destination_id, _mutes.c.topic.in_(list(topics))
        )
        ended = await self._connection.execute(delete.returning(_mutes.c.topic))
        return sorted(ended.scalars())

    async def end_mutes(self, now: datetime) -> int:
        """Delete the mutes whose time is over; returns how many."""
        delete = sa.delete(_mutes).where(_mutes.c.until <= now)
        return (await self._connection.execute(delete)).rowcount

    async def judge(self, feedback: Feedback) -> Mark | None:
        """Store a person's mark on a story, and return the one it replaces."""
        mine = sa.and_(
            _feedback.c.story_id == feedback.story_id,
            _feedback.c.team == feedback.team,
            _feedback.c.who == feedback.by,
        )
        former = await self._connection.scalar(sa.select(_feedback.c.mark).where(mine))
        await self._connection.execute(sa.delete(_feedback).where(mine))
        values = {
            "story_id": feedback.story_id,
            "team": feedback.team,
            "who": feedback.by,
            "mark": feedback.mark,
            "feedback": dump(Feedback, feedback),
            "at": feedback.at,
        }
        await insert_new(self._connection, _feedback, [values])
        return None if former is None else Mark(former)

    async def settle_deadline(
        self, deadline_id: DeadlineId, team: Tenant, said: Settling, signed: Signed
    ) -> None:
        """Store what a person says; dismissing and all else replace each other."""
        mine = _of(deadline_id, team)
        await self._connection.execute(
            sa.delete(_said).where(mine, _said.c.said.in_(REPLACED[said]))
        )
        values = {
            "deadline_id": deadline_id,
            "team": team,
            "said": said,
            "who": signed.by,
            "called": signed.called,
            "at": signed.at,
        }
        await insert_new(self._connection, _said, [values])
        await self._touch(deadline_id, signed.at)

    async def reopen_deadline(self, deadline_id: DeadlineId, team: Tenant, at: datetime) -> bool:
        """Forget all a team said of a deadline; False where that was nothing."""
        delete = sa.delete(_said).where(_of(deadline_id, team))
        await self._touch(deadline_id, at)
        return bool((await self._connection.execute(delete)).rowcount)

    async def _touch(self, deadline_id: DeadlineId, at: datetime) -> None:
        """Remember when a deadline was last changed: calendars tell their readers by it."""
        known = tables.known_deadlines
        update = sa.update(known).where(known.c.id == deadline_id)
        await self._connection.execute(update.values(changed_at=at))

    async def settle_of_record(
        self, code: RecordId, team: Tenant, said: Settling, signed: Signed
    ) -> None:
        """Store what a person says of a deadline of the record."""
        await record_marks.settle(self._connection, code, team, said, signed)

    async def reopen_of_record(self, code: RecordId, team: Tenant, at: datetime) -> bool:
        """Forget all a team said of one; False where that was nothing."""
        return await record_marks.reopen(self._connection, code, team, at)

    async def deadline_marks(self, story_id: StoryId, team: Tenant) -> MarksByDate:
        """Return what a team said of a story's deadlines."""
        known = tables.known_deadlines
        query = (
            sa.select(known.c.kind, known.c.date, _said)
            .join(_said, _said.c.deadline_id == known.c.id)
            .where(known.c.story_id == story_id, _said.c.team == team)
        )
        rows: dict[tuple[DeadlineKind, object], list[Row]] = {}
        for row in await self._connection.execute(query):
            rows.setdefault((DeadlineKind(row.kind), row.date), []).append(row)
        return {(kind, rows_[0].date): marks_of(rows_) for (kind, _), rows_ in rows.items()}


def _of(deadline_id: DeadlineId, team: Tenant) -> sa.ColumnElement[bool]:
    return sa.and_(_said.c.deadline_id == deadline_id, _said.c.team == team)
