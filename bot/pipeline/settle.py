"""What becomes of a send that nobody knows the end of.

unknown ─► ask the platform ─► sent | tried again with the same key
                 └─► cannot be asked: later, then repeated once and listed, or listed only
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from bot.alerts.retry import RetryPolicy, back_off
from bot.domain.alert import DeliveryKind, DeliveryState, Receipt
from bot.domain.destination import PlatformName
from bot.domain.views import Claimed
from bot.errors import (
    ConfigError,
    DeliveryError,
    PermanentDeliveryError,
    TemporaryDeliveryError,
    UnsettledError,
)
from bot.ports import Notifier


@dataclass(frozen=True, slots=True, kw_only=True)
class Ending:
    """What to record about an attempt."""

    state: DeliveryState
    receipt: Receipt | None = None
    due_at: datetime | None = None
    error: str | None = None
    repeated: bool = False
    breaks_destination: bool = False
    """Nothing can reach the destination until somebody mends it; it is asked about after that."""
    hold_until: datetime | None = None
    """Nothing else is sent to the destination before it: the platform asked for a rest."""
    announce: bool = False
    """The place is told that the send may not have arrived, because it is not repeated there."""


async def settle(
    claimed: Claimed,
    notifiers: Mapping[PlatformName, Notifier],
    *,
    now: datetime,
    policy: RetryPolicy,
    chance: Callable[[], float],
) -> Ending:
    """Ask the platform whether it took an unclear send, before any repeat."""
    delivery = claimed.delivery
    if delivery.draft.kind is DeliveryKind.EDIT:  # doing it twice does no harm
        return Ending(state=DeliveryState.RETRY, due_at=now, error=delivery.error)
    since = delivery.first_attempt_at or delivery.created_at
    reply = delivery.draft.kind is DeliveryKind.REPLY
    posted = claimed.posted.receipt if reply and claimed.posted else None
    try:
        receipt = await notifiers[delivery.platform].settle(
            claimed.destination.address, posted, key=delivery.key, since=since
        )
    except DeliveryError as error:
        return _unanswered(claimed, error, now, policy, chance())
    except ConfigError as error:  # no key opens the place's secret
        lost = PermanentDeliveryError(str(error))
        return _unanswered(claimed, lost, now, policy, chance())
    if receipt is not None:
        return Ending(state=DeliveryState.SENT, receipt=receipt)
    if now - since >= policy.give_up_after:
        reason = f"gave up after {delivery.attempts} attempts: it never arrived"
        return Ending(state=DeliveryState.DEAD, error=reason)
    # the first repeat follows at once, while Discord still knows the nonce
    again = back_off(delivery.attempts, policy=policy, chance=chance())
    due_at = now if delivery.attempts <= 1 else now + again
    return Ending(state=DeliveryState.RETRY, due_at=due_at, error="it had not arrived")


def _unanswered(
    claimed: Claimed, error: DeliveryError, now: datetime, policy: RetryPolicy, chance: float
) -> Ending:
    """Return what to do where the platform did not say whether it took the send."""
    age = now - (claimed.delivery.first_attempt_at or claimed.delivery.created_at)
    if isinstance(error, PermanentDeliveryError) and error.destination_lost:
        return Ending(
            state=DeliveryState.UNKNOWN, due_at=now, error=str(error), breaks_destination=True
        )
    never = isinstance(error, UnsettledError | PermanentDeliveryError)
    if never or age >= policy.give_up_after:
        return _give_in(claimed, str(error), now)
    wait = _wait(error, age, policy) * (0.75 + 0.5 * chance)
    return Ending(state=DeliveryState.UNKNOWN, due_at=now + wait, error=str(error))


def _wait(error: DeliveryError, age: timedelta, policy: RetryPolicy) -> timedelta:
    """Return when to ask again: when the platform says, else after as long as it took so far."""
    asked = error.retry_after if isinstance(error, TemporaryDeliveryError) else None
    if asked is not None:
        return timedelta(seconds=asked) / 0.75  # never earlier, whatever chance says
    return min(max(age, policy.first_wait), policy.longest_wait)


def _give_in(claimed: Claimed, reason: str, now: datetime) -> Ending:
    """End a send nobody can look up: repeated once and listed, or listed only."""
    if claimed.destination.at_most_once or claimed.delivery.repeated:
        error = f"it may or may not have arrived: {reason}"
        once = claimed.destination.at_most_once
        told = once and claimed.delivery.draft.kind is not DeliveryKind.NOTICE
        return Ending(state=DeliveryState.DEAD, error=error, announce=told)
    error = f"sent once more, because nobody could look whether it had arrived: {reason}"
    return Ending(state=DeliveryState.RETRY, due_at=now, error=error, repeated=True)
