"""Sentences of ours that are stored in English, told in Spanish and French when they are shown. Pure."""

import re
from collections.abc import Sequence

from bot.domain.locales import language_of

Row = tuple[str, str, str]
"""(English, Spanish, French); ``{}`` stands for a value, in the same order in each."""

_DEEPEST = 4
"""Sentences inside sentences: what is stored nests two deep."""


class Sentences:
    """Knows sentences by their English pattern; those with few values and long ones say it most exactly."""

    def __init__(self, rows: Sequence[Row], *, values: Sequence[Row] = ()) -> None:
        """`values` are words that stand for a ``{}``; a value may also be a sentence of `rows` itself."""
        self._rows = sorted(rows, key=lambda row: (row[0].count("{}"), -len(row[0])))
        self._values = {row[0]: row for row in values}
        self._patterns: list[tuple[re.Pattern[str], Row]] = []

    def told(self, text: str, locale: str) -> str | None:
        """Return the sentence in a language; None where it is not known in it. English is as it is."""
        place = {"es": 1, "fr": 2}.get(language_of(locale))
        return text if place is None else self._told(text.strip(), place, 0)

    def _told(self, text: str, place: int, depth: int) -> str | None:
        if not self._patterns:
            self._patterns = [(_pattern(row[0]), row) for row in self._rows]
        for pattern, row in self._patterns:
            found = pattern.fullmatch(text)
            if found is not None:
                values = (self._value(each, place, depth + 1) for each in found.groups())
                return row[place].format(*values)
        return None

    def _value(self, text: str, place: int, depth: int) -> str:
        if text in self._values:
            return self._values[text][place]
        inner = self._told(text, place, depth) if depth < _DEEPEST and " " in text else None
        return inner or text


def _pattern(sentence: str) -> re.Pattern[str]:
    return re.compile("(.+?)".join(map(re.escape, sentence.split("{}"))))
