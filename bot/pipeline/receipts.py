"""How attempts ended, stored: whatever ends while one transaction is written goes into the next.

    attempts ─► what ended meanwhile ─► one transaction: states, receipts, seals, broken places
                       ▲                          │ the database failed
                       └──── again in a moment ◄──┘

Nothing waits to be gathered: an attempt that ends alone is stored at once. Until an ending is stored,
the row says that the send was tried, so that a crash leaves it to be settled, never to be repeated.
"""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import structlog

from bot.domain.ids import DeliveryId
from bot.domain.views import Claimed
from bot.errors import DatabaseError
from bot.pipeline.breaking import break_place
from bot.pipeline.settle import Ending
from bot.ports import Clock, Ended, Store, UnitOfWork

Announce = Callable[[UnitOfWork, Claimed], Awaitable[None]]
"""Says in a place that a send may not have arrived and is not repeated there."""
Sleep = Callable[[float], Awaitable[None]]

_AT_ONCE = 500
_FIRST_WAIT_S = 0.25
_LONGEST_WAIT_S = 5.0

log = structlog.get_logger()


@dataclass(slots=True, kw_only=True)
class _Waiting:
    """An ending that is not stored yet, and who waits for it."""

    claimed: Claimed
    ending: Ending
    since: datetime
    stored: asyncio.Future[bool] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )


class Receipts:
    """Stores endings of one process's attempts."""

    def __init__(
        self,
        *,
        store: Store,
        clock: Clock,
        me: str,
        lease: timedelta,
        announce: Announce,
        sleep: Sleep = asyncio.sleep,
    ) -> None:
        """While the database fails, an ending is kept for as long as its `lease` may last."""
        self._store = store
        self._clock = clock
        self._me = me
        self._lease = lease
        self._announce = announce
        self._sleep = sleep
        self._waiting: list[_Waiting] = []
        self._storing: asyncio.Task[None] | None = None

    async def record(
        self, claimed: Claimed, ending: Ending, *, begun: datetime | None = None
    ) -> bool:
        """Return once it is stored; False where the lease was lost meanwhile.

        `begun` is when the attempt began, for the log.

        Raises what the database failed with, where it fails for longer than the lease lasts.
        """
        one = _Waiting(claimed=claimed, ending=ending, since=self._clock.now())
        self._waiting.append(one)
        if self._storing is None or self._storing.done():
            self._storing = asyncio.create_task(self._store_all(), name="receipts")
        mine = await one.stored
        took = self._clock.now() - (begun or one.since)
        _told(one, mine=mine, took_ms=round(took.total_seconds() * 1_000))
        return mine

    async def _store_all(self) -> None:
        while self._waiting:
            batch, self._waiting = self._waiting[:_AT_ONCE], self._waiting[_AT_ONCE:]
            try:
                await self._store_soon(batch)
            except asyncio.CancelledError:
                for one in batch:
                    one.stored.cancel()
                raise
            except Exception:  # noqa: BLE001 - one odd ending must not stop the others
                for one in batch:
                    await self._alone(one)

    async def _alone(self, one: _Waiting) -> None:
        try:
            await self._store_soon([one])
        except Exception as error:  # noqa: BLE001 - who made the attempt hears of it
            if not one.stored.done():
                one.stored.set_exception(error)

    async def _store_soon(self, batch: Sequence[_Waiting]) -> None:
        """Store a batch; a database that fails (full, restarted, gone) is asked again soon."""
        wait = _FIRST_WAIT_S
        while True:
            try:
                mine = await self._store_once(batch)
            except DatabaseError as error:
                kept = self._clock.now() - min(one.since for one in batch)
                if kept + timedelta(seconds=wait) >= self._lease:
                    raise
                log.warning("receipts_not_stored", count=len(batch), reason=str(error))
                await self._sleep(wait)
                wait = min(2 * wait, _LONGEST_WAIT_S)
            else:
                for one in batch:
                    if not one.stored.done():
                        one.stored.set_result(one.claimed.delivery.id in mine)
                return

    async def _store_once(self, batch: Sequence[_Waiting]) -> set[DeliveryId]:
        now = self._clock.now()
        async with self._store.begin() as uow:
            mine = await uow.deliveries.record_all(
                [_ended(one) for one in batch], worker=self._me, now=now
            )
            for one in batch:
                place, ending = one.claimed.destination, one.ending
                if ending.hold_until is not None:
                    await uow.deliveries.hold_destination(place.id, ending.hold_until)
                if ending.breaks_destination:
                    await break_place(uow, place, ending.error or "", now)
                if ending.announce and one.claimed.delivery.id in mine:
                    await self._announce(uow, one.claimed)
        return mine


def _ended(one: _Waiting) -> Ended:
    ending = one.ending
    return Ended(
        delivery_id=one.claimed.delivery.id,
        state=ending.state,
        receipt=ending.receipt,
        due_at=ending.due_at,
        error=ending.error,
        repeated=ending.repeated,
    )


def _told(one: _Waiting, *, mine: bool, took_ms: int) -> None:
    delivery = one.claimed.delivery
    event = log.info if mine else log.warning
    event(
        "delivery_recorded" if mine else "delivery_lease_lost",
        delivery_id=delivery.id,
        alert_id=delivery.draft.alert_id,
        entry_id=one.claimed.entry_id,
        destination_id=one.claimed.destination.id,
        subject=delivery.draft.subject,
        kind=str(delivery.draft.kind),
        state=str(one.ending.state),
        took_ms=took_ms,
    )
