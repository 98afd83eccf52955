"""What is due now and has not been taken: the depth of the queues."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.destination import DestinationState
from bot.domain.feed import FeedState
from bot.domain.views import QueueDepth
from bot.storage import tables
from bot.storage.delivery_order import WAITING

_feeds, _sent, _places = tables.feeds, tables.deliveries, tables.destinations


async def read_queue_depth(connection: AsyncConnection, now: datetime) -> QueueDepth:
    """Count what is due at a moment, and how late the oldest of it is."""
    free = sa.or_(_feeds.c.lease_until.is_(None), _feeds.c.lease_until < now)
    due = sa.and_(_feeds.c.state == FeedState.ACTIVE, _feeds.c.next_poll_at <= now, free)
    feeds = sa.select(sa.func.count(), sa.func.min(_feeds.c.next_poll_at)).where(due)
    waiting = sa.and_(
        _sent.c.state.in_(WAITING),
        _sent.c.due_at <= now,
        _places.c.state == DestinationState.ACTIVE,
    )
    deliveries = (
        sa.select(sa.func.count(), sa.func.min(_sent.c.due_at))
        .select_from(_sent.join(_places, _places.c.id == _sent.c.destination_id))
        .where(waiting)
    )
    resting = (
        sa.select(_places.c.platform, sa.func.count())
        .where(_places.c.next_send_at > now)
        .group_by(_places.c.platform)
    )
    feeds_due, first_feed = (await connection.execute(feeds)).one()
    deliveries_due, first_delivery = (await connection.execute(deliveries)).one()
    return QueueDepth(
        feeds_due=feeds_due,
        feeds_late_s=_late(first_feed, now),
        deliveries_due=deliveries_due,
        deliveries_late_s=_late(first_delivery, now),
        resting={row[0]: row[1] for row in await connection.execute(resting)},
    )


def _late(first: datetime | None, now: datetime) -> float:
    return 0.0 if first is None else (now - first).total_seconds()
