"""What becomes of sends that fail, hang, or cannot be looked up, on both databases."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.domain.alert import Delivery, DeliveryDraft, DeliveryKind, DeliveryState, Why
from bot.domain.destination import Address, DestinationState, PlatformName
from bot.domain.entry import Entry
from bot.domain.feed import Origin
from bot.domain.ids import DestinationId
from bot.domain.message import Link, Message
from bot.errors import (
    PermanentDeliveryError,
    TemporaryDeliveryError,
    UnclearDeliveryError,
    UnsettledError,
)
from bot.pipeline.upkeep import Upkeep
from tests.fakes.archive import due
from tests.fakes.pipeline import simple_reading
from tests.integration.pipeline.house import STEEL, House
from tests.samples import story

NOTICE = Message(subject="notice:1", headline=Link(text="Hello"), notice=True)


@pytest.fixture
async def place(house: House) -> DestinationId:
    """A channel with one notice in its outbox."""
    there = await house.subscribe("C1")
    async with house.store.begin() as uow:
        await uow.deliveries.enqueue_notice(there, "notice:1", NOTICE, house.clock.now())
    return there


async def only(house: House, place: DestinationId) -> Delivery:
    (delivery,) = await house.outbox(place)
    return delivery


async def test_a_deadline_of_today_comes_first_where_it_is_today(house: House) -> None:
    """In the evening of Mexico it is tomorrow in London."""
    house.clock.time = datetime(2026, 11, 21, 2, 0, tzinfo=UTC)
    house.read = lambda entry, now: replace(
        simple_reading(entry, now), deadlines=(due("2026-11-20"), due("2026-11-25"))
    )
    address = Address(platform=PlatformName.SLACK, channel="C9")
    async with house.store.begin() as uow:
        await uow.destinations.ensure(
            address, origin=Origin.CHAT, zone="America/Mexico_City", locale="en"
        )
    await house.subscribe("C9", STEEL)
    await house.feeds("ledger")
    await house.poll(
        "ledger", Entry(guid="g1", title="Duties on #steel", published=house.clock.now())
    )
    await house.drain()
    (sent,) = house.slack.taken
    days = [line.fact.date for line in sent.message.deadlines if line.fact is not None]
    assert days == [date(2026, 11, 20), date(2026, 11, 25)]


async def test_a_rate_limit_is_obeyed(house: House, place: DestinationId) -> None:
    """Nothing goes to the destination before the platform's own time."""
    house.slack.script = [TemporaryDeliveryError("slow down", retry_after=30)]
    start = house.clock.now()
    await house.deliver().run()
    assert await house.deliver().run() == 0
    await house.drain()
    assert house.clock.now() - start >= timedelta(seconds=30)
    delivery = await only(house, place)
    assert (delivery.state, delivery.attempts) == (DeliveryState.SENT, 2)
    assert len({sent.key for sent in house.slack.taken}) == 1


async def test_a_passing_failure_is_tried_again_for_two_days(
    house: House, place: DestinationId
) -> None:
    """Back-off grows, and then the delivery is dead with its reason."""
    house.slack.script = [TemporaryDeliveryError("no route")] * 1_000
    start = house.clock.now()
    for _ in range(25):
        await house.drain()
        house.clock.advance(hours=2)
        if (await only(house, place)).state is DeliveryState.DEAD:
            break
    delivery = await only(house, place)
    assert delivery.state is DeliveryState.DEAD
    assert delivery.error is not None
    assert "gave up" in delivery.error
    assert "no route" in delivery.error
    assert house.clock.now() - start >= timedelta(days=2)


async def test_a_lost_destination_is_broken_and_keeps_its_mail(
    house: House, place: DestinationId
) -> None:
    """An archived channel stops the sends; once mended, what waited goes out."""
    house.slack.script = [PermanentDeliveryError("The channel is archived.")]
    await house.drain()
    async with house.store.begin() as uow:
        broken = await uow.destinations.get(place)
        assert broken is not None
        assert (broken.state, broken.reason) == (
            DestinationState.BROKEN,
            "The channel is archived.",
        )
        await uow.destinations.set_state(place, DestinationState.ACTIVE, None)
    await house.drain()
    assert (await only(house, place)).state is DeliveryState.SENT


async def test_a_message_the_platform_will_never_take_is_dead(
    house: House, place: DestinationId
) -> None:
    """Only this delivery is dropped."""
    house.slack.script = [PermanentDeliveryError("too long", destination_lost=False)]
    await house.drain()
    assert (await only(house, place)).state is DeliveryState.DEAD


