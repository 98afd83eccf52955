"""Sends messages through Apprise. A destination is a name; its address is a secret.

Apprise says only whether a service took a message, never why not, and knows no key against
repeats: a failure is tried again, so that a message may come twice rather than never.
"""

import asyncio
import importlib
import logging
import warnings
from collections.abc import Awaitable, Callable
from datetime import datetime, timedelta
from functools import lru_cache
from types import ModuleType

from bot.domain.alert import Receipt
from bot.domain.destination import Address
from bot.domain.message import Message
from bot.errors import PermanentDeliveryError, TemporaryDeliveryError, UnsettledError
from bot.platforms.apprise.render import Format, render_body, render_title

UrlFor = Callable[[str], Awaitable[str | None]]
"""Gives the Apprise address that belongs to a name, None where there is none."""


def silence() -> None:
    """Keep Apprise and the HTTP library below it from logging: their lines hold whole addresses."""
    for name in ("apprise", "urllib3.connectionpool"):
        logger = logging.getLogger(name)
        logger.setLevel(logging.CRITICAL + 1)
        logger.propagate = False


class AppriseNotifier:
    """Implements `bot.ports.Notifier`: the channel of an address is the service's name."""

    def __init__(self, url_for: UrlFor) -> None:
        self._url_for = url_for
        silence()

    @property
    def pace(self) -> timedelta:
        """One message a second to a service."""
        return timedelta(seconds=1)

    async def post(self, to: Address, message: Message, *, key: str) -> Receipt:  # noqa: ARG002
        """Send a message. Apprise takes no key."""
        await self._send(to.channel, message)
        return Receipt(channel=to.channel, message="")

    async def edit(
        self,
        to: Address,  # noqa: ARG002
        posted: Receipt,
        message: Message,  # noqa: ARG002
        *,
        key: str,  # noqa: ARG002
    ) -> Receipt:
        """Leave the sent message as it is: what was mailed cannot be brought up to date."""
        return posted

    async def reply(
        self,
        to: Address,
        posted: Receipt,  # noqa: ARG002
        message: Message,
        *,
        key: str,  # noqa: ARG002
        broadcast: bool,  # noqa: ARG002
    ) -> Receipt:
        """Send what changed as a message of its own."""
        await self._send(to.channel, message)
        return Receipt(channel=to.channel, message="")

    async def settle(
        self,
        to: Address,
        posted: Receipt | None,  # noqa: ARG002
        *,
        key: str,  # noqa: ARG002
        since: datetime,  # noqa: ARG002
    ) -> Receipt | None:
        """Raise UnsettledError: no service behind Apprise can be asked."""
        raise UnsettledError(f"{to.channel} cannot be asked whether it took a message.")

    async def _send(self, name: str, message: Message) -> None:
        url = await self._url_for(name)
        if url is None:
            raise PermanentDeliveryError(
                f"There is no service called {name}: usmca-bot services add apprise:{name} stores it, "
                "or name it in bot.yaml; else remove its subscriptions."
            )
        # loading Apprise and its services takes most of a second: never on the event loop
        library = await asyncio.to_thread(_library)
        if not await _deliver(library, name, url, message):
            raise TemporaryDeliveryError(f"The service {name} did not take the message.")


def understands(url: str) -> bool:
    """Whether Apprise can use an address. Loads it, which takes most of a second."""
    silence()
    return _library().Apprise.instantiate(url, suppress_exceptions=True) is not None


@lru_cache(maxsize=1)
def _library() -> ModuleType:
    """Load Apprise and its services where they are first used."""
    with warnings.catch_warnings():
        # Its own imports warn of what later Pythons will remove; nobody here can mend that.
        warnings.simplefilter("ignore", DeprecationWarning)
        library = importlib.import_module("apprise")
        library.Apprise.instantiate("json://127.0.0.1")  # loads the services' modules
        return library


async def _deliver(library: ModuleType, name: str, url: str, message: Message) -> bool:
    asset = library.AppriseAsset(app_id="usmca-bot", app_desc="usmca-bot", secure_logging=True)
    # One service, not `add(url)`: that splits a text of several addresses, and a repeat would
    # go to those that had taken the message too.
    service = library.Apprise.instantiate(url, asset=asset, suppress_exceptions=True)
    if service is None:
        raise PermanentDeliveryError(
            f"The address of the service {name} is none that Apprise knows: correct it in bot.yaml, "
            "or with `usmca-bot services add`."
        )
    service.interpret_emojis = False
    group = library.Apprise(asset=asset)
    group.add(service)
    # the format the service reads by itself or by `?format=` in its address: nothing is converted
    reads = service.resolve_format(None)
    form = Format(reads.value)
    title = render_title(message, form, inline=service.title_maxlen <= 0)
    body = render_body(message, form)
    taken = await group.async_notify(title=title or " ", body=body or title, body_format=reads)
    return bool(taken)
