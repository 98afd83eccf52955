"""The chain over who was told what, on both databases."""

from collections.abc import Sequence
from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.domain.alert import DeliveryKind, DeliveryState, Receipt
from bot.domain.destination import PlatformName
from bot.domain.feed import Origin
from bot.domain.ids import DestinationId, StoryId
from bot.domain.message import Link, Message
from bot.domain.sealed import Checked, Told
from bot.ports import AlertDraft, NewEntry
from bot.storage.engine import open_engines
from bot.storage.unit_of_work import SqlStore, SqlUnitOfWork
from bot.storage.vault import FernetVault, new_key
from tests.fakes.writing import add_entries, record_try
from tests.samples import NEW, NOW, draft, entry, reading, slack, spec, story

PACE = {"slack": timedelta(0)}


async def place(uow: SqlUnitOfWork, channel: str = "C1") -> DestinationId:
    made = await uow.destinations.ensure(
        slack(channel, "T1"), origin=Origin.CHAT, zone="UTC", locale="en"
    )
    return made.id


async def send_due(uow: SqlUnitOfWork, moment=NOW) -> None:
    """Claim what is due and record that it arrived."""
    lease = timedelta(minutes=2)
    while claimed := await uow.deliveries.claim(
        moment, worker="w", lease=lease, pace=PACE, limit=50
    ):
        for one in claimed:
            receipt = Receipt(
                channel=one.destination.address.channel, message=f"m{one.delivery.id}"
            )
            await record_try(
                uow, one.delivery.id, DeliveryState.SENT, worker="w", now=moment, receipt=receipt
            )


async def tell(store: SqlStore, count: int, *channels: str, moment=NOW, first: int = 1) -> None:
    """Send `count` posts to each channel."""
    async with store.begin() as uow:
        for channel in channels:
            there = await place(uow, channel)
            drafts = [draft(there, None, subject=f"entry:{n}") for n in range(first, first + count)]
            await uow.deliveries.enqueue(drafts, moment)
        await send_due(uow, moment)


async def told(store: SqlStore, **which) -> list[Told]:
    return [row async for row in store.queries.seals.told(**which)]


async def tamper(url: str, *statements: str) -> None:
    """Write past the program, as somebody with the database and without the key would."""
    engines = open_engines(url)
    async with engines.writer.begin() as connection:
        for statement in statements:
            await connection.execute(sa.text(statement))
    await engines.dispose()


def numbers(checked: Checked) -> list[tuple[str, int | None]]:
    return [(broken.to, broken.number) for broken in checked.broken]


async def test_what_arrives_is_sealed_with_where_it_came_from(store: SqlStore) -> None:
    """The entry's address and headline, the place, the kind, the receipt; a notice has its words."""
    async with store.begin(assigning=True) as uow:
        await uow.feeds.reconcile([spec()], NOW)
        (feed,) = await uow.feeds.listed(None)
        (one,) = await add_entries(
            uow, feed, [NewEntry(entry=entry(), reading=reading(), held=False)], NOW
        )
        await uow.stories.save([story(1)], new=True)
        await uow.alerts.add(
            [AlertDraft(story_id=StoryId(1), entry_id=one, revision=1, verdict=NEW, opens=True)],
            NOW,
        )
        (alert,) = await uow.alerts.waiting(1)
        there = await place(uow)
        drafts = [draft(there, alert.id), draft(there, None, subject="story:1", revision=2)]
        await uow.deliveries.enqueue(drafts[:1], NOW)
        await send_due(uow)
        await uow.deliveries.enqueue([draft(there, None, kind=DeliveryKind.REPLY, revision=2)], NOW)
        words = Message(subject="notice:hello", headline=Link(text="A feed is broken"), notice=True)
        await uow.deliveries.enqueue_notice(there, "notice:hello", words, NOW)
        await send_due(uow)
    first, reply, notice = await told(store)
    assert (first.to, first.subject, first.kind, first.number) == (
        "slack:T1/C1",
        "story:1",
        "post",
        1,
    )
    assert (first.title, first.url) == (entry().title, entry().url)
    assert (first.source, first.at) == ("Border Ledger (sample)", NOW)
    assert (first.channel, first.message) == ("C1", f"m{first.delivery_id}")
    assert (reply.kind, reply.number, reply.title, reply.url) == (
        "reply",
        2,
        story(1).headline,
        story(1).url,
    )
    assert (notice.title, notice.url, notice.source) == ("A feed is broken", None, None)
    assert await store.queries.seals.check() == Checked(rows=3, places=1, broken=(), unsealed=0)


async def test_what_did_not_arrive_has_no_seal(store: SqlStore) -> None:
    """Neither a failed try nor one whose lease was lost."""
    async with store.begin() as uow:
        there = await place(uow)
        await uow.deliveries.enqueue([draft(there, None)], NOW)
        (one,) = await uow.deliveries.claim(
            NOW, worker="w", lease=timedelta(minutes=2), pace=PACE, limit=5
        )
        lost = await record_try(uow, one.delivery.id, DeliveryState.SENT, worker="other", now=NOW)
        await record_try(uow, one.delivery.id, DeliveryState.RETRY, worker="w", now=NOW, due_at=NOW)
    assert not lost
    assert await told(store) == []