async def test_an_unclear_send_that_arrived_is_not_repeated(
    house: House, place: DestinationId
) -> None:
    """The platform took it and the answer was lost: it is found and recorded."""
    house.slack.script = [UnclearDeliveryError("timed out")]
    house.slack.takes_before_failing = True
    await house.drain()
    delivery = await only(house, place)
    assert delivery.state is DeliveryState.SENT
    assert delivery.receipt is not None
    assert (delivery.receipt.message, len(house.slack.taken)) == ("m1", 1)


async def test_an_unclear_send_that_did_not_arrive_is_repeated_with_its_key(
    house: House, place: DestinationId
) -> None:
    """It is asked about first."""
    house.slack.script = [UnclearDeliveryError("reset")]
    await house.drain()
    delivery = await only(house, place)
    assert (delivery.state, house.slack.settled) == (DeliveryState.SENT, [delivery.key])
    assert [sent.key for sent in house.slack.taken] == [delivery.key]
    assert len(delivery.key) <= 25


async def test_a_crash_after_the_platform_took_it_is_settled(
    house: House, place: DestinationId
) -> None:
    """kill -9 between the platform's yes and our record: the next run finds the message."""
    async with house.store.begin() as uow:
        (claimed,) = await uow.deliveries.claim(
            house.clock.now(),
            worker="killed",
            lease=timedelta(minutes=2),
            pace={"slack": timedelta(seconds=1)},
            limit=5,
        )
    to = claimed.destination.address
    await house.slack.post(to, NOTICE, key=claimed.delivery.key)
    assert await house.deliver().run() == 0
    house.liveness.dead.add("killed")
    await house.drain()
    assert ((await only(house, place)).state, len(house.slack.taken)) == (DeliveryState.SENT, 1)


async def test_what_cannot_be_settled_is_repeated_once_and_listed(
    house: House, place: DestinationId
) -> None:
    """At least once is the default; a second unclear end is not repeated again."""
    house.slack.script = [UnclearDeliveryError("timed out")] * 2
    house.slack.unsettled = UnsettledError("missing_scope")
    await house.drain()
    delivery = await only(house, place)
    assert (delivery.state, delivery.repeated, delivery.attempts) == (DeliveryState.DEAD, True, 2)
    assert delivery.error is not None
    assert "may or may not have arrived" in delivery.error


async def test_at_most_once_is_never_repeated(house: House, place: DestinationId) -> None:
    """Where the destination asked for it, an unsettled send is listed only."""
    async with house.store.begin() as uow:
        there = await uow.destinations.get(place)
        assert there is not None
        await uow.destinations.set_manners(replace(there, at_most_once=True), by="slack:U1")
    house.slack.script = [UnclearDeliveryError("timed out")]
    house.slack.unsettled = UnsettledError("missing_scope")
    await house.drain()
    delivery, *_ = await house.outbox(place)
    assert (delivery.state, delivery.attempts) == (DeliveryState.DEAD, 1)


async def test_what_is_not_repeated_is_announced(house: House) -> None:
    """The place hears which alert may be missing, once, and nothing is said of that notice."""
    await house.feeds("ledger")
    place = await house.subscribe("C1", STEEL)
    async with house.store.begin() as uow:
        there = await uow.destinations.get(place)
        assert there is not None
        await uow.destinations.set_manners(replace(there, at_most_once=True), by="slack:U1")
    house.slack.script = [UnclearDeliveryError("timed out")] * 2
    house.slack.unsettled = UnsettledError("missing_scope")
    title = "Canada sets surtax on Ohio plates #steel"
    entry = Entry(guid="e1", title=title, summary="Two words.", published=house.clock.now())
    await house.poll("ledger", entry)
    await house.drain()
    post, notice = await house.outbox(place)
    async with house.store.begin() as uow:
        said = await uow.deliveries.notice(notice.id)
    assert (post.state, notice.state) == (DeliveryState.DEAD, DeliveryState.DEAD)
    assert said is not None
    assert "may not have arrived" in said.headline.text
    assert said.summary.endswith(title)


