"""What waits to be told together, and how places want to be told: the store's contract."""

from dataclasses import replace
from datetime import datetime, time, timedelta

from bot.domain.alert import DeliveryKind, DeliveryState, Why
from bot.domain.destination import Destination, DestinationState, Wish
from bot.domain.digest import DigestItem, Weather
from bot.domain.feed import Origin
from bot.domain.ids import DestinationId, StoryId
from bot.domain.manners import Manners, Mention, MentionKind, Quiet, Rhythm, When
from bot.domain.message import Link, Message, MessageLine, MessageSection
from bot.domain.reading import Lang
from bot.storage.unit_of_work import SqlStore
from tests.fakes.writing import record_try
from tests.samples import NOW, draft, slack, story

HOUR = timedelta(hours=1)
DAILY = When(rhythm=Rhythm.DAILY, at=time(8))
WISH = Wish(
    topic="tariffs",
    when=DAILY,
    langs=(Lang.EN, Lang.FR),
    sources=3,
    mention=Mention(kind=MentionKind.ROLE, id="S1"),
)
MANNERS = Manners(quiet=Quiet(start=time(22), end=time(7)), storm=3, say_empty=True)


async def place(store: SqlStore, channel: str = "C1", wish: Wish = WISH) -> Destination:
    """A place with a subscription, and the stories 1 to 3."""
    async with store.begin(assigning=True) as uow:
        made = await uow.destinations.ensure(
            slack(channel), origin=Origin.CHAT, zone="UTC", locale="en"
        )
        await uow.subscriptions.add(made.id, wish, origin=Origin.CHAT, by="slack:U1", now=NOW)
        if await uow.stories.get(StoryId(1)) is None:
            await uow.stories.save([story(number) for number in (1, 2, 3)], new=True)
    return made


def item(there: Destination, number: int = 1, **changes: object) -> DigestItem:
    values: dict = {
        "destination_id": there.id,
        "story_id": StoryId(number),
        "subject": f"story:{number}",
        "gathering": "daily@08:00",
        "due_at": NOW + HOUR,
        "revision": 1,
        "why": Why(subscription_id=None, wish="tariffs"),
        "added_at": NOW,
    }
    return DigestItem(**(values | changes))


async def test_options_of_a_subscription_are_kept(store: SqlStore) -> None:
    """Rhythm, languages, sources and mention come back; a wish said again replaces them."""
    there = await place(store)
    (held,) = await store.queries.subscriptions(there.id)
    assert held.wish == WISH
    async with store.begin() as uow:
        plain = Wish(topic="tariffs")
        again = await uow.subscriptions.add(
            there.id, plain, origin=Origin.CHAT, by="slack:U1", now=NOW
        )
        assert again is None
    ((_, held),) = await store.queries.every_subscription()
    assert held.wish == plain


async def test_manners_of_a_place_are_kept(store: SqlStore) -> None:
    """A person's word about a place outlives the configuration's."""
    there = await place(store)
    async with store.begin() as uow:
        await uow.destinations.set_manners(replace(there, manners=MANNERS), by="config")
        await uow.digests.remind_next(there.id, NOW + HOUR)
    assert (await store.queries.destination(slack())).manners == MANNERS
    mine = replace(there, zone="America/Toronto", locale="fr", manners=Manners(storm=0))
    async with store.begin() as uow:
        await uow.destinations.set_manners(mine, by="slack:U1")
        await uow.destinations.set_manners(replace(there, manners=MANNERS), by="config")
        found = await uow.destinations.get(there.id)
        assert (found.zone, found.locale, found.manners) == (mine.zone, "fr", mine.manners)
        assert len(await uow.digests.remindable(NOW, limit=10)) == 1  # looked for afresh


async def test_items_are_written_once(store: SqlStore) -> None:
    """The same story waits once for the same digest, and is found by its story."""
    there = await place(store)
    async with store.begin() as uow:
        assert await uow.digests.add([item(there), item(there, 2)]) == 2
        assert await uow.digests.add([item(there, revision=2)]) == 0
        assert await uow.digests.add([item(there, due_at=NOW + 2 * HOUR)]) == 1
        about = await uow.digests.about(StoryId(1), [there.id])
        assert [each.due_at for each in about[there.id]] == [NOW + HOUR, NOW + 2 * HOUR]
        assert about[there.id][0] == replace(item(there), id=about[there.id][0].id)
        assert await uow.digests.about(StoryId(3), [there.id]) == {}
        assert await uow.digests.about(StoryId(1), []) == {}


