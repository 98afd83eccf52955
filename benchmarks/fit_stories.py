"""Fit the weights of `bot/stories/similarity.py`, and show how they do on events they never saw.

    PYTHONPATH=. .venv/bin/python benchmarks/fit_stories.py ../shared/eval/stories_dev.jsonl

The file holds documents with `id`, `text` and gold `cluster`; what stands before ``_`` in a
cluster's name is its topic, and two clusters of one topic are like events. Documents are streamed
in random orders beside the gold stories so far; each comparison is an example. A document whose
story has not begun yet weighs more, because a wrong merge there costs a whole cluster. Held-out
topics (four folds) are then clustered in the order of the file.
"""

import json
import random
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import numpy as np

from bot.domain.ids import EntryId, StoryId
from bot.domain.reading import Lang, Reading
from bot.stories import fingerprint
from bot.stories.cluster import assign
from bot.stories.features import NAMES, measured, shared
from bot.stories.fingerprint import Fingerprint
from bot.stories.index import StoryIndex
from bot.stories.profile import Profile, Sought
from bot.stories.scoring import b_cubed
from bot.stories.stream import entry_of

ORDERS = 6
FOLDS = 4
UNBEGUN, OTHER, EARLY, LATER = 6.0, 0.3, 2.0, 1.0
RIDGE = 80.0
"""Tight: the examples of one topic are alike, and other topics are what counts."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Labelled:
    """A document's fingerprint and its gold cluster."""

    mark: Fingerprint
    cluster: str

    @property
    def topic(self) -> str:
        """What its cluster and the like one have in common."""
        return self.cluster.partition("_")[0]


def main() -> None:
    """Print the weights fitted on everything, and the scores of folds that were held out."""
    labelled = loaded(Path(sys.argv[1]))
    for name, weight in zip(NAMES, fitted(labelled), strict=True):
        print(f"    {weight:.2f},  # {name}")
    scores = [held_out(labelled, seed) for seed in (7, 8, 9)]
    print(f"held out, B³ precision, recall, F: {np.mean(scores, axis=0).round(3).tolist()}")


def loaded(path: Path) -> list[Labelled]:
    """Read the labelled documents."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    now = datetime(2000, 1, 1, tzinfo=UTC)
    reading = Reading(lang=Lang.EN)
    return [
        Labelled(
            mark=fingerprint.of(entry_of(row, number), reading, now),
            cluster=row["cluster"],
        )
        for number, row in enumerate(rows)
    ]


def fitted(labelled: Sequence[Labelled]) -> np.ndarray:
    """Return the weights of a ridge logistic regression over the examples."""
    examples = [example for seed in range(ORDERS) for example in streamed(labelled, seed)]
    values = np.array([example[0] for example in examples])
    same = np.array([example[1] for example in examples], float)
    importance = np.array([example[2] for example in examples])
    mean, spread = values.mean(0), values.std(0)
    mean[0], spread[0] = 0.0, 1.0
    scaled = (values - mean) / np.where(spread == 0, 1.0, spread)
    weights = np.zeros(scaled.shape[1])
    for _ in range(60):
        odds = 1 / (1 + np.exp(-scaled @ weights))
        slope = scaled.T @ (importance * (odds - same)) + RIDGE * weights
        bend = (scaled * (importance * odds * (1 - odds))[:, None]).T @ scaled
        weights -= np.linalg.solve(bend + RIDGE * np.eye(len(weights)), slope)
    unscaled = weights / np.where(spread == 0, 1.0, spread)
    unscaled[0] = weights[0] - (unscaled[1:] * mean[1:]).sum()
    return unscaled


def streamed(
    labelled: Sequence[Labelled], seed: int
) -> Iterator[tuple[tuple[float, ...], bool, float]]:
    """Yield measured values, whether it is the document's own story, and how much that matters."""
    order = list(labelled)
    random.Random(seed).shuffle(order)
    stories: dict[str, Profile] = {}
    for one in order:
        begun = one.cluster in stories
        sought = Sought(one.mark)
        for cluster, story in stories.items():
            products = shared(sought, story)
            found = measured(sought, story, products) if products else None
            if found is None:
                continue
            same = cluster == one.cluster
            wrong = OTHER if begun else UNBEGUN
            right = EARLY if story.entries <= 2 else LATER
            yield found.values, same, right if same else wrong
        stories.setdefault(one.cluster, Profile()).add(one.mark)


def held_out(labelled: Sequence[Labelled], seed: int) -> list[float]:
    """Return mean precision, recall and F over folds of topics left out of the fit."""
    topics = sorted({one.topic for one in labelled})
    random.Random(seed).shuffle(topics)
    scores = []
    for fold in range(FOLDS):
        unseen = set(topics[fold::FOLDS])
        weights = fitted([one for one in labelled if one.topic not in unseen])
        test = [one for one in labelled if one.topic in unseen]
        scores.append(clustered(test, tuple(float(weight) for weight in weights)))
    return np.mean(scores, axis=0).tolist()


def clustered(test: Sequence[Labelled], weights: tuple[float, ...]) -> tuple[float, float, float]:
    """Score the product's own clustering with other weights, ten minutes between documents."""
    index, found = StoryIndex(), []
    for number, one in enumerate(test, start=1):
        mark = replace(one.mark, at=one.mark.at + number * timedelta(minutes=10))
        story = assign(mark, index, owner=None, now=mark.at, weights=weights).story_id
        found.append(StoryId(number) if story is None else story)
        index.add(EntryId(number), found[-1], None, mark, mark.at)
    score = b_cubed([one.cluster for one in test], found)
    return score.precision, score.recall, score.f


if __name__ == "__main__":
    main()
