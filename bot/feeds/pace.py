"""The slot of a poll while it waits for a server: lent until the answer has more than a little."""

import asyncio

from bot.ports.outside import Slot


class Pace:
    """Lends a slot while a server is silent or drips, and takes it back before there is work.

    The wait for a slot does not count against the fetch's time: `limit` is put off by it. Without a slot
    nothing is lent.
    """

    def __init__(self, slot: Slot | None) -> None:
        self._slot = slot
        self.limit: asyncio.Timeout | None = None

    def lend(self) -> None:
        """Let another poll begin, once this one has waited for a moment."""
        if self._slot is not None:
            self._slot.lend()

    async def back(self) -> None:
        """Go on working; where the slot was lent, when there is one again."""
        if self._slot is None:
            return
        clock = asyncio.get_running_loop().time
        due, begun = None if self.limit is None else self.limit.when(), clock()
        if self.limit is not None:
            self.limit.reschedule(None)
        await self._slot.take_back()
        if self.limit is not None and due is not None:
            self.limit.reschedule(due + clock() - begun)
