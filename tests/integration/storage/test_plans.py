"""What is asked every second is answered from an index, on both databases."""

import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy as sa

from bot.domain.destination import DestinationState
from bot.domain.feed import FeedState
from bot.domain.ids import DestinationId
from bot.storage import tables
from bot.storage.counting import FEW
from bot.storage.deliveries import SqlDeliveries
from bot.storage.delivery_order import in_index_order
from bot.storage.engine import BUSY_TIMEOUT_MS, Engines, open_engines
from bot.storage.seals import ends
from bot.storage.unit_of_work import SqlStore
from bot.storage.vault import FernetVault
from tests.samples import NOW, draft, entry

FEEDS, SENT, WAITING, PLACES = 3000, 9000, 60, 300
FAN_OUT = 4000
LEASE = timedelta(minutes=2)


@contextmanager
def listening(engines: Engines) -> Iterator[list[tuple[str, Any]]]:
    """Collect what is asked of the writer."""
    asked: list[tuple[str, Any]] = []

    def before(_connection, _cursor, statement, parameters, _context, _many) -> None:
        if statement.lstrip().upper().startswith(("SELECT", "WITH")):
            asked.append((statement, parameters))

    engine = engines.writer.sync_engine
    sa.event.listen(engine, "before_cursor_execute", before)
    yield asked
    sa.event.remove(engine, "before_cursor_execute", before)


async def _many(engines: Engines) -> None:
    """Fill the tables that are claimed from as years of work would."""
    feeds = [
        {
            "key": f"f{n}", "name": f"f{n}", "url": f"https://f{n}.example/feed", "url_digest": f"d{n}",
            "lang": "en", "tier": "general", "kind": "feed", "origin": "config",
            "state": FeedState.ACTIVE, "next_poll_at": NOW + timedelta(seconds=n - 20), "interval": 600,
            "hints": "{}", "marks": "",
        }
        for n in range(FEEDS)
    ]  # fmt: skip
    places = [
        {
            "platform": "slack", "workspace": "T1", "channel": f"C{n}", "state": DestinationState.ACTIVE,
            "zone": "UTC", "locale": "en", "origin": "chat",
        }
        for n in range(PLACES)
    ]  # fmt: skip
    sent = [
        {
            "destination_id": n % PLACES + 1, "key": f"k{n}", "platform": "slack",
            "subject": f"story:{n}", "kind": "post", "revision": 1, "why": '{"wish": ""}',
            "state": "sent", "due_at": NOW, "created_at": NOW, "sent_at": NOW,
        }
        for n in range(SENT)
    ]  # fmt: skip
    async with engines.writer.begin() as connection:
        for table, rows in (
            (tables.feeds, feeds),
            (tables.destinations, places),
            (tables.deliveries, sent),
        ):
            await connection.execute(sa.insert(table), rows)
    await _counted(engines)


async def _counted(engines: Engines) -> None:
    """PostgreSQL counts its rows now and then by itself; SQLite never does."""
    if not engines.on_sqlite:
        async with engines.writer.begin() as connection:
            await connection.execute(sa.text("ANALYZE"))


@pytest.fixture
async def busy(database_url: str, vault: FernetVault):
    engines = open_engines(database_url)
    await _many(engines)
    store = SqlStore(engines, vault)
    yield engines, store
    await store.close()


@pytest.fixture
async def empty(database_url: str):
    engines = open_engines(database_url)
    yield engines
    await engines.dispose()


async def plan(engines: Engines, statement: str, values: Sequence[Any] | dict[str, Any]) -> str:
    """Return what the database would do, in its own words."""
    how = "EXPLAIN QUERY PLAN " if engines.on_sqlite else "EXPLAIN (FORMAT JSON) "
    async with (
        engines.reader.connect() as connection,
        in_index_order(connection) if "earlier" in statement else nullcontext(),
    ):
        rows = (await connection.exec_driver_sql(how + statement, values)).all()
    if engines.on_sqlite:
        return "\n".join(row.detail for row in rows)
    return json.dumps(rows[0][0])


def scans(engines: Engines, said: str, table: str) -> bool:
    """Whether a table is read from its first row to its last."""
    if engines.on_sqlite:
        return any(
            line.startswith(f"SCAN {table}") and "INDEX" not in line for line in said.splitlines()
        )
    return any(
        node["Node Type"] == "Seq Scan" and node.get("Relation Name") == table
        for node in _nodes(json.loads(said)[0]["Plan"])
    )


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for inner in node.get("Plans", ()):
        yield from _nodes(inner)


