"""Polls that held entries back, and what a daily comparison found missing."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.alert import DeliveryKind, DeliveryState
from bot.domain.entry import Entry
from bot.domain.feed import Feed, FeedKind, FeedState, Origin
from bot.domain.ids import DestinationId, EntryId, FeedId, StoryId, Tenant
from bot.ports import Vault
from bot.ports.watching import HeldPoll, Holding, MissedEntry
from bot.storage import tables
from bot.storage.feeds import to_feed, visible
from bot.storage.upsert import insert_new

_polls = tables.held_polls
_feeds = tables.feeds
_missed = tables.missed_entries


class SqlWatching:
    """Implements `bot.ports.Watching`."""

    def __init__(self, connection: AsyncConnection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    async def hold_all(self, polls: Sequence[Holding]) -> None:
        """Remember several polls."""
        values = [
            {
                "feed_id": poll.feed_id,
                "first_entry": min(poll.ids),
                "last_entry": max(poll.ids),
                "told": len(poll.ids) - poll.held,
                "held": poll.held,
                "first_poll": poll.first_poll,
                "at": poll.at,
            }
            for poll in polls
        ]
        if values:
            await self._connection.execute(sa.insert(_polls), values)

    async def held(self, until: datetime, *, limit: int) -> list[HeldPoll]:
        """Return the remembered polls up to a moment, oldest first."""
        query = (
            sa.select(
                _polls,
                _feeds.c.name,
                _feeds.c.key,
                _feeds.c.origin,
                _feeds.c.notify_destination_id,
            )
            .join(_feeds, _feeds.c.id == _polls.c.feed_id)
            .where(_polls.c.at <= until)
            .order_by(_polls.c.id)
            .limit(limit)
            .with_for_update(of=_polls, skip_locked=True)
        )
        return [
            HeldPoll(
                id=row.id,
                feed_id=FeedId(row.feed_id),
                feed=row.name,
                key=row.key,
                origin=Origin(row.origin),
                notify=row.notify_destination_id,
                first_entry=EntryId(row.first_entry),
                last_entry=EntryId(row.last_entry),
                told=row.told,
                held=row.held,
                first_poll=row.first_poll,
                at=row.at,
            )
            for row in await self._connection.execute(query)
        ]

    async def let_go(self, ids: Sequence[int]) -> None:
        """Forget polls whose notices are written."""
        await self._connection.execute(sa.delete(_polls).where(_polls.c.id.in_(list(ids))))

    async def reached(self, poll: HeldPoll) -> list[DestinationId]:
        """Return the destinations that were told an entry of this poll."""
        sent, alerts, entries = tables.deliveries, tables.alerts, tables.entries
        gathered = tables.digest_items
        of_poll = sa.exists().where(
            entries.c.id == alerts.c.entry_id,
            entries.c.feed_id == poll.feed_id,
            entries.c.id >= poll.first_entry,
            entries.c.id <= poll.last_entry,
        )
        alone = (
            sa.select(sent.c.destination_id)
            .join(alerts, alerts.c.id == sent.c.alert_id)
            .where(of_poll, sent.c.kind.in_((DeliveryKind.POST, DeliveryKind.REPLY)))
        )
        together = (
            sa.select(gathered.c.destination_id)
            .join(alerts, alerts.c.id == gathered.c.alert_id)
            .where(of_poll)
        )
        found = await self._connection.execute(alone.union(together))
        return sorted(DestinationId(number) for number in found.scalars())

    async def twins(self, entry_id: EntryId, story_id: StoryId) -> list[EntryId]:
        """Return the earlier entries of a story that show the same page as this one."""
        entries, placed = tables.entries, tables.story_entries
        page = sa.select(entries.c.canonical_url).where(entries.c.id == entry_id).scalar_subquery()
        query = (
            sa.select(entries.c.id)
            .join(placed, placed.c.entry_id == entries.c.id)
            .where(
                placed.c.story_id == story_id,
                entries.c.id < entry_id,
                entries.c.canonical_url != "",
                entries.c.canonical_url == page,
            )
            .order_by(entries.c.id)
        )
        return [EntryId(n) for n in (await self._connection.execute(query)).scalars()]

    async def told(
        self, subjects: Sequence[str], places: Sequence[DestinationId]
    ) -> set[DestinationId]:
        """Return which of the places got, or are to get, a message on one of the subjects."""
        sent = tables.deliveries
        query = sa.select(sent.c.destination_id).where(
            sent.c.subject.in_(list(subjects)),
            sent.c.destination_id.in_(list(places)),
            sent.c.kind == DeliveryKind.POST,
            sent.c.state != DeliveryState.DEAD,
        )
        found = (await self._connection.execute(query)).scalars() if subjects else ()
        return {DestinationId(n) for n in found}

    async def claim_comparison(self, before: datetime, now: datetime) -> list[Feed]:
        """Take the Federal Register's feeds not compared since `before`; they count as compared now.

        One whose server asked us to wait is left for later.
        """
        due = sa.or_(_feeds.c.reconciled_at.is_(None), _feeds.c.reconciled_at <= before)
        query = (
            sa.select(_feeds)
            .where(
                _feeds.c.kind == FeedKind.FEDERAL_REGISTER,
                _feeds.c.state == FeedState.ACTIVE,
                _feeds.c.last_success_at.is_not(None),
                sa.or_(_feeds.c.not_before.is_(None), _feeds.c.not_before <= now),
                due,
            )
            .order_by(_feeds.c.id)
            .with_for_update(skip_locked=True)
        )
        rows = (await self._connection.execute(query)).all()
        taken = sa.update(_feeds).where(_feeds.c.id.in_([row.id for row in rows]))
        await self._connection.execute(taken.values(reconciled_at=now))
        return [to_feed(row, self._vault) for row in rows]

    async def compare_again(self, feed_id: FeedId, since: datetime) -> None:
        """Have a feed compared again before its time: `since` is when it counts as compared."""
        mark = sa.update(_feeds).where(_feeds.c.id == feed_id).values(reconciled_at=since)
        await self._connection.execute(mark)

    async def first_seen(self, feed_id: FeedId) -> datetime | None:
        """Return when the feed's first entry was stored."""
        entries = tables.entries
        query = sa.select(entries.c.first_seen).where(entries.c.feed_id == feed_id)
        found: datetime | None = await self._connection.scalar(
            query.order_by(entries.c.id).limit(1)
        )
        return found

    async def miss(self, feed_id: FeedId, entries: Sequence[Entry], now: datetime) -> int:
        """Remember what the polls missed; returns how many were not remembered yet."""
        rows = [
            {
                "feed_id": feed_id,
                "guid": entry.guid,
                "title": entry.title,
                "url": entry.url,
                "published": entry.published,
                "found_at": now,
            }
            for entry in entries
        ]
        return await insert_new(self._connection, _missed, rows) if rows else 0


async def read_missed(
    connection: AsyncConnection, owner: Tenant | None, since: datetime
) -> list[MissedEntry]:
    """Return what was found missing since a moment in the shared feeds and the owner's."""
    query = (
        sa.select(_missed, _feeds.c.name, _feeds.c.key)
        .join(_feeds, _feeds.c.id == _missed.c.feed_id)
        .where(_missed.c.found_at >= since, visible(_feeds.c.owner, owner))
        .order_by(_missed.c.found_at.desc(), _missed.c.id)
    )
    return [
        MissedEntry(
            feed=row.name,
            key=row.key,
            guid=row.guid,
            title=row.title,
            url=row.url,
            published=row.published,
            found_at=row.found_at,
        )
        for row in await connection.execute(query)
    ]
