"""Slots that polls take, lend while they wait for a server, and take back."""

import asyncio

import pytest

from bot.pipeline.slots import LEND_AFTER_S, LENT_PER_SLOT, Slots


class Polls:
    """Polls that each work until they are told to go on."""

    def __init__(self, slots: Slots) -> None:
        self.slots = slots
        self.begun: list[str] = []
        self.working: list[str] = []
        self.answers: dict[str, asyncio.Event] = {}
        self.tasks: dict[str, asyncio.Task[None]] = {}

    async def begin(self, *names: str) -> None:
        for name in names:
            self.answers[name] = asyncio.Event()
            self.tasks[name] = asyncio.create_task(self._one(name))
        await settled()

    async def answer(self, *names: str) -> None:
        for name in names:
            self.answers[name].set()
        await settled()

    async def end(self) -> None:
        for name in list(self.answers):
            await self.answer(name)
        await asyncio.wait_for(asyncio.gather(*self.tasks.values()), 10)

    async def _one(self, name: str) -> None:
        async with self.slots.one() as slot:
            self.begun.append(name)
            slot.lend()
            await self.answers[name].wait()
            await slot.take_back()
            self.working.append(name)


async def settled() -> None:
    """Let every task go as far as it can."""
    for _ in range(9):
        await asyncio.sleep(0)


async def lent() -> None:
    """Wait until what waits has lent its slot."""
    await asyncio.sleep(LEND_AFTER_S * 1.5)
    await settled()


async def test_a_poll_that_waits_lets_another_begin() -> None:
    """At first only as many begin as there are slots; a moment later the next may."""
    polls = Polls(Slots(1))
    await polls.begin("silent", "good")
    assert polls.begun == ["silent"]
    await lent()
    assert polls.begun == ["silent", "good"]
    await polls.end()
    assert polls.slots.free == 1


async def test_an_answer_that_comes_soon_lends_nothing() -> None:
    """The slot stays with a poll whose server answers within a moment."""
    polls = Polls(Slots(1))
    await polls.begin("quick")
    await polls.answer("quick")
    assert (polls.working, polls.slots.free) == (["quick"], 1)
    await lent()
    assert polls.slots.free == 1


async def test_who_comes_back_goes_before_who_has_not_begun() -> None:
    """What it waited for is there: nothing is gained by letting it wait behind others."""
    slots = Slots(1)
    polls = Polls(slots)
    await polls.begin("slow")
    await lent()
    async with slots.one():
        await polls.begin("new")
        await polls.answer("slow")
        assert (polls.begun, polls.working) == (["slow"], [])
    await settled()
    assert (polls.begun, polls.working) == (["slow", "new"], ["slow"])
    await polls.end()
    assert slots.free == 1


async def test_what_is_lent_has_a_bound() -> None:
    """What waits holds a socket; beyond the bound the next waits until one ends, and comes then."""
    polls = Polls(Slots(1))
    names = [f"silent-{number}" for number in range(LENT_PER_SLOT + 3)]
    await polls.begin(*names)
    for _ in range(LENT_PER_SLOT + 3):
        await lent()
    assert polls.begun == names[: LENT_PER_SLOT + 1]
    await polls.answer(names[0])
    for _ in range(3):
        await lent()
    assert polls.begun == names[: LENT_PER_SLOT + 2]
    await polls.end()
    assert polls.slots.free == 1


@pytest.mark.parametrize("when", ["before it began", "while lent", "on its way back"])
async def test_a_poll_that_is_cancelled_gives_its_slot_on(when: str) -> None:
    """No slot is lost, whatever it waited for."""
    slots = Slots(1)
    polls = Polls(slots)
    if when == "before it began":
        async with slots.one():
            await polls.begin("one")
            polls.tasks["one"].cancel()
            await settled()
    else:
        await polls.begin("one")
        await lent()
        async with slots.one():
            if when == "on its way back":
                await polls.answer("one")
            polls.tasks["one"].cancel()
            await settled()
    assert polls.tasks["one"].cancelled()
    assert slots.free == 1
    async with slots.one():
        assert slots.free == 0


async def test_a_slot_handed_to_a_poll_that_was_just_cancelled_goes_on() -> None:
    """It was given and ended in the same turn of the loop."""
    slots = Slots(1)
    polls = Polls(slots)
    async with slots.one():
        await polls.begin("late", "next")
    polls.tasks["late"].cancel()  # the slot is its own already, and it has not woken yet
    await settled()
    assert polls.begun == ["next"]
    polls.tasks.pop("late")
    await polls.end()
    assert slots.free == 1
