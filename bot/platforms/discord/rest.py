"""Requests to Discord's REST API with the bot token, from any process and without the gateway.

It knows the rate limits (a bucket for each route and channel, 50 requests a second in all), waits
for them where the wait is short, and otherwise says how long it would be. A request that Discord
may have taken is repeated only after a 5xx, and only where the caller says that a repeat does no
harm: reading, editing, and messages with a nonce. What an answer means is the caller's business.
"""

import asyncio
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit

import aiohttp

from bot import __version__
from bot.platforms.discord.brake import Brake
from bot.platforms.discord.pacing import Pacing, Route, route_of

DEFAULT_API_URL = "https://discord.com/api/v10"
_AGENT = f"DiscordBot (https://discord.com/developers, {__version__})"
_TRIES = 3
"""How often a request that was refused for its rate (so surely not taken) is made."""
_JSON = {"Content-Type": "application/json"}


class DiscordError(Exception):
    """A request that did not end with a good answer. Its text never holds a token or an address."""


class RefusedError(DiscordError):
    """Discord said no. `code` is Discord's own number, 0 where it gave none."""

    def __init__(self, status: int, code: int, reason: str) -> None:
        super().__init__(f"Discord answered {status}" + (f" ({code}: {reason})" if reason else ""))
        self.status = status
        self.code = code
        self.reason = reason


class TooSoonError(DiscordError):
    """A rate limit asks for a longer wait than a request should take; seconds."""

    def __init__(self, retry_after: float) -> None:
        super().__init__(f"Discord asks to wait {retry_after:.0f} seconds")
        self.retry_after = retry_after


class NotReachedError(DiscordError):
    """No connection was made: Discord surely has not taken the request."""


class NoAnswerError(DiscordError):
    """The connection broke, timed out or brought no answer: Discord may have taken the request."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What came back: the status, the rate limit's word, and the JSON body (None where none)."""

    status: int
    headers: Mapping[str, str]
    body: object


