"""The contract of `bot.ports.Feeds`, on both databases."""

from dataclasses import replace
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.domain.destination import Address, PlatformName
from bot.domain.feed import FeedState, Origin, Validators
from bot.domain.ids import Tenant
from bot.errors import InvalidInputError
from bot.storage import tables
from bot.storage.engine import open_engines
from bot.storage.unit_of_work import SqlStore
from bot.storage.vault import FernetVault, new_key
from tests.fakes.writing import store_poll
from tests.samples import NOW, chat_spec, spec

PLACE = Address(platform=PlatformName.SLACK, workspace="T1", channel="C1")


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
        moved = replace(feed.spec, url="https://new.example/feed")
        given = Validators(etag='"x"')
        await store_poll(uow, feed, marks=frozenset({"m1", "m2"}), spec=moved, validators=given)
        await uow.feeds.reconcile([spec("a")], NOW)
        (kept,) = await uow.feeds.listed(None)
        assert (kept.spec.url, kept.validators.etag) == ("https://new.example/feed", '"x"')
    assert await store.queries.marks([kept.id]) == [{"m1", "m2"}]
    async with store.begin() as uow:
        await uow.feeds.reconcile([spec("a", url="https://other.example/feed")], NOW)
        (fresh,) = await uow.feeds.listed(None)
        assert (fresh.spec.url, fresh.validators.etag) == ("https://other.example/feed", None)
    assert await store.queries.marks([fresh.id]) == [frozenset()]


async def test_a_feed_that_no_key_opens_keeps_no_other_waiting(
    store: SqlStore, database_url: str
) -> None:
    """It stands there without its address until the key is back; one of the configuration comes again."""
    secret = "https://private.example/feed?token=abc"
    async with store.begin() as uow:
        await uow.feeds.reconcile([spec("a"), spec("b", url=secret)], NOW)
        added = (await uow.feeds.add(chat_spec(), NOW)).spec.url
    lost = SqlStore(open_engines(database_url), FernetVault([new_key()]))
    async with lost.begin() as uow:
        claimed = await uow.feeds.claim_due(NOW, worker="w", dead=[], limit=9, everything=False)
        assert {feed.spec.key: feed.spec.url for feed in claimed} == {
            "a": spec("a").url,
            "b": "",
            "chat-1": "",
        }
        for feed in claimed:
            assert await store_poll(uow, feed, failures=1)
        await uow.feeds.reconcile([spec("a"), spec("b", url=secret)], NOW)
        found = {feed.spec.key: feed.spec.url for feed in await uow.feeds.of_everybody()}
        assert found == {"a": spec("a").url, "b": secret, "chat-1": ""}
    await lost.close()
    async with store.begin() as uow:
        (mine,) = [f for f in await uow.feeds.of_everybody() if f.spec.key == "chat-1"]
        assert (mine.spec.url, mine.failures) == (added, 1)


async def test_a_gone_feed_with_a_new_address_is_polled_again(store: SqlStore) -> None:
    """Its health starts anew, so that its first poll is a first poll."""
    async with store.begin() as uow:
        await uow.feeds.reconcile([spec("a")], NOW)
        (feed,) = await uow.feeds.listed(None)
        await store_poll(uow, feed, state=FeedState.GONE, failures=2, last_success_at=NOW)
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
        await store_poll(uow, a, next_poll_at=hour)
        await store_poll(uow, b, next_poll_at=hour, not_before=hour)
        claimed = await uow.feeds.claim_due(NOW, worker="w", dead=[], limit=9, everything=True)
        assert [feed.spec.key for feed in claimed] == ["a"]


async def test_a_poll_does_not_undo_a_pause(store: SqlStore) -> None:
    """A person pauses while a poll is on its way; saving the poll leaves it paused."""
    async with store.begin() as uow:
        await uow.feeds.reconcile([spec("a")], NOW)
        (feed,) = await uow.feeds.claim_due(NOW, worker="w", dead=[], limit=9, everything=False)
        await uow.feeds.set_state(feed.id, FeedState.PAUSED)
        await store_poll(uow, feed, failures=1)
        kept = await uow.feeds.get(feed.id)
        assert kept is not None
        assert (kept.state, kept.failures) == (FeedState.PAUSED, 1)
        await store_poll(uow, kept, state=FeedState.GONE)
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


