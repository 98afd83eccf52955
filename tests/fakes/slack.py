"""A faithful local Slack for tests: Web API, Socket Mode and response URLs over real HTTP.

In a test::

    async with FakeSlack() as slack:             # workspace T1 with channels C1, C2; T2 with C3, C4
        bot(api_url=slack.api_url, token=slack.token(), app_token=slack.app_token)
        slack.fail("chat.postMessage", "drop", taken=True)    # takes the next post, then hangs up
        sent = await slack.command("status", user="U1", channel="C1")
        ack = await slack.ack(sent)                           # ack.at - sent.at: seconds it took
        answer = await slack.answer(sent)                     # the body posted to the response URL
        slack.messages("C1")                                  # list[Posted], edits and threads too
        await slack.until(lambda: len(slack.messages("C1")) == 1)

In HTTP mode the bot is called with ``command_form`` or ``press_form`` and ``signed`` headers.

As a program (for tests that kill the bot's process): ``python -m tests.fakes.slack`` prints one
line of JSON with ``api_url``, ``tokens``, ``app_token`` and ``control``, and runs until its
standard input closes. ``GET {control}/state`` gives every message and call; ``POST
{control}/fail`` takes the fields of `Failure`, ``/command`` and ``/disconnect`` do as named.
"""

import asyncio
import base64
import hashlib
import hmac
import itertools
import json
import socket
import struct
import sys
import time
from collections.abc import Callable
from dataclasses import asdict
from types import TracebackType
from typing import Any, Self, TypeVar
from urllib.parse import urlencode

from aiohttp import WSMsgType, web

from tests.fakes.slack_methods import Json, Methods, SlackError, checked
from tests.fakes.slack_oauth import FakeOAuth
from tests.fakes.slack_payloads import departure, pressed, submission
from tests.fakes.slack_state import (
    Ack,
    Call,
    Channel,
    Failure,
    Kind,
    Posted,
    Sent,
    User,
    Workspace,
    dump,
)

_T = TypeVar("_T")


