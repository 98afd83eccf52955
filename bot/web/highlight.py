"""Shows in an entry's text the sentences that facts were read from. All else is escaped."""

import re
from collections.abc import Iterable
from dataclasses import dataclass

from markupsafe import Markup, escape

MOST = 6_000
"""Characters of one text that are shown."""

_MOST_SENTENCES = 40


@dataclass(frozen=True, slots=True, kw_only=True)
class Marked:
    """A text with its sentences marked, and how many of them are in it."""

    text: Markup
    marks: int
    cut: bool = False


def marked(text: str, sentences: Iterable[str]) -> Marked:
    """Return the text with each sentence marked where it stands; white space may differ."""
    shown = text[:MOST]
    spans = _joined(_places(shown, sentences))
    parts: list[Markup] = []
    at = 0
    for start, end in spans:
        parts.append(escape(shown[at:start]))
        parts.append(Markup("<mark>{}</mark>").format(shown[start:end]))
        at = end
    parts.append(escape(shown[at:]))
    cut = len(shown) < len(text)
    return Marked(text=Markup("").join(parts) + ("…" if cut else ""), marks=len(spans), cut=cut)


def _places(text: str, sentences: Iterable[str]) -> list[tuple[int, int]]:
    wanted = list(dict.fromkeys(sentence.strip() for sentence in sentences))[:_MOST_SENTENCES]
    places = []
    for sentence in wanted:
        words = sentence.split()
        if not words:
            continue
        found = re.search(r"\s+".join(map(re.escape, words)), text)
        if found is not None:
            places.append(found.span())
    return sorted(places)


def _joined(places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """Join what overlaps, so that no mark stands in another."""
    joined: list[tuple[int, int]] = []
    for start, end in places:
        if joined and start < joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined
