"""Putting the app into a workspace: GET /slack/install and GET /slack/oauth_redirect.

Bolt's OAuth flow does the steps (a state of ours, bound to the browser by a cookie and taken once;
the code changed for a token). Installations and states are kept in our own tables, tokens sealed.
"""

import re
import secrets
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import urljoin

import structlog
from slack_bolt.oauth.async_callback_options import (
    AsyncCallbackOptions,
    AsyncFailureArgs,
    AsyncSuccessArgs,
)
from slack_bolt.oauth.async_oauth_flow import AsyncOAuthFlow
from slack_bolt.oauth.async_oauth_settings import AsyncOAuthSettings
from slack_bolt.request.async_request import AsyncBoltRequest
from slack_bolt.response import BoltResponse
from slack_sdk.oauth import OAuthStateUtils
from slack_sdk.oauth.installation_store import Installation as SlackInstallation
from slack_sdk.oauth.installation_store.async_installation_store import AsyncInstallationStore
from slack_sdk.oauth.state_store.async_state_store import AsyncOAuthStateStore

from bot.domain.installation import Installation
from bot.errors import BotError, DatabaseError
from bot.platforms.slack import pages
from bot.platforms.slack.api import Answer, RefusedError, SlackApi, UnansweredError
from bot.platforms.slack.http import HttpAnswer
from bot.platforms.slack.manifest import HISTORY_SCOPES, SCOPES
from bot.platforms.slack.sdk_log import sdk_logger
from bot.platforms.slack.workplaces import Credentials, Workplaces
from bot.ports import Clock

INSTALL_PATH = "/slack/install"
REDIRECT_PATH = "/slack/oauth_redirect"

log = structlog.get_logger(__name__)

_TEAM = re.compile(r"[A-Z0-9]{1,32}")
_HEADERS = {
    "content-type": "text/html; charset=utf-8",
    "cache-control": "no-store",
    "content-security-policy": "default-src 'none'; style-src 'unsafe-inline'",
    # the address holds the code: no other site is told it
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
}


class _OrganisationError(BotError):
    """Somebody put the app into a whole organisation."""


class SlackInstall:
    """Answers the two addresses of an install."""

    def __init__(
        self, *, api: SlackApi, workplaces: Workplaces, credentials: Credentials, clock: Clock
    ) -> None:
        self._api = api
        self._workplaces = workplaces
        self._credentials = credentials
        self._clock = clock
        self._made: _Flow | None = None

    async def install(self, query: Mapping[str, str], headers: Mapping[str, str]) -> HttpAnswer:
        """Send the browser to Slack, where the person chooses a workspace."""
        team = query.get("team", "")
        chosen = {"team": team} if _TEAM.fullmatch(team) else {}  # Bolt puts it into the address
        request = _request(chosen, headers)
        try:
            return _answer(await self._flow().handle_installation(request))
        except DatabaseError:
            return _failed("storage_error")

    async def redirect(self, query: Mapping[str, str], headers: Mapping[str, str]) -> HttpAnswer:
        """Finish the install that Slack sends the browser back from; every ending is a page."""
        try:
            return _answer(await self._flow().handle_callback(_request(query, headers)))
        except _OrganisationError:
            return _failed("org_install")
        except UnansweredError as error:
            log.warning("slack_install_unanswered", reason=str(error))
            return _failed("unreachable")
        except DatabaseError:
            return _failed("storage_error")

    def _flow(self) -> "_Flow":
        if self._made is None:
            self._made = _Flow(self._api, self._workplaces, self._credentials, self._clock)
        return self._made


class _Flow(AsyncOAuthFlow):
    """Bolt's flow with our way of calling Slack, which repeats nothing and logs no code."""

    def __init__(
        self, api: SlackApi, workplaces: Workplaces, credentials: Credentials, clock: Clock
    ) -> None:
        self._api = api
        utils = OAuthStateUtils()
        super().__init__(
            client=api.client(),
            logger=sdk_logger("bolt"),
            settings=AsyncOAuthSettings(
                client_id=credentials.client_id,
                client_secret=credentials.client_secret,
                scopes=[*SCOPES, *HISTORY_SCOPES],
                authorization_url=authorize_url(api.url),
                install_path=INSTALL_PATH,
                redirect_uri_path=REDIRECT_PATH,
                install_page_rendering_enabled=False,
                callback_options=_Pages(utils, workplaces),
                installation_store=_Installations(workplaces, clock),
                state_store=_States(workplaces, timedelta(seconds=utils.expiration_seconds)),
                logger=sdk_logger("bolt"),
            ),
        )

    async def run_installation(self, code: str) -> SlackInstallation | None:
        """Change the code for a token. Raises UnansweredError."""
        try:
            answer = await self._api.access(
                client_id=self.settings.client_id,
                client_secret=self.settings.client_secret,
                code=code,
                **({"redirect_uri": back} if (back := self.settings.redirect_uri) else {}),
            )
        except RefusedError as error:
            log.warning("slack_install_refused", code=error.code)
            return None
        if answer.get("is_enterprise_install") is True:
            raise _OrganisationError("installed into a whole organisation")
        return _described(answer)


