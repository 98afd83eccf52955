import pytest
import sqlalchemy as sa

from bot.domain.actor import Actor
from bot.domain.destination import DestinationState, Level, PlatformName, Wish
from bot.domain.feed import Origin
from bot.errors import InvalidInputError, NotAllowedError
from bot.services import addresses, subscriptions
from bot.services.home import Home
from bot.services.permissions import Policy, Who
from bot.services.subscriptions import Effect, SubscriptionService, TooManyError
from bot.storage import tables
from bot.storage.engine import open_engines
from tests.fakes.topics import catalog


def person(**fields):
    """A person in a Slack channel."""
    known = {"platform": PlatformName.SLACK, "workspace": "T1", "user": "U1", "channel": "C1"}
    return Actor(**(known | fields))


@pytest.fixture
def service(store, clock):
    return SubscriptionService(store, clock, catalog())


def effects(made):
    """What each wish did, by topic or query."""
    return {str(each.wish): each.effect for each in made}


@pytest.fixture
def audit(database_url):
    """Reads every line of the audit: who, what, about."""

    async def lines():
        table = tables.audit
        query = sa.select(table.c.who, table.c.what, table.c.about).order_by(table.c.id)
        engines = open_engines(database_url)
        async with engines.reader.connect() as connection:
            found = [tuple(row) for row in await connection.execute(query)]
        await engines.dispose()
        return found

    return lines


async def test_subscribing_is_idempotent(service, audit):
    """Asking twice adds once, asking with another level changes it, and each change is audited."""
    wishes = [Wish(topic="autos"), Wish(query=" steel "), Wish(topic="autos")]
    first = await service.subscribe(person(), wishes)
    assert effects(first) == {"autos": Effect.ADDED, "query steel": Effect.ADDED}
    assert effects(await service.subscribe(person(), wishes))["autos"] is Effect.KEPT
    (changed,) = await service.subscribe(person(), [Wish(topic="autos", level=Level.FLASH)])
    assert (changed.effect, changed.before) == (Effect.CHANGED, Level.EVERYTHING)
    place = await service.of(person().address)
    assert [(str(held.wish), held.wish.level) for held in place.subscriptions] == [
        ("autos", Level.FLASH),
        ("query steel", Level.EVERYTHING),
    ]
    assert await audit() == [
        ("slack:U1", "subscribe", "slack:T1/C1 autos everything"),
        ("slack:U1", "subscribe", "slack:T1/C1 query steel everything"),
        ("slack:U1", "subscribe", "slack:T1/C1 autos flash"),
    ]


async def test_a_place_takes_the_zone_and_language_of_who_subscribes(store, clock):
    """The first person's zone and language become the place's; unknown ones are the bot's own."""
    home = Home(zone="America/Mexico_City", locale="es")
    service = SubscriptionService(store, clock, catalog(), home=home)
    await service.subscribe(person(zone="America/Toronto", locale="fr"), [Wish(topic="autos")])
    await service.subscribe(person(channel="C2"), [Wish(topic="autos")])
    first = (await service.of(person().address)).destination
    second = (await service.of(person(channel="C2").address)).destination
    assert (first.zone, first.locale) == ("America/Toronto", "fr")
    assert (second.zone, second.locale) == ("America/Mexico_City", "es")


async def test_odd_wishes_are_refused_whole(service):
    """An unknown topic or a query that does not parse leaves nothing behind."""
    for odd in (Wish(topic="atuos"), Wish(query="steel AND (")):
        with pytest.raises(InvalidInputError):
            await service.subscribe(person(), [Wish(topic="autos"), odd])
    assert (await service.of(person().address)).destination is None


async def test_the_policy_holds_for_every_change(store, clock):
    """Who may not change the channel changes nothing there, and may in a direct message."""
    service = SubscriptionService(store, clock, catalog(), Policy(who=Who.ADMINS))
    with pytest.raises(NotAllowedError):
        await service.subscribe(person(), [Wish(topic="autos")])
    with pytest.raises(NotAllowedError):
        await service.unsubscribe(person(), everything=True)
    with pytest.raises(NotAllowedError):
        await service.set_paused(person(), paused=True)
    assert (await service.of(person().address)).destination is None
    mine = person(direct=True, channel="D1")
    assert effects(await service.subscribe(mine, [Wish(topic="autos")])) == {"autos": Effect.ADDED}
    assert await service.subscribe(person(admin=True), [Wish(topic="autos")])


