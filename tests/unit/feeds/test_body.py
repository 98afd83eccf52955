"""Bytes on the wire to bytes of a feed."""

import gzip
import zlib
from collections.abc import AsyncIterator
from time import perf_counter

import brotli
import pytest

from bot.errors import FetchError
from bot.feeds.body import TooLargeError, accepted_encodings, decode_body, read_body

FEED = b"<rss>" + b"duty " * 200 + b"</rss>"


def raw_deflate(data: bytes) -> bytes:
    packer = zlib.compressobj(wbits=-15)
    return packer.compress(data) + packer.flush()


@pytest.mark.parametrize(
    ("codings", "wire"),
    [
        ("", FEED),
        ("identity", FEED),
        ("gzip", gzip.compress(FEED, mtime=0)),
        ("X-GZIP", gzip.compress(FEED, mtime=0)),
        ("gzip", gzip.compress(FEED[:50], mtime=0) + gzip.compress(FEED[50:], mtime=0)),
        ("gzip", gzip.compress(FEED, mtime=0) + b"\0\0\0\0"),
        ("deflate", zlib.compress(FEED)),
        ("deflate", raw_deflate(FEED)),
        ("br", brotli.compress(FEED)),
        ("gzip, br", brotli.compress(gzip.compress(FEED, mtime=0))),
        ("", gzip.compress(FEED, mtime=0)),
        ("gzip", FEED),
        ("br", b"\n " + FEED),
    ],
)
def test_codings_are_undone(codings: str, wire: bytes) -> None:
    """Every known coding, alone or in a row, and headers that lie about plain text."""
    assert decode_body(wire, codings, limit=5_000).strip() == FEED


@pytest.mark.parametrize(
    ("codings", "wire"),
    [
        ("gzip", gzip.compress(FEED, mtime=0)[:-9]),
        ("gzip", gzip.compress(FEED, mtime=0)[:12]),
        ("gzip", b"\x1f\x8b\x08" + b"\xff" * 50),
        ("gzip", b"\x00\x01\x02"),
        ("deflate", b"\xff\xff\xff"),
        ("br", brotli.compress(FEED)[:-5]),
        ("br", b"\xff" * 40),
        ("compress", b"\x1f\x9d\x90"),
        ("gzip, gzip, gzip", FEED),
        ("zstd", b"\x28\xb5\x2f\xfd\xff\xff\xff"),
    ],
)
def test_what_cannot_be_undone_is_an_error(codings: str, wire: bytes) -> None:
    """Damaged, cut short, unknown, or packed too often: a sentence, never a part of the body."""
    with pytest.raises(FetchError):
        decode_body(wire, codings, limit=5_000)


@pytest.mark.parametrize(
    ("codings", "wire"),
    [
        ("gzip", gzip.compress(b"\0" * 10_000_000, mtime=0)),
        ("gzip", gzip.compress(b"a" * 900, mtime=0) * 10),
        ("deflate", zlib.compress(b"\0" * 10_000_000)),
        ("br", brotli.compress(b"\0" * 10_000_000, quality=1)),
        ("", gzip.compress(b"\0" * 10_000_000, mtime=0)),
    ],
)
def test_a_bomb_is_stopped_at_the_limit(codings: str, wire: bytes) -> None:
    """The limit counts what becomes of the body, over all its members."""
    with pytest.raises(TooLargeError):
        decode_body(wire, codings, limit=5_000)


def test_zstd_is_undone_where_it_is_offered() -> None:
    """zstd works like the others: whole, in several frames, damaged, cut short, a bomb."""
    from bot.feeds.body import _zstd

    zstd = _zstd()
    assert zstd is not None
    assert accepted_encodings().endswith("zstd")
    packed = zstd.compress(FEED)
    assert decode_body(packed, "zstd", limit=5_000) == FEED
    assert (
        decode_body(zstd.compress(FEED[:9]) + zstd.compress(FEED[9:]), "zstd", limit=5_000) == FEED
    )
    for wire in (packed[:-4], packed[:6] + b"\xff" * 20, b"\x00\x01"):
        with pytest.raises(FetchError):
            decode_body(wire, "zstd", limit=5_000)
    with pytest.raises(TooLargeError):
        decode_body(zstd.compress(b"\0" * 10_000_000), "zstd", limit=5_000)


@pytest.mark.parametrize("codings", ["gzip", "zstd"])
def test_a_million_empty_pieces_take_no_time(codings: str) -> None:
    """What stands behind a piece is not copied each time: 3 MB of them took half a minute."""
    from bot.feeds.body import _zstd

    zstd = _zstd()
    assert zstd is not None
    pack = gzip.compress if codings == "gzip" else zstd.compress
    empty, whole = pack(b""), pack(FEED)
    started = perf_counter()
    with pytest.raises(FetchError, match="more pieces"):
        decode_body(empty * 200_000 + whole, codings, limit=5_000_000)
    assert decode_body(empty * 900 + whole, codings, limit=5_000_000) == FEED
    assert perf_counter() - started < 2


async def in_pieces(*pieces: bytes) -> AsyncIterator[bytes]:
    for piece in pieces:
        yield piece


async def test_a_body_is_read_up_to_the_limit() -> None:
    """The limit holds for what is announced and for what comes."""
    assert await read_body(in_pieces(b"ab", b"c"), announced=None, limit=3) == b"abc"
    with pytest.raises(TooLargeError, match="larger"):
        await read_body(in_pieces(b"ab", b"cd"), announced=2, limit=3)
    with pytest.raises(TooLargeError):
        await read_body(in_pieces(), announced=4, limit=3)
