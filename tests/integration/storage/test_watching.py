"""The contract of `bot.ports.Watching` and the fence of a claim, on both databases."""

from dataclasses import replace
from datetime import timedelta

import sqlalchemy as sa

from bot.domain.alert import DeliveryKind
from bot.domain.destination import Address, PlatformName
from bot.domain.entry import Entry
from bot.domain.feed import Feed, FeedKind, FeedState, Origin
from bot.domain.health import Alarm, AlarmState, Backlog, Watch
from bot.domain.ids import DestinationId, EntryId, Tenant
from bot.domain.reading import Lang, Reading
from bot.ports import NewEntry
from bot.ports.watching import Holding
from bot.storage import tables
from bot.storage.unit_of_work import SqlStore, SqlUnitOfWork
from tests.fakes.writing import add_entries, store_poll
from tests.samples import NOW, chat_spec, spec

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


async def one_feed(uow: SqlUnitOfWork, **changes: object) -> Feed:
    await uow.feeds.reconcile([replace(spec("a"), **changes)], NOW)  # type: ignore[arg-type]
    (feed,) = await uow.feeds.listed(None)
    return feed


async def claimed(uow: SqlUnitOfWork, worker: str = "w1", minutes: int = 0) -> Feed:
    now = NOW + timedelta(minutes=minutes)
    (feed,) = await uow.feeds.claim_due(now, worker=worker, dead=[], limit=9, everything=True)
    return feed


async def test_a_poll_that_outlived_its_claim_writes_nothing(store: SqlStore) -> None:
    """Another worker's claim, or a new one of the same worker, fences the former off."""
    for second in ("w2", "w1"):
        async with store.begin() as uow:
            await one_feed(uow)
            old = await claimed(uow)
            assert await uow.feeds.leased([old])
            new = await claimed(uow, second, minutes=10)
            assert not await uow.feeds.leased([old])
            assert not await store_poll(uow, old, marks=frozenset({"x"}), failures=7)
            assert await uow.feeds.leased([new])
            assert await store_poll(uow, new, failures=1)
            (kept,) = await uow.feeds.listed(None)
            assert (kept.failures, kept.lease) == (1, None)
            assert not await store_poll(uow, new)


async def test_a_poll_does_not_bring_a_changed_address_back(store: SqlStore) -> None:
    """The configuration changes while a poll is on its way: what the poll says is of the old one."""
    async with store.begin() as uow:
        await one_feed(uow)
        old = await claimed(uow)
        await uow.feeds.reconcile([spec("a", url="https://new.example/feed")], NOW)
        assert not await store_poll(uow, old, marks=frozenset({"x"}), last_success_at=NOW)
        (kept,) = await uow.feeds.listed(None)
        assert (kept.spec.url, kept.last_success_at) == ("https://new.example/feed", None)


async def test_a_feed_nobody_claimed_is_stored(store: SqlStore) -> None:
    """What is polled by hand has no claim to lose."""
    async with store.begin() as uow:
        feed = await one_feed(uow)
        assert await uow.feeds.leased([feed])
        assert await store_poll(uow, feed, failures=2)


async def test_alarms_warnings_and_backlog_are_kept(store: SqlStore) -> None:
    """All that is remembered of a feed's health comes back as it was; secrets are sealed."""
    watch = Watch(
        alarms=(AlarmState(alarm=Alarm.BROKEN, since=NOW, told=True, told_at=NOW + HOUR),),
        failing_since=NOW,
        empty_since=NOW - HOUR,
        heard_since=NOW - DAY,
        longest_gap=86_400.5,
        held_at=NOW,
    )
    left = Backlog(url="https://x.example/f?token=SECRET&page=2", since=NOW)
    async with store.begin() as uow:
        feed = await uow.feeds.add(chat_spec(), NOW)
        assert (feed.watch, feed.warnings, feed.backlog) == (Watch(), (), None)
        odd = ("Odd\nindeed.", "Odder.")
        await store_poll(uow, feed, watch=watch, warnings=odd, backlog=left)
        kept = await uow.feeds.get(feed.id)
        assert kept is not None
        assert (kept.watch, kept.warnings, kept.backlog) == (watch, ("Odd indeed.", "Odder."), left)
        stored = await uow.feeds._connection.scalar(sa.select(tables.feeds.c.backlog))  # noqa: SLF001
        assert "SECRET" not in stored


async def test_held_polls_wait_for_their_notice(store: SqlStore) -> None:
    """They are handed out with whose feed it is, up to a moment, and forgotten when told."""
    async with store.begin() as uow:
        feed = await uow.feeds.add(
            replace(chat_spec(), notify_destination_id=DestinationId(5)), NOW
        )
        ids = [EntryId(7), EntryId(9), EntryId(8)]
        await uow.watching.hold_all(
            [Holding(feed_id=feed.id, ids=ids, held=2, first_poll=True, at=NOW)]
        )
        assert await uow.watching.held(NOW - HOUR, limit=5) == []
        (poll,) = await uow.watching.held(NOW, limit=5)
        assert (poll.first_entry, poll.last_entry, poll.told, poll.held) == (7, 9, 1, 2)
        assert (poll.feed, poll.notify, poll.origin) == (feed.spec.name, 5, Origin.CHAT)
        assert (poll.first_poll, poll.at, poll.key) == (True, NOW, feed.spec.key)
        await uow.watching.let_go([poll.id])
        assert await uow.watching.held(NOW, limit=5) == []


