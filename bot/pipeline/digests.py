"""From items that waited to one message a place.

items due ─► still quiet? later ─► told elsewhere? done ─► few from the night: alerts by themselves
         └─► else one digest with its replies, written and noted in the same transaction

An item is told exactly once: what tells it is noted in the transaction that writes the delivery,
with the place locked, so that any number of workers, and a stop at any point, make no difference.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import structlog

from bot.alerts import days, digest
from bot.alerts.digest import Digested, Frame
from bot.alerts.digest_words import digest_words
from bot.alerts.message import Label
from bot.alerts.timing import last_digest, quiet_until
from bot.domain.alert import DeliveryDraft, DeliveryKind, Why
from bot.domain.destination import Destination, Subscription
from bot.domain.digest import QUIET, DigestItem, Gathered
from bot.domain.ids import DestinationId, StoryId
from bot.domain.message import Message
from bot.domain.story import Story
from bot.domain.views import FoundDeadline
from bot.domain.zones import zone_of
from bot.pipeline.ahead import Ahead, nothing_on_record
from bot.ports import Clock, Store, UnitOfWork
from bot.record.timeline import OfRecord

ALONE = 5
"""Stories of quiet hours that are told by themselves in the morning; more become one digest."""
LATE = timedelta(minutes=30)
"""A digest that comes so much later than its time says so."""
_AT_ONCE = 25
"""Places in one transaction: others wait for the writer meanwhile."""
ELSEWHERE = "elsewhere"
"""What is noted for an item that another message told."""
MUTED = "muted"
"""What is noted for an item whose topics the place muted while it waited."""
AGAIN = timedelta(minutes=15)
"""How long a place waits whose digest, or whose reminders, failed."""
_AHEAD = 366
"""Days ahead in which a digest shows deadlines."""

log = structlog.get_logger()


@dataclass(frozen=True, slots=True, kw_only=True)
class _Turn:
    """One transaction: many places wait for the same stories, so that each is read once."""

    uow: UnitOfWork
    now: datetime
    ahead: Ahead
    stories: dict[StoryId, Story | None] = field(default_factory=dict)

    async def story(self, story_id: StoryId) -> Story | None:
        """Return a story as it is in this transaction."""
        if story_id not in self.stories:
            self.stories[story_id] = await self.uow.stories.get(story_id)
        return self.stories[story_id]


class Digests:
    """Tells places what waited to be told together."""

    def __init__(
        self, *, store: Store, clock: Clock, label: Label, record: OfRecord = nothing_on_record
    ) -> None:
        """`record` gives the deadlines of the record, which outrank what stories say of the same."""
        self._record = record
        self._store = store
        self._clock = clock
        self._label = label

    async def run(self) -> int:
        """Tell everything that is due; returns how many deliveries were written."""
        written = 0
        ahead = Ahead(self._store.queries, self._record, days=_AHEAD)
        while True:
            now = self._clock.now()
            async with self._store.begin(fanning_out=True) as uow:
                due = await uow.digests.due(now, limit=_AT_ONCE)
                turn = _Turn(uow=uow, now=now, ahead=ahead)
                for gathered in due:
                    written += await self._told(turn, gathered)
            if len(due) < _AT_ONCE:
                break
        return written + await self._say_empty()

    async def _told(self, turn: _Turn, gathered: Gathered) -> int:
        """Tell one place; where that fails it waits, and the other places do not."""
        try:
            async with turn.uow.apart():
                return await self._tell(turn, gathered)
        except Exception:
            log.exception("digest_failed", destination_id=gathered.destination.id)
            await turn.uow.digests.postpone(list(gathered.items), turn.now + AGAIN)
            return 0

    async def _tell(self, turn: _Turn, gathered: Gathered) -> int:
        uow, now = turn.uow, turn.now
        place, items = gathered.destination, list(gathered.items)
        until = quiet_until(now, place.manners.quiet, zone_of(place.zone))
        if until is not None:
            await uow.digests.postpone(items, until)
            return 0
        gone = await uow.digests.told_elsewhere(items)
        await uow.digests.tell([item for item in items if item.id in gone], ELSEWHERE)
        items = [item for item in items if item.id not in gone]
        items = await self._heard(turn, place, items)
        if not items:
            return 0
        night = [item for item in items if item.gathering == QUIET]
        if len(night) <= ALONE and night:
            await uow.digests.tell(night, ELSEWHERE)
            told = await uow.deliveries.enqueue([_alone(item) for item in night], now)
            items = [item for item in items if item.gathering != QUIET]
            return told + (await self._digest(turn, place, items) if items else 0)
        return await self._digest(turn, place, items)

    async def _heard(
        self, turn: _Turn, place: Destination, items: list[DigestItem]
    ) -> list[DigestItem]:
        """Leave out what the place muted while it waited."""
        mutes = await self._store.queries.people.mutes(place.id)
        muted = {mute.topic for mute in mutes if mute.holds(turn.now)}
        if not muted:
            return items
        held = await self._store.queries.subscriptions(place.id)
        asked = {each.wish.topic for each in held if each.wish.topic is not None} - muted
        silent = []
        for item in items:
            story = await turn.story(item.story_id)
            topics = set(story.topics) if story is not None else set()
            of_topic = item.why.wish in muted
            of_query = bool(topics) and topics <= muted
            if (of_topic or of_query) and not topics & asked:
                silent.append(item)
        await turn.uow.digests.tell(silent, MUTED)
        return [item for item in items if item not in silent]

    async def _digest(self, turn: _Turn, place: Destination, items: Sequence[DigestItem]) -> int:
        """Write one digest of the items, and note that it tells them."""
        kinds = list(dict.fromkeys(item.gathering for item in items))
        due = max(item.due_at for item in items)
        subject = f"{_beginning(kinds[0], due)}:{max(item.id for item in items)}"
        stories = await _stories(turn, items)
        frame = self._frame(place, kinds, subject, due, turn.now)
        deadlines = await turn.ahead.of(place, frame.today)
        mention = tuple(dict.fromkeys(who for item in items for who in item.why.mention))
        await turn.uow.digests.tell(items, subject)
        log.info("digest_told", destination_id=place.id, subject=subject, stories=len(stories))
        frame = replace(frame, mention=mention, ahead=_of(deadlines, stories))
        return await _write(turn.uow, place, digest.compose(stories, frame), turn.now)

    def _frame(
        self, place: Destination, kinds: Sequence[str], subject: str, due: datetime, now: datetime
    ) -> Frame:
        words, zone = digest_words(place.locale), zone_of(place.zone)
        today = now.astimezone(zone).date()
        day = due.astimezone(zone).date()
        late = ""
        if now - due > LATE:
            late = words.late.format(when=days.moment(due.astimezone(zone), place.locale))
        kind = kinds[0] if len(kinds) == 1 else ""
        return Frame(
            subject=subject,
            title=digest.title(kind, day, words, place.locale),
            place=place,
            label=self._label,
            today=today,
            note=late,
        )

    async def _say_empty(self) -> int:
        """Tell places that want to know it where a digest had nothing in it."""
        written = 0
        after: DestinationId | None = None
        while True:
            now = self._clock.now()
            async with self._store.begin(fanning_out=True) as uow:
                places = await uow.digests.expecting(after=after, limit=_AT_ONCE)
                for place, held in places:
                    written += await self._empty(uow, place, held, now)
            if len(places) < _AT_ONCE:
                return written
            after = places[-1][0].id

    async def _empty(
        self,
        uow: UnitOfWork,
        place: Destination,
        held: Sequence[Subscription],
        now: datetime,
    ) -> int:
        zone = zone_of(place.zone)
        if quiet_until(now, place.manners.quiet, zone) is not None:
            return 0
        written = 0
        oldest = {each.wish.when: each.created_at for each in reversed(held)}
        for when, since in oldest.items():
            if when.instant:
                continue
            due = last_digest(now, when, zone)
            beginning = _beginning(str(when), due)
            if due <= since or now - due > LATE:
                continue  # nobody is told late that there was nothing
            if not await uow.digests.announced(place.id, beginning):
                frame = self._frame(place, [str(when)], beginning, due, now)
                written += await _write(uow, place, digest.compose((), frame), now)
        return written


async def _write(
    uow: UnitOfWork, place: Destination, messages: Sequence[Message], now: datetime
) -> int:
    """Write a digest: its first message as a post, the others as replies to it."""
    drafts = []
    for number, message in enumerate(messages):
        draft = DeliveryDraft(
            destination_id=place.id,
            alert_id=None,
            subject=message.subject,
            kind=DeliveryKind.POST if number == 0 else DeliveryKind.REPLY,
            revision=number + 1,
            why=Why(subscription_id=None, wish="digest"),
        )
        drafts.append((draft, message))
    return await uow.deliveries.enqueue_told(drafts, now)


async def _stories(turn: _Turn, items: Sequence[DigestItem]) -> list[Digested]:
    """The stories of a digest, each once."""
    found = []
    for item in {item.story_id: item for item in items}.values():
        story = await turn.story(item.story_id)
        if story is not None:
            topic = item.why.wish if item.why.wish in story.topics else None
            found.append(Digested(story=story, topic=topic))
    return found


def _of(deadlines: Sequence[FoundDeadline], stories: Sequence[Digested]) -> list[FoundDeadline]:
    """The deadlines that one of the stories tells, whoever else does."""
    told = {each.story.id for each in stories}
    return [row for row in deadlines if row.story_id in told or not told.isdisjoint(row.also)]


def _alone(item: DigestItem) -> DeliveryDraft:
    """An alert that waited for the end of quiet hours, as it would have been."""
    return DeliveryDraft(
        destination_id=item.destination_id,
        alert_id=item.alert_id,
        subject=item.subject,
        kind=DeliveryKind.POST,
        revision=0 if item.subject.startswith("entry:") else item.revision,
        why=item.why,
    )


def _beginning(gathering: str, due: datetime) -> str:
    return f"digest:{gathering}:{due:%Y-%m-%dT%H:%MZ}"
