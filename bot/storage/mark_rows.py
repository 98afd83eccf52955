"""Rows of mutes, deadlines and what was said of them to values."""

from collections.abc import Sequence

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import DeadlineId, DestinationId, StoryId
from bot.domain.marks import DeadlineMarks, KnownDeadline, Mute, Settling, Signed
from bot.domain.reading import DeadlineFact
from bot.storage import tables
from bot.storage.codec import load
from bot.storage.rows import Row

REPLACED = {
    Settling.CONFIRMED: (Settling.CONFIRMED, Settling.DISMISSED),
    Settling.DISMISSED: tuple(Settling),
    Settling.HANDLED: (Settling.HANDLED, Settling.DISMISSED),
}
"""What takes the place of what: nobody handles a date that is none, and the last word counts."""


def to_mute(row: Row) -> Mute:
    """Return the mute a row of `mutes` holds."""
    return Mute(
        destination_id=DestinationId(row.destination_id),
        topic=row.topic,
        until=row.until,
        by=row.who,
        at=row.at,
    )


async def mutes_of(
    connection: AsyncConnection, destination_ids: Sequence[int]
) -> dict[int, list[Mute]]:
    """Return the mutes of destinations, those whose time is over included."""
    held = tables.mutes
    found: dict[int, list[Mute]] = {}
    for start in range(0, len(destination_ids), 500):
        part = destination_ids[start : start + 500]
        query = sa.select(held).where(held.c.destination_id.in_(part)).order_by(held.c.topic)
        for row in await connection.execute(query):
            found.setdefault(row.destination_id, []).append(to_mute(row))
    return found


def to_known(row: Row, said: Sequence[Row]) -> KnownDeadline:
    """Return the deadline a row of `known_deadlines` holds, with a team's marks on it."""
    return KnownDeadline(
        id=DeadlineId(row.id),
        story_id=StoryId(row.story_id),
        fact=load(DeadlineFact, row.fact),
        first_seen=row.first_seen,
        gone_at=row.gone_at,
        marks=marks_of(said),
    )


def marks_of(said: Sequence[Row]) -> DeadlineMarks:
    """Return what one team's rows of `deadline_marks` say of one deadline."""
    signed = {row.said: Signed(by=row.who, called=row.called, at=row.at) for row in said}
    dismissed, handled = signed.get(Settling.DISMISSED), signed.get(Settling.HANDLED)
    return DeadlineMarks(
        confirmed=signed.get(Settling.CONFIRMED),
        dismissed=dismissed,
        # rows of before these replaced each other: lists leave out what was dismissed
        handled=None if dismissed is not None else handled,
    )
