"""What waits to be told together, and what was."""

from collections import defaultdict
from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.alert import DeliveryKind, DeliveryState, Why
from bot.domain.destination import Destination, DestinationState, Subscription
from bot.domain.digest import STORM, DigestItem, Gathered, Weather
from bot.domain.ids import AlertId, DestinationId, StoryId, SubscriptionId
from bot.storage import tables
from bot.storage.codec import dump, load
from bot.storage.destinations import to_destination
from bot.storage.rows import Row
from bot.storage.subscriptions import SqlSubscriptions
from bot.storage.upsert import insert_new

_t = tables.digest_items
_places = tables.destinations
_sent = tables.deliveries
_AT_ONCE = 500
"""Numbers in one list of a statement."""


class SqlDigests:
    """Implements `bot.ports.Digests`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(self, items: Sequence[DigestItem]) -> int:
        """Write items, leaving out those that wait already; returns how many are new."""
        return await insert_new(self._connection, _t, [_values(item) for item in items])

    async def about(
        self, story_id: StoryId, destination_ids: Sequence[DestinationId]
    ) -> dict[DestinationId, list[DigestItem]]:
        """Return the items about a story and its entries, told or not, by destination."""
        found: defaultdict[DestinationId, list[DigestItem]] = defaultdict(list)
        for part in _parts(destination_ids):
            query = sa.select(_t).where(_t.c.story_id == story_id, _t.c.destination_id.in_(part))
            for row in await self._connection.execute(query.order_by(_t.c.id)):
                found[DestinationId(row.destination_id)].append(_to_item(row))
        return found

    async def weather(
        self, destination_ids: Sequence[DestinationId], since: datetime
    ) -> dict[DestinationId, Weather]:
        """Return how much each destination was told since a moment; calm ones are left out.

        Bulletins, digests and reminders count as nothing, what is in a bulletin as itself.
        """
        found: dict[DestinationId, Weather] = {}
        for part in _parts(destination_ids):
            recent = await self._posts(part, since)
            stormy = await self._bulletins(part, since)
            for number in {*recent, *stormy}:
                folded, subject, held = stormy.get(number, (0, None, 0))
                found[DestinationId(number)] = Weather(
                    recent=recent.get(number, 0) + folded, bulletin=subject, held=held
                )
        return found

    async def due(self, now: datetime, *, limit: int) -> list[Gathered]:
        """Return up to `limit` active places with all that is due there, each for one worker only."""
        # by the index on what is due: most places wait for nothing
        waiting = sa.select(_t.c.destination_id).where(_t.c.told.is_(None), _t.c.due_at <= now)
        query = (
            sa.select(_places)
            .where(_places.c.id.in_(waiting), _places.c.state == DestinationState.ACTIVE)
            .order_by(_places.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        places = [to_destination(row) for row in await self._connection.execute(query)]
        items: defaultdict[int, list[DigestItem]] = defaultdict(list)
        for part in _parts([place.id for place in places]):
            theirs = sa.select(_t).where(
                _t.c.destination_id.in_(part), _t.c.told.is_(None), _t.c.due_at <= now
            )
            for row in await self._connection.execute(theirs.order_by(_t.c.id)):
                items[row.destination_id].append(_to_item(row))
        return [Gathered(destination=place, items=tuple(items[place.id])) for place in places]

    async def told_in(self, destination_id: DestinationId, subject: str) -> list[DigestItem]:
        """Return what a digest or bulletin tells, in the order it was added."""
        query = sa.select(_t).where(_t.c.destination_id == destination_id, _t.c.told == subject)
        rows = await self._connection.execute(query.order_by(_t.c.id))
        return [_to_item(row) for row in rows]

    async def tell(self, items: Collection[DigestItem], subject: str) -> None:
        """Note which delivery tells these items."""
        for part in _parts([item.id for item in items]):
            update = sa.update(_t).where(_t.c.id.in_(part)).values(told=subject)
            await self._connection.execute(update)

    async def postpone(self, items: Collection[DigestItem], until: datetime) -> None:
        """Let items wait for a later moment."""
        for part in _parts([item.id for item in items]):
            update = sa.update(_t).where(_t.c.id.in_(part)).values(due_at=until)
            await self._connection.execute(update)

    async def told_elsewhere(self, items: Collection[DigestItem]) -> set[int]:
        """Return the numbers of items whose story the place was told since they were added.

        That is where it has a message of its own, or where a digest or bulletin told it as it is.
        """
        gone: set[int] = set()
        other = _t.alias("other")
        posted = sa.exists().where(
            _sent.c.destination_id == _t.c.destination_id,
            _sent.c.subject == _t.c.subject,
            _sent.c.kind == DeliveryKind.POST,
            _sent.c.state != DeliveryState.DEAD,
            _sent.c.created_at >= _t.c.added_at,
        )
        gathered = sa.exists().where(
            other.c.destination_id == _t.c.destination_id,
            other.c.subject == _t.c.subject,
            other.c.told.is_not(None),
            other.c.revision >= _t.c.revision,
            other.c.id != _t.c.id,
        )
        for part in _parts([item.id for item in items]):
            query = sa.select(_t.c.id).where(_t.c.id.in_(part), sa.or_(posted, gathered))
            gone.update((await self._connection.execute(query)).scalars())
        return gone

    async def announced(self, destination_id: DestinationId, beginning: str) -> bool:
        """Whether the place has a delivery whose subject begins so."""
        there = sa.exists().where(
            _sent.c.destination_id == destination_id,
            _sent.c.subject.startswith(beginning, autoescape=True),
        )
        return bool(await self._connection.scalar(sa.select(there)))

    async def expecting(
        self, *, after: DestinationId | None, limit: int
    ) -> list[tuple[Destination, tuple[Subscription, ...]]]:
        """Return active places above `after` that say where a digest is empty, with subscriptions."""
        held = tables.subscriptions
        digests = sa.exists().where(
            held.c.destination_id == _places.c.id, held.c.rhythm != "instant"
        )
        query = (
            sa.select(_places)
            .where(
                digests,
                _places.c.id > (after or 0),
                _places.c.state == DestinationState.ACTIVE,
                _places.c.manners.contains('"say_empty":true'),
            )
            .order_by(_places.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        places = [to_destination(row) for row in await self._connection.execute(query)]
        wishes = SqlSubscriptions(self._connection)
        return [(place, tuple(await wishes.of(place.id))) for place in places]

    async def remindable(
        self, now: datetime, *, limit: int
    ) -> list[tuple[Destination, tuple[Subscription, ...]]]:
        """Return active places whose reminders are due to be looked for, each for one worker only."""
        held = tables.subscriptions
        topics = sa.exists().where(held.c.destination_id == _places.c.id, held.c.topic.is_not(None))
        due = sa.or_(_places.c.next_reminder_at.is_(None), _places.c.next_reminder_at <= now)
        query = (
            sa.select(_places)
            .where(due, topics, _places.c.state == DestinationState.ACTIVE)
            .order_by(_places.c.id)
            .limit(limit)
            .with_for_update(skip_locked=True)
        )
        places = [to_destination(row) for row in await self._connection.execute(query)]
        wishes = SqlSubscriptions(self._connection)
        return [(place, tuple(await wishes.of(place.id))) for place in places]

    async def remind_next(self, destination_id: DestinationId, at: datetime) -> None:
        """Look for a place's reminders again at a moment."""
        update = sa.update(_places).where(_places.c.id == destination_id)
        await self._connection.execute(update.values(next_reminder_at=at))

    async def _posts(self, places: Sequence[int], since: datetime) -> dict[int, int]:
        query = (
            sa.select(_sent.c.destination_id, sa.func.count())
            .where(
                # the run leads PostgreSQL to the index before it has counted a large fan-out
                _sent.c.destination_id.between(min(places), max(places)),
                _sent.c.destination_id.in_(places),
                _sent.c.kind == DeliveryKind.POST,
                _sent.c.created_at > since,
                sa.or_(_sent.c.subject.startswith("story:"), _sent.c.subject.startswith("entry:")),
            )
            .group_by(_sent.c.destination_id)
        )
        return {row[0]: row[1] for row in await self._connection.execute(query)}

    async def _bulletins(
        self, places: Sequence[int], since: datetime
    ) -> dict[int, tuple[int, str, int]]:
        """By place: what was folded since, the newest bulletin, and how much that one holds."""
        query = (
            sa.select(_t.c.destination_id, _t.c.told, _t.c.added_at)
            .where(_t.c.destination_id.in_(places), _t.c.gathering == STORM, _t.c.added_at > since)
            .order_by(_t.c.id)
        )
        folded: defaultdict[int, int] = defaultdict(int)
        newest: dict[int, str] = {}
        for row in await self._connection.execute(query):
            folded[row.destination_id] += 1
            newest[row.destination_id] = row.told
        held = (
            sa.select(_t.c.destination_id, _t.c.told, sa.func.count())
            .where(_t.c.destination_id.in_(newest), _t.c.told.in_(set(newest.values())))
            .group_by(_t.c.destination_id, _t.c.told)
        )
        rows = (await self._connection.execute(held)).all() if newest else []
        sizes = {(row[0], row[1]): row[2] for row in rows}
        return {
            place: (folded[place], subject, sizes[place, subject])
            for place, subject in newest.items()
        }


def _parts(numbers: Sequence[int]) -> list[Sequence[int]]:
    return [numbers[start : start + _AT_ONCE] for start in range(0, len(numbers), _AT_ONCE)]


def _values(item: DigestItem) -> dict[str, object]:
    return {
        "destination_id": item.destination_id,
        "story_id": item.story_id,
        "subscription_id": item.subscription_id,
        "alert_id": item.alert_id,
        "subject": item.subject,
        "gathering": item.gathering,
        "due_at": item.due_at,
        "revision": item.revision,
        "why": dump(Why, item.why),
        "added_at": item.added_at,
        "told": item.told,
    }


def _to_item(row: Row) -> DigestItem:
    return DigestItem(
        id=row.id,
        destination_id=DestinationId(row.destination_id),
        story_id=StoryId(row.story_id),
        subscription_id=None
        if row.subscription_id is None
        else SubscriptionId(row.subscription_id),
        alert_id=None if row.alert_id is None else AlertId(row.alert_id),
        subject=row.subject,
        gathering=row.gathering,
        due_at=row.due_at,
        revision=row.revision,
        why=load(Why, row.why),
        added_at=row.added_at,
        told=row.told,
    )
