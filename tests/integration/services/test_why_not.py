"""Why a place was not told: from what the pipeline stored when it happened."""

from datetime import timedelta

import pytest

from bot.domain.actor import Actor
from bot.domain.destination import DestinationState, Level, PlatformName, Wish
from bot.domain.entry import Entry
from bot.domain.manners import MORNING, Rhythm, When
from bot.domain.reading import Field, Lang, NearMiss, Reading, Span
from bot.domain.trace import Stop
from bot.errors import PermanentDeliveryError
from bot.polling.admission import FirstPoll
from bot.services.feeds import FeedService
from bot.services.mutes import MuteService
from bot.services.stories import NoStoryError
from bot.services.why_not import Cause, NoAddressError, WhyNotService
from tests.integration.pipeline.house import STEEL, House

ANA = Actor(platform=PlatformName.SLACK, user="U1", channel="C1")


@pytest.fixture
async def house(store, clock) -> House:
    made = House(store=store, clock=clock)
    await made.feeds("a", "b")
    await made.poll("a")
    await made.poll("b")
    return made


def why_not(house: House) -> WhyNotService:
    return WhyNotService(house.store, FeedService(house.store, house.clock))


def entry(guid: str = "1", title: str = "Duty on #steel announced", **fields: object) -> Entry:
    known = {"guid": guid, "url": f"https://a.example/{guid}?utm_source=x", "title": title}
    return Entry(**(known | fields))


async def causes(house: House, what: str | int = "https://www.a.example/1") -> list[Cause]:
    service = why_not(house)
    found = await (
        service.of_url(ANA, what) if isinstance(what, str) else service.of_story(ANA, what)
    )
    return [reason.cause for reason in found.reasons]


async def test_told_after_all(house):
    """The address is compared without what trackers add; the subscription that brought it is named."""
    await house.subscribe("C1", STEEL)
    await house.poll("a", entry())
    assert await causes(house) == [Cause.WAITING]
    await house.drain()
    found = await why_not(house).of_url(ANA, "https://a.example/1")
    assert found.told
    assert [(r.cause, r.text) for r in found.reasons] == [(Cause.TOLD, "steel")]


async def test_the_level_of_the_day_is_kept(house):
    """Changing it afterwards changes nothing about what stopped it then."""
    await house.subscribe("C1", Wish(topic="steel", level=Level.FLASH))
    await house.poll("a", entry())
    async with house.store.begin() as uow:
        place = await uow.destinations.find(ANA.address)
        (held,) = await uow.subscriptions.of(place.id)
        await uow.subscriptions.remove(held.id)
    await house.subscribe("C1", STEEL)
    for what in ("https://a.example/1", 1):
        service = why_not(house)
        found = await (
            service.of_url(ANA, what) if isinstance(what, str) else service.of_story(ANA, what)
        )
        first = found.reasons[0]
        assert (first.cause, first.stopped.stop, first.stopped.detail) == (
            Cause.STOPPED,
            Stop.LEVEL,
            "flash",
        )
        assert first.stopped.wish == "steel"


async def test_a_mute_and_a_number_of_sources(house):
    """Each is named with what was asked."""
    await house.subscribe("C1", STEEL)
    await MuteService(house.store, house.clock).mute(ANA, ["steel"])
    await house.subscribe("C2", Wish(topic="steel", sources=3))
    await house.poll("a", entry())
    service = why_not(house)
    (muted,) = (await service.of_url(ANA, "https://a.example/1")).reasons
    assert (muted.stopped.stop, muted.stopped.detail) == (Stop.MUTED, "steel")
    other = Actor(platform=PlatformName.SLACK, user="U1", channel="C2")
    (few,) = (await service.of_url(other, "https://a.example/1")).reasons
    assert (few.stopped.stop, few.stopped.detail) == (Stop.SOURCES, "3")


async def test_other_languages_and_queries(house):
    """A query that did not match leaves no trace, and that is what is said."""
    await house.subscribe("C1", Wish(topic="steel", langs=(Lang.FR,)), Wish(query="dairy"))
    await house.poll("a", entry())
    found = (await why_not(house).of_url(ANA, "https://a.example/1")).reasons
    assert [r.cause for r in found] == [Cause.STOPPED, Cause.QUERY]
    assert found[0].stopped.stop is Stop.LANGUAGE


async def test_a_further_report_of_a_known_story(house):
    """It names the story the place was told of, and how the entry joined it."""
    await house.subscribe("C1", STEEL)
    await house.poll("a", entry())
    await house.drain()
    await house.poll("b", entry("2", url="https://a.example/1#x"))
    found = await why_not(house).of_url(ANA, "https://a.example/1")
    assert found.told
    second = entry("3", title="Duty on #steel announced", url="https://b.example/3")
    await house.poll("b", second)
    found = await why_not(house).of_url(ANA, "https://b.example/3")
    more = found.reasons[-1]
    assert (more.cause, more.story_id) == (Cause.MORE_OF_STORY, 1)
    assert more.detail


