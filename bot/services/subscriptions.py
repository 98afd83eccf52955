"""Who is told what: adding, removing, listing subscriptions, and pausing a place."""

from collections.abc import Awaitable, Callable, Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from enum import StrEnum

from bot.domain.actor import Actor
from bot.domain.destination import (
    Address,
    Ask,
    Destination,
    DestinationState,
    Subscription,
    Wish,
)
from bot.domain.feed import Origin
from bot.domain.ids import SubscriptionId
from bot.domain.manners import NOTHING_SAID, PlaceAsk
from bot.errors import InvalidInputError
from bot.ports import Clock, Store, UnitOfWork
from bot.reading.catalog import TopicCatalog
from bot.reading.query_syntax import normalised
from bot.services import exchange_file
from bot.services.home import Home
from bot.services.permissions import Policy, require_change
from bot.services.wishes import checked

MAX_FROM_CHAT = 200
"""Subscriptions a place may have before chat refuses more; the terminal may go beyond."""


class Effect(StrEnum):
    """What asking for a subscription did."""

    ADDED = "added"
    CHANGED = "changed"
    """It was there with another level or other options."""
    KEPT = "kept"
    """It was there exactly so."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Made:
    """A wish after it was asked for."""

    wish: Wish
    effect: Effect
    before: Wish | None = None
    """What it was, where it was changed."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Unsubscribed:
    """What an unsubscription took away, and what the configuration holds in place."""

    removed: tuple[Subscription, ...] = ()
    configured: tuple[Subscription, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """A place with what it asked for; without a destination nobody ever subscribed there."""

    destination: Destination | None
    subscriptions: tuple[Subscription, ...] = ()


RequirePlace = Callable[[Address], Awaitable[None]]
"""Raises InvalidInputError for a place that cannot be: a service that nobody named."""


async def _any_place(_address: Address) -> None:
    """Take every place, where nothing is known of services."""


class TooManyError(InvalidInputError):
    """A place has as many subscriptions as chat may give it."""

    def __init__(self) -> None:
        super().__init__(
            f"This place has {MAX_FROM_CHAT} subscriptions, the most that can be made from a chat. "
            "End some of them first, or join several queries with OR."
        )


class SubscriptionService:
    """Adds and ends subscriptions, one transaction each, every change in the audit."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        catalog: TopicCatalog,
        policy: Policy | None = None,
        *,
        home: Home | None = None,
        require_place: RequirePlace = _any_place,
    ) -> None:
        self._store = store
        self._clock = clock
        self._catalog = catalog
        self._policy = policy or Policy()
        self._home = home or Home()
        self._require_place = require_place

    async def subscribe(
        self, actor: Actor, asks: Sequence[Ask], *, place: PlaceAsk = NOTHING_SAID
    ) -> tuple[Made, ...]:
        """Subscribe the person's place to each wish; asking again changes only what is said.

        Raises ChannelLockedError, TooManyError, and InvalidInputError for a wish that cannot be.
        """
        require_change(self._policy, actor)
        asks = [checked(ask, self._catalog) for ask in asks]
        async with self._store.begin() as uow:
            here = await self._settled(uow, await self._place(uow, actor), place, actor.name)
            held = await uow.subscriptions.of(here.id)
            made = _foresee(held, asks)
            if sum(each.effect is Effect.ADDED for each in made) + len(held) > MAX_FROM_CHAT:
                raise TooManyError
            for each in made:
                await self._put(uow, here, each, Origin.CHAT, actor.name)
        return made

    async def unsubscribe(
        self,
        actor: Actor,
        *,
        topics: Collection[str] = (),
        queries: Collection[str] = (),
        ids: Collection[SubscriptionId] = (),
        everything: bool = False,
    ) -> Unsubscribed:
        """End the place's subscriptions that are named; those of the configuration stay.

        Raises ChannelLockedError. What the place does not have is left out of the answer.
        """
        require_change(self._policy, actor)
        understood = {normalised(query) for query in queries}
        async with self._store.begin() as uow:
            place = await uow.destinations.find(actor.address)
            if place is None:
                return Unsubscribed()
            named = [
                held
                for held in await uow.subscriptions.of(place.id)
                if everything
                or held.wish.topic in topics
                or held.wish.query in understood
                or held.id in ids
            ]
            removed = tuple(held for held in named if held.origin is not Origin.CONFIG)
            for held in removed:
                await self._drop(uow, place, held, actor.name)
        configured = tuple(held for held in named if held.origin is Origin.CONFIG)
        return Unsubscribed(removed=removed, configured=configured)

    async def settle(self, actor: Actor, said: PlaceAsk) -> Place:
        """Change how the person's place is told, and return it. Raises ChannelLockedError."""
        require_change(self._policy, actor)
        async with self._store.begin() as uow:
            await self._settled(uow, await self._place(uow, actor), said, actor.name)
        return await self.of(actor.address)

    async def set_paused(
        self, actor: Actor, *, paused: bool, until: datetime | None = None
    ) -> Place:
        """Hold back, or let go again, what the place gets; letting go also mends a broken place.

        A pause ends by itself at `until`, where one is given. A place nobody subscribed is left as
        it is. Raises ChannelLockedError.
        """
        require_change(self._policy, actor)
        state = DestinationState.PAUSED if paused else DestinationState.ACTIVE
        async with self._store.begin() as uow:
            place = await uow.destinations.find(actor.address)
            if place is not None:
                reason = f"paused by {actor.name}" if paused else None
                await uow.destinations.set_state(
                    place.id, state, reason, until=until if paused else None
                )
                what = "pause" if paused else "resume"
                now = self._clock.now()
                await uow.audit.add(actor.name, what, str(place.address), now)
        return await self.of(actor.address)

    async def of(self, address: Address) -> Place:
        """Return a place with its subscriptions, oldest first."""
        place = await self._store.queries.destination(address)
        held = [] if place is None else await self._store.queries.subscriptions(place.id)
        return Place(destination=place, subscriptions=tuple(held))

    async def add(
        self,
        address: Address,
        ask: Ask,
        *,
        by: str,
        origin: Origin = Origin.CHAT,
        place: PlaceAsk = NOTHING_SAID,
    ) -> Made:
        """Subscribe any place, as the terminal may.

        Raises InvalidInputError for an odd wish, and for a service that there is not.
        """
        ask = checked(ask, self._catalog)
        await self._require_place(address)
        async with self._store.begin() as uow:
            row = exchange_file.Row(address=address, ask=ask, place=place)
            (made,) = await self._add(uow, [row], by, origin)
        return made

    async def remove(
        self, subscription_id: SubscriptionId, *, by: str
    ) -> tuple[Destination, Subscription]:
        """End one subscription of any place. Raises InvalidInputError where there is none."""
        async with self._store.begin() as uow:
            for place, held in await uow.subscriptions.listed():
                if held.id == subscription_id:
                    await self._drop(uow, place, held, by)
                    return place, held
        raise InvalidInputError(
            f"There is no subscription {subscription_id}: `subscriptions list` shows the numbers."
        )

    async def listed(self) -> list[tuple[Destination, Subscription]]:
        """Return all subscriptions, by destination."""
        return await self._store.queries.every_subscription()

    async def export(self) -> list[dict[str, str]]:
        """Return all subscriptions and settings as plain rows, which `import_` takes back."""
        return exchange_file.to_rows(await self.listed())

    async def import_(self, rows: object, *, by: str) -> tuple[Made, ...]:
        """Add every row, or none; a wish that is named twice counts once.

        Raises InvalidInputError that names each row that cannot be, or a service there is not.
        """
        by_place: dict[Address, list[exchange_file.Row]] = {}
        for row in exchange_file.from_rows(rows, self._catalog):
            by_place.setdefault(row.address, []).append(row)
        for address in by_place:
            await self._require_place(address)
        made: list[Made] = []
        async with self._store.begin() as uow:
            for of_place in by_place.values():
                made += await self._add(uow, of_place, by, Origin.CHAT)
        return tuple(made)

    async def _place(self, uow: UnitOfWork, actor: Actor) -> Destination:
        return await uow.destinations.ensure(
            actor.address,
            origin=Origin.CHAT,
            zone=actor.zone or self._home.zone,
            locale=actor.locale or self._home.locale,
        )

    async def _add(
        self, uow: UnitOfWork, rows: Sequence[exchange_file.Row], by: str, origin: Origin
    ) -> tuple[Made, ...]:
        """Add the wishes and the settings of rows that all name one place."""
        place = await uow.destinations.ensure(
            rows[0].address, origin=origin, zone=self._home.zone, locale=self._home.locale
        )
        for row in rows:
            place = await self._settled(uow, place, row.place, by)
        asks = [row.ask for row in rows if row.ask is not None]
        made = _foresee(await uow.subscriptions.of(place.id), asks)
        for each in made:
            await self._put(uow, place, each, origin, by)
        return made

    async def _settled(
        self, uow: UnitOfWork, place: Destination, said: PlaceAsk, by: str
    ) -> Destination:
        """Store what is said about a place, where that changes anything, and return the place."""
        changed = replace(
            place,
            zone=said.zone or place.zone,
            locale=said.locale or place.locale,
            manners=said.onto(place.manners),
            at_most_once=place.at_most_once if said.repeats is None else not said.repeats,
        )
        if changed != place:
            await uow.destinations.set_manners(changed, by=by)
            await uow.audit.add(by, "settings", str(place.address), self._clock.now())
        return changed

    async def _put(
        self, uow: UnitOfWork, place: Destination, made: Made, origin: Origin, by: str
    ) -> None:
        if made.effect is Effect.KEPT:
            return
        now = self._clock.now()
        await uow.subscriptions.add(place.id, made.wish, origin=origin, by=by, now=now)
        about = f"{place.address} {made.wish} {made.wish.level}"
        await uow.audit.add(by, "subscribe", about, now)

    async def _drop(self, uow: UnitOfWork, place: Destination, held: Subscription, by: str) -> None:
        await uow.subscriptions.remove(held.id)
        await uow.audit.add(by, "unsubscribe", f"{place.address} {held.wish}", self._clock.now())


def _foresee(held: Sequence[Subscription], asks: Sequence[Ask]) -> tuple[Made, ...]:
    """What each wish will do to what the place has; a wish named twice counts once."""
    wishes = {each.wish.same: each.wish for each in held}
    made = []
    for ask in {ask.same: ask for ask in asks}.values():
        before = wishes.get(ask.same)
        if before is None:
            made.append(Made(wish=ask.new, effect=Effect.ADDED))
            continue
        after = ask.onto(before)
        if after == before:
            made.append(Made(wish=before, effect=Effect.KEPT))
        else:
            made.append(Made(wish=after, effect=Effect.CHANGED, before=before))
    return tuple(made)
