"""Large alternations of words as one regular expression that is quick to search.

Python's `re` tries the branches of an alternation one after the other at every word. Grouping them
by their first letter leaves a handful to try; it is compiled when first used, not at import.
"""

import re
import sys
from collections.abc import Iterator, Mapping

DEPTH = 3
"""Letters by which branches are grouped."""


class Words:
    r"""A pattern of the form ``\b(?:one|two|…)rest``; searches as a compiled pattern does.

    Among branches that can match at one place, those that begin with a plain letter are tried
    before the others, each group in the order written.
    """

    __slots__ = ("_compiled", "_pattern")

    def __init__(self, pattern: str) -> None:
        self._pattern = pattern
        self._compiled: re.Pattern[str] | None = None

    @property
    def pattern(self) -> str:
        """The pattern as it was written."""
        return self._pattern

    @property
    def compiled(self) -> re.Pattern[str]:
        """The pattern, compiled when it is first asked for."""
        if self._compiled is None:
            self._compiled = _compile(self._pattern)
        return self._compiled

    def search(self, text: str, start: int = 0, end: int = sys.maxsize) -> re.Match[str] | None:
        """Return the first match between `start` and `end`."""
        return (self._compiled or self.compiled).search(text, start, end)

    def finditer(
        self, text: str, start: int = 0, end: int = sys.maxsize
    ) -> Iterator[re.Match[str]]:
        """Yield the matches between `start` and `end`."""
        return (self._compiled or self.compiled).finditer(text, start, end)


def listed(alternatives: str, *, rest: str = "") -> Words:
    r"""Return the words of a table: alternatives written one after the other, blanks between them.

    Inside an alternative a blank is written ``\s``; `rest` follows whichever of them matched.
    """
    return Words(rf"\b(?:{'|'.join(alternatives.split())}){rest}")


class Names:
    """Several named alternations, found in one search.

    Where two names match at one place, the first one written whose match is as long is meant.
    """

    __slots__ = ("_by_opening", "_openings", "_rules", "_words")

    def __init__(self, rules: Mapping[str, str], *, rest: str = "") -> None:
        self._rules = {name: Words(rf"\b(?:{rule}){rest}") for name, rule in rules.items()}
        self._openings = {name: _first_letters(rule) for name, rule in rules.items()}
        self._by_opening: dict[str, list[tuple[str, Words]]] = {}
        self._words = Words(rf"\b(?:{'|'.join(rules.values())}){rest}")

    def find(self, text: str) -> Iterator[tuple[int, int, str]]:
        """Yield start, end and name of every match, in order."""
        for match in self._words.finditer(text):
            yield match.start(), match.end(), self._name(text, match)

    def _name(self, text: str, match: re.Match[str]) -> str:
        opening = text[match.start() : match.start() + _OPENING]
        rules = self._by_opening.get(opening)
        if rules is None:
            rules = self._by_opening[opening] = [
                (name, rule)
                for name, rule in self._rules.items()
                if any(map(opening.startswith, self._openings[name]))
            ]
        for name, rule in rules:
            own = rule.compiled.match(text, match.start())
            if own is not None and own.end() == match.end():
                return name
        return ""


_OPENING = 3
"""Letters by which the names are told apart that can match at a place."""


def _first_letters(rule: str) -> tuple[str, ...]:
    """Return letters of which one opens every match of an alternation; "" where that is open."""
    parts = [longer for short in branches(rule) for longer in expanded(short)]
    return tuple({_plain_start(part) for part in parts})


def _plain_start(part: str) -> str:
    """Return up to so many letters that a branch surely begins with."""
    letters = ""
    for place in range(min(_OPENING, len(part))):
        if not part[place].isalpha() or part[place + 1 : place + 2] in {"?", "*", "{"}:
            break
        letters += part[place]
    return letters


def _compile(pattern: str) -> re.Pattern[str]:
    head = r"\b(?:"
    end = closing(pattern, len(head))
    return re.compile(head + grouped(branches(pattern[len(head) : end])) + pattern[end:])


def grouped(parts: list[str], depth: int = DEPTH) -> str:
    """Join branches, those that begin with the same letters under these letters."""
    by_letter: dict[str, list[str]] = {}
    others: list[str] = []
    for part in (longer for short in parts for longer in expanded(short)):
        plain = part[:1].isalpha() and part[1:2] not in {"?", "*", "+", "{"}
        if plain:
            by_letter.setdefault(part[0], []).append(part[1:])
        else:
            others.append(part)
    letters = [f"{letter}{_below(rest, depth - 1)}" for letter, rest in by_letter.items()]
    return "|".join([*letters, *others])


def _below(rest: list[str], depth: int) -> str:
    if len(rest) == 1 and "|" not in rest[0]:
        return rest[0]
    return f"(?:{grouped(rest, depth) if depth and len(rest) > 2 else '|'.join(rest)})"


def expanded(part: str) -> list[str]:
    """Write out a group that a branch begins with: ``(?:a|b)?c`` is ``ac``, ``bc`` or ``c``."""
    if not part.startswith("(?:"):
        return [part]
    end = closing(part, 3)
    rest = part[end + 1 :]
    if rest[:1] in {"*", "+", "{"}:
        return [part]
    optional = rest[:1] == "?"
    rest = rest[1:] if optional else rest
    made = [first + rest for inside in branches(part[3:end]) for first in expanded(inside)]
    return [*made, *expanded(rest)] if optional else made


def branches(pattern: str) -> list[str]:
    """Split an alternation at the bars that stand outside brackets."""
    parts: list[str] = []
    start = 0
    for index, char, depth in _walk(pattern):
        if char == "|" and depth == 0:
            parts.append(pattern[start:index])
            start = index + 1
    parts.append(pattern[start:])
    return [part for part in parts if part]


def closing(pattern: str, start: int) -> int:
    """The place of the bracket that closes a group opened just before `start`."""
    for index, char, depth in _walk(pattern[start:]):
        if char == ")" and depth < 0:
            return start + index
    raise ValueError("the pattern's first group is never closed")


def _walk(pattern: str) -> Iterator[tuple[int, str, int]]:
    """Yield every character that is no escape and in no set, with its depth of brackets after it."""
    depth = 0
    index = 0
    in_set = False
    while index < len(pattern):
        char = pattern[index]
        if char == "\\":
            index += 2
            continue
        if in_set:
            in_set = char != "]"
        elif char == "[":
            in_set = True
        else:
            depth += {"(": 1, ")": -1}.get(char, 0)
            yield index, char, depth
        index += 1