async def test_held_by_the_first_poll(house):
    """A new feed's old entries are stored, not told."""
    house.first_poll = FirstPoll(max=1)
    await house.subscribe("C1", STEEL)
    await house.feeds("a", "b", "c")
    old = house.clock.now() - timedelta(days=90)
    await house.poll("c", entry("9", published=old))
    (held,) = (await why_not(house).of_url(ANA, "https://a.example/9")).reasons
    assert (held.cause, held.stopped.stop) == (Cause.STOPPED, Stop.HELD)


async def test_words_that_did_not_count(house):
    """The reading's own trace is told: which words, which topic, which rule."""
    span = Span(field=Field.TITLE, start=0, end=5, text="steel", rule="steel")
    miss = NearMiss(topic="steel", reason="mask: steel curtain", span=span)

    def read(told, now):
        return Reading(lang=Lang.EN, near_misses=(miss,))

    house.read = read
    await house.subscribe("C1", STEEL)
    await house.poll("a", entry())
    found = (await why_not(house).of_url(ANA, "https://a.example/1")).reasons
    assert [r.cause for r in found] == [Cause.NEAR_MISS, Cause.NO_TOPIC]
    assert (found[0].topics, found[0].text, found[0].detail) == (
        ("steel",),
        "mask: steel curtain",
        "steel",
    )


async def test_subscribed_afterwards_or_to_something_else(house):
    """What is asked for now is held against the day of the entry."""
    await house.subscribe("C1", Wish(topic="dairy"))
    await house.poll("a", entry())
    assert await causes(house) == [Cause.OTHER_TOPICS]
    house.clock.advance(hours=1)
    await house.subscribe("C1", STEEL)
    assert await causes(house) == [Cause.LATER]


async def test_nothing_asked_and_nobody_there(house):
    """A place without subscriptions, known or not, is told so."""
    await house.poll("a", entry())
    assert Cause.NOTHING_ASKED in await causes(house)


async def test_a_paused_and_a_broken_place(house):
    """What waits for them waits; the state is named."""
    place = await house.subscribe("C1", STEEL)
    async with house.store.begin() as uow:
        await uow.destinations.set_state(place, DestinationState.PAUSED, "paused by slack:U1")
    await house.poll("a", entry())
    assert await causes(house) == [Cause.WAITING, Cause.PAUSED]
    async with house.store.begin() as uow:
        await uow.destinations.set_state(place, DestinationState.BROKEN, "is_archived")
    assert await causes(house) == [Cause.WAITING, Cause.BROKEN]


async def test_a_delivery_that_was_given_up_says_why(house):
    """The platform's reason is shown, in the list of deliveries too."""
    await house.subscribe("C1", STEEL)
    await house.poll("a", entry())
    house.slack.script = [PermanentDeliveryError("msg_too_long", destination_lost=False)]
    await house.drain()
    service = why_not(house)
    (gone,) = (await service.of_url(ANA, "https://a.example/1")).reasons
    assert (gone.cause, gone.text) == (Cause.GIVEN_UP, "msg_too_long")
    page = await service.deliveries(ANA, 1)
    assert [d.error for d in page.deliveries] == ["msg_too_long"]
    assert not page.more
    nobody = Actor(platform=PlatformName.SLACK, user="U1", channel="C9")
    assert (await service.deliveries(nobody, 1)).deliveries == ()


async def test_an_address_nobody_brought(house):
    """Feeds of the site are named with how they do; of another site there is none."""
    found = (await why_not(house).of_url(ANA, "https://news.a.example/elsewhere")).reasons
    assert found[0].cause is Cause.UNKNOWN
    assert {r.cause for r in found[1:]} == {Cause.FEED}
    assert found[1].feed.name == "a"
    assert await causes(house, "https://unheard.test/x") == [Cause.UNKNOWN, Cause.NO_FEED]


async def test_what_is_no_address_is_refused(house):
    """So is a story that is not there."""
    with pytest.raises(NoAddressError):
        await why_not(house).of_url(ANA, "https://")
    with pytest.raises(NoStoryError):
        await why_not(house).of_story(ANA, 99)


async def test_every_place_of_a_batch_finds_its_own_note(house):
    """Sixty places that asked for flash only stand in one row, and each is found again."""
    for number in range(60):
        await house.subscribe(f"X{number}", Wish(topic="steel", level=Level.FLASH))
    await house.subscribe("C1", STEEL)
    await house.poll("a", entry())
    for channel in ("X0", "X31", "X59"):
        who = Actor(platform=PlatformName.SLACK, user="U1", channel=channel)
        (said,) = (await why_not(house).of_url(who, "https://a.example/1")).reasons
        assert said.stopped.stop is Stop.LEVEL
    assert await causes(house) == [Cause.WAITING]


async def test_what_waits_for_a_digest(house):
    """It is named with its time; an alert that was not fanned out yet is said to be worked on."""
    when = When(rhythm=Rhythm.DAILY, at=MORNING)
    await house.subscribe("C1", Wish(topic="steel", when=when))
    await house.poll("a", entry())
    (waits,) = (await why_not(house).of_url(ANA, "https://a.example/1")).reasons
    assert (waits.cause, waits.text) == (Cause.GATHERED, "daily@08:00")
    house.fetcher.shows("b", house.parser.knows(entry("7", title="New words on #steel quota")))
    await house.ingest().poll_all(everything=True)
    assert await causes(house, "https://a.example/7") == [Cause.NOT_YET]
