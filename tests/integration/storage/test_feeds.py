"""The contract of `bot.ports.Feeds`, on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.domain.feed import FeedState, Validators
from bot.domain.ids import Tenant
from bot.errors import InvalidInputError
from bot.storage import tables
from bot.storage.unit_of_work import SqlStore
from tests.samples import NOW, chat_spec, spec


async def test_config_feeds_follow_the_configuration(store: SqlStore) -> None:
    """A removed config feed is disabled with its history, a chat feed stays."""
    async with store.begin() as uow:
        await uow.feeds.reconcile([spec("a"), spec("b")], NOW)
        await uow.feeds.add(chat_spec(), NOW)
    async with store.begin() as uow:
        await uow.feeds.reconcile([spec("b"), spec("c")], NOW)
        names = [feed.spec.key for feed in await uow.feeds.listed(Tenant("slack:T1"))]
    assert names == ["b", "c", "chat-1"]


async def test_a_feed_that_comes_back_is_polled_again(store: SqlStore) -> None:
    """Disabled by removal, active again when it returns to the configuration."""
    async with store.begin() as uow:
        await uow.feeds.reconcile([spec("a")], NOW)
        await uow.feeds.reconcile([], NOW)
        await uow.feeds.reconcile([spec("a")], NOW)
        assert [feed.state for feed in await uow.feeds.listed(None)] == [FeedState.ACTIVE]


async def test_another_address_starts_without_validators(store: SqlStore) -> None:
    """An ETag belongs to an address; a moved address survives a restart with the same config."""
    async with store.begin() as uow:
        await uow.feeds.reconcile([spec("a")], NOW)
        (feed,) = await uow.feeds.listed(None)
        moved = replace(
            feed,
            spec=replace(feed.spec, url="https://new.example/feed"),
            validators=Validators(etag='"x"'),
        )
        await uow.feeds.save(moved, frozenset({"m1", "m2"}))
        await uow.feeds.reconcile([spec("a")], NOW)
        (kept,) = await uow.feeds.listed(None)
        assert (kept.spec.url, kept.validators.etag) == ("https://new.example/feed", '"x"')
    assert await store.queries.marks(kept.id) == {"m1", "m2"}
    async with store.begin() as uow:
        await uow.feeds.reconcile([spec("a", url="https://other.example/feed")], NOW)
        (fresh,) = await uow.feeds.listed(None)
        assert (fresh.spec.url, fresh.validators.etag) == ("https://other.example/feed", None)
    assert await store.queries.marks(fresh.id) == frozenset()


async def test_a_gone_feed_with_a_new_address_is_polled_again(store: SqlStore) -> None:
    """Its health starts anew, so that its first poll is a first poll."""
    async with store.begin() as uow:
        await uow.feeds.reconcile([spec("a")], NOW)
        (feed,) = await uow.feeds.listed(None)
        gone = replace(feed, state=FeedState.GONE, failures=2, last_success_at=NOW)
        await uow.feeds.save(gone, None)
        await uow.feeds.reconcile([spec("a")], NOW)
        assert (await uow.feeds.listed(None))[0].state is FeedState.GONE
        await uow.feeds.reconcile([spec("a", url="https://new.example/feed")], NOW)
        (fresh,) = await uow.feeds.listed(None)
    assert (fresh.state, fresh.failures, fresh.last_success_at) == (FeedState.ACTIVE, 0, None)


async def test_a_due_feed_is_leased_once_and_again_when_its_worker_died(store: SqlStore) -> None:
    """Two workers never poll one feed at once; a dead worker's lease is void."""
    async with store.begin() as uow:
        await uow.feeds.reconcile([spec("a")], NOW)
        later = NOW + timedelta(seconds=1)
        claim = {"limit": 10, "everything": False}
        first = await uow.feeds.claim_due(later, worker="w1", dead=[], **claim)
        second = await uow.feeds.claim_due(later, worker="w2", dead=[], **claim)
        third = await uow.feeds.claim_due(later, worker="w2", dead=["w1"], **claim)
        assert [len(first), len(second), len(third)] == [1, 0, 1]
        assert await uow.feeds.leaseholders() == ["w2"]


async def test_retry_after_holds_even_when_everything_is_polled(store: SqlStore) -> None:
    """`--all` ignores next_poll_at, never what the server asked for."""
    async with store.begin() as uow:
        await uow.feeds.reconcile([spec("a"), spec("b")], NOW)
        a, b = await uow.feeds.listed(None)
        hour = NOW + timedelta(hours=1)
        await uow.feeds.save(replace(a, next_poll_at=hour), None)
        await uow.feeds.save(replace(b, next_poll_at=hour, not_before=hour), None)
        claimed = await uow.feeds.claim_due(NOW, worker="w", dead=[], limit=9, everything=True)
        assert [feed.spec.key for feed in claimed] == ["a"]


async def test_a_poll_does_not_undo_a_pause(store: SqlStore) -> None:
    """A person pauses while a poll is on its way; saving the poll leaves it paused."""
    async with store.begin() as uow:
        await uow.feeds.reconcile([spec("a")], NOW)
        (feed,) = await uow.feeds.claim_due(NOW, worker="w", dead=[], limit=9, everything=False)
        await uow.feeds.set_state(feed.id, FeedState.PAUSED)
        await uow.feeds.save(replace(feed, failures=1), None)
        kept = await uow.feeds.get(feed.id)
        assert kept is not None
        assert (kept.state, kept.failures) == (FeedState.PAUSED, 1)
        await uow.feeds.save(replace(feed, state=FeedState.GONE), None)
        assert (await uow.feeds.listed(None))[0].state is FeedState.GONE


async def test_a_chat_feeds_address_is_sealed(store: SqlStore) -> None:
    """People paste addresses with tokens in them: the database never holds them in the clear."""
    async with store.begin() as uow:
        feed = await uow.feeds.add(chat_spec(), NOW)
        assert feed.spec.url == chat_spec().url
        with pytest.raises(InvalidInputError, match="already polled"):
            await uow.feeds.add(replace(chat_spec(), key="chat-2"), NOW)
        stored = await uow.feeds._connection.scalar(sa.select(tables.feeds.c.url))  # noqa: SLF001
        assert "token" not in stored
    assert await store.queries.feeds(Tenant("slack:T2")) == []
