"""The functions every engine runs. Running one twice, or losing one, does no harm."""

from collections.abc import Sequence
from time import perf_counter

import structlog

from bot.domain.destination import PlatformName
from bot.domain.feed import Feed
from bot.jobs.measures import Measures
from bot.pipeline.deliver import Deliver
from bot.pipeline.fanout import Fanout
from bot.pipeline.hours import Hours
from bot.pipeline.ingest import Ingest
from bot.pipeline.slots import Slots
from bot.pipeline.upkeep import Upkeep
from bot.ports import Clock

log = structlog.get_logger()


class Tasks:
    """The work of the bot, cut into pieces that an engine repeats."""

    def __init__(
        self,
        *,
        ingest: Ingest,
        fanout: Fanout,
        deliver: Deliver,
        upkeep: Upkeep,
        hours: Hours | None = None,
        clock: Clock | None = None,
        measures: Measures | None = None,
    ) -> None:
        """With a clock and `measures`, polls are counted."""
        self._clock = clock
        self._measures = measures
        self._ingest = ingest
        self._fanout = fanout
        self._deliver = deliver
        self._upkeep = upkeep
        self._hours = hours

    @property
    def platforms(self) -> Sequence[PlatformName]:
        """The platforms that are sent to; each has a sender of its own."""
        return self._deliver.platforms

    async def due_feeds(self, limit: int) -> Sequence[Feed]:
        """Lease feeds that are due."""
        return await self._ingest.claim(limit=limit)

    async def poll(self, feed: Feed, slots: Slots) -> bool:
        """Poll one leased feed; returns whether it brought something to tell.

        `slots` limit how many are at work at a time.
        """
        late = None if self._clock is None else self._clock.now() - feed.next_poll_at
        begun = perf_counter()
        report = await self._ingest.poll(feed, slots)
        if self._measures is not None and late is not None:
            self._measures.polled(str(report.outcome), late=late, new=len(report.new))
        event = log.info if report.error is None else log.warning
        event(
            "feed_polled",
            feed=feed.spec.key,
            outcome=str(report.outcome),
            status=report.status,
            new=len(report.new),
            skipped=report.skipped,
            error=report.error,
            took_ms=round((perf_counter() - begun) * 1_000),
        )
        return bool(report.new)

    async def fan_out(self) -> None:
        """Turn what waits into deliveries."""
        await self._fanout.run()

    async def keep_hours(self) -> None:
        """Write what is told at an hour: digests, reminders, what quiet hours held, ended pauses."""
        if self._hours is not None:
            await self._hours.run()

    async def deliver_due(self, platform: PlatformName) -> int:
        """Send one batch on a platform; returns how many deliveries it touched."""
        return await self._deliver.run((platform,))

    async def upkeep(self) -> None:
        """Do what is done now and then."""
        await self._upkeep.run()