async def test_due_feeds_are_claimed_by_their_index(busy) -> None:
    """Twenty of three thousand are due: the others are not looked at."""
    engines, store = busy
    with listening(engines) as asked:
        async with store.begin() as uow:
            found = await uow.feeds.claim_due(NOW, worker="w", dead=[], limit=50, everything=False)
    assert 20 <= len(found) <= 21
    claim = next(one for one in asked if "next_poll_at" in one[0])
    said = await plan(engines, *claim)
    assert "ix_feeds_due" in said
    assert not scans(engines, said, "feeds")


async def test_due_deliveries_are_claimed_by_their_index(busy) -> None:
    """Sixty of nine thousand wait: what was sent is not looked at."""
    engines, store = busy
    async with store.begin() as uow:
        await uow.deliveries.enqueue(
            [draft(n % PLACES + 1, None, subject=f"story:new{n}") for n in range(WAITING)], NOW
        )
    with listening(engines) as asked:
        async with store.begin() as uow:
            found = await uow.deliveries.claim(
                NOW, worker="w", lease=LEASE, pace={"slack": timedelta(0)}, limit=50
            )
    assert len(found) == 50
    claim = next(one for one in asked if "earlier" in one[0])
    said = await plan(engines, *claim)
    assert "ix_deliveries_waiting" in said
    assert "ix_deliveries_unfinished" in said
    assert not scans(engines, said, "deliveries")


async def _fanned_out(engines: Engines, count: int, *, first: int = 1) -> None:
    """Let something wait for each of so many new places; nobody counts it."""
    numbers = range(first, first + count)
    places = [
        {
            "id": n, "platform": "slack", "workspace": "T1", "channel": f"C{n}", "zone": "UTC",
            "state": DestinationState.ACTIVE, "locale": "en", "origin": "chat",
        }
        for n in numbers
    ]  # fmt: skip
    waiting = [
        {
            "destination_id": n, "key": f"k{n}", "platform": "slack", "subject": "story:1",
            "kind": "post", "revision": 1, "why": '{"subscription_id": null, "wish": ""}',
            "state": "pending", "due_at": NOW, "created_at": NOW,
        }
        for n in numbers
    ]  # fmt: skip
    async with engines.writer.begin() as connection:
        await connection.execute(sa.insert(tables.destinations), places)
        await connection.execute(sa.insert(tables.deliveries), waiting)


async def _claimed(engines: Engines, vault: FernetVault, limit: int) -> tuple[int, int]:
    """Claim; returns how many were taken, and how many of the outbox's rows PostgreSQL read for it."""
    reads = sa.text(
        "SELECT seq_tup_read + idx_tup_fetch FROM pg_stat_xact_user_tables "
        "WHERE relname = 'deliveries'"
    )
    async with engines.writer.begin() as connection:
        before = 0 if engines.on_sqlite else await connection.scalar(reads)
        found = await SqlDeliveries(connection, vault).claim(
            NOW, worker="w", lease=LEASE, pace={"slack": timedelta(0)}, limit=limit
        )
        after = 0 if engines.on_sqlite else await connection.scalar(reads)
    return len(found), after - before


@pytest.mark.parametrize("seen", ["never", "when it was small"])
async def test_a_claim_of_a_large_fan_out_reads_what_it_takes(
    empty: Engines, vault: FernetVault, seen: str
) -> None:
    """Nobody counted what waits, and the worker's plans may be those of a table of five rows."""
    engines = empty
    if seen != "never":
        await _fanned_out(engines, 5)
        await _counted(engines)
        for _ in range(15):  # a statement that is often made is planned once and for all
            await _claimed(engines, vault, limit=50)
    await _fanned_out(engines, FAN_OUT, first=10)
    with listening(engines) as asked:
        taken, read = await _claimed(engines, vault, limit=50)
    claim = next(one for one in asked if "earlier" in one[0])
    said = await plan(engines, *claim)
    assert taken == 50
    assert read < 500
    assert "ix_deliveries_waiting" in said
    assert "ix_deliveries_unfinished" in said
    assert "Sort" not in said
    assert "TEMP B-TREE" not in said


