"""What pages are made from: the services they ask and the settings they show, handed in as values."""

from collections.abc import Collection
from dataclasses import dataclass
from typing import Protocol

from bot.ports import Clock, Queries
from bot.reading.catalog import TopicCatalog
from bot.reading.rules import Rules
from bot.record.timeline import Timeline
from bot.services.backtest import BacktestService
from bot.services.calendar import CalendarService
from bot.services.deadlines import DeadlineService
from bot.services.feed_changes import FeedChanges
from bot.services.feeds import FeedService
from bot.services.outbox import OutboxService
from bot.services.search import SearchService
from bot.services.stories import StoryService
from bot.services.story_feeds import StoryFeeds
from bot.services.subscriptions import SubscriptionService
from bot.services.tariffs import TariffService
from bot.web.pace import PAGES, Pace
from bot.web.slack_people import SlackPeople


class Topics(Protocol):
    """The file of topics as somebody may edit it."""

    def text_of(self, topic: str) -> str:
        """Return a topic's own lines; empty where there is none of that id."""
        ...

    def with_topic(self, changed: str) -> tuple[str, Rules]:
        """Return a topic's id and all rules with it in place. Raises InvalidInputError."""
        ...

    def whole(self, text: str) -> Rules:
        """Return the rules of a whole file. Raises InvalidInputError."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Parts:
    """The parts of the app that the pages use."""

    queries: Queries
    stories: StoryService
    deadlines: DeadlineService
    tariffs: TariffService
    search: SearchService
    feeds: FeedService
    feed_changes: FeedChanges
    subscriptions: SubscriptionService
    backtest: BacktestService
    calendar: CalendarService
    outbox: OutboxService
    story_feeds: StoryFeeds
    topics: Topics
    timeline: Timeline
    catalog: TopicCatalog
    clock: Clock
    zone: str
    """IANA name of the zone that times are shown in."""
    locale: str
    """en, es or fr: for browsers that ask for none of them."""
    bind: str
    """The address the server listens on."""
    hosts: Collection[str] = ()
    """Further names of this server, from ``web.hosts``."""
    token: str | None = None
    """BOT_WEB_TOKEN; a secret."""
    slack_people: SlackPeople | None = None
    """Where people can sign in with Slack."""
    slack_secret: str | None = None
    """The Slack app's own; sessions are made from it where there is no token."""
    form_secret: bytes | None = None
    """What forms are told by where there is neither; None: made by chance, for one life of the process."""
    pace: Pace = PAGES
    """How often one client may ask."""
