"""What people do with alerts, what feeds tell of their health, and many workspaces."""

from typing import Any

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

Moment = sa.DateTime(timezone=True)
Id = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Add each table and column; rows of the first version keep working."""
    _says_who_can_work_with_it()
    _feeds_remember_who_asked()
    _feeds_are_watched()
    _held_polls()
    _missed_entries()
    _known_deadlines()
    _marks()
    _traces()
    _outside_services()
    _tariff_ledger()
    _installations()
    _timing()
    _full_text()
    _keeping()
    _outbox_is_asked_by_place()
    _leases()
    _shadow_rules()
    _counting()


def _says_who_can_work_with_it() -> None:
    """Programs of the first version cannot: two of their tables are gone."""
    op.add_column("alembic_version", sa.Column("compatible_from", sa.Text(), nullable=True))
    op.execute("UPDATE alembic_version SET compatible_from = '0002'")


def _feeds_remember_who_asked() -> None:
    """A plain column is added in place: a foreign key would make SQLite rebuild the table."""
    op.add_column("feeds", sa.Column("notify_destination_id", Id, nullable=True))


def _feeds_are_watched() -> None:
    for column in (
        sa.Column("watch", sa.Text(), nullable=True),
        sa.Column("warnings", sa.Text(), nullable=True),
        sa.Column("backlog", sa.Text(), nullable=True),
        sa.Column("reconciled_at", sa.DateTime(timezone=True), nullable=True),
    ):
        op.add_column("feeds", column)


def _held_polls() -> None:
    op.create_table(
        "held_polls",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("feed_id", Id, nullable=False),
        sa.Column("first_entry", Id, nullable=False),
        sa.Column("last_entry", Id, nullable=False),
        sa.Column("told", sa.Integer(), nullable=False),
        sa.Column("held", sa.Integer(), nullable=False),
        sa.Column("first_poll", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["feed_id"], ["feeds.id"], name=op.f("fk_held_polls_feed_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_held_polls")),
    )


def _missed_entries() -> None:
    op.create_table(
        "missed_entries",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("feed_id", Id, nullable=False),
        sa.Column("guid", sa.Text(), nullable=False),
        sa.Column("title", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("published", sa.DateTime(timezone=True), nullable=True),
        sa.Column("found_at", sa.DateTime(timezone=True), nullable=False),
        sa.ForeignKeyConstraint(
            ["feed_id"], ["feeds.id"], name=op.f("fk_missed_entries_feed_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_missed_entries")),
        sa.UniqueConstraint("feed_id", "guid", name=op.f("uq_missed_entries_feed_id_guid")),
    )
    op.create_index(op.f("ix_missed_entries_found_at"), "missed_entries", ["found_at"])


def _known_deadlines() -> None:
    op.create_table(
        "known_deadlines",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("story_id", Id, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("date", sa.Date(), nullable=False),
        sa.Column("fact", sa.Text(), nullable=False),
        sa.Column("replaces", sa.Date(), nullable=True),
        sa.Column("first_seen", Moment, nullable=False),
        sa.Column("gone_at", Moment, nullable=True),
        sa.Column("changed_at", Moment, nullable=True),
        sa.ForeignKeyConstraint(
            ["story_id"],
            ["stories.id"],
            name=op.f("fk_known_deadlines_story_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_known_deadlines")),
        sa.UniqueConstraint(
            "story_id", "kind", "date", name=op.f("uq_known_deadlines_story_id_kind_date")
        ),
        sqlite_autoincrement=True,
    )
    for column in ("date", "replaces", "changed_at"):
        op.create_index(
            op.f(f"ix_known_deadlines_{column}"), "known_deadlines", [column], unique=False
        )
    # what the first version read gets its numbers in the order in which it was read
    op.execute(
        "INSERT INTO known_deadlines (story_id, kind, date, fact, first_seen) "
        "SELECT d.story_id, d.kind, d.date, min(d.fact), s.first_seen "
        "FROM deadlines d JOIN stories s ON s.id = d.story_id "
        "GROUP BY d.story_id, d.kind, d.date, s.first_seen ORDER BY min(d.id)"
    )
    op.drop_table("deadlines")
    op.create_table(
        "deadline_marks",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("deadline_id", Id, nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("called", sa.Text(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["deadline_id"],
            ["known_deadlines.id"],
            name=op.f("fk_deadline_marks_deadline_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deadline_marks")),
        sa.UniqueConstraint(
            "deadline_id", "team", "said", name=op.f("uq_deadline_marks_deadline_id_team_said")
        ),
    )


def _marks() -> None:
    for name, column in (("follows", "story_id"), ("mutes", "topic")):
        of_story = column == "story_id"
        wide: list[sa.Column[Any]] = (
            [
                sa.Column("story_id", Id, nullable=False),
                sa.Column("tenant", sa.Text(), nullable=False),
            ]
            if of_story
            else [sa.Column("topic", sa.Text(), nullable=False), sa.Column("until", Moment)]
        )
        story = sa.ForeignKeyConstraint(
            ["story_id"], ["stories.id"], name=op.f("fk_follows_story_id"), ondelete="CASCADE"
        )
        op.create_table(
            name,
            sa.Column("id", Id, autoincrement=True, nullable=False),
            sa.Column("destination_id", Id, nullable=False),
            *wide,
            sa.Column("who", sa.Text(), nullable=False),
            sa.Column("at", Moment, nullable=False),
            sa.ForeignKeyConstraint(
                ["destination_id"],
                ["destinations.id"],
                name=op.f(f"fk_{name}_destination_id"),
                ondelete="CASCADE",
            ),
            *([story] if of_story else []),
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
            sa.UniqueConstraint(
                "destination_id", column, name=op.f(f"uq_{name}_destination_id_{column}")
            ),
        )
    op.create_index(op.f("ix_follows_story_id"), "follows", ["story_id"], unique=False)
    op.create_table(
        "feedback",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("story_id", Id, nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("mark", sa.Text(), nullable=False),
        sa.Column("feedback", sa.Text(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["story_id"], ["stories.id"], name=op.f("fk_feedback_story_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_feedback")),
        sa.UniqueConstraint("story_id", "team", "who", name=op.f("uq_feedback_story_id_team_who")),
    )
    op.create_index(op.f("ix_feedback_team_at"), "feedback", ["team", "at"], unique=False)


def _outside_services() -> None:
    op.create_table(
        "outside_services",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=False),
        sa.Column("secret", sa.Text(), nullable=False),
        sa.Column("created_by", sa.Text(), nullable=False),
        sa.Column("created_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outside_services")),
        sa.UniqueConstraint("kind", "name", name=op.f("uq_outside_services_kind_name")),
    )


def _timing() -> None:
    for table, column in (
        ("destinations", sa.Column("manners", sa.Text(), nullable=False, server_default="{}")),
        ("destinations", sa.Column("settings_by", sa.Text(), nullable=True)),
        ("destinations", sa.Column("paused_until", Moment, nullable=True)),
        ("destinations", sa.Column("next_reminder_at", Moment, nullable=True)),
        ("subscriptions", sa.Column("rhythm", sa.Text(), nullable=False, server_default="instant")),
        ("subscriptions", sa.Column("langs", sa.Text(), nullable=False, server_default="")),
        ("subscriptions", sa.Column("sources", sa.Integer(), nullable=False, server_default="1")),
        ("subscriptions", sa.Column("mention", sa.Text(), nullable=True)),
        ("deliveries", sa.Column("folds", sa.Text(), nullable=True)),
    ):
        op.add_column(table, column)
    references = (
        ("destination_id", "destinations", "CASCADE", False),
        ("story_id", "stories", "CASCADE", False),
        ("subscription_id", "subscriptions", "CASCADE", True),
        ("alert_id", "alerts", "SET NULL", True),
    )
    op.create_table(
        "digest_items",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        *(sa.Column(name, Id, nullable=optional) for name, _, _, optional in references),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("gathering", sa.Text(), nullable=False),
        sa.Column("due_at", Moment, nullable=False),
        sa.Column("revision", sa.Integer(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("added_at", Moment, nullable=False),
        sa.Column("told", sa.Text(), nullable=True),
        *(
            sa.ForeignKeyConstraint(
                [name], [f"{table}.id"], name=op.f(f"fk_digest_items_{name}"), ondelete=gone
            )
            for name, table, gone, _ in references
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_digest_items")),
        sa.UniqueConstraint(
            "destination_id",
            "subject",
            "gathering",
            "due_at",
            name=op.f("uq_digest_items_destination_id_subject_gathering_due_at"),
        ),
    )
    for name, columns in (
        ("ix_digest_items_due", ["told", "due_at"]),
        (op.f("ix_digest_items_story_id"), ["story_id"]),
        (op.f("ix_digest_items_subscription_id"), ["subscription_id"]),
    ):
        op.create_index(name, "digest_items", columns, unique=False)


def _installations() -> None:
    op.create_table(
        "installations",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("workspace", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("token", sa.Text(), nullable=False),
        sa.Column("refresh_token", sa.Text(), nullable=True),
        sa.Column("expires_at", Moment, nullable=True),
        sa.Column("bot_user", sa.Text(), nullable=False),
        sa.Column("scopes", sa.Text(), nullable=False),
        sa.Column("installed_by", sa.Text(), nullable=False),
        sa.Column("installed_at", Moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_installations")),
        sa.UniqueConstraint("workspace", name=op.f("uq_installations_workspace")),
    )
    for name, column in (("install_states", "until"), ("taken_requests", "at")):
        op.create_table(
            name,
            sa.Column("id", Id, autoincrement=True, nullable=False),
            sa.Column("digest", sa.Text(), nullable=False),
            sa.Column(column, Moment, nullable=False),
            sa.PrimaryKeyConstraint("id", name=op.f(f"pk_{name}")),
            sa.UniqueConstraint("digest", name=op.f(f"uq_{name}_digest")),
        )
    op.create_index(op.f("ix_taken_requests_at"), "taken_requests", ["at"])


def _tariff_ledger() -> None:
    """What entries said of tariffs is kept; the old table held each story's facts of the moment."""
    op.drop_index(op.f("ix_tariff_actions_story_id"), table_name="tariff_actions")
    op.drop_table("tariff_actions")
    op.create_table(
        "tariff_ledger",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("entry_id", Id, nullable=True),
        sa.Column("owner", sa.Text(), nullable=True),
        sa.Column("digest", sa.Text(), nullable=False),
        sa.Column("fact", sa.Text(), nullable=False),
        sa.Column("topics", sa.Text(), nullable=False),
        sa.Column("source", sa.Text(), nullable=False),
        sa.Column("url", sa.Text(), nullable=True),
        sa.Column("tier", sa.Text(), nullable=False),
        sa.Column("said_on", sa.Date(), nullable=False),
        sa.Column("first_seen", Moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["entries.id"],
            name=op.f("fk_tariff_ledger_entry_id"),
            ondelete="SET NULL",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tariff_ledger")),
        sa.UniqueConstraint("entry_id", "digest", name=op.f("uq_tariff_ledger_entry_id_digest")),
    )
    op.create_index(op.f("ix_tariff_ledger_tier_said_on"), "tariff_ledger", ["tier", "said_on"])
    op.create_table(
        "tariff_marks",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("row_id", Id, nullable=False),
        sa.Column("team", sa.Text(), nullable=False),
        sa.Column("said", sa.Text(), nullable=False),
        sa.Column("who", sa.Text(), nullable=False),
        sa.Column("called", sa.Text(), nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.ForeignKeyConstraint(
            ["row_id"],
            ["tariff_ledger.id"],
            name=op.f("fk_tariff_marks_row_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tariff_marks")),
        sa.UniqueConstraint("row_id", "team", name=op.f("uq_tariff_marks_row_id_team")),
    )


def _traces() -> None:
    op.create_index(op.f("ix_entries_canonical_url"), "entries", ["canonical_url"], unique=False)
    op.create_table(
        "fanout_notes",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("alert_id", Id, nullable=False),
        sa.Column("upto", Id, nullable=False),
        sa.Column("notes", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["alert_id"], ["alerts.id"], name=op.f("fk_fanout_notes_alert_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_fanout_notes")),
    )
    op.create_index(
        op.f("ix_fanout_notes_alert_id_upto"), "fanout_notes", ["alert_id", "upto"], unique=False
    )


def _keeping() -> None:
    """What retention leaves of entries, what was told to whom under seal, and what deletes look for."""
    op.create_table(
        "forgotten_entries",
        sa.Column("feed_id", Id, nullable=False),
        sa.Column("digest", sa.BigInteger(), autoincrement=False, nullable=False),
        sa.ForeignKeyConstraint(
            ["feed_id"], ["feeds.id"], name=op.f("fk_forgotten_entries_feed_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("feed_id", "digest", name=op.f("pk_forgotten_entries")),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "seals",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("destination_id", Id, nullable=False),
        sa.Column("number", Id, nullable=False),
        sa.Column("delivery_id", Id, nullable=False),
        sa.Column("at", Moment, nullable=False),
        sa.Column("record", sa.Text(), nullable=False),
        sa.Column("seal", sa.Text(), nullable=False),
        sa.Column("cut", sa.Text(), nullable=True),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_seals")),
        sa.UniqueConstraint(
            "destination_id", "number", name=op.f("uq_seals_destination_id_number")
        ),
    )
    op.add_column("deliveries", sa.Column("dropped_at", Moment, nullable=True))
    for table, column in (
        ("seals", "delivery_id"),
        ("seals", "at"),
        ("alerts", "entry_id"),
        ("deliveries", "alert_id"),
        ("digest_items", "alert_id"),
        ("audit", "at"),
    ):
        op.create_index(op.f(f"ix_{table}_{column}"), table, [column], unique=False)


def _outbox_is_asked_by_place() -> None:
    """Fan-out asks for runs of places: whether they have a story, and what they were told lately.

    A claim asks for what waits for a platform, in order, and for what is unfinished at one place: few
    rows of all.
    """
    op.drop_index("ix_deliveries_order", table_name="deliveries")
    waiting = sa.text("state IN ('pending', 'retry')")
    unfinished = sa.text("state IN ('pending', 'retry', 'sending', 'unknown')")
    for name, columns, rows in (
        ("ix_deliveries_waiting", ["platform", "id", "due_at"], waiting),
        ("ix_deliveries_unfinished", ["destination_id", "id", "due_at"], unfinished),
    ):
        op.create_index(name, "deliveries", columns, postgresql_where=rows, sqlite_where=rows)
    op.drop_index(op.f("ix_deliveries_subject_kind"), table_name="deliveries")
    for columns in (["subject", "kind", "destination_id"], ["destination_id", "created_at"]):
        op.create_index(op.f(f"ix_deliveries_{'_'.join(columns)}"), "deliveries", columns)


def _leases() -> None:
    """What exists once over all processes: a gateway connection, a worker's name."""
    op.create_table(
        "leases",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("holder", sa.Text(), nullable=False),
        sa.Column("until", Moment, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_leases")),
        sa.UniqueConstraint("name", name=op.f("uq_leases_name")),
    )


def _shadow_rules() -> None:
    """Which rules entries were read by, and what rules beside them would have read otherwise."""
    op.create_table(
        "rule_versions",
        sa.Column("id", Id, autoincrement=True, nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("shadow", sa.Boolean(), nullable=False),
        sa.Column("since", Moment, nullable=False),
        sa.Column("until", Moment, nullable=True),
        sa.Column("looked_at", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_rule_versions")),
    )
    op.create_table(
        "shadow_differences",
        sa.Column("entry_id", Id, nullable=False),
        sa.Column("rules_id", Id, nullable=False),
        sa.Column("gained", sa.Text(), nullable=False),
        sa.Column("lost", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(
            ["entry_id"],
            ["entries.id"],
            name=op.f("fk_shadow_differences_entry_id"),
            ondelete="CASCADE",
        ),
        sa.ForeignKeyConstraint(
            ["rules_id"],
            ["rule_versions.id"],
            name=op.f("fk_shadow_differences_rules_id"),
            ondelete="CASCADE",
        ),
        sa.PrimaryKeyConstraint("entry_id", name=op.f("pk_shadow_differences")),
    )


def _counting() -> None:
    """Entries of a span are counted from the index alone."""
    op.drop_index(op.f("ix_entries_first_seen"), table_name="entries")
    op.create_index(op.f("ix_entries_first_seen_owner"), "entries", ["first_seen", "owner"])


def _full_text() -> None:
    """The folded text gets an index: FTS5 kept by triggers on SQLite, a GIN index on PostgreSQL.

    Words have their places, so that words in a row are found; sizes of columns would serve bm25, and
    ranking is our own. A tsvector ends at a megabyte: only the beginning of an entry is indexed.
    """
    on_sqlite = op.get_bind().dialect.name == "sqlite"
    for statement in _FTS5 if on_sqlite else _GIN:
        op.execute(statement)


_FTS5 = (
    "CREATE VIRTUAL TABLE entries_fts USING fts5(search_text, content='entries', "
    "content_rowid='id', columnsize=0, tokenize='unicode61 remove_diacritics 0')",
    """CREATE TRIGGER entries_fts_insert AFTER INSERT ON entries BEGIN
    INSERT INTO entries_fts(rowid, search_text) VALUES (new.id, new.search_text);
    END""",
    """CREATE TRIGGER entries_fts_delete AFTER DELETE ON entries BEGIN
    INSERT INTO entries_fts(entries_fts, rowid, search_text)
    VALUES ('delete', old.id, old.search_text);
    END""",
    """CREATE TRIGGER entries_fts_update AFTER UPDATE OF search_text ON entries
    WHEN old.search_text IS NOT new.search_text BEGIN
    INSERT INTO entries_fts(entries_fts, rowid, search_text)
    VALUES ('delete', old.id, old.search_text);
    INSERT INTO entries_fts(rowid, search_text) VALUES (new.id, new.search_text);
    END""",
    # takes in what is stored already
    "INSERT INTO entries_fts(entries_fts) VALUES ('rebuild')",
)
_GIN = (
    "CREATE INDEX ix_entries_search ON entries "
    "USING gin (to_tsvector('simple', left(search_text, 250000)))",
)
