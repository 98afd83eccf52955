"""The world around the bot: time, the web, secrets, other workers, platforms."""

from datetime import datetime, timedelta
from typing import Protocol

from bot.domain.alert import Receipt
from bot.domain.destination import Address
from bot.domain.feed import Feed, FeedSpec
from bot.domain.message import Message
from bot.domain.polling import Fetched, ParsedFeed


class Clock(Protocol):
    """The only way to know the time."""

    def now(self) -> datetime:
        """Return the present moment in UTC."""
        ...


class Slot(Protocol):
    """A poll's leave to work, which it lends to another while it waits for a server."""

    def lend(self) -> None:
        """Let another poll begin meanwhile, once this one has waited for a moment."""
        ...

    async def take_back(self) -> None:
        """Go on working; where the slot was lent, when there is one again."""
        ...


class Fetcher(Protocol):
    """Asks a feed's address for its body."""

    async def fetch(self, feed: Feed, slot: Slot | None = None) -> Fetched:
        """Make one polite, conditional request; every failure is an outcome, nothing is raised.

        `slot` is lent while little has come of the answer.
        """
        ...


class Parser(Protocol):
    """Turns a body into entries, within limits of time and memory."""

    async def parse(
        self, body: bytes, *, spec: FeedSpec, content_type: str, url: str, seen: frozenset[str]
    ) -> ParsedFeed:
        """Return the entries whose mark is not in `seen`. Raises ParseError."""
        ...


class Vault(Protocol):
    """Seals secrets before they are stored. Sealing the same text twice gives different seals."""

    def seal(self, secret: str) -> str:
        """Return the secret encrypted, as text."""
        ...

    def open(self, sealed: str) -> str:
        """Return the secret. Raises ConfigError where no key fits."""
        ...

    def mac(self, data: bytes) -> str:
        """Return what only a holder of the first key can make of the data; it names the key."""
        ...

    def is_mac(self, data: bytes, mac: str) -> bool:
        """Whether `mac` was made of the data. Raises ConfigError where its key is not there."""
        ...


class Liveness(Protocol):
    """Knows this worker's name, and whether another worker that holds a lease is still there."""

    @property
    def me(self) -> str:
        """Name of this process, unique over restarts and machines."""
        ...

    def is_dead(self, worker: str) -> bool:
        """Whether that worker surely ended. False where it runs elsewhere and cannot be asked."""
        ...


class Notifier(Protocol):
    """One platform. The key is the same on every attempt of a delivery.

    All four raise TemporaryDeliveryError, PermanentDeliveryError or UnclearDeliveryError.
    """

    @property
    def pace(self) -> timedelta:
        """The least time between two sends to one destination."""
        ...

    async def post(self, to: Address, message: Message, *, key: str) -> Receipt:
        """Send a message of its own."""
        ...

    async def edit(self, to: Address, posted: Receipt, message: Message, *, key: str) -> Receipt:
        """Bring a sent message up to date. Doing it twice does no harm."""
        ...

    async def reply(
        self, to: Address, posted: Receipt, message: Message, *, key: str, broadcast: bool
    ) -> Receipt:
        """Answer in the message's thread."""
        ...

    async def settle(
        self, to: Address, posted: Receipt | None, *, key: str, since: datetime
    ) -> Receipt | None:
        """Look whether a send with this key, first tried at `since`, was taken.

        `posted` is the message whose thread was replied to, None for a message of its own.
        Returns its receipt, or None when it surely was not (or a repeat cannot show twice).
        Raises UnsettledError where the platform does not let us look.
        """
        ...
