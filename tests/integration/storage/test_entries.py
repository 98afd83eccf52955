"""The contract of `bot.ports.Entries` and of the archive's reading side, on both databases."""

from contextlib import suppress
from dataclasses import replace

import pytest
from sqlalchemy.exc import IntegrityError

from bot.domain.destination import Address, PlatformName, Wish
from bot.domain.entry import Entry, Stated
from bot.domain.feed import Feed, Origin
from bot.domain.ids import EntryId, Tenant
from bot.domain.needs import Needs
from bot.domain.reading import Reading
from bot.ports import Known, NewEntry
from bot.storage.engine import open_engines
from bot.storage.unit_of_work import SqlStore, SqlUnitOfWork
from bot.storage.vault import FernetVault
from tests.fakes.writing import add_entries
from tests.samples import NOW, chat_spec, entry, reading, spec


async def add(
    uow: SqlUnitOfWork, feed: Feed, told: Entry, read: Reading, *, held: bool = False
) -> EntryId:
    (entry_id,) = await add_entries(uow, feed, [NewEntry(entry=told, reading=read, held=held)], NOW)
    return entry_id


@pytest.fixture
async def feed(store: SqlStore) -> Feed:
    async with store.begin() as uow:
        await uow.feeds.reconcile([spec("a")], NOW)
        return (await uow.feeds.listed(None))[0]


async def test_an_entry_is_stored_once(store: SqlStore, feed: Feed) -> None:
    """The same words again are nothing new; other words are an edit that keeps the former ones."""
    async with store.begin() as uow:
        first = await add(uow, feed, entry(), reading(), held=False)
        same = await uow.entries.known(feed.id, [entry(updated=NOW)])
        other = entry(summary="At 30 percent.")
        changed = await uow.entries.known(feed.id, [other])
        await uow.entries.edit(first, other, reading("autos"), NOW)
        after = await uow.entries.known(feed.id, [other])
        assert await uow.entries.titles(feed.id, limit=5) == [other.title]
    assert same["e1"] == Known(entry_id=first, edited=False)
    assert changed["e1"] == Known(entry_id=first, edited=True)
    assert after["e1"] == Known(entry_id=first, edited=False)
    (found,) = [e async for e in store.queries.entries(owner=None)]
    assert (found.stored.entry, found.reading) == (other, reading("autos"))


async def test_a_guid_that_is_used_again_is_said(store: SqlStore, feed: Feed) -> None:
    """Neither the link nor the title is the same: another entry, unless those two are known."""
    another = entry(url="https://ledger.example/e9", title="Panel rules on dairy permits")
    async with store.begin() as uow:
        await add(uow, feed, entry(), reading())
        found = await uow.entries.known(feed.id, [another])
        assert found["e1"].reused
        second = await add(uow, feed, replace(another, guid="own"), reading())
        again = await uow.entries.known(feed.id, [another])
    assert again["e1"] == Known(entry_id=second, edited=False)


async def test_many_entries_are_stored_in_parts(store: SqlStore, feed: Feed) -> None:
    """Each gets its number and its own reading, in the order they came, over the parts' borders."""
    told = [
        NewEntry(entry=replace(entry(), guid=f"g{n}"), reading=reading(f"topic{n}"), held=False)
        for n in range(2_001)
    ]
    async with store.begin() as uow:
        (ids,) = await uow.entries.add_all([(feed, told)], NOW)
        known = await uow.entries.known(feed.id, [new.entry for new in told])
    assert [known[new.entry.guid].entry_id for new in told] == list(ids) == sorted(ids)
    found = {e.stored.entry.guid: e.reading async for e in store.queries.entries(owner=None)}
    assert all(found[new.entry.guid] == new.reading for new in told)


async def test_another_guid_with_the_same_link_and_title_is_known(
    store: SqlStore, feed: Feed
) -> None:
    """A feed that publishes everything anew with other guids brings nothing new."""
    async with store.begin() as uow:
        await add(uow, feed, entry(), reading(), held=False)
        again = replace(entry(), guid="other", url="http://www.ledger.example/e1?utm_source=x")
        other = replace(entry(), guid="third", title="Quite another matter")
        known = await uow.entries.known(feed.id, [again, other])
    assert list(known) == ["other"]


async def test_the_archive_gives_back_what_was_stored(store: SqlStore, feed: Feed) -> None:
    """Text, stated facts and the reading survive; words are found without accents or case."""
    told = entry(summary="Los ARANCELES entrarán en vigor.", stated=Stated(agencies=("CBP",)))
    async with store.begin() as uow:
        await add(uow, feed, told, reading("tariffs", "autos"), held=True)
    needs = Needs(words=(("entraran",), ("arancel*",)))
    (found,) = [e async for e in store.queries.entries(owner=None, needs=needs)]
    assert found.stored.entry == told
    assert found.stored.held
    assert found.reading == reading("tariffs", "autos")
    nothing = Needs(words=(("100%",),))
    assert [e async for e in store.queries.entries(owner=None, needs=nothing)] == []
    volume = await store.queries.volume(owner=None, since=NOW, topic="autos")
    assert (volume.entries, volume.stories) == (1, 0)


