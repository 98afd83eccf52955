"""Writes of one row, for tests: by the methods that the pipeline calls with many."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from bot.domain.alert import DeliveryState
from bot.domain.feed import Feed
from bot.domain.ids import DeliveryId, EntryId
from bot.ports import NewEntry, UnitOfWork
from bot.ports.rows import Ended


async def store_poll(
    uow: UnitOfWork, feed: Feed, *, marks: frozenset[str] | None = None, **left: object
) -> bool:
    """Store what a poll `left` of a feed; False, and nothing written, where its claim ended."""
    if feed.id not in await uow.feeds.leased([feed]):
        return False
    after = replace(feed, **left)
    await uow.feeds.save_all([(feed, after)], {} if marks is None else {feed.id: marks})
    return True


async def add_entries(
    uow: UnitOfWork, feed: Feed, entries: Sequence[NewEntry], now: datetime
) -> list[EntryId]:
    """Store the new entries of one feed."""
    (ids,) = await uow.entries.add_all([(feed, entries)], now)
    return ids


async def record_try(
    uow: UnitOfWork,
    delivery_id: DeliveryId,
    state: DeliveryState,
    *,
    worker: str,
    now: datetime,
    **how: object,
) -> bool:
    """Store how one attempt ended; False where its lease was lost meanwhile."""
    ended = Ended(delivery_id=delivery_id, state=state, **how)
    return delivery_id in await uow.deliveries.record_all([ended], worker=worker, now=now)
