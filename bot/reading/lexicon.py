"""Tells in one pass which of many alternations can match a text at all, and where.

A sentence is asked for dozens of things: comments, hearings, verbs of starting, of ending. Most are
not there. One pass over the letters with which their branches open leaves the few worth a search,
and the places at which it is worth trying.
"""

from bisect import bisect_right
from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import partial
from re import Match

from bot.reading.alternation import Words, branches, closing
from bot.reading.text import bare

LONGEST = 6
"""Letters of an opening beyond which a group that follows is not written out any more."""
_DIGITS = frozenset("0123456789")

_ANYWHERE: list[int] = []
_Find = Callable[[str], list[tuple[int, int, int]]]


class Cues:
    """The alternations that may match in a sentence, each with the places where a match can begin."""

    __slots__ = ("places",)

    def __init__(self, places: Mapping[Words, Sequence[int]]) -> None:
        self.places = places
        """No place at all where an alternation can begin anywhere."""

    def __contains__(self, words: Words) -> bool:
        return words in self.places

    def any(self, wanted: frozenset[Words]) -> bool:
        """Whether one of several may match."""
        return not wanted.isdisjoint(self.places)

    def search(self, words: Words, text: str, offset: int = 0) -> Match[str] | None:
        """Return the first match in the sentence, or in the part of it that begins at `offset`."""
        places = self.places.get(words)
        if not places:
            return None if places is None else words.search(text)
        size, match = len(text), words.compiled.match
        for place in sorted(places) if len(places) > 1 else places:
            if 0 <= place - offset < size:
                found = match(text, place - offset)
                if found is not None:
                    return found
        return None

    def finditer(self, words: Words, text: str, offset: int = 0) -> Iterable[Match[str]]:
        """Return the matches in the sentence, or in the part of it that begins at `offset`."""
        places = self.places.get(words)
        if not places:
            return () if places is None else words.finditer(text)
        size, match, reached = len(text), words.compiled.match, 0
        matches: list[Match[str]] = []
        for place in sorted(places) if len(places) > 1 else places:
            if reached <= place - offset < size:
                found = match(text, place - offset)
                if found is not None:
                    matches.append(found)
                    reached = found.end()
        return matches

    def blank(self, words: Words, text: str) -> str:
        """Return the sentence with every match overwritten by blanks, its length kept."""
        for match in self.finditer(words, text):
            start, end = match.span()
            text = f"{text[:start]}{' ' * (end - start)}{text[end:]}"
        return text


class Lexicon:
    """Alternations that are asked of the same texts; built when first used."""

    __slots__ = ("_always", "_find", "_words", "_worth")

    def __init__(self, *words: Words) -> None:
        self._words = tuple(dict.fromkeys(words))
        self._find: _Find | None = None
        self._always: tuple[Words, ...] = ()
        self._worth: list[tuple[Words, ...]] = []

    def present(self, text: str) -> Cues:
        """Return the alternations that may match somewhere in a folded text."""
        return Cues(self.spread(text, [0], [len(text)])[0])

    def spread(
        self, text: str, starts: Sequence[int], ends: Sequence[int]
    ) -> Sequence[Mapping[Words, list[int]]]:
        """Return, for each part of a folded text, the places of alternations that may match in it.

        `starts` and `ends` say where the parts begin and end, in order; only blanks stand between
        two of them.
        """
        find = self._find or self._built()
        worth = self._worth
        found: list[dict[Words, list[int]]] = [
            dict.fromkeys(self._always, _ANYWHERE) for _ in starts
        ]
        end, here, first = -1, found[0] if found else {}, 0
        # openings begin with the blank before their word, so that they are found as its start only
        for number, start, _ in find(f" {bare(text)} "):
            if not first <= start < end:
                part = bisect_right(ends, start)
                here, first, end = found[part], starts[part], ends[part]
            for words in worth[number]:
                if words in here:
                    here[words].append(start - first)
                else:
                    here[words] = [start - first]
        return found

    def _built(self) -> _Find:
        from ahocorasick_rs import AhoCorasick, MatchKind

        by_opening: dict[str, set[Words]] = {}
        always: list[Words] = []
        for words in self._words:
            found = openings(words.pattern)
            if "" in found:
                always.append(words)
                continue
            for opening in found:
                by_opening.setdefault(f" {bare(opening)}", set()).add(words)
        self._always = tuple(always)
        self._worth = [tuple(worth) for worth in by_opening.values()]
        automaton = AhoCorasick(list(by_opening), MatchKind.Standard)
        self._find = partial(automaton.find_matches_as_indexes, overlapping=True)
        return self._find


def openings(pattern: str) -> set[str]:
    r"""Return letters of which one opens every match of ``\b(?:one|two|…)rest``."""
    head = len(r"\b(?:")
    end = closing(pattern, head)
    rest = pattern[end + 1 :]
    edge = r"\b" if rest.startswith(r"\b") else ""
    return _of_any(f"{branch}{edge}" for branch in branches(pattern[head:end]))


def _of_any(parts: Iterable[str]) -> set[str]:
    return {opening for part in parts for opening in _of_branch(part)}


def _of_branch(branch: str) -> set[str]:
    """The openings of one branch: its plain letters, then those of what follows them."""
    rest = _without_looks(branch).replace(r"\s", " ")
    if rest.startswith(r"\d"):
        return set(_DIGITS)
    size = 0
    while size < len(rest) and (rest[size].isalnum() or rest[size] in "'- "):
        size += 1
    letters, after = rest[:size], rest[size:]
    if after.startswith("?") and size <= LONGEST + 1:
        return _of_any((letters[:-1] + after[1:], letters + after[1:]))
    if after[:1] in {"?", "*", "{"}:
        return {letters[:-1]}
    return _followed(letters, after)


def _followed(letters: str, after: str) -> set[str]:
    """The openings of plain letters and of a word's end, a look, or a group that follows them."""
    if after.startswith(r"\b") and letters[-1:].isalnum():
        return {f"{letters} "}  # where the text is bare, a word ends with a blank
    if after.startswith(_LOOKS):
        return _of_branch(letters + after[closing(after, len("(?")) + 1 :])
    if len(letters) > LONGEST or not after.startswith("(?:"):
        return {letters}
    end = closing(after, len("(?:"))
    rest = after[end + 1 :]
    if rest[:1] in {"*", "+", "{"}:
        return {letters}
    inside = branches(after[len("(?:") : end])
    if rest[:1] == "?":
        inside, rest = [*inside, ""], rest[1:]
    return _of_any(f"{letters}{part}{rest}" for part in inside)


_LOOKS = ("(?<!", "(?<=", "(?!", "(?=")


def _without_looks(branch: str) -> str:
    r"""The branch without what it only looks at before it begins: ``(?<!x)``, ``\b``."""
    while True:
        if branch.startswith(r"\b"):
            branch = branch[2:]
        elif branch.startswith(_LOOKS):
            branch = branch[closing(branch, 3) + 1 :]
        else:
            return branch
