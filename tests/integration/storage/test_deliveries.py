"""The contract of the outbox, of destinations and of subscriptions, on both databases."""

from dataclasses import replace
from datetime import datetime, timedelta

import pytest

from bot.domain.alert import DeliveryKind, DeliveryState, Receipt
from bot.domain.destination import Address, DestinationState, Level, PlatformName, Wish
from bot.domain.feed import Origin
from bot.domain.ids import DestinationId, StoryId, Tenant
from bot.domain.message import Link, Message
from bot.domain.views import Claimed
from bot.errors import InvalidInputError
from bot.ports import AlertDraft, Ended, NewEntry
from bot.storage.unit_of_work import SqlStore, SqlUnitOfWork
from tests.fakes.writing import add_entries, record_try
from tests.samples import NEW, NOW, draft, entry, reading, slack, spec, story

PACE = {"slack": timedelta(seconds=1)}
LEASE = timedelta(minutes=2)


async def place(uow: SqlUnitOfWork, channel: str = "C1", workspace: str = "") -> DestinationId:
    made = await uow.destinations.ensure(
        slack(channel, workspace), origin=Origin.CHAT, zone="UTC", locale="en"
    )
    return made.id


async def claim(uow: SqlUnitOfWork, now: datetime = NOW, worker: str = "w") -> list[Claimed]:
    return await uow.deliveries.claim(now, worker=worker, lease=LEASE, pace=PACE, limit=50)


async def finish(uow: SqlUnitOfWork, claimed: Claimed, ts: str = "1.0") -> None:
    assert await record_try(
        uow,
        claimed.delivery.id,
        DeliveryState.SENT,
        worker="w",
        now=NOW,
        receipt=Receipt(channel="C1", message=ts),
    )


async def test_the_same_delivery_is_written_once(store: SqlStore) -> None:
    """Destination, subject, kind and revision make a delivery; a waiting post needs no edit."""
    async with store.begin() as uow:
        there = await place(uow)
        assert await uow.deliveries.enqueue([draft(there, None)], NOW) == 1
        assert await uow.deliveries.enqueue([draft(there, None)], NOW) == 0
        edit = draft(there, None, kind=DeliveryKind.EDIT, revision=2)
        reply = draft(there, None, kind=DeliveryKind.REPLY, revision=2)
        assert await uow.deliveries.enqueue([edit, reply], NOW) == 0


async def test_a_claim_records_the_try_and_paces_the_destination(store: SqlStore) -> None:
    """One send at a time for each destination, in its order, at its pace."""
    async with store.begin() as uow:
        here, there = await place(uow, "C1"), await place(uow, "C2")
        for subject in ("story:1", "story:2"):
            drafts = [draft(where, None, subject=subject) for where in (here, there)]
            await uow.deliveries.enqueue(drafts, NOW)
        first = await claim(uow)
        assert [(c.delivery.draft.subject, c.destination.id) for c in first] == [
            ("story:1", here),
            ("story:1", there),
        ]
        assert [c.delivery.state for c in first] == [DeliveryState.SENDING] * 2
        assert first[0].delivery.attempts == 1
        assert await claim(uow) == []
        await finish(uow, first[0])
        assert await claim(uow, NOW + timedelta(milliseconds=500)) == []
        (second,) = await claim(uow, NOW + timedelta(seconds=1))
        assert (second.destination.id, second.delivery.draft.subject) == (here, "story:2")
        assert await uow.deliveries.next_due(["discord"]) is None


async def test_several_platforms_are_claimed_in_one_order(store: SqlStore) -> None:
    """What was written first goes first, wherever to; a platform that is not served waits."""
    platforms = (PlatformName.DISCORD, PlatformName.SLACK, PlatformName.APPRISE)
    async with store.begin() as uow:
        for number in range(9):
            there = await uow.destinations.ensure(
                Address(platform=platforms[number % 3], channel=f"C{number}"),
                origin=Origin.CHAT,
                zone="UTC",
                locale="en",
            )
            await uow.deliveries.enqueue([draft(there.id, None)], NOW)
        served = dict.fromkeys(("slack", "discord"), timedelta(seconds=1))
        claims = [
            await uow.deliveries.claim(NOW, worker="w", lease=LEASE, pace=served, limit=4)
            for _ in range(3)
        ]
    channels = [[one.destination.address.channel for one in claimed] for claimed in claims]
    assert channels == [["C0", "C1", "C3", "C4"], ["C6", "C7"], []]


