"""The first tables."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

Moment = sa.DateTime(timezone=True)
Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    for make in (
        _audit,
        _destinations,
        _feeds,
        _stories,
        _deadlines,
        _entries,
        _story_topics,
        _subscriptions,
        _tariff_actions,
        _alerts,
        _entry_versions,
        _reading_topics,
        _readings,
        _story_entries,
        _deliveries,
    ):
        make()


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("what", sa.Text(), nullable=False),
        sa.Column("about", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )


def _destinations() -> None:
    op.create_table(
        "destinations",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=True),
        sa.Column("zone", sa.Text(), nullable=False),
        sa.Column("locale", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("at_most_once", sa.Boolean(), nullable=False),
        sa.Column("next_send_at", Moment, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_destinations")),
        sa.UniqueConstraint(
            "platform",
            "workspace",
            "channel",
            name=op.f("uq_destinations_platform_workspace_channel"),
        ),
    )


def _feeds() -> None:
    op.create_table(
        "feeds",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("url_digest", sa.Text(), nullable=False),
        sa.Column("lang", sa.Text(), nullable=False),
        sa.Column("tier", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("asked_interval", sa.Integer(), nullable=True),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("etag", sa.Text(), nullable=True),
        sa.Column("last_modified", sa.Text(), nullable=True),
        sa.Column("body_hash", sa.Text(), nullable=True),
        sa.Column("next_poll_at", Moment, nullable=False),
        sa.Column("not_before", Moment, nullable=True),
        sa.Column("interval", sa.Integer(), nullable=False),
        sa.Column("failures", sa.Integer(), nullable=False),
        sa.Column("last_polled_at", Moment, nullable=True),
        sa.Column("last_success_at", Moment, nullable=True),
        sa.Column("last_entry_at", Moment, nullable=True),
        sa.Column("last_status", sa.Integer(), nullable=True),
        sa.Column("last_error", sa.Text(), nullable=True),
        sa.Column("redirect_url", sa.Text(), nullable=True),
        sa.Column("redirect_seen", sa.Integer(), nullable=False),
        sa.Column("cadence", sa.Float(), nullable=True),
        sa.Column("hints", sa.Text(), nullable=False),
        sa.Column("marks", sa.Text(), nullable=False),
        sa.Column("lease_owner", sa.Text(), nullable=True),
        sa.Column("lease_until", Moment, nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feeds")),
        sa.UniqueConstraint("origin", "key", name=op.f("uq_feeds_origin_key")),
    )
    op.create_index("ix_feeds_due", "feeds", ["state", "next_poll_at"], unique=False)


def _stories() -> None:
    op.create_table(
        "stories",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("first_seen", Moment, nullable=False),
        sa.Column("updated_at", Moment, nullable=False),
        sa.Column("source_count", sa.Integer(), nullable=False),
        sa.Column("story", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_stories")),
    )
    op.create_index(op.f("ix_stories_updated_at"), "stories", ["updated_at"], unique=False)


def _deadlines() -> None:
    op.create_table(
        "deadlines",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("story_id", Id, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("fact", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["story_id"], ["stories.id"], name=op.f("fk_deadlines_story_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadlines")),
    )
    op.create_index(op.f("ix_deadlines_date"), "deadlines", ["date"], unique=False)
    op.create_index(op.f("ix_deadlines_story_id"), "deadlines", ["story_id"], unique=False)


def _entries() -> None:
    op.create_table(
        "entries",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("feed_id", Id, nullable=False),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("guid", sa.Text(), nullable=False),
        sa.Column("canonical_url", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("published", Moment, nullable=True),
        sa.Column("updated", Moment, nullable=True),
        sa.Column("lang", sa.Text(), nullable=True),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("tier", sa.Text(), nullable=False),
        sa.Column("stated", sa.Text(), nullable=True),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("first_seen", Moment, nullable=False),
        sa.Column("held", sa.Boolean(), nullable=False),
        sa.Column("search_text", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["feed_id"], ["feeds.id"], name=op.f("fk_entries_feed_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entries")),
        sa.UniqueConstraint("feed_id", "guid", name=op.f("uq_entries_feed_id_guid")),
    )
    op.create_index(
        op.f("ix_entries_feed_id_canonical_url"),
        "entries",
        ["feed_id", "canonical_url"],
        unique=False,
    )
    op.create_index(op.f("ix_entries_first_seen"), "entries", ["first_seen"], unique=False)


def _story_topics() -> None:
    op.create_table(
        "story_topics",
        sa.Column("story_id", Id, nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["story_id"], ["stories.id"], name=op.f("fk_story_topics_story_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("story_id", "topic", name=op.f("pk_story_topics")),
    )
    op.create_index(
        op.f("ix_story_topics_topic_story_id"), "story_topics", ["topic", "story_id"], unique=False
    )


def _subscriptions() -> None:
    op.create_table(
        "subscriptions",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("destination_id", Id, nullable=False),
        sa.Column("topic", sa.Text(), nullable=True),
        sa.Column("query", sa.Text(), nullable=True),
        sa.Column("level", sa.Text(), nullable=False),
        sa.Column("grouping", sa.Text(), nullable=False),
        sa.Column("wish_key", sa.Text(), nullable=False),
        sa.Column("origin", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["destination_id"],
            ["destinations.id"],
            name=op.f("fk_subscriptions_destination_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_subscriptions")),
        sa.UniqueConstraint(
            "destination_id", "wish_key", name=op.f("uq_subscriptions_destination_id_wish_key")
        ),
    )
    op.create_index(
        op.f("ix_subscriptions_topic_destination_id"),
        "subscriptions",
        ["topic", "destination_id"],
        unique=False,
    )


def _tariff_actions() -> None:
    op.create_table(
        "tariff_actions",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("story_id", Id, nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("imposer", sa.Text(), nullable=True),
        sa.Column("rate_pct", sa.Float(), nullable=True),
        sa.Column("effective_date", sa.Date(), nullable=True),
        sa.Column("fact", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["story_id"],
            ["stories.id"],
            name=op.f("fk_tariff_actions_story_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tariff_actions")),
    )
    op.create_index(
        op.f("ix_tariff_actions_story_id"), "tariff_actions", ["story_id"], unique=False
    )


def _alerts() -> None:
    op.create_table(
        "alerts",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("story_id", Id, nullable=False),
        sa.Column("entry_id", Id, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("telling", sa.Text(), nullable=False),
        sa.Column("changes", sa.Text(), nullable=False),
        sa.Column("broadcast", sa.Boolean(), nullable=False),
        sa.Column("opens", sa.Boolean(), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("cursor", Id, nullable=True),
        sa.Column("done", sa.Boolean(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entries.id"], name=op.f("fk_alerts_entry_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["story_id"], ["stories.id"], name=op.f("fk_alerts_story_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_alerts")),
        sa.UniqueConstraint("story_id", "revision", name=op.f("uq_alerts_story_id_revision")),
    )
    op.create_index("ix_alerts_waiting", "alerts", ["done", "id"], unique=False)


def _entry_versions() -> None:
    op.create_table(
        "entry_versions",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("entry_id", Id, nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("summary", sa.Text(), nullable=False),
        sa.Column("content", sa.Text(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("replaced_at", Moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["entries.id"],
            name=op.f("fk_entry_versions_entry_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entry_versions")),
    )
    op.create_index(
        op.f("ix_entry_versions_entry_id"), "entry_versions", ["entry_id"], unique=False
    )


def _reading_topics() -> None:
    op.create_table(
        "reading_topics",
        sa.Column("entry_id", Id, nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["entries.id"],
            name=op.f("fk_reading_topics_entry_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("entry_id", "topic", name=op.f("pk_reading_topics")),
    )
    op.create_index(
        op.f("ix_reading_topics_topic_entry_id"),
        "reading_topics",
        ["topic", "entry_id"],
        unique=False,
    )


def _readings() -> None:
    op.create_table(
        "readings",
        sa.Column("entry_id", Id, nullable=False),
        sa.Column("reading", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entries.id"], name=op.f("fk_readings_entry_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_readings")),
    )


def _story_entries() -> None:
    op.create_table(
        "story_entries",
        sa.Column("entry_id", Id, nullable=False),
        sa.Column("story_id", Id, nullable=False),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("seen_at", Moment, nullable=False),
        sa.Column("fingerprint", sa.Text(), nullable=False),
        sa.Column("joined", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"], ["entries.id"], name=op.f("fk_story_entries_entry_id"), ondelete="CASCADE"
        ),
        sa.ForeignKeyConstraint(
            ["story_id"], ["stories.id"], name=op.f("fk_story_entries_story_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_story_entries")),
    )
    op.create_index(op.f("ix_story_entries_seen_at"), "story_entries", ["seen_at"], unique=False)
    op.create_index(op.f("ix_story_entries_story_id"), "story_entries", ["story_id"], unique=False)


def _deliveries() -> None:
    op.create_table(
        "deliveries",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("destination_id", Id, nullable=False),
        sa.Column("alert_id", Id, nullable=True),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("platform", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("notice", sa.Text(), nullable=True),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("first_attempt_at", Moment, nullable=True),
        sa.Column("due_at", Moment, nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.Column("sent_at", Moment, nullable=True),
        sa.Column("receipt", sa.Text(), nullable=True),
        sa.Column("error", sa.Text(), nullable=True),
        sa.Column("repeated", sa.Boolean(), nullable=False),
        sa.Column("lease_owner", sa.Text(), nullable=True),
        sa.Column("lease_until", Moment, nullable=True),
        sa.ForeignKeyConstraint(
            ["alert_id"], ["alerts.id"], name=op.f("fk_deliveries_alert_id"), ondelete="SET NULL"
        ),
        sa.ForeignKeyConstraint(
            ["destination_id"],
            ["destinations.id"],
            name=op.f("fk_deliveries_destination_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint(
            "destination_id",
            "subject",
            "kind",
            "revision",
            name=op.f("uq_deliveries_destination_id_subject_kind_revision"),
        ),
    )
    op.create_index("ix_deliveries_due", "deliveries", ["state", "due_at"], unique=False)
    op.create_index(
        "ix_deliveries_order", "deliveries", ["destination_id", "state", "id"], unique=False
    )
    op.create_index(
        op.f("ix_deliveries_subject_kind"), "deliveries", ["subject", "kind"], unique=False
    )


def downgrade() -> None:
    op.drop_index(op.f("ix_deliveries_subject_kind"), table_name="deliveries")
    op.drop_index("ix_deliveries_order", table_name="deliveries")
    op.drop_index("ix_deliveries_due", table_name="deliveries")
    op.drop_table("deliveries")
    op.drop_index(op.f("ix_story_entries_story_id"), table_name="story_entries")
    op.drop_index(op.f("ix_story_entries_seen_at"), table_name="story_entries")
    op.drop_table("story_entries")
    op.drop_table("readings")
    op.drop_index(op.f("ix_reading_topics_topic_entry_id"), table_name="reading_topics")
    op.drop_table("reading_topics")
    op.drop_index(op.f("ix_entry_versions_entry_id"), table_name="entry_versions")
    op.drop_table("entry_versions")
    op.drop_index("ix_alerts_waiting", table_name="alerts")
    op.drop_table("alerts")
    op.drop_index(op.f("ix_tariff_actions_story_id"), table_name="tariff_actions")
    op.drop_table("tariff_actions")
    op.drop_index(op.f("ix_subscriptions_topic_destination_id"), table_name="subscriptions")
    op.drop_table("subscriptions")
    op.drop_index(op.f("ix_story_topics_topic_story_id"), table_name="story_topics")
    op.drop_table("story_topics")
    op.drop_index(op.f("ix_entries_first_seen"), table_name="entries")
    op.drop_index(op.f("ix_entries_feed_id_canonical_url"), table_name="entries")
    op.drop_table("entries")
    op.drop_index(op.f("ix_deadlines_story_id"), table_name="deadlines")
    op.drop_index(op.f("ix_deadlines_date"), table_name="deadlines")
    op.drop_table("deadlines")
    op.drop_index(op.f("ix_stories_updated_at"), table_name="stories")
    op.drop_table("stories")
    op.drop_index("ix_feeds_due", table_name="feeds")
    op.drop_table("feeds")
    op.drop_table("destinations")
    op.drop_table("audit")
