"""Deletes what is old, in batches that keep no writer waiting.

Stories, deadlines and the tariff ledger stay for ever. Of a deleted entry digests of its guid, and of
its link with its title, stay with its feed: a feed that still shows it brings nothing new.
The newest row of a table is never deleted: SQLite would give its number again.
"""

import hashlib
import json
from collections.abc import Collection, Sequence
from datetime import datetime
from typing import Any

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.alert import DeliveryState
from bot.domain.ids import FeedId
from bot.ports import Vault
from bot.reading.text import fold_words
from bot.storage import tables
from bot.storage.seal_check import cut_bytes
from bot.storage.upsert import insert_into

_entries = tables.entries
_forgotten = tables.forgotten_entries
_seals = tables.seals
_sent = tables.deliveries


class SqlRetention:
    """Implements `bot.ports.keeping.Retention`."""

    def __init__(self, connection: AsyncConnection, vault: Vault) -> None:
        self._connection = connection
        self._vault = vault

    async def forget_entries(self, before: datetime, limit: int) -> int:
        """Delete entries first seen before a moment; of each a digest stays, by which it is known.

        Entries of stories that went on since then stay: a story is composed of its entries, and one
        that lost some would seem to have changed.
        """
        rows = (await self._connection.execute(_old_entries(before, limit))).all()
        if not rows:
            return 0
        values = [
            {"feed_id": row.feed_id, "digest": one}
            for row in rows
            for one in digests(row.guid, row.canonical_url, row.title)
        ]
        new = insert_into(self._connection, _forgotten).on_conflict_do_nothing()
        await self._connection.execute(new, values)
        await self._delete(_entries, rows)
        return len(rows)

    async def cut_seals(self, before: datetime, limit: int) -> int:
        """Delete seals of what was told before a moment; the chains begin where they were cut."""
        query = sa.select(_seals).where(_seals.c.at < before, _seals.c.cut.is_(None))
        query = query.order_by(_seals.c.at, _seals.c.id).limit(limit)
        rows = (await self._connection.execute(query)).all()
        last = {row.destination_id: row for row in sorted(rows, key=lambda row: row.number)}
        for row in last.values():
            await self._cut(row)
        return len(rows)

    async def _cut(self, row: sa.Row[*tuple[Any, ...]]) -> None:
        """Delete a chain up to a row; of the row its seal stays, which the next one rests on."""
        older = sa.and_(_seals.c.destination_id == row.destination_id, _seals.c.number < row.number)
        await self._connection.execute(sa.delete(_seals).where(older))
        mark = self._vault.mac(cut_bytes(row.destination_id, row.number, row.seal))
        to = json.dumps({"to": json.loads(row.record)["to"]}, ensure_ascii=False)
        stub = sa.update(_seals).where(_seals.c.id == row.id).values(cut=mark, record=to)
        await self._connection.execute(stub)

    async def forget_deliveries(self, before: datetime, limit: int) -> int:
        """Delete finished deliveries older than a moment whose subject went quiet in their place."""
        later, sealed = _sent.alias("later"), _seals.alias("sealed")
        goes_on = sa.exists().where(
            later.c.destination_id == _sent.c.destination_id,
            later.c.subject == _sent.c.subject,
            sa.or_(later.c.created_at >= before, later.c.state.not_in(_FINISHED)),
        )
        newest = sa.select(sa.func.max(later.c.id)).scalar_subquery()
        query = (
            sa.select(_sent.c.id)
            .where(
                _sent.c.state.in_(_FINISHED),
                _sent.c.created_at < before,
                sa.or_(_sent.c.sent_at.is_(None), _sent.c.sent_at < before),
                _sent.c.id < newest,
                ~goes_on,
                # a chain still vouches for it
                ~sa.exists().where(sealed.c.delivery_id == _sent.c.id, sealed.c.cut.is_(None)),
            )
            .order_by(_sent.c.id)
            .limit(limit)
        )
        return await self._delete(_sent, (await self._connection.execute(query)).all())

    async def forget_audit(self, before: datetime, limit: int) -> int:
        """Delete audit lines older than a moment."""
        audit = tables.audit
        query = sa.select(audit.c.id).where(audit.c.at < before).order_by(audit.c.at).limit(limit)
        return await self._delete(audit, (await self._connection.execute(query)).all())

    async def _delete(self, table: sa.Table, rows: Sequence[sa.Row[*tuple[Any, ...]]]) -> int:
        ids = [row.id for row in rows]
        if ids:
            await self._connection.execute(sa.delete(table).where(table.c.id.in_(ids)))
        return len(ids)


_FINISHED = (DeliveryState.SENT, DeliveryState.DEAD)


def _old_entries(before: datetime, limit: int) -> sa.Select[*tuple[Any, ...]]:
    placed, stories = tables.story_entries, tables.stories
    goes_on = sa.exists().where(
        placed.c.entry_id == _entries.c.id,
        stories.c.id == placed.c.story_id,
        stories.c.updated_at >= before,
    )
    other = _entries.alias("other")
    newest = sa.select(sa.func.max(other.c.id)).scalar_subquery()
    return (
        sa.select(
            *(_entries.c.id, _entries.c.feed_id, _entries.c.guid),
            *(_entries.c.canonical_url, _entries.c.title),
        )
        .where(_entries.c.first_seen < before, _entries.c.id < newest, ~goes_on)
        .order_by(_entries.c.first_seen, _entries.c.id)
        .limit(limit)
    )


def digests(guid: str, link: str, title: str) -> list[int]:
    """Return what an entry is known by after its row is gone, as signed 64-bit numbers.

    The first is of its guid; where it has a link, the second is of the link and the folded title.
    A million entries of one feed mistake a new one for one of them once in ten million million.
    """
    known = [_digest("guid", guid)]
    if link:
        known.append(_digest("link", f"{link}\x1f{fold_words(title)}"))
    return known


def _digest(what: str, text: str) -> int:
    made = hashlib.blake2b(f"{what}\x1f{text}".encode("utf-8", "replace"), digest_size=8)
    return int.from_bytes(made.digest(), "big", signed=True)


async def forgotten(
    connection: AsyncConnection, feed_id: FeedId, numbers: Collection[int]
) -> frozenset[int]:
    """Return those digests that the feed's deleted entries left."""
    query = sa.select(_forgotten.c.digest).where(
        _forgotten.c.feed_id == feed_id, _forgotten.c.digest.in_(numbers)
    )
    return frozenset((await connection.execute(query)).scalars())