async def test_what_is_due_comes_by_place(store: SqlStore) -> None:
    """Only what is due, untold, and of active places; told items stay with what told them."""
    first, second = await place(store), await place(store, "C2")
    async with store.begin() as uow:
        await uow.digests.add([item(first), item(first, 2, due_at=NOW + 2 * HOUR), item(second)])
        assert await uow.digests.due(NOW, limit=10) == []
        due = await uow.digests.due(NOW + HOUR, limit=10)
        assert [(one.destination.id, len(one.items)) for one in due] == [
            (first.id, 1),
            (second.id, 1),
        ]
        assert len(await uow.digests.due(NOW + HOUR, limit=1)) == 1
        await uow.digests.tell(due[0].items, "digest:x")
        await uow.digests.postpone(due[1].items, NOW + 3 * HOUR)
        assert await uow.digests.due(NOW + HOUR, limit=10) == []
        assert [one.subject for one in await uow.digests.told_in(first.id, "digest:x")] == [
            "story:1"
        ]
        await uow.destinations.set_state(first.id, DestinationState.PAUSED, "paused")
        late = await uow.digests.due(NOW + 3 * HOUR, limit=10)
        assert [one.destination.id for one in late] == [second.id]


async def test_what_was_told_elsewhere(store: SqlStore) -> None:
    """A message of its own, or another digest with this revision, makes an item needless."""
    there = await place(store)
    async with store.begin() as uow:
        waiting = [item(there, 1, revision=2), item(there, 2), item(there, 3)]
        earlier = [
            item(there, 1, gathering="hourly", told="digest:a", revision=1),
            item(there, 2, gathering="hourly", told="digest:a", revision=1),
        ]
        await uow.digests.add([*waiting, *earlier])
        await uow.deliveries.enqueue([draft(there.id, None, subject="story:3")], NOW)
        (due,) = await uow.digests.due(NOW + HOUR, limit=10)
        gone = await uow.digests.told_elsewhere(due.items)
        assert [one.subject for one in due.items if one.id in gone] == ["story:2", "story:3"]


async def test_the_weather_of_a_place(store: SqlStore) -> None:
    """Alerts of late are counted, in the bulletin or by themselves; digests are not."""
    there, calm = await place(store), await place(store, "C2")
    async with store.begin() as uow:
        drafts = [
            draft(there.id, None, subject="story:1"),
            draft(there.id, None, subject="entry:9", revision=0),
            draft(there.id, None, subject="digest:x"),
            draft(there.id, None, subject="story:1", kind=DeliveryKind.EDIT, revision=2),
        ]
        await uow.deliveries.enqueue(drafts, NOW)
        storm = {"gathering": "storm", "due_at": NOW}
        await uow.digests.add(
            [
                item(there, 2, **storm, told="bulletin:1"),
                item(there, 3, **storm, told="bulletin:2", added_at=NOW + HOUR / 60),
            ]
        )
        found = await uow.digests.weather([there.id, calm.id], NOW - HOUR / 6)
        assert found == {there.id: Weather(recent=4, bulletin="bulletin:2", held=1)}
        assert await uow.digests.weather([there.id], NOW + HOUR) == {}


async def test_who_expects_a_word_about_empty_digests(store: SqlStore) -> None:
    """Active places with a digest and the setting, one page after another."""
    first, second = await place(store), await place(store, "C2")
    await place(store, "C3", Wish(topic="tariffs"))
    async with store.begin() as uow:
        for there in (first, second):
            await uow.destinations.set_manners(replace(there, manners=MANNERS), by="slack:U1")
        (one,) = await uow.digests.expecting(after=None, limit=1)
        assert (one[0].id, [held.wish for held in one[1]]) == (first.id, [WISH])
        (other,) = await uow.digests.expecting(after=first.id, limit=9)
        assert other[0].id == second.id
        assert not await uow.digests.announced(first.id, "digest:daily@08:00:2026")
        await uow.deliveries.enqueue(
            [draft(first.id, None, subject="digest:daily@08:00:2026Z:7")], NOW
        )
        assert await uow.digests.announced(first.id, "digest:daily@08:00:2026")
        assert not await uow.digests.announced(first.id, "digest:daily_08:00:2026")


