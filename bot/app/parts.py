"""What every part of a process is made of: settings, store, clock, and the reading of entries."""

from collections.abc import Callable
from contextlib import AsyncExitStack
from functools import cached_property
from typing import TYPE_CHECKING

from bot.domain.destination import PlatformName
from bot.ports import Clock, Liveness
from bot.reading.catalog import TopicCatalog
from bot.reading.rules import Rules
from bot.settings.load import Settings
from bot.storage.unit_of_work import SqlStore

if TYPE_CHECKING:
    from rich.console import Console

    from bot.reading.read import Reader


class Parts:
    """What every part is made of, and what reads entries."""

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

    @cached_property
    def catalog(self) -> TopicCatalog:
        """The topics by name, in three languages."""
        return TopicCatalog(self.settings.topics)

    @cached_property
    def reader(self) -> "Reader":
        """The whole reading of an entry."""
        return reader_of(self.settings.topics)

    @property
    def platforms_off(self) -> dict[PlatformName, str]:
        """Platforms without their token, and what would turn them on."""
        return self.settings.env.platforms_off


def reader_of(rules: Rules) -> "Reader":
    """Return the whole reading of an entry, by these topics."""
    from bot.reading.language import Classifier
    from bot.reading.read import Reader
    from bot.reading.topics import TopicReader

    return Reader(topics=TopicReader(rules), classify=Classifier())
