"""The bytes of an answer: read within a limit, and decoded within the same limit.

aiohttp would decode by what the answer's header says and without a limit that counts both sides,
so the session leaves bodies alone and this is where gzip, brotli and zstd end.
"""

import zlib
from collections.abc import AsyncIterable
from functools import cache
from importlib import import_module
from types import ModuleType

from bot.errors import FetchError

_GZIP_MAGIC = b"\x1f\x8b"
_ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
_MOST_CODINGS = 2
_TEXT_STARTS = (b"<", b"{", b"\xef\xbb\xbf")


class TooLargeError(FetchError):
    """The body is over the limit, as it came or as it became."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"The answer is larger than {limit / 1_000_000:g} MB.")


def accepted_encodings() -> str:
    """Return the Accept-Encoding header: what can be decoded here."""
    return "gzip, br" if _zstd() is None else "gzip, br, zstd"


@cache
def _zstd() -> ModuleType | None:
    """Return the zstd module: part of Python from 3.14 on, a backport before; None without it."""
    for name in ("compression.zstd", "backports.zstd"):
        try:
            return import_module(name)
        except ImportError:
            continue
    return None


async def read_body(chunks: AsyncIterable[bytes], *, announced: int | None, limit: int) -> bytes:
    """Return the bytes on the wire. Raises TooLargeError as soon as the limit is known to break."""
    if announced is not None and announced > limit:
        raise TooLargeError(limit)
    parts: list[bytes] = []
    size = 0
    async for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise TooLargeError(limit)
        parts.append(chunk)
    return b"".join(parts)


def decode_body(wire: bytes, codings: str, *, limit: int) -> bytes:
    """Undo the codings a Content-Encoding header names, the last one first.

    A header that lies about plain text is forgiven, and so is a gzip file served as such. Raises
    FetchError for a damaged or unknown coding, TooLargeError for a bomb.
    """
    names = [name for part in codings.split(",") if (name := part.strip().lower())]
    names = [name for name in names if name not in {"identity", "utf-8", "none"}]
    if len(names) > _MOST_CODINGS:
        raise FetchError("The answer is packed more often than any honest one.")
    body = wire
    for name in reversed(names):
        body = _undo(body, name, limit)
    if body.startswith(_GZIP_MAGIC):
        body = _gunzip(body, limit)
    return body


def _undo(body: bytes, name: str, limit: int) -> bytes:
    if body.lstrip()[:3].startswith(_TEXT_STARTS):
        return body
    if name in {"gzip", "x-gzip"}:
        return _gunzip(body, limit)
    if name == "deflate":
        return _inflate(body, limit)
    if name == "br":
        return _unbrotli(body, limit)
    if name == "zstd":
        return _unzstd(body, limit)
    raise FetchError(f"The answer is packed in a way this bot does not know ({name[:40]}).")


def _gunzip(body: bytes, limit: int) -> bytes:
    """Unpack every gzip member; anything else behind the last one is no part of the file."""
    out: list[bytes] = []
    rest, room = body, limit
    while rest.startswith(_GZIP_MAGIC):
        part, rest = _zlib(rest, zlib.MAX_WBITS | 16, room)
        room -= len(part)
        out.append(part)
    if not out:
        raise FetchError("The answer says it is gzip, but it is not.")
    return b"".join(out)


def _inflate(body: bytes, limit: int) -> bytes:
    """Unpack deflate, which is sent both with and without the wrapper the standard asks for."""
    wrapped = len(body) > 1 and body[0] & 0x0F == 8 and int.from_bytes(body[:2], "big") % 31 == 0
    return _zlib(body, zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS, limit)[0]


def _zlib(body: bytes, bits: int, room: int) -> tuple[bytes, bytes]:
    """Return what one stream holds, and the bytes behind it."""
    unpacker = zlib.decompressobj(bits)
    try:
        out = unpacker.decompress(body, room + 1)
    except zlib.error as error:
        raise FetchError("The packed answer is damaged.") from error
    if len(out) > room:
        raise TooLargeError(room)
    if not unpacker.eof:
        raise FetchError("The packed answer breaks off.")
    return out, unpacker.unused_data


def _unbrotli(body: bytes, limit: int) -> bytes:
    import brotli  # type: ignore[import-untyped]  # it ships no types

    unpacker = brotli.Decompressor()
    out: list[bytes] = []
    size = 0
    rest = body
    try:
        while not unpacker.is_finished():
            part = unpacker.process(rest, output_buffer_limit=limit + 1 - size)
            rest = b""
            size += len(part)
            out.append(part)
            if size > limit:
                raise TooLargeError(limit)
            if not part and unpacker.can_accept_more_data():
                raise FetchError("The packed answer breaks off.")
    except brotli.error as error:
        raise FetchError("The packed answer is damaged.") from error
    return b"".join(out)


def _unzstd(body: bytes, limit: int) -> bytes:
    zstd = _zstd()
    if zstd is None:
        raise FetchError("The answer is packed with zstd, which was not asked for.")
    out: list[bytes] = []
    rest, room = body, limit
    while rest.startswith(_ZSTD_MAGIC):
        unpacker = zstd.ZstdDecompressor()
        try:
            part = unpacker.decompress(rest, room + 1)
        except zstd.ZstdError as error:
            raise FetchError("The packed answer is damaged.") from error
        if len(part) > room:
            raise TooLargeError(limit)
        if not unpacker.eof:
            raise FetchError("The packed answer breaks off.")
        room -= len(part)
        rest = unpacker.unused_data
        out.append(part)
    if not out:
        raise FetchError("The answer says it is zstd, but it is not.")
    return b"".join(out)
