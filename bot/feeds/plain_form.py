"""The plain form of RSS 2.0 and Atom, read by expat alone: what nine feeds of ten are written in.

feedparser spends a third of a millisecond on each entry to be ready for anything. Most entries
hold a title, a link, texts, dates and little else, and for those this module gives the same
fields in a tenth of the time. It knows a short list of elements and attributes; whatever is not
on it is a doubt, and with any doubt the whole document goes to feedparser. A test compares the
two on every form this module takes.
"""

import re
from collections.abc import Mapping
from contextlib import suppress
from datetime import datetime
from typing import Any
from xml.parsers import expat

from bot.feeds.dates import usual_moment

Fields = dict[str, Any]
"""An entry's fields under feedparser's names, as far as `syndicated` asks for them."""

_ATOM = "http://www.w3.org/2005/Atom"
_CONTENT = "http://purl.org/rss/1.0/modules/content/"
_DC = "http://purl.org/dc/elements/1.1/"
_MEDIA = "http://search.yahoo.com/mrss/"
_LANG = frozenset({"http://www.w3.org/XML/1998/namespace lang"})
_NO_ATTRIBUTES: frozenset[str] = frozenset()

_RSS_TEXTS = {
    "title": "title",
    "link": "link",
    "guid": "id",
    "description": "summary",
    "pubDate": "published",
    "valueDate": "valuedate",
    f"{_CONTENT} encoded": "content",
    f"{_DC} date": "updated",
    "source": "source",
    "category": "category",
}
_RSS_PASSED_OVER = frozenset(
    {
        "author",
        "comments",
        "enclosure",
        f"{_DC} creator",
        f"{_MEDIA} thumbnail",
        f"{_MEDIA} content",
        "http://wellformedweb.org/CommentAPI/ commentRss",
        "http://purl.org/rss/1.0/modules/slash/ comments",
    }
)
_RSS_ATTRIBUTES = {
    "guid": frozenset({"isPermaLink"}),
    "category": frozenset({"domain"}),
    "source": frozenset({"url"}),
    "enclosure": frozenset({"url", "type", "length"}),
    f"{_MEDIA} thumbnail": frozenset({"url", "width", "height"}),
    f"{_MEDIA} content": frozenset(
        {"url", "fileSize", "type", "medium", "isDefault", "width", "height", "lang"}
    ),
}
_ATOM_TEXTS = {
    f"{_ATOM} {name}": field
    for name, field in {
        "title": "title",
        "id": "id",
        "summary": "summary",
        "content": "content",
        "published": "published",
        "updated": "updated",
    }.items()
}
_ATOM_LEAVES = frozenset({f"{_ATOM} link", f"{_ATOM} category"})
_ATOM_ATTRIBUTES = {
    f"{_ATOM} title": frozenset({"type"}),
    f"{_ATOM} summary": frozenset({"type"}),
    f"{_ATOM} content": frozenset({"type"}),
    f"{_ATOM} link": frozenset({"rel", "href", "type", "title", "hreflang", "length"}),
    f"{_ATOM} category": frozenset({"term", "scheme", "label"}),
}
_ATOM_TYPES = {"text": "text/plain", "html": "text/html"}
_HTML_TYPES = frozenset({"text/html", "application/xhtml+xml", "html", "xhtml"})
_CP1252 = {
    code: bytes([code]).decode("cp1252")
    for code in range(0x80, 0xA0)
    if code not in {0x81, 0x8D, 0x8F, 0x90, 0x9D}
}
_C1 = re.compile("[\x80-\x9f]")
_FALSE_REFERENCE = re.compile(r"&([A-Za-z0-9_]+);")
_FINAL = True


class _DoubtError(Exception):
    """Something that is not in the plain form."""


def read_plain(document: bytes) -> tuple[list[Fields], bool] | None:
    """Return the entries' fields and whether it is Atom; None where feedparser must read it."""
    reader = _Reader()
    try:
        reader.parser.Parse(document, _FINAL)
    except (_DoubtError, expat.ExpatError):
        return None
    return [_finished(fields, atom=reader.atom) for fields in reader.entries], reader.atom


