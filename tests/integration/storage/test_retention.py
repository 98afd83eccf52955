"""What is deleted when it is old, and what never comes back, on both databases."""

from datetime import date, datetime, timedelta

import pytest
import sqlalchemy as sa

from bot.domain.alert import DeliveryState
from bot.domain.ids import StoryId
from bot.pipeline.retention import Keeping, Retention
from bot.ports import AlertDraft, Known, NewEntry
from bot.storage import tables
from bot.storage.engine import open_engines
from bot.storage.retention import digests
from bot.storage.unit_of_work import SqlStore
from tests.conftest import HandClock
from tests.fakes.writing import add_entries
from tests.integration.storage.test_seals import place, send_due, tamper, tell, told
from tests.samples import NEW, NOW, draft, entry, reading, spec, story

OLD = NOW - timedelta(days=500)


async def add(store: SqlStore, *guids: str, moment: datetime = OLD, **changes) -> list[int]:
    """Store entries of the one sample feed."""
    async with store.begin(assigning=True) as uow:
        await uow.feeds.reconcile([spec()], NOW)
        (feed,) = await uow.feeds.listed(None)
        news = [
            NewEntry(entry=entry(guid, **changes), reading=reading(), held=False) for guid in guids
        ]
        return list(await add_entries(uow, feed, news, moment))


async def forget(store: SqlStore, what: str = "entries", days: int = 400, limit: int = 50) -> int:
    async with store.begin() as uow:
        calls = {
            "entries": uow.retention.forget_entries,
            "seals": uow.retention.cut_seals,
            "deliveries": uow.retention.forget_deliveries,
            "audit": uow.retention.forget_audit,
        }
        return await calls[what](NOW - timedelta(days=days), limit)


async def count(url: str, *names: str) -> list[int]:
    engines = open_engines(url)
    async with engines.reader.connect() as connection:
        found = [
            await connection.scalar(
                sa.select(sa.func.count()).select_from(tables.metadata.tables[name])
            )
            for name in names
        ]
    await engines.dispose()
    return found


async def known(store: SqlStore, *entries) -> set[str]:
    async with store.begin() as uow:
        (feed,) = await uow.feeds.listed(None)
        return set(await uow.entries.known(feed.id, entries))


async def test_a_forgotten_entry_is_still_known(store: SqlStore) -> None:
    """By its guid, whatever became of its words, or by its link and title under another guid."""
    await add(store, "e1", "e2")
    await add(store, "e3", moment=NOW)
    assert await forget(store) == 2
    other_guid = entry("e9", url=entry("e2").url, title=f"  {entry('e2').title.upper()} ")
    other_title = entry("e9", url=entry("e2").url, title="Another act, published there")
    assert await known(store, entry("e1", title="Corrected"), other_guid) == {"e1", "e9"}
    assert await known(store, other_title, entry("e4")) == set()
    async with store.begin() as uow:
        (feed,) = await uow.feeds.listed(None)
        found = await uow.entries.known(feed.id, [entry("e1", summary="Other words.")])
    assert found == {"e1": Known(entry_id=None, edited=False)}


async def test_a_forgotten_entry_is_of_its_feed_only(store: SqlStore) -> None:
    """Another feed that brings the same tells it as its own."""
    await add(store, "e1")
    await add(store, "e2", moment=NOW)
    await forget(store)
    async with store.begin() as uow:
        await uow.feeds.reconcile([spec(), spec("other")], NOW)
        other = next(f for f in await uow.feeds.listed(None) if f.spec.key == "other")
        assert await uow.entries.known(other.id, [entry("e1")]) == {}


async def test_what_hangs_on_an_entry_goes_and_what_must_stay_stays(
    store: SqlStore, database_url: str
) -> None:
    """Versions, readings and alerts go; stories, deadlines, the ledger and deliveries stay."""
    (old,) = await add(store, "e1")
    async with store.begin(assigning=True) as uow:
        await uow.stories.save([story(1, updated_at=OLD, first_seen=OLD)], new=True)
        await uow.entries.edit(old, entry("e1", summary="Other words."), reading(), OLD)
        await uow.alerts.add(
            [AlertDraft(story_id=StoryId(1), entry_id=old, revision=1, verdict=NEW, opens=True)],
            OLD,
        )
        (alert,) = await uow.alerts.waiting(1)
        await uow.deliveries.enqueue([draft(await place(uow), alert.id)], OLD)
        await send_due(uow, OLD)
    await add(store, "e2", moment=NOW)
    kept = ("stories", "known_deadlines", "tariff_ledger", "deliveries", "seals")
    before = await count(database_url, *kept)
    assert await forget(store) == 1
    assert await count(database_url, *kept) == before
    gone = ("entry_versions", "alerts", "story_entries")
    assert await count(database_url, *gone) == [0, 0, 0]
    assert await count(database_url, "entries", "readings") == [1, 1]
    assert (await store.queries.seals.check()).broken == ()
    assert [row.title for row in await told(store)] == [entry("e1").title]
    deadlines = await store.queries.deadlines(
        owner=None, since=date(2026, 11, 20), until=date(2027, 1, 1), topic=None, limit=5
    )
    assert len(deadlines) == 1


