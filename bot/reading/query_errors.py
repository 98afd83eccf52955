"""A query that cannot be followed: where, and what would be right."""

import re

from bot.errors import InvalidInputError

_PLACE = re.compile(r"\bcharacter (\d+)\b")
_ENDS = re.compile(r"\. (?:The fields are|It can be) |, or \* for all\.$")


class QueryError(InvalidInputError):
    """Its text is the whole sentence in English; the place and the remedy serve other languages."""

    def __init__(self, text: str) -> None:
        super().__init__(text)
        found = _PLACE.search(text)
        self.position = int(found[1]) if found else None
        """The character it went wrong at, from 1; None for an empty query."""
        _, _, remedy = text.rpartition("Try: ")
        self.better = _ENDS.split(remedy)[0].rstrip(".")
        """A query, or a field with a value, that would be right."""
