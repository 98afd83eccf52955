"""${message}"""

import sqlalchemy as sa
from alembic import op
${imports if imports else ""}
revision = ${repr(up_revision)}
down_revision = ${repr(down_revision)}
branch_labels = None
depends_on = None


# Where this takes away or changes the meaning of what programs of the version before read or write,
# say so: op.execute("UPDATE alembic_version SET compatible_from = '${up_revision}'"). Where it only adds
# (columns that may be empty or have a server default, tables, indexes), they go on beside new ones.
def upgrade() -> None:
    ${upgrades if upgrades else "pass"}


def downgrade() -> None:
    ${downgrades if downgrades else "pass"}
