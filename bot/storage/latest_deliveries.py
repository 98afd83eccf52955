"""The latest deliveries to all places, for operators."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.alert import DeliveryState
from bot.ports.pages import Told
from bot.storage import tables
from bot.storage.delivery_rows import to_claimed

_t, _places = tables.deliveries, tables.destinations


async def latest_deliveries(
    connection: AsyncConnection, *, state: DeliveryState | None, limit: int, offset: int
) -> Sequence[Told]:
    """Return what `bot.ports.pages.PageQueries.deliveries` promises."""
    place = (column.label(f"place_{column.name}") for column in _places.c)
    query = sa.select(_t, *place).join(_places, _places.c.id == _t.c.destination_id)
    if state is None:
        query = query.order_by(_t.c.id.desc())
    else:  # in the order of the index over state and time
        query = query.where(_t.c.state == state).order_by(_t.c.due_at.desc(), _t.c.id.desc())
    rows = await connection.execute(query.limit(limit).offset(offset))
    claimed = [to_claimed(row, None) for row in rows]
    return [Told(destination=each.destination, delivery=each.delivery) for each in claimed]
