"""Servers that accept and say nothing, or drip, over real HTTP: they keep no feed waiting whose server answers."""

import asyncio

import pytest

from bot.domain.polling import Fetched, Outcome
from bot.feeds.fetcher import FetchLimits
from bot.feeds.gate import GateConfig
from bot.pipeline.slots import Slots
from tests.fakes.feed_server import (
    Answer,
    FeedServer,
    drip,
    head,
    respond,
    rss,
    silence,
)
from tests.fakes.polling import a_feed, fetching

LIMITS = FetchLimits(total_seconds=4)
SLOTS = 4
SILENT = 3 * SLOTS


@pytest.mark.parametrize(
    "answer",
    [
        pytest.param(silence(), id="silent"),
        pytest.param(drip(head(200, {}) + rss(3)[:200], b" ", 0.2), id="dripping"),
    ],
)
async def test_servers_that_keep_waiting_keep_no_other_feed_waiting(answer: Answer) -> None:
    """Three times as many as may be polled at a time; one that answers is read meanwhile."""
    slots, ended = Slots(SLOTS), list[str]()

    async def one(url: str) -> Fetched:
        async with slots.one() as slot:
            fetched = await fetcher.fetch(a_feed(url), slot)
        ended.append(url)
        return fetched

    async with (
        FeedServer() as good,
        FeedServer() as bad,
        fetching(good, bad, limits=LIMITS, gate=GateConfig(per_host=SILENT)) as fetcher,
    ):
        slow = [bad.add(f"/{number}", answer) for number in range(SILENT)]
        answers = good.add("/feed", respond(rss(3)))
        found = await asyncio.gather(*(one(url) for url in [*slow, answers]))
    assert [fetched.outcome for fetched in found] == [Outcome.ERROR] * SILENT + [Outcome.ENTRIES]
    assert ended[0] == answers
    assert slots.free == SLOTS


async def test_a_queue_at_one_host_keeps_no_other_host_waiting() -> None:
    """Feeds of one host take turns there; a feed of another host is polled meanwhile."""
    slots, ended = Slots(SLOTS), list[str]()

    async def one(url: str) -> None:
        async with slots.one() as slot:
            await fetcher.fetch(a_feed(url), slot)
        ended.append(url)

    async with (
        FeedServer() as good,
        FeedServer() as busy,
        fetching(good, busy, limits=LIMITS, gate=GateConfig(per_host=1)) as fetcher,
    ):
        first = busy.add("/first", silence())
        queue = [busy.add(f"/{number}", respond(rss(3))) for number in range(SILENT - 1)]
        other = good.add("/feed", respond(rss(3)))
        await asyncio.gather(*(one(url) for url in [first, *queue, other]))
    assert ended[0] == other
    assert sorted(ended) == sorted([first, *queue, other])
