"""The archive: entries, their earlier versions, and their readings."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.entry import Entry, Stated, StoredEntry
from bot.domain.feed import Feed, Tier
from bot.domain.ids import EntryId, FeedId
from bot.domain.reading import Reading
from bot.polling.sameness import reused
from bot.ports import Known, NewEntry
from bot.reading.text import fold_words
from bot.storage import tables, tariff_ledger
from bot.storage.codec import dump, load
from bot.storage.full_text import search_text
from bot.storage.retention import digests, forgotten
from bot.storage.rows import Row
from bot.storage.staging import insert_entries
from bot.stories.urls import canonical_url

_t = tables.entries
_CHUNK = 400
"""Values in one IN list: well under SQLite's limit on parameters."""
_AT_ONCE = 1_000
"""Rows made and handed over in one call: of 20,000 at once each takes its room in three forms."""
_FEW = 4
"""Rows that are sooner inserted one by one than gathered."""


class SqlEntries:
    """Implements `bot.ports.Entries`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def known(self, feed_id: FeedId, entries: Sequence[Entry]) -> Mapping[str, Known]:
        """Return, by guid of the given entries, those this feed already has.

        An entry is the same when its guid is, or when its link and its title are: feeds that
        publish everything anew with other guids bring nothing new. Where the guid is the same but
        nothing else is, the feed used it again (`Known.reused`).
        """
        return (await self.known_of({feed_id: entries})).get(feed_id, {})

    async def known_of(
        self, asked: Mapping[FeedId, Sequence[Entry]]
    ) -> Mapping[FeedId, Mapping[str, Known]]:
        """Return the same of several feeds. A feed that never had an entry costs next to nothing."""
        found: dict[FeedId, dict[str, Known]] = {}
        wanted = [feed_id for feed_id, entries in asked.items() if entries]
        for feed_id in await self._with_rows(_t, wanted):
            entries, known = asked[feed_id], found.setdefault(feed_id, {})
            for start in range(0, len(entries), _CHUNK):
                known |= await self._known_chunk(feed_id, entries[start : start + _CHUNK])
        for feed_id in await self._with_rows(tables.forgotten_entries, wanted):
            known = found.setdefault(feed_id, {})
            fresh = [entry for entry in asked[feed_id] if entry.guid not in known]
            for start in range(0, len(fresh), _CHUNK):
                known |= await self._forgotten(feed_id, fresh[start : start + _CHUNK])
        return found

    async def _with_rows(self, table: sa.Table, feed_ids: Sequence[FeedId]) -> list[FeedId]:
        """Return those feeds of which a table holds rows."""
        feeds = tables.feeds
        there = sa.exists().where(table.c.feed_id == feeds.c.id)
        found: list[FeedId] = []
        for start in range(0, len(feed_ids), _CHUNK):
            query = sa.select(feeds.c.id).where(feeds.c.id.in_(feed_ids[start : start + _CHUNK]))
            found += (await self._connection.execute(query.where(there))).scalars()
        return found

    async def _forgotten(self, feed_id: FeedId, entries: Sequence[Entry]) -> dict[str, Known]:
        """Return those of which retention left only a digest."""
        left = {
            entry.guid: digests(entry.guid, canonical_url(entry.url or ""), entry.title)
            for entry in entries
        }
        gone = await forgotten(
            self._connection, feed_id, {one for all_ in left.values() for one in all_}
        )
        known = Known(entry_id=None, edited=False)
        return {guid: known for guid, made in left.items() if not gone.isdisjoint(made)}

    async def _known_chunk(self, feed_id: FeedId, entries: Sequence[Entry]) -> dict[str, Known]:
        links = {entry.guid: canonical_url(entry.url or "") for entry in entries}
        query = sa.select(_t.c.id, _t.c.guid, _t.c.canonical_url, _t.c.title, _t.c.content_hash)
        query = query.where(
            _t.c.feed_id == feed_id,
            sa.or_(
                _t.c.guid.in_(list(links)),
                _t.c.canonical_url.in_([link for link in links.values() if link]),
            ),
        )
        rows = (await self._connection.execute(query)).all()
        by_guid = {row.guid: row for row in rows}
        by_link = {(row.canonical_url, fold_words(row.title)): row for row in rows}
        found: dict[str, Known] = {}
        for entry in entries:
            link, guid = links[entry.guid], entry.guid
            named = by_guid.get(guid)
            other = named is not None and reused(
                entry.title, link, before=named.title, link_before=named.canonical_url
            )
            linked = by_link.get((link or "-", fold_words(entry.title)))
            same = linked if named is None or (other and linked is not None) else named
            if same is not None:
                found[guid] = Known(
                    entry_id=EntryId(same.id),
                    edited=same.content_hash != content_hash(entry),
                    reused=other and linked is None,
                )
        return found

    async def titles(self, feed_id: FeedId, *, limit: int) -> list[str]:
        """Return the titles of the feed's last entries, newest first."""
        query = sa.select(_t.c.title).where(_t.c.feed_id == feed_id)
        query = query.order_by(_t.c.id.desc()).limit(limit)
        return list((await self._connection.execute(query)).scalars())

    async def add_all(
        self, news: Sequence[tuple[Feed, Sequence[NewEntry]]], now: datetime
    ) -> list[list[EntryId]]:
        """Store new entries of several feeds with their readings; returns their numbers in that order."""
        flat = [(feed, new) for feed, entries in news for new in entries]
        if not flat:
            return [[] for _ in news]
        made: list[EntryId] = []
        for start in range(0, len(flat), _AT_ONCE):
            made += await self._insert([_row(*one, now) for one in flat[start : start + _AT_ONCE]])
        numbers = iter(made)
        ids = [[next(numbers) for _ in entries] for _, entries in news]
        together = list(zip(ids, news, strict=True))
        await self._write_readings(
            [
                (entry_id, new.reading)
                for mine, (_, entries) in together
                for entry_id, new in zip(mine, entries, strict=True)
            ]
        )
        for mine, (feed, entries) in together:
            read = [
                (entry_id, new.entry, new.reading)
                for entry_id, new in zip(mine, entries, strict=True)
                if new.reading.tariffs
            ]
            if read:
                await tariff_ledger.remember(self._connection, feed.spec.owner, read, now)
        return ids

    async def _insert(self, rows: Sequence[dict[str, object]]) -> list[EntryId]:
        """Insert entries; returns their numbers.

        SQLite cannot say which row got which number unless they come one by one, each a journey to
        its thread and back. But it has one writer, so the numbers it would give are known.
        """
        if self._connection.dialect.name == "sqlite":
            last = await self._connection.scalar(sa.select(sa.func.max(_t.c.id))) or 0
            numbers = range(last + 1, last + 1 + len(rows))
            for number, row in zip(numbers, rows, strict=True):
                row["id"] = number
            if len(rows) < _FEW:
                await self._connection.execute(sa.insert(_t), rows)
            else:
                await insert_entries(self._connection, rows)
            return [EntryId(n) for n in numbers]
        insert = sa.insert(_t).returning(_t.c.id, sort_by_parameter_order=True)
        return [EntryId(n) for n in (await self._connection.execute(insert, rows)).scalars()]

    async def edit(self, entry_id: EntryId, entry: Entry, reading: Reading, now: datetime) -> None:
        """Store an entry's other words and their reading; the former words are kept apart."""
        await self._keep_version(entry_id, now)
        values = _values(entry, reading)
        del values["guid"]  # the feed may have given it another: what it was told under stays
        await self._connection.execute(sa.update(_t).where(_t.c.id == entry_id).values(values))
        for table in (tables.readings, tables.reading_topics):
            await self._connection.execute(sa.delete(table).where(table.c.entry_id == entry_id))
        await self._write_readings([(entry_id, reading)])
        owner = await self._connection.scalar(sa.select(_t.c.owner).where(_t.c.id == entry_id))
        read = [(entry_id, entry, reading)]
        await tariff_ledger.remember(self._connection, owner, read, now)

    async def _keep_version(self, entry_id: EntryId, now: datetime) -> None:
        columns = [_t.c.id, _t.c.title, _t.c.summary, _t.c.content, _t.c.content_hash]
        former = sa.select(*columns, sa.literal(now, tables.Moment)).where(_t.c.id == entry_id)
        names = ["entry_id", "title", "summary", "content", "content_hash", "replaced_at"]
        await self._connection.execute(sa.insert(tables.entry_versions).from_select(names, former))

    async def _write_readings(self, read: Sequence[tuple[EntryId, Reading]]) -> None:
        for start in range(0, len(read), _AT_ONCE):
            rows = [
                {"entry_id": entry_id, "reading": dump(Reading, reading)}
                for entry_id, reading in read[start : start + _AT_ONCE]
            ]
            await self._connection.execute(sa.insert(tables.readings), rows)
        topics = [
            {"entry_id": entry_id, "topic": topic}
            for entry_id, reading in read
            for topic in sorted(reading.topic_names)
        ]
        if topics:
            await self._connection.execute(sa.insert(tables.reading_topics), topics)


