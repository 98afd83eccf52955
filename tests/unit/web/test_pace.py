import pytest

from bot.web.pace import MOST_CLIENTS, Buckets, Pace


def test_a_burst_passes_and_more_waits() -> None:
    """Three at once, then one each two seconds; another client has a bucket of its own."""
    buckets = Buckets(Pace(burst=3, per_second=0.5))
    assert [buckets.wait("a", 0.0) for _ in range(3)] == [0, 0, 0]
    assert buckets.wait("a", 0.0) == pytest.approx(2.0)
    assert buckets.wait("b", 0.0) == 0
    assert buckets.wait("a", 1.0) == pytest.approx(1.0)
    assert buckets.wait("a", 2.0) == 0


def test_a_bucket_never_holds_more_than_its_burst() -> None:
    """Who was away for a day may not ask for a day's worth at once."""
    buckets = Buckets(Pace(burst=2, per_second=1))
    buckets.wait("a", 0.0)
    assert [buckets.wait("a", 86_400.0) for _ in range(3)] == [0, 0, 1]


def test_clients_are_forgotten_in_their_order() -> None:
    """However many addresses ask, so many are remembered: the one that asked longest ago goes first."""
    buckets = Buckets(Pace(burst=1, per_second=0))
    for number in range(MOST_CLIENTS + 1):
        buckets.wait(str(number), 0.0)
    assert buckets.wait("0", 0.0) == 0


def test_looking_takes_nothing() -> None:
    """Whether one would pass can be asked without taking it."""
    buckets = Buckets(Pace(burst=1, per_second=0.5))
    assert [buckets.wait("a", 0.0, take=False) for _ in range(3)] == [0, 0, 0]
    assert buckets.wait("a", 0.0) == 0
    assert buckets.wait("a", 0.0, take=False) == pytest.approx(2.0)
