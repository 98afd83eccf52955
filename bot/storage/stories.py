"""Stories and who is in them."""

from collections.abc import Collection, Sequence
from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import EntryId, StoryId
from bot.domain.reading import Reading
from bot.domain.story import Member, Story
from bot.ports import Placement
from bot.storage import known_deadlines, tables
from bot.storage.codec import dump, load
from bot.storage.entries import to_stored

_t = tables.stories


class SqlStories:
    """Implements `bot.ports.Stories`; number giving relies on the assignment lock."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def placed_since(self, last: EntryId, oldest: datetime, *, limit: int) -> list[Placement]:
        """Return the first placements of entries above `last` seen since `oldest`, by entry."""
        placed = tables.story_entries
        query = (
            sa.select(placed)
            .where(placed.c.entry_id > last, placed.c.seen_at >= oldest)
            .order_by(placed.c.entry_id)
            .limit(limit)
        )
        return [
            Placement(
                entry_id=EntryId(row.entry_id),
                story_id=StoryId(row.story_id),
                owner=row.owner,
                seen_at=row.seen_at,
                fingerprint=row.fingerprint,
                joined=row.joined,
            )
            for row in await self._connection.execute(query)
        ]

    async def next_id(self) -> StoryId:
        """Reserve the number of a new story."""
        last = await self._connection.scalar(sa.select(sa.func.max(_t.c.id)))
        return StoryId((last or 0) + 1)

    async def get(self, story_id: StoryId) -> Story | None:
        """Return a story as last composed."""
        text = await self._connection.scalar(sa.select(_t.c.story).where(_t.c.id == story_id))
        return None if text is None else load(Story, text)

    async def revisions(self, story_ids: Collection[StoryId]) -> dict[StoryId, int]:
        """Return the last revision of each of the stories that is stored."""
        if not story_ids:
            return {}
        query = sa.select(_t.c.id, _t.c.revision).where(_t.c.id.in_(story_ids))
        return {
            StoryId(row.id): row.revision
            for row in await self._connection.execute(query.order_by(_t.c.id))
        }

    async def members(self, story_id: StoryId) -> list[Member]:
        """Return the story's entries, in the order they joined."""
        return await read_members(self._connection, tables.story_entries.c.story_id == story_id)

    async def home(self, entry_id: EntryId) -> StoryId | None:
        """Return the story an entry is in."""
        placed = tables.story_entries
        query = sa.select(placed.c.story_id).where(placed.c.entry_id == entry_id)
        found = await self._connection.scalar(query)
        return None if found is None else StoryId(found)

    async def member(self, entry_id: EntryId) -> Member | None:
        """Return one entry with its reading and why it joined its story."""
        placed = tables.story_entries
        found = await read_members(self._connection, placed.c.entry_id == entry_id)
        return found[0] if found else None

    async def save(self, stories: Sequence[Story], *, new: bool) -> None:
        """Store stories' readings and their deadlines; `new` ones have no row."""
        if not stories:
            return
        if new:
            await self._connection.execute(sa.insert(_t), [_values(story) for story in stories])
        else:
            update = sa.update(_t).where(_t.c.id == sa.bindparam("story_id"))
            rows = [_values(story) | {"story_id": story.id} for story in stories]
            await self._connection.execute(update, rows)
        ids = [story.id for story in stories]
        for table, of_story in _PARTS:
            if not new:
                await self._connection.execute(sa.delete(table).where(table.c.story_id.in_(ids)))
            parts = [{"story_id": s.id, **part} for s in stories for part in of_story(s)]
            if parts:
                await self._connection.execute(sa.insert(table), parts)
        await known_deadlines.remember(self._connection, stories, new=new)

    async def place(self, placements: Sequence[Placement]) -> None:
        """Store that entries belong to stories."""
        rows = [
            {
                "entry_id": placed.entry_id,
                "story_id": placed.story_id,
                "owner": placed.owner,
                "seen_at": placed.seen_at,
                "fingerprint": placed.fingerprint,
                "joined": placed.joined,
            }
            for placed in placements
        ]
        if rows:
            await self._connection.execute(sa.insert(tables.story_entries), rows)

    async def remark(self, entry_id: EntryId, fingerprint: str) -> None:
        """Store what an edited entry is recognised by from now on."""
        placed = tables.story_entries
        await self._connection.execute(
            sa.update(placed).where(placed.c.entry_id == entry_id).values(fingerprint=fingerprint)
        )


async def read_members(connection: AsyncConnection, which: sa.ColumnElement[bool]) -> list[Member]:
    """Return entries in stories with their readings, in the order they joined."""
    placed, entries, readings = tables.story_entries, tables.entries, tables.readings
    query = (
        sa.select(entries, readings.c.reading, placed.c.seen_at, placed.c.joined)
        .join(placed, placed.c.entry_id == entries.c.id)
        .join(readings, readings.c.entry_id == entries.c.id)
        .where(which)
        .order_by(placed.c.seen_at, entries.c.id)
    )
    return [
        Member(
            entry_id=EntryId(row.id),
            entry=to_stored(row).entry,
            reading=load(Reading, row.reading),
            seen_at=row.seen_at,
            joined=row.joined,
        )
        for row in await connection.execute(query)
    ]


def _values(story: Story) -> dict[str, object]:
    return {
        "id": story.id,
        "owner": story.owner,
        "revision": story.revision,
        "first_seen": story.first_seen,
        "updated_at": story.updated_at,
        "source_count": len(story.sources),
        "story": dump(Story, story),
    }


def _topics(story: Story) -> list[dict[str, object]]:
    return [{"topic": topic} for topic in story.topics]


_PARTS = ((tables.story_topics, _topics),)
"""The tables that a story's rows are derived into, and how."""