def many(count: int, word: str) -> list[NewEntry]:
    return [
        NewEntry(
            entry=entry(f"{word}{n}", summary=f"{word} {n}", stated=Stated(agencies=("CBP",))),
            reading=reading("tariffs"),
            held=n % 2 == 0,
        )
        for n in range(count)
    ]


async def test_many_at_once_are_stored_as_one_by_one(store: SqlStore, feed: Feed) -> None:
    """With all they hold, findable by their words; of a transaction that failed nothing is left over."""
    with suppress(RuntimeError):
        async with store.begin() as uow:
            await add_entries(uow, feed, many(20, "copper"), NOW)
            raise RuntimeError
    told = many(30, "lumber")
    async with store.begin() as uow:
        numbers = await add_entries(uow, feed, told, NOW)
    async with store.begin() as uow:
        numbers += await add_entries(uow, feed, many(5, "steel"), NOW)
    needs = Needs(words=(("lumber",),))
    found = [e async for e in store.queries.entries(owner=None, needs=needs)][::-1]
    assert [e.stored.id for e in found] == numbers[:30]
    assert [e.stored.entry for e in found] == [new.entry for new in told]
    assert [e.stored.held for e in found] == [new.held for new in told]
    assert {e.stored.first_seen for e in found} == {NOW}
    assert len([e async for e in store.queries.entries(owner=None)]) == 35
    gone = Needs(words=(("copper",),))
    assert [e async for e in store.queries.entries(owner=None, needs=gone)] == []


async def test_entries_that_were_refused_do_not_come_back(
    sqlite_url: str, vault: FernetVault
) -> None:
    """Whoever goes on after an error leaves nothing behind that the next transaction would store."""
    engines = open_engines(sqlite_url)
    store = SqlStore(engines, vault)
    async with store.begin() as uow:
        await uow.feeds.reconcile([spec("a")], NOW)
        feed = (await uow.feeds.listed(None))[0]
    twice = many(4, "copper") * 2
    async with store.begin() as uow:
        with pytest.raises(IntegrityError):
            await add_entries(uow, feed, twice, NOW)
    async with store.begin() as uow:
        assert len(await add_entries(uow, feed, many(6, "steel"), NOW)) == 6
    await store.close()


async def test_many_entries_are_paged_without_a_gap(store: SqlStore, feed: Feed) -> None:
    """A search over more than one page sees each entry once, newest first."""
    async with store.begin() as uow:
        new = [
            NewEntry(entry=entry(f"n{number}"), reading=reading(), held=False)
            for number in range(450)
        ]
        ids = await add_entries(uow, feed, new, NOW)
        assert ids == sorted(ids)
        assert await add_entries(uow, feed, [], NOW) == []
    guids = [found.stored.entry.guid async for found in store.queries.entries(owner=None)]
    assert guids == [f"n{number}" for number in reversed(range(450))]


async def test_a_tenants_entries_are_its_own(store: SqlStore) -> None:
    """What a private feed brought is seen by its owner only."""
    async with store.begin() as uow:
        private = await uow.feeds.add(chat_spec("slack:T1"), NOW)
        await add(uow, private, entry(), reading(), held=False)
    seen = {
        owner: [e async for e in store.queries.entries(owner=owner)]
        for owner in (None, Tenant("slack:T1"), Tenant("slack:T2"))
    }
    assert {owner: len(found) for owner, found in seen.items()} == {
        None: 0,
        "slack:T1": 1,
        "slack:T2": 0,
    }


async def test_several_feeds_are_stored_and_known_at_once(store: SqlStore) -> None:
    """Each gets the numbers of its own entries, and knows nothing of the other's."""
    async with store.begin() as uow:
        await uow.feeds.reconcile([spec("a"), spec("b"), spec("c")], NOW)
        one, other, third = await uow.feeds.listed(None)
        mine = [NewEntry(entry=entry(guid), reading=reading(), held=False) for guid in ("e1", "e2")]
        theirs = [NewEntry(entry=entry("e3"), reading=reading(), held=True)]
        ids = await uow.entries.add_all([(one, mine), (third, []), (other, theirs)], NOW)
        asked = [entry("e1"), entry("e3", url="https://other.example/e3")]
        known = await uow.entries.known_of({one.id: asked, other.id: asked, third.id: asked})
    assert [len(numbers) for numbers in ids] == [2, 0, 1]
    assert {guid: found.entry_id for guid, found in known[one.id].items()} == {"e1": ids[0][0]}
    assert known[other.id]["e3"].entry_id == ids[2][0]
    assert third.id not in known


async def test_the_queries_of_all_places_are_known(store: SqlStore) -> None:
    """Each once, whoever subscribed to it; topics are none."""
    async with store.begin() as uow:
        for channel in ("C1", "C2"):
            place = await uow.destinations.ensure(
                Address(platform=PlatformName.SLACK, channel=channel),
                origin=Origin.CHAT,
                zone="UTC",
                locale="en",
            )
            for wish in (Wish(query="steel"), Wish(topic="autos")):
                await uow.subscriptions.add(
                    place.id, wish, origin=Origin.CHAT, by="slack:U1", now=NOW
                )
        assert await uow.subscriptions.queries() == {"steel"}
    assert await store.queries.asked() == {"steel"}
