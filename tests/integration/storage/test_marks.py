"""Follows, mutes, feedback and marks on deadlines, on both databases."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.domain.feed import Feed, Origin
from bot.domain.ids import DeadlineId, DestinationId, RecordId, StoryId, Tenant
from bot.domain.marks import DeadlineMarks, Feedback, Follow, Mark, Mute, Settling, Signed
from bot.domain.reading import DeadlineKind
from bot.domain.story import Story
from bot.domain.trace import Stop, Stopped
from bot.ports import AlertDraft, NewEntry, Placement
from bot.storage.unit_of_work import SqlStore, SqlUnitOfWork
from tests.fakes.writing import add_entries
from tests.samples import NEW, NOW, deadline, entry, reading, slack, spec, story

TEAM, OTHER = Tenant("slack:T1"), Tenant("slack:T2")
ANA = Signed(by="slack:U1", called="ana", at=NOW)


async def place(uow: SqlUnitOfWork, channel: str = "C1", workspace: str = "T1") -> DestinationId:
    address = slack(channel, workspace)
    return (await uow.destinations.ensure(address, origin=Origin.CHAT, zone="UTC", locale="en")).id


async def keep(uow: SqlUnitOfWork, *stories: Story) -> None:
    await uow.stories.save(stories, new=True)


async def audience(uow: SqlUnitOfWork, told: Story) -> dict[str, tuple[bool, list[str]]]:
    found = await uow.subscriptions.audience(told, after=None, limit=10)
    return {
        each.destination.address.channel: (each.follows, [mute.topic for mute in each.mutes])
        for each in found
    }


def follow(destination_id: DestinationId, **changes: object) -> Follow:
    known = {
        "destination_id": destination_id,
        "story_id": StoryId(1),
        "tenant": TEAM,
        "by": "slack:U1",
        "at": NOW,
    }
    return Follow(**(known | changes))


async def test_a_follower_is_in_the_audience(store: SqlStore) -> None:
    """With nothing subscribed; a place that follows nothing and wants nothing is not."""
    async with store.begin() as uow:
        await keep(uow, story())
        mine, _ = await place(uow, "U1"), await place(uow, "C2")
        assert await uow.people.follow(follow(mine))
        assert not await uow.people.follow(follow(mine))
        assert await audience(uow, story()) == {"U1": (True, [])}
        assert await uow.people.unfollow(mine, StoryId(1))
        assert not await uow.people.unfollow(mine, StoryId(1))
        assert await audience(uow, story()) == {}


async def test_a_tenants_story_reaches_who_followed_it_from_there(store: SqlStore) -> None:
    """A person's own conversation has no workspace on Discord: the follow knows where it was made."""
    private = story(owner=TEAM)
    async with store.begin() as uow:
        await keep(uow, private)
        inside, outside = await place(uow, "U1", ""), await place(uow, "U2", "T2")
        await uow.people.follow(follow(inside))
        await uow.people.follow(follow(outside, tenant=OTHER))
        assert await audience(uow, private) == {"U1": (True, [])}


async def test_follows_end_when_the_story_is_quiet(store: SqlStore) -> None:
    """Both the story's last entry and the follow must be older."""
    old = story(updated_at=NOW - timedelta(days=40), first_seen=NOW - timedelta(days=40))
    async with store.begin() as uow:
        await keep(uow, old, story(2))
        one, two = await place(uow, "U1"), await place(uow, "U2")
        await uow.people.follow(follow(one, at=NOW - timedelta(days=35)))
        await uow.people.follow(follow(two))
        await uow.people.follow(follow(one, story_id=StoryId(2), at=NOW - timedelta(days=35)))
        assert await uow.people.end_follows(NOW - timedelta(days=30)) == 1
    people = store.queries.people
    assert [s.id for s in await people.follows(one)] == [2]
    assert [s.id for s in await people.follows(two)] == [1]


async def test_mutes_are_replaced_ended_and_listed(store: SqlStore) -> None:
    """A second mute of a topic takes the first one's place."""
    async with store.begin() as uow:
        here = await place(uow)
        for until in (None, NOW + timedelta(days=1)):
            await uow.people.mute(
                Mute(destination_id=here, topic="tariffs", until=until, by="slack:U1", at=NOW)
            )
        await uow.people.mute(Mute(destination_id=here, topic="dairy", by="slack:U1", at=NOW))
    held = await store.queries.people.mutes(here)
    assert [(m.topic, m.until) for m in held] == [
        ("dairy", None),
        ("tariffs", NOW + timedelta(days=1)),
    ]
    assert [m.holds(NOW) for m in held] == [True, True]
    async with store.begin() as uow:
        assert await uow.people.end_mutes(NOW) == 0
        assert await uow.people.end_mutes(NOW + timedelta(days=1)) == 1
        assert await uow.people.unmute(here, ["dairy", "autos"]) == ["dairy"]
    assert await store.queries.people.mutes(here) == []


