"""From delivery rows to receipts.

    claim (recorded as tried) ─► compose ─► send ─► record: sent | retry | unknown | dead
    unknown ─► ask the platform ─► sent, or tried again with the same key

A send is recorded as tried before it leaves, so that a crash at any point leaves a row that says
what may have happened.
"""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.alerts.retry import Fate, RetryPolicy, after_failure, back_off
from bot.domain.alert import DeliveryKind, DeliveryState, Receipt
from bot.domain.destination import DestinationState, PlatformName
from bot.domain.message import Message
from bot.domain.views import Claimed
from bot.errors import DeliveryError, PermanentDeliveryError, UnsettledError
from bot.pipeline.composing import Composer
from bot.ports import Clock, Liveness, Notifier, Store

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ready:
    """A claimed delivery with what to send; no message where its subject is gone."""

    claimed: Claimed
    message: Message | None
    broadcast: bool


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

    async def run(self) -> int:
        """Settle and send one batch; returns how many deliveries it touched."""
        if not self._notifiers:
            return 0
        await self._take_back()
        settled = await self._settle_all()
        ready = await self._claim()
        await asyncio.gather(*(self._attempt(one) for one in ready))
        return settled + len(ready)

    async def drain(
        self, patience: timedelta, *, sleep: Callable[[float], Awaitable[None]] = asyncio.sleep
    ) -> int:
        """Send until nothing is due within `patience`; returns how many deliveries it touched."""
        end = self._clock.now() + patience
        touched = 0
        while True:
            did = await self.run()
            touched += did
            if did:
                continue
            async with self._store.begin() as uow:
                due = await uow.deliveries.next_due(list(self._notifiers))
            now = self._clock.now()
            if due is None or due > end or now >= end:
                return touched
            await sleep(max(0.02, (due - now).total_seconds()))

    async def _take_back(self) -> None:
        async with self._store.begin() as uow:
            holders = await uow.deliveries.leaseholders()
            dead = [worker for worker in holders if self._liveness.is_dead(worker)]
            lost = await uow.deliveries.expire(self._clock.now(), dead)
        if lost:
            log.warning("deliveries_taken_back", count=lost)

    async def _claim(self) -> list[_Ready]:
        async with self._store.begin() as uow:
            claimed = await uow.deliveries.claim(
                self._clock.now(),
                worker=self._liveness.me,
                lease=self._lease,
                pace={name: notifier.pace for name, notifier in self._notifiers.items()},
                limit=self._batch,
            )
            ready = []
            for one in claimed:
                composed = await self._composer.compose(uow, one, self._clock.now().date())
                ready.append(
                    _Ready(claimed=one, message=composed.message, broadcast=composed.broadcast)
                )
            return ready

    async def _attempt(self, ready: _Ready) -> None:
        claimed = ready.claimed
        if ready.message is None:
            await self._record(claimed, DeliveryState.DEAD, error="what it was about is gone")
            return
        try:
            receipt = await self._send(claimed, ready.message, broadcast=ready.broadcast)
        except DeliveryError as error:
            await self._failed(claimed, error)
        else:
            await self._record(claimed, DeliveryState.SENT, receipt=receipt)

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

    async def _failed(self, claimed: Claimed, error: DeliveryError) -> None:
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
        await self._apply(claimed, fate, now)

    async def _apply(self, claimed: Claimed, fate: Fate, now: datetime) -> None:
        async with self._store.begin() as uow:
            await uow.deliveries.record(
                claimed.delivery.id, fate.state, now=now, due_at=fate.due_at, error=fate.reason
            )
            if fate.hold_until is not None:
                await uow.deliveries.hold_destination(claimed.destination.id, fate.hold_until)
            if fate.breaks_destination:
                await uow.destinations.set_state(
                    claimed.destination.id, DestinationState.BROKEN, fate.reason
                )

    async def _record(
        self,
        claimed: Claimed,
        state: DeliveryState,
        *,
        receipt: Receipt | None = None,
        error: str | None = None,
        due_at: datetime | None = None,
        repeated: bool = False,
    ) -> None:
        async with self._store.begin() as uow:
            await uow.deliveries.record(
                claimed.delivery.id,
                state,
                now=self._clock.now(),
                receipt=receipt,
                error=error,
                due_at=due_at,
                repeated=repeated,
            )
        log.info(
            "delivery_recorded",
            delivery_id=claimed.delivery.id,
            subject=claimed.delivery.draft.subject,
            kind=str(claimed.delivery.draft.kind),
            state=str(state),
        )

    async def _settle_all(self) -> int:
        async with self._store.begin() as uow:
            unsettled = await uow.deliveries.unsettled(
                self._clock.now(),
                worker=self._liveness.me,
                lease=self._lease,
                platforms=list(self._notifiers),
                limit=self._batch,
            )
        await asyncio.gather(*(self._settle(one) for one in unsettled))
        return len(unsettled)

    async def _settle(self, claimed: Claimed) -> None:
        """Ask the platform whether it took an unclear send, before any repeat."""
        delivery, now = claimed.delivery, self._clock.now()
        if delivery.draft.kind is DeliveryKind.EDIT:  # doing it twice does no harm
            await self._record(claimed, DeliveryState.RETRY, due_at=now, error=delivery.error)
            return
        reply = delivery.draft.kind is DeliveryKind.REPLY
        posted = claimed.posted.receipt if reply and claimed.posted else None
        try:
            receipt = await self._notifiers[delivery.platform].settle(
                claimed.destination.address,
                posted,
                key=delivery.key,
                since=delivery.first_attempt_at or delivery.created_at,
            )
        except (UnsettledError, PermanentDeliveryError) as error:
            await self._give_in(claimed, str(error))
        except DeliveryError as error:  # cannot be asked just now
            wait = back_off(delivery.attempts, policy=self._policy, chance=self._chance())
            await self._record(claimed, DeliveryState.UNKNOWN, due_at=now + wait, error=str(error))
        else:
            if receipt is not None:
                await self._record(claimed, DeliveryState.SENT, receipt=receipt)
            else:
                await self._record(
                    claimed, DeliveryState.RETRY, due_at=now, error="it had not arrived"
                )

    async def _give_in(self, claimed: Claimed, reason: str) -> None:
        """End a send nobody can look up: repeated once and listed, or listed only."""
        now = self._clock.now()
        if claimed.destination.at_most_once or claimed.delivery.repeated:
            error = f"it may or may not have arrived: {reason}"
            await self._record(claimed, DeliveryState.DEAD, error=error)
            return
        error = f"sent once more, because nobody could look whether it had arrived: {reason}"
        await self._record(claimed, DeliveryState.RETRY, due_at=now, error=error, repeated=True)
