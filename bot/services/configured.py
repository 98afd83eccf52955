"""Makes what `config/` says true in the store, at every start. Rows of people are left alone."""

from collections.abc import Sequence
from dataclasses import replace

from bot.domain.destination import Address, Wish
from bot.domain.feed import FeedSpec, Origin
from bot.domain.manners import PlaceAsk
from bot.ports import Clock, Store


async def reconcile(
    store: Store,
    clock: Clock,
    *,
    feeds: Sequence[FeedSpec],
    subscriptions: Sequence[tuple[Address, Wish]],
    places: Sequence[tuple[Address, PlaceAsk]] = (),
    zone: str,
    locale: str,
) -> None:
    """Add what is new, disable feeds and end subscriptions that left the configuration.

    The settings of `places` count until somebody changes that place's settings in a chat.
    """
    now = clock.now()
    async with store.begin() as uow:
        await uow.feeds.reconcile(feeds, now)
        wanted: set[tuple[int, Wish]] = set()
        for address, wish in subscriptions:
            place = await uow.destinations.ensure(
                address, origin=Origin.CONFIG, zone=zone, locale=locale
            )
            wanted.add((place.id, wish))
            await uow.subscriptions.add(place.id, wish, origin=Origin.CONFIG, by="config", now=now)
        for address, said in places:
            place = await uow.destinations.ensure(
                address, origin=Origin.CONFIG, zone=zone, locale=locale
            )
            changed = replace(
                place,
                zone=said.zone or place.zone,
                locale=said.locale or place.locale,
                manners=said.onto(place.manners),
            )
            if changed != place:
                await uow.destinations.set_manners(changed, by="config")
        for place, held in await uow.subscriptions.listed():
            if held.origin is Origin.CONFIG and (place.id, held.wish) not in wanted:
                await uow.subscriptions.remove(held.id)
