"""What the fake Discord remembers: channels, messages, commands, interactions, and how it may fail.

Written from Discord's developer documentation; it shares no code with the bot.
"""

import asyncio
import itertools
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat

EPOCH_MS = 1_420_070_400_000
NONCE_SECONDS = 300.0
TEXT, DM, ANNOUNCEMENT, PUBLIC_THREAD, FORUM, MEDIA = 0, 1, 5, 11, 15, 16


@dataclass
class Channel:
    """A channel and what the bot may do in it."""

    id: str
    guild: str | None = "900"
    kind: int = TEXT
    parent: str | None = None
    name: str = "trade"
    can_see: bool = True
    can_send: bool = True
    can_thread: bool = True
    can_read_history: bool = True
    tags: list[dict] = field(default_factory=list)
    """A forum's available tags."""
    needs_tag: bool = False
    applied: list[str] = field(default_factory=list)
    """A post's own tags."""
    archived: bool = False


@dataclass
class Failure:
    """One way to fail, for the next `times` requests whose method and path match."""

    method: str
    path: str
    """A regular expression for the path after ``/api/v10``."""
    status: int = 0
    body: object = None
    headers: dict[str, str] = field(default_factory=dict)
    taken: bool = False
    """True: the request is carried out before it fails."""
    manner: str = "answer"
    """``answer`` with the status, ``drop`` the connection, or ``hang`` without an answer."""
    times: int = 1


def rate_limited(
    retry_after: float,
    *,
    method: str = "POST",
    path: str = r"/channels/\d+/messages",
    everywhere: bool = False,
    times: int = 1,
) -> Failure:
    """A 429 with the body and headers Discord sends."""
    return Failure(
        method=method,
        path=path,
        status=429,
        body={
            "message": "You are being rate limited.",
            "retry_after": retry_after,
            "global": everywhere,
        },
        headers={
            "Retry-After": str(max(1, round(retry_after))),
            "X-RateLimit-Scope": "global" if everywhere else "user",
        },
        times=times,
    )


def refused(
    status: int,
    code: int,
    message: str = "Refused",
    *,
    method: str = "POST",
    path: str = r"/channels/\d+/messages",
    times: int = 1,
) -> Failure:
    """An error of the API with its JSON code."""
    body = {"message": message, "code": code}
    return Failure(method=method, path=path, status=status, body=body, times=times)


def broken(
    status: int,
    *,
    taken: bool = False,
    method: str = "POST",
    path: str = r"/channels/\d+/messages",
    times: int = 1,
) -> Failure:
    """A gateway error in HTML, as a proxy in between sends it."""
    body = "<html>bad</html>"
    return Failure(method, path, status=status, body=body, taken=taken, times=times)


def dropped(
    *, taken: bool = True, method: str = "POST", path: str = r"/channels/\d+/messages"
) -> Failure:
    """The connection ends without an answer."""
    return Failure(method=method, path=path, taken=taken, manner="drop")


def hanging(
    *, taken: bool = True, method: str = "POST", path: str = r"/channels/\d+/messages"
) -> Failure:
    """No answer ever comes."""
    return Failure(method=method, path=path, taken=taken, manner="hang")


@dataclass
class Interaction:
    """One interaction sent to the bot and everything it answered."""

    raw: dict
    callback: dict | None = None
    """The body of the first answer."""
    answers: list[dict] = field(default_factory=list)
    """What the person sees, in order: first answers with text, and edits of deferred ones."""
    changed: asyncio.Event = field(default_factory=asyncio.Event)

    async def answered(self, seconds: float = 5.0) -> dict:
        """Wait for what the person sees."""
        return await self._until(lambda: self.answers, seconds)

    async def acknowledged(self, seconds: float = 5.0) -> dict:
        """Wait for the first answer."""
        return await self._until(lambda: [self.callback] if self.callback else [], seconds)

    async def _until(self, found: Callable[[], list], seconds: float) -> dict:
        async with asyncio.timeout(seconds):
            while not found():
                self.changed.clear()
                await self.changed.wait()
        return found()[-1]

    def note(self, *, callback: dict | None = None, answer: dict | None = None) -> None:
        """Record an answer and wake who waits."""
        if callback is not None:
            self.callback = callback
        if answer is not None:
            self.answers.append(answer)
        self.changed.set()


