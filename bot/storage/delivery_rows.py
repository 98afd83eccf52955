"""Rows of `deliveries` to values and back."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from uuid import uuid4

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.alert import Delivery, DeliveryDraft, DeliveryKind, DeliveryState, Receipt, Why
from bot.domain.destination import Address, Destination, DestinationState, PlatformName
from bot.domain.feed import Origin
from bot.domain.ids import AlertId, DeliveryId, DestinationId
from bot.domain.manners import Manners
from bot.domain.views import Claimed
from bot.storage import tables
from bot.storage.codec import dump, load
from bot.storage.rows import Row

_t = tables.deliveries

KEY_LENGTH = 20
"""80 random bits: two installations on one bot token never share a key."""


def draft_values(draft: DeliveryDraft, now: datetime, *, due_at: datetime) -> dict[str, Any]:
    """Return the columns of a new delivery, but for its platform."""
    return {
        "destination_id": draft.destination_id,
        "alert_id": draft.alert_id,
        "key": uuid4().hex[:KEY_LENGTH],
        "subject": draft.subject,
        "kind": draft.kind,
        "revision": draft.revision,
        "why": dump(Why, draft.why),
        "state": DeliveryState.PENDING,
        "attempts": 0,
        "repeated": False,
        "due_at": due_at,
        "created_at": now,
    }


def to_delivery(row: Row) -> Delivery:
    """Return the delivery a row of `deliveries` holds."""
    draft = DeliveryDraft(
        destination_id=DestinationId(row.destination_id),
        alert_id=None if row.alert_id is None else AlertId(row.alert_id),
        subject=row.subject,
        kind=DeliveryKind(row.kind),
        revision=row.revision,
        why=load(Why, row.why),
    )
    return Delivery(
        id=DeliveryId(row.id),
        key=row.key,
        draft=draft,
        platform=PlatformName(row.platform),
        state=DeliveryState(row.state),
        attempts=row.attempts,
        first_attempt_at=row.first_attempt_at,
        due_at=row.due_at,
        created_at=row.created_at,
        sent_at=row.sent_at,
        receipt=load(Receipt, row.receipt) if row.receipt else None,
        error=row.error,
        repeated=row.repeated,
    )


def to_claimed(row: Row, posted: Delivery | None) -> Claimed:
    """Return a claim from a row that also has the destination's columns as ``place_…``."""
    destination = Destination(
        id=DestinationId(row.place_id),
        address=Address(
            platform=PlatformName(row.place_platform),
            workspace=row.place_workspace,
            channel=row.place_channel,
        ),
        state=DestinationState(row.place_state),
        reason=row.place_reason,
        zone=row.place_zone,
        locale=row.place_locale,
        origin=Origin(row.place_origin),
        at_most_once=row.place_at_most_once,
        next_send_at=row.place_next_send_at,
        manners=load(Manners, row.place_manners),
        paused_until=row.place_paused_until,
    )
    return Claimed(delivery=to_delivery(row), destination=destination, posted=posted)


async def posted_of(
    connection: AsyncConnection, rows: Sequence[Row]
) -> dict[tuple[int, str], Delivery]:
    """Return the sent first message of each subject, by destination and subject."""
    later = [row for row in rows if row.kind in (DeliveryKind.EDIT, DeliveryKind.REPLY)]
    if not later:
        return {}
    query = sa.select(_t).where(
        _t.c.destination_id.in_({row.destination_id for row in later}),
        _t.c.subject.in_({row.subject for row in later}),
        _t.c.kind == DeliveryKind.POST,
        _t.c.state == DeliveryState.SENT,
    )
    found = await connection.execute(query.order_by(_t.c.id))
    return {(row.destination_id, row.subject): to_delivery(row) for row in found}
