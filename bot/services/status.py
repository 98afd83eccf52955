"""Where things stand: the treaty, the last seven days, what is due, which feeds are down."""

import datetime as dt
from dataclasses import dataclass
from datetime import timedelta

from bot.domain.actor import Actor
from bot.domain.marks import team_of
from bot.domain.story import Story
from bot.domain.views import FoundDeadline, Volume
from bot.ports import Clock, Store
from bot.record.ledger import Applied, between_parties
from bot.record.timeline import Timeline
from bot.record.treaty import Standing, standing
from bot.services.deadlines import DeadlineService
from bot.services.feeds import FeedHealth, FeedService, is_down
from bot.services.tariffs import TariffService

WEEK = timedelta(days=7)
TOP_STORIES = 3
NEXT_DEADLINES = 5
AHEAD_DAYS = 366


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """The answer to ``status``, before any words."""

    topic: str | None
    standing: Standing
    week: Volume
    top: tuple[Story, ...]
    """The stories of the week that most sources told."""
    deadlines: tuple[FoundDeadline, ...]
    down: tuple[FeedHealth, ...]
    """None of them where the person may not see the feeds."""
    feeds: int
    tariffs: tuple[Applied, ...] = ()
    """In force between the three parties on the day."""


class StatusService:
    """Gathers the answer from the record, the archive and the feeds."""

    def __init__(
        self,
        store: Store,
        clock: Clock,
        timeline: Timeline,
        deadlines: DeadlineService,
        feeds: FeedService,
        *,
        tariffs: TariffService,
    ) -> None:
        self._queries = store.queries
        self._clock = clock
        self._timeline = timeline
        self._deadlines = deadlines
        self._feeds = feeds
        self._tariffs = tariffs

    async def status(self, actor: Actor, *, today: dt.date, topic: str | None = None) -> Status:
        """Return how things stand on `today`, narrowed to a topic where one is given."""
        since, tenant = self._clock.now() - WEEK, actor.tenant
        week = await self._queries.volume(owner=tenant, since=since, topic=topic)
        top = await self._queries.stories(
            owner=tenant, since=since, topic=topic, limit=TOP_STORIES, most_told_first=True
        )
        ahead = await self._deadlines.upcoming(
            tenant,
            today=today,
            days=AHEAD_DAYS,
            topic=topic,
            limit=NEXT_DEADLINES,
            team=team_of(actor.address),
        )
        feeds = await self._feeds.health(tenant)
        down = tuple(feed for feed in feeds if is_down(feed))
        return Status(
            topic=topic,
            standing=standing(self._timeline, today),
            week=week,
            top=tuple(top),
            deadlines=ahead.deadlines,
            down=down if self._feeds.may_see(actor) else (),
            feeds=len(feeds),
            tariffs=between_parties(await self._tariffs.on(actor, today, topic=topic)),
        )
