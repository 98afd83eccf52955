"""A database with a row in every table, whatever its version: for backups and migrations."""

from datetime import UTC, date, datetime
from typing import Any

import sqlalchemy as sa

from bot.storage.backup import shape, shapes

MOMENT = datetime(2026, 11, 20, 12, 30, 15, 250_000, tzinfo=UTC)
_PLAIN = {
    "float": 0.25,
    "flag": True,
    "date": date(2026, 12, 8),
    "moment": MOMENT,
}
_NAMED = {
    "hints": "{}",
    "manners": "{}",
    "url": "https://ledger.example/feed",
    "state": "active",
    "tier": "general",
    "kind": "feed",
    "origin": "config",
}


def fill(connection: sa.Connection, number: int = 1, **named: dict[str, Any]) -> dict[str, int]:
    """Put row `number` into every table, each referring to row `number` of the others.

    `named` gives a table's columns values of a test's own. Returns how many rows each table has.
    """
    inspector = sa.inspect(connection)
    counts = {}
    for name, columns in shapes(connection):
        keys = {
            column
            for key in inspector.get_foreign_keys(name)
            for column in key["constrained_columns"]
        } | {"id"}
        values = {
            column: number if column in keys else value_of(column, kind, number)
            for column, kind in columns
        }
        table = shape(name, columns)
        connection.execute(sa.insert(table).values(values | named.get(name, {})))
        counts[name] = connection.scalar(sa.select(sa.func.count()).select_from(table))
    return counts


def value_of(column: str, kind: str, number: int) -> Any:
    if kind == "text":
        return _NAMED.get(column, f"{column} «{number}» – ñandú, “quoted”\tand\nsplit")
    return number + 6 if kind == "int" else _PLAIN[kind]


def everything(connection: sa.Connection) -> dict[str, list[tuple[Any, ...]]]:
    """Return every row of every table."""
    found = {}
    for name, columns in shapes(connection):
        table = shape(name, columns)
        order = [table.c[column] for column, _ in columns]
        found[name] = [tuple(row) for row in connection.execute(sa.select(table).order_by(*order))]
    return found
