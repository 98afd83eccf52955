"""What goes out: places, what they asked for, alerts and deliveries."""

import sqlalchemy as sa

from bot.storage.tables.columns import Id, count, flag, metadata, moment, own_id, partial, ref, text

destinations = sa.Table(
    "destinations",
    metadata,
    own_id(),
    text("platform"),
    text("workspace"),
    text("channel"),
    text("state"),
    text("reason", nullable=True),
    text("zone"),
    text("locale"),
    text("origin"),
    flag("at_most_once"),
    moment("next_send_at", nullable=True),
    sa.Column("manners", sa.Text, nullable=False, server_default="{}"),
    text("settings_by", nullable=True),
    moment("paused_until", nullable=True),
    moment("next_reminder_at", nullable=True),
    sa.UniqueConstraint("platform", "workspace", "channel"),
)

subscriptions = sa.Table(
    "subscriptions",
    metadata,
    own_id(),
    ref("destination_id", "destinations.id"),
    text("topic", nullable=True),
    text("query", nullable=True),
    text("level"),
    text("grouping"),
    text("wish_key"),
    text("origin"),
    text("created_by"),
    moment("created_at"),
    sa.Column("rhythm", sa.Text, nullable=False, server_default="instant"),
    sa.Column("langs", sa.Text, nullable=False, server_default=""),
    sa.Column("sources", sa.Integer, nullable=False, server_default="1"),
    text("mention", nullable=True),
    sa.UniqueConstraint("destination_id", "wish_key"),
    sa.Index(None, "topic", "destination_id"),
)

alerts = sa.Table(
    "alerts",
    metadata,
    own_id(),
    ref("story_id", "stories.id"),
    ref("entry_id", "entries.id"),
    sa.Column("revision", sa.Integer, nullable=False),
    text("telling"),
    text("changes"),
    flag("broadcast"),
    flag("opens"),
    moment("created_at"),
    sa.Column("cursor", Id),
    flag("done"),
    sa.UniqueConstraint("story_id", "revision"),
    sa.Index("ix_alerts_waiting", "done", "id"),
    sa.Index(None, "entry_id"),  # deleting an entry asks for its alerts
)

deliveries = sa.Table(
    "deliveries",
    metadata,
    own_id(),
    ref("destination_id", "destinations.id"),
    # a delivery outlives the entry and the alert that brought it: it says who was told what
    sa.Column("alert_id", Id, sa.ForeignKey("alerts.id", ondelete="SET NULL")),
    text("key"),
    text("platform"),
    text("subject"),
    text("kind"),
    sa.Column("revision", sa.Integer, nullable=False),
    text("why"),
    text("notice", nullable=True),
    text("folds", nullable=True),  # further alerts that one waiting reply tells
    text("state"),
    count("attempts"),
    moment("first_attempt_at", nullable=True),
    moment("due_at"),
    moment("created_at"),
    moment("sent_at", nullable=True),
    text("receipt", nullable=True),
    text("error", nullable=True),
    flag("repeated"),
    text("lease_owner", nullable=True),
    moment("lease_until", nullable=True),
    moment("dropped_at", nullable=True),  # an operator wants it neither sent nor listed
    sa.UniqueConstraint("destination_id", "subject", "kind", "revision"),
    sa.Index("ix_deliveries_due", "state", "due_at"),
    # what a platform's claim takes, in its order, and what must go before; `due_at` so that what waits
    # for its time is passed over unread, and for the planner: see storage/delivery_order.py
    partial(
        "ix_deliveries_waiting",
        *("platform", "id", "due_at"),
        where="state IN ('pending', 'retry')",
    ),
    partial(
        "ix_deliveries_unfinished",
        *("destination_id", "id", "due_at"),
        where="state IN ('pending', 'retry', 'sending', 'unknown')",
    ),
    # fan-out looks whether a run of places has a story already; see storage/deliveries.py
    sa.Index(None, "subject", "kind", "destination_id"),
    sa.Index(None, "destination_id", "created_at"),  # what a place was told lately
    sa.Index(None, "alert_id"),  # deleting an alert asks for its deliveries
)

# Who was told what, sealed when it was told: each place's rows are a chain. No foreign keys: what
# was told stays told when the delivery is deleted. See seals.py.
seals = sa.Table(
    "seals",
    metadata,
    own_id(),
    sa.Column("destination_id", Id, nullable=False),
    sa.Column("number", Id, nullable=False),
    sa.Column("delivery_id", Id, nullable=False),
    moment("at"),
    text("record"),
    text("seal"),
    text("cut", nullable=True),  # seals that the chain begins here, its older rows deleted
    sa.UniqueConstraint("destination_id", "number"),
    sa.Index(None, "delivery_id"),
    sa.Index(None, "at"),
)

# One row for each batch of a fan-out in which places were stopped: a row for each place would be
# a hundred thousand for every alert. `notes` holds the destinations as differences.
fanout_notes = sa.Table(
    "fanout_notes",
    metadata,
    own_id(),
    ref("alert_id", "alerts.id"),
    sa.Column("upto", Id, nullable=False),
    text("notes"),
    sa.Index(None, "alert_id", "upto"),
)

outside_services = sa.Table(
    "outside_services",
    metadata,
    own_id(),
    text("kind"),
    text("name"),
    text("url"),  # sealed, as is the secret
    text("secret"),
    text("created_by"),
    moment("created_at"),
    sa.UniqueConstraint("kind", "name"),
)

digest_items = sa.Table(
    "digest_items",
    metadata,
    own_id(),
    ref("destination_id", "destinations.id"),
    ref("story_id", "stories.id"),
    # ending a subscription takes what it gathered along
    sa.Column(
        "subscription_id", Id, sa.ForeignKey("subscriptions.id", ondelete="CASCADE"), nullable=True
    ),
    sa.Column("alert_id", Id, sa.ForeignKey("alerts.id", ondelete="SET NULL"), nullable=True),
    text("subject"),
    text("gathering"),
    moment("due_at"),
    sa.Column("revision", sa.Integer, nullable=False),
    text("why"),
    moment("added_at"),
    text("told", nullable=True),
    sa.UniqueConstraint("destination_id", "subject", "gathering", "due_at"),
    sa.Index("ix_digest_items_due", "told", "due_at"),
    sa.Index(None, "story_id"),
    sa.Index(None, "subscription_id"),
    sa.Index(None, "alert_id"),
)
