"""What is told at an hour, in this order: ended pauses, digests and what was held, reminders."""

import structlog

from bot.pipeline.digests import Digests
from bot.pipeline.reminders import Reminders
from bot.ports import Clock, Store

log = structlog.get_logger()


class Hours:
    """Looks at the clock for every place; doing it twice, or late, tells nothing twice."""

    def __init__(
        self, *, store: Store, clock: Clock, digests: Digests, reminders: Reminders
    ) -> None:
        self._store = store
        self._clock = clock
        self._digests = digests
        self._reminders = reminders

    async def run(self) -> int:
        """Write what is due by now; returns how many deliveries that were."""
        async with self._store.begin() as uow:
            ended = await uow.destinations.end_pauses(self._clock.now())
        if ended:
            log.info("pauses_ended", count=ended)
        return await self._digests.run() + await self._reminders.run()
