"""From alert rows to delivery rows, in batches, with the cursor in the alert's own row.

alert ─► destinations that may want it (1,000 at a time) ─► route ─► arrange
      ─► deliveries, what waits to be told together, and the cursor
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from functools import partial

import structlog

from bot.alerts.holding import Arranged, Scene, arrange
from bot.alerts.routing import Match, Occasion, for_digests, route
from bot.alerts.storm import WINDOW
from bot.alerts.trace import stopped
from bot.domain.alert import Alert, DeliveryDraft, DeliveryKind
from bot.domain.destination import Destination
from bot.domain.digest import CALM
from bot.domain.ids import AlertId, DestinationId
from bot.domain.story import Story
from bot.domain.trace import Stops
from bot.errors import DatabaseError
from bot.pipeline.repeats import without_repeats
from bot.pipeline.standing import Asked, StandingQueries
from bot.pipeline.watch import FeedWatch
from bot.ports import Clock, Listener, Store, UnitOfWork

_ALERTS_AT_ONCE = 50
AGAIN = timedelta(minutes=15)
"""How long an alert waits whose fan-out failed."""

Wanted = tuple[Destination, list[DeliveryDraft], list[Match]]
"""A place, and what it gets of an occasion at once and in digests."""

log = structlog.get_logger()


class Fanout:
    """Writes the deliveries of every waiting alert."""

    def __init__(
        self, *, store: Store, clock: Clock, batch: int = 1_000, watch: FeedWatch | None = None
    ) -> None:
        """`batch` is how many destinations are looked at in one transaction.

        `watch` then tells the destinations reached what polls held back.
        """
        self._watch = watch
        self._batch_size = batch
        self._store = store
        self._clock = clock
        self._standing = StandingQueries()
        self._resting: dict[AlertId, datetime] = {}

    async def run(self) -> int:
        """Fan out until no alert waits; returns how many deliveries were written."""
        written = 0
        while True:
            now = self._clock.now()
            self._resting = {number: end for number, end in self._resting.items() if end > now}
            async with self._store.begin(fanning_out=True) as uow:
                alerts = await uow.alerts.waiting(_ALERTS_AT_ONCE, without=self._resting)
                room = self._batch_size
                for alert in alerts:
                    looked_at, new = await self._apart(uow, alert, room)
                    room -= looked_at
                    written += new
                    if room <= 0:
                        break
            if not alerts:
                break
        if self._watch is not None:
            written += await self._watch.tell_held(self._store, self._clock)
        return written

    async def _apart(self, uow: UnitOfWork, alert: Alert, limit: int) -> tuple[int, int]:
        """Fan out one alert as `_batch` does; where that fails it waits, and the others do not."""
        try:
            async with uow.apart():
                return await self._batch(uow, alert, limit)
        except DatabaseError:
            raise
        except Exception:
            log.exception("alert_not_fanned_out", alert_id=alert.id)
            self._resting[alert.id] = self._clock.now() + AGAIN
            return 0, 0

    async def _batch(self, uow: UnitOfWork, alert: Alert, limit: int) -> tuple[int, int]:
        """Fan out to the next destinations; returns how many were looked at, and told."""
        begun = self._clock.now()
        story = await uow.stories.get(alert.story_id)
        newcomer = await uow.stories.member(alert.entry_id)
        if story is None or newcomer is None:  # what it was about was deleted
            await uow.alerts.advance(alert.id, alert.cursor, done=True)
            return 0, 0
        listeners = await uow.subscriptions.audience(story, after=alert.cursor, limit=limit)
        waits = any(s.wish.sources > 1 for each in listeners for s in each.subscriptions)
        members = tuple(await uow.stories.members(story.id)) if waits else ()
        occasion = Occasion(alert=alert, story=story, newcomer=newcomer, members=members)
        wishes = (held.wish.query for each in listeners for held in each.subscriptions)
        asked = await self._standing.asked(query for query in wishes if query is not None)
        arranged = await self._arranged(uow, listeners, occasion, asked)
        await uow.digests.add([item for each in arranged for item in each.items])
        drafts = [draft for each in arranged for draft in each.deliveries]
        drafts = await without_repeats(uow, story, newcomer, drafts)
        new = await uow.deliveries.enqueue(drafts, self._clock.now())
        last: DestinationId | None = listeners[-1].destination.id if listeners else alert.cursor
        if last is not None:
            told = {draft.destination_id for draft in drafts}
            told |= {item.destination_id for each in arranged for item in each.items}
            untold = [each for each in listeners if each.destination.id not in told]
            await uow.traces.note(alert.id, last, _stops(untold, occasion, asked))
        await uow.alerts.advance(alert.id, last, done=len(listeners) < limit)
        took_ms = round((self._clock.now() - begun).total_seconds() * 1_000)
        uow.after_commit(
            partial(_told, alert, looked_at=len(listeners), deliveries=new, took_ms=took_ms)
        )
        return len(listeners), new

    async def _arranged(
        self, uow: UnitOfWork, listeners: Sequence[Listener], occasion: Occasion, asked: Asked
    ) -> list[Arranged]:
        """What each listener that wants the occasion gets of it, and when."""
        now = self._clock.now()
        wanted = _wanted(listeners, occasion, asked)
        if not occasion.members and any(_lacks_words(each, occasion.story) for each in wanted):
            members = await uow.stories.members(occasion.story.id)
            wanted = _wanted(listeners, replace(occasion, members=tuple(members)), asked)
        posted = {
            place.id: place.manners.storm
            for place, drafts, _ in wanted
            if any(draft.kind is DeliveryKind.POST for draft in drafts)
        }
        gathered = {place.id for place, _, matches in wanted if matches}
        there = await uow.digests.about(occasion.story.id, sorted({*posted, *gathered}))
        folding = sorted(number for number, storm in posted.items() if storm)
        weather = await uow.digests.weather(folding, now - WINDOW)
        return [
            arrange(
                drafts,
                matches,
                occasion,
                Scene(
                    place=place,
                    now=now,
                    waiting=there.get(place.id, ()),
                    weather=weather.get(place.id, CALM),
                ),
            )
            for place, drafts, matches in wanted
        ]


def _stops(untold: Sequence[Listener], occasion: Occasion, asked: Asked) -> Stops:
    """Why those who get nothing get nothing: kept, so that nobody has to guess it later."""
    found = {each.destination.id: stopped(each, occasion, query_test=asked) for each in untold}
    return {place: stops for place, stops in found.items() if stops}


def _wanted(listeners: Sequence[Listener], occasion: Occasion, asked: Asked) -> list[Wanted]:
    wanted = []
    for listener in listeners:
        drafts = route(listener, occasion, query_test=asked)
        matches = list(for_digests(listener, occasion, query_test=asked))
        if drafts or matches:
            wanted.append((listener.destination, drafts, matches))
    return wanted


def _lacks_words(wanted: Wanted, story: Story) -> bool:
    """Whether a topic is the reason, and the words for it stand in another entry of the story."""
    _, drafts, matches = wanted
    reasons = [*(draft.why for draft in drafts), *(match.why for match in matches)]
    return any(not why.spans and why.wish in story.topics for why in reasons)


def _told(alert: Alert, *, looked_at: int, deliveries: int, took_ms: int) -> None:
    log.info(
        "alert_fanned_out",
        alert_id=alert.id,
        story_id=alert.story_id,
        entry_id=alert.entry_id,
        looked_at=looked_at,
        deliveries=deliveries,
        took_ms=took_ms,
    )