async def test_what_waits_for_its_time_or_on_another_platform_is_not_read(
    empty: Engines, vault: FernetVault
) -> None:
    """Four thousand older rows are in the way of one that is due, and stay unread."""
    engines, sent = empty, tables.deliveries
    await _fanned_out(engines, FAN_OUT + 1)
    later = sa.update(sent).where(sent.c.id <= FAN_OUT // 2).values(due_at=NOW + LEASE)
    other = sa.update(sent).where(sent.c.id.between(FAN_OUT // 2 + 1, FAN_OUT))
    async with engines.writer.begin() as connection:
        await connection.execute(later)
        await connection.execute(other.values(platform="discord"))
    taken, read = await _claimed(engines, vault, limit=50)
    assert taken == 1
    assert read < 500


@pytest.mark.parametrize("database_url", ["postgres_database"], indirect=True)
async def test_a_large_fan_out_is_counted(empty: Engines, vault: FernetVault) -> None:
    """PostgreSQL need not find the time for it: other questions are planned with the numbers, too."""
    engines = empty
    await _fanned_out(engines, FEW + 1)
    async with engines.writer.begin() as connection:
        await connection.execute(sa.text("SELECT pg_stat_force_next_flush()"))
    drafts = [draft(n, None, subject="story:2") for n in range(1, 601)]
    async with engines.writer.begin() as connection:
        await SqlDeliveries(connection, vault).enqueue(drafts, NOW)
        known = await connection.scalar(
            sa.text("SELECT reltuples FROM pg_class WHERE relname = 'deliveries'")
        )
    assert known == FEW + 601


async def test_known_entries_and_their_digests_are_found_by_key(busy) -> None:
    """A poll asks for a handful of entries of one feed, whatever the archive holds."""
    engines, store = busy
    rows = [{"feed_id": n % FEEDS + 1, "digest": n} for n in range(SENT)]
    async with engines.writer.begin() as connection:
        await connection.execute(sa.insert(tables.forgotten_entries), rows)
    await _counted(engines)
    with listening(engines) as asked:
        async with store.begin() as uow:
            assert await uow.entries.known(1, [entry("e1"), entry("e2")]) == {}
    forgotten = next(one for one in asked if "forgotten_entries" in one[0])
    said = await plan(engines, *forgotten)
    assert ("PRIMARY KEY" if engines.on_sqlite else "pk_forgotten_entries") in said


async def test_the_end_of_a_chain_is_found_by_its_key(busy) -> None:
    """Every message that arrives asks for it."""
    engines, _store = busy
    rows = [
        {
            "destination_id": n % PLACES + 1, "number": n // PLACES + 1, "delivery_id": n, "at": NOW,
            "record": "{}", "seal": "s",
        }
        for n in range(SENT)
    ]  # fmt: skip
    async with engines.writer.begin() as connection:
        await connection.execute(sa.insert(tables.seals), rows)
    await _counted(engines)
    with listening(engines) as asked:
        async with engines.writer.begin() as connection:
            found = await ends(connection, {DestinationId(7)})
    assert found == {7: (SENT // PLACES, "s")}
    said = await plan(engines, *asked[0])
    assert not scans(engines, said, "seals")


async def test_sqlite_is_told_to_wait_to_sync_and_to_lock_at_once(sqlite_url: str) -> None:
    """Five seconds at least for another process's lock, full sync, and the write lock from BEGIN on."""
    engines = open_engines(sqlite_url)
    begun: list[str] = []
    for engine in (engines.writer, engines.reader):
        sa.event.listen(
            engine.sync_engine,
            "before_cursor_execute",
            lambda _c, _cursor, statement, *_rest: begun.append(statement),
        )
    async with engines.writer.begin() as writer, engines.reader.begin() as reader:
        for connection in (writer, reader):
            for pragma, least in (("busy_timeout", 5000), ("synchronous", 2), ("foreign_keys", 1)):
                assert (await connection.scalar(sa.text(f"PRAGMA {pragma}"))) >= least
        assert await reader.scalar(sa.text("PRAGMA query_only")) == 1
    await engines.dispose()
    assert BUSY_TIMEOUT_MS >= 5000
    assert [one for one in begun if one.startswith("BEGIN")] == ["BEGIN IMMEDIATE", "BEGIN"]
