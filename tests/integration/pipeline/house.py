"""A whole pipeline on a real store, with hand-made outsides."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from typing import Protocol

from bot.alerts.retry import RetryPolicy
from bot.domain.alert import Delivery
from bot.domain.destination import Address, Level, PlatformName, Wish
from bot.domain.entry import Entry
from bot.domain.feed import FeedSpec, Origin
from bot.domain.ids import DestinationId
from bot.pipeline.composing import Composer
from bot.pipeline.deliver import Deliver
from bot.pipeline.fanout import Fanout
from bot.pipeline.ingest import Ingest, IngestLimits, Read
from bot.pipeline.poll_report import PollReport
from bot.pipeline.reads import Glance
from bot.pipeline.shadow import Shadow
from bot.pipeline.watch import FeedWatch
from bot.polling.admission import FirstPoll, Flood
from bot.polling.schedule import Bounds
from bot.storage.unit_of_work import SqlStore
from tests.fakes.pipeline import (
    FixedFetcher,
    FixedParser,
    NamedLiveness,
    ScriptedNotifier,
    simple_reading,
)


class Clock(Protocol):
    time: datetime

    def now(self) -> datetime: ...
    def advance(self, **span: float) -> datetime: ...


@dataclass(slots=True)
class House:
    """Everything between a feed and a platform."""

    store: SqlStore
    clock: Clock
    fetcher: FixedFetcher = field(default_factory=FixedFetcher)
    parser: FixedParser = field(default_factory=FixedParser)
    slack: ScriptedNotifier = field(default_factory=ScriptedNotifier)
    liveness: NamedLiveness = field(default_factory=NamedLiveness)
    first_poll: FirstPoll = field(default_factory=FirstPoll)
    read: Read = simple_reading
    glance: Glance | None = None
    watch: FeedWatch = field(default_factory=FeedWatch)
    shadow: Shadow | None = None

    def ingest(self) -> Ingest:
        return Ingest(
            store=self.store,
            fetcher=self.fetcher,
            parser=self.parser,
            read=self.read,
            glance=self.glance,
            clock=self.clock,
            liveness=self.liveness,
            chance=lambda: 0.5,
            limits=IngestLimits(
                bounds=Bounds(min_interval=60), first_poll=self.first_poll, flood=Flood(max=50)
            ),
            watch=self.watch,
            shadow=self.shadow,
        )

    def deliver(self, notifiers: dict | None = None) -> Deliver:
        return Deliver(
            store=self.store,
            notifiers={PlatformName.SLACK: self.slack} if notifiers is None else notifiers,
            composer=Composer(lambda topic, _locale: topic.upper()),
            clock=self.clock,
            liveness=self.liveness,
            chance=lambda: 0.5,
            policy=RetryPolicy(),
            lease=timedelta(minutes=2),
        )

    def fanout(self) -> Fanout:
        return Fanout(store=self.store, clock=self.clock, watch=self.watch)

    async def feeds(self, *keys: str) -> None:
        specs = [FeedSpec(key=key, name=key, url=f"https://{key}.example/feed") for key in keys]
        async with self.store.begin() as uow:
            await uow.feeds.reconcile(specs, self.clock.now())

    async def subscribe(self, channel: str, *wishes: Wish) -> DestinationId:
        async with self.store.begin() as uow:
            place = await uow.destinations.ensure(
                Address(platform=PlatformName.SLACK, channel=channel),
                origin=Origin.CHAT,
                zone="UTC",
                locale="en",
            )
            for wish in wishes:
                await uow.subscriptions.add(
                    place.id, wish, origin=Origin.CHAT, by="slack:U1", now=self.clock.now()
                )
        return place.id

    async def poll(self, key: str, *entries: Entry) -> PollReport:
        """Let a feed show entries, poll it, and fan out."""
        self.fetcher.shows(key, self.parser.knows(*entries))
        (report,) = [
            report
            for report in await self.ingest().poll_all(everything=True)
            if report.feed.spec.key == key
        ]
        await self.fanout().run()
        return report

    async def drain(self) -> None:
        """Send everything due within an hour, the clock moving in place of waiting."""

        async def sleep(seconds: float) -> None:
            self.clock.advance(seconds=seconds)

        await self.deliver().drain(timedelta(hours=1), sleep=sleep)

    async def outbox(self, place: DestinationId) -> list[Delivery]:
        found = await self.store.queries.recent_deliveries(place, 100)
        return list(reversed(found))


STEEL = Wish(topic="steel")
ALL = Wish(query="*", level=Level.EVERYTHING)
