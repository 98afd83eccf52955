from dataclasses import replace
from datetime import time, timedelta

import pytest
import sqlalchemy as sa

from bot.domain.actor import Actor
from bot.domain.destination import Ask, DestinationState, Level, PlatformName, Wish
from bot.domain.feed import Origin
from bot.domain.manners import (
    INSTANT,
    Manners,
    Mention,
    MentionKind,
    PlaceAsk,
    Quiet,
    Rhythm,
    When,
)
from bot.domain.reading import Lang
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
    wishes = [Ask(topic="autos"), Ask(query=" steel "), Ask(topic="autos")]
    first = await service.subscribe(person(), wishes)
    assert effects(first) == {"autos": Effect.ADDED, "query steel": Effect.ADDED}
    assert effects(await service.subscribe(person(), wishes))["autos"] is Effect.KEPT
    (changed,) = await service.subscribe(person(), [Ask(topic="autos", level=Level.FLASH)])
    assert (changed.effect, changed.before) == (Effect.CHANGED, Wish(topic="autos"))
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


async def test_asking_again_changes_only_what_is_said(service):
    """Level, rhythm, languages, sources and mention stay as they were where nobody says otherwise."""
    daily = When(rhythm=Rhythm.DAILY, at=time(8))
    ana = Mention(kind=MentionKind.USER, id="U1")
    whole = Ask(
        topic="autos",
        level=Level.FLASH,
        when=daily,
        langs=(Lang.ES,),
        sources=2,
        mention=ana,
    )
    await service.subscribe(person(), [whole])
    (kept,) = await service.subscribe(person(), [Ask(topic="autos")])
    assert (kept.effect, kept.wish) == (Effect.KEPT, whole.new)
    changed = await service.add(person().address, Ask(topic="autos", sources=1), by="terminal")
    assert changed.wish == replace(whole.new, sources=1)
    (ended,) = await service.subscribe(person(), [Ask(topic="autos", no_mention=True)])
    assert ended.wish == replace(whole.new, sources=1, mention=None)
    (held,) = (await service.of(person().address)).subscriptions
    assert held.wish == ended.wish


async def test_a_place_is_settled_once_and_by_whom(service, store, clock, audit):
    """Settings are stored and audited where they change anything; what is not said stays."""
    quiet = Quiet(start=time(22), end=time(7))
    said = PlaceAsk(zone="America/Mexico_City", locale="es", quiet=quiet, storm=10)
    place = (await service.settle(person(), said)).destination
    assert (place.zone, place.locale) == ("America/Mexico_City", "es")
    assert place.manners == Manners(quiet=quiet, storm=10)
    await service.settle(person(), said)
    again = (await service.settle(person(), PlaceAsk(no_quiet=True, say_empty=True))).destination
    assert again.manners == Manners(storm=10, say_empty=True)
    assert await audit() == [("slack:U1", "settings", "slack:T1/C1")] * 2
    locked = SubscriptionService(store, clock, catalog(), Policy(who=Who.ADMINS))
    with pytest.raises(NotAllowedError):
        await locked.settle(person(), said)


async def test_a_pause_can_end_by_itself(service, store, clock):
    """Until its time nothing goes out; then the place is active again, and others stay paused."""
    await service.subscribe(person(), [Ask(topic="autos")])
    await service.subscribe(person(channel="C2"), [Ask(topic="autos")])
    until = clock.now() + timedelta(days=3)
    paused = (await service.set_paused(person(), paused=True, until=until)).destination
    assert paused.paused_until == until
    await service.set_paused(person(channel="C2"), paused=True)
    for moment, ended in ((until - timedelta(seconds=1), 0), (until, 1), (until, 0)):
        async with store.begin() as uow:
            assert await uow.destinations.end_pauses(moment) == ended
    place = (await service.of(person().address)).destination
    assert (place.state, place.reason, place.paused_until) == (DestinationState.ACTIVE, None, None)
    other = (await service.of(person(channel="C2").address)).destination
    assert other.state is DestinationState.PAUSED


async def test_options_and_settings_move_with_an_export(service):
    """Everything a place asked for comes back from the rows, on an empty bot and over changes."""
    quiet = Quiet(start=time(22), end=time(7))
    wish = Ask(topic="autos", when=When(rhythm=Rhythm.WEEKLY, at=time(9), day=4), langs=(Lang.FR,))
    await service.subscribe(person(), [wish], place=PlaceAsk(quiet=quiet, reminders=(3,)))
    rows = await service.export()
    before = await service.of(person().address)
    await service.subscribe(person(), [Ask(topic="autos", when=INSTANT, langs=())])
    await service.settle(person(), PlaceAsk(no_quiet=True, reminders=()))
    await service.import_(rows, by="terminal")
    after = await service.of(person().address)
    assert after.destination == before.destination
    assert [held.wish for held in after.subscriptions] == [wish.new]
    assert await service.export() == rows


async def test_a_place_takes_the_zone_and_language_of_who_subscribes(store, clock):
    """The first person's zone and language become the place's; unknown ones are the bot's own."""
    home = Home(zone="America/Mexico_City", locale="es")
    service = SubscriptionService(store, clock, catalog(), home=home)
    await service.subscribe(person(zone="America/Toronto", locale="fr"), [Ask(topic="autos")])
    await service.subscribe(person(channel="C2"), [Ask(topic="autos")])
    first = (await service.of(person().address)).destination
    second = (await service.of(person(channel="C2").address)).destination
    assert (first.zone, first.locale) == ("America/Toronto", "fr")
    assert (second.zone, second.locale) == ("America/Mexico_City", "es")


