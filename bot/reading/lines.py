"""The sentences of a text that are worth a closer look, each with what is told in it.

Most sentences hold neither a date nor a tariff. One pass over the text finds the cues of all readers
of facts at once; only sentences with a cue that a reader asks for are handed to it.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from bot.reading import sentences
from bot.reading.alternation import Words
from bot.reading.even import even
from bot.reading.lexicon import Cues, Lexicon

MAX_SENTENCE = 1_500
"""Longer "sentences" are lists or soup; only their first characters are read."""


@dataclass(frozen=True, slots=True)
class Line:
    """A sentence as the readers of facts take it."""

    given: str
    """The sentence, whole and as it was written."""
    text: str
    """Its first characters, folded by `even`."""
    cues: Cues
    """The alternations that may match in it."""


def of(text: str, lexicon: Lexicon, wanted: frozenset[Words]) -> Iterator[Line]:
    """Yield the sentences of a text that may hold one of the wanted alternations, in order."""
    found = sentences.split(text)
    folded = even(text)
    cues = lexicon.spread(folded, [(sentence.start, sentence.end) for sentence in found])
    for sentence, here in zip(found, cues, strict=True):
        if here.any(wanted):
            end = min(sentence.end, sentence.start + MAX_SENTENCE)
            yield Line(sentence.text, folded[sentence.start : end], here)
