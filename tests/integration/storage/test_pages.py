from datetime import timedelta

from bot.domain.alert import DeliveryKind
from bot.domain.digest import DigestItem
from bot.domain.feed import Origin
from bot.domain.ids import DeadlineId, StoryId, Tenant
from bot.domain.marks import Settling, Signed
from bot.ports import AlertDraft
from bot.reading.query import parse
from tests.fakes.archive import Archive, day, due
from tests.samples import NEW, draft, slack

NOVEMBER, JANUARY = day("2026-11-01"), day("2027-01-01")


async def test_hours_count_entries_on_a_topic(store, clock) -> None:
    """Hour by hour, shared and the owner's; nothing older than asked for."""
    archive = Archive(store, clock)
    shared, own = await archive.feed(), await archive.feed("own", owner="slack:T1")
    await archive.story(shared, "One", "Two")
    await archive.story(shared, "Earlier", ago=timedelta(hours=2))
    await archive.story(shared, "Long ago", ago=timedelta(days=9))
    await archive.story(shared, "On nothing", topics=())
    await archive.story(own, "Ours")
    since = clock.now() - timedelta(days=1)
    shown = await store.queries.pages.hours(owner=None, since=since)
    hour = clock.now().replace(minute=0, second=0, microsecond=0)
    assert [(one.begins, one.entries) for one in shown] == [
        (hour - timedelta(hours=2), 1),
        (hour, 2),
    ]
    ours = await store.queries.pages.hours(owner=Tenant("slack:T1"), since=since)
    assert ours[-1].entries == 3


async def test_changes_in_order_and_for_their_owner_only(store, clock) -> None:
    """Another's story has none to show."""
    archive = Archive(store, clock)
    story = await archive.story(await archive.feed("own", owner="slack:T1"), "Ours", "Again")
    members = await store.queries.members(story.id, Tenant("slack:T1"))
    drafts = [
        AlertDraft(
            story_id=story.id, revision=number, entry_id=each.entry_id, verdict=NEW, opens=True
        )
        for number, each in enumerate(members, 1)
    ]
    async with store.begin() as uow:
        await uow.alerts.add(drafts, clock.now())
    mine = await store.queries.pages.changes(story.id, owner=Tenant("slack:T1"))
    assert [(one.revision, one.changes) for one in mine] == [(1, NEW.changes), (2, NEW.changes)]
    assert await store.queries.pages.changes(story.id, owner=None) == []
    assert await store.queries.pages.changes(story.id, owner=Tenant("slack:T2")) == []


async def test_who_was_told(store, clock) -> None:
    """Of the story, of one of its entries, or in a digest; the newest first, others' stories never."""
    archive = Archive(store, clock)
    feed = await archive.feed()
    story, other = await archive.story(feed, "One"), await archive.story(feed, "Other")
    (member,) = await store.queries.members(story.id, None)
    async with store.begin() as uow:
        place = await uow.destinations.ensure(
            slack("C1", "T1"), origin=Origin.CHAT, zone="UTC", locale="en"
        )
        item = DigestItem(
            destination_id=place.id,
            story_id=story.id,
            subject=f"story:{story.id}",
            gathering="daily@08:00",
            due_at=clock.now(),
            revision=1,
            why=draft(place.id, None).why,
            added_at=clock.now(),
        )
        await uow.digests.add([item])
        await uow.digests.tell(await _waiting(uow, clock), "digest:1")
        for subject in (f"story:{story.id}", f"entry:{member.entry_id}", "digest:1"):
            made = draft(place.id, None, subject=subject, kind=DeliveryKind.POST)
            await uow.deliveries.enqueue([made], clock.now())
        strange = draft(place.id, None, subject=f"story:{other.id}")
        await uow.deliveries.enqueue([strange], clock.now())
        await uow.deliveries.enqueue([draft(place.id, None, subject="digest:2")], clock.now())
    told = await store.queries.pages.told(story.id)
    assert [one.delivery.draft.subject for one in told] == [
        "digest:1",
        f"entry:{member.entry_id}",
        f"story:{story.id}",
    ]
    assert {str(one.destination.address) for one in told} == {"slack:T1/C1"}
    assert len(await store.queries.pages.told(story.id, limit=1)) == 1
    assert await store.queries.pages.told(StoryId(99)) == []


async def _waiting(uow, clock):
    (gathered,) = await uow.digests.due(clock.now(), limit=1)
    return gathered.items


