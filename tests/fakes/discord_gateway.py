"""The gateway of the fake Discord: a WebSocket with sessions, heartbeats, events and resuming."""

import asyncio
import itertools
import json
import zlib
from dataclasses import dataclass, field

import aiohttp
from aiohttp import web

from tests.fakes.discord_world import World

DISPATCH, HEARTBEAT, IDENTIFY, RESUME, RECONNECT, INVALID, HELLO, ACK = 0, 1, 2, 6, 7, 9, 10, 11
_FLUSH = zlib.Z_SYNC_FLUSH


@dataclass
class Session:
    """What the gateway remembers of a connection, so that it can be taken up again."""

    id: str
    events: list[dict] = field(default_factory=list)
    socket: "Socket | None" = None


class Socket:
    """One WebSocket; packs each message as the client asked."""

    def __init__(
        self, ws: web.WebSocketResponse, request: web.Request, *, compressed: bool
    ) -> None:
        self.ws = ws
        self.request = request
        self._deflate = zlib.compressobj() if compressed else None

    async def send(self, payload: dict) -> None:
        """Send one payload."""
        text = json.dumps(payload)
        if self._deflate is None:
            await self.ws.send_str(text)
            return
        packed = self._deflate.compress(text.encode()) + self._deflate.flush(_FLUSH)
        await self.ws.send_bytes(packed)


class Gateway:
    """All sessions of one bot."""

    def __init__(self, world: World, url: str, *, heartbeat: float = 41.25) -> None:
        self.world = world
        self.url = url
        self.heartbeat = heartbeat
        self.sessions: dict[str, Session] = {}
        self.heartbeats = 0
        self.ready = asyncio.Event()
        """Set while a client is identified or resumed."""
        self._greeted = asyncio.Condition()
        self._serial = itertools.count(1)

    async def handle(self, request: web.Request) -> web.WebSocketResponse:
        """Serve one connection until it ends."""
        ws = web.WebSocketResponse(autoping=True, timeout=1.0)
        await ws.prepare(request)
        socket = Socket(ws, request, compressed=request.query.get("compress") == "zlib-stream")
        interval = int(self.heartbeat * 1000)
        await socket.send({"op": HELLO, "d": {"heartbeat_interval": interval}})
        session: Session | None = None
        async for message in ws:
            if message.type is not aiohttp.WSMsgType.TEXT:
                continue
            session = await self._received(socket, session, json.loads(message.data))
        if session is not None and session.socket is socket:
            session.socket = None
            self.ready.clear()
        return ws

    async def _received(
        self, socket: Socket, session: Session | None, payload: dict
    ) -> Session | None:
        op, data = payload.get("op"), payload.get("d")
        if op == HEARTBEAT:
            self.heartbeats += 1
            await socket.send({"op": ACK})
        elif op == IDENTIFY:
            return await self._identify(socket, data)
        elif op == RESUME:
            return await self._resume(socket, data)
        return session

    async def _identify(self, socket: Socket, data: dict) -> Session | None:
        self.world.identified.append(data)
        if data.get("token") != self.world.token:
            await socket.ws.close(code=4004, message=b"Authentication failed.")
            return None
        session = Session(id=f"session{next(self._serial)}", socket=socket)
        self.sessions[session.id] = session
        ready = {
            "v": 10,
            "user": self.world.me,
            "guilds": [{"id": guild, "unavailable": True} for guild in sorted(self.world.guilds)],
            "session_id": session.id,
            "resume_gateway_url": self.url,
            "shard": data.get("shard", [0, 1]),
            "application": {"id": self.world.application_id, "flags": 0},
        }
        await self._event(session, "READY", ready)
        for guild in sorted(self.world.guilds):
            await self._event(session, "GUILD_CREATE", self._guild(guild))
        await self._greet()
        return session

    async def _resume(self, socket: Socket, data: dict) -> Session | None:
        self.world.resumed.append(data)
        session = self.sessions.get(data.get("session_id"))
        if session is None or data.get("token") != self.world.token:
            await socket.send({"op": INVALID, "d": False})
            return None
        session.socket = socket
        for event in [one for one in session.events if one["s"] > (data.get("seq") or 0)]:
            await socket.send(event)
        await self._event(session, "RESUMED", {})
        await self._greet()
        return session

    async def _greet(self) -> None:
        self.ready.set()
        async with self._greeted:
            self._greeted.notify_all()

    async def identified(self, times: int) -> None:
        """Wait until clients have identified themselves so many times in all."""
        async with self._greeted:
            await self._greeted.wait_for(lambda: len(self.sessions) >= times)

    async def dispatch(self, name: str, data: dict) -> None:
        """Send an event to every session; those without a connection get it when they resume."""
        for session in self.sessions.values():
            await self._event(session, name, data)

    async def _event(self, session: Session, name: str, data: dict) -> None:
        event = {"op": DISPATCH, "t": name, "s": len(session.events) + 1, "d": data}
        session.events.append(event)
        if session.socket is not None:
            await session.socket.send(event)

    async def drop(self, code: int | None = None) -> None:
        """End all connections: with a close code, or without a word where there is none."""
        self.ready.clear()
        for session in self.sessions.values():
            socket, session.socket = session.socket, None
            if socket is None:
                continue
            if code is None:
                socket.request.transport.abort()
            else:
                await socket.ws.close(code=code)

    async def ask_to_reconnect(self) -> None:
        """Send the opcode by which Discord moves clients to another server."""
        self.ready.clear()
        for session in self.sessions.values():
            if session.socket is not None:
                await session.socket.send({"op": RECONNECT, "d": None})

    async def invite(self, guild: str) -> None:
        """The bot is put into a server while it listens: then nothing is said of `unavailable`."""
        self.world.guilds.add(guild)
        new = {key: value for key, value in self._guild(guild).items() if key != "unavailable"}
        await self.dispatch("GUILD_CREATE", new)

    async def kick(self, guild: str) -> None:
        """The bot is removed from a server."""
        self.world.guilds.discard(guild)
        await self.dispatch("GUILD_DELETE", {"id": guild})

    def _guild(self, guild: str) -> dict:
        channels = [
            {"id": one.id, "type": one.kind, "name": one.name, "position": 0}
            for one in self.world.channels.values()
            if one.guild == guild and one.kind == 0
        ]
        everyone = {
            "id": guild,
            "name": "@everyone",
            "permissions": "0",
            "position": 0,
            "color": 0,
            "hoist": False,
            "managed": False,
            "mentionable": False,
        }
        return {
            "id": guild,
            "name": "Customs desk",
            "icon": None,
            "owner_id": "1",
            "roles": [everyone],
            "emojis": [],
            "stickers": [],
            "features": [],
            "channels": channels,
            "threads": [],
            "members": [],
            "voice_states": [],
            "presences": [],
            "stage_instances": [],
            "guild_scheduled_events": [],
            "soundboard_sounds": [],
            "member_count": 3,
            "large": False,
            "unavailable": False,
            "preferred_locale": "en-US",
            "mfa_level": 0,
            "nsfw_level": 0,
            "premium_tier": 0,
            "system_channel_flags": 0,
            "verification_level": 0,
            "default_message_notifications": 0,
            "explicit_content_filter": 0,
            "afk_timeout": 300,
        }
