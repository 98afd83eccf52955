"""Sends messages to Discord channels by REST, from any process that has the bot token.

    post   -> a message in the channel; Discord refuses to take the same nonce twice for minutes
              in a forum a post of its own, with the tags of its topics
    reply  -> a message in the thread of the posted one, or a reply to it where threads are not allowed
    edit   -> the posted message brought up to date
    settle -> the channel's last messages, or a forum's posts, looked through for our marker

A reply that should be seen in the channel too (`broadcast`) gets no second message: the posted
message is edited with the same change, Discord marks the channel's thread as unread, and a second
message would be the noise that makes a channel mute the bot.
"""

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import replace
from datetime import datetime, timedelta
from hashlib import blake2b

import structlog

from bot.domain.alert import Receipt
from bot.domain.destination import Address
from bot.domain.message import Message
from bot.errors import PermanentDeliveryError, TemporaryDeliveryError, UnclearDeliveryError
from bot.platforms.discord.channels import ANNOUNCEMENT, PERSON, Channel, Channels
from bot.platforms.discord.forum import ARCHIVE_AFTER, applied_tags, lacks_tags, post_body
from bot.platforms.discord.limits import NONCE
from bot.platforms.discord.outcomes import (
    CLOSED,
    NO_PLAIN_MESSAGES,
    NO_SUCH_CHANNEL,
    NOT_PERMITTED,
    TAG_NEEDED,
    THREAD_ARCHIVED,
    THREAD_EXISTS,
    delivery_error,
)
from bot.platforms.discord.render import Payload, render_message, thread_name
from bot.platforms.discord.rest import DiscordError, DiscordRest, NoAnswerError, RefusedError
from bot.platforms.discord.settle import Settler
from bot.ports import Clock

_PACE = timedelta(seconds=1)
_WITHIN = 25.0
"""Seconds one send may take with all its waits: less than the shortest lease of a delivery, 30."""
_NO_THREADS_MEMORY = 10_000
_NO_THREADS_HERE = {50001, 50013, 50024}
"""What says something about the channel; other refusals are about this one message."""
_TAGS_REFUSED = {10087, 40066, 40067, 50035}
"""Unknown, missing or forbidden tags: the forum's tags were changed since we looked."""


