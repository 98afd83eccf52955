"""The contract of `bot.ports.Stories`, `Alerts` and what people look at, on both databases."""

from datetime import date, timedelta

import pytest

from bot.domain.feed import Feed
from bot.domain.ids import EntryId, StoryId, Tenant
from bot.ports import AlertDraft, NewEntry, Placement
from bot.storage.unit_of_work import SqlStore, SqlUnitOfWork
from tests.fakes.writing import add_entries
from tests.samples import NEW, NOW, deadline, entry, reading, spec, story


@pytest.fixture
async def feed(store: SqlStore) -> Feed:
    async with store.begin() as uow:
        await uow.feeds.reconcile([spec("a")], NOW)
        return (await uow.feeds.listed(None))[0]


async def place(uow: SqlUnitOfWork, feed: Feed, guid: str, story_id: int) -> EntryId:
    (entry_id,) = await add_entries(
        uow, feed, [NewEntry(entry=entry(guid), reading=reading(), held=False)], NOW
    )
    placement = Placement(
        entry_id=entry_id,
        story_id=StoryId(story_id),
        owner=None,
        seen_at=NOW,
        fingerprint="{}",
        joined="same text",
    )
    await uow.stories.place([placement])
    return entry_id


async def test_a_story_keeps_its_members_in_order(store: SqlStore, feed: Feed) -> None:
    """Members come back with their readings, and placements above a number with fingerprints."""
    async with store.begin(assigning=True) as uow:
        assert await uow.stories.next_id() == 1
        await uow.stories.save([story(1)], new=True)
        first = await place(uow, feed, "e1", 1)
        second = await place(uow, feed, "e2", 1)
        await uow.stories.save([story(1, revision=2, topics=("autos",))], new=False)
        assert await uow.stories.next_id() == 2
    async with store.begin(assigning=True) as uow:
        members = await uow.stories.members(StoryId(1))
        assert [(m.entry_id, m.joined) for m in members] == [
            (first, "same text"),
            (second, "same text"),
        ]
        assert members[0].reading == reading()
        assert await uow.stories.member(second) == members[1]
        assert await uow.stories.home(second) == 1
        assert await uow.stories.home(EntryId(99)) is None
        assert await uow.stories.member(EntryId(99)) is None
        await uow.stories.remark(second, '{"rates": [20]}')
        later = await uow.stories.placed_since(first, NOW - timedelta(days=1), limit=9)
        assert [p.fingerprint for p in later] == ['{"rates": [20]}']
        assert [p.entry_id for p in later] == [second]
        assert await uow.stories.placed_since(EntryId(0), NOW + timedelta(days=1), limit=9) == []
        oldest = await uow.stories.placed_since(EntryId(0), NOW - timedelta(days=1), limit=1)
        assert [p.entry_id for p in oldest] == [first]
        assert await uow.stories.get(StoryId(1)) == story(1, revision=2, topics=("autos",))
        assert await uow.stories.revisions({StoryId(1), StoryId(9)}) == {StoryId(1): 2}
        assert await uow.stories.revisions(()) == {}
    assert [s.id for s in await store.queries.stories(owner=None, topic="autos")] == [1]
    assert await store.queries.stories(owner=None, topic="tariffs") == []
    assert len(await store.queries.members(StoryId(1), None)) == 2


async def test_an_alert_waits_until_its_fan_out_is_done(store: SqlStore, feed: Feed) -> None:
    """The cursor lives in the alert's row; a finished alert is no longer waiting."""
    async with store.begin(assigning=True) as uow:
        await uow.stories.save([story(1)], new=True)
        entry_id = await place(uow, feed, "e1", 1)
        draft = AlertDraft(
            story_id=StoryId(1), revision=1, entry_id=entry_id, verdict=NEW, opens=False
        )
        await uow.alerts.add([draft], NOW)
        await uow.alerts.add([], NOW)
    async with store.begin() as uow:
        (alert,) = await uow.alerts.waiting(10)
        assert (alert.entry_id, alert.cursor, alert.changes) == (entry_id, None, NEW.changes)
        assert not alert.opens
        await uow.alerts.advance(alert.id, None, done=True)
    async with store.begin() as uow:
        assert await uow.alerts.waiting(10) == []
        assert (await uow.alerts.get(alert.id)) == alert


async def test_stories_are_found_by_time_topic_and_sources(store: SqlStore) -> None:
    """Newest first or most told first; a story on no topic, and another tenant's, stay out."""
    many = story(1).sources * 3
    async with store.begin(assigning=True) as uow:
        await uow.stories.save(
            [story(1, sources=many, updated_at=NOW - timedelta(days=1))], new=True
        )
        await uow.stories.save([story(2)], new=True)
        await uow.stories.save([story(3, topics=())], new=True)
        await uow.stories.save([story(4, owner=Tenant("slack:T1"), topics=("dairy",))], new=True)

    async def ids(owner: Tenant | None = None, **how: object) -> list[int]:
        return [s.id for s in await store.queries.stories(owner=owner, **how)]

    assert await ids() == [2, 1]
    assert await ids(most_told_first=True) == [1, 2]
    assert await ids(since=NOW) == [2]
    assert await ids(limit=1, offset=1) == [1]
    assert await ids(Tenant("slack:T1"), topic="dairy") == [4]
    assert await store.queries.story(StoryId(4), Tenant("slack:T2")) is None
    assert await store.queries.members(StoryId(4), None) == []


async def test_deadlines_come_soonest_first(store: SqlStore) -> None:
    """Between two days, both included, narrowed to a topic."""
    soon, late = deadline(date(2026, 12, 1)), deadline(date(2027, 1, 12))
    async with store.begin(assigning=True) as uow:
        await uow.stories.save([story(1, deadlines=(late,))], new=True)
        await uow.stories.save([story(2, deadlines=(soon,), topics=("autos",))], new=True)
    span = {"owner": None, "since": date(2026, 12, 1), "until": date(2027, 1, 12), "limit": 9}
    found = await store.queries.deadlines(topic=None, **span)
    assert [(d.fact, d.story_id) for d in found] == [(soon, 2), (late, 1)]
    assert [d.story_id for d in await store.queries.deadlines(topic="autos", **span)] == [2]
