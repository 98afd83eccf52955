"""Interactions by HTTP, for many servers behind a balancer: checked signature, same desk.

The web room mounts `DiscordHttp.handle` at POST /discord/interactions.
"""

import asyncio
import json
from collections.abc import Mapping
from dataclasses import dataclass, field

from cryptography.exceptions import InvalidSignature
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

from bot.errors import ConfigError, InvalidInputError
from bot.platforms.discord.desk import Desk
from bot.platforms.discord.translate import Asked, Filling

_SIGNATURE = "x-signature-ed25519"
_TIMESTAMP = "x-signature-timestamp"
_JSON = {"Content-Type": "application/json"}


@dataclass(frozen=True, slots=True, kw_only=True)
class HttpAnswer:
    """What the web server sends back."""

    status: int
    headers: Mapping[str, str] = field(default_factory=lambda: dict(_JSON))
    body: bytes = b"{}"


class DiscordHttp:
    """Checks, answers at once, and works on the rest in the background."""

    def __init__(self, *, public_key: str, desk: Desk) -> None:
        """`public_key` is DISCORD_PUBLIC_KEY in hex. Raises ConfigError where it is no key."""
        try:
            self._key = Ed25519PublicKey.from_public_bytes(bytes.fromhex(public_key.strip()))
        except ValueError:
            raise ConfigError(
                "DISCORD_PUBLIC_KEY is no public key: copy the 64 letters and digits from your "
                "application's page at Discord."
            ) from None
        self._desk = desk
        self._running: set[asyncio.Task[None]] = set()

    async def handle(self, body: bytes, headers: Mapping[str, str]) -> HttpAnswer:
        """Return the answer to one request: 401 where Discord did not sign it, 400 where it is odd."""
        if not self._signed(body, headers):
            return _refusal(401, "bad signature")
        try:
            raw = json.loads(body)
            if not isinstance(raw, dict):
                return _refusal(400, "no interaction")
            first = await self._desk.first(raw)
        except (ValueError, RecursionError, InvalidInputError):
            return _refusal(400, "no interaction")
        if first.rest is not None:
            self._start(first.rest)
        return HttpAnswer(status=200, body=json.dumps(first.body).encode())

    async def close(self, *, within: float = 5.0) -> None:
        """Let running answers end, for so many seconds, then stop them."""
        if not self._running:
            return
        _, late = await asyncio.wait(self._running, timeout=within)
        for task in late:
            task.cancel()
        await asyncio.gather(*late, return_exceptions=True)

    def _start(self, call: Asked | Filling) -> None:
        task = asyncio.create_task(self._desk.follow(call), name="discord-answer")
        self._running.add(task)
        task.add_done_callback(self._running.discard)

    def _signed(self, body: bytes, headers: Mapping[str, str]) -> bool:
        found = {name.lower(): value for name, value in headers.items()}
        try:
            signature = bytes.fromhex(found[_SIGNATURE])
            signed = found[_TIMESTAMP].encode() + body
            self._key.verify(signature, signed)
        except (KeyError, ValueError, InvalidSignature):
            return False
        return True


def _refusal(status: int, reason: str) -> HttpAnswer:
    return HttpAnswer(status=status, body=json.dumps({"error": reason}).encode())
