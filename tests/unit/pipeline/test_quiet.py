"""Polls that brought nothing share a transaction, and each hears how its own ended."""

import asyncio
from collections.abc import Sequence

import pytest

from bot.pipeline.quiet import MOST, Together


class Book:
    """Stores numbers by doubling them, and notes what came together."""

    def __init__(self, *, bad: int | None = None) -> None:
        self.batches: list[list[int]] = []
        self._bad = bad

    async def store(self, polls: Sequence[int]) -> list[int]:
        """Return twice each number. Raises ValueError where the bad one is among them."""
        self.batches.append(list(polls))
        if self._bad in polls:
            raise ValueError(self._bad)
        return [2 * poll for poll in polls]


async def test_polls_of_one_moment_are_stored_at_once() -> None:
    """Each of them gets its own report."""
    book = Book()
    together = Together(book.store, linger=0)
    assert await asyncio.gather(*(together.keep(n) for n in range(5))) == [0, 2, 4, 6, 8]
    assert book.batches == [[0, 1, 2, 3, 4]]


async def test_a_transaction_holds_only_so_many() -> None:
    """The rest comes in the next one, and later polls start anew."""
    book = Book()
    together = Together(book.store, linger=0)
    await asyncio.gather(*(together.keep(n) for n in range(MOST + 3)))
    assert [len(batch) for batch in book.batches] == [MOST, 3]
    assert await together.keep(7) == 14


async def test_a_failed_transaction_leaves_each_to_itself() -> None:
    """None tells the caller to store its poll alone; the next ones are not touched."""
    book = Book(bad=1)
    together = Together(book.store, linger=0)
    assert await asyncio.gather(*(together.keep(n) for n in range(3))) == [None, None, None]
    assert await together.keep(2) == 4


async def test_a_poll_that_is_given_up_keeps_nobody_waiting() -> None:
    """Whoever waits with it still gets a report."""
    book = Book()
    together = Together(book.store, linger=0)
    first = asyncio.create_task(together.keep(1))
    second = asyncio.create_task(together.keep(2))
    await asyncio.sleep(0)
    first.cancel()
    assert await second == 4
    with pytest.raises(asyncio.CancelledError):
        await first


async def test_an_end_from_outside_ends_who_waits() -> None:
    """When the store is cancelled with the program, nobody waits for ever."""

    async def never(_: Sequence[int]) -> list[int]:
        raise asyncio.CancelledError

    together: Together[int, int] = Together(never, linger=0)
    with pytest.raises(asyncio.CancelledError):
        await asyncio.wait_for(together.keep(1), 5)