def content_hash(entry: Entry) -> str:
    """Return what changes when the words of an entry change; its dates do not count."""
    stated = dump(Stated, entry.stated) if entry.stated else ""
    words = "\x1f".join((entry.title, entry.summary, entry.content, stated))
    return hashlib.blake2b(words.encode("utf-8", "replace"), digest_size=16).hexdigest()


def to_stored(row: Row) -> StoredEntry:
    """Return the entry a row of `entries` holds."""
    entry = Entry(
        guid=row.guid,
        url=row.url,
        title=row.title,
        summary=row.summary,
        content=row.content,
        published=row.published,
        updated=row.updated,
        lang=row.lang,
        source=row.source,
        tier=Tier(row.tier),
        stated=load(Stated, row.stated) if row.stated else None,
    )
    return StoredEntry(
        id=EntryId(row.id),
        feed_id=FeedId(row.feed_id),
        owner=row.owner,
        entry=entry,
        content_hash=row.content_hash,
        first_seen=row.first_seen,
        held=row.held,
    )


def _row(feed: Feed, new: NewEntry, now: datetime) -> dict[str, object]:
    return {
        **_values(new.entry, new.reading),
        "feed_id": feed.id,
        "owner": feed.spec.owner,
        "first_seen": now,
        "held": new.held,
    }


def _values(entry: Entry, reading: Reading) -> dict[str, object]:
    return {
        "guid": entry.guid,
        "canonical_url": canonical_url(entry.url or ""),
        "url": entry.url,
        "title": entry.title,
        "summary": entry.summary,
        "content": entry.content,
        "published": entry.published,
        "updated": entry.updated,
        "lang": entry.lang,
        "source": entry.source,
        "tier": entry.tier,
        "stated": dump(Stated, entry.stated) if entry.stated else None,
        "content_hash": content_hash(entry),
        "search_text": search_text(entry, reading),
    }
