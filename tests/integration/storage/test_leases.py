"""The contract of `bot.ports.leases`, one holder over processes, and signs of life, on both databases."""

import asyncio
from datetime import timedelta

import pytest

from bot.errors import ConfigError
from bot.jobs.heartbeat import Heartbeat
from bot.jobs.lease import TERM, OneHolder
from bot.storage.unit_of_work import SqlStore
from tests.conftest import HandClock
from tests.fakes.pipeline import NamedLiveness

TEN = timedelta(seconds=10)


class Beats:
    """A sleep that a test ends by hand, once for each beat."""

    def __init__(self) -> None:
        self._asleep = asyncio.Event()
        self._wake = asyncio.Event()

    async def __call__(self, _seconds: float) -> None:
        self._asleep.set()
        await self._wake.wait()
        self._wake.clear()

    async def beat(self) -> None:
        """Let one beat happen, and wait until it is over."""
        await asyncio.wait_for(self._asleep.wait(), 10)
        self._asleep.clear()
        self._wake.set()
        await asyncio.wait_for(self._asleep.wait(), 10)


class Gateway:
    """What only one may hold; says how often it was taken and let go."""

    def __init__(self) -> None:
        self.starts = self.stops = 0
        self.refuses = False

    async def start(self) -> None:
        self.starts += 1
        if self.refuses:
            raise ConfigError("the token is wrong")

    async def stop(self) -> None:
        self.stops += 1

    async def connected(self) -> bool:
        return self.starts > self.stops


class Process:
    """One process that wants to hold the gateway."""

    def __init__(self, name: str, store: SqlStore, clock: HandClock, dead: set[str]) -> None:
        self.gateway, self.beats = Gateway(), Beats()
        self.holder = OneHolder(
            self.gateway,
            name="discord/0/1",
            store=store,
            clock=clock,
            liveness=NamedLiveness(me=name, dead=dead),
            sleep=self.beats,
        )


async def test_a_lease_has_one_holder_until_it_ends(store: SqlStore, clock: HandClock) -> None:
    """It is renewed by its holder, refused to others, and free when it ended or its holder died."""
    now = clock.now()
    async with store.begin() as uow:
        take = uow.leases.take
        assert await take("a", holder="w1", now=now, until=now + TEN)
        assert await take("a", holder="w1", now=now, until=now + 2 * TEN)
        assert not await take("a", holder="w2", now=now + TEN, until=now + 3 * TEN)
        assert await take("b", holder="w2", now=now, until=now + TEN)
        assert await uow.leases.holder("a") == "w1"
        assert await take("a", holder="w3", now=now, until=now + TEN, dead=["w1"])
        assert await take("a", holder="w4", now=now + 2 * TEN, until=now + 3 * TEN)
        await uow.leases.release("a", holder="w3")
        assert await uow.leases.holder("a") == "w4"
        await uow.leases.release("a", holder="w4")
        assert await uow.leases.holder("a") is None


async def test_what_ended_is_listed_and_forgotten(store: SqlStore, clock: HandClock) -> None:
    """By the beginning of its name, whose signs mean nothing."""
    now = clock.now()
    async with store.begin() as uow:
        for name in ("worker/a_1", "worker/b", "workers"):
            await uow.leases.take(name, holder=name, now=now, until=now + TEN)
        await uow.leases.take("worker/c", holder="c", now=now, until=now + 3 * TEN)
        later = now + 2 * TEN
        assert sorted(await uow.leases.ended("worker/", later)) == ["worker/a_1", "worker/b"]
        assert await uow.leases.ended("worker/a_", later) == ["worker/a_1"]
        await uow.leases.forget("worker/", later)
        assert await uow.leases.holder("worker/b") is None
        assert await uow.leases.holder("workers") == "workers"


async def test_the_second_waits_and_takes_over(store: SqlStore, clock: HandClock) -> None:
    """While the first renews, the second waits; a silent first is replaced when its lease ends."""
    first, second = (Process(name, store, clock, set()) for name in ("w1", "w2"))
    await first.holder.start()
    await second.holder.start()
    assert (first.holder.holds, second.holder.holds) == (True, False)
    assert await second.holder.connected()
    for _ in range(3):
        clock.advance(seconds=10)
        await first.beats.beat()
        await second.beats.beat()
    assert second.gateway.starts == 0
    clock.advance(seconds=TERM.total_seconds() + 1)  # the first says nothing any more
    await second.beats.beat()
    assert second.gateway.starts == 1
    await first.beats.beat()
    assert (first.gateway.stops, first.holder.holds) == (1, False)
    await second.holder.stop()
    await first.beats.beat()
    assert (second.gateway.stops, first.gateway.starts) == (1, 2)
    await first.holder.stop()


async def test_a_holder_known_to_be_dead_is_replaced_at_once(
    store: SqlStore, clock: HandClock
) -> None:
    """On one machine nobody waits for a lease to end."""
    dead: set[str] = set()
    first, second = (Process(name, store, clock, dead) for name in ("w1", "w2"))
    await first.holder.start()
    await second.holder.start()
    dead.add("w1")
    await second.beats.beat()
    assert second.holder.holds
    await second.holder.stop()
    await first.holder.stop()


async def test_a_holder_that_cannot_renew_lets_go_in_time(
    store: SqlStore, clock: HandClock
) -> None:
    """Before the lease ends, so that there are never two."""
    one = Process("w1", store, clock, set())
    await one.holder.start()
    async with store.begin() as uow:
        await uow.leases.release("discord/0/1", holder="w1")
        await uow.leases.take(
            "discord/0/1", holder="w2", now=clock.now(), until=clock.now() + TERM * 4
        )
    clock.advance(seconds=TERM.total_seconds() - 3)
    await one.beats.beat()
    assert (one.gateway.stops, one.holder.holds) == (1, False)
    await one.holder.stop()


async def test_a_refused_start_gives_the_lease_up(store: SqlStore, clock: HandClock) -> None:
    """The error says what to do, and another process may try."""
    one = Process("w1", store, clock, set())
    one.gateway.refuses = True
    with pytest.raises(ConfigError, match="token"):
        await one.holder.start()
    async with store.begin() as uow:
        assert await uow.leases.holder("discord/0/1") is None


async def test_a_silent_worker_counts_as_dead(store: SqlStore, clock: HandClock) -> None:
    """Within a minute, on any machine; one that ends well is silent at once and forgotten."""
    here = Heartbeat(NamedLiveness(me="here"), sleep=Beats())
    there = Heartbeat(NamedLiveness(me="there"), sleep=Beats())
    await here.start(store, clock)
    await there.start(store, clock)
    clock.advance(seconds=30)
    await here.beat(store, clock)
    assert not here.is_dead("there")
    clock.advance(seconds=25)
    await here.beat(store, clock)
    assert here.is_dead("there")
    assert not here.is_dead("here")
    assert not here.is_dead("stranger")
    await there.beat(store, clock)
    await here.beat(store, clock)
    assert not here.is_dead("there")
    await there.stop(store)
    await here.stop(store)
    async with store.begin() as uow:
        assert await uow.leases.holder("worker/there") is None
