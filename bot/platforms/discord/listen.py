"""Listens on Discord's gateway for `/usmca` and its buttons.

discord.py keeps the connection: heartbeats, resuming, compression. Each interaction goes back to the
raw form Discord sends and from there to the desk, which HTTP interactions use as well.
"""

import asyncio
from collections.abc import Awaitable, Callable

import aiohttp
import structlog

from bot.errors import BotError, ConfigError, InvalidInputError
from bot.platforms.discord.desk import Desk
from bot.platforms.discord.rest import DiscordError, DiscordRest
from bot.platforms.discord.sdk import discord, gateway_is_elsewhere, point_at
from bot.platforms.discord.sync import sync_commands
from bot.platforms.discord.translate import Raw

_GUILDS_SETTLE = 0.2
"""Seconds without a new server after which the list counts as whole; we use none of it."""
_FIRST_TRY = 30.0
_WAITS = (1.0, 2.0, 5.0, 10.0, 30.0, 60.0)
"""Seconds before the next connection, after so many that failed in a row."""
_RARELY = 300.0
_HEARTBEAT = 30.0
"""Seconds without a sign of life after which a connection counts as lost."""
_BAD_TOKEN, _BAD_INTENTS = 4004, (4013, 4014)
_BAD_SHARDS = (4010, 4011)

OnServer = Callable[[str], Awaitable[None]]
"""Told the id of a server that the bot was removed from, or put into."""


class DiscordListener:
    """Holds one gateway connection. `shard` is (number, count) where there are several."""

    def __init__(
        self,
        *,
        token: str,
        desk: Desk,
        rest: DiscordRest,
        shard: tuple[int, int] | None = None,
        grace: float = 5.0,
        left: OnServer | None = None,
        joined: OnServer | None = None,
        rarely: float = _RARELY,
    ) -> None:
        """`grace` is how many seconds running answers get when the listener stops.

        `rarely` lies between tries, in seconds, where Discord refuses what it took before.
        """
        self._rarely = rarely
        self._welcome = False
        self._left = left
        self._joined = joined
        self._synced = False
        self._token = token
        self._desk = desk
        self._rest = rest
        self._shard = shard
        self._grace = grace
        self._ready = asyncio.Event()
        self._holder: asyncio.Task[None] | None = None
        self._running: set[asyncio.Task[object]] = set()

    async def start(self) -> None:
        """Connect; returns once Discord says ready, or after 30 seconds and tries on by itself.

        Raises ConfigError where Discord refuses the token.
        """
        self._holder = asyncio.create_task(self._hold(), name="discord-listener")
        ready = asyncio.create_task(self._ready.wait())
        await asyncio.wait(
            {self._holder, ready}, timeout=_FIRST_TRY, return_when=asyncio.FIRST_COMPLETED
        )
        ready.cancel()
        if self._holder.done():
            await self._holder
        self._welcome = self._welcome or self._ready.is_set()
        if not self._ready.is_set():
            structlog.get_logger().warning("discord_not_connected_yet")

    async def connected(self) -> bool:
        """Whether Discord said ready, for readiness checks."""
        return self._ready.is_set()

    async def stop(self) -> None:
        """Let running answers end for the grace, then leave the gateway."""
        if self._running:
            _, late = await asyncio.wait(self._running, timeout=self._grace)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)
        if self._holder is not None:
            self._holder.cancel()
            await asyncio.gather(self._holder, return_exceptions=True)
            self._holder = None
        self._ready.clear()

    async def _hold(self) -> None:
        """Connect again and again, with longer waits while it fails.

        A refusal ends it at the start. Later it is the operator's to mend, and asked about rarely:
        Discord blocks a bot that knocks a thousand times a day.
        """
        failed = 0
        while True:
            self._ready.clear()
            try:
                await self._connection()
            except ConfigError as error:
                self._welcome = self._welcome or self._ready.is_set()
                if not self._welcome:
                    structlog.get_logger().error("discord_listener_ended", error=str(error))
                    raise
                self._ready.clear()
                structlog.get_logger().error(
                    "discord_listening_refused", error=str(error), again_in_s=self._rarely
                )
                await asyncio.sleep(self._rarely)
                continue
            except Exception:  # noqa: BLE001  # an odd event must not end listening for good
                structlog.get_logger().exception("discord_listener_failed")
            failed = 0 if self._ready.is_set() else min(failed + 1, len(_WAITS) - 1)
            await asyncio.sleep(_WAITS[failed])

    async def _connection(self) -> None:
        """One session from login to its end. Raises ConfigError where a new one cannot do better."""
        client = _client(self._received, self._ready, self._shard)
        _watch_servers(client, left=self._gone, joined=self._come)
        try:
            await client.login(self._token)
            await self._sync(str(client.application_id))
            await self._find_gateway()
            # Without `reconnect` discord.py still resumes a dropped session; what it gives up on is
            # started anew here, because its own second try fails where the first never connected.
            await client.connect(reconnect=False)
        except discord.LoginFailure:
            raise _refused() from None
        except discord.ConnectionClosed as error:
            if error.code == _BAD_TOKEN:
                raise _refused() from None
            if error.code in _BAD_INTENTS:
                raise ConfigError(
                    "Discord refuses what the bot asks to see: it needs no privileged intents, "
                    "check that DISCORD_TOKEN belongs to a bot."
                ) from None
            if error.code in _BAD_SHARDS:
                raise ConfigError(
                    "Discord wants more gateway connections for so many servers: set "
                    "discord.shards to auto in bot.yaml."
                ) from None
            structlog.get_logger().warning("discord_gateway_closed", code=error.code)
        except DiscordError as error:
            structlog.get_logger().warning("discord_gateway_unknown", error=str(error))
        except (discord.DiscordException, aiohttp.ClientError, OSError, TimeoutError) as error:
            structlog.get_logger().warning("discord_gateway_failed", error=type(error).__name__)
        finally:
            await client.close()

    async def _sync(self, application: str) -> None:
        """Register the commands once in a life, on the first connection; shard 0 does it for all."""
        if self._synced or (self._shard is not None and self._shard[0] != 0):
            return
        await sync_commands(self._rest, application)
        self._synced = True

    async def _gone(self, guild: str) -> None:
        """The bot was removed from a server; one that is only out of order says so and comes back."""
        structlog.get_logger().info("discord_server_left", guild=guild)
        if self._left is not None:
            await self._left(guild)

    async def _come(self, guild: str) -> None:
        """The bot was put into a server, perhaps again."""
        structlog.get_logger().info("discord_server_joined", guild=guild)
        if self._joined is not None:
            await self._joined(guild)

    async def _find_gateway(self) -> None:
        """Never take a token meant for another API to Discord's own gateway."""
        if gateway_is_elsewhere():
            found = await self._rest.call("GET", "/gateway/bot")
            if isinstance(found, dict):
                point_at(None, str(found.get("url")))

    async def _received(self, raw: Raw) -> None:
        task = asyncio.current_task()
        if task is not None:
            self._running.add(task)
            task.add_done_callback(self._running.discard)
        try:
            first = await self._desk.first(raw)
        except InvalidInputError as error:
            structlog.get_logger().warning("discord_odd_interaction", error=str(error))
            return
        if await self._desk.send_first(raw, first.body) and first.rest is not None:
            await self._desk.follow(first.rest)


