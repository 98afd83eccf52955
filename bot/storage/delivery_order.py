"""Which deliveries may go out now, and which must go before others."""

from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa

from bot.domain.alert import DeliveryKind, DeliveryState
from bot.domain.destination import DestinationState
from bot.storage import tables

_t = tables.deliveries
_places = tables.destinations

WAITING = (DeliveryState.PENDING, DeliveryState.RETRY)
UNFINISHED = (*WAITING, DeliveryState.SENDING, DeliveryState.UNKNOWN)
_FIRST = tuple(kind for kind in DeliveryKind if kind is not DeliveryKind.EDIT)


def _among(column: sa.ColumnElement[str], words: Sequence[str]) -> sa.ColumnElement[bool]:
    """Return ``column IN (…)`` with the words in the statement: partial indexes want to see them."""
    return column.in_([sa.literal_column(f"'{word}'") for word in words])


def claimable(now: datetime) -> sa.Select[int]:
    """Select deliveries that are due, to active destinations, with nothing that must go before.

    Before it go: the post and the replies of its own subject, whatever is being sent to the
    destination now, and older deliveries that are due and could go themselves. An edit that waits
    for its time, or for another try, holds nobody.

    What must go first is looked up among the unfinished rows of one place
    (`ix_deliveries_unfinished`), however many rows of others wait, and however long its history.
    """
    earlier, other = _t.alias("earlier"), _t.alias("other")
    must_go_first = sa.exists().where(
        earlier.c.destination_id == _t.c.destination_id,
        earlier.c.id < _t.c.id,
        _among(earlier.c.state, UNFINISHED),
        sa.or_(
            _among(earlier.c.state, (DeliveryState.SENDING,)),
            _holds(earlier, _t),
            sa.and_(
                _among(earlier.c.state, WAITING),
                earlier.c.due_at <= now,
                ~sa.exists().where(
                    other.c.destination_id == earlier.c.destination_id,
                    other.c.id < earlier.c.id,
                    _holds(other, earlier),
                ),
            ),
        ),
    )
    return (
        sa.select(_t.c.id)
        .join(_places, _places.c.id == _t.c.destination_id)
        .where(
            _among(_t.c.state, WAITING),
            _t.c.due_at <= now,
            _places.c.state == DestinationState.ACTIVE,
            sa.or_(_places.c.next_send_at.is_(None), _places.c.next_send_at <= now),
            ~must_go_first,
        )
    )


def _holds(first: sa.FromClause, then: sa.FromClause) -> sa.ColumnElement[bool]:
    """Return the condition that an unfinished delivery must end before another of its subject."""
    return sa.and_(
        first.c.subject == then.c.subject,
        _among(first.c.kind, _FIRST),
        _among(first.c.state, UNFINISHED),
    )
