"""All terms of all rules, found in one pass.

The text is folded and every sign becomes a blank, so that a word's boundary is a blank and the
automaton finds whole words by itself. What it hands back are characters of the original text.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import NamedTuple

from bot.reading.rules import forms
from bot.reading.text import Folded, fold, spaced


class Hit(NamedTuple):
    """A term found in the prepared text: characters `start` to `end` of `words`."""

    start: int
    end: int
    term: int
    miscased: bool = False
    """True where the term asks for capitals that the text does not have."""


_hit: Callable[[tuple[int, int, int, bool]], Hit] = partial(tuple.__new__, Hit)
"""Makes a hit of its four values; a hundred of them stand in a long entry."""


class Prepared:
    """A text made ready for the automaton: it begins and ends with a blank."""

    __slots__ = ("folded", "original", "words")

    def __init__(
        self, original: str, folded: Folded | None = None, words: str | None = None
    ) -> None:
        self.original = original
        self.folded = folded or fold(original)
        self.words = f" {spaced(self.folded.text) if words is None else words} "

    def span(self, start: int, end: int) -> tuple[int, int]:
        """Return where characters of `words` stand in the original."""
        if self.folded.runs is None:
            return start - 1, end - 1
        origin = self.folded.origin
        return origin(start - 1), origin(end - 2) + 1


@dataclass(frozen=True, slots=True)
class _Form:
    term: int
    head: int
    """1 where the form begins with the blank of a word's boundary."""
    open_end: bool
    capitals: tuple[int, ...]

    @property
    def plain(self) -> int | None:
        """The term's number where the form is whole words in any case; None where it is not."""
        return None if self.open_end or self.capitals or not self.head else self.term


class Automaton:
    """Finds every term of a list; a term's number is its place in the list.

    `wanted` are the terms without which the others are of no interest: all, unless given.
    Raises RuleError for a term that cannot be compiled.
    """

    def __init__(self, terms: Sequence[str], wanted: frozenset[int] | None = None) -> None:
        from ahocorasick_rs import AhoCorasick, MatchKind

        by_pattern: dict[str, list[_Form]] = {}
        for number, term in enumerate(terms):
            for form in forms(term):
                pattern, made = _compile(form, number)
                by_pattern.setdefault(pattern, []).append(made)
        self._forms = list(by_pattern.values())
        self._plain = [made[0].plain if len(made) == 1 else None for made in self._forms]
        self._automaton = AhoCorasick(list(by_pattern), MatchKind.Standard)
        self._wanted = frozenset(
            pattern
            for pattern, made in enumerate(self._forms)
            if wanted is None or any(form.term in wanted for form in made)
        )

    def find(self, prepared: Prepared) -> list[Hit]:
        """Return every hit, overlapping and wrongly cased ones too, in order of their ends."""
        found = self._automaton.find_matches_as_indexes(prepared.words, overlapping=True)
        return self._hits(prepared, found) if found else []

    def find_if_wanted(self, prepared: Prepared) -> list[Hit]:
        """Return what `find` does; nothing where none of the wanted terms is there."""
        found = self._automaton.find_matches_as_indexes(prepared.words, overlapping=True)
        if self._wanted.isdisjoint([match[0] for match in found]):
            return []
        return self._hits(prepared, found)

    def _hits(self, prepared: Prepared, found: list[tuple[int, int, int]]) -> list[Hit]:
        words, plain = prepared.words, self._plain
        hits: list[Hit] = []
        for pattern, start, end in found:
            term = plain[pattern]
            if term is not None:
                hits.append(_hit((start + 1, end - 1, term, False)))
                continue
            for form in self._forms[pattern]:
                first = start + form.head
                last = words.find(" ", end) if form.open_end else end - 1
                small = form.capitals and not _in_capitals(prepared, first, form.capitals)
                hits.append(_hit((first, last, form.term, bool(small))))
        return hits


def _compile(form: str, number: int) -> tuple[str, _Form]:
    bare = form.removeprefix("*").removesuffix("*")
    head = 0 if form.startswith("*") else 1
    open_end = form.endswith("*")
    prepared = Prepared(bare)
    core = prepared.words.strip()
    offset = len(prepared.words) - len(prepared.words.lstrip()) - 1
    capitals = tuple(
        index - offset
        for index, letter in enumerate(bare)
        if letter.isupper() and len(prepared.folded.text) == len(bare)
    )
    pattern = f"{' ' if head else ''}{core}{'' if open_end else ' '}"
    return pattern, _Form(number, head, open_end, capitals)


def _in_capitals(prepared: Prepared, start: int, capitals: tuple[int, ...]) -> bool:
    original, folded = prepared.original, prepared.folded
    if folded.runs is None:
        return all(original[start + place - 1].isupper() for place in capitals)
    return all(original[folded.origin(start + place - 1)].isupper() for place in capitals)
