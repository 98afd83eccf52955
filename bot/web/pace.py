"""How often one client may ask: a bucket of requests for each address, filled again over time."""

from collections import OrderedDict
from dataclasses import dataclass

MOST_CLIENTS = 10_000
"""Addresses that are remembered; the one that asked longest ago is forgotten first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Pace:
    """`burst` requests at once, and `per_second` more as time goes by."""

    burst: float
    per_second: float


PAGES = Pace(burst=240, per_second=8)
"""What a person with many tabs does not reach: a page brings three files at its first visit."""
SIGN_IN = Pace(burst=5, per_second=1 / 30)
"""Tries of a token."""


class Buckets:
    """The buckets of all clients, by one pace."""

    def __init__(self, pace: Pace) -> None:
        self._pace = pace
        self._left: OrderedDict[str, tuple[float, float]] = OrderedDict()

    def wait(self, client: str, now: float, *, take: bool = True) -> float:
        """Take one request; 0 where it may pass, else the seconds until one may. `now` in seconds.

        Without `take` it only says whether one would pass.
        """
        left, at = self._left.pop(client, (self._pace.burst, now))
        left = min(self._pace.burst, left + max(0.0, now - at) * self._pace.per_second)
        passes = left >= 1
        if left < self._pace.burst or take:
            self._left[client] = (left - 1 if passes and take else left, now)
        if len(self._left) > MOST_CLIENTS:
            self._left.popitem(last=False)
        return 0.0 if passes else (1 - left) / self._pace.per_second
