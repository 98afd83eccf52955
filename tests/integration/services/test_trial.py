from dataclasses import replace
from datetime import timedelta

import pytest

from bot.domain.actor import Actor
from bot.domain.alert import DeliveryState
from bot.domain.destination import Ask, DestinationState, PlatformName
from bot.errors import NotAllowedError
from bot.services.feeds import FeedService
from bot.services.permissions import Policy, Who
from bot.services.subscriptions import SubscriptionService
from bot.services.trial import Hindrance, TrialService
from tests.fakes.archive import Archive
from tests.fakes.topics import catalog
from tests.fakes.writing import record_try

ME = Actor(platform=PlatformName.SLACK, workspace="T1", user="U1", channel="C1", locale="es")


def trial(store, clock, **options):
    """The service over the sample topics."""
    feeds = FeedService(store, clock, options.pop("see_feeds", None))
    return TrialService(store, clock, options.pop("catalog", catalog()), feeds, **options)


@pytest.fixture
async def well(store, clock):
    """A place that has everything: a subscription and a feed that speaks."""
    await Archive(store, clock).feed(last_success_at=clock.now(), last_entry_at=clock.now())
    await SubscriptionService(store, clock, catalog()).subscribe(ME, [Ask(topic="autos")])


def hindrances(found):
    """What would stop a real alert, in order."""
    return [each.hindrance for each in found.obstacles]


@pytest.mark.usefixtures("well")
async def test_a_sample_goes_through_the_outbox(store, clock):
    """The sample waits in the outbox as a notice in the place's language, once each minute."""
    service = trial(store, clock)
    found = await service.send(ME)
    assert (found.fresh, found.obstacles, found.waits) == (True, (), False)
    assert not (await service.send(ME)).fresh
    clock.advance(minutes=1)
    assert (await service.send(ME)).fresh
    place = await store.queries.destination(ME.address)
    assert place is not None
    deliveries = await store.queries.recent_deliveries(place.id, 10)
    assert len(deliveries) == 2
    async with store.begin() as uow:
        message = await uow.deliveries.notice(deliveries[0].id)
    assert message.notice
    assert message.headline.text.startswith("Alerta de muestra")
    assert message.topics == ("Autos",)


async def test_a_new_place_lacks_a_subscription_and_feeds(store, clock):
    """Where nothing is set up yet, the sample still goes, and says what is missing."""
    found = await trial(store, clock).send(ME)
    assert hindrances(found) == [Hindrance.NO_SUBSCRIPTION, Hindrance.NO_FEEDS]
    assert found.fresh
    assert not found.waits


@pytest.mark.usefixtures("well")
@pytest.mark.parametrize(
    ("state", "hindrance"),
    [
        (DestinationState.PAUSED, Hindrance.PAUSED),
        (DestinationState.BROKEN, Hindrance.BROKEN),
    ],
)
async def test_a_held_place_holds_the_sample(store, clock, state, hindrance):
    """A paused or broken place keeps the sample waiting, with the reason."""
    place = await store.queries.destination(ME.address)
    async with store.begin() as uow:
        await uow.destinations.set_state(place.id, state, "the reason")
    found = await trial(store, clock).send(ME)
    assert found.waits
    assert [(each.hindrance, each.detail) for each in found.obstacles] == [
        (hindrance, "the reason")
    ]


@pytest.mark.usefixtures("well")
async def test_a_platform_that_is_off_is_named(store, clock):
    """Without the platform's token the reply says what turns it on."""
    off = {PlatformName.SLACK: "set SLACK_BOT_TOKEN"}
    found = await trial(store, clock, off=off).send(ME)
    assert found.waits
    assert found.obstacles[0].detail == "set SLACK_BOT_TOKEN"


@pytest.mark.usefixtures("well")
async def test_a_topic_that_left_the_configuration_is_named(store, clock):
    """A subscription to a topic that is gone cannot match any more."""
    found = await trial(store, clock, catalog=catalog("autos")).send(ME)
    assert [(each.hindrance, each.detail) for each in found.obstacles] == [
        (Hindrance.UNKNOWN_TOPIC, "autos")
    ]


async def claim_all(uow, now):
    """Take every send as a worker would."""
    pace = {"slack": timedelta(0)}
    return await uow.deliveries.claim(
        now, worker="w", lease=timedelta(minutes=2), pace=pace, limit=9
    )


@pytest.mark.usefixtures("well")
async def test_the_last_failure_is_told_until_a_send_succeeds(store, clock):
    """A send that failed is told with its error; one that went well later clears it."""
    service = trial(store, clock)
    await service.send(ME)
    place = await store.queries.destination(ME.address)
    assert place is not None
    (first,) = await store.queries.recent_deliveries(place.id, 1)
    async with store.begin() as uow:
        await claim_all(uow, clock.now())
        await record_try(
            uow,
            first.id,
            DeliveryState.DEAD,
            worker="w",
            now=clock.now(),
            error="channel_not_found",
        )
    clock.advance(minutes=1)
    found = await service.send(ME)
    assert [(each.hindrance, each.detail) for each in found.obstacles] == [
        (Hindrance.LAST_SEND_FAILED, "channel_not_found")
    ]
    (second,) = await store.queries.recent_deliveries(place.id, 1)
    async with store.begin() as uow:
        await claim_all(uow, clock.now())
        await record_try(uow, second.id, DeliveryState.SENT, worker="w", now=clock.now())
    clock.advance(minutes=1)
    assert (await service.send(ME)).obstacles == ()


@pytest.mark.usefixtures("well")
async def test_feeds_that_are_down_are_counted_and_named_to_who_may_see_them(store, clock):
    """Feeds in trouble are told; their names only to people who may see the feeds."""
    await Archive(store, clock).feed("broken", failures=5)
    (told,) = (await trial(store, clock).send(ME)).obstacles
    assert told.detail == "1/2 (Feed broken)"
    clock.advance(minutes=1)
    hidden = trial(store, clock, see_feeds=Policy(who=Who.ADMINS))
    (told,) = (await hidden.send(ME)).obstacles
    assert told.detail == "1/2"


async def test_the_policy_holds_for_samples(store, clock):
    """Who may not change the channel sends no samples into it."""
    service = trial(store, clock, policy=Policy(who=Who.ADMINS))
    with pytest.raises(NotAllowedError):
        await service.send(ME)
    assert (await service.send(replace(ME, admin=True))).fresh
