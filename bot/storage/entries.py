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
from bot.ports import Arrival, Known
from bot.reading.text import fold_words
from bot.storage import tables
from bot.storage.codec import dump, load
from bot.storage.rows import Row
from bot.stories.urls import canonical_url

_t = tables.entries
_CHUNK = 400
"""Values in one IN list: well under SQLite's limit on parameters."""


class SqlEntries:
    """Implements `bot.ports.Entries`."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def known(self, feed_id: FeedId, entries: Sequence[Entry]) -> Mapping[str, Known]:
        """Return, by guid of the given entries, those this feed already has.

        An entry is the same when its guid is, or when its link and its title are: feeds that
        publish everything anew with other guids bring nothing new.
        """
        found: dict[str, Known] = {}
        for start in range(0, len(entries), _CHUNK):
            found |= await self._known_chunk(feed_id, entries[start : start + _CHUNK])
        return found

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
            same = by_guid.get(entry.guid) or by_link.get(
                (links[entry.guid] or "-", fold_words(entry.title))
            )
            if same is not None:
                found[entry.guid] = Known(entry_id=EntryId(same.id), content_hash=same.content_hash)
        return found

    async def put(
        self, feed: Feed, entry: Entry, reading: Reading, *, held: bool, now: datetime
    ) -> Arrival | None:
        """Store an entry and its reading; None where it is known as it is."""
        known = (await self.known(feed.id, [entry])).get(entry.guid)
        fresh_hash = content_hash(entry)
        if known is not None and known.content_hash == fresh_hash:
            return None
        values = _values(entry) | {"content_hash": fresh_hash}
        if known is None:
            values |= {
                "feed_id": feed.id,
                "owner": feed.spec.owner,
                "first_seen": now,
                "held": held,
            }
            result = await self._connection.execute(sa.insert(_t).values(values).returning(_t.c.id))
            entry_id = EntryId(result.scalar_one())
        else:
            entry_id = known.entry_id
            await self._keep_version(entry_id, now)
            await self._connection.execute(sa.update(_t).where(_t.c.id == entry_id).values(values))
        await self._write_reading(entry_id, reading)
        row = (await self._connection.execute(sa.select(_t).where(_t.c.id == entry_id))).one()
        return Arrival(stored=to_stored(row), edited=known is not None)

    async def _keep_version(self, entry_id: EntryId, now: datetime) -> None:
        columns = [_t.c.id, _t.c.title, _t.c.summary, _t.c.content, _t.c.content_hash]
        former = sa.select(*columns, sa.literal(now, tables.Moment)).where(_t.c.id == entry_id)
        names = ["entry_id", "title", "summary", "content", "content_hash", "replaced_at"]
        await self._connection.execute(sa.insert(tables.entry_versions).from_select(names, former))

    async def _write_reading(self, entry_id: EntryId, reading: Reading) -> None:
        for table in (tables.readings, tables.reading_topics):
            await self._connection.execute(sa.delete(table).where(table.c.entry_id == entry_id))
        await self._connection.execute(
            sa.insert(tables.readings).values(entry_id=entry_id, reading=dump(Reading, reading))
        )
        topics = [{"entry_id": entry_id, "topic": topic} for topic in sorted(reading.topic_names)]
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


def _values(entry: Entry) -> dict[str, object]:
    body = " ".join(part for part in (entry.title, entry.summary, entry.content) if part)
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
        "search_text": fold_words(body),
    }