async def test_an_edit_knows_the_message_it_changes_and_keeps_its_distance(
    store: SqlStore,
) -> None:
    """The sent post travels with edits and replies; edits are minutes apart."""
    async with store.begin() as uow:
        there = await place(uow)
        await uow.deliveries.enqueue([draft(there, None)], NOW)
        (post,) = await claim(uow)
        await finish(uow, post, "17.5")
        edit = draft(there, None, kind=DeliveryKind.EDIT, revision=2)
        assert await uow.deliveries.enqueue([edit], NOW) == 1
        assert await uow.deliveries.enqueue([replace(edit, revision=3)], NOW) == 0
        soon = NOW + timedelta(seconds=5)
        (claimed,) = await claim(uow, soon)
        assert claimed.posted is not None
        assert claimed.posted.receipt == Receipt(channel="C1", message="17.5")
        await finish(uow, claimed)
        assert await uow.deliveries.enqueue([replace(edit, revision=4)], soon) == 1
        assert await claim(uow, soon + timedelta(seconds=30)) == []
        assert len(await claim(uow, soon + timedelta(minutes=3))) == 1


async def test_an_edit_that_waits_holds_nobody(store: SqlStore) -> None:
    """Neither its story's reply, nor another story; a post that is unclear holds only its own."""
    async with store.begin() as uow:
        there = await place(uow)
        await uow.deliveries.enqueue([draft(there, None)], NOW)
        (post,) = await claim(uow)
        await finish(uow, post)
        edit = draft(there, None, kind=DeliveryKind.EDIT, revision=2)
        await uow.deliveries.enqueue([edit], NOW)
        soon = NOW + timedelta(seconds=2)
        (first_edit,) = await claim(uow, soon)
        await finish(uow, first_edit)
        await uow.deliveries.enqueue([replace(edit, revision=3)], soon)
        reply = draft(there, None, kind=DeliveryKind.REPLY, revision=3)
        await uow.deliveries.enqueue([reply, draft(there, None, subject="story:2")], soon)
        (next_one,) = await claim(uow, soon + timedelta(seconds=2))
        assert next_one.delivery.draft.kind is DeliveryKind.REPLY
        await record_try(
            uow, next_one.delivery.id, DeliveryState.UNKNOWN, worker="w", now=NOW, due_at=NOW
        )
        await uow.deliveries.enqueue([replace(reply, revision=4)], soon)
        (other,) = await claim(uow, soon + timedelta(seconds=4))
        assert other.delivery.draft.subject == "story:2"


async def test_a_send_whose_worker_is_gone_becomes_unknown(store: SqlStore) -> None:
    """By the lease's end or the worker's death; one worker settles it."""
    async with store.begin() as uow:
        here, there = await place(uow, "C1"), await place(uow, "C2")
        await uow.deliveries.enqueue([draft(here, None), draft(there, None)], NOW)
        await claim(uow, worker="dead")
        assert await uow.deliveries.expire(NOW, []) == 0
        assert await uow.deliveries.leaseholders() == ["dead"]
        assert await uow.deliveries.expire(NOW, ["dead"]) == 2
        settle = {"worker": "w", "lease": LEASE, "platforms": ["slack"], "limit": 1}
        (mine,) = await uow.deliveries.unsettled(NOW, **settle)
        (other,) = await uow.deliveries.unsettled(NOW, **settle)
        assert {mine.destination.id, other.destination.id} == {here, there}
        assert await uow.deliveries.unsettled(NOW, **settle) == []
        assert await uow.deliveries.expire(NOW, ["w"]) == 0
        assert len(await uow.deliveries.unsettled(NOW, **(settle | {"limit": 9}))) == 2
        for worker, taken in (("gone", False), ("w", True)):
            recorded = await record_try(
                uow, mine.delivery.id, DeliveryState.RETRY, worker=worker, now=NOW, due_at=NOW
            )
            assert recorded is taken
        later = NOW + timedelta(seconds=2)
        assert [c.delivery.attempts for c in await claim(uow, later)] == [2]


async def test_a_paused_or_broken_destination_waits(store: SqlStore) -> None:
    """What is due is kept, and goes out when the destination is mended."""
    async with store.begin() as uow:
        there = await place(uow)
        await uow.deliveries.enqueue([draft(there, None)], NOW)
        await uow.destinations.set_state(there, DestinationState.BROKEN, "archived")
        assert await claim(uow) == []
        await uow.destinations.set_state(there, DestinationState.ACTIVE, None)
        await uow.deliveries.hold_destination(there, NOW + timedelta(seconds=30))
        assert await claim(uow) == []
        assert await uow.deliveries.next_due(["slack"]) == NOW + timedelta(seconds=30)
        assert len(await claim(uow, NOW + timedelta(seconds=30))) == 1


