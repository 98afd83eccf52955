import csv
import datetime as dt
import io
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.ledger import LedgerRow, Trust
from bot.domain.message import Link
from bot.domain.reading import Action
from bot.record.ledger import courses, ledger
from bot.web.deadlines import month_of
from bot.web.signing import own_path
from bot.web.tariffs import Wanted, chart_of, matrix_of, table_of
from tests.fakes.views import view

DAY = dt.date(2026, 11, 20)
ROW = LedgerRow(
    trust=Trust.RECORD,
    action=Action.IMPOSED,
    imposer="US",
    targets=("CA",),
    products=("steel",),
    authority="Section 232",
    rate=25.0,
    said_on=dt.date(2025, 3, 1),
    effective=dt.date(2025, 3, 12),
    text="A duty of 25 % on steel.",
    source=Link(text="Gazette (sample)", url="https://example.com/1"),
)
ANY = Wanted(on=DAY, country=None, topic=None, imposer=None, target=None)


def test_the_matrix_shows_the_highest_rate_of_each_two() -> None:
    """Parties first, everybody last; a country that levies nothing on another has an empty cell."""
    rows = [
        ROW,
        replace(ROW, products=("aluminum",), rate=50.0),
        replace(ROW, targets=("CN",), rate=10.0),
        replace(ROW, targets=(), products=("copper",), rate=5.0),
        replace(ROW, imposer="CA", targets=("US",)),
    ]
    matrix = matrix_of(ledger(rows, on=DAY, reported_for=dt.timedelta(days=90)).in_force)
    assert matrix.targets == ("US", "CA", "CN", "*")
    assert [imposer for imposer, _ in matrix.lines] == ["US", "CA"]
    cells = {cell.target: cell for cell in matrix.lines[0][1]}
    assert (cells["CA"].rate, cells["CA"].rows, cells["CA"].heat) == ("50 %", 2, 3)
    assert (cells["US"].rate, cells["US"].heat) == ("", 0)


def test_products_that_went_the_same_way_are_one_line() -> None:
    """Steel and aluminum under one act are named together, and the chart is told in words."""
    raised = replace(ROW, products=("steel", "aluminum"), action=Action.RAISED, rate=50.0)
    rows = [
        replace(ROW, products=("steel", "aluminum")),
        replace(raised, effective=dt.date(2026, 6, 4)),
    ]
    chart = chart_of(courses(rows), ANY, view())
    assert chart is not None
    assert chart.texts == (
        "US → CA, steel, aluminum, Section 232: 25 % (12 Mar 2025); 50 % (4 Jun 2026)",
    )
    assert chart_of(courses(rows), replace(ANY, imposer="MX"), view()) is None


@given(st.text(max_size=40))
def test_no_cell_is_a_formula(text: str) -> None:
    """A spreadsheet that opens the table runs nothing of what a source wrote."""
    found = ledger([replace(ROW, text=text)], on=DAY, reported_for=dt.timedelta(days=90))
    rows = list(csv.DictReader(io.StringIO(table_of(found), newline="")))
    assert rows[0]["rate_pct"] == "25"
    assert not rows[0]["text"].startswith(("=", "+", "-", "@", "\t", "\r"))


def test_a_month_has_whole_weeks() -> None:
    """From a Monday to a Sunday; the days of other months are marked, today too."""
    month = month_of(dt.date(2026, 11, 1), [], view("fr"))
    days = [day for week in month.weeks for day in week]
    assert month.title == "novembre 2026"
    assert days[0].date.weekday() == 0
    assert len(days) % 7 == 0
    assert [day.date for day in days if day.today] == [DAY]
    assert sum(day.inside for day in days) == 30
    assert (month.previous, month.next) == ("2026-10", "2026-12")


@pytest.mark.parametrize(
    "text",
    [
        "https://evil.example",
        "//evil.example",
        "/\\evil.example",
        "evil",
        "",
        "/a\nb",
        "//[",
        "http://[x]/",
        "/" + "x" * 3_000,
    ],
)
def test_signing_in_leads_nowhere_else(text: str) -> None:
    """After signing in a browser goes on to these pages only."""
    assert own_path(text) == "/"
    assert own_path("/story/3?lang=es") == "/story/3?lang=es"
