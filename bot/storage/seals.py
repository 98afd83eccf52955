"""Who was told what, sealed in the transaction that records it.

    seal of row n = HMAC(seal of row n-1, record of row n), a chain for each destination

The key is derived from BOT_SECRET_KEYS: who can write to the database but has no key can make no row
that holds. A changed row has a wrong seal, a removed one leaves a gap in the numbers, an inserted one
fits nowhere. What was cut off the end shows against an export that is kept elsewhere.
"""

import json
from collections.abc import AsyncIterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.domain.alert import Receipt
from bot.domain.destination import Address, PlatformName
from bot.domain.ids import DeliveryId, DestinationId
from bot.domain.sealed import Checked, Told
from bot.ports import Vault
from bot.storage import tables
from bot.storage.codec import load
from bot.storage.rows import Row
from bot.storage.seal_check import Chains, sealed_bytes

_t = tables.seals
_sent = tables.deliveries
_places = tables.destinations
_PAGE = 500
"""Rows read in one short transaction, so that a long export never keeps a writer waiting."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrived:
    """A delivery that arrived: its row as `facts` selects it, and what its attempt brought."""

    row: Row
    receipt: Receipt | None
    repeated: bool


async def seal(
    connection: AsyncConnection, vault: Vault, arrived: Sequence[Arrived], now: datetime
) -> None:
    """Write that deliveries arrived, each at the end of its destination's chain.

    Their rows were selected by `facts` in this transaction, which holds the ends of the chains.
    """
    if not arrived:
        return
    stories = await _stories(connection, [each.row for each in arrived])
    last = await ends(connection, {each.row.destination_id for each in arrived})
    values: list[dict[str, object]] = []
    for each in sorted(arrived, key=lambda one: one.row.id):
        place = each.row.destination_id
        number, before = last.get(place, (0, ""))
        record = _record(each, stories, number + 1, now)
        made = vault.mac(sealed_bytes(before, record))
        last[place] = (number + 1, made)
        values.append(
            {
                "destination_id": place,
                "number": number + 1,
                "delivery_id": each.row.id,
                "at": now,
                "record": record,
                "seal": made,
            }
        )
    await connection.execute(sa.insert(_t), values)


def facts() -> sa.Select[*tuple[Any, ...]]:
    """Select what records hold; the places stay locked, so that each chain gets one end.

    They are locked in the order of their numbers, as claims do, so that nobody waits in a circle.
    """
    alerts, entries = tables.alerts, tables.entries
    source = (
        _sent.join(_places, _places.c.id == _sent.c.destination_id)
        .outerjoin(alerts, alerts.c.id == _sent.c.alert_id)
        .outerjoin(entries, entries.c.id == alerts.c.entry_id)
    )
    return (
        sa.select(
            *(_sent.c.id, _sent.c.destination_id, _sent.c.subject, _sent.c.kind),
            *(_sent.c.revision, _sent.c.receipt, _sent.c.repeated, _sent.c.notice),
            *(_places.c.platform, _places.c.workspace, _places.c.channel),
            *(entries.c.title, entries.c.url, entries.c.source),
        )
        .select_from(source)
        .order_by(_sent.c.destination_id, _sent.c.id)
        .with_for_update(of=(_sent, _places), key_share=True)
    )


async def _stories(connection: AsyncConnection, rows: Sequence[Row]) -> dict[str, dict[str, Any]]:
    """Return, by subject, the stories of deliveries whose entry is not known any more."""
    numbers = {
        int(row.subject.removeprefix("story:"))
        for row in rows
        if row.title is None and row.subject.startswith("story:")
    }
    if not numbers:
        return {}
    told = tables.stories
    query = sa.select(told.c.id, told.c.story).where(told.c.id.in_(numbers))
    found = await connection.execute(query)
    return {f"story:{row.id}": json.loads(row.story) for row in found}


async def ends(
    connection: AsyncConnection, places: set[DestinationId]
) -> dict[DestinationId, tuple[int, str]]:
    """Return the number and the seal that each place's chain ends with."""
    highest = sa.select(_t.c.destination_id, sa.func.max(_t.c.number).label("number"))
    highest = highest.where(_t.c.destination_id.in_(places)).group_by(_t.c.destination_id)
    end = highest.subquery()
    same = sa.and_(end.c.destination_id == _t.c.destination_id, end.c.number == _t.c.number)
    query = sa.select(_t.c.destination_id, _t.c.number, _t.c.seal).join(end, same)
    found = await connection.execute(query)
    return {row.destination_id: (row.number, row.seal) for row in found}


def _record(
    arrived: Arrived, stories: Mapping[str, Mapping[str, Any]], number: int, now: datetime
) -> str:
    row = arrived.row
    address = Address(
        platform=PlatformName(row.platform), workspace=row.workspace, channel=row.channel
    )
    known = load(Receipt, row.receipt) if row.receipt else None
    receipt = arrived.receipt or known
    said = {
        "to": str(address),
        "place": row.destination_id,
        "number": number,
        "delivery": row.id,
        "subject": row.subject,
        "kind": row.kind,
        "revision": row.revision,
        "at": now.astimezone(UTC).isoformat(),
        "channel": receipt.channel if receipt else None,
        "message": receipt.message if receipt else None,
        "repeated": bool(row.repeated or arrived.repeated),
        **_about(row, stories),
    }
    return json.dumps(said, sort_keys=True, ensure_ascii=False, separators=(",", ":"))


