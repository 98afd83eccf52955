"""The numbered deadlines of stories: kept when a story is composed anew, and when it drops one."""

from collections.abc import Sequence
from datetime import date, datetime

import sqlalchemy as sa
from sqlalchemy.ext.asyncio import AsyncConnection

from bot.domain.reading import DeadlineFact
from bot.domain.story import Story
from bot.storage import tables
from bot.storage.codec import dump
from bot.storage.rows import Row
from bot.storage.upsert import insert_new

_t = tables.known_deadlines

Stated = tuple[Story, DeadlineFact]


async def remember(connection: AsyncConnection, stories: Sequence[Story], *, new: bool) -> None:
    """Bring the numbered deadlines of stories up to date with what they state now.

    A new one gets a number; one that is stated in other words keeps its number; one that is stated
    no more is marked as gone at the story's last change, and comes back under its number.
    """
    stated = {(s.id, str(f.kind), f.date): (s, f) for s in stories for f in s.deadlines}
    known = [] if new else await _known(connection, [story.id for story in stories])
    there = {(row.story_id, row.kind, row.date): row for row in known}
    dropped = [row for key, row in there.items() if key not in stated and row.gone_at is None]
    fresh = [(story, fact) for key, (story, fact) in stated.items() if key not in there]
    await insert_new(
        connection, _t, [_values(s, f, _moved(s, f, fresh, dropped)) for s, f in fresh]
    )
    changed = {story.id: story.updated_at for story in stories}
    for row in dropped:
        update = sa.update(_t).where(_t.c.id == row.id)
        at = changed[row.story_id]
        await connection.execute(update.values(gone_at=at, changed_at=_later(row, at)))
    for key, row in there.items():
        if key in stated:
            await _restate(connection, row, stated[key][1], changed[row.story_id])


async def _restate(connection: AsyncConnection, row: Row, fact: DeadlineFact, at: datetime) -> None:
    text = dump(DeadlineFact, fact)
    if row.gone_at is None and row.fact == text:
        return
    replaces = fact.replaces or row.replaces
    update = sa.update(_t).where(_t.c.id == row.id)
    values = {"fact": text, "gone_at": None, "replaces": replaces, "changed_at": _later(row, at)}
    await connection.execute(update.values(**values))


def _later(row: Row, at: datetime) -> datetime:
    """A team's mark may be younger than the story: the moment of the last change never goes back."""
    return at if row.changed_at is None else max(row.changed_at, at)


def _moved(
    story: Story, fact: DeadlineFact, fresh: Sequence[Stated], dropped: Sequence[Row]
) -> date | None:
    """The date a new deadline replaces: its sentence says so, or the story just changed it.

    The second only where one date of the kind came and one went: else nobody knows which.
    """
    if fact.replaces is not None:
        return fact.replaces
    came = [f for s, f in fresh if s.id == story.id and f.kind is fact.kind]
    went = [row for row in dropped if row.story_id == story.id and row.kind == fact.kind]
    return went[0].date if len(came) == 1 and len(went) == 1 else None


def _values(story: Story, fact: DeadlineFact, replaces: date | None) -> dict[str, object]:
    return {
        "story_id": story.id,
        "kind": fact.kind,
        "date": fact.date,
        "fact": dump(DeadlineFact, fact),
        "replaces": replaces,
        "first_seen": story.updated_at,
        "changed_at": story.updated_at,
    }


async def _known(connection: AsyncConnection, ids: Sequence[int]) -> list[Row]:
    found: list[Row] = []
    for start in range(0, len(ids), 500):
        query = sa.select(_t).where(_t.c.story_id.in_(ids[start : start + 500]))
        found += (await connection.execute(query)).all()
    return found
