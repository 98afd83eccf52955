"""Phrases that could be masked: what brought noise, never anything useful. Pure; changes nothing.

noise ─► the words that matched, with their neighbours ─► phrases of several noisy stories
useful ─► what also occurs there is no phrase to mask
archive ─► entries whose every matched word lies in the phrase would fall away
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from bot.domain.entry import Entry
from bot.domain.ids import StoryId
from bot.domain.reading import Field, Reading, Span

MIN_STORIES = 2
"""Noisy stories a phrase must occur in: one alone proves nothing."""
MAX_CANDIDATES = 5
_NEIGHBOUR = 4
"""Letters of a neighbouring word, at least: articles and prepositions make no phrase."""
_WORD = re.compile(r"\w+(?:['’-]\w+)*")


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """An entry of a story somebody marked."""

    story_id: StoryId
    entry: Entry
    reading: Reading


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A phrase around a matched word, and the noisy stories it occurs in."""

    topic: str
    term: str
    """The word that matched, as it stands in the text."""
    phrase: str
    """In small letters, as topics.yaml writes a mask."""
    stories: tuple[StoryId, ...]
    examples: tuple[str, ...]
    """Titles of noisy entries."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """A candidate with what masking it would do to the archive."""

    candidate: Candidate
    drops: int
    """Stored entries that would no longer be on the topic."""
    of: int
    """Stored entries on the topic."""
    kept: int
    """Entries that have the phrase and stay, because other words speak for the topic too."""


def candidates(
    noise: Sequence[Example], useful: Iterable[Example], *, topic: str | None = None
) -> list[Candidate]:
    """Return phrases that occur in noisy stories only, most stories first.

    With a topic, only those that would be masked for it.
    """
    found: dict[tuple[str, str], dict[StoryId, tuple[str, str]]] = {}
    for example in noise:
        for name, term, phrase in _phrases(example, topic):
            there = found.setdefault((name, phrase), {})
            there.setdefault(example.story_id, (term, example.entry.title))
    spared = {phrase for example in useful for _, _, phrase in _phrases(example, topic)}
    rows = [
        Candidate(
            topic=name,
            term=next(iter(stories.values()))[0],
            phrase=phrase,
            stories=tuple(stories),
            examples=tuple(dict.fromkeys(title for _, title in stories.values()))[:3],
        )
        for (name, phrase), stories in found.items()
        if len(stories) >= MIN_STORIES and phrase not in spared
    ]
    rows.sort(key=lambda row: (-len(row.stories), len(row.phrase.split()), row.phrase))
    return _distinct(rows)[:MAX_CANDIDATES]


def falls_away(phrase: str, topic: str, entry: Entry, reading: Reading) -> bool | None:
    """Whether masking a phrase would take an entry off a topic.

    None where the entry does not have the phrase, or is not on the topic.
    """
    spans = [span for match in reading.topics if match.topic == topic for span in match.spans]
    pattern = _pattern(phrase)
    places = {field: [m.span() for m in pattern.finditer(_text(entry, field))] for field in Field}
    if not spans or not any(places.values()):
        return None
    return all(
        any(start <= span.start and span.end <= end for start, end in places[span.field])
        for span in spans
    )


def _phrases(example: Example, topic: str | None) -> Iterator[tuple[str, str, str]]:
    """Yield (topic, term, phrase) for each matched word and its neighbours."""
    for match in example.reading.topics:
        if topic is not None and match.topic != topic:
            continue
        for span in match.spans:
            for phrase in _around(_text(example.entry, span.field), span):
                yield match.topic, span.text, phrase


def _around(text: str, span: Span) -> Iterator[str]:
    """The matched words with the word before, the word after, and both."""
    before = [m.group() for m in _WORD.finditer(text[max(0, span.start - 60) : span.start])][-1:]
    after = [m.group() for m in _WORD.finditer(text[span.end : span.end + 60])][:1]
    inside = [m.group() for m in _WORD.finditer(text[span.start : span.end])]
    left = [word for word in before if len(word) >= _NEIGHBOUR]
    right = [word for word in after if len(word) >= _NEIGHBOUR]
    if not inside:
        return
    if left:
        yield " ".join([*left, *inside]).lower()
    if right:
        yield " ".join([*inside, *right]).lower()
    if left and right:
        yield " ".join([*left, *inside, *right]).lower()


def _distinct(rows: Sequence[Candidate]) -> list[Candidate]:
    """Leave out phrases that only add words to one that stands in the same stories."""
    kept: list[Candidate] = []
    for row in rows:
        if not any(
            other.topic == row.topic
            and other.phrase in row.phrase
            and set(row.stories) <= set(other.stories)
            for other in kept
        ):
            kept.append(row)
    return kept


def _pattern(phrase: str) -> re.Pattern[str]:
    words = [re.escape(word) for word in _WORD.findall(phrase)]
    return re.compile(r"\b" + r"\W+".join(words) + r"\b", re.IGNORECASE)


def _text(entry: Entry, field: Field) -> str:
    return {Field.TITLE: entry.title, Field.SUMMARY: entry.summary, Field.CONTENT: entry.content}[
        field
    ]
