"""What an operator does about deliveries that were given up, or of which nobody knows the end."""

from collections.abc import Sequence
from dataclasses import dataclass

from bot.domain.alert import DeliveryState
from bot.domain.destination import Address, DestinationState
from bot.domain.ids import DeliveryId, DestinationId
from bot.errors import InvalidInputError
from bot.ports import Clock, Store, UnitOfWork
from bot.ports.keeping import Stuck


@dataclass(frozen=True, slots=True, kw_only=True)
class Outcome:
    """What became of one delivery that was named."""

    delivery_id: DeliveryId
    done: bool
    said: str
    """What was done, or why nothing was."""


class OutboxService:
    """Lists, replays and drops; every change leaves a line in the audit."""

    def __init__(self, store: Store, clock: Clock) -> None:
        self._store = store
        self._clock = clock

    async def listed(self, to: Address | None = None) -> list[Stuck]:
        """Return what is stuck, oldest first. Raises InvalidInputError for a place never told."""
        async with self._store.begin() as uow:
            return await uow.stuck.listed(place=await _place(uow, to))

    async def replay(
        self, ids: Sequence[DeliveryId] | None, *, by: str, to: Address | None = None
    ) -> list[Outcome]:
        """Have deliveries sent again, or settled where they are unclear; None is all of a place."""
        now = self._clock.now()
        async with self._store.begin() as uow:
            found = await self._found(uow, ids, to)
            outcomes = [_missing(one) for one in ids or () if one not in found]
            for one in found.values():
                refusal = _refusal(one)
                if refusal is not None:
                    outcomes.append(_outcome(one, refusal, done=False))
                    continue
                outcomes.append(_outcome(one, _will(one), done=True))
                if one.delivery.state is DeliveryState.UNKNOWN:
                    await uow.stuck.ask_again(one.delivery.id, now)
                else:
                    await uow.stuck.replay(one.delivery.id, now)
                await uow.audit.add(by, "delivery replay", _about(one), now)
        return outcomes

    async def drop(
        self, ids: Sequence[DeliveryId] | None, *, by: str, to: Address | None = None
    ) -> list[Outcome]:
        """Neither send nor list deliveries any more; None is all of a place."""
        now = self._clock.now()
        async with self._store.begin() as uow:
            found = await self._found(uow, ids, to)
            for one in found.values():
                await uow.stuck.drop(one.delivery.id, now)
                await uow.audit.add(by, "delivery drop", _about(one), now)
        dropped = [_outcome(one, "it is dropped", done=True) for one in found.values()]
        return [*(_missing(one) for one in ids or () if one not in found), *dropped]

    async def _found(
        self, uow: UnitOfWork, ids: Sequence[DeliveryId] | None, to: Address | None
    ) -> dict[DeliveryId, Stuck]:
        stuck = await uow.stuck.listed(place=await _place(uow, to), ids=ids)
        return {one.delivery.id: one for one in stuck}


async def _place(uow: UnitOfWork, to: Address | None) -> DestinationId | None:
    if to is None:
        return None
    place = await uow.destinations.find(to)
    if place is None:
        raise InvalidInputError(f"Nothing was ever sent to {to}.")
    return place.id


def reason(stuck: Stuck) -> str:
    """Return in plain words why a delivery is where it is."""
    said = stuck.delivery.error or "no reason was kept"
    if stuck.delivery.state is DeliveryState.DEAD:
        return f"given up: {said}"
    return f"nobody knows whether it arrived, and the platform is asked: {said}"


def _refusal(one: Stuck) -> str | None:
    place = one.destination
    if place.state is DestinationState.BROKEN:
        why = place.reason or "it cannot be reached"
        return (
            f"nothing can be sent to {place.address}: {why}. Mend that, say /usmca resume there (or "
            "restart the bot), and replay it then"
        )
    if one.told_by is not None and one.delivery.state is DeliveryState.DEAD:
        return f"delivery {one.told_by} tells that place the same: it would be told twice"
    return None


def _will(one: Stuck) -> str:
    if one.delivery.state is DeliveryState.UNKNOWN:
        return "the platform is asked now whether it has it; only what it lacks is sent again"
    if one.destination.state is DestinationState.PAUSED:
        return f"it waits, with its old key: {one.destination.address} is paused"
    return "it waits for its turn, with its old key"


def _outcome(one: Stuck, said: str, *, done: bool) -> Outcome:
    return Outcome(delivery_id=one.delivery.id, done=done, said=said)


def _missing(delivery_id: DeliveryId) -> Outcome:
    said = "it is not among those that were given up or are unclear"
    return Outcome(delivery_id=delivery_id, done=False, said=said)


def _about(one: Stuck) -> str:
    draft = one.delivery.draft
    return f"delivery {one.delivery.id}: {draft.kind} {draft.subject} to {one.destination.address}"
