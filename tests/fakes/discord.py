"""A faithful Discord on 127.0.0.1: REST version 10, a gateway, and signed interactions.

In a test::

    async with FakeDiscord() as discord:
        notifier = ...(api_url=discord.api_url, token=discord.token)
        discord.fail(dropped())                       # the next message is taken, no answer comes
        ...
        assert len(discord.messages) == 1

`discord.world` holds everything (channels, messages, threads, commands, requests); failures come
from `discord_world`: `rate_limited`, `refused`, `broken`, `dropped`, `hanging`. Interactions:
`await (await discord.command("subscribe", topics="autos")).answered()`, `press`, `type_in`; with a
gateway client connected they go through it, and `signed(raw)` gives body and headers for the HTTP
way.

In another process: ``python -m tests.fakes.discord [--port N]`` prints one JSON line with its
addresses and runs until it gets SIGTERM or SIGINT. Then ``/_control/state`` (GET), ``/_control/fail``, ``/_control/channel``, ``/_control/command`` (POST, JSON) do the same.
"""

import argparse
import asyncio
import json
import signal
from collections.abc import Callable
from typing import Self

from aiohttp import web

from tests.fakes.discord_gateway import Gateway
from tests.fakes.discord_rest import Rest
from tests.fakes.discord_world import DM, PUBLIC_THREAD, Failure, Interaction, World

TOKEN = "NzAx.sample.discord-token"
MANAGE_GUILD = 1 << 5
ADMINISTRATOR = 1 << 3


