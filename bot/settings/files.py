"""Reads one YAML file into plain values, and remembers on which line each of them stands.

The file is composed, never constructed: only text, numbers, true/false, nothing, lists and maps can
come out of it, so a tag cannot run code and an alias cannot blow up. What is in order is composed by a
parser in C; the one in Python, which takes half a second for the topics, reads what is not.
"""

import warnings
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bot.settings.quick_yaml import composed

MAX_BYTES = 1_000_000
MAX_DEPTH = 24
MAX_VALUES = 100_000
"""Values after aliases are followed: far above any honest file, far below a bomb."""

_TAG = "tag:yaml.org,2002:"
_SCALARS = {_TAG + kind for kind in ("str", "int", "float", "bool", "null", "timestamp")}

Loc = tuple[str | int, ...]
"""The way to a value: keys of maps and positions in lists, from the top of the file."""


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


def read(path: Path, report: list[Problem]) -> Document | None:
    """Read a file. What is wrong with it goes into `report`; None where nothing can be used."""
    try:
        body = path.read_bytes()
    except FileNotFoundError:
        report.append(Problem(file=str(path), text="the file is missing"))
        return None
    except OSError as error:
        report.append(Problem(file=str(path), text=f"cannot be read: {error.strerror}"))
        return None
    if len(body) > MAX_BYTES:
        report.append(Problem(file=str(path), text=f"is larger than {MAX_BYTES // 1000} kB"))
        return None
    return parse(body, str(path), report)


def parse(body: bytes, file: str, report: list[Problem]) -> Document | None:
    """Turn the bytes of a file into values, as `read` does."""
    try:
        text = body.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        line = body.count(b"\n", 0, error.start) + 1
        report.append(Problem(file=file, line=line, text="is not UTF-8 text; save it as UTF-8"))
        return None
    quick = composed(text)
    if quick is not None:
        return _walked(quick[0], file, report)
    return _carefully(text, file, report)


def _carefully(text: str, file: str, report: list[Problem]) -> Document | None:
    from ruamel.yaml import YAML
    from ruamel.yaml.error import MarkedYAMLError, ReusedAnchorWarning, YAMLError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore", ReusedAnchorWarning)
            node = YAML(typ="safe", pure=True).compose(text)
    except MarkedYAMLError as error:
        mark = error.problem_mark or error.context_mark
        line = mark.line + 1 if mark is not None else 1
        said = f"is not valid YAML: {error.problem or error.context}"
        report.append(Problem(file=file, line=line, text=said))
        return None
    except (YAMLError, RecursionError) as error:
        kind = "is nested too deeply" if isinstance(error, RecursionError) else "is not valid YAML"
        report.append(Problem(file=file, line=1, text=kind))
        return None
    return _walked(node, file, report)


Node = Any
"""A node of either parser: `id` (``scalar``, ``sequence`` or ``mapping``), `tag`, `value`, `start_mark`."""


def _walked(node: Node | None, file: str, report: list[Problem]) -> Document | None:
    walk = _Walk(file)
    value = walk.value(node, ()) if node is not None else None
    report.extend(walk.problems)
    return Document(file=file, value=value, lines=walk.lines) if not walk.problems else None


class _Walk:
    """Turns nodes into values, keeping lines and complaining about what has no place here."""

    def __init__(self, file: str) -> None:
        self.lines: dict[Loc, int] = {}
        self.problems: list[Problem] = []
        self._file = file
        self._values = 0
        self._full = False

    def value(self, node: Node, loc: Loc) -> object:
        """Return the plain value of a node and of all below it."""
        line = node.start_mark.line + 1
        self.lines.setdefault(loc, line)
        self._values += 1
        if len(loc) > MAX_DEPTH or self._values > MAX_VALUES:
            self._stop(line)
            return None
        if node.id == "mapping" and node.tag == _TAG + "map":
            return self._map(node, loc)
        if node.id == "sequence" and node.tag == _TAG + "seq":
            return self._list(node, loc)
        if node.id == "scalar":
            return self._scalar(node, line)
        self._complain(line, f"the tag {node.tag} has no meaning here; remove it")
        return None

    def _list(self, node: Node, loc: Loc) -> list[object]:
        found = []
        for place, child in enumerate(node.value):
            if self._full:
                break
            found.append(self.value(child, (*loc, place)))
        return found

    def _map(self, node: Node, loc: Loc) -> dict[str, object]:
        found: dict[str, object] = {}
        for key_node, child in node.value:
            if self._full:
                break
            line = key_node.start_mark.line + 1
            key = key_node.value
            if not isinstance(key, str):
                self._complain(line, "a key must be a word, not a list or a map")
            elif key in found:
                first = self.lines[*loc, key]
                self._complain(line, f"'{key}' stands here twice; the first is in line {first}")
            else:
                self.lines[*loc, key] = line
                found[key] = self.value(child, (*loc, key))
        return found

    def _scalar(self, node: Node, line: int) -> object:
        tag = str(node.tag)
        if tag not in _SCALARS:
            self._complain(line, f"the tag {tag} has no meaning here; remove it")
            return None
        return _plain(tag.removeprefix(_TAG), node.value)

    def _stop(self, line: int) -> None:
        self._complain(line, "the file holds too many values or is nested too deeply")
        self._full = True

    def _complain(self, line: int, text: str) -> None:
        if not self._full:
            self.problems.append(Problem(file=self._file, line=line, text=text))


def _plain(kind: str, text: str) -> object:
    # Dates stay text: the model of the file knows where a date belongs.
    match kind:
        case "null":
            return None
        case "bool":
            return text.lower() == "true"
        case "int" | "float":
            return _number(text)
        case _:
            return text


def _number(text: str) -> object:
    for kind in (int, float):
        try:
            return kind(text)
        except ValueError:
            continue
    return text
