"""Answers that are kept for a moment, so that many visitors ask the database once."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable, Callable, Hashable
from typing import Generic, TypeVar

Value = TypeVar("Value")

_MOST = 64


class Kept(Generic[Value]):
    """Values by key, each for some seconds. Who asks while one is made waits for it."""

    def __init__(self, seconds: Callable[[], float], *, for_s: float) -> None:
        """`seconds` is a clock that only goes forward."""
        self._seconds = seconds
        self._for_s = for_s
        self._values: OrderedDict[Hashable, tuple[float, Value]] = OrderedDict()
        self._making: dict[Hashable, asyncio.Lock] = {}

    async def get(self, key: Hashable, make: Callable[[], Awaitable[Value]]) -> Value:
        """Return the value, made anew where it is too old."""
        lock = self._making.setdefault(key, asyncio.Lock())
        try:
            async with lock:
                found = self._values.get(key)
                if found is not None and self._seconds() - found[0] < self._for_s:
                    return found[1]
                value = await make()
                self._values[key] = (self._seconds(), value)
                self._values.move_to_end(key)
                if len(self._values) > _MOST:
                    self._values.popitem(last=False)
                return value
        finally:
            if not lock.locked():
                self._making.pop(key, None)
