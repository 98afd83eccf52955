"""Which channels a person is in, as far as the app may see: asked once a minute for each person."""

import asyncio
from collections import OrderedDict
from collections.abc import Awaitable
from datetime import datetime, timedelta
from typing import Any

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.platforms.slack.api import RefusedError, SlackApi, UnansweredError
from bot.ports import Clock

log = structlog.get_logger(__name__)

_KEEP = timedelta(minutes=1)
_MOST = 10_000
_PAGE = 200
_PAGES = 10
_PATIENCE = 3.0
_ALL, _PUBLIC = "public_channel,private_channel", "public_channel"


class Members:
    """Asks users.conversations; where it cannot, nobody is known to be in a channel."""

    def __init__(self, api: SlackApi, clock: Clock) -> None:
        self._api = api
        self._clock = clock
        self._known: OrderedDict[tuple[str, str], tuple[datetime, frozenset[str]]] = OrderedDict()

    async def channels(self, workspace: str, user: str) -> frozenset[str]:
        """Return the ids of the person's channels; private ones only where the app is in them too."""
        now = self._clock.now()
        until, known = self._known.get((workspace, user), (now, frozenset()))
        if until > now:
            return known
        try:
            async with asyncio.timeout(_PATIENCE):
                found = await self._ask(workspace, user)
        except (RefusedError, UnansweredError, TimeoutError) as error:
            log.warning("slack_channels_unknown", workspace=workspace, reason=str(error))
            return known
        self._known[workspace, user] = (now + _KEEP, found)
        self._known.move_to_end((workspace, user))
        if len(self._known) > _MOST:
            self._known.popitem(last=False)
        return found

    async def _ask(self, workspace: str, user: str) -> frozenset[str]:
        try:
            return await self._read(workspace, user, _ALL)
        except RefusedError as error:
            if error.code != "missing_scope":
                raise
        return await self._read(workspace, user, _PUBLIC)  # groups:read is an optional scope

    async def _read(self, workspace: str, user: str, types: str) -> frozenset[str]:
        found: set[str] = set()
        options: dict[str, Any] = {"user": user, "types": types, "limit": _PAGE}

        def page(client: AsyncWebClient) -> Awaitable[Any]:
            return client.users_conversations(exclude_archived=True, **options)

        for _ in range(_PAGES):
            answer = await self._api.call(workspace, page)
            listed = answer.get("channels")
            found.update(
                str(one["id"])
                for one in (listed if isinstance(listed, list) else ())
                if isinstance(one, dict) and one.get("id")
            )
            options["cursor"] = (answer.get("response_metadata") or {}).get("next_cursor")
            if not options["cursor"]:
                break
        return frozenset(found)
