from datetime import timedelta

from bot.domain.alert import DeliveryKind
from bot.domain.digest import DigestItem
from bot.domain.feed import Origin
from bot.domain.ids import StoryId, Tenant
from bot.ports import AlertDraft
from tests.fakes.archive import Archive
from tests.samples import NEW, draft, slack


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
