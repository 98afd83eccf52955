"""How attempts ended, stored many at a time: four statements, however many ended together.

rows we still lease, with what a seal says ─► their new states ─► ends of chains ─► seals
"""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.alert import DeliveryState, Receipt
from bot.domain.ids import DeliveryId
from bot.ports import Ended, Vault
from bot.storage import tables
from bot.storage.codec import dump
from bot.storage.seals import Arrived, facts, seal

_t = tables.deliveries
_AT_ONCE = 500
"""Numbers in one list of a statement."""


async def record_all(
    connection: AsyncConnection, vault: Vault, ended: Sequence[Ended], *, worker: str, now: datetime
) -> set[DeliveryId]:
    """Store how attempts ended and seal what arrived; returns those whose lease was still ours.

    A delivery may stand in `ended` once.
    """
    mine: set[DeliveryId] = set()
    for start in range(0, len(ended), _AT_ONCE):
        part = {each.delivery_id: each for each in ended[start : start + _AT_ONCE]}
        held = facts().where(_t.c.id.in_(part), _t.c.lease_owner == worker)
        rows = (await connection.execute(held)).all()
        if not rows:
            continue
        values = [_values(part[DeliveryId(row.id)], now) for row in rows]
        await connection.execute(_UPDATE, values)
        arrived = [
            Arrived(row=row, receipt=each.receipt, repeated=each.repeated)
            for row, each in ((row, part[DeliveryId(row.id)]) for row in rows)
            if each.state is DeliveryState.SENT
        ]
        await seal(connection, vault, arrived, now)
        mine.update(DeliveryId(row.id) for row in rows)
    return mine


def _values(ended: Ended, now: datetime) -> dict[str, object]:
    return {
        "ended_id": ended.delivery_id,
        "new_state": str(ended.state),
        "new_error": ended.error,
        "new_sent_at": now if ended.state is DeliveryState.SENT else None,
        "new_receipt": None if ended.receipt is None else dump(Receipt, ended.receipt),
        "new_due_at": ended.due_at,
        "new_repeated": ended.repeated,
    }


# None leaves what stands there: a receipt is never forgotten, nor that a send was repeated
_UPDATE = (
    sa.update(_t)
    .where(_t.c.id == sa.bindparam("ended_id", type_=_t.c.id.type))
    .values(
        state=sa.bindparam("new_state", type_=sa.Text),
        error=sa.bindparam("new_error", type_=sa.Text),
        sent_at=sa.func.coalesce(sa.bindparam("new_sent_at", type_=tables.Moment), _t.c.sent_at),
        receipt=sa.func.coalesce(sa.bindparam("new_receipt", type_=sa.Text), _t.c.receipt),
        due_at=sa.func.coalesce(sa.bindparam("new_due_at", type_=tables.Moment), _t.c.due_at),
        repeated=sa.or_(_t.c.repeated, sa.bindparam("new_repeated", type_=sa.Boolean)),
        lease_owner=None,
        lease_until=None,
    )
)
