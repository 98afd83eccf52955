"""Parsing in children that can be killed."""

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import psutil
import pytest

from bot.domain.feed import FeedSpec
from bot.errors import ParseError
from bot.feeds.child import read_limited
from bot.feeds.documents import DocumentLimits, Job
from bot.feeds.parser import ParseLimits, PooledParser

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)
SPEC = FeedSpec(key="s", name="Border Ledger", url="https://example.com/feed")
LIMITS = ParseLimits(quick_workers=1, quick_seconds=0.3, slow_seconds=0.6)
ENDLESS = b'<rss><channel><item a="' + b"x<y " * 400_000


class FixedClock:
    """Stands still."""

    def now(self) -> datetime:
        return NOW


def rss(*dates: str) -> bytes:
    items = "".join(
        f"<item><title>N {number}</title><pubDate>{date}</pubDate></item>"
        for number, date in enumerate(dates)
    )
    return f"<rss><channel>{items}</channel></rss>".encode()


@pytest.fixture
async def parser() -> AsyncIterator[PooledParser]:
    opened = PooledParser(LIMITS, FixedClock())
    yield opened
    await opened.close()


async def titles(parser: PooledParser, body: bytes) -> list[str]:
    parsed = await parser.parse(body, spec=SPEC, content_type="", url=SPEC.url, seen=frozenset())
    return [entry.title for entry in parsed.entries]


async def test_a_child_that_grinds_is_killed_and_replaced(parser: PooledParser) -> None:
    """The hostile body ends in an error in time; small and large bodies are read after it."""
    with pytest.raises(ParseError, match="too long"):
        await titles(parser, ENDLESS)
    assert await titles(parser, rss("x")) == ["N 0"]
    assert await titles(parser, rss("x") + b" " * 300_000) == ["N 0"]


async def test_a_small_body_that_takes_long_gets_a_second_chance() -> None:
    """On a busy machine the quick lane may give up; the slow one decides."""
    hasty = PooledParser(replace(LIMITS, quick_seconds=0.0001, slow_seconds=5), FixedClock())
    try:
        body = rss(*["x"] * 1_000)
        assert len(await titles(hasty, body)) == 1_000
    finally:
        await hasty.close()


async def test_a_body_of_many_entries_has_more_time(parser: PooledParser) -> None:
    """Ten thousand entries take their time, which is no hostility."""
    assert len(await titles(parser, rss(*["x"] * 10_000))) == 10_000


async def test_memory_is_limited() -> None:
    """A body that needs more than a child may have ends in an error, and the next one is read."""
    tight = PooledParser(replace(LIMITS, memory_bytes=50_000_000, slow_seconds=5), FixedClock())
    try:
        with pytest.raises(ParseError):
            await titles(tight, b'{"items":[' + b"{}," * 1_500_000 + b'{}],"title":1}')
        assert await titles(tight, rss("x") + b" " * 300_000) == ["N 0"]
    finally:
        await tight.close()


async def test_a_child_that_dies_is_replaced(parser: PooledParser) -> None:
    """When idle children are killed from outside, the next documents are read all the same."""
    await titles(parser, rss("x"))
    for child in psutil.Process().children():
        if "spawn_main" in " ".join(child.cmdline()):
            child.kill()
    read = await asyncio.gather(*(titles(parser, rss("x")) for _ in range(4)))
    assert read == [["N 0"]] * 4


async def test_hostile_bodies_do_not_wear_a_child_out(parser: PooledParser) -> None:
    """One body after the other runs into its limit, and an honest one is read between them."""
    greedy = b"<rss><channel><item><title>x</title>" + b"<b><i></b></i>" * 120_000
    for _ in range(3):
        with pytest.raises(ParseError):
            await titles(parser, greedy)
        assert await titles(parser, rss("x") + b" " * 300_000) == ["N 0"]


async def test_dates_in_the_future_are_left_out(parser: PooledParser) -> None:
    """Two days ahead is beyond any clock that is a little wrong."""
    ahead = [
        (NOW + timedelta(hours=hours)).strftime("%a, %d %b %Y %H:%M:%S GMT") for hours in (5, 60)
    ]
    parsed = await parser.parse(
        rss(*ahead), spec=SPEC, content_type="", url=SPEC.url, seen=frozenset()
    )
    assert [entry.published for entry in parsed.entries] == [NOW + timedelta(hours=5), None]


async def test_limits_reach_the_child() -> None:
    """The document's limits hold in the child too, and its sentences come back."""
    small = PooledParser(replace(LIMITS, document=DocumentLimits(entries=2)), FixedClock())
    try:
        assert len(await titles(small, rss("x", "x", "x"))) == 2
        with pytest.raises(ParseError, match="web page"):
            await titles(small, b"<html></html>")
    finally:
        await small.close()


async def test_closing_ends_every_child() -> None:
    """Nothing is left behind, and closing twice, or unused, is fine."""
    before = len(psutil.Process().children(recursive=True))
    parser = PooledParser(LIMITS, FixedClock())
    await parser.close()
    await asyncio.gather(*(titles(parser, rss("x")) for _ in range(5)))
    await parser.close()
    await parser.close()
    assert len(psutil.Process().children(recursive=True)) <= before + 1  # the resource tracker


def test_a_document_is_read_the_same_without_a_child() -> None:
    """What the child runs is a plain function; where nothing is limited, it only reads."""
    job = Job(body=rss("x"), spec=SPEC, content_type="", url=SPEC.url, seen=frozenset())
    assert read_limited(job, DocumentLimits(), 1_000).total == 1