async def test_one_mark_for_each_person_and_story(store: SqlStore) -> None:
    """Changing it replaces; another workspace's person of the same number is another."""
    known = {"story_id": StoryId(1), "by": "slack:U1", "topics": ("tariffs",), "at": NOW}
    async with store.begin() as uow:
        await keep(uow, story())
        first = Feedback(mark=Mark.NOISE, team=TEAM, reason="football", **known)
        assert await uow.people.judge(first) is None
        later = replace(first, mark=Mark.USEFUL, at=NOW + timedelta(hours=1))
        assert await uow.people.judge(later) is Mark.NOISE
        assert await uow.people.judge(Feedback(mark=Mark.NOISE, team=OTHER, **known)) is None
    people = store.queries.people
    assert await people.feedback(TEAM) == [later]
    assert await people.feedback(TEAM, since=NOW + timedelta(hours=2)) == []
    assert [f.mark for f in await people.feedback(OTHER)] == [Mark.NOISE]


async def test_a_deadline_keeps_its_number(store: SqlStore) -> None:
    """Other words, another entry, gone and back: the number stays, and what a team said with it."""
    people = store.queries.people
    async with store.begin() as uow:
        await keep(uow, story())
        found = await uow.stories.get(StoryId(1))
        assert found is not None
    (known,) = await people.deadlines_of(StoryId(1), team=TEAM, owner=None)
    assert (known.first_seen, known.gone_at) == (NOW, None)
    async with store.begin() as uow:
        await uow.people.settle_deadline(known.id, TEAM, Settling.HANDLED, ANA)
        for deadlines in ((replace(deadline(), text="Other words."),), (), (deadline(),)):
            told = replace(story(), deadlines=deadlines, updated_at=NOW + timedelta(hours=1))
            await uow.stories.save([told], new=False)
            here = await uow.people.deadline_marks(StoryId(1), TEAM)
            assert here[DeadlineKind.EFFECTIVE, date(2026, 12, 1)].handled == ANA
    (again,) = await people.deadlines_of(StoryId(1), team=TEAM, owner=None)
    assert (again.id, again.gone_at, again.marks.handled) == (known.id, None, ANA)


async def test_what_a_team_says_of_the_record(store: SqlStore) -> None:
    """By the code of what the record says; dismissing takes the place of all else here too."""
    people, code = store.queries.people, RecordId("r3fa9c1")
    before = await store.queries.pages.state()
    async with store.begin() as uow:
        for said in (Settling.CONFIRMED, Settling.HANDLED, Settling.DISMISSED):
            await uow.people.settle_of_record(code, TEAM, said, ANA)
        await uow.people.settle_of_record(RecordId("r000000"), OTHER, Settling.HANDLED, ANA)
    marks = await people.of_record(TEAM)
    assert marks == {code: DeadlineMarks(dismissed=ANA, changed_at=ANA.at)}
    said = await store.queries.pages.state()
    async with store.begin() as uow:
        assert await uow.people.reopen_of_record(code, TEAM, NOW)
        assert not await uow.people.reopen_of_record(code, TEAM, NOW)
    assert await people.of_record(TEAM) == {code: DeadlineMarks(changed_at=NOW)}
    assert (await people.of_record(OTHER)).keys() == {"r000000"}
    reopened = await store.queries.pages.state()
    assert len({before.deadlines, said.deadlines, reopened.deadlines}) == 3


async def test_a_changed_date_replaces_the_former(store: SqlStore) -> None:
    """Where one of a kind came and one went; where two came, nobody knows which."""
    async with store.begin() as uow:
        await keep(uow, story(), story(2))
        moved = replace(story(), deadlines=(deadline(date(2026, 12, 20)),))
        unclear = replace(
            story(2), deadlines=(deadline(date(2026, 12, 20)), deadline(date(2026, 12, 30)))
        )
        await uow.stories.save([moved, unclear], new=False)
    found = await store.queries.deadlines(
        owner=None,
        since=date(2026, 11, 20),
        until=date(2026, 12, 10),
        topic=None,
        limit=10,
        whole=True,
    )
    assert [(f.story_id, f.fact.date, f.before) for f in found] == [
        (1, date(2026, 12, 20), date(2026, 12, 1))
    ]
    gone = await store.queries.people.deadlines_of(StoryId(1), team=TEAM, owner=None)
    assert [k.gone_at is not None for k in gone] == [True, False]


