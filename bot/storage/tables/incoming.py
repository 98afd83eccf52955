"""What comes in: feeds, entries with their readings, stories, deadlines and the tariff ledger."""

import sqlalchemy as sa

from bot.storage.tables.columns import Id, count, flag, metadata, moment, own_id, ref, text

feeds = sa.Table(
    "feeds",
    metadata,
    own_id(),
    text("key"),
    text("name"),
    text("url"),  # sealed where it may hold tokens: a person gave it, user info, a query
    text("url_digest"),
    text("lang"),
    text("tier"),
    text("kind"),
    sa.Column("asked_interval", sa.Integer),
    text("owner", nullable=True),
    text("origin"),
    text("state"),
    text("etag", nullable=True),
    text("last_modified", nullable=True),
    text("body_hash", nullable=True),
    moment("next_poll_at"),
    moment("not_before", nullable=True),
    sa.Column("interval", sa.Integer, nullable=False),
    count("failures"),
    moment("last_polled_at", nullable=True),
    moment("last_success_at", nullable=True),
    moment("last_entry_at", nullable=True),
    sa.Column("last_status", sa.Integer),
    text("last_error", nullable=True),
    text("redirect_url", nullable=True),
    count("redirect_seen"),
    sa.Column("cadence", sa.Float),
    text("hints"),
    text("marks"),
    text("lease_owner", nullable=True),
    moment("lease_until", nullable=True),
    sa.Column("notify_destination_id", Id),  # no foreign key: SQLite would rebuild the table for it
    text("watch", nullable=True),
    text("warnings", nullable=True),
    text("backlog", nullable=True),  # sealed as its address is
    moment("reconciled_at", nullable=True),
    sa.UniqueConstraint("origin", "key"),
    sa.Index("ix_feeds_due", "state", "next_poll_at"),
)

entries = sa.Table(
    "entries",
    metadata,
    own_id(),
    ref("feed_id", "feeds.id"),
    text("owner", nullable=True),
    text("guid"),
    text("canonical_url"),
    text("url", nullable=True),
    text("title"),
    text("summary"),
    text("content"),
    moment("published", nullable=True),
    moment("updated", nullable=True),
    text("lang", nullable=True),
    text("source"),
    text("tier"),
    text("stated", nullable=True),
    text("content_hash"),
    moment("first_seen"),
    flag("held"),
    text("search_text"),
    sa.UniqueConstraint("feed_id", "guid"),
    sa.Index(None, "feed_id", "canonical_url"),
    sa.Index(None, "canonical_url"),
    sa.Index(None, "first_seen", "owner"),  # counts a month of entries without opening one
)

held_polls = sa.Table(
    "held_polls",
    metadata,
    own_id(),
    ref("feed_id", "feeds.id"),
    sa.Column("first_entry", Id, nullable=False),
    sa.Column("last_entry", Id, nullable=False),
    count("told"),
    count("held"),
    flag("first_poll"),
    moment("at"),
)

missed_entries = sa.Table(
    "missed_entries",
    metadata,
    own_id(),
    ref("feed_id", "feeds.id"),
    text("guid"),
    text("title"),
    text("url", nullable=True),
    moment("published", nullable=True),
    moment("found_at"),
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
    own_id(),
    ref("entry_id", "entries.id"),
    text("title"),
    text("summary"),
    text("content"),
    text("content_hash"),
    moment("replaced_at"),
    sa.Index(None, "entry_id"),
)

readings = sa.Table(
    "readings",
    metadata,
    sa.Column("entry_id", Id, sa.ForeignKey("entries.id", ondelete="CASCADE"), primary_key=True),
    text("reading"),
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
    own_id(),
    text("owner", nullable=True),
    sa.Column("revision", sa.Integer, nullable=False),
    moment("first_seen"),
    moment("updated_at"),
    count("source_count"),
    text("story"),
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
    ref("story_id", "stories.id"),
    text("owner", nullable=True),
    moment("seen_at"),
    text("fingerprint"),
    text("joined"),
    sa.Index(None, "story_id"),
    sa.Index(None, "seen_at"),
)

# Append-only: what an entry said of a tariff stays said, also when the entry is deleted.
tariff_ledger = sa.Table(
    "tariff_ledger",
    metadata,
    own_id(),
    sa.Column("entry_id", Id, sa.ForeignKey("entries.id", ondelete="SET NULL")),
    text("owner", nullable=True),
    text("digest"),
    text("fact"),
    text("topics"),
    text("source"),
    text("url", nullable=True),
    text("tier"),
    sa.Column("said_on", sa.Date, nullable=False),
    moment("first_seen"),
    sa.UniqueConstraint("entry_id", "digest"),
    sa.Index(None, "tier", "said_on"),
)

# The numbers that people give and see: a row stays when its story states the deadline no more, and
# its number is never given again.
known_deadlines = sa.Table(
    "known_deadlines",
    metadata,
    own_id(),
    ref("story_id", "stories.id"),
    text("kind"),
    sa.Column("date", sa.Date, nullable=False),
    text("fact"),
    sa.Column("replaces", sa.Date),
    moment("first_seen"),
    moment("gone_at", nullable=True),
    moment("changed_at", nullable=True),
    sa.UniqueConstraint("story_id", "kind", "date"),
    sa.Index(None, "date"),
    sa.Index(None, "replaces"),
    sa.Index(None, "changed_at"),
    sqlite_autoincrement=True,
)

rule_versions = sa.Table(
    "rule_versions",
    metadata,
    own_id(),
    text("version"),
    flag("shadow"),
    moment("since"),
    moment("until", nullable=True),
    count("looked_at"),
)

shadow_differences = sa.Table(
    "shadow_differences",
    metadata,
    sa.Column("entry_id", Id, sa.ForeignKey("entries.id", ondelete="CASCADE"), primary_key=True),
    ref("rules_id", "rule_versions.id"),
    text("gained"),
    text("lost"),
)
