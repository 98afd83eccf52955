"""What is due and not taken, on both databases."""

from datetime import timedelta

from bot.storage.unit_of_work import SqlStore
from tests.samples import NOW, spec


async def test_a_due_feed_counts_until_it_is_leased(store: SqlStore) -> None:
    """Its lateness is that of the oldest; a leased one waits for nobody."""
    async with store.begin() as uow:
        await uow.feeds.reconcile([spec("a"), spec("b")], NOW)
    later = NOW + timedelta(seconds=30)
    depth = await store.queries.queue_depth(later)
    assert (depth.feeds_due, depth.feeds_late_s) == (2, 30)
    assert (depth.deliveries_due, depth.deliveries_late_s, depth.resting) == (0, 0, {})
    async with store.begin() as uow:
        await uow.feeds.claim_due(later, worker="w", dead=[], limit=9, everything=False)
    assert (await store.queries.queue_depth(later)).feeds_due == 0
