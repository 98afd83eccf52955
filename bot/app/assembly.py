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

from bot.app.sending import Sending
from bot.domain.entry import Entry
from bot.domain.feed import FeedSpec
from bot.domain.reading import Reading
from bot.jobs.clock import SystemClock
from bot.jobs.worker import ProcessLiveness
from bot.ports import Clock, Liveness
from bot.reading.rules import version_of
from bot.services.backtest import topics_by
from bot.services.configured import reconcile
from bot.services.deadlines import DeadlineService
from bot.settings.load import Settings
from bot.storage.engine import open_engines
from bot.storage.schema import prepare
from bot.storage.unit_of_work import SqlStore
from bot.storage.vault import FernetVault, key_file

if TYPE_CHECKING:
    from rich.console import Console

    from bot.jobs.measures import Measures
    from bot.jobs.tasks import Tasks
    from bot.pipeline.deliver import Deliver
    from bot.pipeline.fanout import Fanout
    from bot.pipeline.hours import Hours
    from bot.pipeline.ingest import Ingest
    from bot.pipeline.reconcile import Reconciliation
    from bot.pipeline.shadow import Shadow

_THREADS = 256
"""At most: more than polls wait at a time for a name server that does not answer."""
KEY_FILE = Path("data/secret.key")
"""Where a key is kept when BOT_SECRET_KEYS names none; beside an SQLite database, in its folder."""


class App(Sending):
    """One process's parts, the pipeline on top. Open it with `open_app`."""

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
            glance=self._glance,
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
            shadow=self._shadow,
        )

    @property
    def _shadow(self) -> "Shadow | None":
        """Rules that read beside the live ones, where bot.yaml names any."""
        rules = self.settings.shadow
        if rules is None:
            return None
        from bot.pipeline.shadow import Shadow
        from bot.reading.topics import TopicReader

        return Shadow(version_of(rules), topics_by(TopicReader(rules)))

    @cached_property
    def measures(self) -> "Measures":
        """What this process did, counted."""
        from bot.jobs.measures import Measures

        return Measures()

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
            digests=Digests(store=store, clock=clock, label=label, record=record),
            reminders=Reminders(store=store, clock=clock, label=label, record=record),
        )

    @cached_property
    def deliver(self) -> "Deliver":
        """Sends deliveries."""
        from bot.alerts.retry import RetryPolicy
        from bot.jobs.measures import measured
        from bot.pipeline.composing import Composer
        from bot.pipeline.deliver import Deliver

        return Deliver(
            store=self.store,
            notifiers=measured(self.notifiers, self.measures, self.clock),
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
        from bot.pipeline.retention import Retention
        from bot.pipeline.upkeep import Upkeep

        return Tasks(
            ingest=self.ingest,
            fanout=self.fanout,
            deliver=self.deliver,
            hours=self.hours,
            clock=self.clock,
            measures=self.measures,
            upkeep=Upkeep(
                store=self.store,
                clock=self.clock,
                reconciliation=self.reconciliation,
                retention=Retention(
                    store=self.store, clock=self.clock, keeping=self.settings.behaviour.retention
                ),
            ),
        )

    def _read(self, entry: Entry, now: datetime) -> Reading:
        return self.reader.read(entry, now=now, zone=self.settings.behaviour.zone)

    def _glance(self, entry: Entry, now: datetime) -> Reading:
        return self.reader.glance(entry, now=now, zone=self.settings.behaviour.zone)

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
        shadow = self.settings.shadow
        async with self.store.begin() as uow:
            await uow.rules.follow(
                live=version_of(self.settings.topics),
                shadow=None if shadow is None else version_of(shadow),
                now=self.clock.now(),
            )


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
        store = SqlStore(engines, FernetVault(keys(settings, engines.writer.url.database)))
        yield App(
            settings,
            store=store,
            stack=stack,
            console=console or Console(),
            clock=clock or SystemClock(),
            liveness=liveness or ProcessLiveness(),
            chance=chance,
        )


def keys(settings: Settings, database: str | None) -> list[str]:
    """Return the keys that seal, the first first; made and kept in a file where none is configured."""
    given = [key.get_secret_value() for key in settings.env.secret_keys]
    if given:
        return given
    beside = settings.env.database_url.get_secret_value().startswith("sqlite")
    place = Path(database).parent / KEY_FILE.name if beside and database else KEY_FILE
    return [key_file(place)]