async def test_a_restart_gives_broken_destinations_another_try(store: SqlStore) -> None:
    """A token that was mended needs no word in each channel; what is paused stays paused."""
    async with store.begin() as uow:
        here, there = await place(uow, "C1"), await place(uow, "C2")
        await uow.destinations.set_state(here, DestinationState.BROKEN, "token revoked")
        await uow.destinations.set_state(there, DestinationState.PAUSED, None)
        assert await uow.destinations.mend_broken() == 1
        mended, paused = await uow.destinations.get(here), await uow.destinations.get(there)
    assert mended is not None
    assert paused is not None
    assert (mended.state, mended.reason) == (DestinationState.ACTIVE, None)
    assert paused.state is DestinationState.PAUSED


async def test_what_waited_too_long_is_given_up(store: SqlStore) -> None:
    """Nobody wants last week's alerts at once when a channel is mended."""
    async with store.begin() as uow:
        there = await place(uow)
        await uow.deliveries.enqueue([draft(there, None)], NOW)
        assert await uow.deliveries.give_up(NOW, "too old") == 0
        await uow.destinations.set_state(there, DestinationState.PAUSED, None)
        assert await uow.deliveries.give_up(NOW + timedelta(days=7), "too old") == 0
        await uow.destinations.set_state(there, DestinationState.ACTIVE, None)
        assert await uow.deliveries.give_up(NOW + timedelta(days=7), "too old") == 1
    ((given_up),) = await store.queries.recent_deliveries(there, 5)
    assert (given_up.state, given_up.error) == (DeliveryState.DEAD, "too old")


async def test_a_notice_carries_its_own_words(store: SqlStore) -> None:
    """It is written once for a subject."""
    message = Message(subject="notice:x", headline=Link(text="Held back"), notice=True)
    async with store.begin() as uow:
        there = await place(uow)
        assert await uow.deliveries.enqueue_notice(there, "notice:x", message, NOW) == 1
        assert await uow.deliveries.enqueue_notice(there, "notice:x", message, NOW) == 0
        (claimed,) = await claim(uow)
        assert await uow.deliveries.notice(claimed.delivery.id) == message
    (shown,) = await store.queries.deliveries_about("notice:x", there)
    assert shown.draft.kind is DeliveryKind.NOTICE
    assert await store.queries.recent_deliveries(there, 5) == [shown]


async def test_a_channel_is_one_destination_whoever_names_its_workspace(store: SqlStore) -> None:
    """`slack:C1` from the terminal and C1 of team T1 are one; two teams' C1 are two."""
    async with store.begin() as uow:
        plain = await place(uow, "C1")
        assert await place(uow, "C1", "T1") == plain
        assert await place(uow, "C1") == plain
        other = await place(uow, "C1", "T2")
        assert other != plain
        with pytest.raises(InvalidInputError, match="several workspaces"):
            await uow.destinations.find(slack("C1"))
    found = await store.queries.destination(slack("C1", "T2"))
    assert found is not None
    assert found.id == other


async def test_who_may_want_a_story(store: SqlStore) -> None:
    """By topic, by any query, or because it has the story's message; tenants are kept apart."""
    async with store.begin() as uow:
        places = [await place(uow, f"C{n}", f"T{n}") for n in range(4)]
        add = {"origin": Origin.CHAT, "by": "slack:U1", "now": NOW}
        await uow.subscriptions.add(places[0], Wish(topic="tariffs"), **add)
        await uow.subscriptions.add(places[1], Wish(topic="dairy"), **add)
        await uow.subscriptions.add(places[2], Wish(query="*"), **add)
        await uow.deliveries.enqueue([draft(places[3], None)], NOW)

        async def audience(**about: object) -> list[tuple[int, bool]]:
            told = story(1, **about)
            heard = await uow.subscriptions.audience(told, after=None, limit=10)
            return [(places.index(h.destination.id), h.has_post) for h in heard]

        assert await audience() == [(0, False), (2, False), (3, True)]
        assert await audience(owner=Tenant("slack:T2")) == [(2, False)]
        page = await uow.subscriptions.audience(story(1), after=places[0], limit=1)
        assert [h.destination.id for h in page] == [places[2]]


