"""What the inner rooms ask of the outer ones. Adapters import this room, never the reverse.

A Protocol stands here where two implementations exist (a platform and a fake, two databases) or
where the arrow of imports needs turning round (storage).
"""

from bot.ports.outside import Clock, Fetcher, Liveness, Notifier, Parser, Vault
from bot.ports.queries import Queries
from bot.ports.rows import AlertDraft, Known, Listener, NewEntry, Placement
from bot.ports.store import (
    Alerts,
    Audit,
    Deliveries,
    Destinations,
    Entries,
    Feeds,
    Store,
    Stories,
    Subscriptions,
    UnitOfWork,
)

__all__ = [
    "AlertDraft",
    "Alerts",
    "Audit",
    "Clock",
    "Deliveries",
    "Destinations",
    "Entries",
    "Feeds",
    "Fetcher",
    "Known",
    "Listener",
    "Liveness",
    "NewEntry",
    "Notifier",
    "Parser",
    "Placement",
    "Queries",
    "Store",
    "Stories",
    "Subscriptions",
    "UnitOfWork",
    "Vault",
]