async def test_dismissing_and_all_else_replace_each_other(store: SqlStore) -> None:
    """For one team; reopening forgets everything of that team."""
    people = store.queries.people
    async with store.begin() as uow:
        await keep(uow, story())
        for said in (Settling.CONFIRMED, Settling.HANDLED, Settling.DISMISSED):
            await uow.people.settle_deadline(DeadlineId(1), TEAM, said, ANA)
        await uow.people.settle_deadline(DeadlineId(1), OTHER, Settling.CONFIRMED, ANA)
    known = await people.deadline(DeadlineId(1), team=TEAM, owner=None)
    assert known is not None
    assert (known.marks.confirmed, known.marks.dismissed, known.marks.handled) == (None, ANA, None)
    async with store.begin() as uow:
        assert await uow.people.reopen_deadline(DeadlineId(1), TEAM, NOW)
        assert not await uow.people.reopen_deadline(DeadlineId(1), TEAM, NOW)
        assert await uow.people.deadline_marks(StoryId(1), TEAM) == {}
    other = await people.deadline(DeadlineId(1), team=OTHER, owner=None)
    assert other is not None
    assert other.marks.confirmed == ANA


@pytest.mark.parametrize("owner", [None, OTHER])
async def test_a_private_storys_deadline_is_hidden(store: SqlStore, owner: Tenant | None) -> None:
    """From everybody but its owner."""
    async with store.begin() as uow:
        await keep(uow, story(owner=TEAM))
    people = store.queries.people
    assert await people.deadline(DeadlineId(1), team=TEAM, owner=owner) is None
    assert await people.deadlines_of(StoryId(1), team=TEAM, owner=owner) == []
    assert await people.deadline(DeadlineId(1), team=TEAM, owner=TEAM) is not None


async def fed(uow: SqlUnitOfWork) -> Feed:
    return await uow.feeds.add(spec(origin=Origin.CHAT), NOW)


async def test_traces_are_kept_with_the_alert(store: SqlStore) -> None:
    """Each batch has its row; a place finds its own, and the entry its address."""
    async with store.begin() as uow:
        feed = await fed(uow)
        (entry_id,) = await add_entries(
            uow, feed, [NewEntry(entry=entry(), reading=reading(), held=True)], NOW
        )
        await keep(uow, story())
        placed = Placement(
            entry_id=entry_id,
            story_id=StoryId(1),
            owner=None,
            seen_at=NOW,
            fingerprint="{}",
            joined="same link",
        )
        await uow.stories.place([placed])
        draft = AlertDraft(
            story_id=StoryId(1), revision=1, entry_id=entry_id, verdict=NEW, opens=False
        )
        await uow.alerts.add([draft], NOW)
        (alert,) = await uow.alerts.waiting(1)
        said = Stopped(stop=Stop.LEVEL, wish="tariffs", detail="flash")
        for low, high in ((1, 3), (4, 6)):
            stops = {DestinationId(n): (said,) for n in range(low, high)}
            await uow.traces.note(alert.id, DestinationId(high), stops)
        await uow.traces.note(alert.id, DestinationId(9), {})
    traces = store.queries.traces
    for number, expected in ((1, (said,)), (3, ()), (5, (said,)), (9, ()), (None, ())):
        where = None if number is None else DestinationId(number)
        (trace,) = await traces.alerts_of(StoryId(1), where)
        assert trace.stopped == expected, number
        assert (trace.opens, trace.done) == (False, False)
    (found,) = await traces.entries_at("http://www.ledger.example/e1?utm_source=rss", None)
    assert (found.story_id, found.joined, found.stored.held) == (1, "same link", True)
    assert [e.stored.id for e in await traces.entries_in(StoryId(1), None)] == [entry_id]
    async with store.begin() as uow:
        assert await uow.traces.forget(NOW) == 0
        assert await uow.traces.forget(NOW + timedelta(days=1)) == 2
    (trace,) = await traces.alerts_of(StoryId(1), DestinationId(1))
    assert trace.stopped == ()
    assert await traces.gathered(StoryId(1), DestinationId(1)) == []
    assert await traces.deliveries(DestinationId(1), limit=5, offset=0) == []
