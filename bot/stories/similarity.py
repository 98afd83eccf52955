"""How like an entry is to a story, and what forbids that they are one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import exp, sqrt
from operator import mul
from typing import NamedTuple

from bot.domain.ids import StoryId
from bot.stories.features import (
    LEAST_SHARED,
    NAMES,
    Measured,
    apart,
    measured,
    nobody_named,
    shared,
)
from bot.stories.fingerprint import Fingerprint, wording_shared
from bot.stories.index import Gathered
from bot.stories.profile import Profile, Sought, names, vector
from bot.stories.terms import spelt

WEIGHTS = (
    -1.88,  # bias
    2.34,  # cosine
    -0.26,  # name_cosine
    1.32,  # coverage
    0.84,  # core_hit
    -0.57,  # novelty
    -0.35,  # missing
    -0.99,  # novel_and_missing
    0.12,  # anchors_missing
    -0.75,  # novel_and_anchors_missing
    1.40,  # figure_shared
    -0.14,  # figures_differ
    -0.35,  # size
    0.19,  # cosine_by_size
    1.30,  # shared
    -0.36,  # contrast_by_size
    2.77,  # root_cosine
    -2.89,  # novel_share
)
"""Log odds for `features.NAMES`, fitted by ``benchmarks/fit_stories.py`` on labelled general news."""
_NOVELTY = NAMES.index("novelty")
_NOVEL_AND_MISSING = NAMES.index("novel_and_missing")

_LEAST = ((1, -2.0), (3, -1.5), (6, -0.5))
"""Up to so many entries, the log odds an entry needs; more entries draw a sharper picture."""
_LEAST_FOR_MANY = 0.0
_SAME_WORDING = 0.5
"""The share of equal shingles from which two texts are copies with small edits."""
_SAME_LINK_COSINE = 0.25
"""Less in common under one link: a landing page that shows something else each time."""
_LOOK_ALIKE_COSINE = 0.3
"""So like in wording, and another rate, product or country: the same sentence about another act."""

_OTHER_NAMES = 0.5
"""The share of its names that are new, from which an entry may be a refilled sentence."""
_REFILLED = 0.7
"""The likeness of the words that are no names, from which it is one."""

_DIFFERS = -6.0
_SAME_RATE = 1.0
_SAME_PRODUCT = 0.5
_OTHER_LANGUAGE = 0.5
"""Two languages share names, figures and the lexicon only: what they share counts more."""
_FIELD = -6.0
"""Words that all entries of this field use say little where the names are different."""
_TWO_WORDS = -3.0
"""Small notices about an office and a room share two everyday words by chance."""
_OTHER_MATTER = -3.0
"""A tariff and a labor panel on one industry of one country are two events, however few words."""
_STEPS = ("=preliminary", "=final")
_DAY = timedelta(days=1)
_A_DAY_OF_SILENCE = -0.5
"""Events are told in bursts: the longer nobody told a story, the likelier an entry is another's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How like: 0 to 1, and from 0.5 on one event; with the evidence in words."""

    story_id: StoryId | None = None
    """The story; None where all are too far."""
    score: float = 0.0
    evidence: str = ""
    """``same link``, ``same text``, ``CA, 25 %, steel in common``."""


class _Rough(NamedTuple):
    """A story that an entry may belong to; in the order in which one is preferred to another."""

    score: float
    older: int
    """Of two equally like stories the older one: the one with the lower number."""
    odds: float
    evidence: str
    """Empty where it must still be told in words."""
    story: Gathered
    drawn: Profile | None
    found: Measured | None
    contrast: Sequence[str] = ()


def nearest(
    sought: Sought, stories: Sequence[tuple[Gathered, float]], weights: Sequence[float] = WEIGHTS
) -> Likeness:
    """Return the story likest to an entry among some, each with its rough likeness.

    `weights` are for `NAMES`. What takes longest to find is asked of the likest first, and of no
    other once one has passed.
    """
    rough = [_rough(sought, story, likest, weights) for story, likest in stories]
    for near in sorted(filter(None, rough), reverse=True):
        if near.odds < 0 or near.found is None or not _refilled(sought, near.story, near.found):
            return Likeness(
                story_id=near.story.story_id,
                score=near.score,
                evidence=near.evidence or _why(sought.mark, near),
            )
    return Likeness()


def _rough(
    sought: Sought, story: Gathered, likest: float, weights: Sequence[float]
) -> _Rough | None:
    """Compare an entry with everything a story's entries say; None where they are no one event."""
    if story.has_text(sought.mark.text):
        return _sure(story, 1.0, "same text")
    if story.small and apart(likest, len(story.entries)):
        return None
    drawn = story.profile()
    products = shared(sought, drawn)
    if not products or (story.small and nobody_named(sought, drawn)):
        return None
    return _compared(sought, story, drawn, products, weights)


