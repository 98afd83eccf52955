"""The REST side of the fake Discord: API version 10 as the bot and discord.py use it."""

import asyncio
import json
import re
from collections import deque

from aiohttp import web

from tests.fakes.discord_checks import choice_errors, command_errors, is_empty, message_errors
from tests.fakes.discord_components import window_errors
from tests.fakes.discord_threads import (
    ARCHIVE_AFTER,
    active,
    archived,
    channel_payload,
    crosspost,
    query_limit,
    tag_error,
    thread_payload,
)
from tests.fakes.discord_world import (
    ANNOUNCEMENT,
    DM,
    FORUM,
    MEDIA,
    NONCE_SECONDS,
    PUBLIC_THREAD,
    World,
)

_OPEN = re.compile(r"/(interactions|webhooks)/|/gateway$")


class ApiError(Exception):
    """An error answer of the API."""

    def __init__(self, status: int, code: int, message: str, errors: dict | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.body: dict = {"message": message, "code": code}
        if errors:
            self.body["errors"] = errors


class Rest:
    """Handlers over a world."""

    def __init__(self, world: World, gateway_url: str) -> None:
        self.world = world
        self.gateway_url = gateway_url
        self._sent: dict[str, deque[float]] = {}

    def routes(self) -> list[web.RouteDef]:
        """What the server answers under /api/v10."""
        base = "/api/v10"
        table = [
            ("GET", "/users/@me", self.user),
            ("POST", "/users/@me/channels", self.open_dm),
            ("GET", "/applications/@me", self.application),
            ("GET", "/oauth2/applications/@me", self.application),
            ("GET", "/gateway", self.gateway),
            ("GET", "/gateway/bot", self.gateway),
            ("GET", "/channels/{channel}", self.channel),
            ("PATCH", "/channels/{channel}", self.patch_channel),
            ("POST", "/channels/{channel}/threads", self.post),
            ("GET", "/channels/{channel}/threads/archived/public", self.archived),
            ("GET", "/guilds/{guild}/threads/active", self.active),
            ("POST", "/channels/{channel}/messages/{message}/crosspost", self.crosspost),
            ("POST", "/channels/{channel}/messages", self.create),
            ("GET", "/channels/{channel}/messages", self.listing),
            ("GET", "/channels/{channel}/messages/{message}", self.one),
            ("PATCH", "/channels/{channel}/messages/{message}", self.patch),
            ("POST", "/channels/{channel}/messages/{message}/threads", self.thread),
            ("GET", "/applications/{app}/commands", self.commands),
            ("PUT", "/applications/{app}/commands", self.put_commands),
            ("GET", "/applications/{app}/guilds/{guild}/commands", self.commands),
            ("PUT", "/applications/{app}/guilds/{guild}/commands", self.put_commands),
            ("POST", "/interactions/{id}/{token}/callback", self.callback),
            ("POST", "/webhooks/{app}/{token}", self.follow_up),
            ("PATCH", "/webhooks/{app}/{token}/messages/@original", self.edit_original),
        ]
        return [web.route(method, base + path, handler) for method, path, handler in table]

    @web.middleware
    async def middleware(self, request: web.Request, handler: object) -> web.StreamResponse:
        """Authorisation, failures that were asked for, rate limits, and the record of requests."""
        path = request.path.removeprefix("/api/v10")
        if not request.path.startswith("/api/v10"):
            return await handler(request)
        response = await self._answer(request, path, handler)
        if request.transport is not None:
            self.world.requests.append((request.method, path, response.status))
        return response

    async def _answer(self, request: web.Request, path: str, handler: object) -> web.Response:
        failure = self._failure(request.method, path)
        if failure is not None and not failure.taken:
            return await self._fail(request, failure)
        try:
            if not _OPEN.search(path):
                self._authorise(request)
            too_many, limits = self._limited(request, path)
            response = too_many or await handler(request)
            response.headers.update(limits)
        except ApiError as error:
            if error.status == 400:
                self.world.refused_bodies.append(error.body)
            response = _json(error.body, error.status)
        except (ValueError, KeyError, TypeError) as error:
            response = _json({"message": f"Bad body: {error!r}", "code": 50109}, 400)
        if failure is not None:
            return await self._fail(request, failure)
        return response

    def _failure(self, method: str, path: str) -> object:
        for failure in self.world.failures:
            if failure.method == method and re.fullmatch(failure.path, path):
                failure.times -= 1
                if failure.times <= 0:
                    self.world.failures.remove(failure)
                return failure
        return None

    async def _fail(self, request: web.Request, failure: object) -> web.Response:
        if failure.manner == "drop":
            self.world.requests.append((request.method, request.path, 0))
            request.transport.abort()
            return web.Response()
        if failure.manner == "hang":
            self.world.requests.append((request.method, request.path, 0))
            await asyncio.Event().wait()
        if isinstance(failure.body, str):
            return web.Response(status=failure.status, text=failure.body, content_type="text/html")
        return _json(failure.body, failure.status, failure.headers)

    def _authorise(self, request: web.Request) -> None:
        if request.headers.get("Authorization") != f"Bot {self.world.token}":
            raise ApiError(401, 0, "401: Unauthorized")

    def _limited(self, request: web.Request, path: str) -> tuple[web.Response | None, dict]:
        """Five messages a window and channel; the answer to one too many is a 429."""
        if request.method != "POST" or not re.fullmatch(r"/channels/\d+/messages", path):
            return None, {}
        now = asyncio.get_running_loop().time()
        sent = self._sent.setdefault(path, deque())
        while sent and sent[0] <= now - self.world.window:
            sent.popleft()
        reset = (sent[0] + self.world.window - now) if sent else self.world.window
        limited = len(sent) >= self.world.limit
        if not limited:
            sent.append(now)
        limits = {
            "X-RateLimit-Limit": str(self.world.limit),
            "X-RateLimit-Remaining": str(self.world.limit - len(sent)),
            "X-RateLimit-Reset-After": f"{reset:.3f}",
            "X-RateLimit-Reset": f"{self.world.now() + reset:.3f}",
            "X-RateLimit-Bucket": "messages",
        }
        if not limited:
            return None, limits
        body = {"message": "You are being rate limited.", "retry_after": reset, "global": False}
        return _json(body, 429, {"Retry-After": "1"}), limits

    async def user(self, _: web.Request) -> web.Response:
        return _json(self.world.me)

    async def application(self, _: web.Request) -> web.Response:
        owner = {"id": "1", "username": "owner", "discriminator": "0", "avatar": None}
        return _json(
            {
                "id": self.world.application_id,
                "name": "usmca",
                "description": "",
                "icon": None,
                "bot_public": True,
                "bot_require_code_grant": False,
                "owner": owner,
                "verify_key": self.world.public_key,
                "flags": 0,
                "bot": self.world.me,
            }
        )

    async def gateway(self, _: web.Request) -> web.Response:
        limit = {"total": 1000, "remaining": 999, "reset_after": 0, "max_concurrency": 1}
        found = {"url": self.gateway_url, "shards": self.world.shards}
        return _json({**found, "session_start_limit": limit})

    async def open_dm(self, request: web.Request) -> web.Response:
        person = str((await request.json())["recipient_id"])
        channel = self.world.add_channel(f"5{person}", guild=None, kind=DM)
        return _json({"id": channel.id, "type": DM})

    async def channel(self, request: web.Request) -> web.Response:
        found = self._channel(request)
        return _json(channel_payload(found))

    async def patch_channel(self, request: web.Request) -> web.Response:
        """Modify Channel, as far as threads are taken out of the archive."""
        found, body = self._channel(request), await request.json()
        found.archived = bool(body.get("archived", found.archived))
        return _json(thread_payload(self.world, found))

    async def post(self, request: web.Request) -> web.Response:
        """Start Thread in Forum: a thread and its first message, which has the thread's id."""
        forum, body = self._channel(request), await request.json()
        if forum.kind not in {FORUM, MEDIA}:
            raise ApiError(400, 50024, "Cannot execute action on this channel type")
        if not forum.can_send:
            raise ApiError(403, 50013, "Missing Permissions")
        _check_thread(body)
        first = body["message"]
        if {"nonce", "enforce_nonce"} & first.keys():
            raise ApiError(400, 50035, "Invalid Form Body", {"message": {"nonce": {}}})
        _check(first)
        wrong = tag_error(forum, body.get("applied_tags") or [])
        if wrong is not None:
            raise ApiError(400, *wrong)
        thread = self.world.add_channel(
            self.world.new_id(),
            guild=forum.guild,
            kind=PUBLIC_THREAD,
            parent=forum.id,
            name=body["name"],
            applied=body.get("applied_tags") or [],
        )
        message = self.world.add_message(thread.id, first)
        message["id"] = thread.id
        return _json({**thread_payload(self.world, thread), "message": message}, 201)

    async def active(self, request: web.Request) -> web.Response:
        """List Active Guild Threads."""
        return _json(active(self.world, request.match_info["guild"]))

    async def archived(self, request: web.Request) -> web.Response:
        """List Public Archived Threads."""
        found = self._channel(request)
        if not found.can_read_history:
            raise ApiError(403, 50013, "Missing Permissions")
        return _json(archived(self.world, found.id, query_limit(request)))

    async def crosspost(self, request: web.Request) -> web.Response:
        """Crosspost Message."""
        channel, message = self._channel(request), self._message(request)
        wrong = crosspost(channel, message)
        if wrong is not None:
            raise ApiError(*wrong)
        return _json(message)

    def _channel(self, request: web.Request) -> object:
        found = self.world.channels.get(request.match_info["channel"])
        if found is None:
            raise ApiError(404, 10003, "Unknown Channel")
        if not found.can_see:
            raise ApiError(403, 50001, "Missing Access")
        return found

    def _message(self, request: web.Request) -> dict:
        channel = self._channel(request)
        for message in self.world.messages[channel.id]:
            if message["id"] == request.match_info["message"]:
                return message
        raise ApiError(404, 10008, "Unknown Message")

    async def create(self, request: web.Request) -> web.Response:
        """Create Message, with the promise of a nonce that is enforced."""
        channel, body = self._channel(request), await request.json()
        if not channel.can_send:
            raise ApiError(403, 50013, "Missing Permissions")
        if channel.kind in {FORUM, MEDIA}:
            raise ApiError(400, 50008, "Cannot send messages in a non-text channel")
        _check(body)
        self._check_reference(channel.id, body)
        nonce = body.get("nonce")
        if nonce and body.get("enforce_nonce"):
            known = self.world.nonces.get(str(nonce))
            if known is not None and self.world.now() - known[0] < NONCE_SECONDS:
                return _json(known[1])
        message = self.world.add_message(channel.id, body)
        if nonce:
            self.world.nonces[str(nonce)] = (self.world.now(), message)
        return _json(message)

    def _check_reference(self, channel_id: str, body: dict) -> None:
        reference = body.get("message_reference")
        if not reference:
            return
        known = {one["id"] for one in self.world.messages[channel_id]}
        if str(reference.get("message_id")) in known:
            return
        if reference.get("fail_if_not_exists", True):
            errors = {"message_reference": {"_errors": [{"code": "REPLIES_UNKNOWN_MESSAGE"}]}}
            raise ApiError(400, 50035, "Invalid Form Body", errors)
        del body["message_reference"]

    async def listing(self, request: web.Request) -> web.Response:
        """Get Channel Messages; without Read Message History the list is empty, not refused."""
        channel = self._channel(request)
        limit = int(request.query.get("limit", "50"))
        after = int(request.query.get("after", "0"))
        found = [one for one in self.world.messages[channel.id] if int(one["id"]) > after]
        page = found[:limit] if "after" in request.query else found[-limit:]
        shown = page[::-1] if channel.can_read_history else []
        return _json([{k: v for k, v in one.items() if k != "nonce"} for one in shown])

    async def one(self, request: web.Request) -> web.Response:
        return _json(self._message(request))

    async def patch(self, request: web.Request) -> web.Response:
        """Edit Message."""
        channel, message, body = (
            self._channel(request),
            self._message(request),
            await request.json(),
        )
        if message["author"]["id"] != self.world.me["id"]:
            raise ApiError(403, 50005, "Cannot edit a message authored by another user")
        if channel.archived:
            raise ApiError(400, 50083, "Tried to perform an operation on an archived thread")
        _check({**message, **body})
        message.update({k: v for k, v in body.items() if k in {"content", "embeds", "components"}})
        message["edited_timestamp"] = message["timestamp"]
        return _json(message)

    async def thread(self, request: web.Request) -> web.Response:
        """Start Thread from Message: the thread gets the message's id."""
        parent, message, body = (
            self._channel(request),
            self._message(request),
            await request.json(),
        )
        if not parent.can_thread:
            raise ApiError(403, 50013, "Missing Permissions")
        if parent.kind in {DM, PUBLIC_THREAD}:
            raise ApiError(400, 50024, "Cannot execute action on this channel type")
        if message["id"] in self.world.channels:
            raise ApiError(400, 160004, "A thread has already been created for this message")
        _check_thread(body)
        made = self.world.add_channel(
            message["id"],
            guild=parent.guild,
            kind=10 if parent.kind == ANNOUNCEMENT else PUBLIC_THREAD,
            parent=parent.id,
            name=body["name"],
        )
        return _json({"id": made.id, "type": made.kind, "parent_id": parent.id}, 201)

    def _scope(self, request: web.Request) -> str:
        if request.match_info["app"] != self.world.application_id:
            raise ApiError(404, 10002, "Unknown Application")
        return request.match_info.get("guild", "global")

    async def commands(self, request: web.Request) -> web.Response:
        found = self.world.commands.get(self._scope(request), [])
        if request.query.get("with_localizations") != "true":
            found = [_without_localizations(one) for one in found]
        return _json(found)

    async def put_commands(self, request: web.Request) -> web.Response:
        """Bulk overwrite: answered with what a later GET shows, defaults filled in."""
        scope, body = self._scope(request), await request.json()
        errors = command_errors(body)
        if errors:
            raise ApiError(400, 50035, "Invalid Form Body", errors)
        self.world.commands[scope] = [
            {
                "id": self.world.new_id(),
                "application_id": self.world.application_id,
                "version": self.world.new_id(),
                "default_member_permissions": None,
                "nsfw": False,
                **one,
            }
            for one in body
        ]
        self.world.command_writes += 1
        return _json(self.world.commands[scope])

    def _interaction(self, request: web.Request) -> object:
        found = self.world.interactions.get(request.match_info["token"])
        if found is None:
            raise ApiError(404, 10062, "Unknown interaction")
        return found

    async def callback(self, request: web.Request) -> web.Response:
        """Create Interaction Response."""
        interaction, body = self._interaction(request), await request.json()
        if interaction.callback is not None:
            raise ApiError(400, 40060, "Interaction has already been acknowledged.")
        check_callback(interaction.raw, body)
        note_callback(interaction, body)
        return web.Response(status=204)

    async def follow_up(self, request: web.Request) -> web.Response:
        interaction, body = self._answered(request), await request.json()
        _check(body)
        interaction.note(answer=body)
        return _json({"id": self.world.new_id(), **body})

    async def edit_original(self, request: web.Request) -> web.Response:
        """Edit Original Interaction Response."""
        interaction, body = self._answered(request), await request.json()
        _check(body)
        interaction.note(answer=body)
        return _json({"id": self.world.new_id(), "type": 20, "content": "", **body})

    def _answered(self, request: web.Request) -> object:
        found = self.world.interactions.get(request.match_info["token"])
        if found is None or found.callback is None:
            raise ApiError(404, 10015, "Unknown Webhook")
        return found


def check_callback(raw: dict, body: dict) -> None:
    """Refuse a first answer that does not fit the interaction."""
    kind, data = body.get("type"), body.get("data") or {}
    allowed = {1: {1}, 2: {4, 5, 9}, 3: {4, 5, 6, 7, 9}, 4: {8}, 5: {4, 5, 6, 7}}[raw["type"]]
    if kind not in allowed or (raw["type"] == 5 and kind in {6, 7} and "message" not in raw):
        raise ApiError(400, 50035, "Invalid Form Body", {"type": {"_errors": []}})
    if kind == 9:
        errors = window_errors(data)
    else:
        errors = choice_errors(data.get("choices", [])) if kind == 8 else message_errors(data)
    if errors:
        raise ApiError(400, 50035, "Invalid Form Body", {"data": errors})


def note_callback(interaction: object, body: dict) -> None:
    """Record a first answer; one with text of its own is what the person sees."""
    shown = body.get("data") if body.get("type") in {4, 8} else None
    interaction.note(callback=body, answer=shown)


def _check_thread(body: dict) -> None:
    if not 1 <= len(body.get("name", "")) <= 100:
        raise ApiError(400, 50035, "Invalid Form Body", {"name": {"_errors": []}})
    if body.get("auto_archive_duration", 1440) not in ARCHIVE_AFTER:
        raise ApiError(400, 50035, "Invalid Form Body", {"auto_archive_duration": {}})


def _check(body: dict) -> None:
    errors = message_errors(body)
    if errors:
        raise ApiError(400, 50035, "Invalid Form Body", errors)
    if is_empty(body):
        raise ApiError(400, 50006, "Cannot send an empty message")


def _without_localizations(command: dict) -> dict:
    kept = {k: v for k, v in command.items() if not k.endswith("_localizations")}
    if "options" in kept:
        kept["options"] = [_without_localizations(one) for one in kept["options"]]
    return kept


def _json(body: object, status: int = 200, headers: dict | None = None) -> web.Response:
    return web.Response(
        status=status,
        body=json.dumps(body).encode(),
        headers={"Content-Type": "application/json", "Via": "1.1 fake", **(headers or {})},
    )
