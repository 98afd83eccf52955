"""Reads one YAML file into plain values, and remembers on which line each of them stands.

The file is composed, never constructed: only text, numbers, true/false, nothing, lists and maps can
come out of it, so a tag cannot run code and an alias cannot blow up. What a plain word is follows
YAML 1.2: `yes` and `1:30` are text.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from bot.settings.yaml_mistakes import MistakeError
from bot.settings.yaml_nodes import (
    MAX_DEPTH,
    TOO_DEEP,
    TOO_MANY,
    Collection,
    Node,
    Scalar,
    composed,
)

_TAG = "tag:yaml.org,2002:"
_TEXT = {"!", f"{_TAG}str", f"{_TAG}timestamp"}
"""Dates stay text: the model of the file knows where a date belongs."""
_KINDS: dict[str, tuple[type, ...]] = {
    f"{_TAG}null": (type(None),),
    f"{_TAG}bool": (bool,),
    f"{_TAG}int": (int,),
    f"{_TAG}float": (int, float),
}
_TRUE = frozenset({"true", "True", "TRUE"})
_FALSE = frozenset({"false", "False", "FALSE"})
_NOTHING = frozenset({"~", "null", "Null", "NULL", ""})
NUMBER = re.compile(
    r"[-+]?(?:[0-9][0-9_]*(?:\.[0-9_]*)?|\.[0-9][0-9_]*)(?:[eE][-+]?[0-9]+)?", re.ASCII
)

Loc = tuple[str | int, ...]
"""The way to a value: keys of maps and positions in lists, from the top of the file."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """What a file may hold at most."""

    bytes: int = 1_000_000
    values: int = 100_000
    """After aliases are followed: far above any honest file, far below a bomb."""


USUAL = Limits()


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """Something wrong in the configuration, with its place and what would be right."""

    file: str
    """A path as the person wrote it, or ``environment``."""
    line: int | None = None
    """Counted from 1."""
    text: str

    def __str__(self) -> str:
        place = f"{self.file}:{self.line}" if self.line is not None else self.file
        return f"{place}: {self.text}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A file's values and their lines."""

    file: str
    value: object
    lines: Mapping[Loc, int]

    def line(self, loc: Loc) -> int:
        """Return the line of a value, or of the nearest thing around it that is in the file."""
        while loc and loc not in self.lines:
            loc = loc[:-1]
        return self.lines.get(loc, 1)

    def problem(self, loc: Loc, text: str) -> Problem:
        """Return a problem at a place in this file."""
        return Problem(file=self.file, line=self.line(loc), text=text)


def read(path: Path, report: list[Problem], limits: Limits = USUAL) -> Document | None:
    """Read a file. What is wrong with it goes into `report`; None where nothing can be used."""
    try:
        with path.open("rb") as opened:
            body = opened.read(limits.bytes + 1)
    except FileNotFoundError:
        report.append(Problem(file=str(path), text="the file is missing"))
        return None
    except OSError as error:
        report.append(Problem(file=str(path), text=f"cannot be read: {error.strerror}"))
        return None
    if len(body) > limits.bytes:
        report.append(Problem(file=str(path), text=f"is larger than {limits.bytes // 1000} kB"))
        return None
    return parse(body, str(path), report, limits)


def parse(body: bytes, file: str, report: list[Problem], limits: Limits = USUAL) -> Document | None:
    """Turn the bytes of a file into values, as `read` does."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        report.append(Problem(file=file, line=line, text="is not UTF-8 text; save it as UTF-8"))
        return None
    walk = _Walk(file, limits.values)
    try:
        node = composed(text, most=2 * limits.values)
        value = walk.value(node, ()) if node is not None else None
    except MistakeError as mistake:
        walk.problems.append(Problem(file=file, line=mistake.line, text=mistake.text))
    report.extend(walk.problems)
    return Document(file=file, value=value, lines=walk.lines) if not walk.problems else None


def plain(text: str) -> object:
    """Return what a word without quotes is: nothing, truth, a number or text."""
    if text in _NOTHING:
        return None
    if text in _TRUE or text in _FALSE:
        return text in _TRUE
    return _number(text) if NUMBER.fullmatch(text) else text


class _Walk:
    """Turns nodes into values, keeping lines and complaining about what has no place here.

    It goes no deeper than a file may nest, aliases followed, and ends with a MistakeError where there
    is too much.
    """

    def __init__(self, file: str, most: int) -> None:
        self.lines: dict[Loc, int] = {}
        self.problems: list[Problem] = []
        self._file = file
        self._left = most

    def value(self, node: Node, loc: Loc) -> object:
        """Return the plain value of a node and of all below it."""
        self.lines.setdefault(loc, node.line)
        self._left -= 1
        if self._left < 0:
            raise MistakeError(node.line, TOO_MANY)
        if isinstance(node, Scalar):
            return self._scalar(node)
        if len(loc) >= MAX_DEPTH:
            raise MistakeError(node.line, TOO_DEEP)
        if node.tag not in {None, "!", _TAG + ("map" if node.is_map else "seq")}:
            self._no_tag(node)
            return None
        return self._map(node, loc) if node.is_map else self._list(node, loc)

    def _list(self, node: Collection, loc: Loc) -> list[object]:
        return [self.value(child, (*loc, place)) for place, child in enumerate(node.children)]

    def _map(self, node: Collection, loc: Loc) -> dict[str, object]:
        found: dict[str, object] = {}
        keys, children = node.children[::2], node.children[1::2]
        for key_node, child in zip(keys, children, strict=True):
            key = self._key(key_node)
            if key is None:
                continue
            if key in found:
                first = self.lines[*loc, key]
                said = f"'{key}' stands here twice; the first is in line {first}"
                self._complain(key_node, said)
            else:
                self.lines[*loc, key] = key_node.line
                found[key] = self.value(child, (*loc, key))
        return found

    def _key(self, node: Node) -> str | None:
        """A key is text as it is written; None where there is a complaint."""
        if isinstance(node, Collection):
            self._complain(node, "a key must be a word, not a list or a map")
        elif node.tag is not None and node.tag not in _TEXT and node.tag not in _KINDS:
            self._no_tag(node)
        elif node.plain and node.text == "<<":
            self._complain(node, "'<<' does not merge maps here; write their keys out")
        else:
            return node.text
        return None

    def _scalar(self, node: Scalar) -> object:
        if node.tag is None:
            return plain(node.text) if node.plain else node.text
        if node.tag in _TEXT:
            return node.text
        value = plain(node.text)
        if node.tag not in _KINDS:
            self._no_tag(node)
        elif type(value) not in _KINDS[node.tag]:
            kind = node.tag.removeprefix(_TAG)
            self._complain(node, f"this is no !!{kind}; remove the tag")
        return value

    def _no_tag(self, node: Node) -> None:
        tag = str(node.tag)
        said = f"!!{tag.removeprefix(_TAG)}" if tag.startswith(_TAG) else tag
        self._complain(node, f"the tag {said} has no meaning here; remove it")

    def _complain(self, node: Node, text: str) -> None:
        self.problems.append(Problem(file=self._file, line=node.line, text=text))


def _number(text: str) -> object:
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text
