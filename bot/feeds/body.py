"""The bytes of an answer: read within a limit, and decoded within the same limit.

aiohttp would decode by what the answer's header says and without a limit that counts both sides,
so the session leaves bodies alone and this is where gzip, brotli and zstd end.
"""

import zlib
from collections.abc import AsyncIterable, Awaitable, Callable
from functools import cache
from importlib import import_module
from types import ModuleType
from typing import Protocol

from bot.errors import FetchError

_GZIP_MAGIC = b"\x1f\x8b"
_ZSTD_MAGIC = b"\x28\xb5\x2f\xfd"
_MOST_CODINGS = 2
_MOST_STREAMS = 1_000
"""Streams one behind the other. Each takes its time even where it holds nothing."""
_PIECE = 65_536
_LITTLE = 65_536
"""Bytes that many waiting polls may hold at once."""
_TEXT_STARTS = (b"<", b"{", b"\xef\xbb\xbf")


class _Unpacker(Protocol):
    """What zlib and zstd have in common."""

    @property
    def eof(self) -> bool: ...
    @property
    def unused_data(self) -> bytes: ...
    def decompress(self, data: memoryview, max_length: int, /) -> bytes: ...


class TooLargeError(FetchError):
    """The body is over the limit, as it came or as it became."""

    def __init__(self, limit: int) -> None:
        super().__init__(f"The answer is larger than {limit / 1_000_000:g} MB.")


class _FullError(Exception):
    """There is more in the body than there is room for."""


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


async def read_body(
    chunks: AsyncIterable[bytes],
    *,
    announced: int | None,
    limit: int,
    grown: Callable[[], Awaitable[None]] | None = None,
) -> bytes:
    """Return the bytes on the wire. Raises TooLargeError as soon as the limit is known to break.

    `grown` is waited for once the body has more than a little, before more of it is taken in.
    """
    if announced is not None and announced > limit:
        raise TooLargeError(limit)
    parts: list[bytes] = []
    size = 0
    async for chunk in chunks:
        size += len(chunk)
        if size > limit:
            raise TooLargeError(limit)
        parts.append(chunk)
        if grown is not None and size > _LITTLE:
            await grown()
            grown = None
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
    try:
        for name in reversed(names):
            body = _undo(body, name, limit)
        return _gunzip(body, limit) if body.startswith(_GZIP_MAGIC) else body
    except _FullError:
        raise TooLargeError(limit) from None


def _undo(body: bytes, name: str, limit: int) -> bytes:
    if body.lstrip()[:3].startswith(_TEXT_STARTS):
        return body
    if name in {"gzip", "x-gzip"}:
        if not body.startswith(_GZIP_MAGIC):
            raise FetchError("The answer says it is gzip, but it is not.")
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
    return _joined(body, _GZIP_MAGIC, limit, lambda: zlib.decompressobj(zlib.MAX_WBITS | 16))


def _inflate(body: bytes, limit: int) -> bytes:
    """Unpack deflate, which is sent both with and without the wrapper the standard asks for."""
    wrapped = len(body) > 1 and body[0] & 0x0F == 8 and int.from_bytes(body[:2], "big") % 31 == 0
    unpacker = zlib.decompressobj(zlib.MAX_WBITS if wrapped else -zlib.MAX_WBITS)
    return _stream(memoryview(body), 0, unpacker, limit)[0]


def _joined(body: bytes, magic: bytes, limit: int, start: Callable[[], _Unpacker]) -> bytes:
    """Unpack streams that stand one behind the other. `body` begins with one."""
    out: list[bytes] = []
    view, begin, room = memoryview(body), 0, limit
    while body.startswith(magic, begin):
        if len(out) == _MOST_STREAMS:
            raise FetchError("The answer is packed in more pieces than any honest one.")
        part, begin = _stream(view, begin, start(), room)
        room -= len(part)
        out.append(part)
    return b"".join(out)


def _stream(body: memoryview, begin: int, unpacker: _Unpacker, room: int) -> tuple[bytes, int]:
    """Return what the stream holds that begins at `begin`, and where it ends.

    It is handed over in pieces, because what stands behind a stream is copied each time it ends.
    """
    out: list[bytes] = []
    size = 0
    while not unpacker.eof and begin < len(body):
        piece = body[begin : begin + _PIECE]
        try:
            part = unpacker.decompress(piece, room + 1 - size)
        except _damages() as error:
            raise FetchError("The packed answer is damaged.") from error
        size += len(part)
        if size > room:
            raise _FullError
        out.append(part)
        begin += len(piece) - len(unpacker.unused_data)
    if not unpacker.eof:
        raise FetchError("The packed answer breaks off.")
    return b"".join(out), begin


def _damages() -> tuple[type[Exception], ...]:
    zstd = _zstd()
    return (zlib.error,) if zstd is None else (zlib.error, zstd.ZstdError)


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
                raise _FullError
            if not part and unpacker.can_accept_more_data():
                raise FetchError("The packed answer breaks off.")
    except brotli.error as error:
        raise FetchError("The packed answer is damaged.") from error
    return b"".join(out)


def _unzstd(body: bytes, limit: int) -> bytes:
    zstd = _zstd()
    if zstd is None:
        raise FetchError("The answer is packed with zstd, which was not asked for.")
    if not body.startswith(_ZSTD_MAGIC):
        raise FetchError("The answer says it is zstd, but it is not.")
    return _joined(body, _ZSTD_MAGIC, limit, zstd.ZstdDecompressor)
