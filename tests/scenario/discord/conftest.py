"""The gateway side of the bot against the fake Discord, its commands answered by an office."""

import pytest

from bot.platforms.discord.desk import Desk
from bot.platforms.discord.rest import DiscordRest
from bot.platforms.discord.sdk import discord as library
from bot.platforms.discord.sdk import point_at
from tests.fakes.discord import FakeDiscord
from tests.fakes.discord_office import Office
from tests.scenario.discord.listening import listening


@pytest.fixture
async def discord():
    """The fake, with discord.py pointed at it until the test ends."""
    async with FakeDiscord() as fake:
        before = library.http.Route.BASE, library.gateway.DiscordWebSocket.DEFAULT_GATEWAY
        point_at(fake.api_url, fake.gateway_url)
        yield fake
        point_at(before[0], str(before[1]))


@pytest.fixture
async def rest(discord):
    made = DiscordRest(token=discord.token, api_url=discord.api_url)
    yield made
    await made.close()


@pytest.fixture
def office():
    return Office()


@pytest.fixture
def desk(rest, office):
    return Desk(rest=rest, answer=office.answer, suggestions=office)


@pytest.fixture
async def listener(discord, desk, rest):
    async with listening(discord, desk, rest) as made:
        yield made
