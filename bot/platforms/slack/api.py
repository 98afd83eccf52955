"""Calls to Slack's Web API that go out once, and end in an answer or in one of two errors."""

import base64
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

import aiohttp
from slack_sdk.errors import SlackApiError
from slack_sdk.web.async_client import AsyncWebClient

from bot.errors import BotError
from bot.platforms.slack.sdk_log import sdk_logger

API_URL = "https://slack.com/api/"

TokenFor = Callable[[str], Awaitable[str | None]]
"""Gives the bot token of a workspace (its team id, or empty where it is not known), or None."""

Answer = Mapping[str, Any]
"""The JSON of a good answer."""


TOKEN_REFUSALS = frozenset(
    {
        *("invalid_auth", "not_authed", "token_revoked", "token_expired", "account_inactive"),
        "no_token",
    }
)
"""Slack's words for a token that is good no more, and ours for none: nothing was carried out."""


class RefusedError(BotError):
    """Slack answered, and the answer is no. `code` is Slack's word for why, or ``http_<status>``."""

    def __init__(self, code: str, *, needed: str = "", retry_after: float | None = None) -> None:
        super().__init__(f"Slack answered {code}")
        self.code = code
        self.needed = needed
        """The missing scope, where that was why."""
        self.retry_after = retry_after
        """Seconds Slack asks us to wait, None where it did not say."""


class UnansweredError(BotError):
    """No answer that can be understood came. `sent` is False where nothing can have arrived."""

    def __init__(self, reason: str, *, sent: bool) -> None:
        super().__init__(reason)
        self.sent = sent


class SlackApi:
    """One connection pool for all workspaces. Close it when the program ends."""

    def __init__(
        self,
        *,
        token_for: TokenFor,
        fresh_token_for: TokenFor | None = None,
        api_url: str = API_URL,
        patience: float = 30.0,
    ) -> None:
        """`patience` is the most seconds a call may take; `api_url` may lack its last slash.

        `fresh_token_for` looks a token up anew where Slack refuses the one that was remembered.
        """
        self._token_for = token_for
        self._fresh_token_for = fresh_token_for
        self._api_url = api_url.rstrip("/") + "/"
        self._patience = patience
        self._session: aiohttp.ClientSession | None = None

    @property
    def url(self) -> str:
        """Where Slack's methods are, with its last slash."""
        return self._api_url

    async def call(
        self,
        workspace: str,
        work: Callable[[AsyncWebClient], Awaitable[Any]],
    ) -> Answer:
        """Run one method of the client with the workspace's token and return its answer.

        Raises RefusedError (``no_token`` where there is none) or UnansweredError.
        """
        token = await self._token_for(workspace)
        try:
            return await self._by(token, work)
        except RefusedError as error:
            fresh = await self._fresh(workspace, error)
            if fresh is None or fresh == token:
                raise
        return await self._by(fresh, work)

    async def _by(
        self, token: str | None, work: Callable[[AsyncWebClient], Awaitable[Any]]
    ) -> Answer:
        if not token:
            raise RefusedError("no_token")
        return await self.with_client(self.client(token), work)

    async def _fresh(self, workspace: str, error: RefusedError) -> str | None:
        """The workspace may have been installed again meanwhile, by another process."""
        if self._fresh_token_for is None or error.code not in TOKEN_REFUSALS:
            return None
        return await self._fresh_token_for(workspace)

    async def with_client(
        self,
        client: AsyncWebClient,
        work: Callable[[AsyncWebClient], Awaitable[Any]],
    ) -> Answer:
        """Run one method of the given client. Raises RefusedError or UnansweredError."""
        try:
            answer = (await work(client)).data
        except SlackApiError as error:
            raise _refusal(error.response) from None
        except aiohttp.ConnectionTimeoutError as error:
            raise UnansweredError(_reason(error), sent=False) from None
        except aiohttp.ClientConnectorError as error:
            raise UnansweredError(_reason(error), sent=False) from None
        except (aiohttp.ClientError, OSError, TimeoutError) as error:
            raise UnansweredError(_reason(error), sent=True) from None
        except (AttributeError, TypeError, ValueError) as error:
            # slack_sdk raises these over an answer that is not the JSON object it expects
            raise UnansweredError(_reason(error), sent=True) from None
        if not isinstance(answer, dict):
            raise UnansweredError("the answer is no JSON object", sent=True)
        return answer

    async def access(self, *, client_id: str, client_secret: str, **fields: str) -> Answer:
        """Ask oauth.v2.access for a token. Raises RefusedError or UnansweredError.

        slack_sdk's own method goes through a class that aiohttp warns of.
        """
        proof = base64.b64encode(f"{client_id}:{client_secret}".encode()).decode()
        return await self.with_client(
            self.client(),
            lambda client: client.api_call(
                "oauth.v2.access", data=fields, headers={"Authorization": f"Basic {proof}"}
            ),
        )

    def client(self, token: str | None = None) -> AsyncWebClient:
        """Return a client that repeats nothing: the library's own retries post twice."""
        made = AsyncWebClient(
            token=token,
            base_url=self._api_url,
            session=self.session(),
            retry_handlers=[],
            logger=sdk_logger(),
        )
        made.proxy = None  # the library reads one from the environment, loopback or not
        return made

    async def send_json(self, url: str, body: Mapping[str, object]) -> int:
        """Post a body to a response URL, once. Returns the status; raises UnansweredError."""
        try:
            async with self.session().post(url, json=body) as answer:
                await answer.read()
                return answer.status
        except aiohttp.ClientConnectorError as error:
            raise UnansweredError(_reason(error), sent=False) from None
        except (aiohttp.ClientError, OSError, TimeoutError, ValueError) as error:
            raise UnansweredError(_reason(error), sent=True) from None

    def session(self) -> aiohttp.ClientSession:
        """Return the pool, made at the first use within the running loop."""
        if self._session is None or self._session.closed:
            self._session = aiohttp.ClientSession(
                timeout=aiohttp.ClientTimeout(total=self._patience, sock_connect=10),
                # an idle connection that the other side has closed looks like a lost message
                connector=aiohttp.TCPConnector(keepalive_timeout=10, limit=100),
                trust_env=False,
            )
        return self._session

    async def close(self) -> None:
        """Close the connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None


def _reason(error: BaseException) -> str:
    """The kind of error only: its text can hold addresses."""
    return type(error).__name__


def _refusal(response: Any) -> BotError:  # noqa: ANN401  # slack_sdk gives several kinds
    """Turn what slack_sdk raised into the error of an answer, or of none that can be read."""
    status = int(getattr(response, "status_code", None) or getattr(response, "status", None) or 0)
    headers = getattr(response, "headers", None) or {}
    data = getattr(response, "data", None)
    code = data.get("error") if isinstance(data, dict) else None
    retry_after = _seconds(headers.get("Retry-After"))
    if status >= 500:
        return UnansweredError(f"status {status}", sent=True)
    if isinstance(code, str) and code:
        needed = data.get("needed") if isinstance(data, dict) else ""
        return RefusedError(code, needed=str(needed or ""), retry_after=retry_after)
    if status == 429:
        return RefusedError("ratelimited", retry_after=retry_after)
    if 400 <= status < 500:
        return RefusedError(f"http_{status}", retry_after=retry_after)
    return UnansweredError(f"status {status} without an answer", sent=True)


def _seconds(value: str | None) -> float | None:
    try:
        seconds = float(value or "")
    except ValueError:
        return None
    return seconds if 0 <= seconds < 86_400 else None
