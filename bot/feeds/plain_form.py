"""The plain form of RSS 2.0 and Atom, read by expat alone: what nine feeds of ten are written in.

feedparser spends a third of a millisecond on each entry to be ready for anything. Most entries
hold a title, a link, texts, dates and little else, and for those this module gives the same
fields in a tenth of the time. It knows a short list of elements and attributes; whatever is not
on it is a doubt, and with any doubt the whole document goes to feedparser. A test compares the
two on every form this module takes.
"""

import re
from collections.abc import Iterator, Mapping
from datetime import datetime
from typing import Any
from xml.parsers import expat

from bot.errors import ParseError
from bot.feeds.cutting import ENTRY_NAMES, Cut, NotWellFormedError, XmlLimits, cut, end_of
from bot.feeds.dates import usual_moment

Fields = dict[str, Any]
"""An entry's fields under feedparser's names, as far as `syndicated` asks for them."""

_ATOM = "http://www.w3.org/2005/Atom"
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_DC = "http://purl.org/dc/elements/1.1/"
_MEDIA = "http://search.yahoo.com/mrss/"
_LANG = "http://www.w3.org/XML/1998/namespace lang"
_PASSED_OVER = ""
_SPECIAL = frozenset({"category", "author", "link", "id"})
"""Fields whose text is not kept as it is."""
_RSS_FIELDS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "title": ("title", ()),
    "link": ("link", ()),
    "guid": ("id", ("isPermaLink",)),
    "description": ("summary", ()),
    "pubDate": ("published", ()),
    "valueDate": ("valuedate", ()),
    f"{_CONTENT} encoded": ("content", ()),
    f"{_DC} date": ("updated", ()),
    "source": ("source", ("url",)),
    "category": ("category", ("domain",)),
    "author": (_PASSED_OVER, ()),
    "comments": (_PASSED_OVER, ()),
    "enclosure": (_PASSED_OVER, ("url", "type", "length")),
    f"{_DC} creator": (_PASSED_OVER, ()),
    f"{_MEDIA} thumbnail": (_PASSED_OVER, ("url", "width", "height")),
    f"{_MEDIA} content": (
        _PASSED_OVER,
        ("url", "fileSize", "type", "medium", "isDefault", "width", "height", "lang"),
    ),
    "http://wellformedweb.org/CommentAPI/ commentRss": (_PASSED_OVER, ()),
    "http://purl.org/rss/1.0/modules/slash/ comments": (_PASSED_OVER, ()),
}
_ATOM_FIELDS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "title": ("title", ("type",)),
    "id": ("id", ()),
    "summary": ("summary", ("type",)),
    "content": ("content", ("type",)),
    "published": ("published", ()),
    "updated": ("updated", ()),
    "link": (_PASSED_OVER, ("rel", "href", "type", "title", "hreflang", "length")),
    "category": (_PASSED_OVER, ("term", "scheme", "label")),
}
"""Element → the field its text goes to, and its attributes."""


def _known(
    fields: Mapping[str, tuple[str, tuple[str, ...]]], prefix: str
) -> Mapping[str, tuple[str, frozenset[str]]]:
    return {
        f"{prefix}{name}": (field, frozenset({*attributes, _LANG}))
        for name, (field, attributes) in fields.items()
    }


_RSS = _known(_RSS_FIELDS, "")
_IN_ATOM = f"{_ATOM} "
_ATOM_FORM = _known(_ATOM_FIELDS, _IN_ATOM)
_ATOM_AUTHOR, _ATOM_NAME, _ATOM_CATEGORY = (
    f"{_ATOM} {name}" for name in ("author", "name", "category")
)
_OF_AUTHORS = frozenset(f"{_ATOM} {name}" for name in ("name", "uri", "email"))
_ATOM_TYPES = {"text": "text/plain", "html": "text/html"}
_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml", "html", "xhtml"})
_CP1252 = {
    code: bytes([code]).decode("cp1252")
    for code in range(0x80, 0xA0)
    if code not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}
}
_NEVER_MISTAKEN = bytes({*range(0x100)} - {*range(0x80, 0xC0)})
"""What is neither Windows' nor a further byte of a character in UTF-8."""
_C1 = re.compile("[\x80-\x9f]")
_FALSE_REFERENCE = re.compile(r"&([A-Za-z0-9_]+);")
_FINAL = True
_ROOT_NAME = re.compile(rb"<([^\s/>]+)")
_WHOLE_LONGEST = 1_000_000
"""Bytes. Of a larger document only what is read is held at once."""
_DEEPEST = 5
"""Elements in each other: an author's name is the fourth."""
_NAMESPACES = 50
_WIDEST = _NAMESPACES + 10
"""Attributes of one element, declarations among them."""
_LONGEST_NAMESPACE = 200


