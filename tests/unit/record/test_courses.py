import datetime as dt
from dataclasses import replace

from bot.domain.ledger import LedgerRow, Trust
from bot.domain.message import Link
from bot.domain.reading import Action
from bot.record.ledger import ALL, courses

MARCH, JUNE, SEPTEMBER = dt.date(2026, 3, 1), dt.date(2026, 6, 1), dt.date(2026, 9, 1)
ROW = LedgerRow(
    trust=Trust.OFFICIAL,
    action=Action.IMPOSED,
    imposer="US",
    targets=("CA",),
    products=("Steel",),
    authority="Section 232 (Proclamation 1)",
    rate=25.0,
    said_on=MARCH,
    effective=MARCH,
    text="A duty of 25 %.",
    source=Link(text="Gazette (sample)"),
    topics=("steel",),
)


def test_a_raise_is_a_step() -> None:
    """Rows of one line follow each other, whatever act they name and in whatever order they came."""
    raised = replace(ROW, authority="Section 232", action=Action.RAISED, rate=50.0, effective=JUNE)
    (course,) = courses([raised, ROW])
    assert (course.imposer, course.target, course.product) == ("US", "CA", "Steel")
    assert course.family == "Section 232"
    assert course.points == ((MARCH, 25.0), (JUNE, 50.0))
    assert course.topics == {"steel"}


def test_a_suspension_is_nothing_from_its_day() -> None:
    """What it leaves out it speaks of whole; a later row begins the line again."""
    ends = replace(
        ROW, action=Action.SUSPENDED, rate=None, products=(), authority=None, effective=JUNE
    )
    again = replace(ROW, rate=10.0, effective=SEPTEMBER)
    (course,) = courses([ROW, ends, again])
    assert course.points == ((MARCH, 25.0), (JUNE, 0.0), (SEPTEMBER, 10.0))


def test_a_row_that_names_its_end_ends_there() -> None:
    """Also where another row begins later; one that begins before takes its place."""
    short = replace(ROW, ended=JUNE)
    later = replace(ROW, rate=10.0, effective=SEPTEMBER)
    assert courses([short])[0].points == ((MARCH, 25.0), (JUNE, 0.0))
    assert courses([short, later])[0].points == ((MARCH, 25.0), (JUNE, 0.0), (SEPTEMBER, 10.0))
    early = replace(ROW, rate=10.0, effective=dt.date(2026, 4, 1))
    assert courses([short, early])[0].points[1] == (dt.date(2026, 4, 1), 10.0)


def test_what_only_reports_is_no_step() -> None:
    """Neither what the press says, nor a rate without a day, nor an end of nothing."""
    reported = replace(ROW, trust=Trust.REPORTED)
    dayless = replace(ROW, action=Action.ANNOUNCED, effective=None)
    ends = replace(ROW, action=Action.REMOVED, rate=None)
    assert courses([reported, dayless, ends]) == []


def test_a_row_for_everybody_is_a_line_of_its_own() -> None:
    """Each target and product is a line; a row that names none is the line of all."""
    rows = [ROW, replace(ROW, targets=(), products=())]
    assert {(course.target, course.product) for course in courses(rows)} == {
        ("CA", "Steel"),
        (ALL, ALL),
    }
