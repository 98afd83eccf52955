"""Which deliveries may go out now, and which must go before others.

A claim costs what it takes, not what waits: it reads a platform's waiting rows in their order
(`ix_deliveries_waiting`) until it has enough, and for each of them looks up the first unfinished row
of its place that must go before (`ix_deliveries_unfinished`).
"""

from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.alert import DeliveryKind, DeliveryState
from bot.domain.destination import DestinationState
from bot.storage import tables

_t = tables.deliveries
_places = tables.destinations

WAITING = (DeliveryState.PENDING, DeliveryState.RETRY)
UNFINISHED = (*WAITING, DeliveryState.SENDING, DeliveryState.UNKNOWN)
_FIRST = tuple(kind for kind in DeliveryKind if kind is not DeliveryKind.EDIT)

_ORDERED = {
    "enable_sort": "off",
    "enable_incremental_sort": "off",
    "enable_seqscan": "off",
    "enable_bitmapscan": "off",
    "plan_cache_mode": "force_custom_plan",
}
"""What leaves PostgreSQL the way along the indexes only: see `in_index_order`."""


def _among(column: sa.ColumnElement[str], words: Sequence[str]) -> sa.ColumnElement[bool]:
    """Return ``column IN (…)`` with the words in the statement: partial indexes want to see them."""
    return column.in_([sa.literal_column(f"'{word}'") for word in words])


@asynccontextmanager
async def in_index_order(connection: AsyncConnection) -> AsyncIterator[None]:
    """Have PostgreSQL read rows in the order of an index, whatever it believes of their number.

    Until it has counted a large fan-out, it believes that next to nothing waits, reads and sorts all
    of it for every claim, or goes on with a plan that it made when the table was small. These
    settings hold for statements within; those after may sort again. SQLite needs none of it.
    """
    if connection.dialect.name != "postgresql":
        yield
        return
    await connection.execute(_set(_ORDERED))
    yield
    await connection.execute(_set(dict.fromkeys(_ORDERED)))


def _set(values: dict[str, str] | dict[str, None]) -> sa.Select[*tuple[str, ...]]:
    """Set PostgreSQL's settings until the transaction ends; None is what they were before."""
    return sa.select(*(sa.func.set_config(name, to, sa.true()) for name, to in values.items()))


async def claimable_ids(
    connection: AsyncConnection, now: datetime, platforms: Sequence[str], limit: int
) -> list[int]:
    """Lock the first deliveries to these platforms that may go out now, and return their numbers.

    What another transaction is claiming is passed over. Each platform's rows are read in their
    order, as its index has them; of several platforms the lowest numbers are returned, and the others
    that were found stay locked until the transaction ends.
    """
    found: list[int] = []
    async with in_index_order(connection):
        for platform in platforms:
            query = (
                claimable(now, platform)
                .order_by(*_as_indexed(_t))
                .limit(limit)
                .with_for_update(of=_t, skip_locked=True)
            )
            found.extend((await connection.execute(query)).scalars())
    return sorted(found)[:limit]


def claimable(now: datetime, platform: str) -> sa.Select[int]:
    """Select deliveries that are due, to active destinations, with nothing that must go before.

    Before it go: the post and the replies of its own subject, whatever is being sent to the
    destination now, and older deliveries that are due and could go themselves. An edit that waits
    for its time, or for another try, holds nobody.

    What must go first is looked up among the unfinished rows of one place
    (`ix_deliveries_unfinished`), however many rows of others wait, and however long its history.
    """
    earlier, other = _t.alias("earlier"), _t.alias("other")
    held_too = _first(
        other,
        other.c.destination_id == earlier.c.destination_id,
        other.c.id < earlier.c.id,
        _holds(other, earlier),
    )
    must_go_first = _first(
        earlier,
        earlier.c.destination_id == _t.c.destination_id,
        earlier.c.id < _t.c.id,
        _among(earlier.c.state, UNFINISHED),
        sa.or_(
            _among(earlier.c.state, (DeliveryState.SENDING,)),
            _holds(earlier, _t),
            sa.and_(_among(earlier.c.state, WAITING), earlier.c.due_at <= now, held_too.is_(None)),
        ),
    )
    return (
        sa.select(_t.c.id)
        .join(_places, _places.c.id == _t.c.destination_id)
        .where(
            _t.c.platform == platform,
            _among(_t.c.state, WAITING),
            _t.c.due_at <= now,
            _places.c.state == DestinationState.ACTIVE,
            sa.or_(_places.c.next_send_at.is_(None), _places.c.next_send_at <= now),
            must_go_first.is_(None),
        )
    )


def _first(rows: sa.FromClause, *conditions: sa.ColumnElement[bool]) -> sa.ScalarSelect[int]:
    """Select the number of the first row that meets conditions, or nothing.

    Not EXISTS, which a planner may turn into a join that reads all that is unfinished.
    """
    query = sa.select(rows.c.id).where(*conditions).order_by(*_as_indexed(rows)).limit(1)
    return query.correlate_except(rows).scalar_subquery()


def _as_indexed(rows: sa.FromClause) -> tuple[sa.ColumnElement[Any], ...]:
    """Return the order of the numbers, in words that only the two partial indexes meet.

    In the order of the numbers alone, PostgreSQL may read the primary key: all that was ever sent.
    """
    return rows.c.id, rows.c.due_at


def _holds(first: sa.FromClause, then: sa.FromClause) -> sa.ColumnElement[bool]:
    """Return the condition that an unfinished delivery must end before another of its subject."""
    return sa.and_(
        first.c.subject == then.c.subject,
        _among(first.c.kind, _FIRST),
        _among(first.c.state, UNFINISHED),
    )
