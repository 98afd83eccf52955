"""Many queries asked of one entry at once.

Every query has some bits, and every sign (see `query_shape`) those of the queries that want it: the
signs an entry shows, joined, give the queries whose words all stand in it. Where words are all that a
query asks for, that is the answer; every other query's own test decides. What matches is therefore what
trying all queries one after the other would find, at a cost that hardly grows with their number.
"""

from collections.abc import Iterable, Iterator
from functools import reduce
from itertools import chain
from operator import or_
from typing import TYPE_CHECKING

from bot.reading.query import Query
from bot.reading.query_document import Document
from bot.reading.query_marks import MARKS, looks_marked
from bot.reading.query_shape import TITLE, TOPIC
from bot.reading.text import tight

if TYPE_CHECKING:
    from ahocorasick_rs import BytesAhoCorasick

_BLOCK = 4_096
"""Queries whose bits make one number: those of a rare word then take two kilobytes at most."""
_GROUPS = 3
"""Groups of wanted signs that have a bit each; a query with more is tried where these are there."""
_BITS = _GROUPS + 1
"""Bits of a query: one for each group of which it has a sign, the last where it has what is barred."""
_GAP = 4
"""Blanks in a row from which the word that follows is not looked at."""
_FEW = 32
"""New patterns from which the automaton is built anew."""
_DENSE = 4_096
"""Patterns up to which the quickest kind of automaton is built; larger ones leave the caches."""


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
        self._blocks[-1].add(query, self._signs)

    def matching(self, document: Document) -> list[Query]:
        """Return the queries that the document satisfies, in no order."""
        shown = self._signs.shown(document)
        sure = shown.isdisjoint(_MARKS)
        found = [block.matching(document, shown, sure=sure) for block in self._blocks]
        return found[0] if len(found) == 1 else list(chain.from_iterable(found))


class _Block:
    """Some thousand queries and their bits."""

    def __init__(self) -> None:
        self.queries: list[Query] = []
        self._bits: dict[int, int] = {}
        """Number of a sign → the bits of the queries that want it, or bar it."""
        self._content = 0
        """The bits of groups that queries do not have."""
        self._all = 0
        """The first bit of every query."""
        self._more = 0
        """The first bit of queries that ask for more than their signs."""

    def add(self, query: Query, signs: "_Signs") -> None:
        first, shape, bits = 1 << len(self.queries) * _BITS, query.shape, self._bits
        self.queries.append(query)
        self._all |= first
        groups = sorted(shape.wanted, key=lambda group: (len(group), sorted(group)))
        for place in range(_GROUPS):
            if place >= len(groups):
                self._content |= first << place
                continue
            for number in map(signs.number, groups[place]):
                bits[number] = bits.get(number, 0) | first << place
        for number in map(signs.number, shape.barred):
            bits[number] = bits.get(number, 0) | first << _GROUPS
        if not shape.whole or len(groups) > _GROUPS:
            self._more |= first

    def matching(self, document: Document, shown: set[int], *, sure: bool) -> list[Query]:
        """Return what the document satisfies; not `sure` where a sign may be another's."""
        bits, queries = self._bits, self.queries
        has = reduce(or_, filter(None, map(bits.get, shown)), self._content)
        left = has & has >> 1 & has >> 2 & self._all  # one for each of _GROUPS
        if not sure:
            return [query for query in _at(left, queries) if query.holds(document)]
        left ^= left & has >> _GROUPS
        tried = left & self._more
        if not tried:
            return _at(left, queries)
        found = [query for query in _at(tried, queries) if query.holds(document)]
        return found + _at(left ^ tried, queries)


