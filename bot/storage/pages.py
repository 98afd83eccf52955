"""What the pages show besides what people ask in chat: volume, changes, and who was told."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.alert import Alert, DeliveryState
from bot.domain.ids import DestinationId, StoryId, Tenant
from bot.domain.marks import Mark
from bot.ports.pages import Hour, Told
from bot.storage import tables
from bot.storage.alerts import to_alert
from bot.storage.delivery_rows import to_delivery
from bot.storage.destinations import to_destination
from bot.storage.feeds import visible
from bot.storage.latest_deliveries import latest_deliveries

_MOST_ENTRIES = 500
"""Entries of one story whose own messages are looked for."""


class SqlPageQueries:
    """Implements `bot.ports.pages.PageQueries`."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def hours(self, *, owner: Tenant | None, since: datetime) -> Sequence[Hour]:
        """Count the entries on a topic hour by hour since a moment."""
        archive, topics = tables.entries, tables.reading_topics
        hour = self._hour(archive.c.first_seen).label("hour")
        query = (
            sa.select(hour, sa.func.count())
            .where(archive.c.first_seen >= since, visible(archive.c.owner, owner))
            .where(sa.exists().where(topics.c.entry_id == archive.c.id))
            .group_by(hour)
            .order_by(hour)
        )
        async with self._engine.connect() as connection:
            rows = (await connection.execute(query)).all()
        return [Hour(begins=_moment(text), entries=number) for text, number in rows]

    async def changes(
        self, story_id: StoryId, *, owner: Tenant | None, limit: int = 200
    ) -> Sequence[Alert]:
        """Return what changed of a story, oldest first."""
        said, told = tables.alerts, tables.stories
        query = (
            sa.select(said)
            .join(told, told.c.id == said.c.story_id)
            .where(said.c.story_id == story_id, visible(told.c.owner, owner))
            .order_by(said.c.id)
            .limit(limit)
        )
        async with self._engine.connect() as connection:
            return [to_alert(row) for row in await connection.execute(query)]

    async def told(self, story_id: StoryId, *, limit: int = 100) -> Sequence[Told]:
        """Return who was told of a story or one of its entries, newest first."""
        sent = tables.deliveries
        async with self._engine.connect() as connection:
            entries = await connection.scalars(
                sa.select(tables.story_entries.c.entry_id)
                .where(tables.story_entries.c.story_id == story_id)
                .limit(_MOST_ENTRIES)
            )
            subjects = [f"story:{story_id}", *(f"entry:{number}" for number in entries)]
            gathered = sa.select(tables.digest_items.c.destination_id, tables.digest_items.c.told)
            gathered = gathered.where(tables.digest_items.c.story_id == story_id)
            pairs = gathered.where(tables.digest_items.c.told.is_not(None)).distinct().subquery()
            together = sa.select(sent.c.id).join(
                pairs,
                sa.and_(
                    pairs.c.destination_id == sent.c.destination_id,
                    pairs.c.told == sent.c.subject,
                ),
            )
            by_itself = sa.select(sent.c.id).where(sent.c.subject.in_(subjects))
            query = (
                sa.select(sent)
                .where(sent.c.id.in_(by_itself.union(together)))
                .order_by(sent.c.id.desc())
                .limit(limit)
            )
            found = [to_delivery(row) for row in await connection.execute(query)]
            places = tables.destinations
            wanted = {delivery.draft.destination_id for delivery in found}
            rows = await connection.execute(sa.select(places).where(places.c.id.in_(wanted)))
            by_id = {DestinationId(row.id): to_destination(row) for row in rows}
        return [Told(destination=by_id[one.draft.destination_id], delivery=one) for one in found]

    async def deliveries(
        self, *, state: DeliveryState | None, limit: int, offset: int = 0
    ) -> Sequence[Told]:
        """Return the latest deliveries to all places, in one state or in any."""
        async with self._engine.connect() as connection:
            return await latest_deliveries(connection, state=state, limit=limit, offset=offset)

    async def noise(self, *, since: datetime) -> Mapping[StoryId, int]:
        """Return the stories that people marked as noise since a moment, with how many did."""
        held = tables.feedback
        query = (
            sa.select(held.c.story_id, sa.func.count())
            .where(held.c.mark == Mark.NOISE, held.c.at >= since)
            .group_by(held.c.story_id)
        )
        async with self._engine.connect() as connection:
            return {StoryId(number): n for number, n in await connection.execute(query)}

    def _hour(self, column: sa.Column[datetime]) -> sa.Function[str]:
        """The moment's hour in UTC as text: both databases can make and group it."""
        if self._engine.dialect.name == "sqlite":
            return sa.func.strftime("%Y-%m-%dT%H", column)
        return sa.func.to_char(sa.func.timezone("UTC", column), 'YYYY-MM-DD"T"HH24')


def _moment(hour: str) -> datetime:
    return datetime.strptime(hour, "%Y-%m-%dT%H").replace(tzinfo=UTC)