async def test_odd_wishes_are_refused_whole(service):
    """An unknown topic or a query that does not parse leaves nothing behind."""
    for odd in (Ask(topic="atuos"), Ask(query="steel AND (")):
        with pytest.raises(InvalidInputError):
            await service.subscribe(person(), [Ask(topic="autos"), odd])
    assert (await service.of(person().address)).destination is None


async def test_the_policy_holds_for_every_change(store, clock):
    """Who may not change the channel changes nothing there, and may in a direct message."""
    service = SubscriptionService(store, clock, catalog(), Policy(who=Who.ADMINS))
    with pytest.raises(NotAllowedError):
        await service.subscribe(person(), [Ask(topic="autos")])
    with pytest.raises(NotAllowedError):
        await service.unsubscribe(person(), everything=True)
    with pytest.raises(NotAllowedError):
        await service.set_paused(person(), paused=True)
    assert (await service.of(person().address)).destination is None
    mine = person(direct=True, channel="D1")
    assert effects(await service.subscribe(mine, [Ask(topic="autos")])) == {"autos": Effect.ADDED}
    assert await service.subscribe(person(admin=True), [Ask(topic="autos")])


async def test_unsubscribing_ends_what_is_named(service, audit):
    """Topics, queries and numbers end what this place has; what it lacks is left out."""
    wishes = [Ask(topic="autos"), Ask(topic="dairy"), Ask(query="steel"), Ask(query="corn")]
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
    await service.subscribe(person(channel="C2"), [Ask(topic="autos")])
    (theirs,) = (await service.of(person(channel="C2").address)).subscriptions
    assert (await service.unsubscribe(person(), ids=[theirs.id])).removed == ()
    await service.subscribe(person(), [Ask(topic="dairy")])
    assert (await service.unsubscribe(person(), ids=[theirs.id])).removed == ()
    assert (await service.of(person(channel="C2").address)).subscriptions == (theirs,)


async def test_what_the_configuration_asks_for_stays(service):
    """A subscription of bot.yaml is not ended from chat, and is named as such."""
    address = person().address
    await service.add(address, Ask(topic="autos"), by="config", origin=Origin.CONFIG)
    await service.subscribe(person(), [Ask(topic="dairy")])
    ended = await service.unsubscribe(person(), everything=True)
    assert [each.wish.topic for each in ended.removed] == ["dairy"]
    assert [each.wish.topic for each in ended.configured] == ["autos"]
    assert len((await service.of(address)).subscriptions) == 1


async def test_chat_cannot_fill_a_place_without_end(service):
    """At two hundred subscriptions chat refuses more, but still changes those there are."""
    many = [Ask(query=f"steel {number}") for number in range(subscriptions.MAX_FROM_CHAT)]
    await service.subscribe(person(), many)
    with pytest.raises(TooManyError, match="200 subscriptions"):
        await service.subscribe(person(), [Ask(topic="autos")])
    again = await service.subscribe(person(), [Ask(query="steel 7", level=Level.FLASH)])
    assert again[0].effect is Effect.CHANGED
    made = await service.add(person().address, Ask(topic="autos"), by="terminal")
    assert made.effect is Effect.ADDED


async def test_pausing_and_resuming_a_place(service, store, audit):
    """A paused place is marked with who did it; resuming also mends a broken one."""
    assert (await service.set_paused(person(), paused=True)).destination is None
    await service.subscribe(person(), [Ask(topic="autos")])
    paused = (await service.set_paused(person(), paused=True)).destination
    assert (paused.state, paused.reason) == (DestinationState.PAUSED, "paused by slack:U1")
    async with store.begin() as uow:
        await uow.destinations.set_state(paused.id, DestinationState.BROKEN, "channel archived")
    mended = (await service.set_paused(person(), paused=False)).destination
    assert (mended.state, mended.reason) == (DestinationState.ACTIVE, None)
    assert [line[1] for line in await audit()] == ["subscribe", "pause", "resume"]


async def test_the_terminal_adds_lists_and_removes(service):
    """The terminal changes any place; a number that is not there is refused."""
    made = await service.add(addresses.parse("slack:C7"), Ask(query="*"), by="terminal")
    assert made.effect is Effect.ADDED
    again = await service.add(addresses.parse("slack:C7"), Ask(query="*"), by="terminal")
    assert again.effect is Effect.KEPT
    ((place, held),) = await service.listed()
    assert (str(place.address), held.created_by) == ("slack:C7", "terminal")
    assert await service.remove(held.id, by="terminal") == (place, held)
    assert await service.listed() == []
    with pytest.raises(InvalidInputError, match=f"no subscription {held.id}"):
        await service.remove(held.id, by="terminal")


async def test_export_and_import_move_everything(service):
    """What one bot exports another imports; doing it twice changes nothing."""
    await service.subscribe(person(locale="es"), [Ask(topic="autos"), Ask(query='"a b" OR c')])
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
