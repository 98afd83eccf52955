"""When the next request to Discord may go out: its buckets, and 50 requests a second in all.

Source: Discord's documentation on rate limits as of 2026-11: headers tell the bucket of a route,
what remains in it and when it is full again; a bucket is counted for each channel, guild or webhook.
"""

import asyncio
import re
from collections import deque
from collections.abc import Mapping
from dataclasses import dataclass

_PER_SECOND = 45
"""A little under Discord's 50, because other processes may use the same token."""
_MANY = 2_000
"""Above so many buckets, those whose time is over are forgotten."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Route:
    """A request as the rate limits see it."""

    template: str
    """The method and the path without its ids."""
    major: str
    """The channel, guild or webhook that the limit is counted for."""

    @property
    def counted(self) -> bool:
        """Whether the limit of all requests together counts it: not for answers to interactions."""
        return not self.major.startswith(("interactions/", "webhooks/"))


def route_of(method: str, path: str) -> Route:
    """Return the route of a path such as ``/channels/1/messages/2``."""
    pieces = path.strip("/").split("/")
    major = "/".join(pieces[:2])
    if pieces[0] == "webhooks":
        major = "/".join(pieces[:3])
    rest = [re.sub(r"^\d+$", "{id}", piece) for piece in pieces[2:]]
    if pieces[0] in {"webhooks", "interactions"} and rest:
        rest[0] = "{token}"
    return Route(template=" ".join([method, pieces[0], *rest]), major=major)


@dataclass(slots=True)
class _Bucket:
    """What is left until `full_at`, on the event loop's clock."""

    remaining: int
    full_at: float


class Pacing:
    """The rate limits of one token in one process."""

    def __init__(self, *, patience: float) -> None:
        self._patience = patience
        self._names: dict[str, str] = {}
        self._buckets: dict[tuple[str, str], _Bucket] = {}
        self._closed_until = 0.0
        self._sent: deque[float] = deque()

    async def ready(self, route: Route) -> float:
        """Wait until a request may go out and count it.

        Returns 0, or at once the seconds to wait where they are more than our patience.
        """
        spent = 0.0
        while (wait := self.wait(route)) > 0:
            if spent + wait > self._patience:
                return wait
            await asyncio.sleep(wait)
            spent += wait
        if route.counted:
            self._sent.append(now())
        bucket = self._bucket(route)
        if bucket is not None:
            bucket.remaining -= 1
        return 0.0

    def wait(self, route: Route) -> float:
        """Return how many seconds the next request on this route has to wait."""
        moment = now()
        bucket = self._bucket(route)
        wait = 0.0 if bucket is None or bucket.remaining > 0 else bucket.full_at - moment
        return max(wait, self._wait_for_all(moment)) if route.counted else wait

    def _wait_for_all(self, moment: float) -> float:
        wait = max(0.0, self._closed_until - moment)
        while self._sent and self._sent[0] <= moment - 1:
            self._sent.popleft()
        if len(self._sent) >= _PER_SECOND:
            wait = max(wait, self._sent[0] + 1 - moment)
        return wait

    def learn(self, route: Route, headers: Mapping[str, str]) -> None:
        """Take in what an answer says about its bucket; odd headers say nothing."""
        name = headers.get("X-RateLimit-Bucket")
        if name:
            self._names[route.template] = name
        try:
            remaining = int(headers["X-RateLimit-Remaining"])
            full_at = now() + min(float(headers["X-RateLimit-Reset-After"]), 3600.0)
        except (KeyError, ValueError):
            return
        self._forget()
        self._buckets[self._key(route)] = _Bucket(remaining=remaining, full_at=full_at)

    def refused(self, route: Route, seconds: float, *, everywhere: bool) -> None:
        """Take in a 429: nothing on this route, or nothing at all, before so many seconds."""
        until = now() + seconds
        if everywhere:
            self._closed_until = max(self._closed_until, until)
        else:
            self._buckets[self._key(route)] = _Bucket(remaining=0, full_at=until)

    def _key(self, route: Route) -> tuple[str, str]:
        return self._names.get(route.template, route.template), route.major

    def _bucket(self, route: Route) -> _Bucket | None:
        """The route's bucket while it counts; one whose time is over is as good as none."""
        key = self._key(route)
        bucket = self._buckets.get(key)
        if bucket is not None and bucket.full_at <= now():
            del self._buckets[key]
            return None
        return bucket

    def _forget(self) -> None:
        if len(self._buckets) < _MANY:
            return
        moment = now()
        for key in [key for key, bucket in self._buckets.items() if bucket.full_at <= moment]:
            del self._buckets[key]


def now() -> float:
    """Return the event loop's own clock: monotonic, in seconds."""
    return asyncio.get_running_loop().time()