async def test_a_removed_chat_feed_is_taken_up_again_as_itself(store: SqlStore) -> None:
    """Added anew it keeps its number, so that its archive stays one, and starts like a new feed."""
    async with store.begin() as uow:
        first = await uow.feeds.add(chat_spec(), NOW)
        await store_poll(uow, first, marks=frozenset({"m"}), last_success_at=NOW, failures=2)
        await uow.feeds.set_state(first.id, FeedState.DISABLED)
    assert await store.queries.feeds(Tenant("slack:T1")) == []
    async with store.begin() as uow:
        asker = await uow.destinations.ensure(PLACE, origin=Origin.CHAT, zone="UTC", locale="en")
        named = replace(chat_spec(), key="other", name="Other", notify_destination_id=asker.id)
        again = await uow.feeds.add(named, NOW)
        other = await uow.feeds.add(replace(named, owner=Tenant("slack:T2")), NOW)
    assert (again.id, again.spec.key, again.spec.name) == (first.id, "chat-1", "Other")
    assert (again.state, again.failures, again.last_success_at) == (FeedState.ACTIVE, 0, None)
    assert again.spec.notify_destination_id == asker.id
    assert other.id != first.id
    assert await store.queries.marks([first.id]) == [frozenset()]


async def test_who_asked_is_remembered_through_polls_and_restarts(store: SqlStore) -> None:
    """The place that asked is told of its feed's health; feeds of the configuration have none."""
    async with store.begin() as uow:
        asker = await uow.destinations.ensure(PLACE, origin=Origin.CHAT, zone="UTC", locale="en")
        made = await uow.feeds.add(replace(chat_spec(), notify_destination_id=asker.id), NOW)
        await store_poll(uow, made, failures=1)
        await uow.feeds.reconcile([spec("a")], NOW)
    configured, kept = sorted(
        await store.queries.feeds(Tenant("slack:T1")), key=lambda feed: feed.spec.key
    )
    assert configured.spec.notify_destination_id is None
    assert kept.spec.notify_destination_id == asker.id


async def test_a_key_that_is_taken_is_lengthened(store: SqlStore) -> None:
    """Two workspaces may call their feeds alike."""
    async with store.begin() as uow:
        first = await uow.feeds.add(chat_spec(), NOW)
        second = await uow.feeds.add(chat_spec("slack:T2"), NOW)
        third = await uow.feeds.add(chat_spec("slack:T3"), NOW)
    keys = [feed.spec.key for feed in (first, second, third)]
    assert keys[0] == "chat-1"
    assert len(set(keys)) == 3
    assert all(key.startswith("chat-1") for key in keys)


async def test_operators_see_the_feeds_of_everybody(store: SqlStore) -> None:
    """By name, whoever owns them; removed ones are left out."""
    async with store.begin() as uow:
        await uow.feeds.reconcile([spec("a")], NOW)
        await uow.feeds.add(chat_spec(), NOW)
        ended = await uow.feeds.add(chat_spec("slack:T2"), NOW)
        await uow.feeds.set_state(ended.id, FeedState.DISABLED)
    assert [feed.spec.owner for feed in await store.queries.every_feed()] == [None, "slack:T1"]


async def test_one_feed_is_claimed_by_itself(store: SqlStore) -> None:
    """`only` leases no other; a pause, a lease or what the server asked for still hold."""
    async with store.begin() as uow:
        await uow.feeds.reconcile([spec("a"), spec("b")], NOW)
        a, b = await uow.feeds.listed(None)
        await store_poll(uow, a, next_poll_at=NOW + timedelta(hours=1))
        await store_poll(uow, b, not_before=NOW + timedelta(hours=1))
        claim = {"worker": "w", "dead": [], "limit": 9, "everything": True}
        assert [f.id for f in await uow.feeds.claim_due(NOW, **claim, only=a.id)] == [a.id]
        assert await uow.feeds.claim_due(NOW, **claim, only=a.id) == []
        assert await uow.feeds.claim_due(NOW, **claim, only=b.id) == []


async def test_a_feed_that_is_woken_is_due_at_once(store: SqlStore) -> None:
    """Paused or gone, it is polled again; its failures stay until it answers."""
    async with store.begin() as uow:
        await uow.feeds.reconcile([spec("a")], NOW)
        (feed,) = await uow.feeds.listed(None)
        later = NOW + timedelta(days=1)
        await store_poll(uow, feed, state=FeedState.GONE, failures=3, next_poll_at=later)
        await uow.feeds.wake(feed.id, NOW)
        (woken,) = await uow.feeds.listed(None)
    assert (woken.state, woken.next_poll_at, woken.failures) == (FeedState.ACTIVE, NOW, 3)