async def test_the_places_a_poll_reached_are_known(store: SqlStore) -> None:
    """Those with a message about one of its entries; those of other polls, or edited only, are not."""
    async with store.begin() as uow:
        feed = await one_feed(uow)
        reading = Reading(lang=Lang.EN)
        new = [
            NewEntry(entry=Entry(guid=str(n), title=f"T{n}"), reading=reading, held=False)
            for n in range(3)
        ]
        ids = await add_entries(uow, feed, new, NOW)
        await uow.watching.hold_all(
            [Holding(feed_id=feed.id, ids=ids[:2], held=1, first_poll=False, at=NOW)]
        )
        for number, (entry, kind) in enumerate(
            [(0, DeliveryKind.POST), (1, DeliveryKind.REPLY), (1, DeliveryKind.EDIT), (2, "post")]
        ):
            place = await uow.destinations.ensure(
                Address(platform=PlatformName.SLACK, channel=f"C{number}"),
                origin=Origin.CHAT,
                zone="UTC",
                locale="en",
            )
            await told(uow, place.id, ids[entry], str(kind), number)
        (poll,) = await uow.watching.held(NOW, limit=5)
        assert await uow.watching.reached(poll) == [1, 2]


async def told(
    uow: SqlUnitOfWork, place: DestinationId, entry: EntryId, kind: str, number: int
) -> None:
    """Write an alert about an entry, and its delivery to a place."""
    connection = uow.feeds._connection  # noqa: SLF001
    story = {"id": number + 1, "revision": 1, "first_seen": NOW, "updated_at": NOW, "story": "{}"}
    await connection.execute(sa.insert(tables.stories).values(story))
    alert = {"story_id": number + 1, "entry_id": entry, "revision": 1, "telling": "new"}
    alert |= {"changes": "[]", "created_at": NOW}
    made = sa.insert(tables.alerts).values(alert).returning(tables.alerts.c.id)
    alert_id = (await connection.execute(made)).scalar_one()
    row = {"destination_id": place, "alert_id": alert_id, "key": f"k{number}", "platform": "slack"}
    row |= {"subject": f"story:{number}", "kind": kind, "revision": 1, "why": "{}"}
    row |= {"state": "sent", "due_at": NOW, "created_at": NOW}
    await connection.execute(sa.insert(tables.deliveries).values(row))


async def test_a_server_that_asked_us_to_wait_is_not_asked_to_compare(store: SqlStore) -> None:
    """Retry-After holds for the comparison too, which is made as soon as it is over."""
    async with store.begin() as uow:
        feed = await one_feed(uow, kind=FeedKind.FEDERAL_REGISTER)
        await store_poll(uow, feed, last_success_at=NOW, not_before=NOW + HOUR)
        assert await uow.watching.claim_comparison(NOW, NOW) == []
        assert len(await uow.watching.claim_comparison(NOW, NOW + HOUR)) == 1


async def test_a_feed_is_compared_once_a_day(store: SqlStore) -> None:
    """Of the Federal Register's feeds those that answered; one that failed sooner again."""
    async with store.begin() as uow:
        feed = await one_feed(uow, kind=FeedKind.FEDERAL_REGISTER)
        assert await uow.watching.claim_comparison(NOW - DAY, NOW) == []
        await store_poll(uow, feed, last_success_at=NOW)
        (due,) = await uow.watching.claim_comparison(NOW - DAY, NOW)
        assert due.id == feed.id
        assert await uow.watching.claim_comparison(NOW - HOUR, NOW + HOUR) == []
        await uow.watching.compare_again(feed.id, NOW - DAY)
        assert len(await uow.watching.claim_comparison(NOW - DAY, NOW)) == 1
        await uow.feeds.set_state(feed.id, FeedState.PAUSED)
        assert await uow.watching.claim_comparison(NOW + DAY, NOW + DAY) == []


async def test_what_was_missed_is_listed_once(store: SqlStore) -> None:
    """By feed and document; other tenants' feeds are not shown."""
    missed = Entry(guid="fr:1", title="Sample notice", url="https://x.example/1", published=NOW)
    async with store.begin() as uow:
        feed = await one_feed(uow)
        theirs = await uow.feeds.add(chat_spec(), NOW)
        assert await uow.watching.first_seen(feed.id) is None
        assert await uow.watching.miss(feed.id, [missed, replace(missed, guid="fr:2")], NOW) == 2
        assert await uow.watching.miss(feed.id, [missed], NOW + HOUR) == 0
        assert await uow.watching.miss(feed.id, [], NOW) == 0
        await uow.watching.miss(theirs.id, [missed], NOW)
    listed = await store.queries.missed(None, NOW)
    assert [(one.feed, one.guid, one.found_at) for one in listed] == [
        (feed.spec.name, "fr:1", NOW),
        (feed.spec.name, "fr:2", NOW),
    ]
    assert (listed[0].title, listed[0].url, listed[0].published) == (
        "Sample notice",
        "https://x.example/1",
        NOW,
    )
    assert await store.queries.missed(None, NOW + HOUR) == []
    assert len(await store.queries.missed(Tenant(theirs.spec.owner or ""), NOW)) == 3