class _Pages(AsyncCallbackOptions):
    """What the person sees at the end."""

    def __init__(self, utils: OAuthStateUtils, workplaces: Workplaces) -> None:
        self._utils = utils
        self._workplaces = workplaces
        super().__init__(success=self._installed, failure=self._failed)

    async def _installed(self, args: AsyncSuccessArgs) -> BoltResponse:
        made = args.installation
        places = await self._workplaces.places(made.team_id or "")
        page = pages.installed(
            made.team_name or "",
            team=made.team_id or "",
            app=made.app_id or "",
            places=len(places),
        )
        return self._page(200, page)

    async def _failed(self, args: AsyncFailureArgs) -> BoltResponse:
        return self._page(*pages.failed(args.reason))

    def _page(self, status: int, page: str) -> BoltResponse:
        cookie = self._utils.build_set_cookie_for_deletion()
        return BoltResponse(status=status, body=page, headers={**_HEADERS, "set-cookie": cookie})


class _Installations(AsyncInstallationStore):
    """slack_sdk's interface over our sealed table; only the flow writes through it."""

    def __init__(self, workplaces: Workplaces, clock: Clock) -> None:
        self._workplaces = workplaces
        self._clock = clock

    async def async_save(self, installation: SlackInstallation) -> None:
        """Store it sealed, and mend the workspace's places."""
        now = self._clock.now()
        lifetime = installation.bot_token_expires_at
        await self._workplaces.install(
            Installation(
                workspace=installation.team_id or "",
                name=installation.team_name or "",
                token=installation.bot_token or "",
                refresh_token=installation.bot_refresh_token or "",
                expires_at=now + timedelta(seconds=max(0, lifetime - installation.installed_at))
                if lifetime
                else None,
                bot_user=installation.bot_user_id or "",
                scopes=",".join(installation.bot_scopes or ()),
                installed_by=installation.user_id or "",
                installed_at=now,
            )
        )


class _States(AsyncOAuthStateStore):
    """slack_sdk's interface over our table of installs that have begun."""

    def __init__(self, workplaces: Workplaces, keep: timedelta) -> None:
        self._workplaces = workplaces
        self._keep = keep

    async def async_issue(self, *_args: Any, **_more: Any) -> str:  # noqa: ANN401  # its interface
        """Begin an install."""
        state = secrets.token_urlsafe(32)
        await self._workplaces.begin(state, keep=self._keep)
        return state

    async def async_consume(self, state: str) -> bool:
        """End it, once and in time."""
        return await self._workplaces.finish(state)


def authorize_url(api_url: str) -> str:
    """Return where a person chooses a workspace: beside the API, ``/oauth/v2/authorize``."""
    return urljoin(api_url, "/oauth/v2/authorize")


def _described(answer: Answer) -> SlackInstallation | None:
    """Read the answer of oauth.v2.access; None where it lacks the token or whose it is."""
    team, installer = answer.get("team") or {}, answer.get("authed_user") or {}
    token, team_id = answer.get("access_token"), team.get("id")
    if not isinstance(token, str) or not token or not isinstance(team_id, str) or not team_id:
        log.warning("slack_install_incomplete")
        return None
    return SlackInstallation(
        app_id=answer.get("app_id"),
        team_id=team_id,
        team_name=team.get("name"),
        bot_token=token,
        bot_user_id=answer.get("bot_user_id"),
        bot_scopes=answer.get("scope") or "",
        bot_refresh_token=answer.get("refresh_token"),
        bot_token_expires_in=answer.get("expires_in"),
        user_id=str(installer.get("id") or ""),
    )


def _request(query: Mapping[str, str], headers: Mapping[str, str]) -> AsyncBoltRequest:
    return AsyncBoltRequest(body="", query=dict(query), headers={**headers})


def _answer(response: BoltResponse) -> HttpAnswer:
    return HttpAnswer(
        status=response.status,
        headers={**_HEADERS, **response.first_headers()},
        body=response.body.encode(),
    )


def _failed(reason: str) -> HttpAnswer:
    status, page = pages.failed(reason)
    return HttpAnswer(status=status, headers=_HEADERS, body=page.encode())
