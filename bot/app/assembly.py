"""Puts the parts of one process together.

An `App` holds one process's parts, each made when it is first asked for, so that `ask` does not pay for what
polls feeds. Tests build it through the same function, with fakes handed in.
"""

import asyncio
import random
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import AsyncExitStack, asynccontextmanager
from datetime import datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from bot.app.feeding import Feeding
from bot.app.slack import SlackParts, why_off
from bot.commands.dispatch import Commands, Services
from bot.commands.dispatch_marks import MarkServices
from bot.domain.destination import PlatformName
from bot.domain.entry import Entry
from bot.domain.feed import FeedSpec
from bot.domain.outside import OutsideKind
from bot.domain.reading import Reading
from bot.jobs.clock import SystemClock
from bot.jobs.worker import ProcessLiveness
from bot.ports import Clock, Liveness, Notifier
from bot.reading.catalog import TopicCatalog
from bot.reading.rules import Rules
from bot.services.backtest import BacktestService
from bot.services.calendar import CalendarService
from bot.services.configured import reconcile
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
from bot.settings.load import Settings
from bot.storage.engine import open_engines
from bot.storage.schema import prepare
from bot.storage.unit_of_work import SqlStore
from bot.storage.vault import FernetVault, key_file

if TYPE_CHECKING:
    from rich.console import Console

    from bot.jobs.tasks import Tasks
    from bot.pipeline.deliver import Deliver
    from bot.pipeline.fanout import Fanout
    from bot.pipeline.hours import Hours
    from bot.pipeline.ingest import Ingest
    from bot.pipeline.reconcile import Reconciliation
    from bot.platforms.discord.desk import Desk
    from bot.platforms.discord.rest import DiscordRest
    from bot.platforms.slack.desk import SlackDesk
    from bot.reading.read import Reader

_THREADS = 32
KEY_FILE = Path("data/secret.key")
"""Where a key is kept when BOT_SECRET_KEYS names none; beside an SQLite database, in its folder."""


