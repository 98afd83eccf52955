"""Puts together what listens to Discord: the gateway, or the commands alone where HTTP brings them."""

from typing import TYPE_CHECKING

from bot.domain.destination import PlatformName
from bot.jobs.lease import OneHolder
from bot.services.workspaces import WorkspaceService

if TYPE_CHECKING:
    from bot.app.assembly import App
    from bot.platforms.discord.shards import DiscordShards

LEFT = "The bot was removed from this Discord server: invite it again to go on."


class Registered:
    """Only registers the commands: interactions come over HTTP, and no gateway is held."""

    def __init__(self, app: "App") -> None:
        self._app = app

    async def start(self) -> None:
        """Bring the commands up to date; a refusal is logged, those of the last start still work."""
        from bot.platforms.discord.sync import sync_commands

        await sync_commands(self._app.discord_rest)

    async def stop(self) -> None:
        """There is nothing to end."""

    async def connected(self) -> bool:
        """Nothing is held that could be lost."""
        return True


def discord_listener(app: "App", token: str) -> "Registered | DiscordShards":
    """Return what takes Discord's commands in this process."""
    from bot.platforms.discord.listen import DiscordListener
    from bot.platforms.discord.sdk import point_at
    from bot.platforms.discord.shards import DiscordShards

    wanted = app.settings.behaviour.discord
    if not wanted.gateway:
        return Registered(app)
    env = app.settings.env
    point_at(env.discord_api_url, env.discord_gateway_url)
    workspaces = WorkspaceService(app.store, app.clock, PlatformName.DISCORD)

    async def left(guild: str) -> None:
        await workspaces.leave(guild, reason=LEFT, told_at=None)

    async def joined(guild: str) -> None:
        """Invited again: what waited for it goes out."""
        async with app.store.begin() as uow:
            await uow.destinations.mend_workspace(PlatformName.DISCORD, guild)

    def listen(shard: tuple[int, int] | None) -> DiscordListener:
        return DiscordListener(
            token=token,
            desk=app.discord_desk,
            rest=app.discord_rest,
            shard=shard,
            left=left,
            joined=joined,
        )

    def held(shard: tuple[int, int] | None) -> OneHolder:
        """One process holds a connection; another takes over within seconds where it dies."""
        number, count = shard or (0, 1)
        return OneHolder(
            listen(shard),
            name=f"discord/{number}/{count}",
            store=app.store,
            clock=app.clock,
            liveness=app.liveness,
        )

    return DiscordShards(rest=app.discord_rest, listen=held, shards=wanted.shards)
