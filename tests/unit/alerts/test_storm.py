import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.alerts.storm import CAPACITY, bulletin
from bot.domain.digest import Weather


@pytest.mark.parametrize(
    ("weather", "limit", "subject"),
    [
        (Weather(), 8, None),
        (Weather(recent=7), 8, None),
        (Weather(recent=8), 8, "bulletin:5"),
        (Weather(recent=5, bulletin="bulletin:1", held=3), 8, "bulletin:1"),
        (Weather(recent=4, bulletin="bulletin:1", held=3), 8, None),
        (Weather(recent=20, bulletin="bulletin:1", held=CAPACITY), 8, "bulletin:5"),
        (Weather(recent=500), 0, None),
        (Weather(recent=0), 1, None),
        (Weather(recent=1), 1, "bulletin:5"),
    ],
)
def test_when_alerts_fold(weather, limit, subject):
    """From the limit on, until there are no more than half as many; a full bulletin is followed."""
    assert bulletin(weather, limit, 5) == subject


@given(st.integers(1, 50), st.lists(st.integers(0, 400), min_size=1, max_size=120))
def test_no_more_than_the_limit_stand_alone(limit, gaps):
    """However alerts fall, in no ten minutes do more than the limit come by themselves."""
    now, alone, folded = 0, [], []
    for number, gap in enumerate(gaps):
        now += gap
        recent_folds = [at for at, _ in folded if at > now - 600]
        recent = len(recent_folds) + sum(at > now - 600 for at in alone)
        last = next((name for at, name in reversed(folded) if at > now - 600), None)
        held = sum(name == last for _, name in folded)
        subject = bulletin(Weather(recent=recent, bulletin=last, held=held), limit, number)
        if subject is None:
            alone.append(now)
        else:
            folded.append((now, subject))
    assert len(alone) + len(folded) == len(gaps)
    for at in alone:
        assert sum(at - 600 < other <= at for other in alone) <= limit
