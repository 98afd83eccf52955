"""Every command over a real store, and one person who asks."""

import json

from bot.commands.dispatch import Commands, Services
from bot.commands.dispatch_marks import MarkServices
from bot.commands.exchange import Request
from bot.domain.actor import Actor
from bot.domain.destination import PlatformName
from bot.domain.reading import DeadlineKind
from bot.services.backtest import BacktestService
from bot.services.deadlines import DeadlineService
from bot.services.feed_changes import FeedChanges
from bot.services.feeds import FeedService
from bot.services.search import SearchService
from bot.services.status import StatusService
from bot.services.stories import StoryService
from bot.services.subscriptions import SubscriptionService
from bot.services.tariffs import TariffService
from bot.services.trial import TrialService
from tests.fakes.addresses import Addresses
from tests.fakes.archive import Archive, event, timeline
from tests.fakes.topics import catalog


def person(**fields):
    """A person in a Slack channel."""
    known = {"platform": PlatformName.SLACK, "workspace": "T1", "user": "U1", "channel": "C1"}
    return Actor(**(known | fields))


class World:
    """The commands over a real store, and one person who asks."""

    def __init__(self, store, clock, *, policy=None, see_feeds=None, topics=None, home=None):
        self.store = store
        self.archive = Archive(store, clock)
        known = timeline(event("2026-11-25", "Filing opens", DeadlineKind.COMPLIANCE, "customs"))
        topics = topics or catalog()
        feeds = FeedService(store, clock, see_feeds)
        web = Addresses()
        deadlines = DeadlineService(store, known)
        tariffs = TariffService(store, clock, known, policy)
        self.commands = Commands(
            Services(
                status=StatusService(store, clock, known, deadlines, feeds, tariffs=tariffs),
                stories=StoryService(store),
                search=SearchService(store),
                deadlines=deadlines,
                subscriptions=SubscriptionService(store, clock, topics, policy),
                feeds=feeds,
                feed_changes=FeedChanges(store, clock, look=web.look, guard=web.guard),
                trial=TrialService(store, clock, topics, feeds, policy=policy),
                tariffs=tariffs,
                backtest=BacktestService(store, clock),
                marks=MarkServices.over(
                    store, clock, feeds, record=deadlines.of_record, policy=policy, home=home
                ),
            ),
            topics,
            clock,
            home=home,
        )

    async def ask(self, text, **fields):
        """Ask as somebody in a Slack channel; every reply must be fit for JSON."""
        known = {
            "platform": PlatformName.SLACK,
            "workspace": "T1",
            "user": "U1",
            "channel": "C1",
            "zone": "America/Toronto",
            "locale": "en",
        }
        reply = await self.commands.answer(Request(text=text, actor=Actor(**(known | fields))))
        json.dumps(reply.rows)
        return reply
