"""Registers the `/usmca` command, and only where what Discord has is not what we have."""

from collections.abc import Mapping

import structlog

from bot.platforms.discord.menu import command_payload
from bot.platforms.discord.rest import DiscordError, DiscordRest


async def sync_commands(rest: DiscordRest, application: str | None = None) -> bool:
    """Bring the commands up to date; returns whether they were written.

    Without `application` (its id) the token's own is asked for. A refusal is logged and nothing
    else: the commands of the last start still work.
    """
    wanted = [command_payload()]
    try:
        path = f"/applications/{application or await rest.application()}/commands"
        present = await rest.call("GET", path, query={"with_localizations": "true"})
        if covers(present, wanted):
            return False
        await rest.call("PUT", path, body=wanted)
    except DiscordError as error:
        structlog.get_logger().error("discord_commands_not_registered", error=str(error))
        return False
    structlog.get_logger().info("discord_commands_registered")
    return True


def covers(present: object, wanted: object) -> bool:
    """Whether everything wanted is present, and no more in its lists; Discord adds its own keys."""
    if isinstance(wanted, Mapping):
        return isinstance(present, Mapping) and all(
            covers(present.get(name), value) for name, value in wanted.items()
        )
    if isinstance(wanted, list):
        return (
            isinstance(present, list)
            and len(present) == len(wanted)
            and all(map(covers, present, wanted))
        )
    return present == wanted
