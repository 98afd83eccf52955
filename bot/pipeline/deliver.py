"""From delivery rows to receipts.

    claim (recorded as tried) ─► compose ─► send ─► record: sent | retry | unknown | dead
    unknown ─► settle ─► sent, or tried again with the same key

A send is recorded as tried before it leaves, so that a crash at any point leaves a row that says
what may have happened.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.alerts.retry import RetryPolicy, after_failure
from bot.alerts.timing import quiet_until
from bot.alerts.unsettled import of_unsettled
from bot.domain.alert import DeliveryKind, DeliveryState, Receipt
from bot.domain.destination import PlatformName
from bot.domain.message import Message
from bot.domain.views import Claimed
from bot.domain.zones import zone_of
from bot.errors import ConfigError, DeliveryError, PermanentDeliveryError
from bot.pipeline.composing import Composer, Shelf
from bot.pipeline.receipts import Receipts
from bot.pipeline.settle import Ending, settle
from bot.ports import Clock, Liveness, Notifier, Store, UnitOfWork

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ready:
    """A claimed delivery with what to send; no message where there is nothing to send any more."""

    claimed: Claimed
    message: Message | None
    broadcast: bool = False
    why_not: str = "what it was about is gone"


class Deliver:
    """Sends what is due on the platforms this process serves."""

    def __init__(
        self,
        *,
        store: Store,
        notifiers: Mapping[PlatformName, Notifier],
        composer: Composer,
        clock: Clock,
        liveness: Liveness,
        chance: Callable[[], float],
        policy: RetryPolicy,
        lease: timedelta,
        batch: int = 50,
    ) -> None:
        self._store = store
        self._notifiers = notifiers
        self._composer = composer
        self._clock = clock
        self._liveness = liveness
        self._chance = chance
        self._policy = policy
        self._lease = lease
        self._batch = batch
        self._receipts = Receipts(
            store=store,
            clock=clock,
            me=liveness.me,
            lease=lease,
            announce=self._announce,
        )

    @property
    def platforms(self) -> tuple[PlatformName, ...]:
        """The platforms this process serves."""
        return tuple(self._notifiers)

    async def run(self, platforms: tuple[PlatformName, ...] | None = None) -> int:
        """Settle and send one batch on these platforms (None: all); returns how many it touched.

        Nothing of a slow platform waits for a batch of another where each has a caller of its own.
        """
        served = self.platforms if platforms is None else platforms
        if not served:
            return 0
        unsettled = await self._taken_up(served)
        await asyncio.gather(*(self._settle(one) for one in unsettled))
        ready = await self._claim(served)
        await asyncio.gather(*(self._attempt(one) for one in ready))
        return len(unsettled) + len(ready)

    async def drain(
        self, patience: timedelta, *, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> int:
        """Send until nothing is due within `patience`; returns how many deliveries it touched."""
        end = self._clock.now() + patience
        touched = 0
        while True:
            did = await self.run()
            touched += did
            if did and self._clock.now() < end:
                continue
            async with self._store.begin() as uow:
                due = await uow.deliveries.next_due(list(self._notifiers))
            now = self._clock.now()
            if due is None or due > end or now >= end:
                return touched
            await sleep(max(0.1, (due - now).total_seconds()))

    async def _taken_up(self, platforms: tuple[PlatformName, ...]) -> list[Claimed]:
        """Take back what the dead were sending, and lease what must be settled."""
        async with self._store.begin() as uow:
            holders = await uow.deliveries.leaseholders()
            dead = [worker for worker in holders if self._liveness.is_dead(worker)]
            lost = await uow.deliveries.expire(self._clock.now(), dead)
            unsettled = await uow.deliveries.unsettled(
                self._clock.now(),
                worker=self._liveness.me,
                lease=self._lease,
                platforms=list(platforms),
                limit=self._batch,
            )
        if lost:
            log.warning("deliveries_taken_back", count=lost)
        return unsettled

    async def _claim(self, platforms: tuple[PlatformName, ...]) -> list[_Ready]:
        async with self._store.begin() as uow:
            claimed = await uow.deliveries.claim(
                self._clock.now(),
                worker=self._liveness.me,
                lease=self._lease,
                pace={name: self._notifiers[name].pace for name in platforms},
                limit=self._batch,
            )
            held = [await self._held(uow, one) for one in claimed]
            shelf = Shelf(uow)
            return [
                await self._compose(shelf, one)
                for one, waits in zip(claimed, held, strict=True)
                if not waits
            ]

    async def _held(self, uow: UnitOfWork, claimed: Claimed) -> bool:
        """Put back what would be sent in quiet hours: it was tried late, or a stop was in between."""
        now, place = self._clock.now(), claimed.destination
        draft = claimed.delivery.draft
        until = quiet_until(now, place.manners.quiet, zone_of(place.zone))
        if until is None or draft.kind is DeliveryKind.NOTICE or draft.why.urgent:
            return False
        await uow.deliveries.put_back(claimed.delivery.id, worker=self._liveness.me, until=until)
        return True

    async def _compose(self, shelf: Shelf, claimed: Claimed) -> _Ready:
        try:
            made = await self._composer.compose(shelf, claimed, self._clock.now())
        except (ValueError, TypeError, LookupError):  # one odd row must not stop the others
            log.exception("delivery_not_composed", delivery_id=claimed.delivery.id)
            return _Ready(claimed=claimed, message=None, why_not="its message cannot be composed")
        return _Ready(claimed=claimed, message=made.message, broadcast=made.broadcast)

    async def _attempt(self, ready: _Ready) -> None:
        claimed, begun = ready.claimed, self._clock.now()
        if ready.message is None:
            await self._receipts.record(
                claimed, Ending(state=DeliveryState.DEAD, error=ready.why_not)
            )
            return
        try:
            receipt = await self._send(claimed, ready.message, broadcast=ready.broadcast)
        except DeliveryError as error:
            await self._failed(claimed, error, begun)
        except ConfigError as error:  # no key opens the place's secret: nothing was sent
            await self._failed(claimed, PermanentDeliveryError(str(error)), begun)
        except Exception:
            # a mistake of ours in a platform's room: the platform may have taken it all the same
            log.exception("delivery_crashed", delivery_id=claimed.delivery.id)
            due_at = self._clock.now() + self._policy.first_wait
            ending = Ending(
                state=DeliveryState.UNKNOWN,
                due_at=due_at,
                error="sending it failed oddly: see the log",
            )
            await self._receipts.record(claimed, ending, begun=begun)
        else:
            sent = Ending(state=DeliveryState.SENT, receipt=receipt)
            await self._receipts.record(claimed, sent, begun=begun)

    async def _send(self, claimed: Claimed, message: Message, *, broadcast: bool) -> Receipt:
        delivery, to = claimed.delivery, claimed.destination.address
        notifier = self._notifiers[delivery.platform]
        if delivery.draft.kind in (DeliveryKind.POST, DeliveryKind.NOTICE):
            return await notifier.post(to, message, key=delivery.key)
        posted = claimed.posted.receipt if claimed.posted else None
        if posted is None:
            raise PermanentDeliveryError("its first message was never sent", destination_lost=False)
        if delivery.draft.kind is DeliveryKind.EDIT:
            return await notifier.edit(to, posted, message, key=delivery.key)
        return await notifier.reply(to, posted, message, key=delivery.key, broadcast=broadcast)

    async def _failed(self, claimed: Claimed, error: DeliveryError, begun: datetime) -> None:
        now = self._clock.now()
        delivery = claimed.delivery
        fate = after_failure(
            error,
            attempts=delivery.attempts,
            first_attempt_at=delivery.first_attempt_at or now,
            now=now,
            policy=self._policy,
            chance=self._chance(),
        )
        log.warning(
            "delivery_failed",
            delivery_id=delivery.id,
            destination_id=claimed.destination.id,
            state=str(fate.state),
            reason=fate.reason,
        )
        ending = Ending(
            state=fate.state,
            due_at=fate.due_at,
            error=fate.reason,
            hold_until=fate.hold_until,
            breaks_destination=fate.breaks_destination,
        )
        await self._receipts.record(claimed, ending, begun=begun)

    async def _announce(self, uow: UnitOfWork, claimed: Claimed) -> None:
        """Say in the place that a send may not have arrived and is not repeated there."""
        made = await self._compose(Shelf(uow), claimed)
        if made.message is not None:
            place, now = claimed.destination, self._clock.now()
            notice = of_unsettled(claimed.delivery.id, made.message.headline, place)
            await uow.deliveries.enqueue_notice(place.id, notice.subject, notice, now)

    async def _settle(self, claimed: Claimed) -> None:
        try:
            ending = await settle(
                claimed,
                self._notifiers,
                now=self._clock.now(),
                policy=self._policy,
                chance=self._chance,
            )
        except Exception:  # a mistake of ours: asked again later, and the others go on
            log.exception("settling_crashed", delivery_id=claimed.delivery.id)
            due_at = self._clock.now() + self._policy.longest_wait
            ending = Ending(
                state=DeliveryState.UNKNOWN, due_at=due_at, error="settling it failed: see the log"
            )
        await self._receipts.record(claimed, ending)
