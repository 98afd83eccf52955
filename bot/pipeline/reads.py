"""Reads what feeds show: in full what somebody may be told of, briefly what nobody asked for.

    entry ─► glance ─┬─► on a topic, or of an official source ───► read in full
                     └─► on no topic ─► a query may want it? ─┬─► read in full
                                                              └─► brief: stored and found, in no story

Most of what feeds bring is on no topic. Whether somebody's query could want it is asked anew in the
transaction that stores it, so that no entry after a subscription is missed for it.
"""

import asyncio
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from functools import lru_cache

import structlog

from bot.domain.entry import Entry
from bot.domain.reading import Lang, Reading
from bot.errors import InvalidInputError
from bot.ports import Queries
from bot.reading.query import Query, parse
from bot.reading.query_document import Document
from bot.reading.query_marks import looks_marked, mark
from bot.reading.query_shape import TITLE, Signs

log = structlog.get_logger()

Read = Callable[[Entry, datetime], Reading]
"""The whole reading of one entry, seen at a moment."""
Glance = Read
"""A brief reading of an entry on no topic, the whole reading of others."""

_AT_ONCE = 100
"""Entries read in one turn of the thread: other feeds' entries come in between."""
_FRESH_S = 1.0
"""Seconds for which the queries are not asked for again before reading."""
_MANY = 300
"""With more queries than this every entry is read in full: some query will want it."""
_SURE = tuple(mark(name) for name in ("lang", "tier", "source"))
"""The marks that a brief reading has as a full one does."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Readings:
    """The readings of entries, by guid."""

    found: dict[str, Reading]
    asked: frozenset[str] = frozenset()
    """The queries that decided which of them are brief."""


class Reads:
    """Reads entries in a thread, one feed's after the other's."""

    def __init__(self, read: Read, glance: Glance | None, queries: Queries) -> None:
        """Without `glance` every entry is read in full."""
        self._read = _despite_mistakes(read)
        self._glance = None if glance is None else _despite_mistakes(glance)
        self._queries = queries
        self._turn = asyncio.Semaphore(1)
        self._asking = asyncio.Lock()
        self._asked: frozenset[str] = frozenset()
        self._asked_at = float("-inf")

    async def all(self, entries: Sequence[Entry], now: datetime) -> Readings:
        """Read entries as they come. The event loop goes on meanwhile."""
        asked = await self._latest() if self._glance is not None else frozenset()
        found: dict[str, Reading] = {}
        for start in range(0, len(entries), _AT_ONCE):
            part = entries[start : start + _AT_ONCE]
            async with self._turn:
                found |= await asyncio.to_thread(self._some, part, now, asked)
        return Readings(found=found, asked=asked)

    async def again(
        self, entries: Sequence[Entry], before: Readings, asked: frozenset[str], now: datetime
    ) -> Readings:
        """Return the readings of entries now that other queries are asked."""
        missed = [entry for entry in entries if before.found[entry.guid].brief]
        if asked <= before.asked or not missed:
            return before
        found = await asyncio.to_thread(self._some, missed, now, asked)
        return Readings(found=before.found | found, asked=asked)

    async def full(self, entry: Entry, now: datetime) -> Reading:
        """Read one entry in full."""
        return await asyncio.to_thread(self._read, entry, now)

    async def _latest(self) -> frozenset[str]:
        time = asyncio.get_running_loop().time
        if time() - self._asked_at > _FRESH_S:
            async with self._asking:
                if (now := time()) - self._asked_at > _FRESH_S:  # nobody asked while we waited
                    self._asked, self._asked_at = await self._queries.asked(), now
        return self._asked

    def _some(
        self, entries: Sequence[Entry], now: datetime, asked: frozenset[str]
    ) -> dict[str, Reading]:
        return {entry.guid: self._one(entry, now, asked) for entry in entries}

    def _one(self, entry: Entry, now: datetime, asked: frozenset[str]) -> Reading:
        if self._glance is None:
            return self._read(entry, now)
        seen = self._glance(entry, now)
        if seen.brief and asked and may_want(asked, entry, seen):
            return self._read(entry, now)
        return seen


def _despite_mistakes(read: Read) -> Read:
    """Return a reading that leaves out a text over which ours fails, so that the feed's others are read.

    First the content is left out, then the summary; an entry whose title fails too is kept unread.
    """

    def reading(entry: Entry, now: datetime) -> Reading:
        for shown in (entry, replace(entry, content=""), replace(entry, content="", summary="")):
            try:
                return read(shown, now)
            except Exception:
                log.exception("entry_not_read", guid=entry.guid, url=entry.url, source=entry.source)
        return Reading(lang=Lang.OTHER, brief=True)

    return reading


def may_want(asked: frozenset[str], entry: Entry, seen: Reading) -> bool:
    """Whether one of the queries could be satisfied by an entry, of which a brief reading is known."""
    if len(asked) > _MANY:
        return True
    document = Document(entry, seen)
    return any(_holds(groups, document) for groups in _wanted(asked))


@lru_cache(maxsize=4)
def _wanted(asked: frozenset[str]) -> tuple[frozenset[Signs], ...]:
    """Return what each query wants, as in `Shape`."""
    return tuple(query.shape.wanted for query in map(_parsed, sorted(asked)) if query is not None)


def _parsed(text: str) -> Query | None:
    """Return the query; None where this version cannot follow it any more, as the fan-out says."""
    try:
        return parse(text)
    except InvalidInputError:
        return None


def _holds(groups: frozenset[Signs], document: Document) -> bool:
    return all(any(_shown(sign, document) for sign in group) for group in groups)


def _shown(sign: str, document: Document) -> bool:
    if sign.startswith(TITLE):
        return sign.removeprefix(TITLE) in document.title
    word = sign.strip()
    if looks_marked(word) and not word.startswith(_SURE):
        return True  # what only a full reading tells
    return sign in document.line or sign in document.marks
