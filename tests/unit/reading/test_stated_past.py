"""Days that are over are read where a start or an end is stated with its year."""

from datetime import date

import pytest

from bot.domain.reading import DeadlineKind
from bot.reading import deadlines

DAY = date(2026, 10, 14)


@pytest.mark.parametrize(
    ("text", "kind", "day"),
    [
        ("The order took effect on October 1, 2026.", DeadlineKind.EFFECTIVE, date(2026, 10, 1)),
        ("The rule took effect today.", DeadlineKind.EFFECTIVE, DAY),
        ("El cupo surtió efectos el 1 de octubre de 2026.", DeadlineKind.EFFECTIVE, date(2026, 10, 1)),
        ("La règle a pris effet le 1er octobre 2026.", DeadlineKind.EFFECTIVE, date(2026, 10, 1)),
        ("Comments were due October 2, 2026.", DeadlineKind.COMMENT, date(2026, 10, 2)),
        ("The tool exclusion expired on August 31, 2026.", DeadlineKind.EXPIRY, date(2026, 8, 31)),
        ("The pause on duties ended on August 31, 2026.", DeadlineKind.EXPIRY, date(2026, 8, 31)),
        ("The form became mandatory on October 1, 2026.", DeadlineKind.COMPLIANCE, date(2026, 10, 1)),
    ],
)  # fmt: skip
def test_stated(text: str, kind: DeadlineKind, day: date) -> None:
    """A start is effective, the end of comments a comment deadline, a lapse an expiry."""
    (fact,) = deadlines.read(text, published=DAY)
    assert (fact.kind, fact.date) == (kind, day)


@pytest.mark.parametrize(
    "text",
    [
        "The treaty took effect on October 1, 2020.",
        "The order took effect on October 13, 2025.",
        "The smelter closed on September 30, 2026.",
        "The talks ended on October 2, 2026.",
        "The tariffs were announced on October 2, 2026.",
    ],
)
def test_history(text: str) -> None:
    """What is older than a year, or no start and no end of a measure, is history."""
    assert deadlines.read(text, published=DAY) == ()
