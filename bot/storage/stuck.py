"""Deliveries that an operator may want to look at: given up, or unclear."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.alert import DeliveryKind, DeliveryState
from bot.domain.ids import DeliveryId, DestinationId
from bot.ports.keeping import Stuck
from bot.storage import tables
from bot.storage.delivery_rows import to_claimed

_t = tables.deliveries
_places = tables.destinations


class SqlStuckDeliveries:
    """Implements `bot.ports.keeping.StuckDeliveries`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def listed(
        self, *, place: DestinationId | None = None, ids: Sequence[DeliveryId] | None = None
    ) -> list[Stuck]:
        """Return them, oldest first, those that were dropped left out; None is all."""
        query = _query()
        if place is not None:
            query = query.where(_t.c.destination_id == place)
        if ids is not None:
            query = query.where(_t.c.id.in_(ids))
        return await self._read(query.order_by(_t.c.id))

    async def latest(self, limit: int) -> list[Stuck]:
        """Return the latest of all places, the latest first, those that were dropped left out."""
        # by the index over state and time: by id alone a long table would be read from its end
        query = _query().order_by(_t.c.due_at.desc(), _t.c.id.desc())
        return await self._read(query.limit(limit))

    async def _read(self, query: sa.Select[tuple[object, ...]]) -> list[Stuck]:
        found = []
        for row in await self._connection.execute(query):
            claimed = to_claimed(row, None)
            told = None if row.told_by is None else DeliveryId(row.told_by)
            found.append(
                Stuck(delivery=claimed.delivery, destination=claimed.destination, told_by=told)
            )
        return found

    async def replay(self, delivery_id: DeliveryId, now: datetime) -> None:
        """Let one that was given up wait for its turn again, under the key it always had.

        It counts as written now: what waits too long since it was written is given up.
        """
        again = {
            "state": DeliveryState.PENDING,
            "attempts": 0,
            "first_attempt_at": None,
            "created_at": now,
            "due_at": now,
            "error": None,
            "lease_owner": None,
            "lease_until": None,
        }
        await self._update(delivery_id, DeliveryState.DEAD, again)

    async def ask_again(self, delivery_id: DeliveryId, now: datetime) -> None:
        """Have an unclear one settled now."""
        await self._update(delivery_id, DeliveryState.UNKNOWN, {"due_at": now})

    async def drop(self, delivery_id: DeliveryId, now: datetime) -> None:
        """Neither send nor list one any more."""
        dropped = {
            "state": DeliveryState.DEAD,
            "dropped_at": now,
            "lease_owner": None,
            "lease_until": None,
        }
        await self._update(delivery_id, None, dropped)

    async def _update(
        self, delivery_id: DeliveryId, state: DeliveryState | None, values: dict[str, object]
    ) -> None:
        stuck = (DeliveryState.DEAD, DeliveryState.UNKNOWN)
        which = sa.and_(
            _t.c.id == delivery_id, _t.c.state.in_(stuck if state is None else (state,))
        )
        await self._connection.execute(sa.update(_t).where(which).values(values))


def _query() -> sa.Select[tuple[object, ...]]:
    """Those that wait for an operator, each with what else told its place the same."""
    other = _t.alias("other")
    told_by = sa.select(sa.func.max(other.c.id)).where(
        _t.c.kind == DeliveryKind.POST,
        other.c.kind == DeliveryKind.POST,
        other.c.destination_id == _t.c.destination_id,
        other.c.subject == _t.c.subject,
        other.c.id != _t.c.id,
        other.c.state != DeliveryState.DEAD,
    )
    return (
        sa.select(
            _t,
            *(column.label(f"place_{column.name}") for column in _places.c),
            told_by.scalar_subquery().label("told_by"),
        )
        .join(_places, _places.c.id == _t.c.destination_id)
        .where(
            _t.c.state.in_((DeliveryState.DEAD, DeliveryState.UNKNOWN)),
            _t.c.dropped_at.is_(None),
        )
    )