async def test_a_wish_is_stored_once_and_its_level_follows(store: SqlStore) -> None:
    """Subscribing again changes the level and adds nothing."""
    async with store.begin() as uow:
        there = await place(uow)
        add = {"origin": Origin.CHAT, "by": "slack:U1", "now": NOW}
        first = await uow.subscriptions.add(there, Wish(topic="autos"), **add)
        assert first is not None
        again = Wish(topic="autos", level=Level.FLASH)
        assert await uow.subscriptions.add(there, again, **add) is None
        configured = add | {"origin": Origin.CONFIG}
        loud = Wish(topic="autos", level=Level.EVERYTHING)
        assert await uow.subscriptions.add(there, loud, **configured) is None
        ((shown_place, shown),) = await uow.subscriptions.listed()
        assert (shown_place.id, shown.wish) == (there, again)
        await uow.subscriptions.remove(shown.id)
    assert await store.queries.subscriptions(there) == []


async def test_a_failed_transaction_leaves_nothing(store: SqlStore) -> None:
    """An exception rolls everything back."""

    async def fail_half_way() -> None:
        async with store.begin() as uow:
            await place(uow)
            raise RuntimeError

    with pytest.raises(RuntimeError):
        await fail_half_way()
    async with store.begin() as uow:
        assert await uow.destinations.find(slack()) is None
        await uow.audit.add("slack:U1", "subscribe", "autos", NOW)


async def test_what_ended_together_is_recorded_in_a_few_statements(store: SqlStore) -> None:
    """Each with its own ending; a lease that was lost is left out, and what stood there stays."""
    async with store.begin() as uow:
        for number in range(4):
            there = await place(uow, f"C{number}")
            await uow.deliveries.enqueue([draft(there, None, subject="story:1")], NOW)
        one, two, three, lost = (each.delivery.id for each in await claim(uow))
    later = NOW + timedelta(minutes=5)
    async with store.begin() as uow:
        await record_try(uow, lost, DeliveryState.DEAD, worker="w", now=NOW, error="gone")
        mine = await uow.deliveries.record_all(
            [
                Ended(
                    delivery_id=one,
                    state=DeliveryState.SENT,
                    receipt=Receipt(channel="C0", message="1"),
                ),
                Ended(
                    delivery_id=two,
                    state=DeliveryState.RETRY,
                    due_at=later,
                    error="slow down",
                    repeated=True,
                ),
                Ended(delivery_id=three, state=DeliveryState.SENT),
                Ended(delivery_id=lost, state=DeliveryState.SENT),
            ],
            worker="w",
            now=NOW,
        )
        assert mine == {one, two, three}
        assert await uow.deliveries.record_all([], worker="w", now=NOW) == set()
    found = {
        each.id: each
        for each in [
            delivery
            for number in range(1, 5)
            for delivery in await store.queries.recent_deliveries(DestinationId(number), 9)
        ]
    }
    assert [found[n].state for n in (one, two, three, lost)] == ["sent", "retry", "sent", "dead"]
    assert found[one].receipt == Receipt(channel="C0", message="1")
    assert (found[two].due_at, found[two].error, found[two].repeated) == (later, "slow down", True)
    assert (found[two].sent_at, found[three].sent_at, found[three].due_at) == (None, NOW, NOW)
    checked = await store.queries.seals.check()
    assert (checked.rows, checked.broken) == (2, ())


async def test_a_claim_says_which_entry_brought_it(store: SqlStore) -> None:
    """Its number follows the delivery into the log; what no alert brought has none."""
    async with store.begin(assigning=True) as uow:
        await uow.feeds.reconcile([spec()], NOW)
        (feed,) = await uow.feeds.listed(None)
        new = NewEntry(entry=entry(), reading=reading(), held=False)
        (number,) = await add_entries(uow, feed, [new], NOW)
        await uow.stories.save([story(7)], new=True)
        told = AlertDraft(story_id=StoryId(7), revision=1, entry_id=number, verdict=NEW, opens=True)
        await uow.alerts.add([told], NOW)
        (alert,) = await uow.alerts.waiting(1)
        drafts = [draft(await place(uow, "C1"), alert.id), draft(await place(uow, "C2"), None)]
        await uow.deliveries.enqueue(drafts, NOW)
        claims = await claim(uow)
    assert [one.entry_id for one in claims] == [number, None]