async def test_unsubscribing_ends_what_is_named(service, audit):
    """Topics, queries and numbers end what this place has; what it lacks is left out."""
    wishes = [Wish(topic="autos"), Wish(topic="dairy"), Wish(query="steel"), Wish(query="corn")]
    await service.subscribe(person(), wishes)
    held = (await service.of(person().address)).subscriptions
    ended = await service.unsubscribe(
        person(), topics=["autos", "customs"], queries=["steel"], ids=[held[3].id, 999]
    )
    assert {str(each.wish) for each in ended.removed} == {"autos", "query steel", "query corn"}
    rest = (await service.of(person().address)).subscriptions
    assert [str(each.wish) for each in rest] == ["dairy"]
    assert (await audit())[-1] == ("slack:U1", "unsubscribe", "slack:T1/C1 query corn")


async def test_unsubscribing_reaches_no_other_place(service):
    """The number of another channel's subscription, or a place nobody made, ends nothing."""
    await service.subscribe(person(channel="C2"), [Wish(topic="autos")])
    (theirs,) = (await service.of(person(channel="C2").address)).subscriptions
    assert (await service.unsubscribe(person(), ids=[theirs.id])).removed == ()
    await service.subscribe(person(), [Wish(topic="dairy")])
    assert (await service.unsubscribe(person(), ids=[theirs.id])).removed == ()
    assert (await service.of(person(channel="C2").address)).subscriptions == (theirs,)


async def test_what_the_configuration_asks_for_stays(service):
    """A subscription of bot.yaml is not ended from chat, and is named as such."""
    address = person().address
    await service.add(address, Wish(topic="autos"), by="config", origin=Origin.CONFIG)
    await service.subscribe(person(), [Wish(topic="dairy")])
    ended = await service.unsubscribe(person(), everything=True)
    assert [each.wish.topic for each in ended.removed] == ["dairy"]
    assert [each.wish.topic for each in ended.configured] == ["autos"]
    assert len((await service.of(address)).subscriptions) == 1


async def test_chat_cannot_fill_a_place_without_end(service):
    """At two hundred subscriptions chat refuses more, but still changes those there are."""
    many = [Wish(query=f"steel {number}") for number in range(subscriptions.MAX_FROM_CHAT)]
    await service.subscribe(person(), many)
    with pytest.raises(TooManyError, match="200 subscriptions"):
        await service.subscribe(person(), [Wish(topic="autos")])
    again = await service.subscribe(person(), [Wish(query="steel 7", level=Level.FLASH)])
    assert again[0].effect is Effect.CHANGED
    made = await service.add(person().address, Wish(topic="autos"), by="terminal")
    assert made.effect is Effect.ADDED


async def test_pausing_and_resuming_a_place(service, store, audit):
    """A paused place is marked with who did it; resuming also mends a broken one."""
    assert (await service.set_paused(person(), paused=True)).destination is None
    await service.subscribe(person(), [Wish(topic="autos")])
    paused = (await service.set_paused(person(), paused=True)).destination
    assert (paused.state, paused.reason) == (DestinationState.PAUSED, "paused by slack:U1")
    async with store.begin() as uow:
        await uow.destinations.set_state(paused.id, DestinationState.BROKEN, "channel archived")
    mended = (await service.set_paused(person(), paused=False)).destination
    assert (mended.state, mended.reason) == (DestinationState.ACTIVE, None)
    assert [line[1] for line in await audit()] == ["subscribe", "pause", "resume"]


async def test_the_terminal_adds_lists_and_removes(service):
    """The terminal changes any place; a number that is not there is refused."""
    made = await service.add(addresses.parse("slack:C7"), Wish(query="*"), by="terminal")
    assert made.effect is Effect.ADDED
    again = await service.add(addresses.parse("slack:C7"), Wish(query="*"), by="terminal")
    assert again.effect is Effect.KEPT
    ((place, held),) = await service.listed()
    assert (str(place.address), held.created_by) == ("slack:C7", "terminal")
    assert await service.remove(held.id, by="terminal") == (place, held)
    assert await service.listed() == []
    with pytest.raises(InvalidInputError, match=f"no subscription {held.id}"):
        await service.remove(held.id, by="terminal")


async def test_export_and_import_move_everything(service):
    """What one bot exports another imports; doing it twice changes nothing."""
    await service.subscribe(person(locale="es"), [Wish(topic="autos"), Wish(query='"a b" OR c')])
    rows = await service.export()
    await service.unsubscribe(person(), everything=True)
    made = await service.import_(rows, by="terminal")
    assert {each.effect for each in made} == {Effect.ADDED}
    assert await service.export() == rows
    assert {each.effect for each in await service.import_(rows, by="terminal")} == {Effect.KEPT}


async def test_an_import_with_a_bad_row_adds_nothing(service):
    """All rows are taken, or none."""
    rows = [{"to": "console", "topic": "autos"}, {"to": "console", "topic": "atuos"}]
    with pytest.raises(InvalidInputError, match="row 2"):
        await service.import_(rows, by="terminal")
    assert await service.listed() == []