class DiscordNotifier:
    """Implements `bot.ports.Notifier`."""

    def __init__(
        self, *, rest: DiscordRest, clock: Clock, publish: bool = False, within: float = _WITHIN
    ) -> None:
        """`publish`: messages in announcement channels go on to the channels that follow them.

        `within` bounds each of the four in seconds.
        """
        self._rest = rest
        self._channels = Channels(rest)
        self._settler = Settler(rest=rest, clock=clock, channels=self._channels)
        self._publish = publish
        self._within = within
        self._threadless: set[str] = set()

    @property
    def pace(self) -> timedelta:
        """One message a second for each channel: Discord's bucket is five in five seconds."""
        return _PACE

    async def post(self, to: Address, message: Message, *, key: str) -> Receipt:
        """Send a message of its own."""
        body = _body(to, message, key)
        async with self._bounded():
            channel = await self._place(to)
            known = self._channels.known(channel)
            if known is not None and known.is_forum:
                return await self._open_post(channel, message, body)
            try:
                receipt = await self._send(channel, body, thread=None)
            except RefusedError as error:
                if error.code not in NO_PLAIN_MESSAGES:
                    raise
                if not (await self._channels.look(channel)).is_forum:
                    raise
                return await self._open_post(channel, message, body)
        await self._announce(receipt)
        return receipt

    async def edit(self, to: Address, posted: Receipt, message: Message, *, key: str) -> Receipt:
        """Bring a sent message up to date. Doing it twice does no harm."""
        body = render_message(_for(to, message), marker=marker_for(key))
        async with self._bounded(unclear=False):
            channel = posted.channel or await self._place(to)
            path = f"/channels/{channel}/messages/{posted.message}"
            try:
                await self._rest.call("PATCH", path, body=body)
            except RefusedError as error:
                if error.code != THREAD_ARCHIVED:
                    raise (_of_thread(error) if _is_post(posted) else error) from error
                await self._take_out(channel)
                await self._rest.call("PATCH", path, body=body)
        return posted

    async def _take_out(self, thread: str) -> None:
        """Take a thread out of the archive; where it is locked, what was to be done in it is dropped."""
        try:
            await self._rest.call("PATCH", f"/channels/{thread}", body={"archived": False})
        except RefusedError as error:
            raise (_locked(error) if error.code == NOT_PERMITTED else _of_thread(error)) from error

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
        async with self._bounded():
            private = to.channel.startswith(PERSON)  # there are no threads in it
            thread = None if private else await self._thread(posted, message)
            if thread is not None:
                try:
                    return await self._send(thread, body, thread=thread)
                except RefusedError as error:
                    if _is_post(posted):
                        raise _of_thread(error) from error
                    if not _thread_lost(error):
                        raise
            channel = posted.channel or await self._place(to)
            return await self._send(channel, _referring(body, posted), thread=None)

    async def settle(
        self, to: Address, posted: Receipt | None, *, key: str, since: datetime
    ) -> Receipt | None:
        """Look whether a send with this key was taken. Raises UnsettledError."""
        async with self._bounded(unclear=False):
            marker = marker_for(key)
            receipt = await self._settler.look(to, posted, marker=marker, since=since)
        if receipt is not None and posted is None:
            await self._announce(receipt)
        return receipt

    @asynccontextmanager
    async def _bounded(self, *, unclear: bool = True) -> AsyncIterator[None]:
        """Turn Discord's errors into the outbox's, and end before the delivery's lease does."""
        try:
            async with asyncio.timeout(self._within):
                yield
        except DiscordError as error:
            raise delivery_error(error) from error
        except TimeoutError:
            reason = f"Discord gave no answer within {self._within:.0f} seconds"
            raise (UnclearDeliveryError if unclear else TemporaryDeliveryError)(reason) from None

    async def _place(self, to: Address) -> str:
        """The channel's id. Nothing was said yet where it cannot be found: simply try again."""
        try:
            return await self._channels.resolve(to.channel)
        except NoAnswerError as error:
            raise TemporaryDeliveryError(str(error)) from error

    async def _send(self, channel: str, body: Payload, *, thread: str | None) -> Receipt:
        path = f"/channels/{channel}/messages"
        sent = await self._rest.call("POST", path, body=body, repeatable=True)
        if not isinstance(sent, dict) or not sent.get("id"):
            raise NoAnswerError("Discord's answer names no message")
        return Receipt(channel=channel, message=str(sent["id"]), thread=thread)

    async def _open_post(self, channel: str, message: Message, body: Payload) -> Receipt:
        """Open a post in a forum; once more where the forum's tags are not what they were."""
        forum = await self._channels.look(channel)
        try:
            return await self._try_post(forum, message, body)
        except RefusedError as error:
            if error.code not in _TAGS_REFUSED:
                raise
            self._channels.forget(channel)
            changed = await self._channels.look(channel)
            if applied_tags(changed, message) == applied_tags(forum, message):
                raise
        return await self._try_post(changed, message, body)

    async def _try_post(self, forum: Channel, message: Message, body: Payload) -> Receipt:
        path = f"/channels/{forum.id}/threads"
        try:
            made = await self._rest.call("POST", path, body=post_body(forum, message, body))
        except RefusedError as error:
            if error.code == NOT_PERMITTED and lacks_tags(
                forum
            ):  # which of the two, it does not say
                raise RefusedError(error.status, TAG_NEEDED, error.reason) from None
            raise
        if not isinstance(made, dict) or not made.get("id"):
            raise NoAnswerError("Discord's answer names no post")
        thread, first = str(made["id"]), made.get("message")
        named = first.get("id") if isinstance(first, dict) else None
        return Receipt(channel=thread, message=str(named or thread), thread=thread)

    async def _announce(self, receipt: Receipt) -> None:
        """Publish a message of an announcement channel. It is told already: failing is only logged."""
        if not self._publish:
            return
        try:
            async with asyncio.timeout(self._within):
                if (await self._channels.look(receipt.channel)).kind != ANNOUNCEMENT:
                    return
                path = f"/channels/{receipt.channel}/messages/{receipt.message}/crosspost"
                await self._rest.call("POST", path, repeatable=True)
        except (DiscordError, TimeoutError) as error:
            reason = str(error) or "no answer in time"
            structlog.get_logger().warning("discord_not_published", reason=reason)

    async def _thread(self, posted: Receipt, message: Message) -> str | None:
        """Return the thread of a message, opened if need be; None where threads are not allowed."""
        if posted.thread is not None:
            return posted.thread
        if not posted.message or posted.channel in self._threadless:
            return None
        path = f"/channels/{posted.channel}/messages/{posted.message}/threads"
        body = {"name": thread_name(message), "auto_archive_duration": ARCHIVE_AFTER}
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
    body = render_message(_for(to, message), marker=marker_for(key))
    nonce = _short(f"{to.channel}|{key}", (NONCE - 1) // 2)
    return {**body, "nonce": nonce, "enforce_nonce": True}


def _for(to: Address, message: Message) -> Message:
    """The message without a mention of the server's own number: that role is everyone."""
    mention = tuple(one for one in message.mention if one.id != to.workspace)
    return replace(message, mention=mention) if mention != message.mention else message


def _is_post(posted: Receipt) -> bool:
    """Whether the message is a forum's post: it stands in its own thread."""
    return posted.thread is not None and posted.thread == posted.channel


def _of_thread(error: RefusedError) -> Exception:
    """What an update that its thread does not take means: the place around it may be as it was."""
    return _locked(error) if error.code in {NO_SUCH_CHANNEL, *CLOSED} else error


def _locked(error: RefusedError) -> PermanentDeliveryError:
    return PermanentDeliveryError(
        f"The thread was deleted or locked ({error})", destination_lost=False
    )


def _thread_lost(error: RefusedError) -> bool:
    """Whether the thread, not the channel, is what cannot be written to any more."""
    return error.code in {NO_SUCH_CHANNEL, *CLOSED} or error.status in {403, 404}


def _referring(body: Payload, posted: Receipt) -> Payload:
    """The body as a reply; where the message was deleted it stands by itself."""
    if not posted.message:
        return body
    reference = {"message_id": posted.message, "fail_if_not_exists": False}
    return {**body, "message_reference": reference}


def _short(text: str, size: int) -> str:
    return blake2b(text.encode(), digest_size=size).hexdigest()
