"""Whoever subscribed a place is told once when it cannot be reached any more, on both databases."""

import pytest
from structlog.testing import capture_logs

from bot.domain.alert import DeliveryState
from bot.domain.destination import Address, DestinationState, PlatformName, Wish
from bot.domain.feed import Origin
from bot.domain.ids import DestinationId
from bot.domain.message import Link, Message
from bot.errors import ConfigError, PermanentDeliveryError, UnclearDeliveryError
from tests.integration.pipeline.house import House

NOTICE = Message(subject="notice:1", headline=Link(text="Hello"), notice=True)
REASON = "The bot may not write here."


async def subscribed(house: House, address: Address, *people: str) -> DestinationId:
    """A place with a subscription of each person and two notices in its outbox."""
    async with house.store.begin() as uow:
        now = house.clock.now()
        place = await uow.destinations.ensure(address, origin=Origin.CHAT, zone="UTC", locale="es")
        for number, who in enumerate(people):
            wish = Wish(topic=f"topic-{number}")
            await uow.subscriptions.add(place.id, wish, origin=Origin.CHAT, by=who, now=now)
        for subject in ("notice:1", "notice:2"):
            await uow.deliveries.enqueue_notice(place.id, subject, NOTICE, now)
        return place.id


async def texts(house: House, address: Address) -> list[str]:
    """What a place is to be told."""
    async with house.store.begin() as uow:
        place = await uow.destinations.find(address)
        if place is None:
            return []
        told = [
            await uow.deliveries.notice(delivery.id) for delivery in await house.outbox(place.id)
        ]
    return [f"{one.headline.text}: {one.summary}" for one in told if one is not None]


async def test_whoever_subscribed_is_told_once_in_private(house: House) -> None:
    """Two people, one notice each in their language; none for the terminal and the configuration."""
    address = Address(platform=PlatformName.SLACK, workspace="T1", channel="C9")
    place = await subscribed(house, address, "slack:U1", "slack:U2", "slack:U1", "terminal")
    house.slack.script = [PermanentDeliveryError(REASON)]
    await house.drain()
    async with house.store.begin() as uow:
        found = await uow.destinations.get(place)
        assert found is not None
        assert (found.state, found.reason) == (DestinationState.BROKEN, REASON)
    for user in ("U1", "U2"):
        private = Address(platform=PlatformName.SLACK, workspace="T1", channel=user)
        (text,) = await texts(house, private)
        assert text.startswith("Las alertas a slack:T1/C9 se detuvieron: The bot may not write")
    assert len(house.slack.taken) == 2


@pytest.mark.parametrize(
    ("reason", "level"),
    [
        ("The webhook desk answered 410: it is not there any more.", "warning"),
        ("Slack refuses the bot token: put the new one into SLACK_BOT_TOKEN.", "error"),
        ("a stored secret cannot be opened: BOT_SECRET_KEYS lacks its key", "error"),
    ],
)
async def test_a_place_that_is_set_aside_is_named_in_the_log_once(
    house: House, reason: str, level: str
) -> None:
    """A webhook has nobody in chat who is told: the operator reads the log."""
    address = Address(platform=PlatformName.SLACK, workspace="T1", channel="C9")
    place = await subscribed(house, address, "terminal")
    house.slack.script = [PermanentDeliveryError(reason)] * 2
    with capture_logs() as logs:
        await house.drain()
    (line,) = [each for each in logs if each["event"] == "destination_broken"]
    assert (line["log_level"], line["to"], line["reason"]) == (level, "slack:T1/C9", reason)
    assert line["destination_id"] == place