async def test_many_feeds_are_added_at_once(store: SqlStore) -> None:
    """What the owner has is left out, a removed one is itself again, and keys never collide."""
    async with store.begin() as uow:
        await uow.feeds.reconcile([spec("a")], NOW)
        removed = await uow.feeds.add(chat_spec(), NOW)
        await uow.feeds.set_state(removed.id, FeedState.DISABLED)
        specs = [
            replace(chat_spec(), url="https://a.example/feed"),
            replace(chat_spec(), url="https://b.example/feed"),
            replace(chat_spec(), url="https://c.example/feed"),
            replace(chat_spec(), url="https://c.example/feed"),
            chat_spec(),
        ]
        keys = await uow.feeds.add_all(specs, NOW)
        assert await uow.feeds.add_all(specs, NOW) == []
        listed = await uow.feeds.listed(Tenant("slack:T1"))
    assert len(keys) == len(set(keys)) == 3
    assert keys[-1] == "chat-1"
    assert {feed.spec.key for feed in listed} == {"a", *keys}
    assert removed.id in {feed.id for feed in listed}


@pytest.mark.parametrize(
    "validators",
    [
        Validators(etag='"a"', last_modified="x", body_hash="0" * 64, given_by="1f"),
        Validators(etag='"a"', body_hash="0" * 64),
        Validators(etag='"a"', given_by="1f"),
        Validators(),
    ],
)
async def test_validators_keep_who_gave_them(store: SqlStore, validators: Validators) -> None:
    """A restart does not forget which address an ETag belongs to; older rows name none."""
    async with store.begin() as uow:
        await uow.feeds.reconcile([spec("a")], NOW)
        claimed = await uow.feeds.claim_due(NOW, worker="w1", dead=(), limit=9, everything=False)
        await uow.feeds.save_all([(claimed[0], replace(claimed[0], validators=validators))])
    async with store.begin() as uow:
        (kept,) = await uow.feeds.listed(None)
        assert kept.validators == validators
        await store_poll(uow, kept)
        (again,) = await uow.feeds.listed(None)
    assert again.validators == validators


async def test_feeds_are_stored_together_after_their_polls(store: SqlStore) -> None:
    """Each keeps its own schedule, validators and marks, and all their leases end."""
    async with store.begin() as uow:
        await uow.feeds.reconcile([spec(key) for key in ("a", "b")], NOW)
        claimed = await uow.feeds.claim_due(NOW, worker="w1", dead=(), limit=9, everything=False)
        assert await uow.feeds.leased(claimed) == {feed.id for feed in claimed}
        later = [
            replace(feed, validators=Validators(etag=feed.spec.key), next_poll_at=NOW + wait)
            for feed, wait in zip(claimed, (timedelta(hours=1), timedelta(hours=2)), strict=True)
        ]
        pairs = list(zip(claimed, later, strict=True))
        await uow.feeds.save_all(pairs, {claimed[0].id: frozenset({"m1"})})
        await uow.feeds.save_all([])
    async with store.begin() as uow:
        kept = await uow.feeds.listed(None)
        due = NOW + timedelta(minutes=90)
        again = await uow.feeds.claim_due(due, worker="w2", dead=(), limit=9, everything=False)
    assert [(feed.validators.etag, feed.next_poll_at - NOW) for feed in kept] == [
        ("a", timedelta(hours=1)),
        ("b", timedelta(hours=2)),
    ]
    assert [feed.spec.key for feed in again] == ["a"]
    assert await store.queries.marks([feed.id for feed in claimed]) == [{"m1"}, frozenset()]


async def test_a_feed_that_another_worker_took_is_no_longer_leased(store: SqlStore) -> None:
    """Its claim ended when the other's began; one that nobody claimed is free."""
    async with store.begin() as uow:
        await uow.feeds.reconcile([spec("a"), spec("b")], NOW)
        mine = await uow.feeds.claim_due(NOW, worker="w1", dead=(), limit=1, everything=False)
        await uow.feeds.claim_due(NOW, worker="w2", dead=("w1",), limit=9, everything=False)
        unclaimed = [replace(feed, lease=None) for feed in await uow.feeds.listed(None)]
        assert await uow.feeds.leased(mine) == frozenset()
        assert await uow.feeds.leased(unclaimed) == {feed.id for feed in unclaimed}
