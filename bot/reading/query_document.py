"""What queries are asked of: an entry with its reading, folded once, and the tests made for it.

Each piece of a query becomes a test that returns the spans that satisfied it (none for a test
that has no words to show, such as a language), or None where it is not satisfied.
"""

import datetime as dt
from collections.abc import Callable
from dataclasses import dataclass

from bot.domain.entry import Entry
from bot.domain.reading import Field, Reading, Span
from bot.reading.text import Folded, fold, spaced

MAX_SPANS = 20
"""Spans kept for each piece of a query; more would not make the answer clearer."""


class Document:
    """An entry with its reading, folded once for all tests."""

    __slots__ = ("_folded", "entry", "reading")

    def __init__(self, entry: Entry, reading: Reading) -> None:
        self.entry = entry
        self.reading = reading
        self._folded: dict[Field, tuple[Folded, str]] = {}

    def folded(self, field: Field) -> tuple[Folded, str]:
        """Return the field folded, with its offsets, and the same with blanks for signs."""
        known = self._folded.get(field)
        if known is None:
            folded = fold(self.text(field))
            known = self._folded[field] = (folded, spaced(folded.text))
        return known

    def text(self, field: Field) -> str:
        """Return the entry's text in that field."""
        return str(getattr(self.entry, field.value))


Found = tuple[Span, ...] | None
Test = Callable[[Document], Found]


@dataclass(frozen=True, slots=True)
class Compiled:
    """A test, and what an entry must hold for it to succeed, as in `Needs`."""

    test: Test
    words: frozenset[tuple[str, ...]] = frozenset()
    since: dt.date | None = None
    before: dt.date | None = None
