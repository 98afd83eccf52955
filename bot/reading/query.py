"""Queries: what a person typed, made into a test of entries, for subscriptions and search.

    steel AND (canada OR mexico) -opinion title:"rules of origin" auto* rate:[25 TO *]

Words match whole words without regard to case and accents, with or without a plural s; "phrases"
match as they stand. ``*`` alone matches everything.
"""

from dataclasses import dataclass

from bot.domain.entry import Entry
from bot.domain.needs import Needs
from bot.domain.reading import Reading, Span
from bot.reading.query_document import Compiled, Document
from bot.reading.query_eval import compiled
from bot.reading.query_syntax import normalised, tree


@dataclass(frozen=True, slots=True, kw_only=True)
class Match:
    """A query that an entry satisfies, and the words that did it; a language has no words to show."""

    query: str
    spans: tuple[Span, ...] = ()


class Query:
    """A parsed query. It holds no state: several threads may share it."""

    __slots__ = ("_compiled", "text")

    def __init__(self, text: str, test: Compiled) -> None:
        self.text = text
        """The query as understood, with plain quotes and blanks."""
        self._compiled = test

    def __repr__(self) -> str:
        return f"Query({self.text!r})"

    @property
    def needs(self) -> Needs:
        """What every matching entry holds: a database may look for it before `matches` decides."""
        needs = self._compiled
        return Needs(words=tuple(sorted(needs.words)), since=needs.since, before=needs.before)

    def matches(self, entry: Entry, reading: Reading) -> Match | None:
        """Return the words that satisfied the query, or None where the entry does not."""
        spans = self._compiled.test(Document(entry, reading))
        if spans is None:
            return None
        return Match(query=self.text, spans=tuple(dict.fromkeys(spans)))


def parse(text: str) -> Query:
    """Return the query that the text says.

    Raises InvalidInputError, whose text names the place (characters count from 1) and shows a
    query that would be right. At most 1,000 characters and 20 levels deep.
    """
    plain = normalised(text)
    return Query(plain, compiled(tree(plain)))
