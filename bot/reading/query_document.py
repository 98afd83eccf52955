"""What queries are asked of: an entry with its reading, folded once, and the tests made for it.

Each piece of a query becomes a test, which says whether the document satisfies it, and what shows
the words that did (none for a piece such as a language). The tests alone decide; words are looked
for only where they do, because most queries match few entries.
"""

from collections.abc import Callable
from dataclasses import dataclass
from functools import cached_property
from itertools import chain

from bot.domain.entry import Entry
from bot.domain.reading import Field, Reading, Span
from bot.reading.query_marks import marks
from bot.reading.query_shape import UNKNOWN, Shape, of_needs
from bot.reading.text import Folded, fold, spaced, tight, word_bytes

MAX_SPANS = 20
"""Spans kept for each piece of a query; more would not make the answer clearer."""


class Document:
    """An entry with its reading, folded once for all tests."""

    def __init__(self, entry: Entry, reading: Reading) -> None:
        self.entry = entry
        self.reading = reading
        self._loose: tuple[bytes, int] | None = None
        self._folded: dict[Field, tuple[Folded, str]] = {}

    @property
    def loose(self) -> tuple[bytes, int]:
        """All words in UTF-8, as an index looks through them, and how many bytes the title's take.

        Blanks stand around each word, a % apart from others, and a line's end between two fields.
        Several blanks stand where signs stood in the text. What is told twice is there once.
        """
        if self._loose is None:
            self._loose = self._words()
        return self._loose

    def _words(self) -> tuple[bytes, int]:
        entry = self.entry
        title = _apart(entry.title)
        parts = [b"", title, b"\n", _apart(entry.content), b""]
        if entry.summary and entry.summary != entry.content:
            parts[3:3] = [_apart(entry.summary), b"\n"]
        return b" ".join(parts), len(title) + 2

    @cached_property
    def line(self) -> str:
        """All words in their order, one blank around each; a field's end and a % stand apart."""
        return tight(self.loose[0]).decode()

    @cached_property
    def title(self) -> str:
        """The words of the title, in the form of `line`."""
        words, end = self.loose
        return tight(words[:end]).decode()

    @cached_property
    def marks(self) -> str:
        """The marks of what was read, a blank around each."""
        return f" {marks(self.entry, self.reading)} "

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


def _apart(text: str) -> bytes:
    words = word_bytes(text)
    return words.replace(b"%", b" % ") if b"%" in words else words


Spans = tuple[Span, ...]
Found = Spans | None
Test = Callable[[Document], bool]
Show = Callable[[Document], Spans]


def nothing(_: Document) -> Spans:
    """What satisfied this has no words to show."""
    return ()


@dataclass(frozen=True, slots=True)
class Compiled:
    """A test, what shows the words of a document that satisfies it, and what it needs, as in `Needs`.

    The shape says the same as the test, or less, in a form that an index of many queries can use.
    """

    test: Test
    show: Show = nothing
    shape: Shape = UNKNOWN
    words: frozenset[tuple[str, ...]] = frozenset()
    without: frozenset[str] = frozenset()
    surely: frozenset[str] = frozenset()
    """Words of which one is enough: an entry that holds it satisfies the test."""

    @classmethod
    def finding(
        cls,
        find: Callable[[Document], Found],
        words: frozenset[tuple[str, ...]] = frozenset(),
        *,
        sure: bool = False,
    ) -> "Compiled":
        """Return the test that `find` makes: satisfied where it does not return None.

        `sure` where each of the words is enough.
        """
        return cls(
            lambda document: find(document) is not None,
            lambda document: find(document) or (),
            of_needs(words, whole=sure),
            words,
            surely=frozenset(chain.from_iterable(words)) if sure else frozenset(),
        )
