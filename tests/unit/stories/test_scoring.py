import pytest

from bot.stories.scoring import b_cubed


def test_a_perfect_clustering_scores_one_whatever_its_names():
    """Only who stands together counts."""
    assert b_cubed(["a", "a", "b"], [1, 1, 2]).f == 1


def test_merging_costs_precision_and_splitting_recall():
    """The textbook cases: all in one, and each alone."""
    merged = b_cubed(["a", "a", "b", "b"], [1, 1, 1, 1])
    assert (merged.precision, merged.recall) == (0.5, 1)
    split = b_cubed(["a", "a", "b", "b"], [1, 2, 3, 4])
    assert (split.precision, split.recall) == (1, 0.5)
    assert split.f == pytest.approx(2 / 3)


def test_no_documents_are_no_mistake():
    """Nothing to cluster is clustered rightly."""
    assert b_cubed([], []).f == 1


def test_lists_of_different_length_are_refused():
    """A missing answer is a mistake of the caller."""
    with pytest.raises(ValueError, match="2 gold"):
        b_cubed(["a", "b"], [1])