class App:
    """One process's parts. Open it with `open_app`."""

    def __init__(
        self,
        settings: Settings,
        *,
        store: SqlStore,
        stack: AsyncExitStack,
        console: "Console",
        clock: Clock,
        liveness: Liveness,
        chance: Callable[[], float],
    ) -> None:
        self.settings = settings
        self.store = store
        self.clock = clock
        self.liveness = liveness
        self._stack = stack
        self._console = console
        self._chance = chance

    # ---- reading

    @cached_property
    def catalog(self) -> TopicCatalog:
        """The topics by name, in three languages."""
        return TopicCatalog(self.settings.topics)

    @cached_property
    def reader(self) -> "Reader":
        """The whole reading of an entry."""
        return reader_of(self.settings.topics)

    # ---- questions

    @cached_property
    def subscriptions(self) -> SubscriptionService:
        """Who wants what."""
        policy = self.settings.behaviour.change_channel
        return SubscriptionService(self.store, self.clock, self.catalog, policy, home=self._home)

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
        return OutsideServices(self.store, self.clock, self.settings.behaviour.outside)

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
                store, clock, feeds, policy=behaviour.change_channel, home=self._home
            ),
        )
        return Commands(services, self.catalog, clock, home=self._home)

    @property
    def _home(self) -> Home:
        """Zone and language of places that chose none."""
        behaviour = self.settings.behaviour
        return Home(zone=behaviour.zone, locale=behaviour.locale)

    # ---- platforms

    @property
    def platforms_off(self) -> dict[PlatformName, str]:
        """Platforms without their token, and what would turn them on."""
        env = self.settings.env
        off = {}
        slack = why_off(self.settings)
        if slack is not None:
            off[PlatformName.SLACK] = slack
        if env.discord_token is None:
            off[PlatformName.DISCORD] = "set DISCORD_TOKEN to turn Discord on"
        return off

    @cached_property
    def slack(self) -> SlackParts:
        """What speaks with Slack."""
        return SlackParts(self.settings, store=self.store, clock=self.clock, stack=self._stack)

    @cached_property
    def discord_rest(self) -> "DiscordRest":
        """The way to Discord's REST interface."""
        from bot.platforms.discord.rest import DEFAULT_API_URL, DiscordRest

        env = self.settings.env
        rest = DiscordRest(
            token=env.discord_token.get_secret_value() if env.discord_token else "",
            api_url=env.discord_api_url or DEFAULT_API_URL,
        )
        self._stack.push_async_callback(rest.close)
        return rest

    @cached_property
    def slack_desk(self) -> "SlackDesk":
        """Where Slack's commands and presses are answered."""
        return self.slack.desk(self.commands.answer)

    @cached_property
    def discord_desk(self) -> "Desk":
        """Where Discord's interactions are answered."""
        from bot.platforms.discord.desk import Desk

        commands = self.commands
        return Desk(rest=self.discord_rest, answer=commands.answer, suggestions=commands)

    @cached_property
    def notifiers(self) -> dict[PlatformName, Notifier]:
        """The platforms this process can send to; the terminal is always one."""
        from bot.platforms.console.send import ConsoleNotifier

        off = self.platforms_off
        found: dict[PlatformName, Notifier] = {PlatformName.CONSOLE: ConsoleNotifier(self._console)}
        if PlatformName.SLACK not in off:
            found[PlatformName.SLACK] = self.slack.notifier
        if PlatformName.DISCORD not in off:
            from bot.platforms.discord.send import DiscordNotifier

            found[PlatformName.DISCORD] = DiscordNotifier(
                rest=self.discord_rest,
                clock=self.clock,
                publish=self.settings.behaviour.discord.publish,
            )
        found[PlatformName.APPRISE] = self._apprise()
        found[PlatformName.WEBHOOK] = self._webhook()
        return found

    def _apprise(self) -> Notifier:
        from bot.platforms.apprise.send import AppriseNotifier

        async def url_for(name: str) -> str | None:
            service = await self.outside.find(OutsideKind.APPRISE, name)
            return service.url if service else None

        return AppriseNotifier(url_for)

    def _webhook(self) -> Notifier:
        from bot.platforms.webhook.send import Target, WebhookNotifier

        async def target_for(name: str) -> Target | None:
            service = await self.outside.find(OutsideKind.WEBHOOK, name)
            return Target(url=service.url, secret=service.secret) if service else None

        notifier = WebhookNotifier(target_for, self.clock)
        self._stack.push_async_callback(notifier.close)
        return notifier

    # ---- the pipeline

    @cached_property
    def ingest(self) -> "Ingest":
        """Polls feeds."""
        from bot.pipeline.ingest import Ingest, IngestLimits

        polling = self.settings.behaviour.polling
        return Ingest(
            store=self.store,
            fetcher=self.feeding.fetcher,
            parser=self.feeding.parser,
            read=self._read,
            clock=self.clock,
            liveness=self.liveness,
            chance=self._chance,
            limits=IngestLimits(
                bounds=polling.bounds,
                first_poll=polling.first_poll,
                flood=polling.flood,
                concurrency=polling.concurrency,
            ),
            watch=self.feeding.watch,
            unfold=self.feeding.unfold,
        )

    @cached_property
    def reconciliation(self) -> "Reconciliation":
        """Looks for what the polls missed."""
        return self.feeding.reconciliation(self.store, self.ingest)

    @cached_property
    def fanout(self) -> "Fanout":
        """Turns alerts into deliveries."""
        from bot.pipeline.fanout import Fanout

        return Fanout(store=self.store, clock=self.clock, watch=self.feeding.watch)

    @cached_property
    def hours(self) -> "Hours":
        """Writes what is told at an hour."""
        from bot.pipeline.digests import Digests
        from bot.pipeline.hours import Hours
        from bot.pipeline.reminders import Reminders

        store, clock, label = self.store, self.clock, self.catalog.label
        record = DeadlineService(store, self.settings.timeline).of_record
        return Hours(
            store=store,
            clock=clock,
            digests=Digests(store=store, clock=clock, label=label),
            reminders=Reminders(store=store, clock=clock, label=label, record=record),
        )

    @cached_property
    def deliver(self) -> "Deliver":
        """Sends deliveries."""
        from bot.alerts.retry import RetryPolicy
        from bot.pipeline.composing import Composer
        from bot.pipeline.deliver import Deliver

        return Deliver(
            store=self.store,
            notifiers=self.notifiers,
            composer=Composer(self.catalog.label),
            clock=self.clock,
            liveness=self.liveness,
            chance=self._chance,
            policy=RetryPolicy(give_up_after=self.settings.behaviour.delivery.give_up_after),
            lease=self.settings.behaviour.delivery.lease,
        )

    @cached_property
    def tasks(self) -> "Tasks":
        """What an engine repeats."""
        from bot.jobs.tasks import Tasks
        from bot.pipeline.upkeep import Upkeep

        return Tasks(
            ingest=self.ingest,
            fanout=self.fanout,
            deliver=self.deliver,
            hours=self.hours,
            upkeep=Upkeep(store=self.store, clock=self.clock, reconciliation=self.reconciliation),
        )

    def _read(self, entry: Entry, now: datetime) -> Reading:
        return self.reader.read(entry, now=now, zone=self.settings.behaviour.zone)

    async def reconcile(self, feeds: tuple[FeedSpec, ...] | None = None) -> None:
        """Make what the configuration says true in the store."""
        behaviour = self.settings.behaviour
        await reconcile(
            self.store,
            self.clock,
            feeds=self.settings.feeds if feeds is None else feeds,
            subscriptions=[(row.to, row.wish) for row in behaviour.subscriptions],
            places=[(row.to, row.place) for row in behaviour.subscriptions],
            zone=behaviour.zone,
            locale=behaviour.locale,
        )


def reader_of(rules: Rules) -> "Reader":
    """Return the whole reading of an entry, by these topics."""
    from bot.reading.language import Classifier
    from bot.reading.read import Reader
    from bot.reading.topics import TopicReader

    return Reader(topics=TopicReader(rules), classify=Classifier())


@asynccontextmanager
async def open_app(
    settings: Settings,
    *,
    console: "Console | None" = None,
    clock: Clock | None = None,
    liveness: Liveness | None = None,
    chance: Callable[[], float] = random.random,
) -> AsyncIterator[App]:
    """Open the database (brought up to date) and hand out the process's parts.

    Raises StorageError where the database cannot be opened or is of a newer version, ConfigError
    where its secrets have no key.
    """
    from rich.console import Console

    # names are resolved in threads: the usual handful would make slow name servers a queue
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(_THREADS))
    url = settings.env.database_url.get_secret_value()
    engines = open_engines(url)
    async with AsyncExitStack() as stack:
        stack.push_async_callback(engines.dispose)
        await prepare(engines)
        store = SqlStore(engines, FernetVault(_keys(settings, engines.writer.url.database)))
        yield App(
            settings,
            store=store,
            stack=stack,
            console=console or Console(),
            clock=clock or SystemClock(),
            liveness=liveness or ProcessLiveness(),
            chance=chance,
        )


def _keys(settings: Settings, database: str | None) -> list[str]:
    given = [key.get_secret_value() for key in settings.env.secret_keys]
    if given:
        return given
    beside = settings.env.database_url.get_secret_value().startswith("sqlite")
    place = Path(database).parent / KEY_FILE.name if beside and database else KEY_FILE
    return [key_file(place)]
