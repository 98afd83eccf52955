"""What a query gives back: columns by name, typed where they are turned into nouns."""

from typing import Any

import sqlalchemy as sa

Row = sa.Row[*tuple[Any, ...]]
