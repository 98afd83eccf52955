"""What becomes of a delivery whose attempt failed. Pure; chance is passed in."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.domain.alert import DeliveryState
from bot.errors import (
    DeliveryError,
    PermanentDeliveryError,
    TemporaryDeliveryError,
    UnclearDeliveryError,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class RetryPolicy:
    """How long and how often a send is tried again."""

    first_wait: timedelta = timedelta(seconds=5)
    longest_wait: timedelta = timedelta(minutes=15)
    give_up_after: timedelta = timedelta(days=2)
    """Measured from the first attempt."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Fate:
    """The state a failed attempt leads to, and when the next one may be."""

    state: DeliveryState
    due_at: datetime | None = None
    hold_until: datetime | None = None
    """Nothing else is sent to the destination before it: the platform asked for a rest."""
    breaks_destination: bool = False
    reason: str = ""


def after_failure(
    error: DeliveryError,
    *,
    attempts: int,
    first_attempt_at: datetime,
    now: datetime,
    policy: RetryPolicy,
    chance: float,
) -> Fate:
    """Return what to record; `chance` is a uniform number from 0 to 1."""
    reason = str(error)
    if isinstance(error, UnclearDeliveryError):
        return Fate(state=DeliveryState.UNKNOWN, due_at=now, reason=reason)
    if isinstance(error, PermanentDeliveryError):
        return Fate(
            # the destination may be mended: what it was to get waits for that
            state=DeliveryState.RETRY if error.destination_lost else DeliveryState.DEAD,
            due_at=now,
            breaks_destination=error.destination_lost,
            reason=reason,
        )
    if now - first_attempt_at >= policy.give_up_after:
        return Fate(state=DeliveryState.DEAD, reason=f"gave up after {attempts} attempts: {reason}")
    asked = error.retry_after if isinstance(error, TemporaryDeliveryError) else None
    if asked is not None:
        until = now + timedelta(seconds=asked)
        return Fate(state=DeliveryState.RETRY, due_at=until, hold_until=until, reason=reason)
    wait = back_off(attempts, policy=policy, chance=chance)
    return Fate(state=DeliveryState.RETRY, due_at=now + wait, reason=reason)


def back_off(attempts: int, *, policy: RetryPolicy, chance: float) -> timedelta:
    """Return the wait after `attempts` failures: doubling, spread over its upper half by chance."""
    doubled = (
        policy.first_wait * (2 ** min(attempts - 1, 20)) if attempts > 0 else policy.first_wait
    )
    return min(doubled, policy.longest_wait) * (0.5 + 0.5 * chance)
