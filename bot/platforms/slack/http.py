"""Slack over HTTP: what POST /slack/events does, whatever web framework carries it."""

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from urllib.parse import parse_qs

from slack_bolt.app.async_app import AsyncApp
from slack_bolt.request.async_request import AsyncBoltRequest

from bot.errors import ConfigError
from bot.platforms.slack.api import SlackApi
from bot.platforms.slack.bolt import build_app
from bot.platforms.slack.desk import SlackDesk
from bot.platforms.slack.invocation import names_event
from bot.platforms.slack.signature import genuine
from bot.ports import Clock

_CHECK = re.compile(rb"^ssl_check=1(?:&|$)|&ssl_check=1(?:&|$)")
ODD = (ValueError, AttributeError, TypeError, KeyError, IndexError)
"""What Bolt raises over payloads of another shape than Slack's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpAnswer:
    """What to answer the request with."""

    status: int
    headers: Mapping[str, str]
    body: bytes = b""


class SlackHttp:
    """Verifies each request and acknowledges it; the work goes on at the desk."""

    def __init__(
        self, *, api: SlackApi, desk: SlackDesk, signing_secret: str, clock: Clock
    ) -> None:
        if not signing_secret.strip():
            raise ConfigError(
                "SLACK_SIGNING_SECRET is empty: copy the signing secret from the app's "
                "Basic Information page."
            )
        self._api = api
        self._desk = desk
        self._secret = signing_secret.strip()
        self._clock = clock
        self._app: AsyncApp | None = None

    async def handle(self, body: bytes, headers: Mapping[str, str]) -> HttpAnswer:
        """Answer one request: 401 where Slack did not sign it, 400 where it makes no sense."""
        if _CHECK.search(body):  # Slack tries our certificate; nothing is done, signed or not
            return _text(200, "")
        text: str | None
        try:
            text = body.decode()
        except UnicodeDecodeError:
            text = None
        if text is None or not genuine(body, headers, secret=self._secret, now=self._clock.now()):
            return _text(401, "This request is not signed by Slack, or too old.")
        return await self._signed(text, headers)

    async def check(self, query: Mapping[str, str], _headers: Mapping[str, str]) -> HttpAnswer:
        """Answer a GET: Slack now and then tries the certificate that way."""
        if query.get("ssl_check"):
            return _text(200, "")
        return _text(405, "Slack posts its requests here.")

    async def _signed(self, text: str, headers: Mapping[str, str]) -> HttpAnswer:
        kind = next(
            (value for name, value in headers.items() if name.lower() == "content-type"), ""
        )
        payload = _payload(text, kind)
        if payload is None:
            return _text(400, "This request could not be understood.")
        if payload.get("type") == "url_verification":
            return _text(200, str(payload.get("challenge") or ""))
        if payload.get("type") == "event_callback" and not names_event(payload):
            return _text(200, "")  # Slack would send it again, and it would make no more sense
        return await self._dispatch(text, headers)

    async def _dispatch(self, text: str, headers: Mapping[str, str]) -> HttpAnswer:
        if self._app is None:
            self._app = build_app(self._api, self._desk)
        try:
            request = AsyncBoltRequest(body=text, headers={**headers})
            answer = await self._app.async_dispatch(request)
        except ODD:
            return _text(400, "This request could not be understood.")
        if answer.status != 200:
            # Bolt knows no such request (404), or stumbled over its shape (500, and logged): it is
            # taken, because Slack would only send it again
            return _text(200, "")
        return HttpAnswer(
            status=answer.status, headers=answer.first_headers(), body=answer.body.encode()
        )


def _payload(text: str, kind: str) -> Mapping[str, object] | None:
    """Return the JSON object of the body or of its payload field, or a form's fields."""
    try:
        if kind.startswith("application/json"):
            found = json.loads(text)
        else:
            fields = {name: values[0] for name, values in parse_qs(text).items()}
            found = json.loads(fields["payload"]) if "payload" in fields else fields
    except (ValueError, RecursionError):
        return None
    return found if isinstance(found, dict) and found else None


def _text(status: int, text: str) -> HttpAnswer:
    return HttpAnswer(
        status=status, headers={"content-type": "text/plain; charset=utf-8"}, body=text.encode()
    )