class _Reader:
    """The handlers of one pass. Depths: root 1, channel 2 (RSS only), entry, field, author's name."""

    def __init__(self) -> None:
        self.entries: list[Fields] = []
        self.atom = False
        self._depth = 0
        self._entry_depth = 0
        self._entry_name = ""
        self._inside = False
        self._field: str | None = None
        self._author = False
        self._parts: list[str] = []
        self.parser = expat.ParserCreate("utf-8", " ")
        self.parser.buffer_text = True
        self.parser.StartElementHandler = self._start
        self.parser.EndElementHandler = self._end

    def _start(self, name: str, attributes: dict[str, str]) -> None:
        self._depth += 1
        if attributes and any("base" in key.lower() for key in attributes):
            raise _DoubtError
        if self._inside:
            self._start_inside(name, attributes)
        elif self._depth == 1:
            self._start_root(name)
        elif self._depth == self._entry_depth and name == self._entry_name:
            if attributes.keys() - _LANG:
                raise _DoubtError
            self._inside = True
            self.entries.append({"links": [], "tags": []})

    def _start_root(self, name: str) -> None:
        self.atom = name == f"{_ATOM} feed"
        if not self.atom and name != "rss":
            raise _DoubtError
        self._entry_depth = 2 if self.atom else 3
        self._entry_name = f"{_ATOM} entry" if self.atom else "item"

    def _start_inside(self, name: str, attributes: dict[str, str]) -> None:
        level = self._depth - self._entry_depth
        if level == 1 and self.atom:
            self._start_atom(name, attributes)
        elif level == 1:
            self._start_rss(name, attributes)
        elif level == 2 and self._author and name.startswith(f"{_ATOM} ") and not attributes:
            self._take("author" if name == f"{_ATOM} name" else None)
        else:
            raise _DoubtError

    def _start_rss(self, name: str, attributes: dict[str, str]) -> None:
        if attributes and attributes.keys() - _RSS_ATTRIBUTES.get(name, _NO_ATTRIBUTES) - _LANG:
            raise _DoubtError
        field = _RSS_TEXTS.get(name)
        if field is None and name not in _RSS_PASSED_OVER:
            raise _DoubtError
        if name == "guid":
            self.entries[-1]["permalink"] = attributes.get("isPermaLink", "true") == "true"
        self._take(field)

    def _start_atom(self, name: str, attributes: dict[str, str]) -> None:
        if name == f"{_ATOM} author":
            if self._author or attributes or "author_detail" in self.entries[-1]:
                raise _DoubtError
            self._author = True
            return
        if attributes and attributes.keys() - _ATOM_ATTRIBUTES.get(name, _NO_ATTRIBUTES) - _LANG:
            raise _DoubtError
        if name in _ATOM_LEAVES:
            self._atom_leaf(name, attributes)
            return
        field = _ATOM_TEXTS.get(name)
        kind = _ATOM_TYPES.get(attributes.get("type", "text"))
        if field is None or kind is None:
            raise _DoubtError
        self.entries[-1][f"{field}_detail"] = {"type": kind}
        self._take(field)

    def _atom_leaf(self, name: str, attributes: dict[str, str]) -> None:
        entry = self.entries[-1]
        if name == f"{_ATOM} category":
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
        self._take(None)

    def _take(self, field: str | None) -> None:
        """Begin to collect the text of a field; None lets it pass unread."""
        entry = self.entries[-1]
        if field is not None and field != "category" and field in entry:
            raise _DoubtError
        self._field = field
        if field is not None:
            self._parts = []
            self.parser.CharacterDataHandler = self._parts.append

    def _end(self, _: str) -> None:
        level = self._depth - self._entry_depth
        self._depth -= 1
        if not self._inside:
            return
        if level == 0:
            self._inside = False
        elif level == 1 and self._author:
            self._author = False
        else:
            self._keep()

    def _keep(self) -> None:
        field, self._field = self._field, None
        self.parser.CharacterDataHandler = None
        if field is None:
            return
        text = _as_feedparser_does("".join(self._parts).strip())
        entry = self.entries[-1]
        if field == "category":
            entry["tags"].append({"term": text})
        elif field == "author":
            entry["author_detail"] = {"name": text}
        else:
            entry[field] = _address(text) if field in {"link", "id"} else text


def _address(text: str) -> str:
    """Return an address; one with too many slashes is left to feedparser, which mends it."""
    if ":///" in text:
        raise _DoubtError
    return text


def _as_feedparser_does(text: str) -> str:
    """Undo two old mistakes of publishers: UTF-8 written as Latin-1, and Windows' characters."""
    if text.isascii():
        return text
    with suppress(UnicodeEncodeError, UnicodeDecodeError):
        text = text.encode("latin-1").decode()
    return text.translate(_CP1252) if _C1.search(text) else text


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
    if not fields.get("link") and "id" in fields and fields.pop("permalink", atom):
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
