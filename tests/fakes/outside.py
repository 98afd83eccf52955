"""Local servers shaped like what Apprise and webhooks reach: HTTP, HTTPS, Matrix, and mail."""

import asyncio
import datetime as dt
import email
import email.policy
import json
import ssl
from email.message import EmailMessage
from ipaddress import ip_address
from pathlib import Path
from typing import Self

from aiohttp import web
from aiosmtpd.smtp import SMTP
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.x509.oid import NameOID


class OutsideWeb:
    """Takes what is posted. `statuses` are answered first, then 200; `taken` holds the rest."""

    def __init__(self, folder: Path, *, tls: bool = False) -> None:
        self.statuses: list[int] = []
        self.headers: dict[str, str] = {}
        self.tried: list[tuple[str, dict[str, str], bytes]] = []
        """Path, headers and body of every request, refused ones too."""
        self.taken: list[tuple[str, dict]] = []
        """Path and JSON body of what was taken."""
        self._folder = folder
        self._tls = tls
        self._runner: web.AppRunner | None = None

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self._runner.addresses[0][1]}"

    async def __aenter__(self) -> Self:
        app = web.Application()
        app.router.add_route("*", "/{path:.*}", self._answer)
        self._runner = web.AppRunner(app, access_log=None)
        await self._runner.setup()
        context = _self_signed(self._folder) if self._tls else None
        await web.TCPSite(self._runner, "127.0.0.1", 0, ssl_context=context).start()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._runner.cleanup()

    async def _answer(self, request: web.Request) -> web.Response:
        body = await request.read()
        self.tried.append((request.path, dict(request.headers), body))
        if request.path.startswith("/_matrix/"):
            return self._matrix(request, body)
        status = self.statuses.pop(0) if self.statuses else 200
        if status == 200:
            self.taken.append((request.path, json.loads(body)))
        return web.Response(status=status, headers=self.headers)

    def _matrix(self, request: web.Request, body: bytes) -> web.Response:
        """The few calls of a Matrix home server that a message needs."""
        if "/send/" in request.path:
            status = self.statuses.pop(0) if self.statuses else 200
            if status != 200:
                return web.json_response({"errcode": "M_UNKNOWN", "error": "no"}, status=status)
            self.taken.append((request.path, json.loads(body)))
            return web.json_response({"event_id": "$1"})
        if "/state/" in request.path:
            return web.json_response({"errcode": "M_NOT_FOUND"}, status=404)
        return web.json_response(
            {
                "user_id": "@bot:127.0.0.1",
                "access_token": "matrix-token",
                "device_id": "D1",
                "home_server": "127.0.0.1",
                "room_id": "!desk:127.0.0.1",
                "versions": ["v1.11"],
            }
        )


class MailServer:
    """An SMTP server; `refuse` counts how many mails it turns away first."""

    def __init__(self) -> None:
        self.mails: list[EmailMessage] = []
        self.refuse = 0
        self._server: asyncio.Server | None = None

    @property
    def host(self) -> str:
        return f"127.0.0.1:{self._server.sockets[0].getsockname()[1]}"

    async def handle_DATA(self, _server: object, _session: object, envelope: object) -> str:  # noqa: N802
        if self.refuse:
            self.refuse -= 1
            return "451 Try again later"
        message = email.message_from_bytes(envelope.content, policy=email.policy.default)
        self.mails.append(message)
        return "250 OK"

    async def __aenter__(self) -> Self:
        loop = asyncio.get_running_loop()
        self._server = await loop.create_server(lambda: SMTP(self, loop=loop), "127.0.0.1", 0)
        return self

    async def __aexit__(self, *_: object) -> None:
        self._server.close()
        await self._server.wait_closed()


def _self_signed(folder: Path) -> ssl.SSLContext:
    key = ec.generate_private_key(ec.SECP256R1())
    name = x509.Name([x509.NameAttribute(NameOID.COMMON_NAME, "127.0.0.1")])
    now = dt.datetime.now(dt.UTC)
    alternatives = x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))])
    certificate = (
        x509.CertificateBuilder()
        .subject_name(name)
        .issuer_name(name)
        .public_key(key.public_key())
        .serial_number(x509.random_serial_number())
        .not_valid_before(now - dt.timedelta(days=1))
        .not_valid_after(now + dt.timedelta(days=1))
        .add_extension(alternatives, critical=False)
        .sign(key, hashes.SHA256())
    )
    file = folder / "outside.pem"
    file.write_bytes(
        key.private_bytes(
            serialization.Encoding.PEM,
            serialization.PrivateFormat.PKCS8,
            serialization.NoEncryption(),
        )
        + certificate.public_bytes(serialization.Encoding.PEM)
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(file)
    return context
