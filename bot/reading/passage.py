"""The texts of an entry, folded once for all who read them.

Topics, countries, the language and the summary all look for words in folded text. Folding costs more
than finding, so an entry's title, summary and content are folded here, and joined as each reader
wants them.
"""

from collections.abc import Sequence
from typing import NamedTuple

from bot.domain.entry import Entry
from bot.reading.automaton import Prepared
from bot.reading.text import Folded, fold, spaced

MAX_CHARACTERS = 60_000
"""Characters of each text that are read; no entry about one thing is longer."""


class Passage(NamedTuple):
    """A text, its folded form, and the same with a blank for every sign."""

    text: str
    folded: Folded
    words: str


class Passages(NamedTuple):
    """The texts of an entry, each up to MAX_CHARACTERS."""

    title: Passage
    summary: Passage
    content: Passage

    @property
    def whole(self) -> Prepared:
        """Title, summary and content, a line each; up to MAX_CHARACTERS in all."""
        return _cut(joined((self.title, self.summary, self.content), "\n"))


def passage(text: str) -> Passage:
    """Fold a text."""
    if not text:
        return _NOTHING
    folded = fold(text)
    return Passage(text, folded, spaced(folded.text))


_NOTHING = Passage("", Folded("", 0), "")


def passages(entry: Entry) -> Passages:
    """Fold the texts of an entry."""
    summary = passage(entry.summary[:MAX_CHARACTERS])
    repeated = entry.content == entry.summary
    content = summary if repeated else passage(entry.content[:MAX_CHARACTERS])
    return Passages(passage(entry.title[:MAX_CHARACTERS]), summary, content)


def joined(parts: Sequence[Passage], gap: str) -> Prepared:
    """Return several texts as one, made ready for the automaton; `gap` is the blank between them."""
    original = gap.join([part.text for part in parts])
    words = (" " * len(gap)).join([part.words for part in parts])
    return Prepared(original, _joined([part.folded for part in parts], gap), words)


def _joined(parts: Sequence[Folded], gap: str) -> Folded:
    text = gap.join([part.text for part in parts])
    length = sum([part.length for part in parts]) + len(gap) * (len(parts) - 1)
    if [part.runs for part in parts].count(None) == len(parts):
        return Folded(text, length)
    here: list[int] = []
    there: list[int] = []
    reached = place = 0
    for part in parts:
        starts, origins = part.runs or ((0,), (0,))
        here += [reached + start for start in starts]
        there += [place + origin for origin in origins]
        reached += len(part.text) + len(gap)
        place += part.length + len(gap)
    return Folded(text, length, (tuple(here), tuple(there)))


def _cut(prepared: Prepared) -> Prepared:
    original = prepared.original
    return prepared if len(original) <= MAX_CHARACTERS else Prepared(original[:MAX_CHARACTERS])
