"""A listener on the fake Discord, for as long as a block lasts."""

import contextlib

from bot.platforms.discord.listen import DiscordListener


@contextlib.asynccontextmanager
async def listening(discord, desk, rest, **more):
    """Start a listener, with `more` for its constructor; stop it at the end of the block."""
    listener = DiscordListener(token=discord.token, desk=desk, rest=rest, **more)
    await listener.start()
    try:
        yield listener
    finally:
        await listener.stop()
