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

from bot.commands.dispatch import Commands, Services
from bot.domain.destination import PlatformName
from bot.domain.entry import Entry
from bot.domain.feed import FeedSpec
from bot.domain.reading import Reading
from bot.jobs.clock import SystemClock
from bot.jobs.worker import ProcessLiveness
from bot.ports import Clock, Liveness, Notifier
from bot.reading.catalog import TopicCatalog
from bot.reading.rules import Rules
from bot.services.configured import reconcile
from bot.services.deadlines import DeadlineService
from bot.services.feeds import FeedService
from bot.services.home import Home
from bot.services.search import SearchService
from bot.services.status import StatusService
from bot.services.stories import StoryService
from bot.services.subscriptions import SubscriptionService
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
    from bot.pipeline.ingest import Ingest
    from bot.platforms.discord.desk import Desk
    from bot.platforms.discord.rest import DiscordRest
    from bot.platforms.slack.api import SlackApi
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
    def commands(self) -> Commands:
        """What every platform and the terminal ask."""
        store, clock = self.store, self.clock
        behaviour = self.settings.behaviour
        feeds = FeedService(store, clock, behaviour.see_feeds)
        timeline = self.settings.timeline
        deadlines = DeadlineService(store, timeline)
        services = Services(
            status=StatusService(store, clock, timeline, deadlines, feeds),
            stories=StoryService(store),
            search=SearchService(store),
            deadlines=deadlines,
            subscriptions=self.subscriptions,
            feeds=feeds,
            trial=TrialService(
                store,
                clock,
                self.catalog,
                feeds,
                policy=behaviour.change_channel,
                off=self.platforms_off,
                home=self._home,
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
        if env.slack_bot_token is None:
            off[PlatformName.SLACK] = "set SLACK_BOT_TOKEN to turn Slack on"
        if env.discord_token is None:
            off[PlatformName.DISCORD] = "set DISCORD_TOKEN to turn Discord on"
        if not self.settings.behaviour.apprise:
            off[PlatformName.APPRISE] = "name a service under apprise: in bot.yaml to turn it on"
        return off

    @cached_property
    def slack_api(self) -> "SlackApi":
        """The way to Slack; there is one bot token, of one workspace."""
        from bot.platforms.slack.api import SlackApi

        token = self.settings.env.slack_bot_token

        async def token_for(_workspace: str) -> str | None:
            return token.get_secret_value() if token else None

        api = SlackApi(token_for=token_for, api_url=self.settings.env.slack_api_url)
        self._stack.push_async_callback(api.close)
        return api

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
        from bot.platforms.slack.desk import SlackDesk

        desk = SlackDesk(api=self.slack_api, answer=self.commands.answer, clock=self.clock)
        self._stack.push_async_callback(desk.close)
        return desk

    @cached_property
    def discord_desk(self) -> "Desk":
        """Where Discord's interactions are answered."""
        from bot.platforms.discord.desk import Desk

        answer, complete = self.commands.answer, self.commands.complete
        return Desk(rest=self.discord_rest, answer=answer, complete=complete)

    @cached_property
    def notifiers(self) -> dict[PlatformName, Notifier]:
        """The platforms this process can send to; the terminal is always one."""
        from bot.platforms.console.send import ConsoleNotifier

        off = self.platforms_off
        found: dict[PlatformName, Notifier] = {PlatformName.CONSOLE: ConsoleNotifier(self._console)}
        if PlatformName.SLACK not in off:
            from bot.platforms.slack.send import SlackNotifier

            found[PlatformName.SLACK] = SlackNotifier(self.slack_api)
        if PlatformName.DISCORD not in off:
            from bot.platforms.discord.send import DiscordNotifier

            found[PlatformName.DISCORD] = DiscordNotifier(rest=self.discord_rest, clock=self.clock)
        if PlatformName.APPRISE not in off:
            from bot.platforms.apprise.send import AppriseNotifier

            found[PlatformName.APPRISE] = AppriseNotifier(self._service_url)
        return found

    async def _service_url(self, name: str) -> str | None:
        url = self.settings.behaviour.apprise.get(name)
        return url.get_secret_value() if url else None

    # ---- the pipeline

    @cached_property
    def ingest(self) -> "Ingest":
        """Polls feeds."""
        from bot.feeds.fetcher import FetchLimits, HttpFetcher
        from bot.feeds.gate import Gate, GateConfig
        from bot.feeds.parser import ParseLimits, PooledParser
        from bot.net.session import WebConfig, open_web
        from bot.pipeline.ingest import Ingest, IngestLimits

        polling = self.settings.behaviour.polling
        allowed = self.settings.env.allow_hosts
        web = open_web(
            WebConfig(
                contact=polling.contact,
                proxy=polling.proxy,
                allowed=allowed,
                per_host=polling.per_host,
            )
        )
        self._stack.push_async_callback(web.close)
        gate = Gate(
            GateConfig(per_host=polling.per_host, gap_seconds=polling.host_gap.total_seconds()),
            is_ours=allowed.allows_url,
        )
        parser = PooledParser(ParseLimits(), self.clock)
        self._stack.push_async_callback(parser.close)
        return Ingest(
            store=self.store,
            fetcher=HttpFetcher(web, gate, self.clock, FetchLimits()),
            parser=parser,
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
        )

    @cached_property
    def fanout(self) -> "Fanout":
        """Turns alerts into deliveries."""
        from bot.pipeline.fanout import Fanout

        return Fanout(store=self.store, clock=self.clock)

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
            upkeep=Upkeep(store=self.store, clock=self.clock),
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
