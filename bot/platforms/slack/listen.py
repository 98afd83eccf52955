"""Hears commands and presses over Socket Mode: no public address is needed."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import TypeVar

import structlog
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import ConfigError
from bot.platforms.slack.api import RefusedError, SlackApi, UnansweredError
from bot.platforms.slack.bolt import build_app
from bot.platforms.slack.desk import SlackDesk
from bot.platforms.slack.outcomes import token_refused
from bot.platforms.slack.socket import SocketHandler

log = structlog.get_logger(__name__)

_T = TypeVar("_T")

_REFUSED_BOT = (
    "Slack refuses SLACK_BOT_TOKEN ({code}): copy the Bot User OAuth Token (xoxb-…) from the "
    "app's OAuth & Permissions page."
)
_REFUSED_APP = (
    "Slack refuses SLACK_APP_TOKEN ({code}): make an app-level token (xapp-…) with the scope "
    "connections:write on the app's Basic Information page, and turn Socket Mode on."
)


class SlackListener:
    """Keeps one socket open between `start` and `stop`. The desk is closed by who made it."""

    def __init__(
        self,
        *,
        api: SlackApi,
        desk: SlackDesk,
        app_token: str,
        check_token: bool = True,
        patience: float = 10.0,
    ) -> None:
        """`patience` is the most seconds that `start` waits for the socket.

        Without `check_token` each workspace has a token of its own, and none is asked about.
        """
        self._check_token = check_token
        self._api = api
        self._desk = desk
        self._app_token = app_token
        self._patience = patience
        self._handler: SocketHandler | None = None
        self._connecting: asyncio.Task[None] | None = None

    async def start(self) -> None:
        """Check both tokens and connect; returns once connected.

        Where Slack cannot be reached, or is out of order, it returns too, and goes on trying in
        the background. Raises ConfigError, naming the variable, where Slack refuses a token.
        """
        if self._check_token:
            await self._check_bot_token()
        client = self._api.client()
        address = await self._address(client)
        self._handler = SocketHandler(
            app=build_app(self._api, self._desk),
            app_token=self._app_token,
            web_client=client,
            ask_address=lambda: self._fresh_address(client),
        )
        self._handler.client.wss_uri = address
        self._connecting = asyncio.create_task(self._handler.client.connect())
        await asyncio.wait({self._connecting}, timeout=self._patience)
        if self._connecting.done():
            self._connecting.result()
        else:
            log.warning("slack_unreachable", doing="trying again in the background")

    async def stop(self, patience: float = 5.0) -> None:
        """Close the socket within about `patience` seconds; harmless when not started."""
        if self._connecting is not None:
            self._connecting.cancel()
            await asyncio.gather(self._connecting, return_exceptions=True)
            self._connecting = None
        if self._handler is not None:
            await self._handler.stop(patience)
            self._handler = None

    async def connected(self) -> bool:
        """Whether the socket is open, for readiness checks."""
        return self._handler is not None and await self._handler.client.is_connected()

    async def _check_bot_token(self) -> None:
        await self._ask(
            lambda: self._api.call("", lambda client: client.auth_test()), refused=_REFUSED_BOT
        )

    async def _address(self, client: AsyncWebClient) -> str | None:
        return await self._ask(lambda: self._fresh_address(client), refused=_REFUSED_APP)

    async def _fresh_address(self, client: AsyncWebClient) -> str:
        answer = await self._api.with_client(
            client, lambda one: one.apps_connections_open(app_token=self._app_token)
        )
        url = answer.get("url")
        if not isinstance(url, str) or not url:
            raise UnansweredError("the answer names no address", sent=True)
        return url

    async def _ask(self, call: Callable[[], Awaitable[_T]], *, refused: str) -> _T | None:
        """Return the answer, None where there was none this time; only a refused token ends it."""
        try:
            return await call()
        except UnansweredError as error:
            log.warning("slack_unreachable", reason=str(error))
        except RefusedError as error:
            if token_refused(error):
                raise ConfigError(refused.format(code=error.code)) from None
            log.warning("slack_refused_for_now", code=error.code)
        return None
