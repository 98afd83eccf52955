"""Looks whether a send that brought no answer was taken after all.

The footer of every message of ours ends with a marker. While the first attempt is younger than
the time Discord remembers a nonce, a repeat cannot show twice, so that not finding it is enough.
A forum's posts have no nonce: they are looked for among its threads (`posts.py`), however young.
"""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import Any

from bot.domain.alert import Receipt
from bot.domain.destination import Address
from bot.errors import TemporaryDeliveryError, UnsettledError
from bot.platforms.discord.channels import Channel, Channels
from bot.platforms.discord.outcomes import NO_SUCH_CHANNEL, delivery_error
from bot.platforms.discord.posts import Posts
from bot.platforms.discord.rest import (
    DiscordRest,
    NoAnswerError,
    NotReachedError,
    RefusedError,
    TooSoonError,
)
from bot.ports import Clock

NONCE_LASTS = timedelta(minutes=2)
"""Discord checks a nonce "for the past few minutes"; two is the safe reading of that."""
_SKEW = timedelta(minutes=1)
"""How far our clock and Discord's may be apart."""
_EPOCH_MS = 1_420_070_400_000
"""The first moment of Discord's ids, in milliseconds of Unix time."""
_PAGE = 100
_PAGES = 10


class UnreadableError(Exception):
    """The place does not let us look."""


class Settler:
    """Looks through channels for markers."""

    def __init__(self, *, rest: DiscordRest, clock: Clock, channels: Channels) -> None:
        self._rest = rest
        self._clock = clock
        self._channels = channels
        self._posts = Posts(rest)
        self._me: str | None = None

    async def look(
        self, to: Address, posted: Receipt | None, *, marker: str, since: datetime
    ) -> Receipt | None:
        """Return the receipt of the message with this marker, None where a repeat is safe.

        Raises UnsettledError where we may not look and the nonce is too old to protect a repeat,
        TemporaryDeliveryError where Discord cannot be asked at the moment, PermanentDeliveryError
        where it refuses the token.
        """
        young = self._clock.now() - since < NONCE_LASTS
        try:
            channel = await self._channels.resolve(to.channel)
            forum = None if posted else await self._forum(channel)
            if forum is not None:
                young = False
                return await self._in_forum(forum, marker, since)
            for place, thread in _places(channel, posted):
                found = await self._find(place, marker, since)
                if found is not None:
                    return Receipt(channel=place, message=found, thread=thread)
        except UnreadableError as error:
            if young:
                return None
            raise UnsettledError(str(error)) from error
        except (NoAnswerError, NotReachedError, TooSoonError) as error:
            after = error.retry_after if isinstance(error, TooSoonError) else None
            raise TemporaryDeliveryError(str(error), retry_after=after) from error
        return None

    async def _forum(self, channel: str) -> Channel | None:
        """The channel where it is a forum; None also where it cannot be seen: reading will tell."""
        try:
            found = await self._channels.look(channel)
        except RefusedError:
            return None
        return found if found.is_forum else None

    async def _in_forum(self, forum: Channel, marker: str, since: datetime) -> Receipt | None:
        """Return the receipt of the forum's post whose first message has the marker."""
        oldest = int(snowflake(since - _SKEW))
        try:
            async for thread in self._posts.since(forum, oldest):
                first = await self._posts.first_message(thread)
                if first and marker_of(first) == marker and await self._ours(first):
                    return Receipt(channel=thread, message=str(first["id"]), thread=thread)
        except RefusedError as error:
            raise self._unreadable(error) from error
        return None

    async def _find(self, channel: str, marker: str, since: datetime) -> str | None:
        """Return the id of our message with the marker, None where it surely is not there."""
        start = after = snowflake(since - _SKEW)
        for _ in range(_PAGES):
            page = await self._messages(channel, {"after": after, "limit": str(_PAGE)})
            if page is None:
                return None
            for message in page:
                if marker_of(message) == marker and await self._ours(message):
                    return str(message["id"])
            if len(page) < _PAGE:
                if not page and after == start:
                    await self._require_history(channel)
                return None
            after = str(max(int(message["id"]) for message in page))
        raise UnreadableError("too many messages since the send to look through")

    async def _require_history(self, channel: str) -> None:
        """Tell "nothing there" from "nothing shown": without Read Message History a list is empty."""
        if await self._messages(channel, {"limit": "1"}) == []:
            raise UnreadableError(
                "The bot sees no messages here: give its role Read Message History."
            )

    async def _messages(
        self, channel: str, query: Mapping[str, str]
    ) -> list[dict[str, Any]] | None:
        """Return a page of messages, None where there is no such channel."""
        try:
            found = await self._rest.call("GET", f"/channels/{channel}/messages", query=query)
        except RefusedError as error:
            if error.code == NO_SUCH_CHANNEL:
                return None
            raise self._unreadable(error) from error
        if not isinstance(found, list):
            raise NoAnswerError("Discord's answer is no list of messages")
        return [one for one in found if isinstance(one, dict) and str(one.get("id", "")).isdigit()]

    def _unreadable(self, error: RefusedError) -> Exception:
        if error.status == 401:  # the token is lost, not the message: asked again with another
            return delivery_error(error)
        return UnreadableError(f"The bot may not read here: {error}")

    async def _ours(self, message: Mapping[str, Any]) -> bool:
        """Whether we wrote it: another installation's bot may use the same marker."""
        if self._me is None:
            try:
                self._me = await self._rest.me()
            except RefusedError as error:
                if error.status == 401:
                    raise delivery_error(error) from error
                raise UnreadableError(str(error)) from error
        author = message.get("author")
        return isinstance(author, dict) and str(author.get("id")) == self._me


def _places(channel: str, posted: Receipt | None) -> Iterable[tuple[str, str | None]]:
    """Where a send may stand: a reply in the thread, or in the channel where threads failed."""
    if posted is None:
        yield channel, None
        return
    thread = posted.thread or posted.message
    if thread:
        yield thread, thread
    if posted.channel != thread:
        yield posted.channel or channel, None


def marker_of(message: Mapping[str, Any]) -> str | None:
    """Return the last word of the first embed's footer."""
    embeds = message.get("embeds")
    first = embeds[0] if isinstance(embeds, list) and embeds else None
    footer = first.get("footer") if isinstance(first, dict) else None
    text = footer.get("text") if isinstance(footer, dict) else None
    return text.rsplit(" ", 1)[-1] if isinstance(text, str) else None


def snowflake(moment: datetime) -> str:
    """Return the smallest id Discord could have given at this moment."""
    return str(max(int(moment.timestamp() * 1000) - _EPOCH_MS, 0) << 22)
