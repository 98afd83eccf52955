"""Where the treaty stands on a day: its phase, its term, and the next joint review.

Everything follows from the rows of the timeline and the treaty's own rule (Article 34.7): a joint
review some years after entry into force; where all parties confirm, the term runs longer and the
next review is as many years away; where they do not, they meet again every year. No year is written
here, so that next year's rows give next year's answer.
"""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum

from bot.record.timeline import Fact, Outcome, Review, Timeline, Treaty


class Phase(StrEnum):
    """The treaty's phases."""

    NOT_IN_FORCE = "not_in_force"
    BEFORE_FIRST_REVIEW = "before_first_review"
    ANNUAL_REVIEWS = "annual_reviews"
    EXTENDED = "extended"
    OUTCOME_UNKNOWN = "outcome_unknown"
    """A review's day has passed and the record does not know how it ended."""
    ENDED = "ended"


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """The treaty on a day."""

    phase: Phase
    text: str
    """The phase in a sentence."""
    since: dt.date | None
    """When the phase began, where it did."""
    in_force_since: dt.date
    term_ends: dt.date
    next_review: dt.date | None
    """None once the term has ended."""
    as_of: dt.date
    """The day of the newest checked row: what happened later is not in the record."""
    facts: tuple[Fact, ...]
    """The rows the answer rests on."""


def standing(timeline: Timeline, today: dt.date) -> Standing:
    """Return where the treaty stands on `today`."""
    treaty = timeline.treaty
    held = _held(treaty, today)
    ends = _term_end(treaty, held)
    due = _due(treaty, held)
    phase, since, text = _phase(treaty, held, due, ends, today)
    upcoming = None if phase is Phase.ENDED else _next_review(treaty, due, today)
    if upcoming is not None and upcoming > ends:
        upcoming = None
    return Standing(
        phase=phase,
        text=text,
        since=since,
        in_force_since=treaty.in_force.date,
        term_ends=ends,
        next_review=upcoming,
        as_of=timeline.as_of,
        facts=_facts(treaty, held, upcoming, ends),
    )


def _held(treaty: Treaty, today: dt.date) -> tuple[Review, ...]:
    """Return the reviews that the record knows the outcome of, oldest first."""
    known = [
        review
        for review in treaty.reviews
        if review.outcome is not Outcome.SCHEDULED and review.fact.date <= today
    ]
    return tuple(sorted(known, key=lambda review: review.fact.date))


def _term_end(treaty: Treaty, held: tuple[Review, ...]) -> dt.date:
    ends = [review.term_ends for review in held if review.term_ends is not None]
    return max([treaty.term_ends.date, *ends])


def _due(treaty: Treaty, held: tuple[Review, ...]) -> dt.date:
    """Return when the review after those held is due: a row's date, or by the treaty's rule."""
    last = held[-1] if held else None
    start = last.fact.date if last is not None else treaty.in_force.date
    listed = [row.fact.date for row in treaty.reviews if row not in held and row.fact.date > start]
    return min(listed) if listed else later(start, _gap(treaty, last))


def _gap(treaty: Treaty, last: Review | None) -> int:
    if last is not None and last.outcome is Outcome.NOT_EXTENDED:
        return treaty.years_without_extension
    return treaty.years_to_review


def _next_review(treaty: Treaty, due: dt.date, today: dt.date) -> dt.date:
    """Return the first review on or after today; a missed row is followed by the yearly rule."""
    if due >= today:
        return due
    listed = [r.fact.date for r in treaty.reviews if r.fact.date >= today]
    if listed:
        return min(listed)
    years = 0
    while (found := later(due, years)) < today:
        years += treaty.years_without_extension
    return found


def _phase(
    treaty: Treaty, held: tuple[Review, ...], due: dt.date, ends: dt.date, today: dt.date
) -> tuple[Phase, dt.date | None, str]:
    start = treaty.in_force.date
    if today < start:
        return Phase.NOT_IN_FORCE, None, f"not in force before {start}"
    if today >= ends:
        return Phase.ENDED, ends, f"the term ended on {ends}"
    if due < today:
        text = f"the record does not hold the outcome of the joint review due on {due}"
        return Phase.OUTCOME_UNKNOWN, due, text
    if not held:
        text = f"in force since {start}, before its first joint review"
        return Phase.BEFORE_FIRST_REVIEW, start, text
    last = held[-1]
    if last.outcome is Outcome.EXTENDED:
        text = f"extended to {ends} by the joint review of {last.fact.date}"
        return Phase.EXTENDED, last.fact.date, text
    since = _refused_since(held)
    text = f"annual reviews run since the {since} joint review without extension"
    return Phase.ANNUAL_REVIEWS, since, text


def _refused_since(held: tuple[Review, ...]) -> dt.date:
    """Return the first of the unbroken run of reviews without extension."""
    since = held[-1].fact.date
    for review in reversed(held):
        if review.outcome is not Outcome.NOT_EXTENDED:
            break
        since = review.fact.date
    return since


def _facts(
    treaty: Treaty, held: tuple[Review, ...], upcoming: dt.date | None, ends: dt.date
) -> tuple[Fact, ...]:
    next_rows = [review.fact for review in treaty.reviews if review.fact.date == upcoming]
    last = [held[-1].fact] if held else []
    term = [treaty.term_ends] if treaty.term_ends.date == ends else []
    return (treaty.in_force, *last, *next_rows, *term, treaty.clause)


def later(day: dt.date, years: int) -> dt.date:
    """Return the same day `years` later; 29 February becomes 1 March where there is none."""
    try:
        return day.replace(year=day.year + years)
    except ValueError:
        return dt.date(day.year + years, 3, 1)
