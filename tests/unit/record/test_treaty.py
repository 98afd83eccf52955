import datetime as dt

import pytest

from bot.record.timeline import Confidence, Fact, Outcome, Review, Source, Timeline, Treaty
from bot.record.treaty import Phase, later, standing


def day(text: str) -> dt.date:
    return dt.date.fromisoformat(text)


def fact(date: str, text: str = "It happened.") -> Fact:
    return Fact(
        date=day(date),
        text=text,
        source=Source(name="Gazette", url="https://example.com"),
        confidence=Confidence.VERIFIED,
    )


def review(date: str, outcome: Outcome, term_ends: str | None = None) -> Review:
    return Review(
        fact=fact(date, f"Review of {date}"),
        outcome=outcome,
        term_ends=day(term_ends) if term_ends else None,
    )


def timeline(*reviews: Review) -> Timeline:
    return Timeline(
        as_of=day("2026-10-08"),
        treaty=Treaty(
            name="T",
            in_force=fact("2020-07-01"),
            term_ends=fact("2036-07-01"),
            years_to_review=6,
            years_without_extension=1,
            clause=fact("2020-07-01", "Article 34.7"),
            reviews=reviews,
        ),
    )


REFUSED = review("2026-07-01", Outcome.NOT_EXTENDED)
NEXT = review("2027-07-01", Outcome.SCHEDULED)


def test_after_a_review_without_extension_annual_reviews_run() -> None:
    """The phase, the next review, and the rows it all rests on."""
    now = standing(timeline(REFUSED, NEXT), day("2026-11-22"))
    assert now.phase is Phase.ANNUAL_REVIEWS
    assert now.text == "annual reviews run since the 2026-07-01 joint review without extension"
    assert now.since == day("2026-07-01")
    assert (now.in_force_since, now.term_ends) == (day("2020-07-01"), day("2036-07-01"))
    assert now.next_review == day("2027-07-01")
    assert now.as_of == day("2026-10-08")
    assert [row.text for row in now.facts] == [
        "It happened.", "Review of 2026-07-01", "Review of 2027-07-01", "It happened.",
        "Article 34.7",
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("today", "phase", "next_review"),
    [
        ("2020-06-30", Phase.NOT_IN_FORCE, "2026-07-01"),
        ("2020-07-01", Phase.BEFORE_FIRST_REVIEW, "2026-07-01"),
        ("2026-06-30", Phase.BEFORE_FIRST_REVIEW, "2026-07-01"),
        ("2026-07-01", Phase.ANNUAL_REVIEWS, "2027-07-01"),
        ("2027-07-01", Phase.ANNUAL_REVIEWS, "2027-07-01"),
        ("2027-07-02", Phase.OUTCOME_UNKNOWN, "2028-07-01"),
        ("2030-01-01", Phase.OUTCOME_UNKNOWN, "2030-07-01"),
        ("2036-06-30", Phase.OUTCOME_UNKNOWN, "2036-07-01"),
        ("2036-07-01", Phase.ENDED, None),
        ("2050-01-01", Phase.ENDED, None),
    ],
)
def test_the_phase_follows_from_the_rows_on_any_day(today, phase, next_review) -> None:
    """The same rows, read on other days: nothing is tied to one year."""
    now = standing(timeline(REFUSED, NEXT), day(today))
    assert now.phase is phase
    assert now.next_review == (day(next_review) if next_review else None)


def test_the_rule_gives_the_first_review_where_no_row_does() -> None:
    """Six years after entry into force, without any row about reviews."""
    now = standing(timeline(), day("2025-01-01"))
    assert now.phase is Phase.BEFORE_FIRST_REVIEW
    assert now.next_review == day("2026-07-01")
    assert now.text == "in force since 2020-07-01, before its first joint review"


def test_a_first_review_that_nobody_recorded_is_said_to_be_unknown() -> None:
    """The bot does not guess how a review ended."""
    now = standing(timeline(), day("2026-08-01"))
    assert now.phase is Phase.OUTCOME_UNKNOWN
    assert now.text == "the record does not hold the outcome of the joint review due on 2026-07-01"
    assert now.next_review == day("2027-07-01")


def test_an_extension_moves_the_term_and_the_next_review() -> None:
    """All three confirmed: sixteen more years, and six to the next review."""
    extended = review("2027-07-01", Outcome.EXTENDED, "2043-07-01")
    now = standing(timeline(REFUSED, extended), day("2028-01-01"))
    assert now.phase is Phase.EXTENDED
    assert now.text == "extended to 2043-07-01 by the joint review of 2027-07-01"
    assert now.term_ends == day("2043-07-01")
    assert now.next_review == day("2033-07-01")
    assert day("2036-07-01") not in [row.date for row in now.facts]


def test_a_run_of_refusals_is_dated_from_its_first() -> None:
    """The second annual review without extension does not restart the phase; an extension does."""
    again = review("2027-07-01", Outcome.NOT_EXTENDED)
    now = standing(timeline(again, REFUSED), day("2027-09-01"))
    assert now.since == day("2026-07-01")
    assert now.next_review == day("2028-07-01")
    extended = review("2028-07-01", Outcome.EXTENDED, "2044-07-01")
    refused = review("2034-07-01", Outcome.NOT_EXTENDED)
    now = standing(timeline(REFUSED, extended, refused), day("2035-01-01"))
    assert now.since == day("2034-07-01")
    assert now.next_review == day("2035-07-01")


def test_a_review_moved_to_another_day_is_taken_from_its_row() -> None:
    """A scheduled row wins over the rule."""
    now = standing(timeline(REFUSED, review("2027-05-10", Outcome.SCHEDULED)), day("2026-12-01"))
    assert now.next_review == day("2027-05-10")


def test_later_rows_count_when_one_was_missed() -> None:
    """Where an outcome is missing and a later review has a row, that row gives the next date."""
    rows = timeline(REFUSED, NEXT, review("2028-06-15", Outcome.SCHEDULED))
    assert standing(rows, day("2027-12-01")).next_review == day("2028-06-15")


def test_no_review_is_due_after_the_end_of_the_term() -> None:
    """The last year of a term has no next review beyond it."""
    last = review("2036-06-01", Outcome.NOT_EXTENDED)
    now = standing(timeline(REFUSED, last), day("2036-06-15"))
    assert now.phase is Phase.ANNUAL_REVIEWS
    assert now.next_review is None


def test_the_29th_of_february_has_a_later_day() -> None:
    """A year without it gives 1 March."""
    assert later(day("2028-02-29"), 1) == day("2029-03-01")
    assert later(day("2028-02-29"), 4) == day("2032-02-29")
