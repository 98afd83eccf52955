"""What speaks for a topic: the entry as one page, the contexts on it, and the weighing of hits."""

from bisect import bisect_left, bisect_right
from collections import defaultdict
from collections.abc import Iterable
from enum import IntEnum

from bot.domain.reading import Field, Span
from bot.reading.automaton import Hit
from bot.reading.passage import Passages
from bot.reading.rules import WeakTerms

LEAD = 700
"""Characters of the body that count as its beginning."""
MAX_SPANS = 6
SETTLED = 0.02
"""Doubt left below which further evidence is not weighed."""
MAX_LOOKED_AT = 200
"""Marks of a context looked at around one hit; more of them than this means a list of words."""


class Place(IntEnum):
    """Where in the entry a hit stands."""

    TITLE = 0
    LEAD = 1
    BODY = 2


STRONG = {Place.TITLE: 0.9, Place.LEAD: 0.75, Place.BODY: 0.35}
WEAK = {Place.TITLE: 0.8, Place.LEAD: 0.6, Place.BODY: 0.25}


_FIELDS = (Field.TITLE, Field.SUMMARY, Field.CONTENT)
"""In the order in which a page has them."""


class Page:
    """The entry's fields as one text, so that one pass reads them all."""

    __slots__ = ("_body", "_spans", "_starts", "prepared")

    def __init__(self, texts: Passages) -> None:
        self._starts = texts.starts
        self._body = texts.starts[1]
        self._spans: dict[Hit, Span] = {}
        self.prepared = texts.page

    def place(self, hit: Hit) -> Place:
        """Return how prominent a hit is."""
        start, body = hit[0], self._body
        if start <= body:
            return Place.TITLE
        return Place.LEAD if start <= body + LEAD else Place.BODY

    def span(self, hit: Hit, rule: str) -> Span:
        """Return a hit as characters of the field it stands in; `rule` is its term."""
        known = self._spans.get(hit)  # several topics tell of the same words
        if known is not None:
            return known
        start, end = self.prepared.span(hit[0], hit[1])
        part = bisect_right(self._starts, start) - 1
        base, field = self._starts[part], _FIELDS[part]
        text = self.prepared.original[start:end]
        span = Span(field=field, start=start - base, end=end - base, text=text, rule=rule)
        self._spans[hit] = span
        return span


class Masks:
    """Phrases that hide what stands inside them."""

    __slots__ = ("_hits", "_starts", "first", "last")

    def __init__(self, hits: list[Hit]) -> None:
        self._hits = sorted(hits)
        self._starts = [hit.start for hit in self._hits]
        self.first = self._starts[0] if hits else 0
        """Where the first phrase begins."""
        self.last = max([hit.end for hit in hits], default=0)
        """Where the last phrase ends: what stands outside of these two is not hidden."""

    def hiding(self, hit: Hit) -> Hit | None:
        """Return the phrase that hides the hit: it overlaps it and is longer."""
        first = bisect_left(self._starts, hit.start - 80)
        for mask in self._hits[first : first + MAX_LOOKED_AT]:
            if mask.start >= hit.end:
                return None
            if mask.end > hit.start and mask.end - mask.start > hit.end - hit.start:
                return mask
        return None


class Evidence:
    """What speaks for one topic in one entry."""

    __slots__ = ("_doubt", "_hits", "_starts")

    def __init__(self) -> None:
        self._doubt = 1.0
        self._hits: list[tuple[float, Hit]] = []
        self._starts: list[int] = []

    def add(self, hit: Hit, weight: float) -> None:
        """Count a hit, unless words of it were counted already."""
        place = bisect_right(self._starts, hit.start)
        if place and self._hits[place - 1][1].end > hit.start:
            return
        if place < len(self._hits) and self._starts[place] < hit.end:
            return
        self._starts.insert(place, hit.start)
        self._hits.insert(place, (weight, hit))
        self._doubt *= 1.0 - weight

    @property
    def score(self) -> float:
        """0 to 1: one minus the product of what each hit leaves in doubt."""
        return 1.0 - self._doubt

    @property
    def settled(self) -> bool:
        """Whether more hits would change nothing that is told."""
        return len(self._hits) >= MAX_SPANS and self._doubt < SETTLED

    def best(self) -> list[Hit]:
        """Return the weightiest hits in order of the text."""
        if len(self._hits) <= MAX_SPANS:
            return [hit for _, hit in self._hits]
        ranked = sorted(self._hits, key=lambda pair: (-pair[0], pair[1].start))
        return sorted((hit for _, hit in ranked[:MAX_SPANS]), key=lambda hit: hit.start)


class Found:
    """Everything the automaton found in an entry, sorted by what it is there for."""

    __slots__ = ("alone", "contexts", "stopped", "strong", "vetoes", "weak")

    def __init__(self) -> None:
        self.strong: list[tuple[int, Hit]] = []
        self.weak: list[tuple[int, WeakTerms, Hit]] = []
        self.contexts: dict[str, list[tuple[int, int]]] = defaultdict(list)
        """Context → its places."""
        self.vetoes: dict[int, dict[int, Hit]] = defaultdict(dict)
        self.stopped: list[tuple[Hit, Hit | None]] = []
        """Hits a mask hides, with the mask, and hits without their capitals."""
        self.alone: list[tuple[int, Hit]] = []
        """Weak hits that had no context."""

    def sort(self) -> None:
        """Put the places of contexts that have many in order; called once, when all are there."""
        for places in self.contexts.values():
            if len(places) > MAX_LOOKED_AT:
                places.sort()

    def beside(self, names: Iterable[str], hit: Hit, within: int, *, apart: bool = True) -> bool:
        """Whether one of several contexts has a place within reach of a hit.

        `apart` asks for one with no character of the hit.
        """
        contexts = self.contexts
        start, end = hit[0], hit[1]
        first, last = start - within, end + within
        for name in names:
            if name not in contexts:
                continue
            places = contexts[name]
            if len(places) > MAX_LOOKED_AT:
                low = bisect_left(places, (first, 0))
                places = places[low : low + MAX_LOOKED_AT]
            for here, there in places:
                if first <= here <= last and not (apart and there > start and here < end):
                    return True
        return False
