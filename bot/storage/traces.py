"""Why places were not told, stored small: one row for each batch of a fan-out."""

import json
from collections.abc import Iterable, Sequence
from datetime import datetime
from itertools import pairwise

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.alert import Delivery
from bot.domain.digest import DigestItem
from bot.domain.ids import AlertId, DestinationId, EntryId, StoryId, Tenant
from bot.domain.reading import Reading
from bot.domain.story import Telling
from bot.domain.trace import AlertTrace, Stop, Stopped, Stops, TracedEntry
from bot.storage import tables
from bot.storage.codec import load
from bot.storage.delivery_rows import to_delivery
from bot.storage.digests import SqlDigests
from bot.storage.entries import to_stored
from bot.storage.feeds import visible
from bot.storage.rows import Row
from bot.stories.urls import canonical_url

_notes = tables.fanout_notes
_MAX_ENTRIES = 20
"""Entries with one address that are looked at: one for each feed that brought it."""
_MAX_ALERTS = 100
"""Changes of one story that are looked at: the first are those that could open it."""


class SqlTraces:
    """Implements `bot.ports.traces.Traces`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def note(self, alert_id: AlertId, upto: DestinationId, stops: Stops) -> None:
        """Store what stopped the places of one batch; `upto` is its last destination."""
        if not stops:
            return
        values = {"alert_id": alert_id, "upto": upto, "notes": written(stops)}
        await self._connection.execute(sa.insert(_notes).values(values))

    async def forget(self, before: datetime) -> int:
        """Delete the notes of alerts older than a moment; returns how many rows."""
        told = tables.alerts
        old = sa.select(told.c.id).where(told.c.created_at < before)
        delete = sa.delete(_notes).where(_notes.c.alert_id.in_(old))
        return (await self._connection.execute(delete)).rowcount


class SqlTraceQueries:
    """Implements `bot.ports.traces.TraceQueries`."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def entries_at(self, url: str, owner: Tenant | None) -> list[TracedEntry]:
        """Return the entries with this address, newest first."""
        archive = tables.entries
        at = archive.c.canonical_url == canonical_url(url)
        return await self._entries(at, owner, [archive.c.id.desc()])

    async def entries_in(self, story_id: StoryId, owner: Tenant | None) -> list[TracedEntry]:
        """Return a story's entries in the order they joined."""
        placed = tables.story_entries
        order = [placed.c.seen_at, tables.entries.c.id]
        return await self._entries(placed.c.story_id == story_id, owner, order)

    async def _entries(
        self,
        which: sa.ColumnElement[bool],
        owner: Tenant | None,
        order: Sequence[sa.ColumnExpressionArgument[object]],
    ) -> list[TracedEntry]:
        archive, placed, readings = tables.entries, tables.story_entries, tables.readings
        query = (
            sa.select(archive, readings.c.reading, placed.c.story_id, placed.c.joined)
            .join(readings, readings.c.entry_id == archive.c.id)
            .outerjoin(placed, placed.c.entry_id == archive.c.id)
            .where(which, visible(archive.c.owner, owner))
            .order_by(*order)
            .limit(_MAX_ENTRIES)
        )
        async with self._engine.connect() as connection:
            return [_to_traced(row) for row in await connection.execute(query)]

    async def alerts_of(
        self, story_id: StoryId, destination_id: DestinationId | None
    ) -> Sequence[AlertTrace]:
        """Return a story's alerts, oldest first, with what stopped them at a destination."""
        told = tables.alerts
        query = sa.select(told).where(told.c.story_id == story_id).order_by(told.c.id)
        async with self._engine.connect() as connection:
            rows = (await connection.execute(query.limit(_MAX_ALERTS))).all()
            return [
                _to_trace(row, await _stopped(connection, row.id, destination_id)) for row in rows
            ]

    async def gathered(
        self, story_id: StoryId, destination_id: DestinationId
    ) -> Sequence[DigestItem]:
        """Return what waited, or waits, to be told together at a place about a story."""
        async with self._engine.connect() as connection:
            found = await SqlDigests(connection).about(story_id, [destination_id])
        return found.get(destination_id, [])

    async def deliveries(
        self, destination_id: DestinationId, *, limit: int, offset: int
    ) -> list[Delivery]:
        """Return a page of what a destination was told, newest first."""
        sent = tables.deliveries
        query = (
            sa.select(sent)
            .where(sent.c.destination_id == destination_id)
            .order_by(sent.c.id.desc())
            .limit(limit)
            .offset(offset)
        )
        async with self._engine.connect() as connection:
            return [to_delivery(row) for row in await connection.execute(query)]


async def _stopped(
    connection: AsyncConnection, alert_id: int, destination_id: DestinationId | None
) -> tuple[Stopped, ...]:
    if destination_id is None:
        return ()
    query = (
        sa.select(_notes.c.notes)
        .where(_notes.c.alert_id == alert_id, _notes.c.upto >= destination_id)
        .order_by(_notes.c.upto)
        .limit(1)
    )
    notes = await connection.scalar(query)
    return () if notes is None else read(notes, destination_id)


def written(stops: Stops) -> str:
    """Return the notes as JSON: for each outcome its places, as differences between their numbers.

    ``[["level", "tariffs", "flash", "7,1,1,4"]]`` says that 7, 8, 9 and 13 asked for flash only.
    """
    places: dict[Stopped, list[int]] = {}
    for destination_id, found in stops.items():
        for stopped in found:
            places.setdefault(stopped, []).append(destination_id)
    rows = [
        [stopped.stop, stopped.wish, stopped.detail, ",".join(map(str, _steps(sorted(ids))))]
        for stopped, ids in places.items()
    ]
    return json.dumps(rows, ensure_ascii=False, separators=(",", ":"))


def read(notes: str, destination_id: DestinationId) -> tuple[Stopped, ...]:
    """Return what stopped one place, from what `written` made."""
    return tuple(
        Stopped(stop=Stop(stop), wish=wish, detail=detail)
        for stop, wish, detail, steps in json.loads(notes)
        if _holds(steps, destination_id)
    )


def _steps(ids: Sequence[int]) -> Iterable[int]:
    yield ids[0]
    yield from (after - before for before, after in pairwise(ids))


def _holds(steps: str, wanted: int) -> bool:
    at = 0
    for step in steps.split(","):
        at += int(step)
        if at >= wanted:
            return at == wanted
    return False


def _to_traced(row: Row) -> TracedEntry:
    return TracedEntry(
        stored=to_stored(row),
        reading=load(Reading, row.reading),
        story_id=None if row.story_id is None else StoryId(row.story_id),
        joined=row.joined or "",
    )


def _to_trace(row: Row, stopped: tuple[Stopped, ...]) -> AlertTrace:
    return AlertTrace(
        id=AlertId(row.id),
        story_id=StoryId(row.story_id),
        entry_id=EntryId(row.entry_id),
        telling=Telling(row.telling),
        opens=row.opens,
        created_at=row.created_at,
        done=row.done,
        stopped=stopped,
    )
