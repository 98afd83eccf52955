"""Databases of every released version, with data in every table, brought up to date."""

from datetime import date, timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.domain.alert import DeliveryState, Receipt, Why
from bot.domain.feed import Hints
from bot.domain.needs import Needs
from bot.domain.reading import DeadlineFact, Reading
from bot.domain.story import Story
from bot.storage import schema
from bot.storage.codec import dump
from bot.storage.engine import open_engines
from bot.storage.unit_of_work import SqlStore
from bot.storage.vault import FernetVault
from tests.fakes.filled import MOMENT, everything, fill
from tests.fakes.writing import record_try
from tests.samples import deadline, draft, reading, story

_GONE = {"deadlines", "tariff_actions"}
"""Tables of the first version whose rows became others', or are read anew."""


def _readable(number: int) -> dict[str, dict[str, Any]]:
    """Columns that the program reads as JSON or as one of a few words."""
    return {
        "feeds": {"key": f"feed-{number}", "hints": dump(Hints, Hints()), "marks": ""},
        "entries": {
            "search_text": "arancel del acero",
            "title": f"Arancel {number}",
            "stated": None,
            "owner": None,
        },
        "readings": {"reading": dump(Reading, reading())},
        "stories": {"story": dump(Story, story(number)), "owner": None},
        "deadlines": {"fact": dump(DeadlineFact, deadline(date(2026, 12, 8))), "kind": "effective"},
        "destinations": {"platform": "slack", "zone": "UTC", "locale": "en", "next_send_at": None},
        "subscriptions": {"level": "everything", "grouping": "story", "query": None},
        "alerts": {"telling": "update", "changes": "[]"},
        "deliveries": {
            "platform": "slack",
            "kind": "post",
            "why": dump(Why, Why(subscription_id=None, wish="steel")),
            "notice": None,
            "state": "sent",
            "receipt": dump(Receipt, Receipt(channel="C1", message="1.0")),
        },
    }


async def _of_version(url: str, version: str) -> dict[str, list[dict[str, Any]]]:
    """Make a database of a version, three rows in every table; returns them by table."""
    engines = open_engines(url)
    async with engines.writer.begin() as connection:
        await connection.run_sync(schema.upgrade, version)
        for number in (1, 2, 3):
            await connection.run_sync(fill, number, **_readable(number))
        if not engines.on_sqlite:
            await connection.run_sync(_count_on)
        kept = await connection.run_sync(_by_column)
    await engines.dispose()
    return kept


def _count_on(connection: sa.Connection) -> None:
    """The rows brought their own numbers: the next ones come after them, as in a lived-in database."""
    for name in sa.inspect(connection).get_table_names():
        sequence = f"{name}_id_seq"
        if sa.inspect(connection).has_sequence(sequence):
            connection.execute(sa.select(sa.func.setval(sequence, 3)))


def _by_column(connection: sa.Connection) -> dict[str, list[dict[str, Any]]]:
    inspector = sa.inspect(connection)
    return {
        name: [
            dict(zip((c["name"] for c in inspector.get_columns(name)), row, strict=True))
            for row in rows
        ]
        for name, rows in everything(connection).items()
    }


@pytest.mark.parametrize("version", schema.KNOWN)
async def test_no_row_of_an_older_version_is_lost(new_url: str, version: str) -> None:
    """Every column of every row is as it was; what is new has its default."""
    before = await _of_version(new_url, version)
    engines = open_engines(new_url)
    await schema.prepare(engines)
    async with engines.reader.connect() as connection:
        assert await schema.version(connection) == schema.HEAD
        after = await connection.run_sync(_by_column)
    await engines.dispose()
    assert all(len(rows) == 3 for rows in before.values())
    for name, rows in before.items():
        if name in _GONE:
            continue
        kept = [{column: row[column] for column in rows[0]} for row in after[name]]
        assert kept == rows, name
    if version == "0001":
        assert [row["manners"] for row in after["destinations"]] == ["{}"] * 3
        assert [row["rhythm"] for row in after["subscriptions"]] == ["instant"] * 3
        assert [row["id"] for row in after["known_deadlines"]] == [1, 2, 3]
        assert after["seals"] == []


async def test_the_program_goes_on_with_a_database_of_the_first_version(
    new_url: str, vault: FernetVault
) -> None:
    """What it holds is read, found, told and sealed; new rows get numbers of their own."""
    await _of_version(new_url, "0001")
    engines = open_engines(new_url)
    await schema.prepare(engines)
    store = SqlStore(engines, vault)
    steel = Needs(words=(("acero",),))
    found = [one.stored.id async for one in store.queries.entries(owner=None, needs=steel)]
    assert found == [3, 2, 1]
    assert len(await store.queries.stories(owner=None)) == 3
    assert {feed.spec.key for feed in await store.queries.every_feed()} == {
        f"feed-{number}" for number in (1, 2, 3)
    }
    assert len(await store.queries.every_subscription()) == 3
    async with store.begin() as uow:
        now = MOMENT + timedelta(days=1)
        drafts = [draft(1, None, subject="story:3"), draft(1, 3, subject="story:2")]
        assert await uow.deliveries.enqueue(drafts, now) == 2
        (one,) = await uow.deliveries.claim(
            now, worker="w", lease=timedelta(minutes=2), pace={"slack": timedelta(0)}, limit=9
        )
        await record_try(uow, one.delivery.id, DeliveryState.SENT, worker="w", now=now)
    assert one.delivery.id > 3
    checked = await store.queries.seals.check()
    assert (checked.rows, checked.unsealed, checked.broken) == (1, 3, ())
    await store.close()
