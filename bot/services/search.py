"""Search over the archive: the store preselects by words, the query decides, then a ranking."""

import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.entry import Entry
from bot.domain.ids import EntryId, StoryId, Tenant
from bot.domain.views import FoundEntry
from bot.ports import Store
from bot.reading.query import Query, parse
from bot.reading.text import fold, fold_words

PAGE = 10
MOST_HITS = 150
"""Newest hits that are ranked; who has more of them is better served by a narrower query."""

MOST_LOOKED_AT = 20_000
"""Entries the query looks at: bounds a question without words, such as ``NOT steel``."""

_SNIPPET = 180
_TITLE_WEIGHT = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """The best entry of a story for a query."""

    entry_id: EntryId
    entry: Entry
    story_id: StoryId | None
    first_seen: datetime
    snippet: str
    """The words around the first word of the query, as the source wrote them."""
    others: int
    """How many other entries of the same story matched."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchPage:
    """Hits on one page, the best first."""

    query: str
    """As it was understood."""
    hits: tuple[Hit, ...]
    page: int
    more: bool
    entries: int
    """Entries that matched, all pages together."""
    looked_at: int
    """Entries that hold the query's words and were judged."""
    complete: bool
    """False where a limit ended the search before the oldest entry."""


class SearchService:
    """Asks the archive."""

    def __init__(self, store: Store) -> None:
        self._queries = store.queries

    async def search(self, tenant: Tenant, text: str, *, page: int = 1) -> SearchPage:
        """Return a page of what matches, most matching words first, then newest.

        Raises InvalidInputError where the query does not parse, with the place and what is right.
        """
        query = parse(text)
        needs = query.needs
        words = tuple(form.removesuffix("*") for forms in needs.words for form in forms[-1:])
        entries = self._queries.entries(owner=tenant, needs=needs)
        found, looked_at, complete = await _matching(query, entries)
        ranked = _by_story(sorted(found, key=lambda hit: _score(hit, words), reverse=True))
        start = (page - 1) * PAGE
        shown = ranked[start : start + PAGE]
        return SearchPage(
            query=query.text,
            hits=tuple(_hit(best, others, words) for best, others in shown),
            page=page,
            more=len(ranked) > start + PAGE,
            entries=len(found),
            looked_at=looked_at,
            complete=complete,
        )


async def _matching(
    query: Query, entries: AsyncIterator[FoundEntry]
) -> tuple[list[FoundEntry], int, bool]:
    found: list[FoundEntry] = []
    looked_at = 0
    async for row in entries:
        looked_at += 1
        if query.matches(row.stored.entry, row.reading):
            found.append(row)
        if len(found) >= MOST_HITS or looked_at >= MOST_LOOKED_AT:
            return found, looked_at, False
    return found, looked_at, True


def _score(row: FoundEntry, words: Sequence[str]) -> tuple[int, datetime, int]:
    entry = row.stored.entry
    title, rest = fold_words(entry.title), fold_words(f"{entry.summary} {row.reading.summary}")
    score = sum(_TITLE_WEIGHT * (word in title) + (word in rest) for word in words)
    return score, row.stored.first_seen, row.stored.id


def _by_story(ranked: Sequence[FoundEntry]) -> list[tuple[FoundEntry, int]]:
    """The best entry of each story, with how many more of it matched, in the order of the best."""
    best: dict[object, FoundEntry] = {}
    counts: dict[object, int] = {}
    for row in ranked:
        key = row.story_id if row.story_id is not None else f"entry {row.stored.id}"
        best.setdefault(key, row)
        counts[key] = counts.get(key, 0) + 1
    return [(row, counts[key] - 1) for key, row in best.items()]


def _hit(row: FoundEntry, others: int, words: Sequence[str]) -> Hit:
    entry = row.stored.entry
    text = "\n".join(part for part in (entry.summary, entry.content) if part)
    return Hit(
        entry_id=row.stored.id,
        entry=entry,
        story_id=row.story_id,
        first_seen=row.stored.first_seen,
        snippet=snippet(text, words) if text else "",
        others=others,
    )


def snippet(text: str, words: Sequence[str]) -> str:
    """Return at most 180 characters of the text around the first of the words, whole words only.

    `words` are folded as `reading.text.fold_words` folds; with none in the text its beginning.
    """
    folded = fold(text)
    starts = [found.start() for word in words if (found := _word(word).search(folded.text))]
    at = folded.origin(min(starts)) if starts else 0
    start = 0 if at < _SNIPPET // 2 else at - _SNIPPET // 3
    piece = " ".join(text[start : start + _SNIPPET].split())
    if start > 0:
        piece = "…" + (piece.partition(" ")[2] or piece)
    if start + _SNIPPET < len(text):
        piece = (piece.rpartition(" ")[0] or piece) + "…"
    return piece


def _word(word: str) -> re.Pattern[str]:
    """The folded words with anything that is no letter between them, as search folds them away."""
    return re.compile(r"(?<!\w)" + r"[\W_]+".join(map(re.escape, word.split())))
