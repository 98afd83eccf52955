"""A story as its entries' fingerprints draw it: what they share, and what only some of them say."""

from collections.abc import Iterable
from math import sqrt
from operator import mul
from typing import TypeVar

from bot.stories.fingerprint import Fingerprint

T = TypeVar("T")

_CORE = 12
_ANCHORS = 8
_OFTEN = 0.3
"""The share of entries that must name somebody before it counts as an anchor of the story."""


class Profile:
    """The sum of a story's entries. Vectors are normalised before they are added."""

    __slots__ = (
        "_anchors",
        "_core",
        "_core_weight",
        "_figures",
        "_length",
        "countries",
        "counts",
        "entries",
        "imposers",
        "langs",
        "named",
        "products",
        "rates",
        "sums",
        "targets",
    )

    def __init__(self, marks: Iterable[Fingerprint] = ()) -> None:
        self.entries = 0
        self.sums: dict[str, float] = {}
        self.counts: dict[str, int] = {}
        """How many entries hold each term."""
        self.named: dict[str, int] = {}
        """How many entries hold each term as a name, a figure or a day."""
        self.rates: dict[float, int] = {}
        self.products: dict[str, int] = {}
        self.countries: dict[str, int] = {}
        self.langs: set[str] = set()
        self.imposers: dict[str, int] = {}
        self.targets: dict[str, int] = {}
        self._length: float | None = None
        self._core: tuple[tuple[str, float], ...] | None = None
        self._core_weight: float | None = None
        self._figures: bool | None = None
        self._anchors: tuple[tuple[str, float], ...] | None = None
        for mark in marks:
            self.add(mark)

    def add(self, mark: Fingerprint) -> None:
        """Take in one entry."""
        terms = vector(mark)
        if self.entries:
            for term, weight in terms.items():
                self.sums[term] = self.sums.get(term, 0.0) + weight
                self.counts[term] = self.counts.get(term, 0) + 1
        else:  # most stories have one entry
            self.sums, self.counts = terms, dict.fromkeys(terms, 1)
        self.entries += 1
        _count(self.named, names(mark))
        _count(self.rates, mark.rates)
        _count(self.products, mark.products)
        _count(self.countries, mark.countries)
        self.langs.add(mark.lang)
        _count(self.imposers, (mark.imposer,) if mark.imposer else ())
        _count(self.targets, mark.targets)
        self._length = self._core_weight = None
        self._figures = self._figures or None
        # Nothing ever weighs less than before: what was not among the first and was not said
        # again cannot be among them now.
        if self._core is not None:
            self._core = self._heaviest({*[term for term, _ in self._core], *terms})
        if self._anchors is not None:
            said = self.named.keys() & terms.keys()
            self._anchors = self._most_named({*[term for term, _ in self._anchors], *said})

    def _heaviest(self, terms: Iterable[str]) -> tuple[tuple[str, float], ...]:
        sums = self.sums
        ranked = sorted([(sums[term], term) for term in terms], reverse=True)[:_CORE]
        return tuple([(term, weight) for weight, term in ranked])

    def _most_named(self, terms: Iterable[str]) -> tuple[tuple[str, float], ...]:
        counts, least = self.counts, _OFTEN * self.entries
        often = [(counts[term], term) for term in terms if counts[term] >= least]
        ranked = sorted(often, reverse=True)[:_ANCHORS]
        return tuple([(term, count / self.entries) for count, term in ranked])

    @property
    def length(self) -> float:
        """The length of the vector `sums`."""
        if self._length is None:
            weights = self.sums.values()
            self._length = sqrt(sum(map(mul, weights, weights)))
        return self._length

    @property
    def core(self) -> tuple[tuple[str, float], ...]:
        """The heaviest terms."""
        if self._core is None:
            self._core = self._heaviest(self.sums)
        return self._core

    @property
    def core_weight(self) -> float:
        """What the heaviest terms weigh together."""
        if self._core_weight is None:
            self._core_weight = sum([weight for _, weight in self.core])
        return self._core_weight

    @property
    def figures(self) -> bool:
        """Whether an entry names a figure or a day."""
        if self._figures is None:
            self._figures = any(term[0].isdigit() for term in self.named)
        return self._figures

    @property
    def anchors(self) -> tuple[tuple[str, float], ...]:
        """The names most entries hold, with the share that does."""
        if self._anchors is None:
            self._anchors = self._most_named(self.named)
        return self._anchors


def _count(counts: dict[T, int], found: Iterable[T]) -> None:
    """Count what was found once more: a Counter's `update` takes longer than all the rest."""
    for one in found:
        counts[one] = counts.get(one, 0) + 1


def vector(mark: Fingerprint) -> dict[str, float]:
    """Return the terms of a fingerprint with weights whose squares add up to one."""
    length = mark.length
    return {term: weight / length for term, weight in zip(mark.terms, mark.weights, strict=True)}


def names(mark: Fingerprint) -> tuple[str, ...]:
    """Return the terms that are names, figures or days."""
    bits = mark.names
    return tuple([term for place, term in enumerate(mark.terms) if bits >> place & 1])


class Sought:
    """An entry whose story is looked for, with what every comparison needs of it."""

    __slots__ = (
        "field",
        "figures",
        "mark",
        "named",
        "named_weight",
        "names",
        "nations",
        "terms",
        "total",
    )

    def __init__(self, mark: Fingerprint) -> None:
        self.mark = mark
        self.terms = vector(mark)
        self.total = sum(self.terms.values())
        self.names = names(mark)
        self.named = frozenset(self.names)
        self.named_weight = sum([self.terms[term] for term in self.names])
        self.figures = [term for term in self.names if term[0].isdigit()]
        self.nations = [term for term in self.terms if term[0] == "@"]
        self.field = frozenset([term for term in self.terms if term[0] in "=@"])
        """Words of the trade and countries."""
