"""Named services outside chat: those of `bot.yaml`, and those stored from the terminal."""

import asyncio
import base64
import secrets
from collections.abc import Callable, Collection, Iterable
from dataclasses import dataclass
from urllib.parse import urlsplit

from bot.domain.destination import Address, PlatformName
from bot.domain.feed import Origin
from bot.domain.outside import OutsideKind, OutsideService
from bot.errors import InvalidInputError
from bot.ports import Clock, Store
from bot.services.addresses import parse

Understands = Callable[[str], bool]
_KINDS = {PlatformName(kind) for kind in OutsideKind}


def _taken_on_trust(_address: str) -> bool:
    return True


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """A service as a person may see it: never its address."""

    kind: OutsideKind
    name: str
    origin: Origin


class OutsideServices:
    """Finds, stores and forgets services; an address is told to nobody but the one who sends."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        configured: Iterable[OutsideService],
        *,
        named: Collection[Address] = (),
        understands: Understands = _taken_on_trust,
    ) -> None:
        """`named` holds what bot.yaml names, though its variables are not set where this runs.

        `understands` says whether Apprise can use an address.
        """
        self._store = store
        self._clock = clock
        self._configured = {(service.kind, service.name): service for service in configured}
        self._named = named
        self._understands = understands

    async def find(self, kind: OutsideKind, name: str) -> OutsideService | None:
        """Return a service; the configuration goes before the store."""
        configured = self._configured.get((kind, name))
        return configured or await self._store.queries.outside_service(kind, name)

    async def require(self, to: Address) -> None:
        """Raise InvalidInputError for the address of a service that nobody named or stored."""
        if to.platform not in _KINDS or to in self._named:
            return
        kind = OutsideKind(to.platform)
        if await self.find(kind, to.channel) is None:
            raise InvalidInputError(
                f"There is no {kind}:{to.channel}: `usmca-bot services add {kind}:{to.channel}` "
                "stores it, or name it in bot.yaml; `services list` shows what there is."
            )

    async def listed(self) -> tuple[Listed, ...]:
        """Return all, by kind and name."""
        known = dict.fromkeys(await self._store.queries.outside_names(), Origin.CHAT)
        known |= dict.fromkeys(self._configured, Origin.CONFIG)
        return tuple(
            Listed(kind=kind, name=name, origin=origin)
            for (kind, name), origin in sorted(known.items())
        )

    async def add(
        self, kind: OutsideKind, name: str, url: str, *, by: str, secret: str = ""
    ) -> OutsideService:
        """Store a service, its address sealed; a webhook without a secret is given one.

        Raises InvalidInputError, whose text never repeats the address.
        """
        parse(f"{kind}:{name}")
        if (kind, name) in self._configured:
            raise InvalidInputError(f"{kind}:{name} stands in bot.yaml: change it there.")
        url = url.strip()
        if kind is OutsideKind.WEBHOOK:
            _require_web(url)
            secret = secret or _new_secret()
        elif "://" not in url:
            raise InvalidInputError(
                "That is no Apprise address: it starts with the service, such as mailto:// or json://."
            )
        elif not await asyncio.to_thread(self._understands, url):
            raise InvalidInputError(
                "That is no address that Apprise can use: compare it with the form its "
                "documentation gives for the service."
            )
        service = OutsideService(kind=kind, name=name, url=url, secret=secret)
        now = self._clock.now()
        async with self._store.begin() as uow:
            await uow.outside.put(service, by, now)
            await uow.audit.add(by, "service add", str(service.address), now)
        return service

    async def remove(self, kind: OutsideKind, name: str, *, by: str) -> None:
        """Forget a stored service. Raises InvalidInputError where there is none to forget."""
        if (kind, name) in self._configured:
            raise InvalidInputError(f"{kind}:{name} stands in bot.yaml: take it out there.")
        async with self._store.begin() as uow:
            if not await uow.outside.remove(kind, name):
                raise InvalidInputError(
                    f"There is no {kind}:{name}: `services list` shows what there is."
                )
            await uow.audit.add(by, "service remove", f"{kind}:{name}", self._clock.now())


def _new_secret() -> str:
    """A secret as Standard Webhooks writes it: plain Base64, which every receiver can read."""
    return f"whsec_{base64.b64encode(secrets.token_bytes(32)).decode()}"


def _require_web(url: str) -> None:
    try:
        parts = urlsplit(url)
        fine = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        fine = False
    if not fine:
        raise InvalidInputError("A webhook's address starts with https:// (or http://).")