class FakeSlack:
    """The server and everything it was told. `now` gives Unix seconds for message times."""

    app_token = "xapp-1-sample"
    signing_secret = "sample-signing-secret"

    def __init__(self, *, now: Callable[[], float] = time.time) -> None:
        self.workspaces = {
            team: Workspace(team=team, token=f"xoxb-sample-{team}", bot_id=f"B{team}")
            for team in ("T1", "T2")
        }
        for team, channel in (("T1", "C1"), ("T1", "C2"), ("T2", "C3"), ("T2", "C4")):
            self.add_channel(channel, team=team)
        for team in self.workspaces:
            self.add_user("U1", team=team)
            self.add_user("U2", team=team, tz="America/Mexico_City", locale="es-MX", admin=True)
        self.calls: list[Call] = []
        self.acks: list[Ack] = []
        self.answers: dict[str, list[Json]] = {}
        self.opened_sockets = 0
        self.app_token_revoked = False
        self.refuse_links = 0
        """How many of the next sockets are refused though their ticket is good."""
        self._failures: list[Failure] = []
        self._methods = Methods(now)
        self.oauth = FakeOAuth(self.workspaces)
        """The pages on which a person puts the app into a workspace."""
        self._numbers = itertools.count(1)
        self._tickets: set[str] = set()
        self.sockets: list[web.WebSocketResponse] = []
        self._changed = asyncio.Condition()
        self._released = asyncio.Event()
        self._runner: web.AppRunner | None = None
        self.port = 0

    # ---- set-up

    def add_channel(self, name: str, *, team: str = "T1", **settings: Any) -> Channel:
        """Make a channel; settings are those of `Channel` (kind, member, archived)."""
        channel = Channel(id=name, **settings)
        self.workspaces[team].channels[name] = channel
        return channel

    def add_user(self, name: str, *, team: str = "T1", **settings: Any) -> User:
        """Make a person; settings are those of `User` (tz, locale, admin)."""
        user = User(id=name, **settings)
        self.workspaces[team].users[name] = user
        return user

    def token(self, team: str = "T1") -> str:
        """The bot token of a workspace."""
        return self.workspaces[team].token

    async def token_for(self, workspace: str) -> str | None:
        """The bot token by team id, as an installation store would give it; T1's for none."""
        found = self.workspaces.get(workspace or "T1")
        return found.token if found else None

    def fail(self, method: str, kind: Kind, **settings: Any) -> Failure:
        """Make the next call of a method fail; settings are those of `Failure`."""
        failure = Failure(method=method, kind=kind, **settings)
        self._failures.append(failure)
        return failure

    # ---- what happened

    def channel(self, name: str) -> Channel:
        """A channel of any workspace."""
        for workspace in self.workspaces.values():
            if name in workspace.channels:
                return workspace.channels[name]
        raise KeyError(name)

    def messages(self, channel: str | None = None) -> list[Posted]:
        """Messages of a channel, or of all, threads included, in their order."""
        if channel is not None:
            return list(self.channel(channel).messages)
        found = [one for workspace in self.workspaces.values() for one in workspace.messages()]
        return sorted(found, key=lambda posted: float(posted.ts))

    def calls_of(self, method: str) -> list[Call]:
        """Every call of one method, those that failed included."""
        return [call for call in self.calls if call.method == method]

    async def until(self, condition: Callable[[], _T], seconds: float = 10.0) -> _T:
        """Wait until the condition gives something true, and return it."""
        async with asyncio.timeout(seconds), self._changed:
            await self._changed.wait_for(condition)
        return condition()

    async def connected(self, sockets: int = 1) -> None:
        """Wait until the bot has at least so many sockets open."""
        await self.until(lambda: len(self.sockets) >= sockets)

    # ---- people do things (Socket Mode)

    async def command(self, text: str, **who: str) -> Sent:
        """Type ``/usmca <text>``: `user`, `channel`, `channel_name`, `team`."""
        return await self.send("slash_commands", self._command(text, **who))

    async def press(self, message: Any, label: str, **who: str) -> Sent:
        """Press the button with this label in a `Posted` or in an answer's JSON."""
        return await self.send("interactive", self._press(message, label, **who))

    async def open_home(self, *, user: str = "U1", team: str = "T1", tab: str = "home") -> Sent:
        """Open the app's Home."""
        event = {"type": "app_home_opened", "user": user, "tab": tab, "event_ts": "1.0"}
        event_id = f"Ev{next(self._numbers)}"
        body = {"type": "event_callback", "team_id": team, "event_id": event_id, "event": event}
        return await self.send("events_api", body)

    async def submit(
        self, view: Json, values: dict[str, Any], *, user: str = "U1", team: str = "T1"
    ) -> Sent:
        """Fill in a window by the labels of its fields, and send it."""
        payload = submission(view, values, user=user, team=team)
        payload["trigger_id"] = self._trigger()
        return await self.send("interactive", payload)

    async def window(self, number: int, *, team: str = "T1") -> Json:
        """Wait for the `number`-th window that was opened."""
        windows = self.workspaces[team].windows
        await self.until(lambda: len(windows) >= number)
        return windows[number - 1]

    async def leave(self, *, team: str = "T1", kind: str = "app_uninstalled") -> Sent:
        """Remove the app from a workspace: its token ends, and the event says so."""
        self.workspaces[team].revoked = True
        body = departure(kind, team=team, event_id=f"Ev{next(self._numbers)}")
        return await self.send("events_api", body)

    async def press_home(self, label: str, *, user: str = "U1", team: str = "T1") -> Sent:
        """Press a button on the person's Home."""
        view = self.workspaces[team].homes[user][-1]
        payload = self._press(view, label, user=user, team=team)
        del payload["channel"], payload["response_url"]
        container = {"type": "view", "view_id": "V1"}
        return await self.send("interactive", {**payload, "container": container, "view": view})

    async def home(self, number: int, *, user: str = "U1", team: str = "T1") -> Json:
        """Wait for the `number`-th view published to the person's Home."""
        homes = self.workspaces[team].homes
        await self.until(lambda: len(homes.get(user, ())) >= number)
        return homes[user][number - 1]

    async def send(self, kind: str, payload: Json, **more: Any) -> Sent:
        """Send any payload over one of the sockets."""
        envelope = {
            "type": kind,
            "envelope_id": f"envelope-{next(self._numbers)}",
            "payload": payload,
            "accepts_response_payload": kind != "events_api",
            **more,
        }
        return await self._deliver(envelope)

    async def resend(self, sent: Sent) -> Sent:
        """Send the same envelope again, as Slack does when no acknowledgement came."""
        again = {**sent.envelope, "retry_attempt": 1, "retry_reason": "timeout"}
        return await self._deliver(again)

    async def ack(self, sent: Sent, count: int = 1) -> Ack:
        """Wait for the acknowledgement of an envelope, or for the `count`-th of it."""

        def found() -> list[Ack]:
            mine = [ack for ack in self.acks if ack.envelope_id == sent.envelope_id]
            return mine if len(mine) >= count else []

        return (await self.until(found))[count - 1]

    async def answer(self, sent: Sent | Json, number: int = 1) -> Json:
        """Wait for the `number`-th body posted to the payload's response URL."""
        url = sent.response_url if isinstance(sent, Sent) else str(sent["response_url"])
        key = url.rsplit("/", 1)[1]
        await self.until(lambda: len(self.answers.get(key, ())) >= number)
        return self.answers[key][number - 1]

    async def disconnect(self, reason: str = "refresh_requested") -> None:
        """Ask the bot to come back on a new socket, then close the old ones."""
        for one in list(self.sockets):
            await one.send_json({"type": "disconnect", "reason": reason})
            await one.close()

    async def cut_sockets(self) -> None:
        """Close every socket without a word."""
        for one in list(self.sockets):
            await one.close()

    async def _deliver(self, envelope: Json) -> Sent:
        await self.connected()
        sent = Sent(envelope_id=envelope["envelope_id"], envelope=envelope, at=time.monotonic())
        await self.sockets[next(self._numbers) % len(self.sockets)].send_json(envelope)
        return sent

    # ---- people do things (HTTP mode)

    def command_form(self, text: str, **who: str) -> tuple[bytes, Json]:
        """Return the form of a command as Slack posts it, and its fields."""
        fields = self._command(text, **who)
        return urlencode(fields).encode(), fields

    def press_form(self, message: Any, label: str, **who: str) -> tuple[bytes, Json]:
        """Return the form of a press as Slack posts it, and its payload."""
        payload = self._press(message, label, **who)
        return urlencode({"payload": json.dumps(payload)}).encode(), payload

    def signed(
        self, body: bytes, *, at: float, kind: str = "application/x-www-form-urlencoded"
    ) -> dict[str, str]:
        """Return the headers of a request that Slack signed at Unix second `at`."""
        stamp = str(int(at))
        base = b"v0:" + stamp.encode() + b":" + body
        digest = hmac.new(self.signing_secret.encode(), base, hashlib.sha256).hexdigest()
        return {
            "Content-Type": kind,
            "X-Slack-Request-Timestamp": stamp,
            "X-Slack-Signature": f"v0={digest}",
        }

    def _command(
        self,
        text: str,
        *,
        user: str = "U1",
        channel: str = "C1",
        channel_name: str = "trade",
        team: str = "T1",
    ) -> Json:
        return {
            "command": "/usmca",
            "text": text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;"),
            "team_id": team,
            "team_domain": "sample",
            "channel_id": channel,
            "channel_name": channel_name,
            "user_id": user,
            "user_name": "sample.person",
            "api_app_id": "A1",
            "is_enterprise_install": "false",
            "trigger_id": self._trigger(),
            "response_url": self._response_url(),
        }

    def _press(
        self, message: Any, label: str, *, user: str = "U1", channel: str = "C1", team: str = "T1"
    ) -> Json:
        blocks = message.blocks if isinstance(message, Posted) else message["blocks"]
        ephemeral = not isinstance(message, Posted) and message.get("response_type") != "in_channel"
        return {
            "type": "block_actions",
            "team": {"id": team, "domain": "sample"},
            "user": {"id": user, "username": "sample.person", "team_id": team},
            "channel": {"id": channel, "name": "trade"},
            "container": {"type": "message", "channel_id": channel, "is_ephemeral": ephemeral},
            "api_app_id": "A1",
            "trigger_id": self._trigger(),
            "response_url": self._response_url(),
            "actions": [{**pressed(blocks, label), "action_ts": f"{time.time():.6f}"}],
        }

    def _trigger(self) -> str:
        made = f"trigger.{next(self._numbers)}"
        self._methods.triggers.add(made)
        return made

    def _response_url(self) -> str:
        return f"http://127.0.0.1:{self.port}/response/{next(self._numbers)}"

    # ---- the server

    @property
    def api_url(self) -> str:
        """The value for SLACK_API_URL."""
        return f"http://127.0.0.1:{self.port}/api/"

    async def start(self) -> None:
        """Listen on a free port of the loopback address."""
        app = web.Application()
        app.router.add_route("*", "/api/{method}", self._api)
        app.router.add_get("/link", self._link)
        app.router.add_get("/oauth/v2/authorize", self.oauth.authorize)
        app.router.add_get("/openid/connect/authorize", self.oauth.sign_in)
        app.router.add_post("/response/{number}", self._response)
        app.router.add_get("/control/state", self._state)
        app.router.add_post("/control/{action}", self._control)
        self._runner = web.AppRunner(app, shutdown_timeout=0.5)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self.port)
        await site.start()
        self.port = self._runner.addresses[0][1]

    async def stop(self) -> None:
        """Close every connection and the port; `start` opens the same port again."""
        self._released.set()
        await self.cut_sockets()
        if self._runner is not None:
            await self._runner.cleanup()
            self._runner = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        await self.stop()

    async def _notify(self) -> None:
        async with self._changed:
            self._changed.notify_all()

    async def _api(self, request: web.Request) -> web.StreamResponse:
        method = request.match_info["method"]
        arguments = await _arguments(request)
        workspace = self._workspace(request, arguments)
        team = workspace.team if workspace else None
        self.calls.append(Call(method=method, team=team, arguments=arguments, at=time.monotonic()))
        failure = next((one for one in self._failures if one.applies(method, arguments)), None)
        if failure is not None:
            failure.times -= 1
        answer: Json = {}
        if failure is None or failure.taken:
            answer = self._carry_out(method, request, workspace, arguments)
        await self._notify()
        return (
            web.json_response(answer) if failure is None else await self._failed(failure, request)
        )

    def _workspace(self, request: web.Request, arguments: Json) -> Workspace | None:
        token = _bearer(request) or arguments.pop("token", "")
        return next((one for one in self.workspaces.values() if one.token == token), None)

    def _carry_out(
        self, method: str, request: web.Request, workspace: Workspace | None, arguments: Json
    ) -> Json:
        try:
            if method == "apps.connections.open":
                return self._connection(_bearer(request))
            if method == "oauth.v2.access":
                return self.oauth.access(arguments, _basic(request))
            if method == "openid.connect.token":
                return self.oauth.identity(arguments)
            return self._methods.run(method, _authorised(workspace, request), arguments)
        except SlackError as error:
            return {"ok": False, "error": error.code, **error.more}

    def _connection(self, token: str) -> Json:
        if not token.startswith("xapp-"):
            raise SlackError("not_allowed_token_type")
        if token != self.app_token or self.app_token_revoked:
            raise SlackError("invalid_auth")
        ticket = f"ticket-{next(self._numbers)}"
        self._tickets.add(ticket)
        return {"ok": True, "url": f"ws://127.0.0.1:{self.port}/link?ticket={ticket}"}

    async def _failed(self, failure: Failure, request: web.Request) -> web.StreamResponse:
        headers = {}
        match failure.kind:
            case "error":
                return web.json_response({"ok": False, "error": failure.code})
            case "ratelimited":
                if failure.retry_after is not None:
                    headers["Retry-After"] = f"{failure.retry_after:g}"
                body = {"ok": False, "error": "ratelimited"}
                return web.json_response(body, status=429, headers=headers)
            case "status":
                page = "<html>Something went wrong</html>"
                return web.Response(
                    text=page, status=failure.status or 500, content_type="text/html"
                )
            case "garbage":
                status = failure.status or 200
                return web.Response(
                    text=failure.body, status=status, content_type=failure.content_type
                )
            case "hang":
                await self._released.wait()
        transport = request.transport
        if transport is not None:
            if failure.kind == "reset":
                linger = struct.pack("ii", 1, 0)
                connection = transport.get_extra_info("socket")
                connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, linger)
            transport.abort()
        return web.Response()

    async def _link(self, request: web.Request) -> web.StreamResponse:
        ticket = request.query.get("ticket", "")
        if self.refuse_links > 0:
            self.refuse_links -= 1
            return web.Response(status=403)
        if ticket not in self._tickets:
            return web.Response(status=403)
        self._tickets.discard(ticket)  # a ticket opens one socket
        opened = web.WebSocketResponse()
        await opened.prepare(request)
        self.opened_sockets += 1
        await opened.send_json({"type": "hello", "num_connections": len(self.sockets) + 1})
        self.sockets.append(opened)
        await self._notify()
        try:
            async for message in opened:
                if message.type == WSMsgType.TEXT:
                    await self._acked(json.loads(message.data))
        finally:
            self.sockets.remove(opened)
            await self._notify()
        return opened

    async def _acked(self, body: Json) -> None:
        ack = Ack(envelope_id=body["envelope_id"], payload=body.get("payload"), at=time.monotonic())
        self.acks.append(ack)
        await self._notify()

    async def _response(self, request: web.Request) -> web.StreamResponse:
        key = request.match_info["number"]
        body = await request.json()
        self.calls.append(
            Call(method="response_url", team=None, arguments=body, at=time.monotonic())
        )
        failure = next((one for one in self._failures if one.applies("response_url", body)), None)
        if failure is not None:
            failure.times -= 1
        status, text = 200, "ok"
        if failure is None or failure.taken:
            status, text = self._take_answer(key, body)
        await self._notify()
        if failure is not None:
            return await self._failed(failure, request)
        return web.Response(text=text, status=status)

    def _take_answer(self, key: str, body: Json) -> tuple[int, str]:
        taken = self.answers.setdefault(key, [])
        if len(taken) >= 5:
            return 404, "used_url"
        try:
            checked(body)
        except SlackError as error:
            return 400, error.code
        taken.append(body)
        return 200, "ok"

    # ---- control of the stand-alone program

    async def _state(self, _: web.Request) -> web.StreamResponse:
        calls = [asdict(call) for call in self.calls]
        acks = [asdict(ack) for ack in self.acks]
        return web.json_response(
            {
                "workspaces": dump(self.workspaces),
                "calls": calls,
                "acks": acks,
                "answers": self.answers,
                "sockets": len(self.sockets),
            }
        )

    async def _control(self, request: web.Request) -> web.StreamResponse:
        given = await request.json() if request.can_read_body else {}
        match request.match_info["action"]:
            case "fail":
                self.fail(given.pop("method"), given.pop("kind"), **given)
                return web.json_response({"ok": True})
            case "command":
                sent = await self.command(given.pop("text"), **given)
                return web.json_response({"answer": sent.response_url.rsplit("/", 1)[1]})
            case "disconnect":
                await self.disconnect()
                return web.json_response({"ok": True})
            case _:
                return web.json_response({"ok": False}, status=404)


