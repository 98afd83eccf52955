"""Which addresses the bot refuses to connect to: everything that is not the public internet.

A feed's address comes from anyone in a channel, and any server may redirect anywhere, so the
decision falls where it cannot be walked around: on the very address a socket is about to connect
to. `ipaddress.is_global` is no help (it calls NAT64, 6to4, ``::127.0.0.1``, multicast and the
metadata address of Azure global), so the networks are written out, from the IANA registries of
special-purpose addresses.

One thing is opened on purpose: the hosts an operator names in ``BOT_ALLOW_HOSTS``, matched on the
host and port as they are written in the address of each hop.
"""

import re
import socket
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field
from functools import lru_cache
from ipaddress import IPv4Address, IPv4Network, IPv6Address, IPv6Network, ip_address

from yarl import URL

from bot.domain.feed import display_url
from bot.errors import BlockedAddressError, ConfigError

_REFUSED_V4 = {
    "0.0.0.0/8": "this network",
    "10.0.0.0/8": "a private network",
    "100.64.0.0/10": "a carrier's network",
    "127.0.0.0/8": "this machine",
    "168.63.129.16/32": "a cloud's metadata",
    "169.254.0.0/16": "link-local, or a cloud's metadata",
    "172.16.0.0/12": "a private network",
    "192.0.0.0/24": "reserved for protocols",
    "192.0.2.0/24": "reserved for documentation",
    "192.88.99.0/24": "a former 6to4 relay",
    "192.168.0.0/16": "a private network",
    "198.18.0.0/15": "reserved for measurements",
    "198.51.100.0/24": "reserved for documentation",
    "203.0.113.0/24": "reserved for documentation",
    "224.0.0.0/4": "multicast",
    "240.0.0.0/4": "reserved",
}
_GLOBAL_V6 = "2000::/3"
"""All that was ever given out to the public; the rest (mapped, NAT64, local, multicast) is refused."""
_REFUSED_V6 = {
    "2001::/23": "reserved for protocols",
    "2001:db8::/32": "reserved for documentation",
    "2002::/16": "an IPv4 address in disguise (6to4)",
    "3fff::/20": "reserved for documentation",
}
_ISATAP = 0x00005EFE
_NUMBER = re.compile(r"(?:0x[0-9a-f]*|\d+)", re.IGNORECASE)
_LOCAL_NAMES = ("localhost", "local", "internal", "localdomain", "home.arpa")


class RefusedAddressError(OSError):
    """Raised inside the connector, which passes on nothing but OSError."""


@dataclass(frozen=True, slots=True, kw_only=True)
class AllowedHosts:
    """Hosts, each with its port, that are open although their addresses are private."""

    pairs: frozenset[tuple[str, int]] = frozenset()

    @classmethod
    def parse(cls, text: str) -> "AllowedHosts":
        """Read ``host:port,…`` (IPv6 in brackets). Raises ConfigError naming the part that is wrong."""
        parts = (part.strip() for part in text.split(","))
        return cls(pairs=frozenset(_pair(part) for part in parts if part))

    def allows(self, host: str, port: int | None) -> bool:
        """Whether exactly this host, as written in an address, is open on this port."""
        return port is not None and (host.lower(), port) in self.pairs

    def allows_url(self, url: str) -> bool:
        """Whether an address leads to an open host; False for an address that is none."""
        try:
            parsed = URL(url)
        except ValueError:
            return False
        return self.allows(parsed.raw_host or "", parsed.port)


def pair_of(url: str) -> str | None:
    """Return ``host:port`` as BOT_ALLOW_HOSTS would open an address; None for one that is none."""
    try:
        parsed = URL(url)
    except ValueError:
        return None
    host, port = parsed.raw_host, parsed.port
    if not host or port is None:
        return None
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"


def _pair(part: str) -> tuple[str, int]:
    host, colon, port = part.rpartition(":")
    bare = host[1:-1] if host.startswith("[") and host.endswith("]") else host
    digits = port.isascii() and port.isdigit() and len(port) <= 5
    if not colon or not bare or not digits or not 0 < int(port) < 65_536:
        raise ConfigError(
            f"BOT_ALLOW_HOSTS: {part!r} should be host:port, for example 127.0.0.1:8080"
        )
    if (":" in bare) != host.startswith("["):
        raise ConfigError(
            f"BOT_ALLOW_HOSTS: an IPv6 address in {part!r} needs brackets: [::1]:8080"
        )
    return bare.lower(), int(port)


