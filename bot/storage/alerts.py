"""Story changes that wait for their fan-out."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.alert import Alert
from bot.domain.ids import AlertId, DestinationId, EntryId, StoryId
from bot.domain.story import Change, Story, Telling, Verdict
from bot.storage import tables
from bot.storage.codec import dump, load
from bot.storage.rows import Row

_t = tables.alerts


class SqlAlerts:
    """Implements `bot.ports.Alerts`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(
        self, story: Story, entry_id: EntryId, verdict: Verdict, now: datetime
    ) -> AlertId:
        """Store that this revision must be told."""
        values = {
            "story_id": story.id,
            "entry_id": entry_id,
            "revision": story.revision,
            "telling": verdict.telling,
            "changes": dump(tuple[Change, ...], verdict.changes),
            "broadcast": verdict.broadcast,
            "created_at": now,
            "done": False,
        }
        result = await self._connection.execute(sa.insert(_t).values(values).returning(_t.c.id))
        return AlertId(result.scalar_one())

    async def waiting(self, limit: int) -> list[Alert]:
        """Return alerts whose fan-out is not finished, oldest first.

        On PostgreSQL they stay locked until the transaction ends, so that two workers never fan
        out the same batch.
        """
        query = (
            sa.select(_t)
            .where(_t.c.done.is_(False))
            .order_by(_t.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        return [_to_alert(row) for row in await self._connection.execute(query)]

    async def advance(self, alert_id: AlertId, cursor: DestinationId | None, *, done: bool) -> None:
        """Move the cursor in the transaction that wrote the deliveries."""
        update = sa.update(_t).where(_t.c.id == alert_id).values(cursor=cursor, done=done)
        await self._connection.execute(update)

    async def get(self, alert_id: AlertId) -> Alert | None:
        """Return one alert."""
        row = (await self._connection.execute(sa.select(_t).where(_t.c.id == alert_id))).first()
        return None if row is None else _to_alert(row)


def _to_alert(row: Row) -> Alert:
    return Alert(
        id=AlertId(row.id),
        story_id=StoryId(row.story_id),
        entry_id=EntryId(row.entry_id),
        revision=row.revision,
        telling=Telling(row.telling),
        changes=load(tuple[Change, ...], row.changes),
        broadcast=row.broadcast,
        created_at=row.created_at,
        cursor=None if row.cursor is None else DestinationId(row.cursor),
    )
