"""Composes YAML with libyaml, many times quicker than a parser in Python, where nothing is in doubt.

It makes the nodes that `files` walks over. Where libyaml stumbles, and where a file holds something
that YAML 1.1 (libyaml's) and 1.2 may read differently, it leaves the file to the careful parser, which
also says what is wrong with it.
"""

import re
from collections.abc import Callable
from functools import partial
from typing import Any

import yaml
from yaml.nodes import CollectionNode, MappingNode, ScalarNode, SequenceNode

MAX_OPEN = 64
"""Lists and maps within one another; what nests deeper is for the careful parser to refuse."""

_TAG = "tag:yaml.org,2002:"
_BOOL = frozenset({"true", "True", "TRUE", "false", "False", "FALSE"})
_NULL = frozenset({"~", "null", "Null", "NULL", ""})
_NUMBER = re.compile(
    r"[-+]?(?:0b[01_]+|0o?[0-7_]+|[0-9_]+|0x[0-9a-fA-F_]+)"
    r"|[-+]?[0-9][0-9_]*(?:\.[0-9_]*)?(?:[eE][-+]?[0-9]+)?"
    r"|[-+]?\.[0-9_]+(?:[eE][-+][0-9]+)?|[-+]?\.(?:inf|Inf|INF)|\.(?:nan|NaN|NAN)"
)
"""Whole and broken numbers of YAML 1.2; `files` tells them apart."""
_MARKS = frozenset({"<<", "=", "!", "&", "*"})
"""Plain words with a meaning of their own."""
_READ_OTHERWISE = re.compile("[\t\x85\u2028\u2029\ufeff]")
"""Tabs, ends of lines of YAML 1.1 only, and a mark that belongs at the beginning of a file."""

Node = Any
Composed = tuple[Node | None]
"""The node of a file; None in it where the file is empty."""


class DoubtError(Exception):
    """The careful parser must read this."""


def composed(text: str) -> Composed | None:
    """Return the node of a file's text; None where the careful parser must read it."""
    if not yaml.__with_libyaml__ or _READ_OTHERWISE.search(text):
        return None
    from yaml.cyaml import CParser

    parser, tree = CParser(text), _Tree()
    try:
        while not isinstance(event := parser.get_event(), yaml.StreamEndEvent):
            tree.take(event)
    except (yaml.YAMLError, DoubtError):
        return None
    return (tree.top[0] if tree.top else None,)


class _Tree:
    """Nodes put together from what the parser sees, without recursion."""

    def __init__(self) -> None:
        self.top: list[Node] = []
        self._inside = [self.top]
        self._opened: list[CollectionNode] = []
        self._documents = 0
        self._taking: dict[type[yaml.Event], Callable[[Any], None]] = {
            yaml.ScalarEvent: self._scalar,
            yaml.SequenceStartEvent: partial(self._open, SequenceNode, f"{_TAG}seq"),
            yaml.MappingStartEvent: partial(self._open, MappingNode, f"{_TAG}map"),
            yaml.SequenceEndEvent: self._close,
            yaml.MappingEndEvent: self._close,
            yaml.DocumentStartEvent: self._document,
            yaml.DocumentEndEvent: _nothing,
            yaml.StreamStartEvent: _nothing,
            yaml.AliasEvent: _doubt,
        }

    def take(self, event: yaml.Event) -> None:
        """Add what the next event says. Raises DoubtError."""
        self._taking[type(event)](event)

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        if event.tag is not None or event.anchor is not None:
            raise DoubtError
        if not event.value and not self._in_map:  # each says otherwise on which line nothing is
            raise DoubtError
        self._inside[-1].append(ScalarNode(_tag(event), event.value, event.start_mark))

    @property
    def _in_map(self) -> bool:
        return bool(self._opened) and isinstance(self._opened[-1], MappingNode)

    def _open(self, kind: type[CollectionNode], tag: str, event: yaml.CollectionStartEvent) -> None:
        if event.tag is not None or event.anchor is not None or len(self._opened) == MAX_OPEN:
            raise DoubtError
        node = kind(tag, [], event.start_mark)
        self._inside[-1].append(node)
        self._opened.append(node)
        self._inside.append([])

    def _close(self, _: yaml.CollectionEndEvent) -> None:
        node, children = self._opened.pop(), self._inside.pop()
        if isinstance(node, MappingNode):
            node.value = list(zip(children[::2], children[1::2], strict=True))
        else:
            node.value = children

    def _document(self, event: yaml.DocumentStartEvent) -> None:
        self._documents += 1
        if self._documents > 1 or event.version or event.tags:
            raise DoubtError


def _nothing(_: yaml.Event) -> None:
    """The beginning of the stream and the end of a document say nothing."""


def _doubt(_: yaml.Event) -> None:
    raise DoubtError


def _tag(event: yaml.ScalarEvent) -> str:
    """Return what a word is in YAML 1.2: quoted always text, else by how it looks. Dates stay text."""
    value = event.value
    if not event.implicit[0]:
        return f"{_TAG}str"
    if value in _NULL:
        return f"{_TAG}null"
    if value in _BOOL:
        return f"{_TAG}bool"
    if value in _MARKS:
        raise DoubtError
    return f"{_TAG}float" if _NUMBER.fullmatch(value) else f"{_TAG}str"
