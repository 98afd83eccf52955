"""Story changes that wait for their fan-out."""

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.alert import Alert
from bot.domain.ids import AlertId, DestinationId, EntryId, StoryId
from bot.domain.story import Change, Telling
from bot.ports import AlertDraft
from bot.storage import tables
from bot.storage.codec import dump, load
from bot.storage.rows import Row

_t = tables.alerts


class SqlAlerts:
    """Implements `bot.ports.Alerts`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, drafts: Sequence[AlertDraft], now: datetime) -> None:
        """Store that these revisions must be told."""
        rows = [
            {
                "story_id": draft.story_id,
                "entry_id": draft.entry_id,
                "revision": draft.revision,
                "telling": draft.verdict.telling,
                "changes": dump(tuple[Change, ...], draft.verdict.changes),
                "broadcast": draft.verdict.broadcast,
                "opens": draft.opens,
                "created_at": now,
                "done": False,
            }
            for draft in drafts
        ]
        if rows:
            await self._connection.execute(sa.insert(_t), rows)

    async def waiting(self, limit: int, *, without: Collection[AlertId] = ()) -> list[Alert]:
        """Return alerts whose fan-out is not finished, oldest first, `without` some.

        On PostgreSQL they stay locked until the transaction ends, so that two workers never fan
        out the same batch.
        """
        query = (
            sa.select(_t)
            .where(_t.c.done.is_(False), _t.c.id.not_in(without))
            .order_by(_t.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        return [to_alert(row) for row in await self._connection.execute(query)]

    async def advance(self, alert_id: AlertId, cursor: DestinationId | None, *, done: bool) -> None:
        """Move the cursor in the transaction that wrote the deliveries."""
        update = sa.update(_t).where(_t.c.id == alert_id).values(cursor=cursor, done=done)
        await self._connection.execute(update)

    async def get(self, alert_id: AlertId) -> Alert | None:
        """Return one alert."""
        row = (await self._connection.execute(sa.select(_t).where(_t.c.id == alert_id))).first()
        return None if row is None else to_alert(row)


def to_alert(row: Row) -> Alert:
    """Return the alert a row of `alerts` holds."""
    return Alert(
        id=AlertId(row.id),
        story_id=StoryId(row.story_id),
        entry_id=EntryId(row.entry_id),
        revision=row.revision,
        telling=Telling(row.telling),
        changes=load(tuple[Change, ...], row.changes),
        broadcast=row.broadcast,
        opens=row.opens,
        created_at=row.created_at,
        cursor=None if row.cursor is None else DestinationId(row.cursor),
    )
