"""What an entry must hold before a query can match it: a database looks for it first."""

import datetime as dt
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """Necessary, not sufficient: the query decides. Empty where nothing in particular is needed."""

    words: tuple[tuple[str, ...], ...] = ()
    """Folded words: one of each group must stand in the text. A ``*`` ends the beginning of a word."""
    since: dt.date | None = None
    """The first day (UTC) an entry may be of."""
    before: dt.date | None = None
    """The first day it may not be of any more."""


NOTHING = Needs()