def _at(left: int, queries: list[Query]) -> list[Query]:
    """Return the queries whose first bits are there."""
    found = []
    while left:  # from the top, for the lowest bit of a long number costs much more to find
        place = left.bit_length() - 1
        left ^= 1 << place
        found.append(queries[place // _BITS])
    return found


_MARKS = frozenset(range(len(MARKS)))
"""The numbers of what begins words that could be taken for marks."""


class _Signs:
    """Finds which of the signs that queries know a document shows, in one pass over its words.

    The number of a sign of the title is below 0: that of the same words anywhere, inverted.
    """

    def __init__(self) -> None:
        self._finder = _Finder()
        self._numbers: dict[str, int] = {}
        self._parted: set[int] = set()
        """Numbers of patterns that show where more than a blank may stand between a sign's words."""
        self._marked: set[int] = set()
        """Numbers of signs that only the marks tell of."""
        for mark in MARKS:
            self._finder.number(mark)

    def number(self, sign: str) -> int:
        """Return the number of a sign, which is looked for from now on."""
        known = self._numbers.get(sign)
        if known is not None:
            return known
        text = sign.removeprefix(TITLE)
        self._parted.update(map(self._finder.number, _parted(text)))
        number = self._finder.number(text)
        if looks_marked(sign):
            self._marked.add(number)
        known = self._numbers[sign] = ~number if sign.startswith(TITLE) else number
        return known

    def shown(self, document: Document) -> set[int]:
        """Return the signs that stand in the document's words, or among its marks."""
        find, numbers = self._finder.found, self._numbers
        words, end = document.loose
        shown, in_title = find(words, end)
        if not self._parted.isdisjoint(shown):
            title = tight(words[:end])
            tightly, in_tight = find(title + tight(words[end:]), len(title))
            shown |= tightly
            in_title |= in_tight
        if self._marked:
            shown |= find(document.marks.encode())[0] & self._marked
        shown.update([~number for number in in_title])
        topics = [f" {TOPIC}{match.topic} " for match in document.reading.topics]
        shown.update([numbers[topic] for topic in topics if topic in numbers])
        return shown


def _parted(sign: str) -> Iterator[str]:
    """Yield what stands in loose words that are a sign only where blanks in a row count as one.

    That is the sign's first words up to two blanks or more, and the word that follows unless
    these are many. It may stand in other texts too.
    """
    words = sign.split()
    for place in range(1, len(words)):
        first = f" {' '.join(words[:place])}"
        for blanks in range(2, _GAP):
            yield f"{first}{' ' * blanks}{words[place]}"
        yield first + " " * _GAP


class _Finder:
    """Finds patterns in text. Those added last are looked for one by one until they are many."""

    def __init__(self) -> None:
        self._numbers: dict[bytes, int] = {}
        self._late: list[tuple[int, bytes]] = []
        """The patterns that are not in the automaton."""
        self._automaton: BytesAhoCorasick | None = None

    def number(self, text: str) -> int:
        """Return the number of a pattern, which is looked for from now on."""
        pattern = text.encode("utf-8", "surrogatepass")
        number = self._numbers.get(pattern)
        if number is None:
            number = self._numbers[pattern] = len(self._numbers)
            self._late.append((number, pattern))
        return number

    def found(self, words: bytes, end: int = 0) -> tuple[set[int], set[int]]:
        """Return the numbers of the patterns that stand there, and of those that do so before `end`."""
        if len(self._late) > _FEW:
            self._build()
        found: set[int] = set()
        first: set[int] = set()
        if self._automaton is not None:
            hits = self._automaton.find_matches_as_indexes(words, overlapping=True)
            found = {number for number, _, _ in hits}
            for number, _, reached in hits:  # in the order of their ends
                if reached > end:
                    break
                first.add(number)
        for number, pattern in self._late:
            if pattern in words:
                found.add(number)
                if words.find(pattern, 0, end) >= 0:
                    first.add(number)
        return found, first

    def _build(self) -> None:
        from ahocorasick_rs import BytesAhoCorasick, Implementation, MatchKind

        kind = Implementation.DFA if len(self._numbers) <= _DENSE else Implementation.ContiguousNFA
        self._automaton = BytesAhoCorasick(self._numbers, MatchKind.Standard, kind)
        self._late.clear()
