"""Who wants what, and who may want a given story."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, time

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.alert import DeliveryKind, DeliveryState
from bot.domain.destination import Destination, Grouping, Level, Subscription, Wish
from bot.domain.feed import Origin
from bot.domain.ids import DestinationId, SubscriptionId
from bot.domain.manners import DAYS, Mention, MentionKind, Rhythm, When
from bot.domain.reading import Lang
from bot.domain.story import Story
from bot.ports import Listener
from bot.storage import tables
from bot.storage.destinations import to_destination
from bot.storage.mark_rows import mutes_of
from bot.storage.rows import Row
from bot.storage.upsert import insert_new

_t = tables.subscriptions


class SqlSubscriptions:
    """Implements `bot.ports.Subscriptions`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def add(
        self, destination_id: DestinationId, wish: Wish, *, origin: Origin, by: str, now: datetime
    ) -> Subscription | None:
        """Store a wish; None where the destination has it already (what else it asks is brought up to date)."""
        key = _wish_key(wish)
        same = sa.and_(_t.c.destination_id == destination_id, _t.c.wish_key == key)
        held = (await self._connection.execute(sa.select(_t).where(same))).first()
        if held is not None:
            # a person's word about a wish outlives the configuration, never the reverse
            if origin is Origin.CHAT or held.origin == Origin.CONFIG:
                fresh = _terms(wish)
                if any(getattr(held, name) != value for name, value in fresh.items()):
                    fresh["origin"] = origin
                await self._connection.execute(sa.update(_t).where(same).values(fresh))
            return None
        values = {
            "destination_id": destination_id,
            "topic": wish.topic,
            "query": wish.query,
            "grouping": wish.group,
            "wish_key": key,
            "origin": origin,
            "created_by": by,
            "created_at": now,
            **_terms(wish),
        }
        await insert_new(self._connection, _t, [values])
        query = sa.select(_t).where(same)
        return to_subscription((await self._connection.execute(query)).one())

    async def remove(self, subscription_id: SubscriptionId) -> None:
        """Delete one."""
        await self._connection.execute(sa.delete(_t).where(_t.c.id == subscription_id))

    async def of(self, destination_id: DestinationId) -> list[Subscription]:
        """Return a destination's subscriptions, oldest first."""
        found = await self._of_all([destination_id])
        return found[destination_id]

    async def listed(self) -> list[tuple[Destination, Subscription]]:
        """Return all, by destination."""
        query = sa.select(tables.destinations).order_by(tables.destinations.c.id)
        places = [to_destination(row) for row in await self._connection.execute(query)]
        wishes = await self._of_all([place.id for place in places])
        return [(place, wish) for place in places for wish in wishes[place.id]]

    async def queries(self) -> frozenset[str]:
        """Return the queries that anybody subscribed to, each once."""
        query = sa.select(_t.c.query).where(_t.c.query.is_not(None)).distinct()
        return frozenset((await self._connection.execute(query)).scalars())

    async def audience(
        self, story: Story, *, after: DestinationId | None, limit: int
    ) -> list[Listener]:
        """Return up to `limit` destinations above `after` that may want this story or have it."""
        places, sent = tables.destinations, tables.deliveries
        wants = sa.exists().where(
            _t.c.destination_id == places.c.id,
            sa.or_(_t.c.topic.in_(story.topics), _t.c.query.is_not(None)),
        )
        has_post = sa.exists().where(
            sent.c.destination_id == places.c.id,
            sent.c.subject == f"story:{story.id}",
            sent.c.kind == DeliveryKind.POST,
            sent.c.state != DeliveryState.DEAD,
        )
        held = tables.follows
        follows = sa.exists().where(
            held.c.destination_id == places.c.id, held.c.story_id == story.id
        )
        query = (
            sa.select(places, has_post.label("has_post"), follows.label("follows"))
            .where(places.c.id > (after or 0), sa.or_(wants, has_post, follows))
            .order_by(places.c.id)
            .limit(limit)
        )
        if story.owner is not None:
            tenant = places.c.platform + ":" + places.c.workspace
            # a follow was allowed where the person saw the story: their own conversation may
            # belong to nobody's workspace
            seen = follows.where(held.c.tenant == story.owner)
            query = query.where(sa.or_(tenant == story.owner, seen))
        rows = (await self._connection.execute(query)).all()
        ids = [DestinationId(row.id) for row in rows]
        wishes = await self._of_all(ids)
        mutes = await mutes_of(self._connection, ids)
        return [
            Listener(
                destination=to_destination(row),
                subscriptions=tuple(wishes[DestinationId(row.id)]),
                has_post=row.has_post,
                follows=row.follows,
                mutes=tuple(mutes.get(row.id, ())),
            )
            for row in rows
        ]

    async def _of_all(
        self, destination_ids: Sequence[DestinationId]
    ) -> defaultdict[DestinationId, list[Subscription]]:
        found: defaultdict[DestinationId, list[Subscription]] = defaultdict(list)
        for start in range(0, len(destination_ids), 500):
            part = destination_ids[start : start + 500]
            query = sa.select(_t).where(_t.c.destination_id.in_(part)).order_by(_t.c.id)
            for row in await self._connection.execute(query):
                found[DestinationId(row.destination_id)].append(to_subscription(row))
        return found


def to_subscription(row: Row) -> Subscription:
    """Return the subscription a row of `subscriptions` holds."""
    return Subscription(
        id=SubscriptionId(row.id),
        destination_id=DestinationId(row.destination_id),
        wish=Wish(
            topic=row.topic,
            query=row.query,
            level=Level(row.level),
            group=Grouping(row.grouping),
            when=to_when(row.rhythm),
            langs=tuple(Lang(lang) for lang in row.langs.split(",") if lang),
            sources=row.sources,
            mention=to_mention(row.mention),
        ),
        origin=Origin(row.origin),
        created_by=row.created_by,
        created_at=row.created_at,
    )


def _wish_key(wish: Wish) -> str:
    what = f"topic {wish.topic}" if wish.topic is not None else f"query {wish.query}"
    return f"{wish.group} {what}"


def _terms(wish: Wish) -> dict[str, object]:
    """The columns that asking again may change."""
    return {
        "level": wish.level,
        "rhythm": str(wish.when),
        "langs": ",".join(wish.langs),
        "sources": wish.sources,
        "mention": None if wish.mention is None else str(wish.mention),
    }


def to_when(text: str) -> When:
    """Return what `str` made of a `When`."""
    named, _, at = text.partition("@")
    rhythm, _, day = named.partition(":")
    return When(
        rhythm=Rhythm(rhythm),
        at=time.fromisoformat(at) if at else None,
        day=DAYS.index(day) if day else None,
    )


def to_mention(text: str | None) -> Mention | None:
    """Return what `str` made of a `Mention`."""
    if text is None:
        return None
    kind, _, who = text.partition(":")
    return Mention(kind=MentionKind(kind), id=who)
