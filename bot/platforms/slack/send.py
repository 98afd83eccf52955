"""Sends, edits and answers messages on Slack, and finds out whether an unclear send arrived.

A post carries its delivery's key as message metadata. When no answer came, `settle` reads the
channel (or the thread) from shortly before the first try on, and looks for the key. Slack may allow
one page a minute: what was read stays read, so that a busy channel comes to an end.

A reply whose first message was deleted stands by itself in the channel.
"""

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from slack_sdk.web.async_client import AsyncWebClient

from bot.domain.alert import Receipt
from bot.domain.destination import Address
from bot.domain.message import Message
from bot.errors import (
    DeliveryError,
    PermanentDeliveryError,
    TemporaryDeliveryError,
    UnclearDeliveryError,
    UnsettledError,
)
from bot.platforms.slack.api import Answer, RefusedError, SlackApi, UnansweredError
from bot.platforms.slack.outcomes import FIRST_GONE, failure, lost
from bot.platforms.slack.render import Payload, render_message

EVENT_TYPE = "usmca_delivery"

_PAGE = 15
"""Apps outside the Marketplace get at most fifteen messages at a time."""
_PAGES = 8
_SEARCHES = 1_000
"""Unfinished searches that are remembered; a forgotten one begins anew."""
_MARGIN = timedelta(minutes=2)
"""Slack's clock and ours may differ by this much."""
_ABSENT = frozenset({"thread_not_found", "message_not_found"})


@dataclass(slots=True)
class _Progress:
    """How far one search has come."""

    pages: int = 0
    cursor: str | None = None


class SlackNotifier:
    """The Slack side of `bot.ports.Notifier`, for every workspace the api has a token for."""

    def __init__(self, api: SlackApi, *, installed: bool = False) -> None:
        """`installed`: workspaces put the app in by themselves; no variable holds their tokens."""
        self._api = api
        self._installed = installed
        self._bots: dict[str, str] = {}
        self._searches: dict[tuple[str, str, str, str], _Progress] = {}

    @property
    def pace(self) -> timedelta:
        """Slack takes about one message a second for each channel."""
        return timedelta(seconds=1)

    async def post(self, to: Address, message: Message, *, key: str) -> Receipt:
        """Send a message of its own; to a person's id it opens the conversation with them."""
        body = _body(render_message(message), key)
        return await self._write(
            to, lambda client: client.chat_postMessage(channel=to.channel, **body)
        )

    async def edit(self, to: Address, posted: Receipt, message: Message, *, key: str) -> Receipt:  # noqa: ARG002
        """Bring a message up to date. Its metadata stays: the key of the post is found by it."""
        body: dict[str, Any] = render_message(message).as_json()
        return await self._write(
            to,
            lambda client: client.chat_update(channel=posted.channel, ts=posted.message, **body),
        )

    async def reply(
        self, to: Address, posted: Receipt, message: Message, *, key: str, broadcast: bool
    ) -> Receipt:
        """Answer in the message's thread, with `broadcast` in the channel too.

        Where somebody deleted the message, the answer is a message of its own.
        """
        body = _body(render_message(message, in_thread=True), key)
        try:
            return await self._write(
                to,
                lambda client: client.chat_postMessage(
                    channel=posted.channel,
                    thread_ts=posted.message,
                    reply_broadcast=broadcast,
                    **body,
                ),
            )
        except PermanentDeliveryError as error:
            refusal = error.__cause__
            if not isinstance(refusal, RefusedError) or refusal.code not in FIRST_GONE:
                raise
        alone = _body(render_message(message), key)
        return await self._write(
            to, lambda client: client.chat_postMessage(channel=posted.channel, **alone)
        )

    async def settle(
        self, to: Address, posted: Receipt | None, *, key: str, since: datetime
    ) -> Receipt | None:
        """Look for the key among what was said since shortly before `since`.

        None means that Slack has no such message. Raises UnsettledError where the app may not
        read the conversation or more was said than we read, TemporaryDeliveryError where Slack
        could not be asked.
        """
        try:
            return await self._look(to, posted, key, since)
        except UnansweredError as error:
            raise TemporaryDeliveryError(f"Slack could not be asked ({error}).") from None
        except RefusedError as error:
            raise _unread(error, installed=self._installed) from None

    async def _write(
        self, to: Address, work: Callable[[AsyncWebClient], Awaitable[Any]]
    ) -> Receipt:
        try:
            answer = await self._api.call(to.workspace, work)
        except (RefusedError, UnansweredError) as error:
            raise failure(error, installed=self._installed) from error
        channel, ts = answer.get("channel"), answer.get("ts")
        if not isinstance(channel, str) or not isinstance(ts, str):
            raise UnclearDeliveryError("Slack's answer does not say where the message is.")
        return Receipt(channel=channel, message=ts)

    async def _look(
        self, to: Address, posted: Receipt | None, key: str, since: datetime
    ) -> Receipt | None:
        """Search the thread; where it is gone, the channel, in which a reply then stands alone."""
        channel = posted.channel if posted else await self._conversation(to)
        if posted is not None:
            try:
                return await self._search(to, channel, posted, key, since)
            except RefusedError as error:
                if error.code not in _ABSENT:
                    raise
        return await self._search(to, channel, None, key, since)

    async def _search(
        self, to: Address, channel: str, posted: Receipt | None, key: str, since: datetime
    ) -> Receipt | None:
        """Read on from where the search was interrupted, by a rate limit for example."""
        bot = await self._bot(to.workspace)
        name = (to.workspace, channel, posted.message if posted else "", key)
        progress = self._searches.pop(name, None) or _Progress()
        while progress.pages < _PAGES:
            try:
                page = await self._page(
                    to.workspace, channel, posted, since - _MARGIN, progress.cursor
                )
            except (RefusedError, UnansweredError) as error:
                if not isinstance(error, RefusedError) or error.code != "invalid_cursor":
                    self._remember(name, progress)
                raise
            for found in page.get("messages") or ():
                if _carries(found, key, bot):
                    return Receipt(channel=channel, message=str(found["ts"]))
            progress.pages += 1
            progress.cursor = (page.get("response_metadata") or {}).get("next_cursor")
            if not progress.cursor:
                return None
        raise UnsettledError("So much was said in the channel that the message was not found.")

    def _remember(self, name: tuple[str, str, str, str], progress: _Progress) -> None:
        if len(self._searches) >= _SEARCHES:
            del self._searches[next(iter(self._searches))]
        self._searches[name] = progress

    async def _page(
        self,
        workspace: str,
        channel: str,
        posted: Receipt | None,
        oldest: datetime,
        cursor: str | None,
    ) -> Answer:
        options: dict[str, Any] = {
            "channel": channel,
            "oldest": f"{oldest.timestamp():.6f}",
            "include_all_metadata": True,
            "limit": _PAGE,
        }
        if cursor:
            options["cursor"] = cursor
        if posted is None:
            return await self._api.call(
                workspace, lambda client: client.conversations_history(**options)
            )
        return await self._api.call(
            workspace,
            lambda client: client.conversations_replies(ts=posted.message, **options),
        )

    async def _conversation(self, to: Address) -> str:
        """The channel to read; a person's id stands for the conversation with them."""
        if not to.channel.startswith(("U", "W")):
            return to.channel
        answer = await self._api.call(
            to.workspace, lambda client: client.conversations_open(users=to.channel)
        )
        return str((answer.get("channel") or {}).get("id") or to.channel)

    async def _bot(self, workspace: str) -> str:
        """Who we are there: another bot of this kind may count its deliveries alike."""
        if workspace not in self._bots:
            answer = await self._api.call(workspace, lambda client: client.auth_test())
            self._bots[workspace] = str(answer.get("bot_id") or "")
        return self._bots[workspace]


