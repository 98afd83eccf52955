"""Which deliveries may go out now, and which must go before others."""

from datetime import datetime

import sqlalchemy as sa

from bot.domain.alert import DeliveryKind, DeliveryState
from bot.domain.destination import DestinationState
from bot.storage import tables

_t = tables.deliveries
_places = tables.destinations

WAITING = (DeliveryState.PENDING, DeliveryState.RETRY)
UNFINISHED = (*WAITING, DeliveryState.SENDING, DeliveryState.UNKNOWN)


def claimable(now: datetime) -> sa.Select[int]:
    """Select deliveries that are due, to active destinations, with nothing that must go before.

    Before it go: the post and the replies of its own subject, whatever is being sent to the
    destination now, and older deliveries that are due and could go themselves. An edit that waits
    for its time, or for another try, holds nobody.
    """
    earlier, other = _t.alias("earlier"), _t.alias("other")
    must_go_first = sa.exists().where(
        earlier.c.destination_id == _t.c.destination_id,
        earlier.c.id < _t.c.id,
        sa.or_(
            earlier.c.state == DeliveryState.SENDING,
            _holds(earlier, _t),
            sa.and_(
                earlier.c.state.in_(WAITING),
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
            _t.c.state.in_(WAITING),
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
        first.c.kind != DeliveryKind.EDIT,
        first.c.state.in_(UNFINISHED),
    )