def _compared(
    sought: Sought,
    story: Gathered,
    drawn: Profile,
    products: dict[str, float],
    weights: Sequence[float],
) -> _Rough | None:
    """Compare an entry with a story that shares these terms; the cheapest refusals come first."""
    mark = sought.mark
    contrast = _contrast(mark, drawn)
    if _other_step(sought, drawn):
        contrast.append("step")
    cosine = sum(products.values()) / drawn.length
    if contrast and cosine > _LOOK_ALIKE_COSINE:
        return None
    found = measured(sought, drawn, products)
    if found is None:
        return None
    if not contrast and mark.broad == story.broad and (copied := _copied(sought, story, cosine)):
        return copied
    if mark.broad or story.broad:
        return None
    odds = sum(map(mul, weights, found.values))
    odds += _headline_odds(mark, drawn, found) + _DIFFERS * len(contrast) - _least(drawn.entries)
    odds += _OTHER_MATTER if _other_matter(mark, story) else 0.0
    odds += _A_DAY_OF_SILENCE * story.silent_for(mark.at) / _DAY
    odds += _TWO_WORDS if _by_two_words(sought, found) else 0.0
    score = 1 / (1 + exp(-max(-30.0, min(30.0, odds))))
    return _Rough(score, -story.story_id, odds, "", story, drawn, found, contrast)


def _sure(story: Gathered, score: float, evidence: str) -> _Rough:
    return _Rough(score, -story.story_id, 0.0, evidence, story, None, None)


def _by_two_words(sought: Sought, found: Measured) -> bool:
    """Whether all that is shared is two words, neither of them a name or a figure."""
    if len(found.products) > LEAST_SHARED + len(sought.nations):
        return False
    told = [term for term in found.products if term[0] != "@"]
    return len(told) <= LEAST_SHARED and sought.named.isdisjoint(told)


def _other_matter(mark: Fingerprint, story: Gathered) -> bool:
    """Whether both are about something, and about nothing together."""
    if not mark.matters:
        return False
    told = {matter for other in story.shown() for matter in other.matters}
    return bool(told) and told.isdisjoint(mark.matters)


def _other_step(sought: Sought, story: Profile) -> bool:
    """Whether one is about a preliminary finding alone, and the other about a final one alone."""
    mine = [step for step in _STEPS if step in sought.terms]
    theirs = [step for step in _STEPS if step in story.sums]
    return len(mine) == len(theirs) == 1 and mine != theirs


def _copied(sought: Sought, story: Gathered, cosine: float) -> _Rough | None:
    """Return a page seen before, or a text with small edits."""
    mark = sought.mark
    if cosine >= _SAME_LINK_COSINE and story.has_url(mark.url):
        return _sure(story, 1.0, "same link")
    for other in story.shown():
        if wording_shared(mark.sketch, other.sketch) >= _SAME_WORDING:
            return _sure(story, 0.99, "nearly the same text")
    return None


def _refilled(sought: Sought, story: Gathered, found: Measured) -> bool:
    """Whether an entry is some entry's sentence over again, with other names and figures."""
    if found.values[_NOVELTY] < _OTHER_NAMES:
        return False
    lang = sought.mark.lang
    return any(other.lang == lang and _exchanged(sought, other) for other in story.shown())


def _exchanged(sought: Sought, other: Fingerprint) -> bool:
    terms, mine = sought.terms, sought.named
    if len(mine.difference(other.terms)) < 2:
        return False
    theirs = set(names(other))
    if len(theirs.difference(terms)) < 2:
        return False
    named = mine | theirs
    plain = {term: weight for term, weight in terms.items() if term not in named}
    plains = {term: weight for term, weight in vector(other).items() if term not in named}
    lengths = sqrt(sum([w * w for w in plain.values()]) * sum([w * w for w in plains.values()]))
    shared_by = [weight * plains[term] for term, weight in plain.items() if term in plains]
    return sum(shared_by) > _REFILLED * lengths


def _least(entries: int) -> float:
    return next((least for most, least in _LEAST if entries <= most), _LEAST_FOR_MANY)


def _contrast(mark: Fingerprint, story: Profile) -> list[str]:
    """Return what both lead with and differ in: rate, product, country, target or imposer."""
    differ = [
        what
        for what, mine, theirs in (
            ("rate", mark.rates, story.rates),
            ("product", mark.products, story.products),
            ("target", mark.targets, story.targets),
            ("imposer", (mark.imposer,) if mark.imposer else (), story.imposers),
        )
        if mine and theirs and theirs.keys().isdisjoint(mine)
    ]
    named = set(mark.countries)
    theirs = {country for country, told in story.countries.items() if 2 * told >= story.entries}
    of_trade = bool(differ or mark.rates or mark.products)
    if of_trade and named - story.countries.keys() and theirs - named:
        differ.append("country")
    return differ


def _headline_odds(mark: Fingerprint, story: Profile, found: Measured) -> float:
    odds = _FIELD * found.field_share * found.values[_NOVEL_AND_MISSING]
    if mark.lang not in story.langs:
        odds += _OTHER_LANGUAGE
    if set(mark.rates) & story.rates.keys():
        odds += _SAME_RATE
    if set(mark.products) & story.products.keys():
        odds += _SAME_PRODUCT
    return odds


def _why(mark: Fingerprint, near: _Rough) -> str:
    """Return in words what an entry shares with a story, or what forbids that they are one."""
    story, found = near.drawn, near.found
    if story is None or found is None:
        return near.evidence
    if near.contrast and near.odds < 0:
        return f"another {near.contrast[0]}"
    common = found.common()
    words = [code for code in mark.countries if code in story.countries]
    words += [f"{rate:g} %" for rate in mark.rates if rate in story.rates]
    words += [product.replace("_", " ") for product in mark.products if product in story.products]
    words += [spelt(term) for term in common if term[0] not in "@=" and term[-1] != "%"]
    words += [term[1:] for term in common if term[0] == "="]
    return f"{', '.join(list(dict.fromkeys(words))[:6])} in common"
