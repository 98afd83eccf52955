"""The tariff ledger: what entries said of tariffs, only ever added to, and what teams say of it."""

import asyncio
import datetime as dt
import hashlib
import json
from collections.abc import Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.entry import Entry
from bot.domain.feed import Tier
from bot.domain.ids import EntryId, Tenant
from bot.domain.ledger import LedgerRow, Trust
from bot.domain.marks import Settling, Signed
from bot.domain.message import Link
from bot.domain.reading import Reading, TariffFact
from bot.record.ledger import stated_by
from bot.storage import tables
from bot.storage.codec import dump, load
from bot.storage.feeds import visible
from bot.storage.rows import Row
from bot.storage.upsert import insert_new

_t, _said = tables.tariff_ledger, tables.tariff_marks


async def remember(
    connection: AsyncConnection,
    owner: Tenant | None,
    read: Sequence[tuple[EntryId, Entry, Reading]],
    now: datetime,
) -> None:
    """Add what entries say of tariffs; what an entry said already is left as it is.

    A fact without an imposer has no place in the ledger: nobody could say whose tariff it is.
    """
    rows = [
        _values(entry_id, entry, reading, fact, now) | {"owner": owner, "first_seen": now}
        for entry_id, entry, reading in read
        for fact in stated_by(reading)
        if fact.imposer is not None
    ]
    await insert_new(connection, _t, rows)


class SqlTariffMarks:
    """Implements `bot.ports.TariffMarks`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def say(self, row_id: int, team: Tenant, said: Settling, signed: Signed) -> None:
        """Store what a team says of a row, in place of what it said before."""
        await self.take_back(row_id, team)
        values = {"row_id": row_id, "team": team, "said": str(said)}
        values |= {"who": signed.by, "called": signed.called, "at": signed.at}
        await insert_new(self._connection, _said, [values])

    async def take_back(self, row_id: int, team: Tenant) -> None:
        """Forget what a team said of a row."""
        mine = sa.and_(_said.c.row_id == row_id, _said.c.team == team)
        await self._connection.execute(sa.delete(_said).where(mine))


class SqlTariffQueries:
    """Implements `bot.ports.TariffQueries`."""

    def __init__(self, engine: AsyncEngine) -> None:
        self._engine = engine

    async def rows(self, *, owner: Tenant | None, team: Tenant, since: dt.date) -> list[LedgerRow]:
        """Return what decides (official, or confirmed by the team) and what was said since a day.

        What the team dismissed is left out.
        """
        official = _t.c.tier == str(Tier.OFFICIAL)
        confirmed = _said.c.said == str(Settling.CONFIRMED)
        query = _with_marks(team).where(
            visible(_t.c.owner, owner), sa.or_(official, confirmed, _t.c.said_on >= since)
        )
        async with self._engine.connect() as connection:
            rows = (await connection.execute(query.order_by(_t.c.said_on, _t.c.id))).all()
        # thousands of facts are opened here: in a thread, and after the database was let go
        return await asyncio.to_thread(_to_rows, rows)

    async def row(self, row_id: int, *, owner: Tenant | None, team: Tenant) -> LedgerRow | None:
        """Return one row, dismissed or not; None where there is none that the owner may see."""
        query = _with_marks(team).where(_t.c.id == row_id, visible(_t.c.owner, owner))
        async with self._engine.connect() as connection:
            found = (await connection.execute(query)).first()
        return None if found is None else _to_row(found)


def _to_rows(rows: Sequence[Row]) -> list[LedgerRow]:
    return [_to_row(row) for row in rows if row.said != Settling.DISMISSED]


def _with_marks(team: Tenant) -> sa.Select[tuple[object, ...]]:
    mine = sa.and_(_said.c.row_id == _t.c.id, _said.c.team == team)
    return sa.select(_t, _said.c.said).join(_said, mine, isouter=True)


def _values(
    entry_id: EntryId, entry: Entry, reading: Reading, fact: TariffFact, now: datetime
) -> dict[str, object]:
    text = dump(TariffFact, fact)
    return {
        "entry_id": entry_id,
        "digest": hashlib.blake2b(text.encode("utf-8", "replace"), digest_size=16).hexdigest(),
        "fact": text,
        "topics": json.dumps(sorted(reading.topic_names)),
        "source": entry.source,
        "url": entry.url,
        "tier": str(entry.tier),
        "said_on": (entry.published or now).date(),
    }


def _to_row(row: Row) -> LedgerRow:
    fact = load(TariffFact, row.fact)
    return LedgerRow(
        id=row.id,
        trust=_trust(row),
        action=fact.action,
        imposer=fact.imposer or "",
        targets=fact.targets,
        products=fact.products,
        hts=fact.hts,
        authority=fact.authority,
        rate=fact.rate_pct,
        previous_rate=fact.previous_rate_pct,
        exemptions=fact.exemptions,
        said_on=row.said_on,
        effective=fact.effective_date,
        text=fact.text,
        source=Link(text=row.source, url=row.url),
        topics=tuple(json.loads(row.topics)),
        dismissed=row.said == Settling.DISMISSED,
    )


def _trust(row: Row) -> Trust:
    if row.said == Settling.CONFIRMED:
        return Trust.CONFIRMED
    if row.tier == Tier.OFFICIAL:
        return Trust.OFFICIAL
    return Trust.REPORTED if row.url else Trust.UNCONFIRMED
