"""What people did and may: marks, follows, mutes, installs, and who changed what."""

import sqlalchemy as sa

from bot.storage.tables.columns import metadata, moment, own_id, ref, text

tariff_marks = sa.Table(
    "tariff_marks",
    metadata,
    own_id(),
    ref("row_id", "tariff_ledger.id"),
    text("team"),
    text("said"),
    text("who"),
    text("called"),
    moment("at"),
    sa.UniqueConstraint("row_id", "team"),
)

deadline_marks = sa.Table(
    "deadline_marks",
    metadata,
    own_id(),
    ref("deadline_id", "known_deadlines.id"),
    text("team"),
    text("said"),
    text("who"),
    text("called"),
    moment("at"),
    sa.UniqueConstraint("deadline_id", "team", "said"),
)

# Of the record's deadlines, which have no row: the code stands for what one says.
record_marks = sa.Table(
    "record_marks",
    metadata,
    own_id(),
    text("code"),
    text("team"),
    text("said"),
    text("who"),
    text("called"),
    moment("at"),
    sa.UniqueConstraint("code", "team", "said"),
    sqlite_autoincrement=True,  # the highest number tells that something was said
)

follows = sa.Table(
    "follows",
    metadata,
    own_id(),
    ref("destination_id", "destinations.id"),
    ref("story_id", "stories.id"),
    text("tenant"),
    text("who"),
    moment("at"),
    sa.UniqueConstraint("destination_id", "story_id"),
    sa.Index(None, "story_id"),
)

mutes = sa.Table(
    "mutes",
    metadata,
    own_id(),
    ref("destination_id", "destinations.id"),
    text("topic"),
    moment("until", nullable=True),
    text("who"),
    moment("at"),
    sa.UniqueConstraint("destination_id", "topic"),
)

feedback = sa.Table(
    "feedback",
    metadata,
    own_id(),
    ref("story_id", "stories.id"),
    text("team"),
    text("who"),
    text("mark"),
    text("feedback"),
    moment("at"),
    sa.UniqueConstraint("story_id", "team", "who"),
    sa.Index(None, "team", "at"),
)

installations = sa.Table(
    "installations",
    metadata,
    own_id(),
    text("workspace"),
    text("name"),
    text("token"),  # sealed, as is the one that renews it
    text("refresh_token", nullable=True),
    moment("expires_at", nullable=True),
    text("bot_user"),
    text("scopes"),
    text("installed_by"),
    moment("installed_at"),
    sa.UniqueConstraint("workspace"),
)

install_states = sa.Table(
    "install_states",
    metadata,
    own_id(),
    text("digest"),
    moment("until"),
    sa.UniqueConstraint("digest"),
)

taken_requests = sa.Table(
    "taken_requests",
    metadata,
    own_id(),
    text("digest"),
    moment("at"),
    sa.UniqueConstraint("digest"),
    sa.Index(None, "at"),
)

# What exists once over all processes, and who holds it: see leases.py.
leases = sa.Table(
    "leases",
    metadata,
    own_id(),
    text("name"),
    text("holder"),
    moment("until"),
    sa.UniqueConstraint("name"),
)

audit = sa.Table(
    "audit",
    metadata,
    own_id(),
    moment("at"),
    text("who"),
    text("what"),
    text("about"),
    sa.Index(None, "at"),
)
