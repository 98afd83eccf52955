"""One Socket Mode connection that comes back by itself: Bolt's handler on a sturdier client."""

import asyncio
from collections.abc import Awaitable, Callable

import aiohttp
import structlog
from slack_bolt.adapter.socket_mode.async_base_handler import AsyncBaseSocketModeHandler
from slack_bolt.adapter.socket_mode.async_internals import (
    run_async_bolt_app,
    send_async_response,
)
from slack_bolt.app.async_app import AsyncApp
from slack_bolt.response import BoltResponse
from slack_sdk.socket_mode.aiohttp import SocketModeClient
from slack_sdk.socket_mode.async_client import AsyncBaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import BotError
from bot.platforms.slack.invocation import names_event
from bot.platforms.slack.sdk_log import sdk_logger

log = structlog.get_logger(__name__)

_ODD = (ValueError, AttributeError, TypeError, KeyError, IndexError)
"""What Bolt raises over payloads of another shape than Slack's."""
_FAILURES = (aiohttp.ClientError, OSError, TimeoutError, ValueError)


class SocketClient(SocketModeClient):
    """slack_sdk's client, but each try asks for a fresh address.

    The library tries a used or expired address for ever, and stumbles over an answer that is no
    JSON. The new socket is open before the old one is closed, so that no command falls into the
    gap.
    """

    ask_address: Callable[[], Awaitable[str]]
    """Asks Slack for an address, once; set by who made the client."""

    async def issue_new_wss_url(self) -> str:
        """Return a fresh address. Raises RefusedError or UnansweredError."""
        return await self.ask_address()

    async def connect(self) -> None:
        """Connect; while that fails, try again with a growing pause until closed."""
        pause = 0.5
        while not self.closed:
            try:
                await self._open()
            except Exception as error:  # noqa: BLE001  # whatever it was: listening must not end
                if self._ended():  # aiohttp says RuntimeError of a session closed meanwhile
                    return
                log.warning("slack_socket_failed", reason=_reason(error))
                await asyncio.sleep(pause)
                pause = min(pause * 2, 30.0)
            else:
                return

    def _ended(self) -> bool:
        """Whether it was closed, perhaps while we waited for Slack."""
        return self.closed

    async def _open(self) -> None:
        address, self.wss_uri = self.wss_uri, None
        if address is None:
            address = await self.issue_new_wss_url()
        former, helpers = self.current_session, self.helpers()
        self.current_session = await self.aiohttp_client_session.ws_connect(
            address, autoping=False, heartbeat=self.ping_interval, proxy=self.proxy
        )
        self.stale = False
        self.last_ping_pong_time = None
        self.current_session_monitor = asyncio.ensure_future(self.monitor_current_session())
        self.message_receiver = asyncio.ensure_future(self.receive_messages())
        for helper in helpers:  # one of them may be the task we run in: no await comes after
            helper.cancel()
        if former is not None and not former.closed:
            await former.close()

    def helpers(self) -> list[asyncio.Future[None]]:
        """The tasks that watch and read the present socket."""
        return [one for one in (self.current_session_monitor, self.message_receiver) if one]


class SocketHandler(AsyncBaseSocketModeHandler):
    """Gives every payload of the socket to the Bolt app and sends back its acknowledgement."""

    def __init__(
        self,
        *,
        app: AsyncApp,
        app_token: str,
        web_client: AsyncWebClient,
        ask_address: Callable[[], Awaitable[str]],
    ) -> None:
        """`ask_address` asks Slack for the address of a socket, once."""
        self.app: AsyncApp = app
        self.client: SocketClient = SocketClient(
            app_token=app_token, logger=sdk_logger("socket"), web_client=web_client
        )
        self.client.ask_address = ask_address
        self.client.proxy = None  # the library reads one from the environment, loopback or not
        self.client.socket_mode_request_listeners.append(self.handle)
        self._acknowledging: set[asyncio.Task[None]] = set()

    async def handle(self, client: AsyncBaseSocketModeClient, req: SocketModeRequest) -> None:
        """Begin to dispatch one payload: the next ones do not wait for its acknowledgement."""
        task = asyncio.create_task(self._acknowledge(client, req))
        self._acknowledging.add(task)
        task.add_done_callback(self._acknowledging.discard)

    async def _acknowledge(self, client: AsyncBaseSocketModeClient, req: SocketModeRequest) -> None:
        started = asyncio.get_running_loop().time()
        if req.type == "events_api" and not names_event(req.payload):
            answer = BoltResponse(status=200)
        else:
            try:
                answer = await run_async_bolt_app(self.app, req)
                if answer.status != 200:  # not known to Bolt, or of an odd shape: no use in repeats
                    answer = BoltResponse(status=200)
            except _ODD as error:  # acknowledged all the same: it would make no more sense again
                log.warning("slack_payload_odd", kind=req.type, reason=type(error).__name__)
                answer = BoltResponse(status=200)
        try:
            await send_async_response(client, req, answer, started)
        except (*_FAILURES, RuntimeError) as error:  # the socket closed meanwhile: Slack asks again
            log.warning("slack_not_acknowledged", reason=type(error).__name__)

    async def stop(self, patience: float) -> None:
        """Close the socket and end every task within about `patience` seconds."""
        client = self.client
        client.closed = True
        client.auto_reconnect_enabled = False
        if client.current_session is not None:
            try:
                async with asyncio.timeout(patience):
                    await client.current_session.close()
            except (TimeoutError, OSError, aiohttp.ClientError):
                log.info("slack_socket_abandoned")
        tasks = [*client.helpers(), client.message_processor, *self._acknowledging]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        await client.aiohttp_client_session.close()


def _reason(error: Exception) -> str:
    """Our own errors say what Slack answered; the text of others can hold addresses."""
    return str(error) if isinstance(error, BotError) else type(error).__name__