def _authorised(workspace: Workspace | None, request: web.Request) -> Workspace:
    if workspace is None:
        raise SlackError("invalid_auth" if _bearer(request) else "not_authed")
    if workspace.revoked:
        raise SlackError("token_revoked")
    return workspace


def _basic(request: web.Request) -> str:
    """What an app proves itself with: its id and secret, joined by a colon."""
    given = request.headers.get("Authorization", "").removeprefix("Basic ")
    return base64.b64decode(given).decode()


def _bearer(request: web.Request) -> str:
    return request.headers.get("Authorization", "").removeprefix("Bearer ")


async def _arguments(request: web.Request) -> Json:
    """Arguments from the query, a form, or a JSON body."""
    if request.content_type == "application/json":
        body: Json = await request.json()
        return body
    form = await request.post() if request.method == "POST" else {}
    return {**request.query, **form}


async def serve() -> None:
    """Run until standard input closes."""
    async with FakeSlack() as slack:
        about = {
            "api_url": slack.api_url,
            "tokens": {team: slack.token(team) for team in slack.workspaces},
            "app_token": slack.app_token,
            "signing_secret": slack.signing_secret,
            "control": f"http://127.0.0.1:{slack.port}/control",
        }
        sys.stdout.write(json.dumps(about) + "\n")
        sys.stdout.flush()
        await asyncio.to_thread(sys.stdin.read)


def main() -> None:
    """Run the fake as a program."""
    asyncio.run(serve())


if __name__ == "__main__":
    main()
