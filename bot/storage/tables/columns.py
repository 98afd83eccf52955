"""What every table is made of: the catalogue, and kinds of columns."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
"""SQLite gives row numbers to INTEGER keys only."""


class Moment(sa.types.TypeDecorator[datetime]):
    """An aware datetime, stored in UTC; naive ones are refused.

    SQLite keeps the text ``2026-11-22 17:05:00.000000``, as SQLAlchemy writes it there: half of what
    a poll stores of a feed are moments, so they are written and read in one step each.
    """

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def bind_processor(self, dialect: sa.Dialect) -> Callable[[datetime | None], object]:
        """Turn to UTC."""
        return _to_text if dialect.name == "sqlite" else _to_utc

    def result_processor(
        self, dialect: sa.Dialect, _coltype: object
    ) -> Callable[[Any], datetime | None]:
        """Give the zone back."""
        return _of_text if dialect.name == "sqlite" else _to_utc


def _to_utc(moment: datetime | None) -> datetime | None:
    if moment is None:
        return None
    if moment.utcoffset() is None:
        raise ValueError(f"a stored moment must carry a time zone, got {moment!r}")
    return moment.astimezone(UTC)


def _to_text(moment: datetime | None) -> str | None:
    utc = _to_utc(moment)
    return None if utc is None else utc.isoformat(" ", "microseconds")[:-6]


def _of_text(text: str | None) -> datetime | None:
    return None if text is None else datetime.fromisoformat(f"{text}+00:00")


def own_id() -> sa.Column[int]:
    """The number a row is known by."""
    return sa.Column("id", Id, primary_key=True, autoincrement=True)


def ref(name: str, target: str) -> sa.Column[int]:
    """The number of a row of another table; it goes with it."""
    return sa.Column(name, Id, sa.ForeignKey(target, ondelete="CASCADE"), nullable=False)


def text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    """A text."""
    return sa.Column(name, sa.Text, nullable=nullable)


def moment(name: str, *, nullable: bool = False) -> sa.Column[datetime]:
    """A moment in UTC."""
    return sa.Column(name, Moment, nullable=nullable)


def count(name: str) -> sa.Column[int]:
    """A number that begins with 0."""
    return sa.Column(name, sa.Integer, nullable=False, default=0)


def flag(name: str) -> sa.Column[bool]:
    """A yes or no that begins with no."""
    return sa.Column(name, sa.Boolean, nullable=False, default=False)


def partial(name: str, *columns: str, where: str) -> sa.Index:
    """An index of some of a table's rows; a statement uses it where it says the same words.

    Migrations make it. SQLAlchemy's own `postgresql_where` would load that dialect at every start.
    """
    return sa.Index(name, *columns, info={"where": where})
