"""A story as its entries' fingerprints draw it: what they share, and what only some of them say."""

from collections import Counter
from collections.abc import Iterable
from heapq import nlargest
from math import sqrt

from bot.stories.fingerprint import Fingerprint

_CORE = 12
_ANCHORS = 8
_OFTEN = 0.3
"""The share of entries that must name somebody before it counts as an anchor of the story."""


class Profile:
    """The sum of a story's entries. Vectors are normalised before they are added."""

    __slots__ = (
        "_anchors",
        "_core",
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
        self.counts: Counter[str] = Counter()
        """How many entries hold each term."""
        self.named: Counter[str] = Counter()
        """How many entries hold each term as a name, a figure or a day."""
        self.rates: Counter[float] = Counter()
        self.products: Counter[str] = Counter()
        self.countries: Counter[str] = Counter()
        self.langs: set[str] = set()
        self.imposers: Counter[str] = Counter()
        self.targets: Counter[str] = Counter()
        self._length: float | None = None
        self._core: tuple[tuple[str, float], ...] | None = None
        self._anchors: tuple[tuple[str, float], ...] | None = None
        for mark in marks:
            self.add(mark)

    def add(self, mark: Fingerprint) -> None:
        """Take in one entry."""
        self.entries += 1
        for term, weight in vector(mark).items():
            self.sums[term] = self.sums.get(term, 0.0) + weight
            self.counts[term] += 1
        self.named.update(names(mark))
        self.rates.update(mark.rates)
        self.products.update(mark.products)
        self.countries.update(mark.countries)
        self.langs.add(mark.lang)
        if mark.imposer:
            self.imposers[mark.imposer] += 1
        self.targets.update(mark.targets)
        self._length = self._core = self._anchors = None

    @property
    def length(self) -> float:
        """The length of the vector `sums`."""
        if self._length is None:
            self._length = sqrt(sum(weight * weight for weight in self.sums.values()))
        return self._length

    @property
    def core(self) -> tuple[tuple[str, float], ...]:
        """The heaviest terms."""
        if self._core is None:
            ranked = nlargest(_CORE, self.sums.items(), key=lambda pair: (pair[1], pair[0]))
            self._core = tuple(ranked)
        return self._core

    @property
    def anchors(self) -> tuple[tuple[str, float], ...]:
        """The names most entries hold, with the share that does."""
        if self._anchors is None:
            counts = self.counts
            often = [term for term in self.named if counts[term] >= _OFTEN * self.entries]
            ranked = nlargest(_ANCHORS, often, key=lambda term: (counts[term], term))
            self._anchors = tuple((term, counts[term] / self.entries) for term in ranked)
        return self._anchors


def vector(mark: Fingerprint) -> dict[str, float]:
    """Return the terms of a fingerprint with weights whose squares add up to one."""
    length = sqrt(sum(weight * weight for weight in mark.weights)) or 1.0
    return {term: weight / length for term, weight in zip(mark.terms, mark.weights, strict=True)}


def names(mark: Fingerprint) -> list[str]:
    """Return the terms that are names, figures or days."""
    return [term for place, term in enumerate(mark.terms) if mark.names >> place & 1]
