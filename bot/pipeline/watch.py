"""Tells a feed's people what the bot cannot see: in the transaction of the poll that found out.

    poll ─► observe (alarms) ─► notice to the place that asked for the feed
    poll that held entries back ─► row ─► after the fan-out ─► one notice to each place it reached

A feed of the configuration belongs to the places that `feeds_notices` names; where it names none,
the log, `/usmca feeds` and the status have it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

import structlog

from bot.alerts.feed_notices import Held, of_alarm, of_held
from bot.domain.destination import Address, Destination
from bot.domain.entry import Entry
from bot.domain.feed import Feed, Origin
from bot.domain.health import AlarmNews
from bot.domain.ids import DestinationId, EntryId
from bot.domain.polling import ParsedFeed
from bot.ports import Clock, Store, UnitOfWork
from bot.ports.watching import HeldPoll, Holding
from bot.record.feed_health import observe, tells_held

HELD_GRACE = timedelta(minutes=1)
"""Polls that held entries back wait so long for others, so that a start with many feeds makes one
notice."""
_LOOK_EVERY = timedelta(seconds=20)
_AT_ONCE = 500

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class Wardens:
    """Who is told of the feeds of the configuration."""

    places: tuple[Address, ...] = ()
    zone: str = "UTC"
    locale: str = "en"


class FeedWatch:
    """Writes notices about feeds."""

    def __init__(self, wardens: Wardens | None = None) -> None:
        self._wardens = wardens or Wardens()
        self._look_at: datetime | None = None

    async def after_poll(
        self,
        uow: UnitOfWork,
        before: Feed,
        after: Feed,
        parsed: ParsedFeed | None,
        *,
        fresh: Sequence[Entry],
        now: datetime,
    ) -> Feed:
        """Return the feed with its alarms, and write the notices that they mean."""
        dates = [entry.published for entry in fresh]
        seen, news = observe(before, after, parsed, fresh=dates, now=now)
        for one in news:
            await self._tell(uow, seen, one, now)
        return seen

    def holding(
        self, feed: Feed, ids: Sequence[EntryId], held: int, now: datetime
    ) -> Holding | None:
        """Return what to remember of a poll that told only a part of its new entries.

        None where it was said today. `held` leaves out what is held because the feed had it before:
        nobody misses that.
        """
        if held <= 0 or not tells_held(feed.watch, now):
            return None
        first = feed.last_success_at is None
        return Holding(feed_id=feed.id, ids=ids, held=held, first_poll=first, at=now)

    async def tell_held(self, store: Store, clock: Clock, *, grace: timedelta = HELD_GRACE) -> int:
        """Write the notices of polls that held entries back; returns how many are new.

        Told are the places that got an alert from the poll, or, where none did, whom the feed
        belongs to. One notice holds all such polls of the last minute. Comes back at once where
        it looked a moment ago.
        """
        now = clock.now()
        if grace and self._look_at is not None and now < self._look_at:
            return 0
        self._look_at = now + _LOOK_EVERY
        written = 0
        async with store.begin() as uow:
            polls = await uow.watching.held(now - grace, limit=_AT_ONCE)
            if not polls:
                return 0
            for place, theirs in (await self._by_place(uow, polls)).values():
                first = theirs[0]  # its row's number may be given again, its moment never is
                subject = f"notice:held:{first.feed_id}:{first.at:%Y%m%dT%H%M%S%f}"
                held = [
                    Held(feed=one.feed, told=one.told, held=one.held, first_poll=one.first_poll)
                    for one in theirs
                ]
                message = of_held(held, subject, place)
                written += await uow.deliveries.enqueue_notice(place.id, subject, message, now)
            await uow.watching.let_go([poll.id for poll in polls])
        log.info("held_back", polls=len(polls), notices=written)
        return written

    async def _by_place(
        self, uow: UnitOfWork, polls: Sequence[HeldPoll]
    ) -> dict[DestinationId, tuple[Destination, list[HeldPoll]]]:
        found: dict[DestinationId, tuple[Destination, list[HeldPoll]]] = {}
        for poll in polls:
            places = [await uow.destinations.get(n) for n in await uow.watching.reached(poll)]
            if not places:
                places = list(await self._owners(uow, poll.notify, origin=poll.origin))
            for place in places:
                if place is not None:
                    found.setdefault(place.id, (place, []))[1].append(poll)
        return found

    async def _tell(self, uow: UnitOfWork, feed: Feed, news: AlarmNews, now: datetime) -> None:
        names = [str(state.alarm) for state in news.alarms]
        log.warning(
            "feed_alarm_over" if news.over else "feed_alarm",
            feed=feed.spec.key,
            alarms=names,
            since=str(news.alarms[0].since),
            error=feed.last_error,
        )
        places = await self._owners(uow, feed.spec.notify_destination_id, origin=feed.spec.origin)
        for place in places:
            message = of_alarm(feed, news, place)
            await uow.deliveries.enqueue_notice(place.id, message.subject, message, now)

    async def _owners(
        self, uow: UnitOfWork, notify: DestinationId | None, *, origin: Origin
    ) -> Sequence[Destination]:
        """Return the places a feed belongs to."""
        if notify is not None:
            place = await uow.destinations.get(notify)
            return [] if place is None else [place]
        if origin is not Origin.CONFIG:
            return []
        wardens = self._wardens
        return [
            await uow.destinations.ensure(
                address, origin=Origin.CONFIG, zone=wardens.zone, locale=wardens.locale
            )
            for address in wardens.places
        ]
