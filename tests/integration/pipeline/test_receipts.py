"""How endings are stored: together, soon after the database failed, and never at others' cost."""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta

import pytest

from bot.domain.alert import DeliveryState
from bot.domain.message import Link, Message
from bot.domain.views import Claimed
from bot.errors import DatabaseError
from bot.pipeline.receipts import Receipts
from bot.pipeline.settle import Ending
from bot.storage.unit_of_work import SqlStore, SqlUnitOfWork
from tests.conftest import HandClock
from tests.integration.pipeline.house import House

LEASE = timedelta(minutes=2)
SENT = Ending(state=DeliveryState.SENT)


@dataclass(slots=True)
class Weak:
    """A store whose first transactions fail; the clock moves where its user waits."""

    store: SqlStore
    clock: HandClock
    failures: int = 0
    begun: int = 0
    slept: list[float] = field(default_factory=list)

    @asynccontextmanager
    async def begin(self) -> AsyncIterator[SqlUnitOfWork]:
        self.begun += 1
        if self.failures:
            self.failures -= 1
            raise DatabaseError("the database failed: database or disk is full")
        async with self.store.begin() as uow:
            yield uow

    async def sleep(self, seconds: float) -> None:
        self.slept.append(seconds)
        self.clock.advance(seconds=seconds)


async def nothing(uow: SqlUnitOfWork, claimed: Claimed) -> None:
    """Announce nothing."""


async def odd(uow: SqlUnitOfWork, claimed: Claimed) -> None:
    raise ValueError("this one cannot be announced")


def receipts(weak: Weak, announce=nothing) -> Receipts:
    return Receipts(
        store=weak, clock=weak.clock, me="w1", lease=LEASE, announce=announce, sleep=weak.sleep
    )


async def claimed(house: House, count: int) -> list[Claimed]:
    """Claim a notice in each of so many channels."""
    now = house.clock.now()
    text = Message(subject="notice:1", headline=Link(text="Hello"), notice=True)
    for number in range(count):
        place = await house.subscribe(f"C{number}")
        async with house.store.begin() as uow:
            await uow.deliveries.enqueue_notice(place, "notice:1", text, now)
    async with house.store.begin() as uow:
        return await uow.deliveries.claim(
            now, worker="w1", lease=LEASE, pace={"slack": timedelta(0)}, limit=count
        )


async def states(house: House, sent: list[Claimed]) -> list[str]:
    return [(await house.outbox(one.destination.id))[0].state for one in sent]


async def test_what_ends_together_is_stored_together(house: House) -> None:
    """Thirty endings at once are one transaction; one that ends alone waits for nothing."""
    weak = Weak(house.store, house.clock)
    kept, sent = receipts(weak), await claimed(house, 31)
    mine = await asyncio.gather(*(kept.record(one, SENT) for one in sent[:30]))
    assert (mine, weak.begun) == ([True] * 30, 1)
    assert await kept.record(sent[30], SENT)
    assert (weak.begun, weak.slept) == (2, [])
    assert set(await states(house, sent)) == {"sent"}
    checked = await house.store.queries.seals.check()
    assert (checked.rows, checked.broken) == (31, ())


async def test_a_full_disk_is_asked_again_within_seconds(house: House) -> None:
    """The receipt is kept meanwhile: nothing waits for a lease to end, nothing is sent again."""
    weak = Weak(house.store, house.clock, failures=3)
    (one,) = await claimed(house, 1)
    assert await receipts(weak).record(one, SENT)
    assert sum(weak.slept) < 2
    assert await states(house, [one]) == ["sent"]


async def test_a_database_that_stays_away_is_given_up_with_the_lease(house: House) -> None:
    """The sender hears of it, and the delivery is settled by whoever takes it back."""
    weak = Weak(house.store, house.clock, failures=1_000)
    (one,) = await claimed(house, 1)
    begun = house.clock.now()
    with pytest.raises(DatabaseError, match="disk is full"):
        await receipts(weak).record(one, SENT)
    assert LEASE - timedelta(seconds=6) <= house.clock.now() - begun <= LEASE
    assert await states(house, [one]) == ["sending"]
    house.clock.advance(minutes=1)
    async with house.store.begin() as uow:
        assert await uow.deliveries.expire(house.clock.now(), []) == 1
    assert not await receipts(Weak(house.store, house.clock)).record(one, SENT)


async def test_one_odd_ending_does_not_stop_the_others(house: House) -> None:
    """Each of its batch is stored by itself then; whoever made the odd one hears of it."""
    kept = receipts(Weak(house.store, house.clock), announce=odd)
    sent = await claimed(house, 3)
    endings = [SENT, replace(SENT, announce=True), SENT]
    ended = (kept.record(one, ending) for one, ending in zip(sent, endings, strict=True))
    first, failed, last = await asyncio.gather(*ended, return_exceptions=True)
    assert (first, last) == (True, True)
    assert isinstance(failed, ValueError)
    assert await states(house, sent) == ["sent", "sending", "sent"]