async def test_a_story_that_goes_on_keeps_its_entries(store: SqlStore, database_url: str) -> None:
    """It is composed of them: without the old ones it would seem to have changed."""
    from bot.ports import Placement

    old, new = await add(store, "e1"), await add(store, "e2", moment=NOW)
    async with store.begin(assigning=True) as uow:
        await uow.stories.save([story(1, first_seen=OLD, updated_at=NOW)], new=True)
        await uow.stories.place(
            [
                Placement(
                    entry_id=number,
                    story_id=StoryId(1),
                    owner=None,
                    seen_at=NOW,
                    fingerprint="{}",
                    joined="",
                )
                for number in (*old, *new)
            ]
        )
    assert await forget(store) == 0
    assert await count(database_url, "entries") == [2]


async def test_the_newest_rows_stay_so_that_no_number_is_given_twice(
    store: SqlStore, database_url: str
) -> None:
    """Also where everything is old: a number names what was told."""
    ids = await add(store, "e1", "e2", "e3")
    assert await forget(store) == 2
    assert await add(store, "e4", moment=NOW) == [max(ids) + 1]
    await tell(store, 3, "C1", moment=OLD)
    await forget(store, "seals", days=100)
    assert await forget(store, "deliveries", days=100) == 2
    assert await count(database_url, "deliveries") == [1]


async def test_a_cut_chain_still_holds(store: SqlStore, database_url: str) -> None:
    """It begins where retention cut it, goes on after it, and nobody else can cut it."""
    await tell(store, 4, "C1", "C2", moment=OLD)
    await tell(store, 2, "C1", first=10, moment=NOW)
    assert await forget(store, "seals", limit=3) == 3
    assert (await store.queries.seals.check()).broken == ()
    assert await forget(store, "seals") == 5
    assert await forget(store, "seals") == 0
    await forget(store, "deliveries")
    checked = await store.queries.seals.check()
    assert (checked.rows, checked.broken, checked.unsealed) == (2, (), 0)
    assert [row.subject for row in await told(store)] == ["entry:10", "entry:11"]
    await tamper(
        database_url,
        "DELETE FROM seals WHERE cut IS NOT NULL AND record LIKE '%C1%'",
        "UPDATE seals SET cut = (SELECT cut FROM seals WHERE record LIKE '%C2%'), "
        'record = \'{"to": "slack:T1/C1"}\' WHERE number = 5',
    )
    broken = (await store.queries.seals.check()).broken
    assert [(one.to, one.number) for one in broken][:1] == [("slack:T1/C1", 5)]
    assert "where retention cut it" in broken[0].why


async def test_a_chain_goes_on_after_all_of_it_was_cut(store: SqlStore) -> None:
    """The next message rests on the seal that stayed."""
    await tell(store, 2, "C1", moment=OLD)
    await forget(store, "seals")
    await tell(store, 1, "C1", first=7, moment=NOW)
    checked = await store.queries.seals.check()
    assert (checked.rows, checked.broken) == (1, ())
    assert [row.number for row in await told(store)] == [3]


async def test_deliveries_of_a_subject_that_goes_on_stay(
    store: SqlStore, database_url: str
) -> None:
    """The first message of a story is needed as long as the story is told there; so is what waits."""
    await tell(store, 1, "C1", moment=OLD)
    async with store.begin() as uow:
        there = await place(uow)
        await uow.deliveries.enqueue([draft(there, None, subject="entry:5")], OLD)
        await uow.deliveries.enqueue([draft(there, None, subject="entry:1", revision=9)], NOW)
    await tamper(database_url, "UPDATE deliveries SET state = 'dead' WHERE revision = 9")
    await tell(store, 1, "C2", first=8)
    await tamper(database_url, "UPDATE deliveries SET state = 'pending' WHERE subject = 'entry:5'")
    await forget(store, "seals")
    await forget(store, "deliveries")
    engines = open_engines(database_url)
    async with engines.reader.connect() as connection:
        states = list(await connection.scalars(sa.select(tables.deliveries.c.state)))
    await engines.dispose()
    assert str(DeliveryState.PENDING) in states


async def test_audit_lines_go_by_their_age(store: SqlStore, database_url: str) -> None:
    """Old ones only."""
    async with store.begin() as uow:
        for moment in (OLD, OLD, NOW):
            await uow.audit.add("terminal", "subscribe", "autos", moment)
    assert await forget(store, "audit") == 2
    assert await count(database_url, "audit") == [1]


async def test_a_day_of_retention_goes_in_small_batches(store: SqlStore, clock: HandClock) -> None:
    """Once a day; what is kept for ever is not asked about."""
    await add(store, *(f"e{n}" for n in range(9)))
    await add(store, "new", moment=NOW)
    kept = Keeping(entries=timedelta(days=400), deliveries=None, audit=timedelta(days=30))
    retention = Retention(store=store, clock=clock, keeping=kept, batch=4)
    assert await retention.run() == {"entries": 9, "audit": 0}
    assert await retention.run() == {}
    clock.advance(days=1)
    assert await retention.run() == {"entries": 0, "audit": 0}


@pytest.mark.parametrize(("link", "many"), [("https://ledger.example/e1", 2), ("", 1)])
def test_digests_fit_a_column_of_64_bits(link: str, many: int) -> None:
    """Signed, and the same in every process."""
    made = digests("e1", link, "Título")
    assert len(made) == many
    assert all(-(2**63) <= one < 2**63 for one in made)
    assert made == digests("e1", link, "TITULO")
