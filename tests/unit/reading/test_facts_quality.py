"""Holds the figures of deadlines, tariff facts and Federal Register dates from falling."""

import os
from collections.abc import Iterable
from pathlib import Path

import pytest

from bot.reading import deadlines, federal_register, scoring_facts, tariffs

EVAL = Path("tests/data/eval")
SHARED = Path(os.environ.get("SHARED_EVAL", "../shared/eval"))


def lines(path: Path) -> Iterable[str]:
    return path.read_text(encoding="utf-8").splitlines()


def score_deadlines(path: Path) -> scoring_facts.FactScore:
    return scoring_facts.score_deadlines(
        scoring_facts.deadline_labels(lines(path)),
        lambda label: deadlines.read(label.text, published=label.published, lang=label.lang),
    )


def score_tariffs(path: Path) -> scoring_facts.FactScore:
    return scoring_facts.score_tariffs(
        scoring_facts.tariff_labels(lines(path)),
        lambda label: tariffs.read(label.text, published=label.published, lang=label.lang),
    )


def shared(name: str) -> Path:
    path = SHARED / name
    if not path.exists():
        pytest.skip(f"the shared labelled file {name} is not on this machine")
    return path


def test_own_deadlines_keep_their_figures() -> None:
    """Dates, kinds and silence on negatives stay at what was reached on our own sentences."""
    score = score_deadlines(EVAL / "deadlines.jsonl")
    assert score.by_part["date"].f1 >= 0.98
    assert score.total.f1 >= 0.98
    assert score.fired_rate <= 0.03


@pytest.mark.parametrize("lang", ["en", "es", "fr"])
def test_own_deadlines_are_as_good_in_every_language(lang: str) -> None:
    """No language lags behind the others."""
    assert score_deadlines(EVAL / "deadlines.jsonl").by_lang[lang].f1 >= 0.97


def test_own_tariffs_keep_their_figures() -> None:
    """Every scored field of tariff facts stays at what was reached on our own sentences."""
    score = score_tariffs(EVAL / "tariffs.jsonl")
    assert score.total.f1 >= 0.97
    assert score.fired_rate <= 0.03
    for field in ("action", "rate_pct", "imposer", "targets", "effective_date"):
        assert score.by_part[field].f1 >= 0.95, field


def test_own_files_are_as_large_as_promised() -> None:
    """There are at least 120 deadline and 100 tariff sentences, a fifth of them negatives."""
    for name, least in (("deadlines.jsonl", 120), ("tariffs.jsonl", 100)):
        sentences = list(lines(EVAL / name))
        assert len(sentences) >= least
        assert sum('"expect": []' in sentence for sentence in sentences) >= len(sentences) / 5


def test_shared_deadlines() -> None:
    """The shared development sentences are read as labelled."""
    score = score_deadlines(shared("deadlines_dev.jsonl"))
    assert score.by_part["date"].f1 >= 0.97
    assert score.total.f1 >= 0.95
    assert score.fired == 0


def test_shared_tariffs() -> None:
    """The shared development sentences give the labelled fields."""
    score = score_tariffs(shared("tariffs_dev.jsonl"))
    assert score.total.f1 >= 0.95
    assert score.fired == 0


def test_shared_federal_register_documents() -> None:
    """Real DATES paragraphs give the Federal Register's own two fields."""
    labels = scoring_facts.register_labels(lines(shared("federal_register_dev.jsonl")))
    score = scoring_facts.score_register(
        labels, lambda label: federal_register.read(label.dates, published=label.published)
    )
    assert score.comments_close_on.f1 >= 0.96
    assert score.effective_on.f1 >= 0.97