def _about(row: Row, stories: Mapping[str, Mapping[str, Any]]) -> dict[str, str | None]:
    if row.title is not None:
        return {"title": row.title, "url": row.url, "source": row.source}
    if row.notice is not None:
        headline = json.loads(row.notice)["headline"]
        return {"title": headline["text"], "url": headline.get("url"), "source": None}
    story = stories.get(row.subject, {})
    return {
        "title": story.get("headline"),
        "url": story.get("url"),
        "source": story.get("source"),
    }


def _told(row: Row) -> Told:
    said = json.loads(row.record)
    return Told(
        place=DestinationId(row.destination_id),
        number=row.number,
        to=said["to"],
        delivery_id=DeliveryId(said["delivery"]),
        subject=said["subject"],
        kind=said["kind"],
        revision=said["revision"],
        at=datetime.fromisoformat(said["at"]),
        title=said["title"],
        url=said["url"],
        source=said["source"],
        channel=said["channel"],
        message=said["message"],
        repeated=said["repeated"],
        seal=row.seal,
    )


class SqlSealQueries:
    """Implements `bot.ports.keeping.SealQueries`."""

    def __init__(self, engine: AsyncEngine, vault: Vault) -> None:
        self._engine = engine
        self._vault = vault

    async def told(
        self, *, places: Sequence[DestinationId] | None = None, since: datetime | None = None
    ) -> AsyncIterator[Told]:
        """Yield what arrived, in the order in which it did; None is every place."""
        query = sa.select(_t).where(_t.c.cut.is_(None)).order_by(_t.c.id).limit(_PAGE)
        if places is not None:
            query = query.where(_t.c.destination_id.in_(places))
        if since is not None:
            query = query.where(_t.c.at >= since)
        last = 0
        while True:
            async with self._engine.connect() as connection:
                rows = (await connection.execute(query.where(_t.c.id > last))).all()
            for row in rows:
                yield _told(row)
            if len(rows) < _PAGE:
                return
            last = rows[-1].id

    async def cuts(self) -> Mapping[DestinationId, int]:
        """Return the number up to which retention deleted each place's rows."""
        query = sa.select(_t.c.destination_id, _t.c.number).where(_t.c.cut.is_not(None))
        async with self._engine.connect() as connection:
            found = await connection.execute(query)
            return {DestinationId(row.destination_id): row.number for row in found}

    async def check(self) -> Checked:
        """Recompute every chain, and compare it with the deliveries."""
        chains = Chains(self._vault)
        place, number = 0, 0
        while True:
            query = _chained().where(
                sa.or_(
                    _t.c.destination_id > place,
                    sa.and_(_t.c.destination_id == place, _t.c.number > number),
                )
            )
            async with self._engine.connect() as connection:
                rows = (await connection.execute(query)).all()
            for row in rows:
                chains.look(row)
            if len(rows) < _PAGE:
                break
            place, number = rows[-1].destination_id, rows[-1].number
        async with self._engine.connect() as connection:
            loose = (await connection.execute(_without_seal())).all()
        return chains.result(loose)


def _chained() -> sa.Select[*tuple[Any, ...]]:
    return (
        sa.select(
            *(_t.c.destination_id, _t.c.number, _t.c.delivery_id, _t.c.at, _t.c.record),
            *(_t.c.seal, _t.c.cut, _sent.c.id.label("found"), _sent.c.state, _sent.c.subject),
            *(_sent.c.kind, _sent.c.revision, _sent.c.receipt, _sent.c.sent_at),
            _sent.c.destination_id.label("sent_to"),
        )
        .select_from(_t.outerjoin(_sent, _sent.c.id == _t.c.delivery_id))
        .order_by(_t.c.destination_id, _t.c.number)
        .limit(_PAGE)
    )


def _without_seal() -> sa.Select[*tuple[Any, ...]]:
    """Select what was sent and has no seal, with when sealing began and retention cut its chain."""
    sealed = sa.exists().where(_t.c.delivery_id == _sent.c.id)
    cut = sa.select(_t.c.at).where(
        _t.c.destination_id == _sent.c.destination_id, _t.c.cut.is_not(None)
    )
    first = sa.select(sa.func.min(_t.c.at))
    return (
        sa.select(
            *(_sent.c.id, _sent.c.destination_id, _sent.c.sent_at),
            *(_places.c.platform, _places.c.workspace, _places.c.channel),
            first.scalar_subquery().label("begins"),
            cut.limit(1).scalar_subquery().label("cut_at"),
        )
        .join(_places, _places.c.id == _sent.c.destination_id)
        .where(_sent.c.sent_at.is_not(None), ~sealed)
        .order_by(_sent.c.id)
    )
