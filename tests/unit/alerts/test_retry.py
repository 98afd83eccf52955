"""What becomes of a failed attempt."""

from datetime import timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.alerts.retry import Fate, RetryPolicy, after_failure, back_off
from bot.domain.alert import DeliveryState
from bot.errors import (
    DeliveryError,
    PermanentDeliveryError,
    TemporaryDeliveryError,
    UnclearDeliveryError,
)
from tests.samples import NOW

POLICY = RetryPolicy()


def fate(error: DeliveryError, *, attempts: int = 1, age: timedelta = timedelta(0)) -> Fate:
    return after_failure(
        error,
        attempts=attempts,
        first_attempt_at=NOW - age,
        now=NOW,
        policy=POLICY,
        chance=1.0,
    )


def test_the_type_of_the_error_decides() -> None:
    """Unclear is settled, lost breaks the destination, refused is dead, asked-to-wait waits."""
    assert fate(UnclearDeliveryError("x")).state is DeliveryState.UNKNOWN
    lost = fate(PermanentDeliveryError("archived"))
    assert (lost.state, lost.breaks_destination) == (DeliveryState.RETRY, True)
    refused = fate(PermanentDeliveryError("too long", destination_lost=False))
    assert (refused.state, refused.breaks_destination) == (DeliveryState.DEAD, False)
    asked = fate(TemporaryDeliveryError("slow", retry_after=40))
    assert asked.due_at == asked.hold_until == NOW + timedelta(seconds=40)


def test_it_gives_up_after_two_days_of_trying() -> None:
    """The reason names how often it was tried."""
    end = fate(TemporaryDeliveryError("no route"), attempts=7, age=timedelta(days=2))
    assert end.state is DeliveryState.DEAD
    assert end.reason == "gave up after 7 attempts: no route"


@given(st.integers(0, 10_000), st.floats(0, 1))
def test_the_wait_grows_within_its_bounds(attempts: int, chance: float) -> None:
    """Never shorter than half the first wait, never longer than the longest."""
    wait = back_off(attempts, policy=POLICY, chance=chance)
    assert POLICY.first_wait / 2 <= wait <= POLICY.longest_wait
    assert back_off(attempts + 1, policy=POLICY, chance=1) >= back_off(
        attempts, policy=POLICY, chance=1
    )