async def test_whose_reminders_are_due(store: SqlStore) -> None:
    """Active places that subscribed to a topic, at their own moment."""
    there = await place(store)
    await place(store, "C2", Wish(query="steel"))
    async with store.begin() as uow:
        ((found, held),) = await uow.digests.remindable(NOW, limit=10)
        assert (found.id, [each.wish for each in held]) == (there.id, [WISH])
        await uow.digests.remind_next(there.id, NOW + HOUR)
        assert await uow.digests.remindable(NOW, limit=10) == []
        assert len(await uow.digests.remindable(NOW + HOUR, limit=10)) == 1


async def test_deliveries_that_bring_their_text(store: SqlStore) -> None:
    """A digest's messages are stored with it, in order, once."""
    there = await place(store)
    section = MessageSection(heading="Steel", lines=(MessageLine(text="A", url=None, note="n"),))
    message = Message(
        subject="digest:x",
        headline=Link(text="Digest"),
        sections=(section,),
        mention=(Mention(kind=MentionKind.HERE),),
    )
    post = draft(there.id, None, subject="digest:x", due_at=NOW + HOUR)
    reply = replace(post, kind=DeliveryKind.REPLY, revision=2, due_at=None)
    async with store.begin() as uow:
        assert await uow.deliveries.enqueue_told([], NOW) == 0
        assert await uow.deliveries.enqueue_told([(post, message), (reply, message)], NOW) == 2
        assert await uow.deliveries.enqueue_told([(post, message)], NOW) == 0
    first, second = await store.queries.deliveries_about("digest:x", there.id)
    assert (first.due_at, second.due_at) == (NOW + HOUR, NOW)
    async with store.begin() as uow:
        assert await uow.deliveries.notice(first.id) == message


async def test_a_claim_can_be_put_back(store: SqlStore) -> None:
    """Put back, a delivery waits as if it had not been tried; only its worker may do so."""
    there = await place(store)
    until = NOW + 8 * HOUR
    async with store.begin() as uow:
        await uow.deliveries.enqueue([draft(there.id, None)], NOW)
        (claimed,) = await _claim(uow, NOW)
        await uow.deliveries.put_back(claimed.delivery.id, worker="other", until=until)
    (row,) = await store.queries.deliveries_about("story:1", there.id)
    assert row.state is DeliveryState.SENDING
    async with store.begin() as uow:
        await uow.deliveries.put_back(row.id, worker="w", until=until)
    (row,) = await store.queries.deliveries_about("story:1", there.id)
    assert (row.state, row.attempts, row.first_attempt_at) == (DeliveryState.PENDING, 0, None)
    assert row.due_at == until
    async with store.begin() as uow:
        (again,) = await _claim(uow, until)
        await record_try(
            uow, again.delivery.id, DeliveryState.RETRY, worker="w", now=until, due_at=until
        )
        (again,) = await _claim(uow, until + HOUR)
        await uow.deliveries.put_back(again.delivery.id, worker="w", until=until + 2 * HOUR)
    (row,) = await store.queries.deliveries_about("story:1", there.id)
    assert (row.state, row.attempts) == (DeliveryState.RETRY, 1)


async def _claim(uow, now: datetime):
    """Take one delivery as worker w."""
    pace = {"slack": timedelta(0)}
    return await uow.deliveries.claim(now, worker="w", lease=HOUR, pace=pace, limit=1)


async def test_held_replies_are_one(store: SqlStore) -> None:
    """A reply that waits for later tells the next ones too; one that may go is left alone."""
    there = await place(store)
    later = NOW + HOUR
    async with store.begin() as uow:
        await uow.deliveries.enqueue([draft(there.id, None)], NOW)
        (post,) = await _claim(uow, NOW)
        await record_try(uow, post.delivery.id, DeliveryState.SENT, worker="w", now=NOW)

    def reply(number: int, due: datetime | None):
        return draft(there.id, None, kind=DeliveryKind.REPLY, revision=number, due_at=due)

    async with store.begin() as uow:
        held = reply(2, later)
        await uow.deliveries.enqueue([held], NOW)
        written = [
            await uow.deliveries.enqueue([replace(reply(number, later), alert_id=number)], NOW)
            for number in (3, 4)
        ]
        assert written == [0, 0]
        assert await uow.deliveries.enqueue([replace(reply(5, None), alert_id=None)], NOW) == 1
    rows = await store.queries.deliveries_about("story:1", there.id)
    async with store.begin() as uow:
        assert await uow.deliveries.folds(rows[1].id) == (3, 4)
        assert await uow.deliveries.folds(rows[2].id) == ()
    assert DestinationId(rows[1].draft.destination_id) == there.id
