"""What the inner rooms ask of the outer ones. Adapters import this room, never the reverse.

A Protocol stands here where two implementations exist (a platform and a fake, two databases) or
where the arrow of imports needs turning round (storage).
"""

from bot.ports.archive import Entries, Feeds, Stories
from bot.ports.digests import Digests
from bot.ports.installations import Installations, Requests
from bot.ports.marks import MarkQueries, Marks
from bot.ports.outbox import Alerts, Deliveries, Destinations, Subscriptions
from bot.ports.outside import Clock, Fetcher, Liveness, Notifier, Parser, Vault
from bot.ports.queries import Queries
from bot.ports.rows import AlertDraft, Ended, Known, Listener, NewEntry, Placement
from bot.ports.store import Audit, Outside, Store, UnitOfWork

__all__ = [
    "AlertDraft",
    "Alerts",
    "Audit",
    "Clock",
    "Deliveries",
    "Destinations",
    "Digests",
    "Ended",
    "Entries",
    "Feeds",
    "Fetcher",
    "Installations",
    "Known",
    "Listener",
    "Liveness",
    "MarkQueries",
    "Marks",
    "NewEntry",
    "Notifier",
    "Outside",
    "Parser",
    "Placement",
    "Queries",
    "Requests",
    "Store",
    "Stories",
    "Subscriptions",
    "UnitOfWork",
    "Vault",
]
