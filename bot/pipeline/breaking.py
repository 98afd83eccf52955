"""A place that cannot be reached any more is set aside, and whoever subscribed it is told once.

refused for good ─► BROKEN, with what to mend ─► one notice to each who subscribed, in private
         │                                    └─► the operator's own to mend: the status
         └─► the log, once

Where the bot's own token is refused, every place breaks at once, nothing of ours arrives anywhere,
and nobody who subscribed can do anything about it.
"""

import re
from collections.abc import Iterable
from datetime import datetime

import structlog

from bot.alerts.broken import of_broken
from bot.domain.actor import Actor
from bot.domain.destination import Destination, DestinationState, Subscription
from bot.domain.feed import Origin
from bot.ports import UnitOfWork

_TOLD = 5
"""People who are told of one place: those who subscribed it first."""
_OPERATORS = re.compile(r"\b[A-Z]+(?:_[A-Z]+)*_(?:TOKEN|SECRET|KEYS?|URL)\b")
"""An environment variable, in a reason that says what to mend: only the operator can set it."""

log = structlog.get_logger()


async def break_place(uow: UnitOfWork, place: Destination, reason: str, now: datetime) -> int:
    """Set a place aside with the reason; returns how many notices were written.

    A place that was set aside before, or that a person paused meanwhile, brings no notice, and
    neither does a reason that names an environment variable.
    """
    current = await uow.destinations.get(place.id)
    if current is None or current.state is not DestinationState.ACTIVE:
        return 0
    await uow.destinations.set_state(place.id, DestinationState.BROKEN, reason)
    operators = _OPERATORS.search(reason) is not None
    said = log.error if operators else log.warning
    said("destination_broken", destination_id=place.id, to=str(place.address), reason=reason)
    if operators:
        return 0
    written = 0
    for person in _people(current, await uow.subscriptions.of(place.id)):
        private = await uow.destinations.ensure(
            person.private, origin=Origin.CHAT, zone=current.zone, locale=current.locale
        )
        if private.id == place.id:  # it is the private conversation itself that cannot be reached
            continue
        message = of_broken(
            current, reason, day=f"{now:%Y-%m-%d}", locale=private.locale, zone=private.zone
        )
        written += await uow.deliveries.enqueue_notice(private.id, message.subject, message, now)
    return written


def _people(place: Destination, subscriptions: Iterable[Subscription]) -> list[Actor]:
    """Who subscribed the place on its own platform, each once; not the configuration's rows."""
    address, found = place.address, dict[str, Actor]()
    for held in subscriptions:
        platform, _, user = held.created_by.partition(":")
        if platform == address.platform and user:
            found[user] = Actor(
                platform=address.platform,
                workspace=address.workspace,
                user=user,
                channel=address.channel,
            )
    return list(found.values())[:_TOLD]
