"""Deadlines told again before their day, in each place's own time.

places whose hour came ─► deadlines of their topics ─► steps that are owed, by day ─► a delivery each
                                                   └─► when to look again

A step of a day is one subject of a delivery, which is unique: told once, by any number of workers,
also after downtime. All that is due on one day is told together, each event once.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import structlog

from bot.alerts import reminder
from bot.alerts.message import Label
from bot.alerts.timing import next_reminding, owed, quiet_until
from bot.domain.alert import DeliveryDraft, DeliveryKind, Why
from bot.domain.destination import Destination, Subscription
from bot.domain.views import FoundDeadline
from bot.domain.zones import zone_of
from bot.pipeline.ahead import Ahead
from bot.pipeline.digests import AGAIN
from bot.ports import Clock, Store, UnitOfWork
from bot.record.timeline import OfRecord

AHEAD = 60
"""Days that are looked ahead: no reminder may come longer before its day."""
FRESH = timedelta(hours=12)
"""An alert that told of a deadline so recently is its first reminder, unless the day is near."""
_AT_ONCE = 50

log = structlog.get_logger()


@dataclass(slots=True)
class _Due:
    """What is due on one day, and the topics that ask for it."""

    deadlines: list[FoundDeadline] = field(default_factory=list)
    topics: dict[str, None] = field(default_factory=dict)


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
        ahead = Ahead(self._store.queries, self._record, days=AHEAD)
        while True:
            now = self._clock.now()
            async with self._store.begin(fanning_out=True) as uow:
                places = await uow.digests.remindable(now, limit=_AT_ONCE)
                for place, held in places:
                    written += await self._reminded(uow, place, held, now, ahead)
            if len(places) < _AT_ONCE:
                return written

    async def _reminded(
        self,
        uow: UnitOfWork,
        place: Destination,
        held: Sequence[Subscription],
        now: datetime,
        ahead: Ahead,
    ) -> int:
        """Remind one place; where that fails it is looked at later, and the others are reminded."""
        try:
            async with uow.apart():
                return await self._remind(uow, place, held, now, ahead)
        except Exception:
            log.exception("reminder_failed", destination_id=place.id)
            await uow.digests.remind_next(place.id, now + AGAIN)
            return 0

    async def _remind(
        self,
        uow: UnitOfWork,
        place: Destination,
        held: Sequence[Subscription],
        now: datetime,
        ahead: Ahead,
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
            deadlines = await ahead.of(place, today)
            for (day, step), due in _owed(deadlines, place, topics, now).items():
                subject = f"reminder:{day.isoformat()}:{step}"
                written += await self._tell(uow, place, subject, due, topics, now)
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

    async def _tell(  # noqa: PLR0917 - one caller
        self,
        uow: UnitOfWork,
        place: Destination,
        subject: str,
        due: _Due,
        topics: dict[str, Subscription],
        now: datetime,
    ) -> int:
        mine = tuple(due.topics)
        first = topics[mine[0]]
        mention = tuple(
            dict.fromkeys(m for topic in mine if (m := topics[topic].wish.mention) is not None)
        )
        message = reminder.compose(
            due.deadlines,
            place,
            subject=subject,
            today=now.astimezone(zone_of(place.zone)).date(),
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


def _owed(
    deadlines: Sequence[FoundDeadline],
    place: Destination,
    topics: dict[str, Subscription],
    now: datetime,
) -> dict[tuple[date, int], _Due]:
    """The deadlines whose step is owed, by their day and that step."""
    found: dict[tuple[date, int], _Due] = {}
    for each in deadlines:
        mine = [topic for topic in each.topics if topic in topics]
        step = _step(each, min(topics[t].created_at for t in mine), place, now) if mine else None
        if step is not None:
            due = found.setdefault((each.fact.date, step), _Due())
            due.deadlines.append(each)
            due.topics.update(dict.fromkeys(mine))
    return found


def _step(found: FoundDeadline, asked: datetime, place: Destination, now: datetime) -> int | None:
    """The days before of the reminder that is owed, None where none is."""
    zone = zone_of(place.zone)

    def since(moment: datetime) -> int | None:
        return owed(found.fact.date, now=now, since=moment, manners=place.manners, zone=zone)

    known = found.known_since
    step = since(max(asked, known or asked))
    if step is None or step <= 1 or known is None:
        return step
    return since(max(asked, known + FRESH))
