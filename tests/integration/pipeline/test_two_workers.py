"""Two workers on one PostgreSQL: pace and order of one destination, and claims that never overlap."""

import asyncio
from collections import Counter
from collections.abc import AsyncIterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from bot.domain.alert import Receipt
from bot.domain.destination import Address
from bot.domain.message import Link, Message
from bot.jobs.clock import SystemClock
from bot.storage.engine import open_engines
from bot.storage.unit_of_work import SqlStore
from bot.storage.vault import FernetVault
from tests.fakes.pipeline import NamedLiveness, ScriptedNotifier
from tests.integration.pipeline.house import House

PACE = timedelta(milliseconds=100)
PATIENCE = timedelta(minutes=5)
"""A drain ends with the last delivery; a machine that is busy with other work takes longer."""


@dataclass(slots=True)
class TimedNotifier(ScriptedNotifier):
    """Says when each message came, and where it went."""

    pace: timedelta = PACE
    times: list[tuple[str, datetime]] = field(default_factory=list)

    async def post(self, to: Address, message: Message, *, key: str) -> Receipt:
        self.times.append((to.channel, SystemClock().now()))
        await asyncio.sleep(0)  # the other worker gets its turn in the middle of a send
        return self._take("post", to, message, key)


@pytest.fixture
async def houses(postgres_database: str, vault: FernetVault) -> AsyncIterator[list[House]]:
    """Two workers with connections of their own, and one platform."""
    platform = TimedNotifier()
    stores = [SqlStore(open_engines(postgres_database), vault) for _ in range(2)]
    yield [
        House(store=store, clock=SystemClock(), slack=platform, liveness=NamedLiveness(me=name))
        for name, store in zip(("w1", "w2"), stores, strict=True)
    ]
    for store in stores:
        await store.close()


async def filled(house: House, channels: int, each: int) -> None:
    """Put notices into the outboxes of some channels."""
    text = Message(subject="notice:0", headline=Link(text="Hello"), notice=True)
    for channel in range(channels):
        place = await house.subscribe(f"C{channel}")
        async with house.store.begin() as uow:
            for number in range(each):
                subject = f"notice:{number}"
                told = replace(text, subject=subject, headline=Link(text=str(number)))
                await uow.deliveries.enqueue_notice(place, subject, told, house.clock.now())


async def test_pace_and_order_hold_over_two_workers(houses: list[House]) -> None:
    """One destination gets ten messages in order, at its pace, whoever sends them."""
    await filled(houses[0], channels=1, each=10)
    await asyncio.gather(*(house.deliver().drain(PATIENCE) for house in houses))
    platform = houses[0].slack
    assert [sent.message.headline.text for sent in platform.taken] == [str(n) for n in range(10)]
    moments = [moment for _, moment in platform.times]
    # from claim to claim there are nine times the pace; the first arrival may be late after its own
    assert moments[-1] - moments[0] >= 8 * PACE


async def test_two_workers_never_take_the_same_delivery(houses: list[House]) -> None:
    """Sixty channels, both workers at once: each message once."""
    await filled(houses[0], channels=60, each=2)
    await asyncio.gather(*(house.deliver().drain(PATIENCE) for house in houses))
    platform = houses[0].slack
    assert len(platform.taken) == 120
    assert set(Counter(sent.key for sent in platform.taken).values()) == {1}


async def test_a_claim_passes_over_what_another_is_claiming(houses: list[House]) -> None:
    """Neither before the other's commit nor after it is a delivery taken a second time."""
    await filled(houses[0], channels=20, each=2)
    now, pace = houses[0].clock.now(), {"slack": timedelta(0)}
    lease = timedelta(minutes=2)
    async with houses[0].store.begin() as first:
        mine = await first.deliveries.claim(now, worker="w1", lease=lease, pace=pace, limit=12)
        async with houses[1].store.begin() as second:
            theirs = await second.deliveries.claim(
                now, worker="w2", lease=lease, pace=pace, limit=20
            )
    async with houses[1].store.begin() as after:
        rest = await after.deliveries.claim(now, worker="w2", lease=lease, pace=pace, limit=20)
    places = [{one.destination.id for one in claims} for claims in (mine, theirs)]
    assert [len(each) for each in places] == [12, 8]
    assert not places[0] & places[1]
    assert rest == []


async def test_many_claims_at_once_never_overlap(houses: list[House]) -> None:
    """Claims by two workers, four transactions each, again and again: every delivery once."""
    await filled(houses[0], channels=40, each=1)
    now, taken = houses[0].clock.now(), Counter[int]()

    async def claim(house: House) -> None:
        for _ in range(4):
            async with house.store.begin() as uow:
                claims = await uow.deliveries.claim(
                    now,
                    worker=house.liveness.me,
                    lease=timedelta(minutes=2),
                    pace={"slack": timedelta(0)},
                    limit=3,
                )
            taken.update(one.delivery.id for one in claims)

    await asyncio.gather(*(claim(house) for _ in range(4) for house in houses))
    assert len(taken) == 40
    assert set(taken.values()) == {1}


async def test_two_workers_never_lease_the_same_feed(houses: list[House]) -> None:
    """Each due feed is leased by one of them, and none is left."""
    await houses[0].feeds(*(f"f{number}" for number in range(200)))
    claims = await asyncio.gather(
        *(house.ingest().claim(limit=30) for _ in range(4) for house in houses)
    )
    taken = Counter(feed.spec.key for feeds in claims for feed in feeds)
    assert (len(taken), set(taken.values())) == (200, {1})
