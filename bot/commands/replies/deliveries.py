"""Deliveries as data, for operators."""

from bot.commands.replies.lines import Row
from bot.domain.alert import Delivery
from bot.domain.destination import Destination


def delivery_row(delivery: Delivery, destination: Destination) -> Row:
    """Return a delivery: where to, of what, and what became of it; nothing of its text."""
    draft, sent = delivery.draft, delivery.sent_at
    return {
        "kind": "delivery",
        "id": delivery.id,
        "to": str(destination.address),
        "subject": draft.subject,
        "sent_as": str(draft.kind),
        "revision": draft.revision,
        "state": str(delivery.state),
        "attempts": delivery.attempts,
        "created_at": delivery.created_at.isoformat(),
        "due_at": delivery.due_at.isoformat(),
        "sent_at": None if sent is None else sent.isoformat(),
        "wish": draft.why.wish,
        "error": delivery.error,
    }
