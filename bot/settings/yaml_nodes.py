"""Makes the nodes of a YAML file, each with its line, from what PyYAML's parser sees in it.

There is one parser: libyaml's, in C, where PyYAML was built with it, else PyYAML's own in Python,
some eight times slower. It only says where values begin and end. Putting them together needs no
recursion, and stops where a file nests too deeply or holds too much.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass, field, replace
from functools import partial
from typing import Any

import yaml

from bot.settings.yaml_mistakes import MistakeError, explained, invalid, refuse_at_sight

MAX_DEPTH = 24
"""Lists and maps within one another."""
TOO_DEEP = f"is nested too deeply: more than {MAX_DEPTH} lists and maps within one another"
TOO_MANY = "the file holds too many values"

_SURROGATE = re.compile("[\ud800-\udfff]")
_NO_CHARACTER = "an escape in the text stands for no character"


@dataclass(frozen=True, slots=True)
class Scalar:
    """A word or a text."""

    line: int
    tag: str | None
    text: str
    plain: bool
    """Written without quotes, so that its looks say what it is."""


@dataclass(frozen=True, slots=True)
class Collection:
    """A list, or a map: then its keys and values take turns."""

    line: int
    tag: str | None
    is_map: bool
    flow: bool
    """Written with brackets."""
    children: list["Node"] = field(default_factory=list)


Node = Scalar | Collection


def composed(text: str, *, most: int, loader: type | None = None) -> Node | None:
    """Return the node of a file's text; None where the file is empty.

    `most` limits the nodes that are written out, keys among them. A `loader` of PyYAML stands in for
    the quickest there is. Raises MistakeError.
    """
    refuse_at_sight(text)
    last = max(1, len(text.splitlines()))
    parser = (loader or getattr(yaml, "CSafeLoader", yaml.SafeLoader))(text)
    tree = _Tree(last, most)
    try:
        while not isinstance(event := parser.get_event(), yaml.StreamEndEvent):
            tree.take(event)
    except yaml.MarkedYAMLError as error:
        mistake = explained(error, text, tree.bracket)
        raise MistakeError(min(mistake.line, last), mistake.text) from None
    except (ValueError, OverflowError):  # the parser in Python, at "\Uffffffff"
        raise invalid(min(parser.line + 1, last), _NO_CHARACTER) from None
    finally:
        parser.dispose()
    return tree.top[0] if tree.top else None


class _Tree:
    """Nodes put together from what the parser sees, without recursion."""

    def __init__(self, last: int, most: int) -> None:
        self.top: list[Node] = []
        self._last = last
        self._left = most
        self._inside = [self.top]
        self._opened: list[Collection] = []
        self._anchors: dict[str, Node] = {}
        self._documents = 0
        self._taking: dict[type[yaml.Event], Callable[[Any], None]] = {
            yaml.ScalarEvent: self._scalar,
            yaml.SequenceStartEvent: partial(self._open, is_map=False),
            yaml.MappingStartEvent: partial(self._open, is_map=True),
            yaml.SequenceEndEvent: self._close,
            yaml.MappingEndEvent: self._close,
            yaml.AliasEvent: self._alias,
            yaml.DocumentStartEvent: self._document,
            yaml.DocumentEndEvent: _nothing,
            yaml.StreamStartEvent: _nothing,
        }

    def take(self, event: yaml.Event) -> None:
        """Add what the next event says. Raises MistakeError."""
        self._taking[type(event)](event)

    @property
    def bracket(self) -> int | None:
        """The line of the innermost bracket that is open, where one is."""
        return self._opened[-1].line if self._opened and self._opened[-1].flow else None

    def _scalar(self, event: yaml.ScalarEvent) -> None:
        line = self._line(event)
        if _SURROGATE.search(event.value):  # the parser in Python lets "\ud800" pass
            raise invalid(line, _NO_CHARACTER)
        self._add(Scalar(line, event.tag, event.value, event.implicit[0]), event.anchor)

    def _open(self, event: yaml.CollectionStartEvent, *, is_map: bool) -> None:
        line = self._line(event)
        if len(self._opened) == MAX_DEPTH:
            raise MistakeError(line, TOO_DEEP)
        node = Collection(line, event.tag, is_map, bool(event.flow_style))
        self._add(node, event.anchor)
        self._opened.append(node)
        self._inside.append(node.children)

    def _close(self, _: yaml.CollectionEndEvent) -> None:
        self._opened.pop()
        self._inside.pop()

    def _alias(self, event: yaml.AliasEvent) -> None:
        line, name = self._line(event), event.anchor
        meant = self._anchors.get(name)
        if meant is None:
            said = f"no &{name} stands above, which *{name} could repeat; text that begins with * needs quotes"
            raise invalid(line, said)
        if any(meant is each for each in self._opened):
            raise MistakeError(line, f"*{name} stands within its own &{name}")
        self._add(replace(meant, line=line), None)

    def _document(self, event: yaml.DocumentStartEvent) -> None:
        self._documents += 1
        if self._documents > 1:
            said = "a second document begins here; a file holds one: remove the ---"
            raise invalid(self._line(event), said)

    def _add(self, node: Node, anchor: str | None) -> None:
        self._left -= 1
        if self._left < 0:
            raise MistakeError(node.line, TOO_MANY)
        self._inside[-1].append(node)
        if anchor is not None:
            self._anchors[anchor] = node

    def _line(self, event: yaml.Event) -> int:
        """An empty value at the end of a file begins after its last line."""
        return min(int(event.start_mark.line) + 1, self._last)


def _nothing(_: yaml.Event) -> None:
    """The beginning of the stream and the end of a document say nothing."""
