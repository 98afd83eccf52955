"""Turns at a host: at most a few requests at a time, and a gap between their starts."""

import asyncio
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass

from bot.polling.politeness import host_key, next_start

_FORGET_ABOVE = 1_000
"""Idle hosts are forgotten when more than that many are known."""


@dataclass(frozen=True, slots=True, kw_only=True)
class GateConfig:
    """How hard one host may be pressed."""

    per_host: int = 4
    """Requests in flight to one host."""
    gap_seconds: float = 0.5
    """The least time between the starts of two requests to one host."""


@dataclass(slots=True)
class _Host:
    slots: asyncio.Semaphore
    users: int = 0
    started: float | None = None


class Gate:
    """Hands out turns. `is_ours` names addresses of the operator's own, which need no gap."""

    def __init__(self, config: GateConfig, *, is_ours: Callable[[str], bool]) -> None:
        self._config = config
        self._is_ours = is_ours
        self._hosts: dict[str, _Host] = {}

    @asynccontextmanager
    async def turn(self, url: str) -> AsyncIterator[None]:
        """Wait for a turn at the address's host, and keep it while the block runs."""
        key = host_key(url)
        host = self._hosts.get(key)
        if host is None:
            host = self._hosts[key] = _Host(asyncio.Semaphore(self._config.per_host))
        host.users += 1
        try:
            async with host.slots:
                await self._keep_gap(host, url)
                yield
        finally:
            host.users -= 1
            self._forget_idle()

    async def _keep_gap(self, host: _Host, url: str) -> None:
        if self._is_ours(url):
            return
        now = asyncio.get_running_loop().time()
        start = next_start(host.started, gap=self._config.gap_seconds, now=now)
        host.started = start  # taken before the wait, so that the next in line waits longer
        if start > now:
            await asyncio.sleep(start - now)

    def _forget_idle(self) -> None:
        if len(self._hosts) > _FORGET_ABOVE:
            cutoff = asyncio.get_running_loop().time() - self._config.gap_seconds
            self._hosts = {
                key: host
                for key, host in self._hosts.items()
                if host.users or (host.started is not None and host.started > cutoff)
            }
