"""Stories and who is in them."""

from datetime import datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.ids import EntryId, StoryId
from bot.domain.reading import DeadlineFact, Reading, TariffFact
from bot.domain.story import Member, Story
from bot.ports import Placement
from bot.storage import tables
from bot.storage.codec import dump, load
from bot.storage.entries import to_stored

_t = tables.stories


class SqlStories:
    """Implements `bot.ports.Stories`; number giving relies on the assignment lock."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def placed_since(self, last: EntryId, oldest: datetime) -> list[Placement]:
        """Return placements of entries above `last` seen since `oldest`, by entry."""
        placed = tables.story_entries
        query = (
            sa.select(placed)
            .where(placed.c.entry_id > last, placed.c.seen_at >= oldest)
            .order_by(placed.c.entry_id)
        )
        return [
            Placement(
                entry_id=EntryId(row.entry_id),
                story_id=StoryId(row.story_id),
                owner=row.owner,
                seen_at=row.seen_at,
                fingerprint=row.fingerprint,
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

    async def members(self, story_id: StoryId) -> list[Member]:
        """Return the story's entries, in the order they joined."""
        return await read_members(self._connection, story_id)

    async def save(self, story: Story) -> None:
        """Store a story's reading, its deadlines and its tariff actions."""
        values = {
            "owner": story.owner,
            "revision": story.revision,
            "first_seen": story.first_seen,
            "updated_at": story.updated_at,
            "source_count": len(story.sources),
            "story": dump(Story, story),
        }
        update = sa.update(_t).where(_t.c.id == story.id).values(values)
        if (await self._connection.execute(update)).rowcount == 0:
            await self._connection.execute(sa.insert(_t).values(id=story.id, **values))
        await self._replace(tables.story_topics, story.id, [{"topic": t} for t in story.topics])
        await self._replace(tables.deadlines, story.id, [_deadline(d) for d in story.deadlines])
        await self._replace(tables.tariff_actions, story.id, [_tariff(a) for a in story.tariffs])

    async def place(self, placement: Placement, joined: str) -> None:
        """Store that an entry belongs to a story."""
        placed = tables.story_entries
        await self._connection.execute(
            sa.delete(placed).where(placed.c.entry_id == placement.entry_id)
        )
        await self._connection.execute(
            sa.insert(placed).values(
                entry_id=placement.entry_id,
                story_id=placement.story_id,
                owner=placement.owner,
                seen_at=placement.seen_at,
                fingerprint=placement.fingerprint,
                joined=joined,
            )
        )

    async def _replace(
        self, table: sa.Table, story_id: StoryId, rows: list[dict[str, object]]
    ) -> None:
        await self._connection.execute(sa.delete(table).where(table.c.story_id == story_id))
        if rows:
            await self._connection.execute(
                sa.insert(table), [{"story_id": story_id, **row} for row in rows]
            )


async def read_members(connection: AsyncConnection, story_id: StoryId) -> list[Member]:
    """Return the entries of a story with their readings, in the order they joined."""
    placed, entries, readings = tables.story_entries, tables.entries, tables.readings
    query = (
        sa.select(entries, readings.c.reading, placed.c.seen_at, placed.c.joined)
        .join(placed, placed.c.entry_id == entries.c.id)
        .join(readings, readings.c.entry_id == entries.c.id)
        .where(placed.c.story_id == story_id)
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


def _deadline(fact: DeadlineFact) -> dict[str, object]:
    return {"kind": fact.kind, "date": fact.date, "fact": dump(DeadlineFact, fact)}


def _tariff(fact: TariffFact) -> dict[str, object]:
    return {
        "action": fact.action,
        "imposer": fact.imposer,
        "rate_pct": fact.rate_pct,
        "effective_date": fact.effective_date,
        "fact": dump(TariffFact, fact),
    }