async def test_a_place_that_breaks_again_on_the_same_day_is_not_told_again(house: House) -> None:
    """A restart tries broken places again; that alone is no news."""
    address = Address(platform=PlatformName.SLACK, workspace="T1", channel="C9")
    await subscribed(house, address, "slack:U1")
    house.slack.script = [PermanentDeliveryError(REASON)]
    await house.drain()
    async with house.store.begin() as uow:
        await uow.destinations.mend_broken()
    house.slack.script = [PermanentDeliveryError(REASON)]
    await house.drain()
    private = Address(platform=PlatformName.SLACK, workspace="T1", channel="U1")
    assert len(await texts(house, private)) == 1


async def test_a_private_conversation_that_is_lost_tells_nobody(house: House) -> None:
    """There is nowhere left to tell it."""
    private = Address(platform=PlatformName.SLACK, workspace="T1", channel="U1")
    await subscribed(house, private, "slack:U1")
    house.slack.script = [PermanentDeliveryError(REASON)]
    await house.drain()
    assert house.slack.taken == []
    assert await texts(house, private) == ["Hello: ", "Hello: "]


@pytest.mark.parametrize(
    "reason",
    [
        "Discord refuses the bot token. Check DISCORD_TOKEN and start the bot again.",
        "Slack refuses the bot token of this workspace (invalid_auth): install the app again and "
        "put the new token into SLACK_BOT_TOKEN.",
    ],
)
async def test_what_only_the_operator_can_mend_is_not_told_to_subscribers(
    house: House, reason: str
) -> None:
    """A refused token is in the log and the status; nobody gets a notice, then or later."""
    address = Address(platform=PlatformName.SLACK, workspace="T1", channel="C9")
    place = await subscribed(house, address, "slack:U1")
    house.slack.script = [PermanentDeliveryError(reason)]
    await house.drain()
    private = Address(platform=PlatformName.SLACK, workspace="T1", channel="U1")
    assert await texts(house, private) == []
    async with house.store.begin() as uow:
        found = await uow.destinations.get(place)
        assert found is not None
        assert (found.state, found.reason) == (DestinationState.BROKEN, reason)
        await uow.destinations.mend_broken()
    await house.drain()
    assert len(house.slack.taken) == 2
    assert await texts(house, private) == []


async def test_a_notice_that_was_not_sent_is_no_news_once_the_place_is_mended(
    house: House,
) -> None:
    """Private conversations were refused as well: afterwards nobody hears that alerts stopped."""
    address = Address(platform=PlatformName.SLACK, workspace="T1", channel="C9")
    await subscribed(house, address, "slack:U1")
    house.slack.script = [PermanentDeliveryError(REASON)] * 2
    await house.drain()
    private = Address(platform=PlatformName.SLACK, workspace="T1", channel="U1")
    assert len(await texts(house, private)) == 1
    async with house.store.begin() as uow:
        assert await uow.destinations.mend_broken() == 2
    assert await texts(house, private) == []
    house.slack.script = [PermanentDeliveryError(REASON)]
    await house.drain()
    assert len(await texts(house, private)) == 1


async def test_a_place_whose_secret_no_key_opens_waits_for_the_key(house: House) -> None:
    """Nothing of it is given up, before a send and while one is unclear; a restart tries again."""
    address = Address(platform=PlatformName.SLACK, workspace="T1", channel="C9")
    place = await subscribed(house, address, "terminal")
    shut = ConfigError("a stored secret cannot be opened: BOT_SECRET_KEYS lacks its key")
    house.slack.script = [UnclearDeliveryError("no answer came")]
    house.slack.unsettled = shut
    await house.drain()
    house.slack.unsettled = None
    for _ in range(2):
        async with house.store.begin() as uow:
            found = await uow.destinations.get(place)
            assert found is not None
            assert (found.state, found.reason) == (DestinationState.BROKEN, str(shut))
            await uow.destinations.mend_broken()
        house.slack.script = [shut]
        await house.drain()
    async with house.store.begin() as uow:
        await uow.destinations.mend_broken()
    house.slack.script = []
    await house.drain()
    assert [delivery.state for delivery in await house.outbox(place)] == [DeliveryState.SENT] * 2
    assert len(house.slack.taken) == 2