class _DoubtError(Exception):
    """Something that is not in the plain form."""


def read_plain(document: bytes) -> tuple[list[Fields], bool] | None:
    """Return the entries' fields and whether it is Atom; None where feedparser must read it."""
    reader = _Reader(document)
    return (list(reader.finished()), reader.atom) if reader.read() else None


def read_whole(data: bytes, limits: XmlLimits) -> tuple[Cut, Iterator[Fields], bool] | None:
    """Cut a document that starts at its root, and read every entry, in one pass.

    Returns None where it is not all in the plain form, holds more than entries behind the first of
    them, or may be over a limit: then it is cut first, and read afterwards. The parts in front of
    the entries are cut as any document is. Entries in the plain form are never over a limit.
    """
    if len(data) > _WHOLE_LONGEST or data.count(b"<") > limits.elements:
        return None
    if limits.depth < _DEEPEST or limits.attributes < _WIDEST:
        return None
    reader = _Reader(data)
    reader.parser.StartNamespaceDeclHandler = reader.namespace
    root = _ROOT_NAME.match(data)
    if root is None or not reader.read() or not reader.cuttable:
        return None
    closers = b"</%s>" % root[1] if reader.atom else b"</channel></rss>"
    try:
        head = cut(data[: reader.ranges[0][0]] + closers, limits)
    except (ParseError, NotWellFormedError):
        return None
    if head.ranges or not head.complete:
        return None
    whole = Cut(data=data, ranges=reader.ranges, closers=closers, hints=head.hints)
    return whole, reader.finished(), reader.atom


class _Reader:
    """The handlers of one pass, and what they found. Those of an entry stand in while it is open."""

    def __init__(self, document: bytes) -> None:
        self.entries: list[Fields] = []
        self.ranges: list[tuple[int, int]] = []
        """Where each entry begins and ends."""
        self.atom = False
        self._alone = True
        self._namespaces = 0
        self._parent = ""
        self._document = document
        self._depth = 0
        self._entry_depth = 0
        self._entry_name = ""
        self._entry: Fields = {}
        self._begun = 0
        self._author = False
        self._field: str | None = None
        """Where the text goes of the element that is open in an entry."""
        self._parts: list[str] = []
        self.parser = expat.ParserCreate("utf-8", " ")
        self.parser.buffer_text = True
        self._outside()

    def read(self) -> bool:
        """Walk through the document; False where there is a doubt."""
        try:
            self.parser.Parse(self._document, _FINAL)
        except (_DoubtError, expat.ExpatError):
            return False
        finally:
            del self.parser  # they hold each other
        return True

    def namespace(self, _: str | None, uri: str | None) -> None:
        """Refuse many, and long ones: expat writes them in front of the name of each element."""
        self._namespaces += 1
        if self._namespaces > _NAMESPACES or len(uri or "") > _LONGEST_NAMESPACE:
            raise _DoubtError

    def finished(self) -> Iterator[Fields]:
        """Yield the entries' fields in the shapes feedparser gives them."""
        return (_finished(fields, atom=self.atom) for fields in self.entries)

    @property
    def cuttable(self) -> bool:
        """Whether the document holds entries where they belong, and nothing behind the first but them."""
        return bool(self.entries) and self._alone and (self.atom or self._parent == "channel")

    def _outside(self) -> None:
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end
        self.parser.CharacterDataHandler = None

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if attributes and any("base" in key.lower() for key in attributes):
            raise _DoubtError
        if self._depth == 1:
            self._start_root(name)
        elif self._depth == self._entry_depth and name == self._entry_name:
            if attributes and attributes.keys() - {_LANG}:
                raise _DoubtError
            self._start_entry()
        elif name.rpartition(" ")[2].lower() in ENTRY_NAMES:
            raise _DoubtError  # outside of the channel, of another namespace: an entry all the same
        elif self.entries:
            self._alone = False
        elif self._depth == 2:
            self._parent = name

    def _start_root(self, name: str) -> None:
        self.atom = name == f"{_ATOM} feed"
        if not self.atom and name != "rss":
            raise _DoubtError
        self._entry_depth = 2 if self.atom else 3
        self._entry_name = f"{_ATOM} entry" if self.atom else "item"

    def _start_entry(self) -> None:
        self._begun = self.parser.CurrentByteIndex
        self._entry = {"links": [], "tags": []}
        self.entries.append(self._entry)
        self.parser.StartElementHandler = self._start_atom if self.atom else self._start_rss
        self.parser.EndElementHandler = self._end_inside
        self.parser.CharacterDataHandler = self._parts.append

    def _start_rss(self, name: str, attributes: dict[str, str]) -> None:
        known = _RSS.get(name)
        if known is None or self._field is not None:
            raise _DoubtError
        if attributes:
            if attributes.keys() - known[1]:
                raise _DoubtError
            if name == "guid":
                self._entry["permalink"] = attributes.get("isPermaLink", "true") == "true"
        self._field = known[0]
        self._parts.clear()

    def _start_atom(self, name: str, attributes: dict[str, str]) -> None:
        known = _ATOM_FORM.get(name)
        if known is None or self._author or self._field is not None:
            self._start_author(name, attributes)
            return
        if attributes and attributes.keys() - known[1]:
            raise _DoubtError
        field = known[0]
        if not field:
            self._atom_leaf(name, attributes)
        elif attributes and attributes.get("type", "text") not in _ATOM_TYPES:
            raise _DoubtError
        elif field == "title":
            self._entry["title_detail"] = {"type": _ATOM_TYPES[attributes.get("type", "text")]}
        self._field = field
        self._parts.clear()

    def _start_author(self, name: str, attributes: dict[str, str]) -> None:
        """Take the author or, within it, what is said of them."""
        if attributes or self._field is not None or not name.startswith(_IN_ATOM):
            raise _DoubtError
        if self._author:
            if name not in _OF_AUTHORS:
                raise _DoubtError  # feedparser takes a person's id for the entry's
            self._field = "author" if name == _ATOM_NAME else _PASSED_OVER
            self._parts.clear()
        elif name != _ATOM_AUTHOR or "author_detail" in self._entry:
            raise _DoubtError
        else:
            self._author = True

    def _atom_leaf(self, name: str, attributes: dict[str, str]) -> None:
        entry = self._entry
        if name == _ATOM_CATEGORY:
            entry["tags"].append({"term": attributes.get("term")})
        elif "href" not in attributes:
            raise _DoubtError
        else:
            rel = attributes.get("rel", "alternate").lower()
            kind = attributes.get("type", "text/html").lower()
            target = _address(attributes["href"])
            entry["links"].append({"rel": rel, "href": target})
            if rel == "alternate" and kind in _HTML_TYPES:
                entry["link"] = target

    def _end(self, _: str) -> None:
        self._depth -= 1

    def _end_inside(self, _: str) -> None:
        field = self._field
        if field is None:
            self._end_of_several()
            return
        self._field = None
        if field:
            text = "".join(self._parts).strip()
            if not text.isascii():
                text = _as_feedparser_does(text)
            if field in _SPECIAL:
                self._keep(field, text)
            elif field in self._entry:
                raise _DoubtError
            else:
                self._entry[field] = text

    def _end_of_several(self) -> None:
        """Leave the author, or the entry."""
        if self._author:
            self._author = False
            return
        end = end_of(self._document, self._begun, self.parser.CurrentByteIndex)
        self.ranges.append((self._begun, end))
        self._depth -= 1
        self._outside()

    def _keep(self, field: str, text: str) -> None:
        if field == "category":
            self._entry["tags"].append({"term": text})
        elif field == "author":
            self._entry["author_detail"] = {"name": text}
        elif field in self._entry:
            raise _DoubtError
        else:
            self._entry[field] = _address(text)


