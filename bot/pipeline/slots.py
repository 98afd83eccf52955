"""How many polls are at work at a time.

A poll that waits for a server does no work. Where it waits long, its slot is lent to another, so that servers that
never answer or drip, and the queue at one host, keep no feed waiting whose server would answer. It takes a slot back
before it takes in more than a little of a body, ahead of polls that have not begun.
"""

import asyncio
from collections import deque
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

LEND_AFTER_S = 0.3
"""How long a poll waits with its slot in hand."""
LENT_PER_SLOT = 3
"""Slots lent at a time, for each that there is: what waits holds a socket."""


class Slots:
    """Lets a number of polls work at a time; those that wait for a server let others begin."""

    def __init__(self, size: int) -> None:
        self._free = size
        self._most_lent = LENT_PER_SLOT * size
        self._lent = 0
        self._returning: deque[asyncio.Future[None]] = deque()
        self._beginning: deque[asyncio.Future[None]] = deque()

    @property
    def free(self) -> int:
        """How many polls may begin at once."""
        return self._free

    @asynccontextmanager
    async def one(self) -> AsyncIterator["Slot"]:
        """Wait for a slot, and keep it while the block runs, but for when it is lent."""
        await self._take(self._beginning)
        slot = Slot(self)
        try:
            yield slot
        finally:
            slot.leave()

    def lend(self) -> bool:
        """Give a slot to another poll; False where as many are lent as may be."""
        if self._lent >= self._most_lent:
            return False
        self._lent += 1
        self.give()
        return True

    def forget(self) -> None:
        """Count one less that is lent: its poll has ended, or waits for a slot."""
        self._lent -= 1

    async def take_back(self) -> None:
        """Wait for a slot in place of one that was lent."""
        await self._take(self._returning)

    def give(self) -> None:
        """Hand a slot on to the poll that waits first."""
        for waiting in (self._returning, self._beginning):
            while waiting:
                future = waiting.popleft()
                if not future.done():
                    future.set_result(None)
                    return
        self._free += 1

    async def _take(self, waiting: deque[asyncio.Future[None]]) -> None:
        if self._free:
            self._free -= 1
            return
        future = asyncio.get_running_loop().create_future()
        waiting.append(future)
        try:
            await future
        except asyncio.CancelledError:
            if future.done() and not future.cancelled():  # it was handed over meanwhile
                self.give()
            raise


class Slot:
    """One poll's slot. Implements the port `Slot`."""

    def __init__(self, slots: Slots) -> None:
        self._slots = slots
        self._held = True
        self._lent = False
        self._timer: asyncio.TimerHandle | None = None

    def lend(self) -> None:
        """Let another poll begin meanwhile, once this one has waited for a moment."""
        if self._held and self._timer is None:
            loop = asyncio.get_running_loop()
            self._timer = loop.call_later(LEND_AFTER_S, self._hand_over)

    async def take_back(self) -> None:
        """Go on working; where the slot was lent, when there is one again."""
        self._wait_no_longer()
        if self._lent:
            self._lent = False
            self._slots.forget()
            await self._slots.take_back()
            self._held = True

    def leave(self) -> None:
        """End: whoever waits first takes the slot."""
        self._wait_no_longer()
        if self._held:
            self._slots.give()
        elif self._lent:
            self._slots.forget()

    def _wait_no_longer(self) -> None:
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _hand_over(self) -> None:
        self._timer = None
        if self._slots.lend():
            self._held, self._lent = False, True
        else:
            self.lend()
