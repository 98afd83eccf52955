"""The newest stories of a topic or a query, for programs that read feeds and calendars."""

from bot.domain.ids import StoryId, Tenant
from bot.domain.story import Story
from bot.ports import Queries, Store
from bot.reading.query import Query, parse

MOST = 50
"""Stories in one feed."""
LOOKED_AT = 20_000
"""Entries that a query looks at: bounds a question without words."""


class StoryFeeds:
    """Reads what a feed shows; nobody sees another tenant's."""

    def __init__(self, store: Store) -> None:
        self._queries = store.queries

    async def of_topic(self, tenant: Tenant, topic: str | None) -> tuple[Story, ...]:
        """Return the newest stories of a topic, or of all."""
        return tuple(await self._queries.stories(owner=tenant, topic=topic, limit=MOST))

    async def of_query(self, tenant: Tenant, text: str) -> tuple[Story, ...]:
        """Return the newest stories a query finds. Raises InvalidInputError."""
        ids = await stories_with(self._queries, tenant, parse(text), most=MOST)
        found = await self._queries.pages.stories(ids, owner=tenant)
        return tuple(sorted(found, key=lambda each: (each.updated_at, each.id), reverse=True))


async def stories_with(
    queries: Queries, tenant: Tenant, query: Query, *, most: int
) -> tuple[StoryId, ...]:
    """Return the stories whose entries a query takes, those with the newest entry first."""
    found: dict[StoryId, None] = {}
    looked_at = 0
    async for row in queries.entries(owner=tenant, needs=query.needs):
        looked_at += 1
        if row.story_id is not None and query.matches(row.stored.entry, row.reading):
            found[row.story_id] = None
        if len(found) >= most or looked_at >= LOOKED_AT:
            break
    return tuple(found)
