"""What is measured between an entry and a story, before anything is decided."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from math import log, sqrt

from bot.stories.fingerprint import Fingerprint
from bot.stories.profile import Profile, names, vector

NAMES = (
    "bias",
    "cosine",
    "name_cosine",
    "coverage",
    "core_hit",
    "novelty",
    "missing",
    "novel_and_missing",
    "anchors_missing",
    "novel_and_anchors_missing",
    "figure_shared",
    "figures_differ",
    "size",
    "cosine_by_size",
    "shared",
    "contrast_by_size",
    "root_cosine",
    "novel_share",
)
"""The measured values, in the order of `Measured.values`."""

LEAST_COSINE = 0.07
LEAST_SHARED = 2
"""One word in common is chance, and a country no evidence."""
_SURELY = 0.999
"""Leaves room for rounding."""
_ENOUGH_SHARED = 12
_ANCHORS, _FIRST_ANCHORS = 8, 3
_SEVERAL = 3


@dataclass(frozen=True, slots=True)
class Measured:
    """The values, and the shared terms from the weightiest on."""

    values: tuple[float, ...]
    common: tuple[str, ...]
    field_share: float
    """The share of the likeness that words of the trade and countries make up, 0-1."""


def apart(mark: Fingerprint, story: Collection[Fingerprint]) -> bool:
    """Whether `measured` would surely say None, found without adding the story's entries up.

    True for most of what an entry is compared with, at a tenth of the price.
    """
    terms, named = vector(mark), names(mark)
    common: set[str] = set()
    likest, answered, anyone = 0.0, False, False
    for other in story:
        shared = [place for place, term in enumerate(other.terms) if term in terms]
        common.update([other.terms[place] for place in shared])
        dot = sum([terms[other.terms[place]] * other.weights[place] for place in shared])
        likest = max(likest, dot / other.length)
        answered = answered or any(other.names >> place & 1 for place in shared)
        anyone = anyone or other.names > 0
    if len(common) - sum([term[0] == "@" for term in common]) < LEAST_SHARED:
        return True
    # Together they are at most so much likelier than the likest alone: all weights are positive.
    if likest * sqrt(len(story)) < _SURELY * LEAST_COSINE:
        return True
    nobody = answered or not (anyone or len(story) >= _SEVERAL)
    return not nobody and len(named) >= _SEVERAL and common.isdisjoint(named)


def measured(mark: Fingerprint, story: Profile) -> Measured | None:
    """Compare an entry's terms with a story's; None where they share next to nothing."""
    terms, sums = vector(mark), story.sums
    products = {term: weight * sums[term] for term, weight in terms.items() if term in sums}
    told = len(products) - sum([term[0] == "@" for term in products])
    cosine = sum(products.values()) / story.length if told >= LEAST_SHARED else 0.0
    if cosine < LEAST_COSINE:
        return None
    named = names(mark)
    either = story.named.keys() | named
    name_cosine = sum([value for term, value in products.items() if term in either])
    total = sum(terms.values())
    coverage = sum([terms[term] * story.counts[term] for term in products]) / story.entries
    core = sum([weight for _, weight in story.core])
    core_hit = sum([weight for term, weight in story.core if term in terms])
    named_weight = sum([terms[term] for term in named])
    novel = sum([terms[term] for term in named if term not in sums])
    novelty = novel / named_weight if named_weight else 0.5
    missing = _missing(story, _ANCHORS, terms)
    anchors_missing = _missing(story, _FIRST_ANCHORS, terms)
    figure_shared, figures_differ = _figures(named, story)
    if novelty == missing == 1.0 and len(named) >= _SEVERAL and not figure_shared:
        return None  # every name differs: notices under one title, not reports of one event
    size = log(story.entries)
    values = (
        1.0,
        cosine,
        name_cosine / story.length,
        coverage / total,
        core_hit / core,
        novelty,
        missing,
        novelty * missing,
        anchors_missing,
        novelty * anchors_missing,
        figure_shared,
        figures_differ,
        size,
        cosine * size,
        min(len(products), _ENOUGH_SHARED) / _ENOUGH_SHARED,
        novelty * missing * min(size, 2.0),
        sqrt(cosine),
        novel / total,
    )
    ranked = sorted(products, key=lambda term: (-products[term], term))
    of_field = sum(value for term, value in products.items() if term[0] in "=@")
    return Measured(values, tuple(ranked), of_field / sum(products.values()))


def _missing(story: Profile, anchors: int, terms: Mapping[str, float]) -> float:
    """Return which share of the story's first so many anchors the entry leaves unnamed.

    Half where nobody is named; all of them where every entry names somebody else.
    """
    named = story.anchors[:anchors]
    total = sum([share for _, share in named])
    if not total:
        return 0.5 if story.entries < _SEVERAL or not story.named else 1.0
    return sum([share for term, share in named if term not in terms]) / total


def _figures(named: Sequence[str], story: Profile) -> tuple[float, float]:
    """Return whether a figure is shared, and whether both have figures but none in common."""
    figures = [term for term in named if term[0].isdigit()]
    if any(term in story.sums for term in figures):
        return 1.0, 0.0
    differ = figures and any(term[0].isdigit() for term in story.named)
    return 0.0, 1.0 if differ else 0.0
