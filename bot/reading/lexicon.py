"""Tells in one pass which of many alternations can match a text at all.

A sentence is asked for dozens of things: comments, hearings, verbs of starting, of ending. Most are
not there. One pass over the letters with which their branches open leaves the few worth a search.
"""

from collections.abc import Callable, Iterable
from functools import partial

from bot.reading.alternation import Words, branches, closing

LONGEST = 6
"""Letters of an opening beyond which a group that follows is not written out any more."""
_DIGITS = frozenset("0123456789")


class Lexicon:
    """Alternations that are asked of the same texts; built when first used."""

    __slots__ = ("_always", "_find", "_words", "_worth")

    def __init__(self, *words: Words) -> None:
        self._words = words
        self._find: Callable[[str], list[tuple[int, int, int]]] | None = None
        self._always: frozenset[Words] = frozenset()
        self._worth: list[frozenset[Words]] = []

    def present(self, text: str) -> frozenset[Words]:
        """Return the alternations that may match somewhere in a folded text."""
        if self._find is None:
            self._find = self._built()
        numbers = {
            number
            for number, start, _ in self._find(text)
            if not start or not text[start - 1].isalnum()
        }
        return self._always.union(*[self._worth[number] for number in numbers])

    def _built(self) -> Callable[[str], list[tuple[int, int, int]]]:
        from ahocorasick_rs import AhoCorasick, MatchKind

        by_opening: dict[str, set[Words]] = {}
        always: set[Words] = set()
        for words in self._words:
            found = openings(words.pattern)
            if "" in found:
                always.add(words)
                continue
            for opening in found:
                by_opening.setdefault(opening, set()).add(words)
        self._always = frozenset(always)
        self._worth = [frozenset(worth) for worth in by_opening.values()]
        automaton = AhoCorasick(list(by_opening), MatchKind.Standard)
        return partial(automaton.find_matches_as_indexes, overlapping=True)


def openings(pattern: str) -> set[str]:
    r"""Return letters of which one opens every match of ``\b(?:one|two|…)rest``."""
    head = len(r"\b(?:")
    return _of_any(branches(pattern[head : closing(pattern, head)]))


def _of_any(parts: Iterable[str]) -> set[str]:
    return {opening for part in parts for opening in _of_branch(part)}


def _of_branch(branch: str) -> set[str]:
    """The openings of one branch: its plain letters, then those of a group that follows."""
    rest = _without_looks(branch)
    rest = rest.replace(r"\s", " ")
    if rest.startswith(r"\d"):
        return set(_DIGITS)
    letters = 0
    while letters < len(rest) and (rest[letters].isalnum() or rest[letters] in "'- "):
        letters += 1
    if rest[letters : letters + 1] in {"?", "*", "{"}:
        return {rest[: max(0, letters - 1)]}
    opening = rest[:letters]
    if len(opening) > LONGEST or not rest.startswith("(?:", letters):
        return {opening}
    end = closing(rest, letters + 3)
    after = rest[end + 1 :]
    if after[:1] in {"*", "+", "{"}:
        return {opening}
    inside = branches(rest[letters + 3 : end])
    if after[:1] == "?":
        inside, after = [*inside, ""], after[1:]
    return _of_any(f"{opening}{part}{after}" for part in inside)


def _without_looks(branch: str) -> str:
    r"""The branch without what it only looks at before it begins: ``(?<!x)``, ``\b``."""
    while True:
        if branch.startswith(r"\b"):
            branch = branch[2:]
        elif branch.startswith(("(?<!", "(?<=", "(?!", "(?=")):
            branch = branch[closing(branch, 3) + 1 :]
        else:
            return branch
