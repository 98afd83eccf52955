"""The parts that answer questions: services, and the commands over them."""

from functools import cached_property

from bot.app.feeding import Feeding
from bot.app.parts import Parts
from bot.commands.dispatch import Commands, Services
from bot.commands.dispatch_marks import MarkServices
from bot.services.backtest import BacktestService
from bot.services.calendar import CalendarService
from bot.services.deadlines import DeadlineService
from bot.services.feed_changes import FeedChanges
from bot.services.feeds import FeedService
from bot.services.home import Home
from bot.services.outside import OutsideServices
from bot.services.search import SearchService
from bot.services.status import StatusService
from bot.services.stories import StoryService
from bot.services.subscriptions import SubscriptionService
from bot.services.tariffs import TariffService
from bot.services.trial import TrialService


class Asking(Parts):
    """What people ask."""

    @cached_property
    def subscriptions(self) -> SubscriptionService:
        """Who wants what."""
        policy = self.settings.behaviour.change_channel
        return SubscriptionService(
            self.store,
            self.clock,
            self.catalog,
            policy,
            home=self._home,
            require_place=self.outside.require,
        )

    @cached_property
    def backtest(self) -> BacktestService:
        """Rules tried on the archive."""
        return BacktestService(self.store, self.clock)

    @cached_property
    def calendar(self) -> CalendarService:
        """Deadlines as a calendar keeps them."""
        timeline = self.settings.timeline
        record = DeadlineService(self.store, timeline).of_record
        return CalendarService(self.store, self.clock, record=record, as_of=timeline.as_of)

    @cached_property
    def tariffs(self) -> TariffService:
        """The tariff ledger."""
        timeline, policy = self.settings.timeline, self.settings.behaviour.change_channel
        return TariffService(self.store, self.clock, timeline, policy)

    @cached_property
    def outside(self) -> OutsideServices:
        """Named services outside chat: of `bot.yaml`, and of the store."""
        behaviour = self.settings.behaviour
        return OutsideServices(
            self.store,
            self.clock,
            behaviour.outside,
            named=behaviour.named_outside,
            understands=_understands,
        )

    @cached_property
    def feeding(self) -> Feeding:
        """What fetches and parses feeds."""
        return Feeding(self.settings, self.clock, self._stack)

    @cached_property
    def feeds(self) -> FeedService:
        """How the feeds are."""
        return FeedService(self.store, self.clock, self.settings.behaviour.see_feeds)

    @cached_property
    def feed_changes(self) -> FeedChanges:
        """Adds, removes, pauses and resumes feeds."""
        behaviour = self.settings.behaviour
        return FeedChanges(
            self.store,
            self.clock,
            look=self.feeding.look,
            guard=self.feeding.guard,
            policy=behaviour.add_feeds,
            most=behaviour.polling.chat_feeds,
            home=self._home,
        )

    @cached_property
    def commands(self) -> Commands:
        """What every platform and the terminal ask."""
        store, clock = self.store, self.clock
        behaviour = self.settings.behaviour
        feeds = self.feeds
        timeline = self.settings.timeline
        deadlines = DeadlineService(store, timeline)
        services = Services(
            status=StatusService(store, clock, timeline, deadlines, feeds, tariffs=self.tariffs),
            stories=StoryService(store),
            search=SearchService(store),
            deadlines=deadlines,
            subscriptions=self.subscriptions,
            feeds=feeds,
            feed_changes=self.feed_changes,
            trial=TrialService(
                store,
                clock,
                self.catalog,
                feeds,
                policy=behaviour.change_channel,
                off=self.platforms_off,
                home=self._home,
            ),
            tariffs=self.tariffs,
            backtest=self.backtest,
            marks=MarkServices.over(
                store,
                clock,
                feeds,
                record=deadlines.of_record,
                policy=behaviour.change_channel,
                home=self._home,
            ),
        )
        return Commands(services, self.catalog, clock, home=self._home)

    @property
    def _home(self) -> Home:
        """Zone and language of places that chose none."""
        behaviour = self.settings.behaviour
        return Home(zone=behaviour.zone, locale=behaviour.locale)


def _understands(url: str) -> bool:
    from bot.platforms.apprise.send import understands  # what answers questions seldom needs it

    return understands(url)
