"""What this process did, counted for Prometheus: polls, entries, sends, and how long news took.

What waits in the database is counted there, when somebody asks (`bot.web.metrics`).
"""

from collections.abc import Awaitable, Mapping
from datetime import datetime, timedelta
from time import perf_counter
from typing import TypeVar

from prometheus_client import CollectorRegistry, Counter, Histogram

from bot.domain.alert import Receipt
from bot.domain.destination import Address, PlatformName
from bot.domain.message import Message
from bot.errors import DeliveryError, TemporaryDeliveryError, UnclearDeliveryError
from bot.ports import Clock, Notifier

_LAG = (0.5, 1, 2, 5, 10, 30, 60, 300, 1800)
_NEWS = (10, 30, 60, 120, 300, 600, 1800, 3600, 14400, 86400)
_SEND = (0.05, 0.1, 0.25, 0.5, 1, 2, 5, 10, 30)

T = TypeVar("T")


class Measures:
    """The counters of one process; `registry` holds them."""

    def __init__(self) -> None:
        self.registry = CollectorRegistry()
        self._lag = Histogram(
            "usmca_bot_poll_lag_seconds",
            "How late after their time feeds were polled.",
            buckets=_LAG,
            registry=self.registry,
        )
        self._polls = Counter(
            "usmca_bot_polls", "Polls by outcome.", ["outcome"], registry=self.registry
        )
        self._new = Counter(
            "usmca_bot_new_entries", "Entries that polls brought and told.", registry=self.registry
        )
        self._sends = Counter(
            "usmca_bot_sends",
            "Attempts by platform, and how they ended.",
            ["platform", "kind", "ended"],
            registry=self.registry,
        )
        self._took = Histogram(
            "usmca_bot_send_seconds",
            "How long a platform took to answer.",
            ["platform"],
            buckets=_SEND,
            registry=self.registry,
        )
        self._told = Histogram(
            "usmca_bot_publication_to_receipt_seconds",
            "From an entry's publication to the platform's receipt of its first message.",
            ["platform"],
            buckets=_NEWS,
            registry=self.registry,
        )

    def polled(self, outcome: str, *, late: timedelta, new: int) -> None:
        """Count a poll, how late it was, and the entries it brought."""
        self._polls.labels(outcome=outcome).inc()
        self._lag.observe(max(0.0, late.total_seconds()))
        self._new.inc(new)

    def sent(self, platform: str, kind: str, ended: str, *, took_s: float) -> None:
        """Count an attempt; `ended` is taken, limited, refused, unclear or failed."""
        self._sends.labels(platform=platform, kind=kind, ended=ended).inc()
        self._took.labels(platform=platform).observe(took_s)

    def told(self, platform: str, age: timedelta) -> None:
        """Count how long after its publication an entry was told for the first time."""
        self._told.labels(platform=platform).observe(max(0.0, age.total_seconds()))


class MeasuredNotifier:
    """Implements `bot.ports.Notifier`: another one, with its sends counted."""

    def __init__(
        self, inner: Notifier, platform: PlatformName, measures: Measures, clock: Clock
    ) -> None:
        self._inner = inner
        self._platform = str(platform)
        self._measures = measures
        self._clock = clock

    @property
    def pace(self) -> timedelta:
        """The least time between two sends to one destination."""
        return self._inner.pace

    async def post(self, to: Address, message: Message, *, key: str) -> Receipt:
        """Send a message of its own."""
        receipt = await self._counted("post", self._inner.post(to, message, key=key))
        if message.published is not None:
            self._measures.told(self._platform, self._clock.now() - message.published)
        return receipt

    async def edit(self, to: Address, posted: Receipt, message: Message, *, key: str) -> Receipt:
        """Bring a sent message up to date."""
        return await self._counted("edit", self._inner.edit(to, posted, message, key=key))

    async def reply(
        self, to: Address, posted: Receipt, message: Message, *, key: str, broadcast: bool
    ) -> Receipt:
        """Answer in the message's thread."""
        reply = self._inner.reply(to, posted, message, key=key, broadcast=broadcast)
        return await self._counted("reply", reply)

    async def settle(
        self, to: Address, posted: Receipt | None, *, key: str, since: datetime
    ) -> Receipt | None:
        """Look whether a send with this key was taken."""
        settle = self._inner.settle(to, posted, key=key, since=since)
        return await self._counted("settle", settle)

    async def _counted(self, kind: str, call: Awaitable[T]) -> T:
        begun, ended = perf_counter(), "failed"
        try:
            done = await call
        except DeliveryError as error:
            ended = _ending(error)
            raise
        else:
            ended = "taken"
            return done
        finally:
            self._measures.sent(self._platform, kind, ended, took_s=perf_counter() - begun)


def measured(
    notifiers: Mapping[PlatformName, Notifier], measures: Measures, clock: Clock
) -> dict[PlatformName, Notifier]:
    """Return the notifiers with their sends counted."""
    return {
        name: MeasuredNotifier(inner, name, measures, clock) for name, inner in notifiers.items()
    }


def _ending(error: DeliveryError) -> str:
    if isinstance(error, UnclearDeliveryError):
        return "unclear"
    if isinstance(error, TemporaryDeliveryError):
        return "failed" if error.retry_after is None else "limited"
    return "refused"