class FakeDiscord:
    """The running fake. `limit` messages are taken in `window` seconds for each channel."""

    def __init__(
        self,
        *,
        token: str = TOKEN,
        port: int = 0,
        now: Callable[[], float] | None = None,
        limit: int = 5,
        window: float = 1.0,
    ) -> None:
        self.token = token
        self._port = port
        extra = {} if now is None else {"now": now}
        self.world = World(token=token, limit=limit, window=window, **extra)
        self._runner: web.AppRunner | None = None

    async def __aenter__(self) -> Self:
        await self.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    async def start(self) -> None:
        """Listen on 127.0.0.1."""
        app = web.Application()
        self._runner = web.AppRunner(app, shutdown_timeout=0.1, handle_signals=False)
        self.rest = Rest(self.world, "")
        app.middlewares.append(self.rest.middleware)
        app.router.add_routes(self.rest.routes())
        app.router.add_get("/gateway/", self._serve_gateway)
        app.router.add_get("/gateway", self._serve_gateway)
        app.router.add_get("/_control/state", self._state)
        for name, handler in (
            ("fail", self._control_fail),
            ("channel", self._control_channel),
            ("command", self._control_command),
        ):
            app.router.add_post(f"/_control/{name}", handler)
        await self._runner.setup()
        site = web.TCPSite(self._runner, "127.0.0.1", self._port)
        await site.start()
        self._port = self._runner.addresses[0][1]
        self.gateway = Gateway(self.world, self.gateway_url)
        self.rest.gateway_url = self.gateway_url

    async def stop(self) -> None:
        """Close everything."""
        await self.gateway.drop(1001)
        await self._runner.cleanup()

    @property
    def api_url(self) -> str:
        """For DISCORD_API_URL."""
        return f"http://127.0.0.1:{self._port}/api/v10"

    @property
    def gateway_url(self) -> str:
        """For DISCORD_GATEWAY_URL."""
        return f"ws://127.0.0.1:{self._port}/gateway/"

    @property
    def messages(self) -> list[dict]:
        """Every message the bot sent, oldest first."""
        return self.world.all_messages()

    def fail(self, *failures: Failure) -> None:
        """Let the next matching requests fail, in this order."""
        self.world.failures.extend(failures)

    async def command(self, verb: str, *, where: str = "111", **options: object) -> Interaction:
        """Somebody types ``/usmca verb``; options are those of the sub-command."""
        who = {name: options.pop(name) for name in ("permissions", "locale") if name in options}
        group = options.pop("group_of", None)
        sub = {"name": verb, "type": 1, "options": [_option(k, v) for k, v in options.items()]}
        if group is not None:
            sub = {"name": group, "type": 2, "options": [sub]}
        data = {"id": "1", "name": "usmca", "type": 1, "options": [sub]}
        return await self.send(self.raw(2, data, where=where, **who))

    async def type_in(
        self, verb: str, option: str, value: str, *, where: str = "111", locale: str = "en-US"
    ) -> Interaction:
        """Somebody types into an option with autocomplete."""
        sub = {"name": verb, "type": 1, "options": [{**_option(option, value), "focused": True}]}
        data = {"id": "1", "name": "usmca", "type": 1, "options": [sub]}
        return await self.send(self.raw(4, data, where=where, locale=locale))

    async def press(
        self, custom_id: str, *, where: str = "111", on: dict | None = None
    ) -> Interaction:
        """Somebody presses a button; `on` is the message it stands on (see `shown`)."""
        data = {"custom_id": custom_id, "component_type": 2}
        return await self.send(_on(self.raw(3, data, where=where), on))

    async def choose(
        self, custom_id: str, *values: str, on: dict, where: str = "111"
    ) -> Interaction:
        """Somebody chooses in a menu of a message."""
        data = {"custom_id": custom_id, "component_type": 3, "values": list(values)}
        return await self.send(_on(self.raw(3, data, where=where), on))

    async def submit(
        self, custom_id: str, fields: dict, *, where: str = "111", on: dict | None = None
    ) -> Interaction:
        """Somebody sends a window; lists are choices in menus, texts are written."""
        parts = []
        for place, (name, value) in enumerate(fields.items()):
            said = {"values": value} if isinstance(value, list) else {"value": value}
            part = {"type": 3 if isinstance(value, list) else 4, "custom_id": name, **said}
            label = {"type": 18, "id": 2 * place + 1}
            parts.append({**label, "component": {**part, "id": 2 * place + 2}})
        data = {"custom_id": custom_id, "components": parts}
        return await self.send(_on(self.raw(5, data, where=where), on))

    def shown(self, body: dict, *, where: str = "111", flags: int = 64) -> dict:
        """A message as the next press on it brings it back; 64: only one person sees it."""
        return {
            "id": self.world.new_id(),
            "channel_id": where,
            "type": 20,
            "content": body.get("content") or "",
            "embeds": [{"type": "rich", **one} for one in body.get("embeds") or []],
            "components": body.get("components") or [],
            "author": self.world.me,
            "timestamp": "2026-11-22T12:00:00.000000+00:00",
            "edited_timestamp": None,
            "tts": False,
            "mention_everyone": False,
            "mentions": [],
            "mention_roles": [],
            "attachments": [],
            "pinned": False,
            "flags": flags,
        }

    async def send(self, raw: dict) -> Interaction:
        """Send an interaction through the gateway."""
        interaction = self.expect(raw)
        await self.gateway.dispatch("INTERACTION_CREATE", raw)
        return interaction

    def expect(self, raw: dict) -> Interaction:
        """Remember an interaction, so that its token is known."""
        interaction = Interaction(raw=raw)
        self.world.interactions[raw["token"]] = interaction
        return interaction

    def raw(
        self,
        kind: int,
        data: dict | None,
        *,
        where: str = "111",
        permissions: int = MANAGE_GUILD,
        locale: str = "en-US",
        user: str = "42",
    ) -> dict:
        """An interaction as Discord sends it."""
        person = {"id": user, "username": "ana", "discriminator": "0", "avatar": None}
        channel = self.world.channels.get(where)
        number = self.world.new_id()
        made = {
            "id": number,
            "application_id": self.world.application_id,
            "type": kind,
            "token": f"token-{number}",
            "version": 1,
            "locale": locale,
            "attachment_size_limit": 10_485_760,
            "entitlements": [],
            "authorizing_integration_owners": {},
            "app_permissions": "0",
        }
        if data is not None:
            made["data"] = data
        if channel is not None:
            made["channel_id"] = channel.id
            made["channel"] = {"id": channel.id, "type": channel.kind, "name": channel.name}
        if channel is not None and channel.kind == PUBLIC_THREAD:
            made["channel"] |= {
                "parent_id": channel.parent,
                "owner_id": "1",
                "message_count": 0,
                "member_count": 1,
                "rate_limit_per_user": 0,
                "thread_metadata": {
                    "archived": False,
                    "auto_archive_duration": 1440,
                    "archive_timestamp": "2026-01-01T00:00:00+00:00",
                    "locked": False,
                },
            }
        if channel is not None and channel.kind == DM:
            made["channel"] = {"id": channel.id, "type": DM, "recipients": [person]}
            return {**made, "user": person, "context": 1}
        member = {
            "user": person,
            "roles": [],
            "joined_at": "2026-01-01T00:00:00+00:00",
            "permissions": str(permissions),
            "flags": 0,
            "deaf": False,
            "mute": False,
        }
        return {**made, "guild_id": "900", "member": member, "context": 0}

    def signed(self, raw: dict, *, timestamp: str = "1790000000") -> tuple[bytes, dict[str, str]]:
        """The body and headers of an interaction sent by HTTP."""
        body = json.dumps(raw).encode()
        signature = self.world.key.sign(timestamp.encode() + body).hex()
        return body, {"X-Signature-Ed25519": signature, "X-Signature-Timestamp": timestamp}

    async def _serve_gateway(self, request: web.Request) -> web.WebSocketResponse:
        return await self.gateway.handle(request)

    async def _state(self, _: web.Request) -> web.Response:
        return web.json_response(self.world.summary())

    async def _control_fail(self, request: web.Request) -> web.Response:
        self.fail(Failure(**await request.json()))
        return web.json_response({})

    async def _control_channel(self, request: web.Request) -> web.Response:
        what = await request.json()
        self.world.add_channel(what.pop("id"), **what)
        return web.json_response({})

    async def _control_command(self, request: web.Request) -> web.Response:
        what = await request.json()
        interaction = await self.command(what.pop("verb"), **what)
        return web.json_response(await interaction.answered(10.0))


def _on(raw: dict, message: dict | None) -> dict:
    return raw if message is None else {**raw, "message": message}


def _option(name: str, value: object) -> dict:
    if isinstance(value, bool):
        return {"name": name, "type": 5, "value": value}
    return {"name": name, "type": 4 if isinstance(value, int) else 3, "value": value}


async def _serve(port: int, token: str) -> None:
    async with FakeDiscord(port=port, token=token) as fake:
        line = {"api_url": fake.api_url, "gateway_url": fake.gateway_url, "token": token}
        line["public_key"] = fake.world.public_key
        print(json.dumps(line), flush=True)  # noqa: T201  # the caller reads the addresses here
        done = asyncio.Event()
        loop = asyncio.get_running_loop()
        for name in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(name, done.set)
        await done.wait()


def main() -> None:
    """Run the fake by itself."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--port", type=int, default=0)
    parser.add_argument("--token", default=TOKEN)
    chosen = parser.parse_args()
    asyncio.run(_serve(chosen.port, chosen.token))


if __name__ == "__main__":
    main()
