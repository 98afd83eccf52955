"""The queries of all subscriptions, kept ready, and which of them an entry satisfies."""

import asyncio
from collections.abc import Iterable

import structlog

from bot.domain.ids import EntryId
from bot.domain.reading import Span
from bot.domain.story import Member
from bot.errors import InvalidInputError
from bot.reading.query import Query, parse
from bot.reading.query_document import Document
from bot.reading.query_index import QueryIndex

_AT_ONCE = 25
"""Queries parsed before others have their turn: a team that brings thousands must not stop the bot."""

log = structlog.get_logger()


class StandingQueries:
    """Every query that a subscription was seen to have, parsed once and indexed."""

    def __init__(self, *, most: int = 50_000) -> None:
        """`most` queries are kept; above, those of places that left are let go of with the rest."""
        self._most = most
        self._parsed: dict[str, Query | None] = {}
        self._index = QueryIndex()

    async def asked(self, texts: Iterable[str]) -> "Asked":
        """Return what answers for these queries, taking in those not known yet."""
        wanted = dict.fromkeys(texts)
        fresh = [text for text in wanted if text not in self._parsed]
        if len(self._parsed) + len(fresh) > max(self._most, len(wanted)):
            self._parsed, self._index = {}, QueryIndex()
            fresh = list(wanted)
        parsed, index = self._parsed, self._index
        for number, text in enumerate(fresh, 1):
            query = parsed[text] = _parsed(text)
            if query is not None:
                index.add(query)
            if number % _AT_ONCE == 0:
                await asyncio.sleep(0)
        return Asked(parsed, index)


class Asked:
    """Tells by which words a query matches an entry, each entry looked through once for all queries."""

    def __init__(self, parsed: dict[str, Query | None], index: QueryIndex) -> None:
        self._parsed = parsed
        self._index = index
        self._found: dict[EntryId, tuple[Document, frozenset[Query]]] = {}

    def __call__(self, text: str, member: Member) -> tuple[Span, ...] | None:
        """Return the words that satisfy the query; None where the entry does not, or nobody can parse it."""
        query = self._parsed[text]
        if query is None:
            return None
        document, matching = self._of(member)
        return query.spans(document) if query in matching else None

    def _of(self, member: Member) -> tuple[Document, frozenset[Query]]:
        known = self._found.get(member.entry_id)
        if known is None:
            document = Document(member.entry, member.reading)
            known = document, frozenset(self._index.matching(document))
            self._found[member.entry_id] = known
        return known


def _parsed(text: str) -> Query | None:
    """Return the query; None, said once in the log, where this version cannot follow it any more."""
    try:
        return parse(text)
    except InvalidInputError as error:
        log.warning("query_not_understood", query=text, reason=str(error))
        return None
