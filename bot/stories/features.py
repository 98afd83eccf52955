"""What is measured between an entry and a story, before anything is decided."""

from collections.abc import Mapping, Sequence
from math import log, sqrt
from typing import NamedTuple

from bot.stories.profile import Profile, Sought

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


class Measured(NamedTuple):
    """The values, and what they were found from."""

    values: tuple[float, ...]
    products: dict[str, float]
    """What each shared term adds to the likeness."""
    field_share: float
    """The share of the likeness that words of the trade and countries make up, 0-1."""

    def common(self) -> list[str]:
        """Return the shared terms from the weightiest on."""
        return sorted(self.products, key=lambda term: (-self.products[term], term))


def apart(likest: float, entries: int) -> bool:
    """Whether a story is surely too unlike, by the cosine of the likest of so many entries.

    Together they are at most so much likelier than the likest alone: all weights are positive.
    """
    return likest * sqrt(entries) < _SURELY * LEAST_COSINE


def shared(sought: Sought, story: Profile) -> dict[str, float]:
    """Return what each shared term adds to the likeness; nothing where that is next to nothing."""
    sums = story.sums
    products = {term: weight * sums[term] for term, weight in sought.terms.items() if term in sums}
    told = len(products) - len([term for term in sought.nations if term in products])
    if told < LEAST_SHARED or sum(products.values()) / story.length < LEAST_COSINE:
        return {}
    return products


def measured(sought: Sought, story: Profile, products: dict[str, float]) -> Measured | None:
    """Measure what an entry and a story share; None where they are notices under one title."""
    terms, sums, named, counts = sought.terms, story.sums, story.named, story.counts
    novel = sum([terms[term] for term in sought.names if term not in sums])
    novelty = novel / sought.named_weight if sought.named_weight else 0.5
    missing = _missing(story, _ANCHORS, terms)
    figure_shared, figures_differ = _figures(sought.figures, story)
    if novelty == missing == 1.0 and len(sought.names) >= _SEVERAL and not figure_shared:
        return None  # every name differs: notices under one title, not reports of one event
    anchors_missing = _missing(story, _FIRST_ANCHORS, terms)
    likeness = sum(products.values())
    cosine = likeness / story.length
    mine = sought.named
    of_names = sum([value for term, value in products.items() if term in mine or term in named])
    coverage = sum([terms[term] * counts[term] for term in products]) / story.entries
    core_hit = sum([weight for term, weight in story.core if term in terms])
    size = log(story.entries)
    values = (
        1.0,
        cosine,
        of_names / story.length,
        coverage / sought.total,
        core_hit / story.core_weight,
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
        novel / sought.total,
    )
    field = sought.field
    of_field = sum([value for term, value in products.items() if term in field])
    return Measured(values, products, of_field / likeness)


def nobody_named(sought: Sought, story: Profile) -> bool:
    """Whether a story of several entries names nobody, and the entry several that it leaves out."""
    return (
        story.entries >= _SEVERAL
        and not story.named
        and len(sought.names) >= _SEVERAL
        and story.sums.keys().isdisjoint(sought.named)
    )


def _missing(story: Profile, anchors: int, terms: Mapping[str, float]) -> float:
    """Return which share of the story's first so many anchors the entry leaves unnamed.

    Half where nobody is named; all of them where every entry names somebody else.
    """
    named = story.anchors[:anchors]
    total = sum([share for _, share in named])
    if not total:
        return 0.5 if story.entries < _SEVERAL or not story.named else 1.0
    return sum([share for term, share in named if term not in terms]) / total


def _figures(figures: Sequence[str], story: Profile) -> tuple[float, float]:
    """Return whether a figure is shared, and whether both have figures but none in common."""
    if not figures:
        return 0.0, 0.0
    if not story.sums.keys().isdisjoint(figures):
        return 1.0, 0.0
    return 0.0, 1.0 if story.figures else 0.0