@lru_cache(maxsize=1)
def _networks() -> tuple[list[tuple[IPv4Network, str]], IPv6Network, list[tuple[IPv6Network, str]]]:
    return (
        [(IPv4Network(text), what) for text, what in _REFUSED_V4.items()],
        IPv6Network(_GLOBAL_V6),
        [(IPv6Network(text), what) for text, what in _REFUSED_V6.items()],
    )


def refusal(address: IPv4Address | IPv6Address) -> str | None:
    """Return why an address is refused, in a few words, or None where it is public."""
    refused_v4, global_v6, refused_v6 = _networks()
    if isinstance(address, IPv4Address):
        return next((what for network, what in refused_v4 if address in network), None)
    if address not in global_v6:
        return "not a public IPv6 address"
    if (int(address) >> 32) & 0xFDFFFFFF == _ISATAP:
        return "an IPv4 address in disguise (ISATAP)"
    return next((what for network, what in refused_v6 if address in network), None)


def _is_odd_number(host: str) -> bool:
    """Whether a resolver would read the host as a number: ``127.1``, ``0x7f000001``, ``017700000001``.

    The rule of the URL standard: a host whose last label is a number is an IPv4 address.
    """
    labels = host.rstrip(".").split(".")
    return _NUMBER.fullmatch(labels[-1]) is not None


@dataclass(slots=True, kw_only=True)
class Hop:
    """One request on its way: where it was meant to go, and what was refused underneath."""

    open: bool
    refused: list[str] = field(default_factory=list)
    sockets: int = 0
    """How many were made for it; 0 where it went over a connection that was open already."""


_HOP: ContextVar[Hop | None] = ContextVar("hop", default=None)
"""The hop the running task is on. The connector makes its sockets in the task that asked."""


def current_hop() -> Hop | None:
    """Return the hop the running task is on."""
    return _HOP.get()


class Guard:
    """Decides about each hop: once about its address as written, once about each socket."""

    def __init__(self, allowed: AllowedHosts) -> None:
        self._allowed = allowed

    def check(self, url: URL) -> None:
        """Refuse what can be told from the address alone. Raises BlockedAddressError."""
        host = url.raw_host
        if url.scheme not in {"http", "https"} or not host:
            raise BlockedAddressError("Only http and https addresses are polled.")
        if self._allowed.allows(host, url.port):
            return
        name = host.rstrip(".").lower()
        if any(name == local or name.endswith(f".{local}") for local in _LOCAL_NAMES):
            raise BlockedAddressError(f"{display_url(str(url))} is a name of a private network.")
        try:
            address = ip_address(name)
        except ValueError:
            if _is_odd_number(name):
                raise BlockedAddressError(
                    f"{display_url(str(url))} is an odd spelling of an address."
                ) from None
            return
        what = refusal(address)
        if what is not None:
            raise BlockedAddressError(f"{display_url(str(url))} is refused: {what}.")

    @contextmanager
    def hop(self, url: URL, *, through: URL | None = None) -> Iterator[Hop]:
        """Check the address of a hop, and stand beside its sockets while the block runs.

        `through` is the operator's own proxy: then it is what sockets connect to.
        """
        self.check(url)
        hop = Hop(open=through is not None or self._allowed.allows(url.raw_host or "", url.port))
        token = _HOP.set(hop)
        try:
            yield hop
        finally:
            _HOP.reset(token)

    def check_resolved(self, url: URL, addresses: Iterable[str]) -> None:
        """Refuse a name that leads to a refused address, before a proxy is asked for it.

        With the operator's proxy the bot's own sockets never see where a name leads, so it is
        resolved here as well. The proxy resolves it again: a name server that answers the two
        differently is the proxy's to refuse. Raises BlockedAddressError.
        """
        if self._allowed.allows(url.raw_host or "", url.port):
            return
        for address in addresses:
            what = refusal(ip_address(address.partition("%")[0]))
            if what is not None:
                where = display_url(str(url))
                raise BlockedAddressError(f"{where} leads to an address that is refused: {what}.")

    def make_socket(
        self,
        info: tuple[int, int, int, str, tuple[str, int] | tuple[str, int, int, int]],
    ) -> socket.socket:
        """Make the socket for a resolved address, or refuse: the connector's `socket_factory`.

        The address looked at here is the one connected to, so a name that resolves to something
        else a moment later gains nothing. Outside a hop everything private is refused.
        """
        family, kind, protocol, _, where = info
        hop = _HOP.get()
        if hop is not None:
            hop.sockets += 1
        if hop is None or not hop.open:
            what = refusal(ip_address(where[0]))
            if what is not None:
                if hop is not None:
                    hop.refused.append(what)
                raise RefusedAddressError(f"the address it leads to is refused: {what}")
        return socket.socket(family=family, type=kind, proto=protocol)
