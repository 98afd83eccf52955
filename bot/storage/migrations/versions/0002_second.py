"""What people do with alerts, what feeds tell of their health, and many workspaces."""

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add each table and column; rows of the first version keep working."""
