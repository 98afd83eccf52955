"""The reading side: short transactions of their own, never the writer's connection."""

from collections.abc import AsyncIterator, Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncEngine

from bot.domain.alert import Delivery
from bot.domain.destination import Address, Destination, Subscription
from bot.domain.feed import Feed, FeedState
from bot.domain.ids import DestinationId, EntryId, FeedId, StoryId, Tenant
from bot.domain.needs import NOTHING, Needs
from bot.domain.outside import OutsideKind, OutsideService
from bot.domain.reading import DeadlineKind, Reading
from bot.domain.story import Member, Story
from bot.domain.views import (
    Counts,
    FoundDeadline,
    FoundEntry,
    QueueDepth,
    TrackedDeadline,
    Volume,
)
from bot.errors import DatabaseError, StorageError
from bot.ports import Vault
from bot.ports.watching import MissedEntry
from bot.storage import full_text, outside, tables
from bot.storage.codec import load
from bot.storage.delivery_rows import to_delivery
from bot.storage.destinations import SqlDestinations
from bot.storage.entries import to_stored
from bot.storage.feeds import SqlFeeds, visible
from bot.storage.found_deadlines import found_deadlines, tracked_deadlines
from bot.storage.mark_queries import SqlMarkQueries
from bot.storage.pages import SqlPageQueries
from bot.storage.queue_depth import read_queue_depth
from bot.storage.seals import SqlSealQueries
from bot.storage.shadow import SqlShadowQueries
from bot.storage.stories import read_members
from bot.storage.subscriptions import SqlSubscriptions
from bot.storage.tariff_ledger import SqlTariffQueries
from bot.storage.traces import SqlTraceQueries
from bot.storage.watching import read_missed

_FIRST_PAGE, _PAGE = 100, 400
"""Entries read at once, so that a long search never keeps a writer waiting; few where few are wanted."""


