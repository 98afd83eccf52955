import pytest

from bot.errors import PermanentDeliveryError, TemporaryDeliveryError
from bot.platforms.discord.brake import Brake
from bot.platforms.discord.outcomes import delivery_error
from bot.platforms.discord.rest import DiscordError, DiscordRest, RefusedError, TooSoonError
from tests.fakes.discord import FakeDiscord
from tests.fakes.discord_world import refused


@pytest.fixture
async def discord():
    async with FakeDiscord() as fake:
        yield fake


@pytest.fixture
async def rest(discord):
    made = DiscordRest(token=discord.token, api_url=discord.api_url, brake=Brake(most=3))
    yield made
    await made.close()


async def test_many_invalid_requests_stop_the_calls(discord, rest):
    """After the third refusal nothing is asked any more: Discord would ban the address."""
    discord.fail(refused(403, 50013, method="GET", path=r"/channels/\d+", times=9))
    for _ in range(3):
        with pytest.raises(RefusedError):
            await rest.call("GET", "/channels/111")
    for _ in range(5):
        with pytest.raises(TooSoonError) as caught:
            await rest.call("GET", "/channels/111")
        assert 500 < caught.value.retry_after <= 600
    assert len(discord.world.requests) == 3


async def test_people_are_answered_all_the_same(discord, rest):
    """Answers to interactions need no bot token and count for nothing."""
    discord.fail(refused(403, 50013, method="GET", path=r"/channels/\d+", times=3))
    for _ in range(3):
        with pytest.raises(RefusedError):
            await rest.call("GET", "/channels/111")
    raw = discord.raw(2, {"name": "usmca"})
    discord.expect(raw)
    path = f"/interactions/{raw['id']}/{raw['token']}/callback"
    await rest.call("POST", path, body={"type": 5})


async def test_a_refused_token_is_asked_about_once(discord):
    """A hundred channels cost one request; those not asked about are tried later, not given up."""
    rest = DiscordRest(token="wrong", api_url=discord.api_url)
    errors = []
    for number in range(100):
        with pytest.raises(DiscordError) as caught:
            await rest.call("GET", f"/channels/{number}")
        errors.append(delivery_error(caught.value))
    await rest.close()
    assert len(discord.world.requests) == 1
    assert isinstance(errors[0], PermanentDeliveryError)
    assert "DISCORD_TOKEN" in str(errors[0])
    assert all(isinstance(one, TemporaryDeliveryError) for one in errors[1:])
    assert all(0 < one.retry_after <= 30 for one in errors[1:])


async def test_what_others_caused_does_not_count():
    """A 429 of a shared limit, and refusals for other reasons, are no invalid requests."""
    brake = Brake(most=1)
    brake.note(429, shared=True)
    brake.note(404, shared=False)
    brake.note(200, shared=False)
    assert brake.wait() == 0
    brake.note(429, shared=False)
    assert brake.wait() > 0
