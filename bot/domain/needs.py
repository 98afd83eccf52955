"""What an entry must hold before a query can match it: a database looks for it first.

A *sign* is a folded word (``steel``), the beginning of one (``auto*``), or words in a row with a blank
before and behind them (`` rules of origin ``; without the one behind, the last is a beginning). Words
may be marks of what was read, see `reading.query_marks`.
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Needs:
    """Necessary, not sufficient: the query decides. Empty where nothing in particular is needed."""

    words: tuple[tuple[str, ...], ...] = ()
    """One sign of each group stands in the entry."""
    without: tuple[str, ...] = ()
    """Words and beginnings of words of which the entry holds none. Some word is needed beside them."""


NOTHING = Needs()