def _refused() -> BotError:
    return ConfigError(
        "Discord refuses the bot token. Set DISCORD_TOKEN to the token on your application's Bot page."
    )


def _client(
    received: Callable[[Raw], Awaitable[None]],
    ready: asyncio.Event,
    shard: tuple[int, int] | None,
) -> "discord.Client":
    """Make a client that sees servers and interactions and remembers nothing else."""
    number, count = shard if shard is not None else (None, None)
    discord.VoiceClient.warn_nacl = discord.VoiceClient.warn_dave = False  # there is no voice here
    client = discord.Client(
        intents=discord.Intents(guilds=True),
        max_messages=None,
        member_cache_flags=discord.MemberCacheFlags.none(),
        allowed_mentions=discord.AllowedMentions.none(),
        guild_ready_timeout=_GUILDS_SETTLE,
        heartbeat_timeout=_HEARTBEAT,
        shard_id=number,
        shard_count=count,
    )

    @client.event
    async def on_ready() -> None:
        ready.set()

    @client.event
    async def on_interaction(interaction: discord.Interaction) -> None:
        await received(raw_of(interaction))

    return client


def _watch_servers(client: "discord.Client", *, left: OnServer, joined: OnServer) -> None:
    """Tell of servers that come and go; not of those that are there from the start."""

    @client.event
    async def on_guild_remove(guild: discord.Guild) -> None:
        await left(str(guild.id))

    @client.event
    async def on_guild_join(guild: discord.Guild) -> None:
        await joined(str(guild.id))


def raw_of(interaction: "discord.Interaction") -> Raw:
    """Return the interaction as Discord sent it, as far as the translator reads it."""
    person = interaction.user
    user = {
        "id": str(person.id),
        "username": person.name,
        "global_name": getattr(person, "global_name", None),
    }
    raw: dict[str, object] = {
        "id": str(interaction.id),
        "application_id": str(interaction.application_id),
        "type": interaction.type.value,
        "token": interaction.token,
        "data": interaction.data,
        "locale": interaction.locale.value,
    }
    if interaction.message is not None:
        raw["message"] = _message(interaction.message)
    if interaction.channel_id is not None:
        raw["channel_id"] = str(interaction.channel_id)
    if interaction.guild_id is None:
        return {**raw, "user": user}
    member = {
        "user": user,
        "nick": getattr(person, "nick", None),
        "permissions": str(interaction.permissions.value),
    }
    return {**raw, "guild_id": str(interaction.guild_id), "member": member}


def _message(message: "discord.Message") -> Raw:
    """The message a pressed part stands on, as far as forms and pages read it."""
    return {
        "id": str(message.id),
        "flags": message.flags.value,
        "embeds": [one.to_dict() for one in message.embeds],
        "components": [one.to_dict() for one in message.components],
    }
