"""Sends messages as signed JSON. A destination is a name; its address and secret are the operator's.

The delivery's key goes along on every attempt, so that a receiver knows a repeat: an unclear send
is simply sent again.
"""

import json
from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

import aiohttp

from bot import __version__
from bot.domain.alert import Receipt
from bot.domain.destination import Address
from bot.domain.message import Message
from bot.errors import PermanentDeliveryError, TemporaryDeliveryError
from bot.platforms.webhook.payload import Event, payload
from bot.platforms.webhook.signature import headers
from bot.polling.politeness import retry_after
from bot.ports import Clock

_TOTAL_SECONDS = 15
_GONE = 410


@dataclass(frozen=True, slots=True, kw_only=True)
class Target:
    """Where a webhook goes, and what signs it."""

    url: str
    secret: str


TargetFor = Callable[[str], Awaitable[Target | None]]
"""Gives the target that belongs to a name, None where there is none."""


class WebhookNotifier:
    """Implements `bot.ports.Notifier`: the channel of an address is the webhook's name."""

    def __init__(self, target_for: TargetFor, clock: Clock) -> None:
        self._target_for = target_for
        self._clock = clock
        self._session: aiohttp.ClientSession | None = None

    @property
    def pace(self) -> timedelta:
        """Ten deliveries a second to one receiver."""
        return timedelta(milliseconds=100)

    async def close(self) -> None:
        """Close every connection."""
        if self._session is not None:
            await self._session.close()

    async def post(self, to: Address, message: Message, *, key: str) -> Receipt:
        """Send ``alert.posted``; the receipt's message is the alert's id from then on."""
        await self._send(to, payload(Event.POSTED, message, key=key, name=to.channel), key)
        return Receipt(channel=to.channel, message=key)

    async def edit(self, to: Address, posted: Receipt, message: Message, *, key: str) -> Receipt:
        """Send ``alert.edited``."""
        body = payload(Event.EDITED, message, key=key, name=to.channel, posted=posted)
        await self._send(to, body, key)
        return posted

    async def reply(
        self,
        to: Address,
        posted: Receipt,
        message: Message,
        *,
        key: str,
        broadcast: bool,  # noqa: ARG002 - there is no thread to show it outside of
    ) -> Receipt:
        """Send ``alert.updated``."""
        body = payload(Event.UPDATED, message, key=key, name=to.channel, posted=posted)
        await self._send(to, body, key)
        return Receipt(channel=to.channel, message=key)

    async def settle(
        self,
        to: Address,  # noqa: ARG002
        posted: Receipt | None,  # noqa: ARG002
        *,
        key: str,  # noqa: ARG002
        since: datetime,  # noqa: ARG002
    ) -> Receipt | None:
        """Return None: a receiver knows a repeat by its id, so that it cannot show twice."""
        return None

    async def _send(self, to: Address, body: Mapping[str, object], key: str) -> None:
        target = await self._target_for(to.channel)
        if target is None:
            raise PermanentDeliveryError(
                f"There is no webhook called {to.channel}: usmca-bot services add "
                f"webhook:{to.channel} stores it, or name it in bot.yaml; else remove its subscriptions."
            )
        data = json.dumps(body, ensure_ascii=False).encode("utf-8", "replace")
        signed = headers(target.secret, key=key, moment=self._clock.now(), body=data)
        # the address is never named: it may hold a token
        try:
            async with self._open().post(
                target.url, data=data, headers=signed, allow_redirects=False
            ) as response:
                status, answered = response.status, response.headers
        except (aiohttp.InvalidURL, ValueError):
            raise PermanentDeliveryError(
                f"The address of the webhook {to.channel} is none: correct it in bot.yaml, "
                f"or with `usmca-bot services add webhook:{to.channel}`."
            ) from None
        except (TimeoutError, aiohttp.ClientError, OSError) as error:
            raise TemporaryDeliveryError(
                f"The webhook {to.channel} could not be reached: {_why(error)}."
            ) from None
        self._judge(to.channel, status, answered)

    def _judge(self, name: str, status: int, answered: Mapping[str, str]) -> None:
        if 200 <= status < 300:
            return
        if status == _GONE:
            raise PermanentDeliveryError(
                f"The webhook {name} answered 410: it is not there any more."
            )
        wait = retry_after(
            answered.get("Retry-After"), server_date=answered.get("Date"), now=self._clock.now()
        )
        raise TemporaryDeliveryError(
            f"The webhook {name} did not take the message (status {status}).", retry_after=wait
        )

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                cookie_jar=aiohttp.DummyCookieJar(),
                headers={
                    "User-Agent": f"usmca-bot/{__version__}",
                    "Content-Type": "application/json; charset=utf-8",
                },
                timeout=aiohttp.ClientTimeout(total=_TOTAL_SECONDS),
                trust_env=False,
            )
        return self._session


def _why(error: Exception) -> str:
    """What kept us from the receiver, without its address."""
    if isinstance(error, aiohttp.NonHttpUrlClientError):
        return "its address starts with neither https:// nor http://"
    if isinstance(error, TimeoutError):
        return "no answer came in time"
    if isinstance(error, aiohttp.ClientConnectorDNSError):
        return "the name of its server is not known (DNS)"
    if isinstance(error, aiohttp.ClientSSLError):
        return "the certificate of its server is not trusted"
    if isinstance(error, aiohttp.ClientConnectorError):
        return "its server takes no connection"
    return f"the connection broke ({type(error).__name__})"
