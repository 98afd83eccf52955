"""The rule about time: every moment knows its zone."""

from datetime import datetime


def require_aware(**moments: datetime | None) -> None:
    """Refuse naive datetimes; each keyword names the field it came from.

    Raises ValueError, because a naive moment is a mistake of the program, never of a user.
    """
    for name, moment in moments.items():
        if moment is not None and moment.utcoffset() is None:
            raise ValueError(f"{name} must carry a time zone, got {moment!r}")