class SqlQueries:
    """Implements `bot.ports.Queries`."""

    def __init__(self, engine: AsyncEngine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault
        self.people = SqlMarkQueries(engine)
        self.traces = SqlTraceQueries(engine)
        self.shadow = SqlShadowQueries(engine)
        self.tariffs = SqlTariffQueries(engine)
        self.pages = SqlPageQueries(engine)
        self.seals = SqlSealQueries(engine, vault)

    async def stories(
        self,
        *,
        owner: Tenant | None,
        since: datetime | None = None,
        topic: str | None = None,
        limit: int = 10,
        offset: int = 0,
        most_told_first: bool = False,
    ) -> list[Story]:
        """Return stories, newest first, or those with most sources first."""
        told, topics = tables.stories, tables.story_topics
        on_topic = sa.exists().where(topics.c.story_id == told.c.id)
        if topic is not None:
            on_topic = on_topic.where(topics.c.topic == topic)
        query = sa.select(told.c.story).where(visible(told.c.owner, owner), on_topic)
        if since is not None:
            query = query.where(told.c.updated_at >= since)
        order = [told.c.updated_at.desc(), told.c.id.desc()]
        if most_told_first:
            order.insert(0, told.c.source_count.desc())
        query = query.order_by(*order).limit(limit).offset(offset)
        async with self._engine.connect() as connection:
            return [load(Story, text) for text in (await connection.execute(query)).scalars()]

    async def story(self, story_id: StoryId, owner: Tenant | None) -> Story | None:
        """Return one story."""
        told = tables.stories
        query = sa.select(told.c.story).where(told.c.id == story_id, visible(told.c.owner, owner))
        async with self._engine.connect() as connection:
            text = await connection.scalar(query)
        return None if text is None else load(Story, text)

    async def members(self, story_id: StoryId, owner: Tenant | None) -> list[Member]:
        """Return a story's entries in the order they joined."""
        if await self.story(story_id, owner) is None:
            return []
        async with self._engine.connect() as connection:
            in_story = tables.story_entries.c.story_id == story_id
            return await read_members(connection, in_story)

    async def entries(
        self, *, owner: Tenant | None, needs: Needs = NOTHING, since: datetime | None = None
    ) -> AsyncIterator[FoundEntry]:
        """Yield entries that hold what is needed, newest first."""
        archive = tables.entries
        on_sqlite = self._engine.dialect.name == "sqlite"
        asked = [visible(archive.c.owner, owner)]
        if since is not None:
            asked.append(archive.c.first_seen >= since)
        below: EntryId | None = None
        size = _FIRST_PAGE
        while True:
            query = full_text.archive_query(needs, on_sqlite=on_sqlite, below=below)
            async with self._engine.connect() as connection:
                rows = (await connection.execute(query.where(*asked).limit(size))).all()
            for row in rows:
                yield FoundEntry(
                    stored=to_stored(row),
                    reading=load(Reading, row.reading),
                    story_id=None if row.story_id is None else StoryId(row.story_id),
                )
            if len(rows) < size:
                return
            below, size = EntryId(rows[-1].id), _PAGE

    async def deadlines(
        self,
        *,
        owner: Tenant | None,
        since: date,
        until: date,
        topic: str | None,
        limit: int,
        team: Tenant | None = None,
        whole: bool = False,
        kind: DeadlineKind | None = None,
    ) -> list[FoundDeadline]:
        """Return deadlines from `since` to `until`, soonest first, with the team's marks."""
        return await found_deadlines(
            self._engine,
            owner=owner,
            since=since,
            until=until,
            topic=topic,
            limit=limit,
            team=team or owner,
            whole=whole,
            kind=kind,
        )

    async def tracked_deadlines(
        self,
        *,
        owner: Tenant | None,
        team: Tenant,
        since: date,
        until: date,
        limit: int,
        changed_since: datetime | None = None,
    ) -> list[TrackedDeadline]:
        """Return all deadlines stories ever stated for these days, by number."""
        return await tracked_deadlines(
            self._engine,
            owner=owner,
            team=team,
            since=since,
            until=until,
            limit=limit,
            changed_since=changed_since,
        )

    async def volume(self, *, owner: Tenant | None, since: datetime, topic: str | None) -> Volume:
        """Count entries on a topic, and their stories."""
        archive, placed, topics = tables.entries, tables.story_entries, tables.reading_topics
        on_topic = sa.exists().where(topics.c.entry_id == archive.c.id)
        if topic is not None:
            on_topic = on_topic.where(topics.c.topic == topic)
        query = (
            sa.select(sa.func.count(archive.c.id), sa.func.count(sa.distinct(placed.c.story_id)))
            .select_from(archive)
            .outerjoin(placed, placed.c.entry_id == archive.c.id)
            .where(archive.c.first_seen >= since, visible(archive.c.owner, owner), on_topic)
        )
        async with self._engine.connect() as connection:
            entries, stories = (await connection.execute(query)).one()
        return Volume(entries=entries, stories=stories, since=since)

    async def deliveries_about(self, subject: str, destination_id: DestinationId) -> list[Delivery]:
        """Return what a destination was told about a subject, in order."""
        sent = tables.deliveries
        query = (
            sa.select(sent)
            .where(sent.c.subject == subject, sent.c.destination_id == destination_id)
            .order_by(sent.c.id)
        )
        async with self._engine.connect() as connection:
            return [to_delivery(row) for row in await connection.execute(query)]

    async def recent_deliveries(self, destination_id: DestinationId, limit: int) -> list[Delivery]:
        """Return the destination's last deliveries in any state, newest first."""
        sent = tables.deliveries
        query = (
            sa.select(sent)
            .where(sent.c.destination_id == destination_id)
            .order_by(sent.c.created_at.desc(), sent.c.id.desc())
            .limit(limit)
        )
        async with self._engine.connect() as connection:
            return [to_delivery(row) for row in await connection.execute(query)]

    async def destination(self, address: Address) -> Destination | None:
        """Return the destination; an empty workspace finds the channel where only one has it."""
        async with self._engine.connect() as connection:
            return await SqlDestinations(connection).find(address)

    async def outside_service(self, kind: OutsideKind, name: str) -> OutsideService | None:
        """Return a stored service outside chat, its address opened."""
        async with self._engine.connect() as connection:
            return await outside.find(connection, self._vault, kind, name)

    async def outside_names(self) -> list[tuple[OutsideKind, str]]:
        """Return the stored services outside chat, by kind and name."""
        async with self._engine.connect() as connection:
            return await outside.names(connection)

    async def subscriptions(self, destination_id: DestinationId) -> list[Subscription]:
        """Return a destination's subscriptions, oldest first."""
        async with self._engine.connect() as connection:
            return await SqlSubscriptions(connection).of(destination_id)

    async def every_subscription(self) -> list[tuple[Destination, Subscription]]:
        """Return the subscriptions of every place: for operators, never for people in a channel."""
        async with self._engine.connect() as connection:
            return await SqlSubscriptions(connection).listed()

    async def feeds(self, owner: Tenant | None) -> list[Feed]:
        """Return the shared feeds and the owner's by name, those of past configurations left out."""
        async with self._engine.connect() as connection:
            return await SqlFeeds(connection, self._vault).listed(owner)

    async def every_feed(self) -> list[Feed]:
        """Return the feeds of every owner: for operators, never for people in a channel."""
        async with self._engine.connect() as connection:
            return await SqlFeeds(connection, self._vault).of_everybody()

    async def asked(self) -> frozenset[str]:
        """Return the queries that anybody subscribed to: for polls, never for people."""
        async with self._engine.connect() as connection:
            return await SqlSubscriptions(connection).queries()

    async def marks(self, feed_ids: Sequence[FeedId]) -> list[frozenset[str]]:
        """Return the marks of the entries in each feed's last body, in the order of the feeds."""
        table = tables.feeds
        query = sa.select(table.c.id, table.c.marks).where(table.c.id.in_(feed_ids))
        async with self._engine.connect() as connection:
            found = {row.id: row.marks for row in await connection.execute(query)}
        return [frozenset((found.get(feed_id) or "").split()) for feed_id in feed_ids]

    async def missed(self, owner: Tenant | None, since: datetime) -> list[MissedEntry]:
        """Return what the daily comparison found missing since a moment, the latest first."""
        async with self._engine.connect() as connection:
            return await read_missed(connection, owner, since)

    async def ping(self) -> None:
        """Ask the database whether it is there. Raises StorageError."""
        try:
            async with self._engine.connect() as connection:
                await connection.execute(sa.select(1))
        except (DatabaseError, sa.exc.SQLAlchemyError, OSError) as error:
            raise StorageError("the database does not answer") from error

    async def queue_depth(self, now: datetime) -> QueueDepth:
        """Return what is due at a moment and not taken: for operators."""
        async with self._engine.connect() as connection:
            return await read_queue_depth(connection, now)

    async def counts(self) -> Counts:
        """Count rows over all owners: for operators, never for people in a channel.

        Each count is a short transaction: without a WAL the writer waits for whoever reads.
        """
        sent, polled, topics = tables.deliveries, tables.feeds, tables.reading_topics
        failing = sa.and_(polled.c.failures > 0, polled.c.state == FeedState.ACTIVE)
        return Counts(
            deliveries=await self._by_state(sent),
            feeds=await self._by_state(polled),
            feeds_failing=await self._rows(polled, failing),
            entries=await self._rows(tables.entries),
            stories=await self._rows(tables.stories),
            alerts_waiting=await self._rows(tables.alerts, tables.alerts.c.done.is_(False)),
            matches=await self._rows(sa.select(topics.c.entry_id).distinct().subquery()),
        )

    async def _by_state(self, table: sa.Table) -> dict[str, int]:
        grouped = sa.select(table.c.state, sa.func.count()).group_by(table.c.state)
        async with self._engine.connect() as connection:
            return {row[0]: row[1] for row in await connection.execute(grouped)}

    async def _rows(self, table: sa.FromClause, *those: sa.ColumnElement[bool]) -> int:
        """Count without naming a column: SQLite then counts the leaves of an index, not its rows."""
        counted = sa.select(sa.func.count()).select_from(table).where(*those)
        async with self._engine.connect() as connection:
            return await connection.scalar(counted) or 0
