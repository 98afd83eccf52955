"""What a failed request means for a delivery: try again, give up and say why, or look first.

Discord's numbers are listed in its documentation under "JSON error codes" (as of 2026-11).
"""

from bot.errors import (
    DeliveryError,
    PermanentDeliveryError,
    TemporaryDeliveryError,
    UnclearDeliveryError,
)
from bot.platforms.discord.rest import DiscordError, NotReachedError, RefusedError, TooSoonError

NO_SUCH_MESSAGE = 10008
NO_SUCH_CHANNEL = 10003
NO_PLAIN_MESSAGES = {50008, 50024}
"""What a forum answers to a plain message: no text channel, or not in this kind of channel."""
THREAD_ARCHIVED = 50083
THREAD_EXISTS = 160004
THREAD_LOCKED = 160005
CLOSED = {THREAD_ARCHIVED, THREAD_LOCKED}
"""What a thread answers that moderators closed: one that is only archived wakes when it is written to."""

NO_FREE_TAG, TAG_NEEDED = 40066, 40067
"""What a forum that asks for a tag answers where none was given, or none may be."""
NOT_PERMITTED = 50013

_REFUSED_BOT = "Discord refuses the bot token. Check DISCORD_TOKEN and start the bot again."
_FORUM_TAGS = (
    "The forum asks for a tag that the bot may not set: add a tag anyone may use, or give the "
    "bot's role Manage Threads, or stop requiring tags."
)
_CLOSED_PLACE = (
    "The thread is closed: unlock it, or give the bot's role Manage Threads, or subscribe again "
    "in another channel."
)
_LOST = {
    10003: "The channel is gone: subscribe again in another one.",
    10004: "The server is gone, or the bot was removed from it: invite the bot again.",
    40001: _REFUSED_BOT,
    40333: "The bot's requests are refused: check DISCORD_API_URL and any proxy in between.",
    10013: "There is no such person any more.",
    50001: "The bot cannot see this channel: give its role the permission View Channel.",
    50007: "This person takes no direct messages from the bot: ask them to allow messages from the server.",
    50008: "This kind of channel takes no plain messages: subscribe in a text channel or a thread.",
    50013: "The bot may not write here: give its role Send Messages and Embed Links "
    "(in threads, Send Messages in Threads).",
    NO_FREE_TAG: _FORUM_TAGS,
    TAG_NEEDED: _FORUM_TAGS,
    THREAD_ARCHIVED: _CLOSED_PLACE,
    THREAD_LOCKED: _CLOSED_PLACE,
    50278: "The bot shares no server with this person any more: invite it again.",
}
_BUSY = {
    20016: 60.0,  # slow mode
    20028: 60.0,  # the channel's own write limit
    20029: 60.0,  # the server's own write limit
    40004: 600.0,  # sending is switched off for the moment
    40062: 30.0,  # a limited service
    130000: 30.0,  # overloaded
}


def delivery_error(error: DiscordError) -> DeliveryError:
    """Return the error that tells the outbox what to do next."""
    if isinstance(error, TooSoonError):
        return TemporaryDeliveryError(str(error), retry_after=error.retry_after)
    if isinstance(error, NotReachedError):
        return TemporaryDeliveryError(str(error))
    if isinstance(error, RefusedError):
        return _refused(error)
    return UnclearDeliveryError(str(error))


def _refused(error: RefusedError) -> DeliveryError:
    if error.code in _BUSY:
        return TemporaryDeliveryError(str(error), retry_after=_BUSY[error.code])
    if error.status == 408:
        return UnclearDeliveryError(str(error))
    lost = _lost(error)
    if lost is not None:
        return PermanentDeliveryError(lost)
    if error.code == NO_SUCH_MESSAGE:
        return PermanentDeliveryError("The message was deleted.", destination_lost=False)
    return PermanentDeliveryError(str(error), destination_lost=False)


def _lost(error: RefusedError) -> str | None:
    """What to do where every send to the destination would fail; None where only this one does."""
    if error.status == 401:
        return _REFUSED_BOT
    if error.code in _LOST:
        return f"{_LOST[error.code]} ({error})"
    if error.status in {403, 404} and error.code != NO_SUCH_MESSAGE:
        return f"{error}: check that the channel exists and that the bot may write in it."
    return None
