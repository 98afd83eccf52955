"""How the bot asks the web: one guarded aiohttp session, one hop at a time.

No environment proxies, no cookies, no redirects followed by themselves, no decoding: bodies come
as they are on the wire, so that whoever reads them can count both what came and what it became.
"""

import asyncio
import socket
from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from dataclasses import dataclass, field

import aiohttp
from yarl import URL

from bot import __version__
from bot.domain.feed import display_url
from bot.errors import BlockedAddressError
from bot.net.guard import AllowedHosts, Guard, current_hop

_RESOLVE_SECONDS = 5
"""A name that takes longer to resolve is left to the proxy."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WebConfig:
    """How the bot goes out to the web."""

    contact: str
    """An address where a server's owner learns who polls them; part of the User-Agent."""
    proxy: str | None = None
    """The operator's own proxy, ``http://host:port``; the only one ever used."""
    allowed: AllowedHosts = field(default_factory=AllowedHosts)
    per_host: int = 4
    """Connections to one host at a time."""
    connections: int = 256
    """Connections altogether: more than polls wait at a time (`pipeline/slots.py`)."""
    connect_seconds: float = 10
    idle_seconds: float = 15
    """The longest silence of a server in the middle of an answer."""
    header_bytes: int = 8_190
    """The longest header line."""


def user_agent(contact: str) -> str:
    """Return who we are, in the form feeds' owners look for."""
    return f"usmca-bot/{__version__} (+{contact})"


class Web:
    """The guarded way out. `close` it when done."""

    def __init__(
        self,
        session: aiohttp.ClientSession,
        guard: Guard,
        proxy: URL | None,
        resolver: aiohttp.abc.AbstractResolver,
    ) -> None:
        """`resolver` is asked where names lead before `proxy`, if there is one, is asked for them."""
        self._session = session
        self._guard = guard
        self._proxy = proxy
        self._resolver = resolver

    @asynccontextmanager
    async def get(
        self, url: URL, headers: Mapping[str, str]
    ) -> AsyncIterator[aiohttp.ClientResponse]:
        """Make one request and hand out its answer, redirects included.

        Raises BlockedAddressError where the address, or all it resolves to, is refused; otherwise
        what aiohttp raises.
        """
        with self._guard.hop(url, through=self._proxy) as hop:
            if self._proxy is not None:
                self._guard.check_resolved(url, await self._addresses(url))
            try:
                response = await self._session.get(
                    url, headers=headers, allow_redirects=False, proxy=self._proxy
                )
            except aiohttp.ClientConnectorError as error:
                if hop.refused:
                    where = display_url(str(url))
                    raise BlockedAddressError(
                        f"{where} leads to an address that is refused: {hop.refused[0]}."
                    ) from error
                raise
        async with response:
            yield response

    async def _addresses(self, url: URL) -> list[str]:
        """Return where a name leads; nothing where it is not known here, only to the proxy."""
        try:
            async with asyncio.timeout(_RESOLVE_SECONDS):
                found = await self._resolver.resolve(
                    url.raw_host or "", url.port or 80, family=socket.AF_UNSPEC
                )
        except (OSError, TimeoutError):
            return []
        return [one["host"] for one in found]

    async def close(self) -> None:
        """Close every connection."""
        await self._session.close()
        await self._resolver.close()


async def _asked_once(
    request: aiohttp.ClientRequest, handler: aiohttp.ClientHandlerType
) -> aiohttp.ClientResponse:
    """Keep aiohttp from asking a second time, at once, a server that broke off a new connection.

    It repeats whatever it could not tell from a kept connection that had ended meanwhile; where
    that is what happened, the repeat stands.
    """
    try:
        return await handler(request)
    except aiohttp.ClientConnectorError:
        raise
    except (aiohttp.ServerDisconnectedError, aiohttp.ClientOSError) as error:
        hop = current_hop()
        if hop is None or not hop.sockets:
            raise
        raise aiohttp.ServerConnectionError(str(error)) from error


def open_web(config: WebConfig, resolver: aiohttp.abc.AbstractResolver | None = None) -> Web:
    """Return a guarded session of its own. Must be called while an event loop runs."""
    guard = Guard(config.allowed)
    resolver = resolver or aiohttp.ThreadedResolver()
    connector = aiohttp.TCPConnector(
        limit=config.connections,
        limit_per_host=config.per_host,
        resolver=resolver,
        socket_factory=guard.make_socket,
    )
    session = aiohttp.ClientSession(
        connector=connector,
        cookie_jar=aiohttp.DummyCookieJar(),
        headers={"User-Agent": user_agent(config.contact)},
        timeout=aiohttp.ClientTimeout(
            total=None, sock_connect=config.connect_seconds, sock_read=config.idle_seconds
        ),
        auto_decompress=False,
        trust_env=False,
        max_line_size=config.header_bytes,
        max_field_size=config.header_bytes,
        skip_auto_headers={"Accept-Encoding"},
        middlewares=(_asked_once,),
    )
    return Web(session, guard, URL(config.proxy) if config.proxy else None, resolver)