async def test_a_platform_that_cannot_be_asked_now_is_asked_later(
    house: House, place: DestinationId
) -> None:
    """Settling waits as sending does."""
    house.slack.script = [UnclearDeliveryError("timed out")]
    house.slack.takes_before_failing = True
    house.slack.unsettled = TemporaryDeliveryError("busy", retry_after=1)
    await house.deliver().run()
    await house.deliver().run()
    assert (await only(house, place)).state is DeliveryState.UNKNOWN
    house.slack.unsettled = None
    house.clock.advance(hours=1)
    await house.drain()
    assert ((await only(house, place)).state, len(house.slack.taken)) == (DeliveryState.SENT, 1)


async def test_what_waited_for_a_week_is_given_up(house: House, place: DestinationId) -> None:
    """Upkeep ends it with its reason."""
    async with house.store.begin() as uow:
        await uow.destinations.set_state(place, DestinationState.BROKEN, "archived")
    house.clock.advance(days=8)
    await Upkeep(store=house.store, clock=house.clock).run()
    delivery = await only(house, place)
    assert (delivery.state, delivery.draft.kind) == (DeliveryState.DEAD, DeliveryKind.NOTICE)


async def test_a_platform_that_never_can_be_asked_ends_listed(
    house: House, place: DestinationId
) -> None:
    """Asked less and less often, for two days; then repeated once, and listed."""
    house.slack.script = [UnclearDeliveryError("timed out")] * 2
    house.slack.unsettled = TemporaryDeliveryError("busy")
    for _ in range(25):
        await house.drain()
        house.clock.advance(hours=2)
    delivery = await only(house, place)
    assert (delivery.state, delivery.repeated) == (DeliveryState.DEAD, True)
    assert len(house.slack.settled) < 600


async def test_a_mistake_of_ours_stops_nobody(house: House, place: DestinationId) -> None:
    """A send or a settling that crashes is logged and tried later; another channel is served."""
    other = await house.subscribe("C2")
    async with house.store.begin() as uow:
        await uow.deliveries.enqueue_notice(other, "notice:1", NOTICE, house.clock.now())
    house.slack.script = [RuntimeError("odd")]
    house.slack.unsettled = RuntimeError("odd too")
    await house.deliver().run()
    assert (await only(house, other)).state is DeliveryState.SENT
    assert (await only(house, place)).state is DeliveryState.UNKNOWN
    house.clock.advance(minutes=1)
    await house.deliver().run()
    assert (await only(house, place)).state is DeliveryState.UNKNOWN
    house.slack.unsettled = None
    house.clock.advance(hours=1)
    await house.drain()
    assert (await only(house, place)).state is DeliveryState.SENT


async def test_nothing_to_send_with(house: House, place: DestinationId) -> None:
    """A process without a platform leaves every delivery to others."""
    deliver = house.deliver(notifiers={})
    assert await deliver.run() == 0
    assert (await only(house, place)).state is DeliveryState.PENDING


async def test_an_edit_that_was_cut_off_is_simply_done_again(house: House) -> None:
    """Doing it twice does no harm, so nobody is asked."""
    there = await house.subscribe("C1", STEEL)
    await house.feeds("ledger", "diario")
    title = "Canada sets surtax on Ohio plates #steel"
    first = Entry(guid="e1", title=title, summary="Two words.", published=house.clock.now())
    await house.poll("ledger", first)
    await house.drain()
    await house.poll("diario", replace(first, guid="x9", source="Diario (sample)"))
    house.slack.script = [UnclearDeliveryError("timed out")]
    await house.drain()
    edit = (await house.outbox(there))[-1]
    assert (edit.draft.kind, edit.state) == (DeliveryKind.EDIT, DeliveryState.SENT)
    assert house.slack.settled == []


async def test_an_update_of_a_message_that_never_went_out_is_dropped(house: House) -> None:
    """There is no thread to answer in."""
    there = await house.subscribe("C1", STEEL)
    reply = DeliveryDraft(
        destination_id=there,
        alert_id=None,
        subject="story:99",
        kind=DeliveryKind.EDIT,
        revision=2,
        why=Why(subscription_id=None, wish="follows the story"),
    )
    async with house.store.begin() as uow:
        await uow.stories.save([story(99)], new=True)
        await uow.deliveries.enqueue([reply], house.clock.now())
    await house.drain()
    delivery = await only(house, there)
    assert (delivery.state, delivery.error) == (
        DeliveryState.DEAD,
        "its first message was never sent",
    )


async def test_nothing_stale_is_nothing_to_do(house: House, place: DestinationId) -> None:
    """Upkeep leaves fresh deliveries alone."""
    await Upkeep(store=house.store, clock=house.clock).run()
    assert (await only(house, place)).state is DeliveryState.PENDING
