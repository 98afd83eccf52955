"""A strict pass over a feed's XML: finds the bytes of each entry, and refuses what is hostile.

expat walks the document once, in C, without building anything. What comes out are byte ranges, so
that only entries nobody saw are handed to feedparser, which is some fifty times slower, and the
feed's own words about when to poll it. What it refuses never reaches feedparser at all.
"""

import re
from dataclasses import dataclass, field
from hashlib import blake2b
from xml.parsers import expat

from bot.errors import ParseError
from bot.feeds.hints import HintReader

DECLARATION = b'<?xml version="1.0" encoding="utf-8"?>\n'

_FINAL = True
"""expat is given the whole document at once."""

ENTRY_NAMES = frozenset({"item", "entry"})
FEED_ROOTS = frozenset({"rss", "feed", "rdf", "channel"})
_TAG = re.compile(rb"<([^\s/>]+)")
_CUT_SHORT = frozenset({3, 5, 6, 20})
"""expat's numbers for: no element found, unclosed token, partial character, unclosed CDATA."""


@dataclass(frozen=True, slots=True, kw_only=True)
class XmlLimits:
    """What a feed's XML may hold."""

    depth: int = 100
    elements: int = 600_000
    attributes: int = 100
    """On one element."""


@dataclass(slots=True, kw_only=True)
class Cut:
    """A document, and where its entries are."""

    data: bytes
    ranges: list[tuple[int, int]] = field(default_factory=list)
    closers: bytes = b""
    """Closes what stood open where the first entry began."""
    complete: bool = True
    hints: HintReader = field(default_factory=HintReader)

    @property
    def head(self) -> bytes:
        """Everything before the first entry."""
        return self.data[: self.ranges[0][0]] if self.ranges else self.data

    def slice(self, index: int) -> bytes:
        """The bytes of one entry."""
        start, end = self.ranges[index]
        return self.data[start:end]


class NotWellFormedError(Exception):
    """The document cannot be cut: feedparser's tolerant parser may still read it."""


class _RootReachedError(Exception):
    """Ends the pass over what stands before the root."""


def mark_of(piece: bytes) -> str:
    """Return the mark of an entry: 16 hexadecimal digits of its bytes' hash."""
    return blake2b(piece, digest_size=8).hexdigest()


def root_of(data: bytes) -> tuple[int, str]:
    """Return where the root element begins, and its local name in lower case.

    Everything before it is dropped by the caller: declaration, comments, DOCTYPE. Raises
    ParseError where entities are declared, NotWellFormedError where there is no root.
    """
    found: list[tuple[int, str]] = []
    parser = expat.ParserCreate("utf-8")

    def entity(_: str, is_parameter: bool, value: str | None, *_rest: object) -> None:  # noqa: FBT001 - expat's signature
        if is_parameter and value is None:
            return  # an old feed's pointer to a DTD of HTML's names: noted by expat, never loaded
        raise ParseError("The document declares its own entities, which no feed needs.")

    def start(name: str, _: object) -> None:
        found.append((parser.CurrentByteIndex, _local(name)))
        raise _RootReachedError

    parser.EntityDeclHandler = entity
    parser.StartElementHandler = start
    try:
        parser.Parse(data, _FINAL)
    except _RootReachedError:
        return found[0]
    except expat.ExpatError as error:
        raise NotWellFormedError from error
    raise NotWellFormedError


def cut(data: bytes, limits: XmlLimits) -> Cut:
    """Find the entries of a document that starts at its root.

    A document that ends in the middle gives the entries it has whole, with `complete` false.
    Raises ParseError over a limit, NotWellFormedError where the XML is broken elsewhere.
    """
    walk = _Walk(data, limits)
    try:
        walk.parser.Parse(data, _FINAL)
    except expat.ExpatError as error:
        if error.code not in _CUT_SHORT:
            raise NotWellFormedError from error
        walk.result.complete = False
    return walk.result


class _Walk:
    """The handlers of one pass, and what they have seen so far."""

    def __init__(self, data: bytes, limits: XmlLimits) -> None:
        self.result = Cut(data=data)
        self._limits = limits
        self._open: list[str] = []
        self._entry_depth = 0
        self._entry_start = 0
        self._elements = 0
        self.parser = expat.ParserCreate("utf-8")
        self.parser.ordered_attributes = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def _start(self, name: str, attributes: list[str]) -> None:
        self._elements += 1
        if (
            self._elements > self._limits.elements
            or len(attributes) > 2 * self._limits.attributes
            or len(self._open) >= self._limits.depth
        ):
            raise ParseError(self._refused(attributes))
        if not self._entry_depth:
            self._outside(name)
        self._open.append(name)

    def _refused(self, attributes: list[str]) -> str:
        if self._elements > self._limits.elements:
            return f"The document holds more than {self._limits.elements:,} elements."
        if len(attributes) > 2 * self._limits.attributes:
            return f"An element has more than {self._limits.attributes} attributes."
        return f"The document is nested more than {self._limits.depth} deep."

    def _outside(self, name: str) -> None:
        """Note an element that stands outside entries: the start of one, or a hint."""
        local = _local(name)
        parent = _local(self._open[-1]) if self._open else ""
        if local in ENTRY_NAMES and parent in FEED_ROOTS:
            self._entry_depth = len(self._open) + 1
            self._entry_start = self.parser.CurrentByteIndex
            if not self.result.ranges:
                self.result.closers = b"".join(
                    f"</{name}>".encode() for name in reversed(self._open)
                )
        elif self.result.hints.begin(local, parent):
            self.parser.CharacterDataHandler = self.result.hints.text

    def _end(self, name: str) -> None:
        if self._entry_depth == len(self._open):
            end = end_of(self.result.data, self._entry_start, self.parser.CurrentByteIndex)
            self.result.ranges.append((self._entry_start, end))
            self._entry_depth = 0
        elif self.parser.CharacterDataHandler is not None:
            self.result.hints.end(_local(name))
            self.parser.CharacterDataHandler = None
        self._open.pop()


def end_of(data: bytes, start: int, told: int) -> int:
    """Return where the element ends that begins at `start` and of whose end expat tells at `told`.

    That is at its closing tag, or behind a tag that opens and closes (``<item/>``).
    """
    opening = _TAG.match(data, start)
    closed = opening is not None and data.startswith(b"</" + opening[1], told)
    return data.find(b">", told) + 1 if closed else told


def _local(name: str) -> str:
    return name.rpartition(":")[2].lower()
