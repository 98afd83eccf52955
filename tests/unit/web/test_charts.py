import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from bot.web.charts import bars, steps
from bot.web.today import volume
from tests.fakes.views import view

DAY = dt.date(2026, 11, 20)


@given(st.lists(st.integers(0, 10**6), max_size=40), st.none() | st.floats(0, 10**6))
def test_bars_stay_inside(values: list[int], usual: float | None) -> None:
    """Whatever the figures are, no bar and no line leaves the chart."""
    chart = bars([(str(place), value) for place, value in enumerate(values)], usual)
    for bar in chart.bars:
        assert 0 <= bar.x <= bar.x + bar.width <= chart.width + 1
        assert 0 <= bar.y <= bar.y + bar.height <= chart.base + 1
    assert chart.usual is None or 0 <= chart.usual <= chart.base
    assert [bar.now for bar in chart.bars] == [False] * (len(values) - 1) + [True] * bool(values)


def test_a_rate_holds_until_the_next_one() -> None:
    """The line rises from nothing at its first day and runs level to the next and to the end."""
    chart = steps(
        [("US → CA", [(DAY, 25.0), (DAY + dt.timedelta(days=10), 50.0)])],
        since=DAY - dt.timedelta(days=10),
        until=DAY + dt.timedelta(days=20),
        on=DAY,
    )
    (line,) = chart.lines
    assert line.path.count("V") == 2
    assert line.path.startswith("M")
    assert line.path.endswith("H988.0")
    assert [said for _, _, said in line.dots] == [
        "US → CA: 25 % (2026-11-20)",
        "US → CA: 50 % (2026-11-30)",
    ]
    assert chart.now == line.dots[0][0]
    assert [tick.text for tick in chart.rates] == ["0 %", "15 %", "30 %", "45 %", "60 %"]


def test_the_usual_is_the_middle_of_the_days_before() -> None:
    """Today does not count, nor do days before the bot was there; the same stands in words."""
    days = {DAY: 3, DAY - dt.timedelta(days=1): 10, DAY - dt.timedelta(days=3): 20}
    shown = volume(days, DAY, view())
    assert "3 entries since midnight" in shown.text
    assert "has 10 (the middle of the 3 days before)" in shown.text
    assert shown.chart.bars[-1].text == "20 Nov 2026: 3"


def test_without_earlier_days_nothing_is_usual() -> None:
    """The first day has nothing to be compared with, and says so."""
    shown = volume({DAY: 3}, DAY, view("es"))
    assert shown.chart.usual is None
    assert "Aún no hay días anteriores" in shown.text
