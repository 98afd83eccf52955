"""The writing side of what goes out: places, their wishes, alerts, deliveries."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.alert import Alert, DeliveryDraft
from bot.domain.destination import (
    Address,
    Destination,
    DestinationState,
    PlatformName,
    Subscription,
    Wish,
)
from bot.domain.feed import Origin
from bot.domain.ids import (
    AlertId,
    DeliveryId,
    DestinationId,
    SubscriptionId,
)
from bot.domain.message import Message
from bot.domain.story import Story
from bot.domain.views import Claimed
from bot.ports.rows import AlertDraft, Ended, Listener


class Destinations(Protocol):
    """The places alerts go to."""

    async def find(self, address: Address) -> Destination | None:
        """Return the destination; an empty workspace finds the channel where only one has it."""
        ...

    async def ensure(
        self, address: Address, *, origin: Origin, zone: str, locale: str
    ) -> Destination:
        """Return the destination, made if need be; learns the workspace it did not know."""
        ...

    async def get(self, destination_id: DestinationId) -> Destination | None:
        """Return one destination."""
        ...

    async def set_state(
        self,
        destination_id: DestinationId,
        state: DestinationState,
        reason: str | None,
        *,
        until: datetime | None = None,
    ) -> None:
        """Pause, break or mend a destination; `until` is when a pause ends by itself."""
        ...

    async def end_pauses(self, now: datetime) -> int:
        """Let places go again whose pause is over; returns how many there were."""
        ...

    async def set_manners(self, place: Destination, *, by: str) -> None:
        """Store a place's zone, language, manners and repeats; ``config`` never goes over a person."""
        ...

    async def mend_broken(self) -> int:
        """Give every broken destination another try; returns how many there are."""
        ...

    async def subscribed(self, platform: PlatformName, workspace: str) -> list[Destination]:
        """Return the workspace's destinations that have subscriptions, by id."""
        ...

    async def break_workspace(self, platform: PlatformName, workspace: str, reason: str) -> int:
        """Break every destination of a workspace that works; returns how many."""
        ...

    async def mend_workspace(self, platform: PlatformName, workspace: str) -> int:
        """Give a workspace's broken destinations another try; returns how many there are.

        Notices that they are broken are dropped where they could not be sent either.
        """
        ...


class Subscriptions(Protocol):
    """Who wants what."""

    async def add(
        self, destination_id: DestinationId, wish: Wish, *, origin: Origin, by: str, now: datetime
    ) -> Subscription | None:
        """Store a wish; None where the destination has it already (what else it asks is brought up to date)."""
        ...

    async def remove(self, subscription_id: SubscriptionId) -> None:
        """Delete one."""
        ...

    async def of(self, destination_id: DestinationId) -> list[Subscription]:
        """Return a destination's subscriptions, oldest first."""
        ...

    async def listed(self) -> list[tuple[Destination, Subscription]]:
        """Return all, by destination."""
        ...

    async def queries(self) -> frozenset[str]:
        """Return the queries that anybody subscribed to, each once."""
        ...

    async def audience(
        self, story: Story, *, after: DestinationId | None, limit: int
    ) -> list["Listener"]:
        """Return up to `limit` destinations above `after` that may want this story or have it.

        Those whose tenant may not see the story's owner are left out.
        """
        ...


class Alerts(Protocol):
    """Story changes that wait for their fan-out."""

    async def add(self, drafts: Sequence[AlertDraft], now: datetime) -> None:
        """Store that these revisions must be told."""
        ...

    async def waiting(self, limit: int, *, without: Collection[AlertId] = ()) -> list[Alert]:
        """Return alerts whose fan-out is not finished, oldest first, `without` some."""
        ...

    async def advance(self, alert_id: AlertId, cursor: DestinationId | None, *, done: bool) -> None:
        """Move the cursor in the transaction that wrote the deliveries."""
        ...

    async def get(self, alert_id: AlertId) -> Alert | None:
        """Return one alert."""
        ...


class Deliveries(Protocol):
    """The outbox."""

    async def enqueue(self, drafts: Sequence[DeliveryDraft], now: datetime) -> int:
        """Write deliveries, leaving out those that exist; returns how many are new."""
        ...

    async def enqueue_notice(
        self, destination_id: DestinationId, subject: str, message: Message, now: datetime
    ) -> int:
        """Write a notice with its own text."""
        ...

    async def enqueue_told(
        self, drafts: Sequence[tuple[DeliveryDraft, Message]], now: datetime
    ) -> int:
        """Write deliveries that bring their own text, all to one place; returns how many are new."""
        ...

    async def folds(self, delivery_id: DeliveryId) -> tuple[AlertId, ...]:
        """Return the further alerts that one reply tells."""
        ...

    async def put_back(self, delivery_id: DeliveryId, *, worker: str, until: datetime) -> None:
        """Undo a claim that came at a bad time: the delivery waits as if it had not been tried."""
        ...

    async def notice(self, delivery_id: DeliveryId) -> Message | None:
        """Return a notice's text."""
        ...

    async def claim(
        self,
        now: datetime,
        *,
        worker: str,
        lease: timedelta,
        pace: Mapping[str, timedelta],
        limit: int,
    ) -> list[Claimed]:
        """Take due deliveries, at most one for each destination and in its order; record the try.

        `pace` holds the platforms this process serves; others' deliveries are left alone.
        """
        ...

    async def give_up(self, before: datetime, reason: str) -> int:
        """Drop what has been waiting since before a moment, paused places apart; returns how many."""
        ...

    async def expire(self, now: datetime, dead: Sequence[str]) -> int:
        """Turn sends whose lease ended, or whose worker died, into `unknown`; returns how many."""
        ...

    async def unsettled(
        self, now: datetime, *, worker: str, lease: timedelta, platforms: Sequence[str], limit: int
    ) -> list[Claimed]:
        """Lease `unknown` deliveries, so that one worker settles them."""
        ...

    async def leaseholders(self) -> list[str]:
        """Return the workers that hold leases on deliveries."""
        ...

    async def record_all(
        self, ended: Sequence[Ended], *, worker: str, now: datetime
    ) -> set[DeliveryId]:
        """Store how attempts ended and end their leases; returns those whose lease was not lost.

        What arrived is sealed with it. A delivery may stand in `ended` once.
        """
        ...

    async def hold_destination(self, destination_id: DestinationId, until: datetime) -> None:
        """Send nothing to this destination before `until`."""
        ...

    async def next_due(self, platforms: Sequence[str]) -> datetime | None:
        """Return when the next waiting delivery may go out."""
        ...
