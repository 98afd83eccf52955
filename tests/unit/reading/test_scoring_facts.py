import json
from datetime import date

import pytest

from bot.domain.reading import Action, DeadlineFact, DeadlineKind, TariffFact
from bot.errors import InvalidInputError
from bot.reading import scoring_facts
from bot.reading.scoring import Counts


def line(**fields: object) -> str:
    row: dict[str, object] = {
        "id": "1",
        "lang": "en",
        "published": "2026-10-12",
        "text": "t",
        "expect": [],
    }
    return json.dumps({**row, **fields})


def deadline(kind: DeadlineKind, day: date) -> DeadlineFact:
    return DeadlineFact(kind=kind, date=day, text="t", confidence=0.9)


def test_deadlines_count_days_kinds_and_negatives() -> None:
    """A right day of the wrong kind counts for the day only; a fact on a negative is a firing."""
    labels = scoring_facts.deadline_labels(
        [
            line(expect=[{"kind": "hearing", "date": "2026-11-01"}]),
            "",
            line(id="2"),
        ]
    )
    score = scoring_facts.score_deadlines(
        labels, lambda _: [deadline(DeadlineKind.COMMENT, date(2026, 11, 1))]
    )
    assert score.by_part["date"] == Counts(right=1, extra=1)
    assert score.total == Counts(right=0, extra=2, missed=1)
    assert score.by_part["hearing"] == Counts(missed=1)
    assert (score.negatives, score.fired, score.fired_rate) == (1, 1, 1.0)
    assert [failure.label.id for failure in score.failures] == ["1", "2"]


def test_tariffs_count_fields_of_the_likest_facts() -> None:
    """Facts are paired by likeness; values of one left over are made up."""
    expected = {
        "action": "raised",
        "rate_pct": 50,
        "imposer": "US",
        "targets": ["CA"],
        "effective_date": "2026-11-01",
    }
    labels = scoring_facts.tariff_labels([line(expect=[expected]), line(id="2", expect=[expected])])
    facts = [
        TariffFact(action=Action.LOWERED, rate_pct=1.0, text="t"),
        TariffFact(
            action=Action.RAISED,
            rate_pct=50.0,
            imposer="US",
            targets=("CA",),
            effective_date=date(2026, 11, 1),
            text="t",
        ),
    ]
    score = scoring_facts.score_tariffs(labels, lambda label: facts if label.id == "1" else [])
    assert score.total == Counts(right=5, extra=2, missed=5)
    assert score.by_part["rate_pct"] == Counts(right=1, extra=1, missed=1)
    assert score.by_lang["en"] == score.total
    assert score.fired_rate == 0.0


def test_register_counts_both_fields() -> None:
    """A wrong day is made up and missed at once; both empty is neither."""
    row = {
        "document_number": "9",
        "publication_date": "2026-10-12",
        "dates": "d",
        "comments_close_on": "2026-11-01",
        "effective_on": None,
    }
    labels = scoring_facts.register_labels([json.dumps(row)])
    score = scoring_facts.score_register(labels, lambda _: (date(2026, 11, 2), None))
    assert score.comments_close_on == Counts(right=0, extra=1, missed=1)
    assert score.effective_on == Counts()
    assert [(f.field, f.found) for f in score.failures] == [
        ("comments_close_on", date(2026, 11, 2))
    ]


@pytest.mark.parametrize(
    "bad",
    [
        "{",
        "[]",
        line(published="soon"),
        line(published=None),
        line(lang="xx"),
        line(expect="no"),
        '{"published": "2026-10-12"}',
        line(expect=[{"kind": "hearing"}]),
    ],
)
def test_bad_lines_are_named(bad: str) -> None:
    """A line that cannot be used is refused with its number."""
    with pytest.raises(InvalidInputError, match="line 2"):
        scoring_facts.deadline_labels([line(), bad])


def test_parts_stand_in_the_same_order_at_every_run() -> None:
    """A report can be compared with an earlier one line by line: the day first, then by name."""
    fields = {"action": "raised", "rate_pct": 50, "imposer": "US", "effective_date": "2026-11-01"}
    tariffs = scoring_facts.tariff_labels([line(expect=[fields | {"targets": ["CA"]}])])
    score = scoring_facts.score_tariffs(tariffs, lambda _: [])
    assert list(score.by_part) == ["action", "effective_date", "imposer", "rate_pct", "targets"]
    kinds = [{"kind": kind, "date": "2026-11-01"} for kind in ("review", "hearing", "expiry")]
    days = scoring_facts.score_deadlines(
        scoring_facts.deadline_labels([line(expect=kinds)]), lambda _: []
    )
    assert list(days.by_part) == ["date", "expiry", "hearing", "review"]