async def test_the_archives_state_moves_with_deadlines_and_tariffs(store, clock) -> None:
    """Each word changes with what it stands for, and with nothing else."""
    archive, pages = Archive(store, clock), store.queries.pages
    feed = await archive.feed()
    empty = await pages.state()
    assert empty.deadlines_at is None
    await archive.story(feed, "No date")
    assert (await pages.state()).deadlines == empty.deadlines
    await archive.story(feed, "One date", deadlines=(due("2026-12-01"),))
    stated = await pages.state()
    assert (stated.deadlines != empty.deadlines, stated.tariffs) == (True, empty.tariffs)
    assert stated.deadlines_at == clock.now()
    signed = Signed(by="slack:U1", called="ana", at=clock.advance(minutes=1))
    async with store.begin() as uow:
        await uow.people.settle_deadline(
            DeadlineId(1), Tenant("slack:T1"), Settling.HANDLED, signed
        )
    marked = await pages.state()
    assert (marked.deadlines != stated.deadlines, marked.deadlines_at) == (True, clock.now())


async def test_entries_of_stories_with_deadlines(store, clock) -> None:
    """Those of the days asked for, that hold what is needed, that the owner may see, that changed."""
    archive = Archive(store, clock)
    feed, own = await archive.feed(), await archive.feed("own", owner="slack:T1")
    await archive.story(feed, "Steel rises", "Steel again", deadlines=(due("2026-12-01"),))
    await archive.story(feed, "Tomato season", deadlines=(due("2026-12-02"),))
    await archive.story(feed, "Steel, long ago", deadlines=(due("2026-01-02"),))
    await archive.story(feed, "Steel without a date")
    await archive.story(own, "Steel of ours", deadlines=(due("2026-12-03"),))

    async def titles(text, owner=None, **more):
        found = store.queries.pages.dated_entries(
            owner=owner, needs=parse(text).needs, since=NOVEMBER, until=JANUARY, **more
        )
        return [row.stored.entry.title async for row in found]

    assert await titles("steel") == ["Steel again", "Steel rises"]
    assert await titles("steel", Tenant("slack:T1")) == [
        "Steel of ours",
        "Steel again",
        "Steel rises",
    ]
    assert {"Tomato season", "Steel again"} <= set(await titles("NOT rises"))
    later = clock.advance(minutes=1)
    await archive.story(feed, "Steel, later", deadlines=(due("2026-12-05"),))
    assert await titles("steel", changed_since=later) == ["Steel, later"]
    assert await titles("tomato", changed_since=later + timedelta(minutes=1)) == []


async def test_stories_by_their_numbers(store, clock) -> None:
    """Another's is left out, and so is one that is not there."""
    archive = Archive(store, clock)
    shared = await archive.story(await archive.feed(), "Shared")
    ours = await archive.story(await archive.feed("own", owner="slack:T1"), "Ours")
    ids = [shared.id, ours.id, StoryId(99)]
    pages = store.queries.pages
    assert await pages.stories(ids, owner=None) == [shared]
    found = await pages.stories(ids, owner=Tenant("slack:T1"))
    assert sorted(each.headline for each in found) == ["Ours", "Shared"]


async def test_what_is_stuck_the_latest_first(store, clock) -> None:
    """Given up ones, counted by state; no more than asked for, and none that was dropped."""
    async with store.begin() as uow:
        place = await uow.destinations.ensure(
            slack("C1", "T1"), origin=Origin.CHAT, zone="UTC", locale="en"
        )
        for number in range(3):
            made = draft(place.id, None, subject=f"story:{number}", kind=DeliveryKind.POST)
            await uow.deliveries.enqueue([made], clock.advance(minutes=1))
        await uow.deliveries.give_up(clock.advance(hours=1), "the channel is archived")
        await uow.deliveries.enqueue([draft(place.id, None, subject="story:9")], clock.now())
    pages = store.queries.pages
    assert dict(await pages.delivery_counts()) == {"dead": 3, "pending": 1}
    stuck = await pages.stuck(limit=2)
    assert [each.delivery.draft.subject for each in stuck] == ["story:2", "story:1"]
    async with store.begin() as uow:
        await uow.stuck.drop(stuck[0].delivery.id, clock.now())
    left = await pages.stuck(limit=5)
    assert [each.delivery.draft.subject for each in left] == ["story:1", "story:0"]
    assert {str(each.destination.address) for each in left} == {"slack:T1/C1"}
