"""The workspaces the app is in, as Slack's room sees them: whose token it is, and who leaves.

A token is looked up in the installations, which hold it sealed, and remembered for a minute; one
that expires is renewed in time. SLACK_BOT_TOKEN stands for its own workspace where no install is
stored, and for every workspace where the app is not offered to others.
"""

import asyncio
from collections import defaultdict
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

import structlog

from bot.domain.destination import Destination
from bot.domain.installation import Installation
from bot.errors import ConfigError, DatabaseError
from bot.platforms.slack.api import Answer, RefusedError, SlackApi, UnansweredError
from bot.ports import Clock
from bot.services.workspaces import WorkspaceService

log = structlog.get_logger(__name__)

_KEEP = timedelta(minutes=1)
_KEEP_NONE = timedelta(seconds=5)
_RENEW_BEFORE = timedelta(hours=2)
"""Slack's rotated tokens are good for twelve hours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Credentials:
    """What names our app to Slack when a workspace puts it in."""

    client_id: str
    client_secret: str

    def __repr__(self) -> str:
        return f"Credentials(client_id={self.client_id!r})"


class Workplaces:
    """Finds tokens, and keeps what is remembered of them in step with installs and removals."""

    def __init__(
        self,
        *,
        service: WorkspaceService,
        clock: Clock,
        api: Callable[[], SlackApi],
        credentials: Credentials | None,
        bot_token: str | None,
    ) -> None:
        """`api` is asked for late, because it asks us for tokens."""
        self._service = service
        self._clock = clock
        self._api = api
        self._credentials = credentials
        self._bot_token = bot_token
        self._own: str | None = None
        self._known: dict[str, tuple[datetime, str | None]] = {}
        self._looking: defaultdict[str, asyncio.Lock] = defaultdict(asyncio.Lock)

    async def token(self, workspace: str) -> str | None:
        """Return the bot token of a workspace (empty: of the only one), None where it has none.

        Raises UnansweredError where the store does not answer.
        """
        if self._credentials is None:
            return self._bot_token
        found = self._remembered(workspace)
        if found is not None:
            return found[1]
        async with self._looking[workspace]:
            found = self._remembered(workspace)
            if found is not None:
                return found[1]
            try:
                token = await self._find(workspace)
            except DatabaseError:
                raise UnansweredError("the token could not be read", sent=False) from None
            until = self._clock.now() + (_KEEP if token else _KEEP_NONE)
            self._known[workspace] = (until, token)
            return token

    async def fresh_token(self, workspace: str) -> str | None:
        """Return the token as it is stored now, whatever was remembered."""
        self._forget(workspace)
        return await self.token(workspace)

    async def install(self, installation: Installation) -> int:
        """Store an installation and mend its places; returns how many."""
        mended = await self._service.install(installation)
        self._forget(installation.workspace)
        return mended

    async def leave(self, workspace: str, *, reason: str, told_at: datetime | None) -> None:
        """Delete the workspace's tokens; nothing is sent there any more."""
        await self._service.leave(workspace, reason=reason, told_at=told_at)
        self._forget(workspace)

    async def take(self, key: str) -> bool:
        """Take a request; False where any process took it before."""
        return await self._service.take(key)

    async def places(self, workspace: str) -> Sequence[Destination]:
        """Return the workspace's places that subscribed something."""
        return await self._service.places(workspace)

    async def begin(self, state: str, *, keep: timedelta) -> None:
        """Remember that somebody began to install."""
        await self._service.begin(state, keep=keep)

    async def finish(self, state: str) -> bool:
        """Take a state that was begun here, once."""
        return await self._service.finish(state)

    def _remembered(self, workspace: str) -> tuple[datetime, str | None] | None:
        found = self._known.get(workspace)
        return found if found is not None and found[0] > self._clock.now() else None

    def _forget(self, workspace: str) -> None:
        self._known.pop(workspace, None)
        self._known.pop("", None)

    async def _find(self, workspace: str) -> str | None:
        if not workspace and self._bot_token:
            return self._bot_token
        try:
            held = await self._service.installed(workspace or await self._service.only() or "")
        except ConfigError as error:
            log.error("slack_token_sealed", workspace=workspace, reason=str(error))
            return None
        if held is None:
            return self._bot_token if await self._is_own(workspace) else None
        if held.expires_at is None or held.expires_at - self._clock.now() > _RENEW_BEFORE:
            return held.token
        return await self._renewed(held)

    async def _is_own(self, workspace: str) -> bool:
        """Whether SLACK_BOT_TOKEN is this workspace's: another's would only confuse."""
        if self._bot_token is None:
            return False
        if self._own is None:
            api = self._api()
            try:
                answer = await api.with_client(
                    api.client(self._bot_token), lambda client: client.auth_test()
                )
            except RefusedError:
                return False
            self._own = str(answer.get("team_id") or "")
        return self._own == workspace

    async def _renewed(self, held: Installation) -> str | None:
        """Renew a token that will expire; the present one serves until then."""
        try:
            answer = await self._refresh(held.refresh_token)
        except (RefusedError, UnansweredError) as error:
            again = await self._service.installed(held.workspace)  # another process was first?
            if again is not None and again.token != held.token:
                return again.token
            log.warning("slack_token_not_renewed", workspace=held.workspace, reason=str(error))
            expired = held.expires_at is not None and held.expires_at <= self._clock.now()
            return None if expired else held.token
        lifetime = _seconds(answer.get("expires_in"))
        renewed = replace(
            held,
            token=str(answer.get("access_token") or held.token),
            refresh_token=str(answer.get("refresh_token") or held.refresh_token),
            expires_at=self._clock.now() + timedelta(seconds=lifetime) if lifetime else None,
        )
        await self._service.renew(renewed)
        log.info("slack_token_renewed", workspace=held.workspace)
        return renewed.token

    async def _refresh(self, refresh_token: str) -> Answer:
        if self._credentials is None or not refresh_token:
            raise RefusedError("no_refresh_token")
        return await self._api().access(
            client_id=self._credentials.client_id,
            client_secret=self._credentials.client_secret,
            grant_type="refresh_token",
            refresh_token=refresh_token,
        )


def _seconds(value: object) -> int:
    return value if isinstance(value, int) and not isinstance(value, bool) and value > 0 else 0
