"""How like an entry is to a story, and what forbids that they are one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from math import exp, sqrt
from operator import mul

from bot.stories.features import LEAST_SHARED, NAMES, Measured, apart, measured
from bot.stories.fingerprint import Fingerprint, wording_shared
from bot.stories.index import Gathered
from bot.stories.profile import Profile, names, vector

WEIGHTS = (
    -4.33,  # bias
    5.86,  # cosine
    -0.83,  # name_cosine
    -2.15,  # coverage
    -1.81,  # core_hit
    0.78,  # novelty
    0.01,  # missing
    -2.05,  # novel_and_missing
    0.95,  # anchors_missing
    -1.48,  # novel_and_anchors_missing
    1.98,  # figure_shared
    -0.08,  # figures_differ
    -0.58,  # size
    0.01,  # cosine_by_size
    1.37,  # shared
    -0.67,  # contrast_by_size
    7.88,  # root_cosine
    -4.3,  # novel_share
)
"""Log odds for `features.NAMES`, fitted by ``benchmarks/fit_stories.py`` on labelled general news."""
_COSINE = NAMES.index("cosine")
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
_DAY = timedelta(days=1)
_A_DAY_OF_SILENCE = -0.5
"""Events are told in bursts: the longer nobody told a story, the likelier an entry is another's."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Likeness:
    """How like: 0 to 1, and from 0.5 on one event; with the evidence in words."""

    score: float
    evidence: str = ""
    """``same link``, ``same text``, ``CA, 25 %, steel in common``; or why it is none."""


def likeness(mark: Fingerprint, story: Gathered, weights: Sequence[float] = WEIGHTS) -> Likeness:
    """Compare an entry with everything a story's entries say; `weights` are for `NAMES`."""
    if story.has_text(mark.text):
        return Likeness(score=1.0, evidence="same text")
    far = story.small and apart(mark, story.entries.values())
    drawn = None if far else story.profile()
    if drawn is None or (found := measured(mark, drawn)) is None:
        return Likeness(score=0.0, evidence="next to nothing in common")
    contrast = _contrast(mark, drawn)
    if not contrast and mark.broad == story.broad and (copied := _copied(mark, story, found)):
        return copied
    if refused := _refused(mark, story, found, contrast):
        return Likeness(score=0.0, evidence=refused)
    odds = sum(map(mul, weights, found.values))
    odds += _headline_odds(mark, drawn, found) + _DIFFERS * len(contrast) - _least(drawn.entries)
    odds += _OTHER_MATTER if _other_matter(mark, story) else 0.0
    odds += _A_DAY_OF_SILENCE * story.silent_for(mark.at) / _DAY
    odds += _TWO_WORDS if _by_two_words(mark, found) else 0.0
    if odds >= 0 and _refilled(mark, story, found):  # last, because it takes longest
        return Likeness(score=0.0, evidence="the same sentence with other names")
    why = f"another {contrast[0]}" if contrast and odds < 0 else _evidence(mark, drawn, found)
    return Likeness(score=1 / (1 + exp(-max(-30.0, min(30.0, odds)))), evidence=why)


def _by_two_words(mark: Fingerprint, found: Measured) -> bool:
    """Whether all that is shared is two words, neither of them a name or a figure."""
    shared = [term for term in found.common if term[0] != "@"]
    return len(shared) <= LEAST_SHARED and set(shared).isdisjoint(names(mark))


def _other_matter(mark: Fingerprint, story: Gathered) -> bool:
    """Whether both are about something, and about nothing together."""
    told = {matter for other in story.shown() for matter in other.matters}
    return bool(mark.matters and told) and told.isdisjoint(mark.matters)


def _refused(mark: Fingerprint, story: Gathered, found: Measured, contrast: list[str]) -> str:
    """Return why they cannot be one event however like they are; empty where they can."""
    if contrast and found.values[_COSINE] > _LOOK_ALIKE_COSINE:
        return f"alike, but another {contrast[0]}"
    return "about many events" if mark.broad or story.broad else ""


def _copied(mark: Fingerprint, story: Gathered, found: Measured) -> Likeness | None:
    """Return the likeness of a page seen before, or of a text with small edits."""
    if found.values[_COSINE] >= _SAME_LINK_COSINE and story.has_url(mark.url):
        return Likeness(score=1.0, evidence="same link")
    if any(wording_shared(mark.sketch, other.sketch) >= _SAME_WORDING for other in story.shown()):
        return Likeness(score=0.99, evidence="nearly the same text")
    return None


def _refilled(mark: Fingerprint, story: Gathered, found: Measured) -> bool:
    """Whether an entry is some entry's sentence over again, with other names and figures."""
    if found.values[_NOVELTY] < _OTHER_NAMES:
        return False
    return any(other.lang == mark.lang and _exchanged(mark, other) for other in story.shown())


def _exchanged(one: Fingerprint, other: Fingerprint) -> bool:
    terms, others = vector(one), vector(other)
    mine, theirs = set(names(one)), set(names(other))
    if len(mine - others.keys()) < 2 or len(theirs - terms.keys()) < 2:
        return False
    named = mine | theirs
    plain = {term: weight for term, weight in terms.items() if term not in named}
    plains = {term: weight for term, weight in others.items() if term not in named}
    lengths = sqrt(sum(w * w for w in plain.values()) * sum(w * w for w in plains.values()))
    shared = sum(weight * plains[term] for term, weight in plain.items() if term in plains)
    return shared > _REFILLED * lengths


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


def _evidence(mark: Fingerprint, story: Profile, found: Measured) -> str:
    words = [code for code in mark.countries if code in story.countries]
    words += [f"{rate:g} %" for rate in mark.rates if rate in story.rates]
    words += [product.replace("_", " ") for product in mark.products if product in story.products]
    words += [term for term in found.common if term[0] not in "@=" and term[-1] != "%"]
    words += [term[1:] for term in found.common if term[0] == "="]
    return f"{', '.join(list(dict.fromkeys(words))[:6])} in common"
