"""Every error the bot raises on purpose, and what the program does with each.

BotError
├── ConfigError            bad configuration or usage: one sentence, exit code 2
│   └── StorageError       the database cannot be opened, or is of another version: exit code 2
├── DatabaseError          the database failed while running (disk full, gone): exit code 1
├── InvalidInputError      a person's words that we cannot follow: answered with what would be right
├── NotAllowedError        a person may not do this here: answered politely
├── FetchError             a feed gave no usable answer: recorded on the feed, backed off
│   ├── BlockedAddressError  the address is one we refuse to connect to
│   └── ParseError         the body is no feed, or too large, deep or slow to read
│       └── WebPageError   the body is a web page; it may name the feeds it belongs to
└── DeliveryError          a send did not end with a receipt
    ├── TemporaryDeliveryError  try again, not before `retry_after` seconds
    ├── PermanentDeliveryError  never will succeed: pause the destination, or drop this delivery
    ├── UnclearDeliveryError    the platform may have taken it: settle before any repeat
    └── UnsettledError          the platform cannot be asked whether it took it
"""


class BotError(Exception):
    """Something the bot foresaw; its text is a sentence for a person."""


class ConfigError(BotError):
    """The configuration or the command line is wrong; start-up stops with exit code 2."""


class StorageError(ConfigError):
    """The database cannot be opened, or its schema is not the one this version knows."""


class DatabaseError(BotError):
    """The database failed while running: the disk is full, the server is gone, a lock stays."""


class InvalidInputError(BotError):
    """A person wrote something that cannot be followed; the text says what would be right."""


class NotAllowedError(BotError):
    """The person may not do this here; the text says who may."""


class FetchError(BotError):
    """A feed gave no usable answer; the text says why in plain words."""


class BlockedAddressError(FetchError):
    """The address (or where it redirects to) is one the bot refuses to connect to."""


class ParseError(FetchError):
    """The body is not a feed, or is over a limit of size, depth or time."""


class WebPageError(ParseError):
    """The body is a web page. `links` holds the feeds it names, best first, as (address, title)."""

    def __init__(self, message: str, links: tuple[tuple[str, str], ...] = ()) -> None:
        super().__init__(message)
        self.links = links


class DeliveryError(BotError):
    """A send that did not end with a receipt."""


class TemporaryDeliveryError(DeliveryError):
    """The platform refused for the moment; `retry_after` is in seconds, None where it did not say."""

    def __init__(self, message: str, *, retry_after: float | None = None) -> None:
        super().__init__(message)
        self.retry_after = retry_after


class PermanentDeliveryError(DeliveryError):
    """The platform will never take it.

    `destination_lost` is true when every send to the destination would fail (channel archived,
    token revoked): the destination is paused. False drops only this delivery.
    """

    def __init__(self, message: str, *, destination_lost: bool = True) -> None:
        super().__init__(message)
        self.destination_lost = destination_lost


class UnclearDeliveryError(DeliveryError):
    """No answer came (time-out, dropped connection, 5xx): the platform may have taken the message."""


class UnsettledError(DeliveryError):
    """The platform does not let us look whether it took the message."""