def _address(text: str) -> str:
    """Return an address; one with too many slashes is left to feedparser, which mends it."""
    if ":///" in text:
        raise _DoubtError
    return text


def _as_feedparser_does(text: str) -> str:
    """Undo two old mistakes of publishers: UTF-8 written as Latin-1, and Windows' characters."""
    strange = text.encode("latin-1", "ignore").translate(None, _NEVER_MISTAKEN)
    if not strange:
        return text
    try:
        text = text.encode("latin-1").decode()
    except UnicodeError:
        mistaken = _C1.search(strange.decode("latin-1"))
    else:
        mistaken = _C1.search(text)
    return text.translate(_CP1252) if mistaken else text


def _finished(fields: Fields, *, atom: bool) -> Fields:
    """Return the fields in the shapes feedparser gives them."""
    if "content" in fields:
        fields.setdefault("summary", fields["content"])
        fields["content"] = [{"value": fields["content"]}]
    if "source" in fields:
        fields["source"] = {"title": fields["source"]}
    if fields.get("link") and not atom:
        # An ampersand written twice as a reference: what feedparser makes of it in links.
        fields["link"] = _FALSE_REFERENCE.sub(r"&\1", fields["link"].replace("&amp;", "&"))
    if not fields.get("link") and "id" in fields and fields.pop("permalink", True):
        fields.setdefault("link", fields["id"])
    for name in ("published", "updated"):
        if name in fields:
            fields[f"{name}_parsed"] = _parsed_date(fields[name])
    return fields


def _parsed_date(text: str) -> Mapping[str, Any] | datetime | None:
    usual = usual_moment(text)
    if usual is not None:
        return usual
    from feedparser.datetimes import _parse_date

    parsed: Mapping[str, Any] | None = _parse_date(text)
    return parsed
