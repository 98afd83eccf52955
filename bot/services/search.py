"""Search over the archive: the store preselects by words, the query decides, then a ranking."""

import re
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.entry import Entry
from bot.domain.ids import EntryId, StoryId, Tenant
from bot.domain.reading import Field
from bot.domain.views import FoundEntry
from bot.ports import Store
from bot.reading.query import Query, parse
from bot.reading.query_document import Document
from bot.reading.text import fold, fold_words

PAGE = 10
MOST_HITS = 100
"""Newest hits that are ranked together; older ones come after them."""

MOST_LOOKED_AT = 20_000
"""Entries that are judged; only of few kinds of queries an index holds more that do not match."""

LAST_PAGE = 99

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
    """Entries that matched, all pages together; more do where the search is not complete."""
    looked_at: int
    """Entries that hold the query's words and were judged."""
    complete: bool
    """False where the search ended before the oldest entry: the page was full, or a limit reached."""


class SearchService:
    """Asks the archive."""

    def __init__(self, store: Store) -> None:
        self._queries = store.queries

    async def search(self, tenant: Tenant, text: str, *, page: int = 1) -> SearchPage:
        """Return a page of what matches: of the newest hits those with most matching words first.

        Raises InvalidInputError where the query does not parse, with the place and what is right.
        """
        query = parse(text)
        page = max(1, min(page, LAST_PAGE))
        start = (page - 1) * PAGE
        entries = self._queries.entries(owner=tenant, needs=query.needs)
        gathered = _Gathered(query)
        await gathered.take(entries, stories=start + PAGE + 1)
        ranked = list(gathered.best.items())
        return SearchPage(
            query=query.text,
            hits=tuple(
                _hit(row, gathered.counts[key] - 1, query.words)
                for key, row in ranked[start : start + PAGE]
            ),
            page=page,
            more=len(ranked) > start + PAGE and page < LAST_PAGE,
            entries=gathered.matched,
            looked_at=gathered.looked_at,
            complete=gathered.complete,
        )


class _Gathered:
    """What was found so far: the best entry of each story, and how many of it matched."""

    def __init__(self, query: Query) -> None:
        self._query = query
        self.best: dict[object, FoundEntry] = {}
        self.counts: dict[object, int] = {}
        self.matched = self.looked_at = 0
        self.complete = False

    async def take(self, entries: AsyncIterator[FoundEntry], *, stories: int) -> None:
        """Judge entries until so many stories are found; every `MOST_HITS` hits are ranked by themselves.

        So the first page never waits for what a later one shows, and no page changes another.
        """
        hits: list[tuple[FoundEntry, Document]] = []
        async for row in entries:
            self.looked_at += 1
            document = Document(row.stored.entry, row.reading)
            if self._query.holds(document):
                hits.append((row, document))
            if len(hits) == MOST_HITS:
                self._rank(hits)
                hits.clear()
                if len(self.best) >= stories:
                    return
            if self.looked_at == MOST_LOOKED_AT:
                break
        else:
            self.complete = True
        self._rank(hits)

    def _rank(self, hits: Sequence[tuple[FoundEntry, Document]]) -> None:
        self.matched += len(hits)
        words = self._query.words
        for row, _ in sorted(hits, key=lambda hit: _score(hit[0], hit[1], words), reverse=True):
            key = row.story_id if row.story_id is not None else f"entry {row.stored.id}"
            self.best.setdefault(key, row)
            self.counts[key] = self.counts.get(key, 0) + 1


def _score(row: FoundEntry, document: Document, words: Sequence[str]) -> tuple[int, datetime, int]:
    rest = f" {document.folded(Field.SUMMARY)[1]} {fold_words(row.reading.summary)}"
    asked = [f" {word}" for word in words]
    score = sum(_TITLE_WEIGHT * (word in document.title) + (word in rest) for word in asked)
    return score, row.stored.first_seen, row.stored.id


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
