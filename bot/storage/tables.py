"""The tables. They are the truth: jobs, indexes in memory and messages are made from them."""

from datetime import UTC, datetime

import sqlalchemy as sa

metadata = sa.MetaData(
    naming_convention={
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "pk": "pk_%(table_name)s",
    }
)

Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")
"""SQLite gives row numbers to INTEGER keys only."""


class Moment(sa.types.TypeDecorator[datetime]):
    """An aware datetime, stored in UTC; naive ones are refused."""

    impl = sa.DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Turn to UTC; SQLite keeps no zone, so it gets none."""
        if value is None:
            return None
        if value.utcoffset() is None:
            raise ValueError(f"a stored moment must carry a time zone, got {value!r}")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    def process_result_value(self, value: datetime | None, dialect: sa.Dialect) -> datetime | None:
        """Give the zone back."""
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if dialect.name == "sqlite" else value.astimezone(UTC)


def _id() -> sa.Column[int]:
    return sa.Column("id", Id, primary_key=True, autoincrement=True)


def _ref(name: str, target: str) -> sa.Column[int]:
    return sa.Column(name, Id, sa.ForeignKey(target, ondelete="CASCADE"), nullable=False)


def _text(name: str, *, nullable: bool = False) -> sa.Column[str]:
    return sa.Column(name, sa.Text, nullable=nullable)


def _moment(name: str, *, nullable: bool = False) -> sa.Column[datetime]:
    return sa.Column(name, Moment, nullable=nullable)


def _count(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer, nullable=False, default=0)


def _flag(name: str) -> sa.Column[bool]:
    return sa.Column(name, sa.Boolean, nullable=False, default=False)


feeds = sa.Table(
    "feeds",
    metadata,
    _id(),
    _text("key"),
    _text("name"),
    _text("url"),  # sealed for a chat feed: people paste addresses with tokens in them
    _text("url_digest"),
    _text("lang"),
    _text("tier"),
    _text("kind"),
    sa.Column("asked_interval", sa.Integer),
    _text("owner", nullable=True),
    _text("origin"),
    _text("state"),
    _text("etag", nullable=True),
    _text("last_modified", nullable=True),
    _text("body_hash", nullable=True),
    _moment("next_poll_at"),
    _moment("not_before", nullable=True),
    sa.Column("interval", sa.Integer, nullable=False),
    _count("failures"),
    _moment("last_polled_at", nullable=True),
    _moment("last_success_at", nullable=True),
    _moment("last_entry_at", nullable=True),
    sa.Column("last_status", sa.Integer),
    _text("last_error", nullable=True),
    _text("redirect_url", nullable=True),
    _count("redirect_seen"),
    sa.Column("cadence", sa.Float),
    _text("hints"),
    _text("marks"),
    _text("lease_owner", nullable=True),
    _moment("lease_until", nullable=True),
    sa.Column("notify_destination_id", Id),  # no foreign key: SQLite would rebuild the table for it
    _text("watch", nullable=True),
    _text("warnings", nullable=True),
    _text("backlog", nullable=True),  # sealed for a chat feed, as its address is
    _moment("reconciled_at", nullable=True),
    sa.UniqueConstraint("origin", "key"),
    sa.Index("ix_feeds_due", "state", "next_poll_at"),
)

entries = sa.Table(
    "entries",
    metadata,
    _id(),
    _ref("feed_id", "feeds.id"),
    _text("owner", nullable=True),
    _text("guid"),
    _text("canonical_url"),
    _text("url", nullable=True),
    _text("title"),
    _text("summary"),
    _text("content"),
    _moment("published", nullable=True),
    _moment("updated", nullable=True),
    _text("lang", nullable=True),
    _text("source"),
    _text("tier"),
    _text("stated", nullable=True),
    _text("content_hash"),
    _moment("first_seen"),
    _flag("held"),
    _text("search_text"),
    sa.UniqueConstraint("feed_id", "guid"),
    sa.Index(None, "feed_id", "canonical_url"),
    sa.Index(None, "canonical_url"),
    sa.Index(None, "first_seen"),
)

held_polls = sa.Table(
    "held_polls",
    metadata,
    _id(),
    _ref("feed_id", "feeds.id"),
    sa.Column("first_entry", Id, nullable=False),
    sa.Column("last_entry", Id, nullable=False),
    _count("told"),
    _count("held"),
    _flag("first_poll"),
    _moment("at"),
)

missed_entries = sa.Table(
    "missed_entries",
    metadata,
    _id(),
    _ref("feed_id", "feeds.id"),
    _text("guid"),
    _text("title"),
    _text("url", nullable=True),
    _moment("published", nullable=True),
    _moment("found_at"),
    sa.UniqueConstraint("feed_id", "guid"),
    sa.Index(None, "found_at"),
)

# What is left of an entry that retention deleted: 64-bit digests of what it was known by, so that a
# feed that shows it for years brings nothing new. See retention.py.
forgotten_entries = sa.Table(
    "forgotten_entries",
    metadata,
    sa.Column("feed_id", Id, sa.ForeignKey("feeds.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("digest", sa.BigInteger, primary_key=True, autoincrement=False),
    sqlite_with_rowid=False,
)

entry_versions = sa.Table(
    "entry_versions",
    metadata,
    _id(),
    _ref("entry_id", "entries.id"),
    _text("title"),
    _text("summary"),
    _text("content"),
    _text("content_hash"),
    _moment("replaced_at"),
    sa.Index(None, "entry_id"),
)

readings = sa.Table(
    "readings",
    metadata,
    sa.Column("entry_id", Id, sa.ForeignKey("entries.id", ondelete="CASCADE"), primary_key=True),
    _text("reading"),
)

reading_topics = sa.Table(
    "reading_topics",
    metadata,
    sa.Column("entry_id", Id, sa.ForeignKey("entries.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("topic", sa.Text, primary_key=True),
    sa.Index(None, "topic", "entry_id"),
)

stories = sa.Table(
    "stories",
    metadata,
    _id(),
    _text("owner", nullable=True),
    sa.Column("revision", sa.Integer, nullable=False),
    _moment("first_seen"),
    _moment("updated_at"),
    _count("source_count"),
    _text("story"),
    sa.Index(None, "updated_at"),
)

story_topics = sa.Table(
    "story_topics",
    metadata,
    sa.Column("story_id", Id, sa.ForeignKey("stories.id", ondelete="CASCADE"), primary_key=True),
    sa.Column("topic", sa.Text, primary_key=True),
    sa.Index(None, "topic", "story_id"),
)

story_entries = sa.Table(
    "story_entries",
    metadata,
    sa.Column("entry_id", Id, sa.ForeignKey("entries.id", ondelete="CASCADE"), primary_key=True),
    _ref("story_id", "stories.id"),
    _text("owner", nullable=True),
    _moment("seen_at"),
    _text("fingerprint"),
    _text("joined"),
    sa.Index(None, "story_id"),
    sa.Index(None, "seen_at"),
)

# Append-only: what an entry said of a tariff stays said, also when the entry is deleted.
tariff_ledger = sa.Table(
    "tariff_ledger",
    metadata,
    _id(),
    sa.Column("entry_id", Id, sa.ForeignKey("entries.id", ondelete="SET NULL")),
    _text("owner", nullable=True),
    _text("digest"),
    _text("fact"),
    _text("topics"),
    _text("source"),
    _text("url", nullable=True),
    _text("tier"),
    sa.Column("said_on", sa.Date, nullable=False),
    _moment("first_seen"),
    sa.UniqueConstraint("entry_id", "digest"),
    sa.Index(None, "tier", "said_on"),
)

tariff_marks = sa.Table(
    "tariff_marks",
    metadata,
    _id(),
    _ref("row_id", "tariff_ledger.id"),
    _text("team"),
    _text("said"),
    _text("who"),
    _text("called"),
    _moment("at"),
    sa.UniqueConstraint("row_id", "team"),
)

destinations = sa.Table(
    "destinations",
    metadata,
    _id(),
    _text("platform"),
    _text("workspace"),
    _text("channel"),
    _text("state"),
    _text("reason", nullable=True),
    _text("zone"),
    _text("locale"),
    _text("origin"),
    _flag("at_most_once"),
    _moment("next_send_at", nullable=True),
    sa.Column("manners", sa.Text, nullable=False, server_default="{}"),
    _text("settings_by", nullable=True),
    _moment("paused_until", nullable=True),
    _moment("next_reminder_at", nullable=True),
    sa.UniqueConstraint("platform", "workspace", "channel"),
)

subscriptions = sa.Table(
    "subscriptions",
    metadata,
    _id(),
    _ref("destination_id", "destinations.id"),
    _text("topic", nullable=True),
    _text("query", nullable=True),
    _text("level"),
    _text("grouping"),
    _text("wish_key"),
    _text("origin"),
    _text("created_by"),
    _moment("created_at"),
    sa.Column("rhythm", sa.Text, nullable=False, server_default="instant"),
    sa.Column("langs", sa.Text, nullable=False, server_default=""),
    sa.Column("sources", sa.Integer, nullable=False, server_default="1"),
    _text("mention", nullable=True),
    sa.UniqueConstraint("destination_id", "wish_key"),
    sa.Index(None, "topic", "destination_id"),
)

alerts = sa.Table(
    "alerts",
    metadata,
    _id(),
    _ref("story_id", "stories.id"),
    _ref("entry_id", "entries.id"),
    sa.Column("revision", sa.Integer, nullable=False),
    _text("telling"),
    _text("changes"),
    _flag("broadcast"),
    _flag("opens"),
    _moment("created_at"),
    sa.Column("cursor", Id),
    _flag("done"),
    sa.UniqueConstraint("story_id", "revision"),
    sa.Index("ix_alerts_waiting", "done", "id"),
    sa.Index(None, "entry_id"),  # deleting an entry asks for its alerts
)

deliveries = sa.Table(
    "deliveries",
    metadata,
    _id(),
    _ref("destination_id", "destinations.id"),
    # a delivery outlives the entry and the alert that brought it: it says who was told what
    sa.Column("alert_id", Id, sa.ForeignKey("alerts.id", ondelete="SET NULL")),
    _text("key"),
    _text("platform"),
    _text("subject"),
    _text("kind"),
    sa.Column("revision", sa.Integer, nullable=False),
    _text("why"),
    _text("notice", nullable=True),
    _text("folds", nullable=True),  # further alerts that one waiting reply tells
    _text("state"),
    _count("attempts"),
    _moment("first_attempt_at", nullable=True),
    _moment("due_at"),
    _moment("created_at"),
    _moment("sent_at", nullable=True),
    _text("receipt", nullable=True),
    _text("error", nullable=True),
    _flag("repeated"),
    _text("lease_owner", nullable=True),
    _moment("lease_until", nullable=True),
    _moment("dropped_at", nullable=True),  # an operator wants it neither sent nor listed
    sa.UniqueConstraint("destination_id", "subject", "kind", "revision"),
    sa.Index("ix_deliveries_due", "state", "due_at"),
    sa.Index("ix_deliveries_order", "destination_id", "state", "id"),
    sa.Index(None, "subject", "kind"),
    sa.Index(None, "alert_id"),  # deleting an alert asks for its deliveries
)

# Who was told what, sealed when it was told: each place's rows are a chain. No foreign keys: what
# was told stays told when the delivery is deleted. See seals.py.
seals = sa.Table(
    "seals",
    metadata,
    _id(),
    sa.Column("destination_id", Id, nullable=False),
    sa.Column("number", Id, nullable=False),
    sa.Column("delivery_id", Id, nullable=False),
    _moment("at"),
    _text("record"),
    _text("seal"),
    _text("cut", nullable=True),  # seals that the chain begins here, its older rows deleted
    sa.UniqueConstraint("destination_id", "number"),
    sa.Index(None, "delivery_id"),
    sa.Index(None, "at"),
)

# One row for each batch of a fan-out in which places were stopped: a row for each place would be
# a hundred thousand for every alert. `notes` holds the destinations as differences.
fanout_notes = sa.Table(
    "fanout_notes",
    metadata,
    _id(),
    _ref("alert_id", "alerts.id"),
    sa.Column("upto", Id, nullable=False),
    _text("notes"),
    sa.Index(None, "alert_id", "upto"),
)

# The numbers that people give and see: a row stays when its story states the deadline no more, and
# its number is never given again.
known_deadlines = sa.Table(
    "known_deadlines",
    metadata,
    _id(),
    _ref("story_id", "stories.id"),
    _text("kind"),
    sa.Column("date", sa.Date, nullable=False),
    _text("fact"),
    sa.Column("replaces", sa.Date),
    _moment("first_seen"),
    _moment("gone_at", nullable=True),
    _moment("changed_at", nullable=True),
    sa.UniqueConstraint("story_id", "kind", "date"),
    sa.Index(None, "date"),
    sa.Index(None, "replaces"),
    sqlite_autoincrement=True,
)

deadline_marks = sa.Table(
    "deadline_marks",
    metadata,
    _id(),
    _ref("deadline_id", "known_deadlines.id"),
    _text("team"),
    _text("said"),
    _text("who"),
    _text("called"),
    _moment("at"),
    sa.UniqueConstraint("deadline_id", "team", "said"),
)

follows = sa.Table(
    "follows",
    metadata,
    _id(),
    _ref("destination_id", "destinations.id"),
    _ref("story_id", "stories.id"),
    _text("tenant"),
    _text("who"),
    _moment("at"),
    sa.UniqueConstraint("destination_id", "story_id"),
    sa.Index(None, "story_id"),
)

outside_services = sa.Table(
    "outside_services",
    metadata,
    _id(),
    _text("kind"),
    _text("name"),
    _text("url"),  # sealed, as is the secret
    _text("secret"),
    _text("created_by"),
    _moment("created_at"),
    sa.UniqueConstraint("kind", "name"),
)

mutes = sa.Table(
    "mutes",
    metadata,
    _id(),
    _ref("destination_id", "destinations.id"),
    _text("topic"),
    _moment("until", nullable=True),
    _text("who"),
    _moment("at"),
    sa.UniqueConstraint("destination_id", "topic"),
)

feedback = sa.Table(
    "feedback",
    metadata,
    _id(),
    _ref("story_id", "stories.id"),
    _text("team"),
    _text("who"),
    _text("mark"),
    _text("feedback"),
    _moment("at"),
    sa.UniqueConstraint("story_id", "team", "who"),
    sa.Index(None, "team", "at"),
)

digest_items = sa.Table(
    "digest_items",
    metadata,
    _id(),
    _ref("destination_id", "destinations.id"),
    _ref("story_id", "stories.id"),
    # ending a subscription takes what it gathered along
    sa.Column(
        "subscription_id", Id, sa.ForeignKey("subscriptions.id", ondelete="CASCADE"), nullable=True
    ),
    sa.Column("alert_id", Id, sa.ForeignKey("alerts.id", ondelete="SET NULL"), nullable=True),
    _text("subject"),
    _text("gathering"),
    _moment("due_at"),
    sa.Column("revision", sa.Integer, nullable=False),
    _text("why"),
    _moment("added_at"),
    _text("told", nullable=True),
    sa.UniqueConstraint("destination_id", "subject", "gathering", "due_at"),
    sa.Index("ix_digest_items_due", "told", "due_at"),
    sa.Index(None, "story_id"),
    sa.Index(None, "subscription_id"),
    sa.Index(None, "alert_id"),
)

installations = sa.Table(
    "installations",
    metadata,
    _id(),
    _text("workspace"),
    _text("name"),
    _text("token"),  # sealed, as is the one that renews it
    _text("refresh_token", nullable=True),
    _moment("expires_at", nullable=True),
    _text("bot_user"),
    _text("scopes"),
    _text("installed_by"),
    _moment("installed_at"),
    sa.UniqueConstraint("workspace"),
)

install_states = sa.Table(
    "install_states",
    metadata,
    _id(),
    _text("digest"),
    _moment("until"),
    sa.UniqueConstraint("digest"),
)

taken_requests = sa.Table(
    "taken_requests",
    metadata,
    _id(),
    _text("digest"),
    _moment("at"),
    sa.UniqueConstraint("digest"),
    sa.Index(None, "at"),
)

audit = sa.Table(
    "audit",
    metadata,
    _id(),
    _moment("at"),
    _text("who"),
    _text("what"),
    _text("about"),
    sa.Index(None, "at"),
)
