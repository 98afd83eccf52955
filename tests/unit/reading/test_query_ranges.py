"""Days and rates as few names: a name for each value in a range, none for those outside."""

import datetime as dt

from hypothesis import given
from hypothesis import strategies as st

from bot.reading.query_ranges import day_names, days_between, rate_names, rates_between

DAYS = st.dates(dt.date(1905, 1, 1), dt.date(2190, 1, 1))
NEAR = st.dates(dt.date(1989, 6, 1), dt.date(2070, 6, 1))
BOUNDS = st.none() | NEAR | DAYS


def named(day: dt.date) -> set[str]:
    return set(day_names(dt.datetime.combine(day, dt.time(12), dt.UTC)))


@given(day=NEAR | DAYS, since=BOUNDS, before=BOUNDS)
def test_a_day_has_a_name_of_a_range_where_it_lies_in_it(day, since, before):
    """Between 1990 and 2069 that is exact; earlier and later days share a name."""
    inside = (since is None or day >= since) and (before is None or day < before)
    shares = not named(day).isdisjoint(days_between(since, before))
    assert shares or not inside
    if 1990 <= day.year < 2070:
        assert shares == inside


def test_a_long_range_has_few_names():
    """Whole years and months have one name each."""
    names = days_between(dt.date(2025, 11, 29), dt.date(2028, 2, 2))
    assert names == (
        *("day20251129", "day20251130", "month202512", "year2026", "year2027"),
        *("month202801", "day20280201"),
    )
    assert len(days_between(dt.date(1990, 1, 2), dt.date(2069, 12, 31))) < 170


def test_a_range_without_a_day_has_a_name_that_none_has():
    """Nothing is found by it."""
    assert days_between(dt.date(2026, 2, 1), dt.date(2026, 1, 1)) == ("daynone",)


RATES = st.floats(-50, 5000) | st.integers(0, 120).map(float)


@given(rate=RATES, low=st.none() | RATES, high=st.none() | RATES)
def test_every_rate_of_a_range_has_one_of_its_names(rate, low, high):
    """What a range names may be more, never less."""
    inside = (low is None or rate >= low) and (high is None or rate <= high)
    shares = not set(rate_names(rate)).isdisjoint(rates_between(low, high))
    assert shares or not inside


def test_a_range_of_rates_names_whole_tens():
    """One per cent by one per cent at its ends only."""
    assert rates_between(18, 41) == ("of18", "of19", "ten2", "ten3", "of40", "of41")
    assert rates_between(None, 9.5) == ("beyond", "ten0")
    assert rates_between(250, None) == ("beyond",)
    assert rate_names(float("inf")) == ("beyond",)
