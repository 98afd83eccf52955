"""What is stuck is listed with reasons, replayed where that makes sense, and dropped."""

from datetime import timedelta

import pytest
import sqlalchemy as sa

from bot.domain.alert import DeliveryState, Receipt
from bot.domain.destination import DestinationState
from bot.domain.feed import Origin
from bot.domain.ids import DeliveryId, DestinationId
from bot.errors import InvalidInputError
from bot.services.outbox import OutboxService, reason
from bot.storage import tables
from bot.storage.engine import open_engines
from bot.storage.unit_of_work import SqlStore
from tests.conftest import HandClock
from tests.fakes.writing import record_try
from tests.samples import NOW, draft, slack

PACE = {"slack": timedelta(0)}
LEASE = timedelta(minutes=2)


async def stuck(
    store: SqlStore, state: DeliveryState = DeliveryState.DEAD, channel: str = "C1", **changes
) -> tuple[DeliveryId, str]:
    """Send one delivery that ends so; returns its number and key."""
    async with store.begin() as uow:
        made = await uow.destinations.ensure(
            slack(channel), origin=Origin.CHAT, zone="UTC", locale="en"
        )
        await uow.deliveries.enqueue([draft(made.id, None, **changes)], NOW)
        (one,) = await uow.deliveries.claim(NOW, worker="w", lease=LEASE, pace=PACE, limit=9)
        await record_try(
            uow,
            one.delivery.id,
            state,
            worker="w",
            now=NOW,
            error="Slack said msg_too_long",
            due_at=NOW,
        )
    return one.delivery.id, one.delivery.key


async def state_of(store: SqlStore, delivery_id: DeliveryId) -> DeliveryState | None:
    async with store.begin() as uow:
        found = await uow.stuck.listed(ids=[delivery_id])
    return found[0].delivery.state if found else None


async def set_place(store: SqlStore, state: DestinationState) -> DestinationId:
    async with store.begin() as uow:
        place = await uow.destinations.find(slack("C1"))
        await uow.destinations.set_state(place.id, state, "the channel is archived")
    return place.id


async def audited(url: str) -> list[tuple[str, str, str]]:
    engines = open_engines(url)
    async with engines.reader.connect() as connection:
        audit = tables.audit
        rows = await connection.execute(sa.select(audit.c.who, audit.c.what, audit.c.about))
        found = [tuple(row) for row in rows]
    await engines.dispose()
    return found


async def test_what_is_stuck_is_listed_with_its_reason(store: SqlStore, clock: HandClock) -> None:
    """Given up and unclear ones, oldest first, of all places or of one."""
    dead, _ = await stuck(store)
    unclear, _ = await stuck(store, DeliveryState.UNKNOWN, "C2")
    outbox = OutboxService(store, clock)
    found = await outbox.listed()
    assert [one.delivery.id for one in found] == [dead, unclear]
    assert reason(found[0]) == "given up: Slack said msg_too_long"
    assert reason(found[1]).startswith("nobody knows whether it arrived")
    assert [one.delivery.id for one in await outbox.listed(slack("C2"))] == [unclear]
    with pytest.raises(InvalidInputError, match="Nothing was ever sent to slack:C9"):
        await outbox.listed(slack("C9"))


async def test_a_replayed_delivery_goes_out_under_its_old_key(
    store: SqlStore, database_url: str, clock: HandClock
) -> None:
    """It waits as if written now, so that nobody gives it up for its age; the audit says who."""
    dead, key = await stuck(store)
    clock.advance(days=30)
    (outcome,) = await OutboxService(store, clock).replay([dead], by="terminal")
    assert (outcome.done, outcome.said) == (True, "it waits for its turn, with its old key")
    async with store.begin() as uow:
        week = clock.now() - timedelta(days=7)
        assert await uow.deliveries.give_up(week, "too old") == 0
        (again,) = await uow.deliveries.claim(
            clock.now(), worker="w", lease=LEASE, pace=PACE, limit=9
        )
        assert (again.delivery.key, again.delivery.attempts) == (key, 1)
        await record_try(
            uow,
            dead,
            DeliveryState.SENT,
            worker="w",
            now=clock.now(),
            receipt=Receipt(channel="C1", message="1"),
        )
    assert await OutboxService(store, clock).listed() == []
    assert await audited(database_url) == [
        ("terminal", "delivery replay", f"delivery {dead}: post story:1 to slack:C1")
    ]


async def test_an_unclear_delivery_is_asked_about_not_sent_again(
    store: SqlStore, clock: HandClock
) -> None:
    """The platform may have it."""
    unclear, _ = await stuck(store, DeliveryState.UNKNOWN)
    clock.advance(minutes=1)
    (outcome,) = await OutboxService(store, clock).replay(None, by="terminal")
    assert outcome.said.startswith("the platform is asked now")
    assert await state_of(store, unclear) is DeliveryState.UNKNOWN


async def test_nothing_is_replayed_to_a_broken_place(store: SqlStore, clock: HandClock) -> None:
    """The sentence says what to mend; a paused place only makes it wait."""
    dead, _ = await stuck(store)
    outbox = OutboxService(store, clock)
    await set_place(store, DestinationState.BROKEN)
    (refused,) = await outbox.replay([dead], by="terminal")
    assert not refused.done
    assert "the channel is archived" in refused.said
    assert "/usmca resume" in refused.said
    assert await state_of(store, dead) is DeliveryState.DEAD
    await set_place(store, DestinationState.PAUSED)
    (waits,) = await outbox.replay([dead], by="terminal")
    assert (waits.done, waits.said.endswith("slack:C1 is paused")) == (True, True)


async def test_a_place_is_not_told_twice_by_a_replay(store: SqlStore, clock: HandClock) -> None:
    """A later post of the same story went out where the first was given up."""
    dead, _ = await stuck(store)
    later, _ = await stuck(store, DeliveryState.SENT, revision=2)
    (refused,) = await OutboxService(store, clock).replay([dead], by="terminal")
    assert (refused.done, refused.said.startswith(f"delivery {later} tells")) == (False, True)


async def test_a_dropped_delivery_is_neither_sent_nor_listed(
    store: SqlStore, database_url: str, clock: HandClock
) -> None:
    """Also one that was unclear; numbers that are not stuck are named."""
    dead, _ = await stuck(store)
    unclear, _ = await stuck(store, DeliveryState.UNKNOWN, "C2")
    sent, _ = await stuck(store, DeliveryState.SENT, "C3")
    outbox = OutboxService(store, clock)
    outcomes = await outbox.drop([dead, unclear, sent], by="terminal")
    assert [(one.delivery_id, one.done) for one in outcomes] == [
        (sent, False),
        (dead, True),
        (unclear, True),
    ]
    assert await outbox.listed() == []
    async with store.begin() as uow:
        clock.advance(days=1)
        assert (
            await uow.deliveries.unsettled(
                clock.now(), worker="w", lease=LEASE, platforms=["slack"], limit=9
            )
            == []
        )
    assert [line[1] for line in await audited(database_url)] == ["delivery drop"] * 2
    assert await outbox.drop(None, by="terminal", to=slack("C3")) == []
