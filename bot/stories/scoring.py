"""B³ precision, recall and F of a clustering (Bagga and Baldwin, 1998)."""

from collections import Counter
from collections.abc import Hashable, Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class BCubed:
    """Means over all documents, each 0-1."""

    precision: float
    recall: float

    @property
    def f(self) -> float:
        """The harmonic mean of precision and recall."""
        both = self.precision + self.recall
        return 2 * self.precision * self.recall / both if both else 0.0


def b_cubed(gold: Sequence[Hashable], found: Sequence[Hashable]) -> BCubed:
    """Score a clustering: `gold` and `found` hold each document's cluster, in the same order.

    Raises ValueError where the two differ in length. Without documents everything is 1.
    """
    if len(gold) != len(found):
        raise ValueError(f"{len(gold)} gold clusters for {len(found)} found ones")
    if not gold:
        return BCubed(precision=1.0, recall=1.0)
    right, told = Counter(gold), Counter(found)
    both = Counter(zip(gold, found, strict=True))
    precision = sum(n * n / told[f] for (_, f), n in both.items()) / len(gold)
    recall = sum(n * n / right[g] for (g, _), n in both.items()) / len(gold)
    return BCubed(precision=precision, recall=recall)