class World:
    """All state of the fake. `now` gives Unix seconds."""

    def __init__(
        self,
        *,
        token: str,
        now: Callable[[], float] = time.time,
        limit: int = 5,
        window: float = 1.0,
    ) -> None:
        self.token = token
        self.now = now
        self.limit = limit
        self.window = window
        self.application_id = "700"
        self.me = {
            "id": "701",
            "username": "usmca",
            "discriminator": "0",
            "global_name": None,
            "avatar": None,
            "bot": True,
            "flags": 0,
        }
        self.key = Ed25519PrivateKey.generate()
        self.guilds: set[str] = {"900"}
        self.channels: dict[str, Channel] = {}
        self.messages: dict[str, list[dict]] = {}
        self.nonces: dict[str, tuple[float, dict]] = {}
        self.commands: dict[str, list[dict]] = {"global": []}
        self.command_writes = 0
        self.shards = 1
        """How many gateway connections Discord recommends."""
        self.interactions: dict[str, Interaction] = {}
        self.failures: list[Failure] = []
        self.requests: list[tuple[str, str, int]] = []
        self.refused_bodies: list[dict] = []
        self.identified: list[dict] = []
        self.resumed: list[dict] = []
        self._serial = itertools.count(1)
        self.add_channel("111")

    @property
    def public_key(self) -> str:
        """What a bot's page shows for checking signatures, in hex."""
        return self.key.public_key().public_bytes(Encoding.Raw, PublicFormat.Raw).hex()

    def new_id(self) -> str:
        """A snowflake of this moment, larger than every earlier one of the same millisecond."""
        ms = int(self.now() * 1000) - EPOCH_MS
        return str((ms << 22) | (next(self._serial) & 0x3FFFFF))

    def add_channel(self, channel_id: str, **what: object) -> Channel:
        """Add or replace a channel."""
        channel = Channel(id=channel_id, **what)
        self.channels[channel_id] = channel
        self.messages.setdefault(channel_id, [])
        return channel

    def add_message(self, channel_id: str, body: dict, *, author: dict | None = None) -> dict:
        """Store a message as Discord would show it."""
        message = {
            "id": self.new_id(),
            "channel_id": channel_id,
            "type": 19 if body.get("message_reference") else 0,
            "content": body.get("content") or "",
            "embeds": body.get("embeds") or [],
            "components": body.get("components") or [],
            "author": author or self.me,
            "timestamp": datetime.fromtimestamp(self.now(), UTC).isoformat(),
            "edited_timestamp": None,
            "tts": False,
            "mention_everyone": False,
            "mentions": [],
            "mention_roles": [],
            "attachments": [],
            "pinned": False,
        }
        for name in ("message_reference", "nonce", "flags", "allowed_mentions"):
            if name in body:
                message[name] = body[name]
        self.messages[channel_id].append(message)
        return message

    def all_messages(self) -> list[dict]:
        """Every message the bot sent, oldest first."""
        found = [one for many in self.messages.values() for one in many]
        mine = [one for one in found if one["author"]["id"] == self.me["id"]]
        return sorted(mine, key=lambda one: int(one["id"]))

    def summary(self) -> dict:
        """The state as JSON, for tests that run the bot in another process."""
        return {
            "messages": self.all_messages(),
            "threads": [
                {"id": one.id, "parent": one.parent, "name": one.name, "tags": one.applied}
                for one in self.channels.values()
                if one.kind == PUBLIC_THREAD
            ],
            "requests": [list(one) for one in self.requests],
            "refused_bodies": self.refused_bodies,
            "commands": self.commands,
            "command_writes": self.command_writes,
            "sessions": len(self.identified),
        }
