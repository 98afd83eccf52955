"""Queries: what a person typed, made into a test of entries, for subscriptions and search.

    steel AND (canada OR mexico) -opinion title:"rules of origin" auto* rate:[25 TO *]

Words match whole words without regard to case and accents, with or without a plural s; "phrases"
match as they stand. ``*`` alone matches everything.
"""

from dataclasses import dataclass

from bot.domain.entry import Entry
from bot.domain.feed import Tier
from bot.domain.needs import Needs
from bot.domain.reading import Reading, Span
from bot.errors import InvalidInputError
from bot.reading.query_document import Compiled, Document
from bot.reading.query_errors import QueryError
from bot.reading.query_eval import compiled
from bot.reading.query_marks import mark, spoken
from bot.reading.query_shape import Shape
from bot.reading.query_syntax import normalised, tree

_SHORT = 2
"""Letters of a beginning that are looked for where nothing else is asked; one letter never is."""


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
        groups, without = self._compiled.words, self._compiled.without
        words = _telling(groups, _SHORT + 1) or _telling(groups, _SHORT)
        if without and not words:
            words = frozenset({tuple(mark("tier", tier) for tier in Tier)})  # every entry has one
        return Needs(words=tuple(sorted(words)), without=tuple(sorted(without)))

    @property
    def words(self) -> tuple[str, ...]:
        """The folded words it asks for, words in a row as one, to rank by and to show."""
        plain = (
            spoken(sign)
            for group in sorted(self._compiled.words)
            for sign in group
            if not any(sign != other and sign.startswith(other) for other in group)
        )
        return tuple(dict.fromkeys(word for word in plain if word))

    @property
    def shape(self) -> Shape:
        """What the query asks for, as sets of words for an index of many queries."""
        return self._compiled.shape

    def holds(self, document: Document) -> bool:
        """Whether the document satisfies the query."""
        return self._compiled.test(document)

    def spans(self, document: Document) -> tuple[Span, ...]:
        """Return the words by which a document that satisfies the query does so, each once."""
        return tuple(dict.fromkeys(self._compiled.show(document)))

    def matches(self, entry: Entry, reading: Reading) -> Match | None:
        """Return the words that satisfied the query, or None where the entry does not."""
        document = Document(entry, reading)
        if not self.holds(document):
            return None
        return Match(query=self.text, spans=self.spans(document))


def _telling(groups: frozenset[tuple[str, ...]], letters: int) -> frozenset[tuple[str, ...]]:
    """Return the groups without beginnings of fewer letters: half the archive may have such a word."""
    return frozenset(
        group
        for group in groups
        if not any(sign.endswith("*") and len(sign) <= letters for sign in group)
    )


def parse(text: str) -> Query:
    """Return the query that the text says.

    Raises QueryError, whose text names the place (characters count from 1) and shows a query that
    would be right. At most 1,000 characters and 20 levels deep.
    """
    plain = normalised(text)
    try:
        return Query(plain, compiled(tree(plain)))
    except InvalidInputError as error:
        raise QueryError(str(error)) from error
