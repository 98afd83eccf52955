"""Sends messages to Discord channels by REST, from any process that has the bot token.

    post   -> a message in the channel; Discord refuses to take the same nonce twice for minutes
    reply  -> a message in the thread of the posted one, or a reply to it where threads are not allowed
    edit   -> the posted message brought up to date
    settle -> the channel's last messages looked through for our marker

A reply that should be seen in the channel too (`broadcast`) gets no second message: the posted
message is edited with the same change, Discord marks the channel's thread as unread, and a second
message would be the noise that makes a channel mute the bot.
"""

from datetime import datetime, timedelta
from hashlib import blake2b

from bot.domain.alert import Receipt
from bot.domain.destination import Address
from bot.domain.message import Message
from bot.errors import TemporaryDeliveryError
from bot.platforms.discord.limits import NONCE
from bot.platforms.discord.outcomes import NO_SUCH_CHANNEL, THREAD_EXISTS, delivery_error
from bot.platforms.discord.render import Payload, render_message, thread_name
from bot.platforms.discord.rest import DiscordError, DiscordRest, NoAnswerError, RefusedError
from bot.platforms.discord.settle import Settler
from bot.ports import Clock

_PACE = timedelta(seconds=1)
_NO_THREADS_MEMORY = 10_000
_NO_THREADS_HERE = {50001, 50013, 50024}
"""What says something about the channel; other refusals are about this one message."""


class DiscordNotifier:
    """Implements `bot.ports.Notifier`."""

    def __init__(self, *, rest: DiscordRest, clock: Clock) -> None:
        self._rest = rest
        self._settler = Settler(rest=rest, clock=clock)
        self._threadless: set[str] = set()

    @property
    def pace(self) -> timedelta:
        """One message a second for each channel: Discord's bucket is five in five seconds."""
        return _PACE

    async def post(self, to: Address, message: Message, *, key: str) -> Receipt:
        """Send a message of its own."""
        body = _body(to, message, key)
        try:
            return await self._send(to.channel, body, thread=None)
        except DiscordError as error:
            raise delivery_error(error) from error

    async def edit(self, to: Address, posted: Receipt, message: Message, *, key: str) -> Receipt:
        """Bring a sent message up to date. Doing it twice does no harm."""
        body = render_message(message, marker=marker_for(key))
        path = f"/channels/{posted.channel or to.channel}/messages/{posted.message}"
        try:
            await self._rest.call("PATCH", path, body=body)
        except DiscordError as error:
            raise delivery_error(error) from error
        return posted

    async def reply(
        self,
        to: Address,
        posted: Receipt,
        message: Message,
        *,
        key: str,
        broadcast: bool,  # noqa: ARG002  # the module says why it changes nothing here
    ) -> Receipt:
        """Answer in the message's thread, which is opened on the first answer."""
        body = _body(to, message, key)
        try:
            thread = await self._thread(posted, message)
            if thread is not None:
                try:
                    return await self._send(thread, body, thread=thread)
                except RefusedError as error:
                    if not _thread_lost(error):
                        raise
            return await self._send(
                posted.channel or to.channel, _referring(body, posted), thread=None
            )
        except DiscordError as error:
            raise delivery_error(error) from error

    async def settle(
        self, to: Address, posted: Receipt | None, *, key: str, since: datetime
    ) -> Receipt | None:
        """Look whether a send with this key was taken. Raises UnsettledError."""
        return await self._settler.look(to, posted, marker=marker_for(key), since=since)

    async def _send(self, channel: str, body: Payload, *, thread: str | None) -> Receipt:
        path = f"/channels/{channel}/messages"
        sent = await self._rest.call("POST", path, body=body, repeatable=True)
        if not isinstance(sent, dict) or not sent.get("id"):
            raise NoAnswerError("Discord's answer names no message")
        return Receipt(channel=channel, message=str(sent["id"]), thread=thread)

    async def _thread(self, posted: Receipt, message: Message) -> str | None:
        """Return the thread of a message, opened if need be; None where threads are not allowed."""
        if posted.thread is not None:
            return posted.thread
        if not posted.message or posted.channel in self._threadless:
            return None
        path = f"/channels/{posted.channel}/messages/{posted.message}/threads"
        body = {"name": thread_name(message), "auto_archive_duration": 10_080}
        try:
            made = await self._rest.call("POST", path, body=body, repeatable=True)
        except RefusedError as error:
            if error.code == THREAD_EXISTS:
                return posted.message  # a thread has the id of the message it was opened on
            if error.status == 401:
                raise
            if error.code in _NO_THREADS_HERE:
                self._remember_threadless(posted.channel)
            return None
        except NoAnswerError as error:
            # Nothing of ours was said yet, and opening a thread twice is refused: simply try again.
            raise TemporaryDeliveryError(str(error)) from error
        return str(made["id"]) if isinstance(made, dict) and "id" in made else posted.message

    def _remember_threadless(self, channel: str) -> None:
        """Spare the channel the same refused request at every update; a restart asks again."""
        if len(self._threadless) >= _NO_THREADS_MEMORY:
            self._threadless.clear()
        self._threadless.add(channel)


def marker_for(key: str) -> str:
    """Return what stands in the footer of everything sent with this key: short, it is a reference."""
    return _short(key, 5)


def _body(to: Address, message: Message, key: str) -> Payload:
    """The message with a nonce of 24 characters, the same on every attempt of a delivery.

    Discord remembers nonces by bot, not by channel: the channel is part of it.
    """
    body = render_message(message, marker=marker_for(key))
    nonce = _short(f"{to.channel}|{key}", (NONCE - 1) // 2)
    return {**body, "nonce": nonce, "enforce_nonce": True}


def _thread_lost(error: RefusedError) -> bool:
    """Whether the thread, not the channel, is what cannot be written to any more."""
    return error.code in {NO_SUCH_CHANNEL, 50083, 160005} or error.status in {403, 404}


def _referring(body: Payload, posted: Receipt) -> Payload:
    """The body as a reply; where the message was deleted it stands by itself."""
    if not posted.message:
        return body
    reference = {"message_id": posted.message, "fail_if_not_exists": False}
    return {**body, "message_reference": reference}


def _short(text: str, size: int) -> str:
    return blake2b(text.encode(), digest_size=size).hexdigest()
