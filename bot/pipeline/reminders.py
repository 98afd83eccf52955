"""Deadlines told again before their day, in each place's own time.

places whose hour came ─► deadlines of their topics ─► the step that is owed ─► a delivery each
                                                   └─► when to look again

A step of a deadline is one subject of a delivery, which is unique: told once, by any number of
workers, also after downtime.
"""

from collections.abc import Callable, Sequence
from datetime import date, datetime, timedelta

import structlog

from bot.alerts import reminder
from bot.alerts.message import Label
from bot.alerts.timing import next_reminding, owed, quiet_until, zone_of
from bot.domain.alert import DeliveryDraft, DeliveryKind, Why
from bot.domain.destination import Destination, Subscription
from bot.domain.ids import Tenant
from bot.domain.marks import team_of
from bot.domain.message import Message
from bot.domain.views import FoundDeadline
from bot.ports import Clock, Store, UnitOfWork

OfRecord = Callable[[date, date], Sequence[FoundDeadline]]
"""The deadlines of `timeline.yaml` from one day to another, both included."""

_AT_ONCE = 50
_MOST = 500
"""Deadlines of stories that are looked at for one workspace."""

log = structlog.get_logger()


class Reminders:
    """Reminds places of the deadlines on the topics they subscribed to."""

    def __init__(self, *, store: Store, clock: Clock, label: Label, record: OfRecord) -> None:
        self._store = store
        self._clock = clock
        self._label = label
        self._record = record

    async def run(self) -> int:
        """Write every reminder that is owed now; returns how many."""
        written = 0
        seen: dict[tuple[Tenant, Tenant, date], list[FoundDeadline]] = {}
        while True:
            now = self._clock.now()
            async with self._store.begin(fanning_out=True) as uow:
                places = await uow.digests.remindable(now, limit=_AT_ONCE)
                for place, held in places:
                    written += await self._remind(uow, place, held, now, seen)
            if len(places) < _AT_ONCE:
                return written

    async def _remind(
        self,
        uow: UnitOfWork,
        place: Destination,
        held: Sequence[Subscription],
        now: datetime,
        seen: dict[tuple[Tenant, Tenant, date], list[FoundDeadline]],
    ) -> int:
        zone, manners = zone_of(place.zone), place.manners
        quiet = quiet_until(now, manners.quiet, zone)
        if quiet is not None:
            await uow.digests.remind_next(place.id, quiet)
            return 0
        written = 0
        if manners.reminders:
            today = now.astimezone(zone).date()
            topics = await self._topics(place, held, now)
            for found in await self._deadlines(place, today, seen):
                written += await self._tell(uow, place, found, topics, now)
        await uow.digests.remind_next(place.id, next_reminding(now, manners, zone))
        return written

    async def _topics(
        self, place: Destination, held: Sequence[Subscription], now: datetime
    ) -> dict[str, Subscription]:
        """The topics the place asks for, by their oldest subscription, without those it muted."""
        muted = {
            mute.topic
            for mute in await self._store.queries.people.mutes(place.id)
            if mute.holds(now)
        }
        topics: dict[str, Subscription] = {}
        for each in held:
            if each.wish.topic is not None and each.wish.topic not in muted:
                topics.setdefault(each.wish.topic, each)
        return topics

    async def _deadlines(
        self,
        place: Destination,
        today: date,
        seen: dict[tuple[Tenant, Tenant, date], list[FoundDeadline]],
    ) -> list[FoundDeadline]:
        """What is due in the time ahead, without what the team dismissed, handled, or barely known."""
        tenant, team = place.address.tenant, team_of(place.address)
        found = seen.get((tenant, team, today))
        if found is None:
            until = today + timedelta(days=60)
            read = await self._store.queries.deadlines(
                owner=tenant, since=today, until=until, topic=None, limit=_MOST, team=team
            )
            found = [
                each
                for each in (*self._record(today, until), *read)
                if each.marks.handled is None
                and each.marks.dismissed is None
                and (reminder.worth(each.fact) or each.marks.confirmed is not None)
            ]
            seen[tenant, team, today] = found
        return found

    async def _tell(
        self,
        uow: UnitOfWork,
        place: Destination,
        found: FoundDeadline,
        topics: dict[str, Subscription],
        now: datetime,
    ) -> int:
        mine = tuple(topic for topic in found.topics if topic in topics)
        if not mine:
            return 0
        zone = zone_of(place.zone)
        since = min(topics[topic].created_at for topic in mine)
        step = owed(
            found.fact.date,
            now=now,
            since=max(since, found.known_since or since),
            manners=place.manners,
            zone=zone,
        )
        if step is None:
            return 0
        first = topics[mine[0]]
        subject = f"reminder:{reminder.key_of(found)}:{step}"
        mention = tuple(
            dict.fromkeys(m for topic in mine if (m := topics[topic].wish.mention) is not None)
        )
        message: Message = reminder.compose(
            found,
            place,
            subject=subject,
            today=now.astimezone(zone).date(),
            topics=mine,
            label=self._label,
            mention=mention,
        )
        draft = DeliveryDraft(
            destination_id=place.id,
            alert_id=None,
            subject=subject,
            kind=DeliveryKind.POST,
            revision=1,
            why=Why(subscription_id=first.id, wish=str(first.wish)),
        )
        new = await uow.deliveries.enqueue_told([(draft, message)], now)
        if new:
            log.info("reminder_told", destination_id=place.id, subject=subject)
        return new