_MAY_NOT_LOOK = frozenset(
    {
        *("not_in_channel", "channel_not_found", "access_denied", "no_permission"),
        *("method_not_supported_for_channel_type", "thread_not_found", "is_archived"),
    }
)
"""Refusals that asking again will not change: what was sent stays unknown."""


def _body(payload: Payload, key: str) -> dict[str, Any]:
    metadata = {"event_type": EVENT_TYPE, "event_payload": {"delivery": key}}
    return {
        **payload.as_json(),
        "metadata": metadata,
        "unfurl_links": False,
        "unfurl_media": False,
    }


def _carries(found: Mapping[str, Any], key: str, bot: str) -> bool:
    metadata = found.get("metadata") or {}
    author = found.get("bot_id") or bot
    return (
        metadata.get("event_type") == EVENT_TYPE
        and (metadata.get("event_payload") or {}).get("delivery") == key
        and (not bot or author == bot)
    )


def _unread(error: RefusedError, *, installed: bool) -> DeliveryError:
    """Why a conversation could not be read: never may be, the token is lost, or only this time."""
    if error.code == "missing_scope":
        scope = error.needed or "channels:history"
        return UnsettledError(f"The app may not read the channel: it lacks the scope {scope}.")
    if error.code in _MAY_NOT_LOOK:
        return UnsettledError(f"The app may not read the channel ({error.code}).")
    gone = lost(error, installed=installed)
    if gone is not None:
        return PermanentDeliveryError(gone)
    said = f"Slack could not be asked ({error.code})."
    return TemporaryDeliveryError(said, retry_after=error.retry_after)
