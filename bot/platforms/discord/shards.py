"""Several gateway connections in one process, for a bot in thousands of servers.

Discord asks for one connection for each 2,500 servers, says how many it wants, and lets a handful
start at once, the next ones five seconds later.
"""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

import structlog

from bot.errors import ConfigError
from bot.platforms.discord.rest import DiscordError, DiscordRest, RefusedError

_PAUSE = 5.0
"""Seconds between two starts."""
_MOST = 1_000


class Connection(Protocol):
    """One shard's connection, or what waits to hold it while another process does."""

    async def start(self) -> None:
        """Connect. Raises ConfigError where Discord refuses the token."""
        ...

    async def stop(self) -> None:
        """Leave within seconds."""
        ...

    async def connected(self) -> bool:
        """Whether it works, or is another process's to hold."""
        ...


Listen = Callable[[tuple[int, int] | None], Connection]
"""Makes the connection of a shard (number, count); None is the only one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Wanted:
    """How many connections there are to be, and how many may start at a time."""

    shards: int
    at_a_time: int


class DiscordShards:
    """Holds as many connections as are wanted; the only holder of them."""

    def __init__(
        self, *, rest: DiscordRest, listen: Listen, shards: int | None, pause: float = _PAUSE
    ) -> None:
        """`shards` None: as many as Discord recommends. `pause` lies between starts, in seconds."""
        self._rest = rest
        self._listen = listen
        self._shards = shards
        self._pause = pause
        self._listeners: list[Connection] = []

    async def start(self) -> None:
        """Connect all. Raises ConfigError where Discord refuses the token."""
        wanted = await self._wanted()
        if wanted.shards == 1:
            self._listeners = [self._listen(None)]
        else:
            structlog.get_logger().info("discord_shards", count=wanted.shards)
            self._listeners = [self._listen((one, wanted.shards)) for one in range(wanted.shards)]
        for first in range(0, len(self._listeners), wanted.at_a_time):
            if first:
                await asyncio.sleep(self._pause)
            batch = self._listeners[first : first + wanted.at_a_time]
            await asyncio.gather(*(one.start() for one in batch))

    async def connected(self) -> bool:
        """Whether every connection works, for readiness checks."""
        return bool(self._listeners) and all([await one.connected() for one in self._listeners])

    async def stop(self) -> None:
        """Leave the gateway with all of them."""
        listeners, self._listeners = self._listeners, []
        await asyncio.gather(*(one.stop() for one in listeners))

    async def _wanted(self) -> _Wanted:
        """Ask Discord; where it cannot be asked, one connection is tried, which goes on trying."""
        if self._shards == 1:
            return _Wanted(shards=1, at_a_time=1)
        try:
            found = await self._rest.call("GET", "/gateway/bot")
        except RefusedError as error:
            if error.status == 401:
                raise ConfigError(
                    "Discord refuses the bot token. Set DISCORD_TOKEN to the token on your "
                    "application's Bot page."
                ) from None
            found = None
        except DiscordError as error:
            structlog.get_logger().warning("discord_shards_unknown", error=str(error))
            found = None
        told = found if isinstance(found, dict) else {}
        limit = told.get("session_start_limit")
        at_a_time = limit.get("max_concurrency") if isinstance(limit, dict) else None
        return _Wanted(
            shards=self._shards or _count(told.get("shards")), at_a_time=_count(at_a_time)
        )


def _count(said: object) -> int:
    """A number of Discord's, 1 where it is odd."""
    known = isinstance(said, int) and not isinstance(said, bool)
    return min(max(int(str(said)), 1), _MOST) if known else 1
