"""The sentences of a text that are worth a closer look, each with what is told in it.

Most sentences hold neither a date nor a tariff. One pass over the text finds the cues of all readers
of facts at once; only sentences with a cue that a reader asks for are handed to it.
"""

from collections.abc import Iterator
from typing import NamedTuple

from bot.reading import sentences
from bot.reading.alternation import Words
from bot.reading.even import even
from bot.reading.lexicon import Cues, Lexicon

MAX_SENTENCE = 1_500
"""Longer "sentences" are lists or soup; only their first characters are read."""


class Line(NamedTuple):
    """A sentence as the readers of facts take it."""

    given: str
    """The sentence, whole and as it was written."""
    text: str
    """Its first characters, folded by `even`."""
    cues: Cues
    """The alternations that may match in it."""


def of(text: str, lexicon: Lexicon, wanted: frozenset[Words]) -> Iterator[Line]:
    """Yield the sentences of a text that may hold a wanted alternation, or hold ``%``, in order."""
    found = sentences.split(text)
    folded = even(text)
    starts, ends = [sentence[0] for sentence in found], [sentence[1] for sentence in found]
    places = lexicon.spread(folded, starts, ends)
    signed = "%" in folded
    for (start, end, given), here in zip(found, places, strict=True):
        if not wanted.isdisjoint(here) or (signed and folded.find("%", start, end) >= 0):
            yield Line(given, folded[start : min(end, start + MAX_SENTENCE)], Cues(here))