class DiscordRest:
    """A client for one bot token. Made anywhere; opens its connections on the first request."""

    def __init__(
        self,
        *,
        token: str,
        api_url: str = DEFAULT_API_URL,
        timeout: float = 15.0,
        patience: float = 5.0,
        pauses: Sequence[float] = (0.5, 1.5),
        brake: Brake | None = None,
    ) -> None:
        """Take the token and three settings in seconds.

        `timeout` bounds one request, `patience` the wait for a rate limit, and `pauses` are the
        waits before the repeats after a 5xx.
        """
        self._brake = brake or Brake()
        self._base = api_url.rstrip("/")
        self._token = token.strip()
        self._timeout = timeout
        self._pauses = tuple(pauses)
        self._pacing = Pacing(patience=patience)
        self._session: aiohttp.ClientSession | None = None

    async def call(
        self,
        method: str,
        path: str,
        *,
        body: object = None,
        query: Mapping[str, str] | None = None,
        repeatable: bool | None = None,
    ) -> object:
        """Return the JSON of a good answer. Raises a DiscordError.

        `repeatable` says that doing it twice does no harm; None: only where the method says so.
        """
        safe = method != "POST" if repeatable is None else repeatable
        for pause in (*self._pauses, None):
            answer = await self._paced(method, path, body, query)
            if answer.status < 500 or pause is None or not safe:
                break
            await asyncio.sleep(pause)
        return _accepted(answer)

    async def _paced(
        self, method: str, path: str, body: object, query: Mapping[str, str] | None
    ) -> Answer:
        """Make a request when the rate limits allow it; a 429 was surely not taken."""
        route = route_of(method, path)
        for _ in range(_TRIES):
            self._may_call(route)
            wait = await self._pacing.ready(route)
            if wait > 0:
                raise TooSoonError(wait)
            answer = await self._once(method, path, body, query)
            self._pacing.learn(route, answer.headers)
            if route.counted:
                self._brake.note(answer.status, shared=_is_shared(answer))
            if answer.status != 429:
                return answer
            self._pacing.refused(route, _retry_after(answer), everywhere=_is_global(answer))
        raise TooSoonError(self._pacing.wait(route))

    def _may_call(self, route: Route) -> None:
        """Keep back what would be refused anyway. Answers to interactions need no bot token."""
        wait = self._brake.wait() if route.counted else 0.0
        if wait > 0:
            raise TooSoonError(wait)

    async def me(self) -> str:
        """Return the bot's own user id."""
        return await self._id("/users/@me")

    async def application(self) -> str:
        """Return the id of the application the token belongs to."""
        return await self._id("/applications/@me")

    async def _id(self, path: str) -> str:
        found = await self.call("GET", path)
        if not isinstance(found, dict) or "id" not in found:
            raise NoAnswerError("Discord's answer names nobody")
        return str(found["id"])

    async def close(self) -> None:
        """Close the connections; the next request would open new ones."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def _once(
        self, method: str, path: str, body: object, query: Mapping[str, str] | None
    ) -> Answer:
        data = None if body is None else json.dumps(body)
        try:
            async with self._open().request(
                method,
                f"{self._base}{path}",
                data=data,
                params=query,
                headers=_JSON if data is not None else None,
                allow_redirects=False,
            ) as response:
                text = await response.text(errors="replace")
                return Answer(status=response.status, headers=response.headers, body=_json(text))
        except (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError) as error:
            raise NotReachedError(f"{self._host} cannot be reached ({_kind(error)})") from None
        except (aiohttp.ClientError, TimeoutError, OSError) as error:
            raise NoAnswerError(f"{self._host} gave no answer ({_kind(error)})") from None

    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            self._session = aiohttp.ClientSession(
                timeout=aiohttp.ClientTimeout(total=self._timeout, sock_connect=10),
                cookie_jar=aiohttp.DummyCookieJar(),
                trust_env=False,
                headers={"User-Agent": _AGENT, "Authorization": f"Bot {self._token}"},
            )
        return self._session

    @property
    def _host(self) -> str:
        return urlsplit(self._base).hostname or "Discord"


def _kind(error: BaseException) -> str:
    """The name of what went wrong; the text of aiohttp's errors holds the address, and in it tokens."""
    return type(error).__name__


def _json(text: str) -> object:
    try:
        found: object = json.loads(text) if text else None
    except ValueError:
        return None
    return found


def _accepted(answer: Answer) -> object:
    if 200 <= answer.status < 300:
        if answer.body is None and answer.status != 204:
            raise NoAnswerError("Discord's answer is not JSON")
        return answer.body
    if answer.status >= 500:
        raise NoAnswerError(f"Discord answered {answer.status}")
    raise RefusedError(answer.status, _code(answer.body), _reason(answer.body))


def _code(body: object) -> int:
    code = body.get("code") if isinstance(body, dict) else None
    return code if isinstance(code, int) else 0


def _reason(body: object) -> str:
    if not isinstance(body, dict):
        return ""
    reason = str(body.get("message", ""))[:120]
    place = _place(body.get("errors"))
    return f"{reason}, at {place}" if place else reason


def _place(errors: object) -> str:
    """Where the first of Discord's complaints about a body points, such as ``embeds.0.title``."""
    names: list[str] = []
    while isinstance(errors, dict) and errors and "_errors" not in errors and len(names) < 8:
        name = next(iter(errors))
        names.append(str(name)[:40])
        errors = errors[name]
    return ".".join(names)


def _retry_after(answer: Answer) -> float:
    said = answer.body.get("retry_after") if isinstance(answer.body, dict) else None
    for value in (said, answer.headers.get("Retry-After")):
        try:
            seconds = float(str(value))
        except ValueError:
            continue
        if 0 <= seconds < 86_400:
            return seconds
    return 5.0


def _is_shared(answer: Answer) -> bool:
    return answer.headers.get("X-RateLimit-Scope") == "shared"


def _is_global(answer: Answer) -> bool:
    said = isinstance(answer.body, dict) and answer.body.get("global") is True
    return said or answer.headers.get("X-RateLimit-Scope") == "global"
