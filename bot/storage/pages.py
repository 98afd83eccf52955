"""What the pages show besides what people ask in chat: volume, changes, and who was told."""

import asyncio
from collections.abc import AsyncIterator, Collection, Mapping, Sequence
from datetime import UTC, date, datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.alert import Alert, DeliveryState
from bot.domain.ids import DestinationId, EntryId, StoryId, Tenant
from bot.domain.marks import Mark
from bot.domain.needs import NOTHING, Needs
from bot.domain.reading import Reading
from bot.domain.story import Story
from bot.domain.views import FoundEntry
from bot.ports.keeping import Stuck
from bot.ports.pages import Hour, State, Told
from bot.reading.query_marks import mark
from bot.storage import full_text, tables
from bot.storage.alerts import to_alert
from bot.storage.codec import load
from bot.storage.delivery_rows import to_delivery
from bot.storage.destinations import to_destination
from bot.storage.entries import to_stored
from bot.storage.feeds import visible
from bot.storage.latest_deliveries import latest_deliveries
from bot.storage.rows import Row
from bot.storage.stuck import SqlStuckDeliveries

_MOST_ENTRIES = 500
"""Entries of one story whose own messages are looked for."""
_DATED = 400
"""Entries of stories with deadlines that are read at once."""
_TIERS = mark("tier")
"""What the marks of all entries begin with."""
_BEYOND = 2**62
"""More than any number of an entry."""


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

    async def state(self) -> State:
        """Return how far the archive has come. It costs little to ask."""
        known, said = tables.known_deadlines, tables.tariff_ledger
        of_record = tables.record_marks
        # each by itself: the last row of an index; in one query all rows would be read
        asked = (
            sa.select(sa.func.max(known.c.id)),
            sa.select(sa.func.max(known.c.changed_at)),
            sa.select(sa.func.max(of_record.c.id)),
            sa.select(sa.func.count()).select_from(of_record),
            sa.select(sa.func.max(said.c.id)),
            sa.select(sa.func.max(tables.tariff_marks.c.id)),
            sa.select(sa.func.count()).select_from(tables.tariff_marks),
        )
        query = sa.select(*(each.scalar_subquery() for each in asked))
        async with self._engine.connect() as connection:
            found = tuple((await connection.execute(query)).one())
        words = [str(each) for each in found]
        return State(
            deadlines=" ".join(words[:4]), deadlines_at=found[1], tariffs=" ".join(words[4:])
        )

    async def dated_entries(
        self,
        *,
        owner: Tenant | None,
        needs: Needs,
        since: date,
        until: date,
        changed_since: datetime | None = None,
    ) -> AsyncIterator[FoundEntry]:
        """Yield entries that hold what is needed, of stories with a deadline from day to day."""
        archive, placed, known = tables.entries, tables.story_entries, tables.known_deadlines
        dated = (
            sa.select(placed.c.entry_id)
            .join(known, known.c.story_id == placed.c.story_id)
            .where(known.c.date.between(since, until))
        )
        if changed_since is not None:
            dated = dated.where(known.c.changed_at >= changed_since)
        on_sqlite = self._engine.dialect.name == "sqlite"
        asked = (visible(archive.c.owner, owner), archive.c.id.in_(dated))
        # of a few stories all entries are read: sooner than going through the index for them
        narrow = _narrow(needs) if changed_since is None else NOTHING
        below = EntryId(_BEYOND)
        while True:
            query = full_text.archive_query(narrow, on_sqlite=on_sqlite, below=below)
            async with self._engine.connect() as connection:
                rows = (await connection.execute(query.where(*asked).limit(_DATED))).all()
            for found in await asyncio.to_thread(_to_found, rows):
                yield found
            if len(rows) < _DATED:
                return
            below = EntryId(rows[-1].id)

    async def stories(self, ids: Collection[StoryId], *, owner: Tenant | None) -> Sequence[Story]:
        """Return these stories, in no order, those the owner may not see left out."""
        told = tables.stories
        query = sa.select(told.c.story).where(told.c.id.in_(ids), visible(told.c.owner, owner))
        async with self._engine.connect() as connection:
            return [load(Story, text) for text in (await connection.execute(query)).scalars()]

    async def delivery_counts(self) -> Mapping[str, int]:
        """Count the deliveries of every owner by state: for operators."""
        state = tables.deliveries.c.state
        async with self._engine.connect() as connection:
            rows = await connection.execute(sa.select(state, sa.func.count()).group_by(state))
            return {row[0]: row[1] for row in rows}

    async def stuck(self, *, limit: int) -> Sequence[Stuck]:
        """Return what an operator may want to look at, the latest first."""
        async with self._engine.connect() as connection:
            return await SqlStuckDeliveries(connection).latest(limit)

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


def _narrow(needs: Needs) -> Needs:
    """What few entries hold; nothing where most do: a long way through the index would hold up writers."""
    groups = tuple(
        group for group in needs.words if not all(sign.startswith(_TIERS) for sign in group)
    )
    return Needs(words=groups, without=needs.without if groups else ())


def _to_found(rows: Sequence[Row]) -> list[FoundEntry]:
    return [
        FoundEntry(
            stored=to_stored(row),
            reading=load(Reading, row.reading),
            story_id=None if row.story_id is None else StoryId(row.story_id),
        )
        for row in rows
    ]


def _moment(hour: str) -> datetime:
    return datetime.strptime(hour, "%Y-%m-%dT%H").replace(tzinfo=UTC)
