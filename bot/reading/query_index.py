"""Many queries asked of one entry at once.

Every query has a bit, and every sign (see `query_shape`) the bits of the queries that want it: the signs
an entry shows, joined, give the queries whose words all stand in it. Where words are all that a query
asks for, that is the answer; every other query's own test decides. What matches is therefore what trying
all queries one after the other would find, at a cost that hardly grows with their number.
"""

from collections.abc import Iterable, Iterator
from typing import TYPE_CHECKING

from bot.reading.query import Query
from bot.reading.query_document import Document
from bot.reading.query_marks import holds_marks, looks_marked
from bot.reading.query_shape import TITLE

if TYPE_CHECKING:
    from ahocorasick_rs import AhoCorasick

_BLOCK = 4_096
"""Queries whose bits make one number: a rare word's bits then take half a kilobyte at most."""
_GROUPS = 3
"""Groups of wanted signs that have bits; a query with more is tried where these are there."""
_FEW = 16
"""New signs, and the share of all, from which the automaton is built anew."""


class QueryIndex:
    """Queries, each under the signs that it wants. Several threads may not add to it at once."""

    def __init__(self, queries: Iterable[Query] = ()) -> None:
        self._blocks: list[_Block] = []
        self._signs = _Signs()
        for query in queries:
            self.add(query)

    def add(self, query: Query) -> None:
        """Take a query in; the same one twice is found twice."""
        if not self._blocks or len(self._blocks[-1].queries) == _BLOCK:
            self._blocks.append(_Block())
        self._blocks[-1].add(query)
        shape = query.shape
        for sign in shape.barred.union(*shape.wanted):
            self._signs.add(sign)

    def matching(self, document: Document) -> list[Query]:
        """Return the queries that the document satisfies, in no order."""
        shown = self._signs.shown(document)
        sure = not holds_marks(document.line)
        return [q for block in self._blocks for q in block.matching(document, shown, sure=sure)]


class _Block:
    """Some thousand queries and their bits."""

    def __init__(self) -> None:
        self.queries: list[Query] = []
        self._bits: dict[str, list[int]] = {}
        """Sign → the queries that want it in their first, second and third group, that bar it."""
        self._content = [0] * _GROUPS
        """For the same groups: the queries that have none there."""
        self._whole = 0

    def add(self, query: Query) -> None:
        bit, shape = 1 << len(self.queries), query.shape
        self.queries.append(query)
        groups = sorted(shape.wanted, key=lambda group: (len(group), sorted(group)))
        for place in range(_GROUPS):
            if place >= len(groups):
                self._content[place] |= bit
                continue
            for sign in groups[place]:
                self._of(sign)[place] |= bit
        for sign in shape.barred:
            self._of(sign)[_GROUPS] |= bit
        if shape.whole and len(groups) <= _GROUPS:
            self._whole |= bit

    def _of(self, sign: str) -> list[int]:
        return self._bits.setdefault(sign, [0] * (_GROUPS + 1))

    def matching(self, document: Document, shown: set[str], *, sure: bool) -> Iterator[Query]:
        """Yield what the document satisfies; not `sure` where a sign may be another's."""
        bits, (first, second, third), barred = self._bits, self._content, 0
        for sign in bits.keys() & shown:
            wants, wants_second, wants_third, bars = bits[sign]
            first |= wants
            second |= wants_second
            third |= wants_third
            barred |= bars
        left, queries = first & second & third & ~(barred if sure else 0), self.queries
        whole = self._whole if sure else 0
        while left:  # from the top, for the lowest bit of a long number costs much more to find
            place = left.bit_length() - 1
            left ^= 1 << place
            query = queries[place]
            if whole >> place & 1 or query.holds(document):
                yield query


class _Signs:
    """Finds which of the signs that queries know a document shows, in one pass over its words."""

    def __init__(self) -> None:
        self._known: set[str] = set()
        self._body = _Finder()
        self._title = _Finder()
        self._marks = False
        """Whether any query asks for what only the marks tell."""

    def add(self, sign: str) -> None:
        if sign not in self._known:
            self._known.add(sign)
            self._marks = self._marks or looks_marked(sign)
            finder = self._title if sign.startswith(TITLE) else self._body
            finder.add(sign, sign.removeprefix(TITLE))

    def shown(self, document: Document) -> set[str]:
        """Return the signs that stand in the document's words, or among its marks."""
        marks = document.marks if self._marks else ""
        shown = self._body.found(f"{document.line}\n{document.topics}{marks}")
        return shown | self._title.found(document.title)


class _Finder:
    """Finds signs in text. Those added last are looked for one by one until they are many."""

    def __init__(self) -> None:
        self._signs: list[str] = []
        self._texts: list[str] = []
        self._built = 0
        self._automaton: AhoCorasick | None = None

    def add(self, sign: str, text: str) -> None:
        self._signs.append(sign)
        self._texts.append(text)

    def found(self, line: str) -> set[str]:
        if len(self._texts) - self._built > max(_FEW, self._built // _FEW):
            self._build()
        signs, shown = self._signs, set()
        if self._automaton is not None:
            hits = self._automaton.find_matches_as_indexes(line, overlapping=True)
            shown = {signs[number] for number, _, _ in hits}
        for number in range(self._built, len(signs)):
            if self._texts[number] in line:
                shown.add(signs[number])
        return shown

    def _build(self) -> None:
        from ahocorasick_rs import AhoCorasick, MatchKind

        self._automaton = AhoCorasick(self._texts, MatchKind.Standard)
        self._built = len(self._texts)
