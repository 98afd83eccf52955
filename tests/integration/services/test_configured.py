from bot.domain.destination import Level, Wish
from bot.domain.feed import FeedSpec, Origin
from bot.services import addresses
from bot.services.configured import reconcile

CHANNEL = addresses.parse("slack:C1")


async def start(store, clock, *, feeds=(), subscriptions=()):
    """What a start of the bot does with its configuration."""
    specs = [FeedSpec(key=key, name=key, url=f"https://{key}.example/feed") for key in feeds]
    wishes = [(CHANNEL, wish) for wish in subscriptions]
    await reconcile(
        store, clock, feeds=specs, subscriptions=wishes, zone="America/Toronto", locale="fr"
    )


async def held(store):
    """What the channel gets, by wish, level and who asked for it."""
    async with store.begin() as uow:
        listed = await uow.subscriptions.listed()
    return [(str(each.wish), each.wish.level, each.origin) for _, each in listed]


async def test_the_store_follows_the_configuration(store, clock):
    """What is new is added, what left is ended, and a second start changes nothing."""
    for _ in range(2):
        await start(store, clock, feeds=["a", "b"], subscriptions=[Wish(topic="autos")])
    assert await held(store) == [("autos", Level.EVERYTHING, Origin.CONFIG)]
    place = await store.queries.destination(CHANNEL)
    assert (place.zone, place.locale) == ("America/Toronto", "fr")
    await start(store, clock, feeds=["b"], subscriptions=[Wish(topic="dairy")])
    assert await held(store) == [("dairy", Level.EVERYTHING, Origin.CONFIG)]
    assert [feed.spec.key for feed in await store.queries.feeds(None)] == ["b"]


async def test_a_changed_level_is_taken_over(store, clock):
    """Another level in the configuration changes the subscription there is."""
    await start(store, clock, subscriptions=[Wish(topic="autos")])
    await start(store, clock, subscriptions=[Wish(topic="autos", level=Level.FLASH)])
    assert await held(store) == [("autos", Level.FLASH, Origin.CONFIG)]


async def test_what_people_asked_for_stays(store, clock):
    """A subscription made in chat survives every start."""
    await start(store, clock)
    async with store.begin() as uow:
        place = await uow.destinations.ensure(CHANNEL, origin=Origin.CHAT, zone="UTC", locale="en")
        await uow.subscriptions.add(
            place.id, Wish(topic="autos"), origin=Origin.CHAT, by="slack:U1", now=clock.now()
        )
    await start(store, clock)
    assert await held(store) == [("autos", Level.EVERYTHING, Origin.CHAT)]
