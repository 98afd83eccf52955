"""The metrics page, and what a process says of its readiness."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta

import aiohttp
import pytest

from bot.domain.views import Counts, QueueDepth
from bot.errors import StorageError
from bot.jobs.measures import Measures
from bot.web.server import Check, WebServer
from tests.conftest import HandClock

COUNTS = Counts(
    deliveries={"sent": 3, "dead": 1},
    feeds={"active": 2},
    feeds_failing=1,
    entries=9,
    stories=4,
    alerts_waiting=2,
    matches=5,
)
DEPTH = QueueDepth(
    feeds_due=7,
    feeds_late_s=12.5,
    deliveries_due=6,
    deliveries_late_s=3,
    resting={"slack": 2},
)


@dataclass
class FixedQueries:
    """Counts that a test wrote; a database that may be away."""

    away: bool = False
    asked: list[datetime] = field(default_factory=list)

    async def ping(self) -> None:
        if self.away:
            raise StorageError("no database")

    async def counts(self) -> Counts:
        return COUNTS

    async def queue_depth(self, now: datetime) -> QueueDepth:
        self.asked.append(now)
        return DEPTH


@asynccontextmanager
async def served(queries: FixedQueries, **more: object) -> AsyncIterator[Callable[[str], object]]:
    """A server, and a way to ask it: path to (status, lines)."""
    server = WebServer(queries=queries, host="127.0.0.1", port=0, handlers={}, **more)
    await server.start()

    async def get(path: str) -> tuple[int, list[str]]:
        address = f"http://127.0.0.1:{server.port}{path}"
        async with aiohttp.ClientSession() as session, session.get(address) as answer:
            return answer.status, (await answer.text()).splitlines()

    try:
        yield get
    finally:
        await server.stop()


async def yes() -> bool:
    return True


async def no() -> bool:
    return False


async def test_the_page_shows_rows_queues_and_this_process() -> None:
    """Every row is there once; what is due is asked for at this moment."""
    measures, queries, clock = Measures(), FixedQueries(), HandClock()
    measures.polled("entries", late=timedelta(seconds=1), new=2)
    async with served(queries, clock=clock, measures=measures.registry) as get:
        status, lines = await get("/metrics")
    assert (status, queries.asked) == (200, [clock.now()])
    for line in (
        'usmca_bot_deliveries{state="sent"} 3.0',
        'usmca_bot_feeds{state="active"} 2.0',
        "usmca_bot_matches 5.0",
        "usmca_bot_feeds_due 7.0",
        "usmca_bot_feeds_overdue_seconds 12.5",
        "usmca_bot_deliveries_due 6.0",
        'usmca_bot_destinations_resting{platform="slack"} 2.0',
        'usmca_bot_polls_total{outcome="entries"} 1.0',
    ):
        assert lines.count(line) == 1, line


@pytest.mark.parametrize(
    ("queue", "slack", "away", "status", "says"),
    [
        (yes, yes, False, 200, ["ready"]),
        (yes, no, False, 200, ["ready", "slack is not connected"]),
        (no, yes, False, 503, ["the queue is not connected"]),
        (
            no,
            no,
            True,
            503,
            [
                "the database does not answer",
                "the queue is not connected",
                "slack is not connected",
            ],
        ),
    ],
)
async def test_readiness_names_what_is_missing(queue, slack, away, status, says) -> None:
    """What the process needs stops it being ready; a platform beside others is only named."""
    checks = [
        Check(name="the queue", ready=queue, needed=True),
        Check(name="slack", ready=slack, needed=False),
    ]
    async with served(FixedQueries(away=away), checks=checks) as get:
        assert await get("/readyz") == (status, says)


async def test_readiness_says_why_where_that_is_known() -> None:
    """In plain words, as whoever connects was told."""
    check = Check(name="slack", ready=no, needed=True, why=lambda: "Slack refuses SLACK_APP_TOKEN")
    async with served(FixedQueries(), checks=[check]) as get:
        says = ["slack is not connected: Slack refuses SLACK_APP_TOKEN"]
        assert await get("/readyz") == (503, says)