async def test_an_export_can_be_of_one_place_and_of_a_time(store: SqlStore) -> None:
    """`told` keeps the order in which things arrived."""
    await tell(store, 2, "C1", "C2")
    later = NOW + timedelta(days=2)
    await tell(store, 1, "C1", moment=later, first=9)
    here = (await told(store))[0].place
    assert [row.subject for row in await told(store, places=[here])] == [
        "entry:1",
        "entry:2",
        "entry:9",
    ]
    assert [row.at for row in await told(store, since=NOW + timedelta(days=1))] == [later]
    assert len(await told(store)) == 5


@pytest.mark.parametrize(
    ("statements", "why"),
    [
        (["UPDATE seals SET record = replace(record, 'entry:2', 'entry:7') WHERE number = 2"], "changed"),
        (["UPDATE deliveries SET subject = 'entry:7' WHERE subject = 'entry:2'"], "delivery was changed"),
        (["UPDATE deliveries SET state = 'dead' WHERE subject = 'entry:2'"], "delivery was changed"),
        (["DELETE FROM deliveries WHERE subject = 'entry:2'"], "delivery was removed"),
    ],
)  # fmt: skip
async def test_a_changed_row_is_named(
    store: SqlStore, database_url: str, statements: Sequence[str], why: str
) -> None:
    """In the record or in the delivery; the other rows of the chain hold."""
    await tell(store, 3, "C1")
    await tamper(database_url, *statements)
    checked = await store.queries.seals.check()
    assert numbers(checked) == [("slack:T1/C1", 2)]
    assert why in checked.broken[0].why


async def test_a_removed_row_leaves_a_gap(store: SqlStore, database_url: str) -> None:
    """In the middle, at the beginning, and at the end while its delivery is there."""
    await tell(store, 3, "C1", "C2", "C3")
    await tamper(
        database_url,
        "DELETE FROM seals WHERE number = 2 AND record LIKE '%T1/C1%'",
        "DELETE FROM seals WHERE number = 1 AND record LIKE '%T1/C2%'",
        "DELETE FROM seals WHERE number = 3 AND record LIKE '%T1/C3%'",
    )
    broken = (await store.queries.seals.check()).broken
    assert {(one.to, one.number) for one in broken} == {
        ("slack:T1/C1", 3),
        ("slack:T1/C2", 2),
        *((f"slack:T1/C{n}", None) for n in (1, 2, 3)),
    }
    assert broken[0].why.endswith("number 2 was removed")
    assert "its seal removed" in broken[-1].why


async def test_a_chain_that_is_gone_whole_is_missed(store: SqlStore, database_url: str) -> None:
    """Other places' seals say that sealing had begun."""
    await tell(store, 2, "C1", "C2")
    await tamper(database_url, "DELETE FROM seals WHERE record LIKE '%T1/C2%'")
    assert numbers(await store.queries.seals.check()) == [("slack:T1/C2", None)] * 2


async def test_an_inserted_row_does_not_fit(store: SqlStore, database_url: str) -> None:
    """Neither a copy of another row nor a delivery that says it was sent."""
    await tell(store, 2, "C1")
    await tamper(
        database_url,
        "INSERT INTO seals (destination_id, number, delivery_id, at, record, seal) "
        "SELECT destination_id, 3, delivery_id, at, record, seal FROM seals WHERE number = 2",
        "INSERT INTO deliveries (destination_id, key, platform, subject, kind, revision, why, state, "
        "attempts, due_at, created_at, sent_at, repeated) SELECT destination_id, 'k', platform, "
        "'entry:99', kind, revision, why, state, attempts, due_at, created_at, sent_at, repeated "
        "FROM deliveries WHERE subject = 'entry:2'",
    )
    assert numbers(await store.queries.seals.check()) == [("slack:T1/C1", 3), ("slack:T1/C1", None)]


async def test_renewed_keys_keep_old_chains(database_url: str) -> None:
    """A new key goes on where the old one ended; without the old one it says what is missing."""
    old, new = new_key(), new_key()
    for keys, first in (([old], 1), ([new, old], 2)):
        store = SqlStore(open_engines(database_url), FernetVault(keys))
        await tell(store, 1, "C1", first=first)
        checked = await store.queries.seals.check()
        assert (checked.rows, checked.broken) == (first, ())
        await store.close()
    store = SqlStore(open_engines(database_url), FernetVault([new]))
    (broken,) = (await store.queries.seals.check()).broken
    await store.close()
    assert (broken.number, "lacks the key" in broken.why) == (1, True)


async def test_what_was_sent_before_sealing_is_counted_apart(
    store: SqlStore, database_url: str
) -> None:
    """A database of an older version has deliveries that nothing vouches for."""
    await tell(store, 2, "C1")
    await tamper(database_url, "DELETE FROM seals")
    await tell(store, 1, "C1", first=5, moment=NOW + timedelta(hours=1))
    checked = await store.queries.seals.check()
    assert (checked.rows, checked.unsealed, checked.broken) == (1, 2, ())


async def test_platforms_are_written_as_the_terminal_writes_them(store: SqlStore) -> None:
    """The console has no channel."""
    async with store.begin() as uow:
        console = slack("")
        made = await uow.destinations.ensure(
            type(console)(platform=PlatformName.CONSOLE, channel=""),
            origin=Origin.CONFIG,
            zone="UTC",
            locale="en",
        )
        await uow.deliveries.enqueue([draft(made.id, None)], NOW)
        (one,) = await uow.deliveries.claim(
            NOW, worker="w", lease=timedelta(minutes=2), pace={"console": timedelta(0)}, limit=5
        )
        await record_try(uow, one.delivery.id, DeliveryState.SENT, worker="w", now=NOW)
    assert [row.to for row in await told(store)] == ["console"]
