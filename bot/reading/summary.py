"""A summary of an entry: one to three of its own sentences, whole and in their order.

    text → sentences → without boilerplate and title → scored → the best that fit

A sentence is worth its place near the top, the words it shares with the title and the rest of the
text, and the facts it holds: dates, amounts, rates, and what the other readers read from it.
"""

import re
from collections.abc import Collection, Sequence
from collections.abc import Set as AbstractSet
from typing import NamedTuple

from bot.domain.entry import Entry, Stated
from bot.domain.reading import Lang
from bot.reading.automaton import Prepared
from bot.reading.boilerplate import prose
from bot.reading.passage import Passage, Passages, passage, passages
from bot.reading.sentences import Sentence, split
from bot.reading.text import fold_words, word_set

MAX_LENGTH = 700
MAX_SENTENCES = 3
MAX_READ = 20_000
"""Characters of the text that are looked at."""
MAX_LOOKED_AT = 30
"""Sentences from the top that are looked at; further down only those with a date or rate."""
MAX_CANDIDATES = 16
"""Sentences from the top that are weighed when the furniture is gone."""
MIN_LENGTH = 25
"""Shorter sentences tell nothing alone."""
ENOUGH = 0.85
"""A second or third sentence is taken from this score on."""
SHORT_TEXT = 400
"""A text of at most three sentences and so many characters is told whole."""

_SCENE = 0.8
"""Taken from what stands before the first dates and rates and has no figure: a scene to open with."""
_OF_TITLE = 2
"""So many words of the title, and it is news all the same."""
_FIGURE = re.compile(r"[0-9](?:[\d.,:]|[\u00a0\u202f ](?=\d{3}\b))*")
_NUMBERS = word_set(
    """two three four five six seven eight nine ten eleven twelve dos tres cuatro cinco seis siete
    ocho nueve diez deux trois quatre sept huit neuf dix"""
)
_WRITTEN = re.compile(
    rf"\b(?:{'|'.join(sorted(_NUMBERS))}) "
    r"(?:days?|weeks?|months?|years?|hours?|d[ií]as|semanas|meses|a[nñ]os|horas|jours|semaines|"
    r"mois|ans|heures|percent|per cent|por ciento|pour cent)\b"
)
_QUOTES = "\"“«'‘"
_QUOTED = re.compile(f"[{_QUOTES}]")
_LEANING_HEADS = word_set(
    "it he sh th bu an so hi no si el es pe su ta ad il ce ma et sa se le or ai"
)
"""The first two letters of what `_LEANING` takes, of those that begin in ASCII and not with y."""
_LEANING = re.compile(
    r"(?:it|he|she|they|this|that|these|those|but|and|so|yet|his|her|their|none|some|since then|"
    r"él|ella|ellos|eso|esto|esta|este|pero|y|sin embargo|también|además|su|sus|"
    r"il|elle|ils|elles|cela|ce|cette|ces|mais|et|son|sa|ses|leur|leurs|or|ainsi)\b",
    re.IGNORECASE,
)
"""The first word of a sentence that leans on the one before it: “It …”, “Sin embargo …”."""
_CUT = re.compile(r"(?:\[?(?:…|\.\.\.)\]?|\[\+\d+ chars\])$")
_SPEECH = frozenset(
    {"said", "says", "told", "added", "dijo", "senalo", "agrego", "apunto", "deplore", "affirme"}
)


class _Candidate(NamedTuple):
    place: int
    sentence: Sentence
    words: frozenset[str]
    facts: int


def summarise(
    entry: Entry, lang: Lang, facts_sentences: Collection[str], texts: Passages | None = None
) -> str:
    """Return at most 700 characters: whole sentences of the source, "" where it has none.

    `facts_sentences` are the sentences that dates and rates were read from; `texts` are the entry's
    texts where they are folded already. For a document of the Federal Register the summary is its
    action and its dates.
    """
    if entry.stated is not None and (entry.stated.action or entry.stated.dates):
        return _of_document(texts or passages(entry), entry.stated)
    texts = texts or passages(entry)
    body = _body(texts)
    usable = _usable(body, entry.title, facts_sentences)
    if not usable:
        return ""
    if lang is Lang.OTHER:  # a text we cannot weigh is told by its first sentence
        chosen = usable[:1]
    elif len(usable) <= MAX_SENTENCES and _length(usable) <= SHORT_TEXT:
        chosen = usable
    else:
        candidates = _candidates(body, usable)
        title = _telling(texts.title.words.replace("%", " ").split())
        chosen = _choose(candidates, _scores(candidates, title, facts_sentences))
    return " ".join([sentence.text.replace("\n", " ") for sentence in chosen])


def _length(sentences: Sequence[Sentence]) -> int:
    return sum([len(sentence.text) + 1 for sentence in sentences])


def _body(texts: Passages) -> Passage:
    summary, content = texts.summary, texts.content
    body = content if len(content.text) > len(summary.text) else summary
    return body if len(body.text) <= MAX_READ else passage(body.text[:MAX_READ])


def _of_document(texts: Passages, stated: Stated) -> str:
    wanted = [sentence.text for sentence in split(stated.action or "")[:1]]
    wanted += [sentence.text for sentence in split(stated.dates or "")[:3]]
    if len(wanted) < MAX_SENTENCES:
        wanted += [sentence.text for sentence in split(_body(texts).text)[:1]]
    kept: list[str] = []
    for text in dict.fromkeys(text.replace("\n", " ") for text in wanted):
        closed = text if text.endswith((".", "!", "?", ":", ";")) else f"{text}."
        if len(" ".join((*kept, closed))) <= MAX_LENGTH:
            kept.append(closed)
    return " ".join(kept)


def _usable(body: Passage, title: str, facts_sentences: Collection[str]) -> list[Sentence]:
    """The sentences that can be told: no furniture, not the title again, not cut off."""
    sentences = split(body.text)
    top, rest = sentences[:MAX_LOOKED_AT], sentences[MAX_LOOKED_AT:]
    looked_at = top + [one for one in rest if one.text in facts_sentences][:MAX_LOOKED_AT]
    prepared = Prepared(body.text, body.folded, body.words)
    if rest:
        prepared = Prepared(body.text[: looked_at[-1].end])
    kept = [one for one in prose(prepared, looked_at) if len(one.text) <= MAX_LENGTH]
    if kept and _repeats(kept[0].text, title):
        del kept[0]
    whole = [sentence for sentence in kept if not _is_cut(sentence.text)]
    long_enough = [sentence for sentence in whole if len(sentence.text) >= MIN_LENGTH]
    usable = long_enough or whole or kept
    below = [one for one in usable[MAX_CANDIDATES:] if one.text in facts_sentences]
    return usable[:MAX_CANDIDATES] + below


def _candidates(body: Passage, sentences: Sequence[Sentence]) -> list[_Candidate]:
    made = []
    for place, sentence in enumerate(sentences):
        start, end, text = sentence
        even = body.folded.runs is None  # folded once, where that keeps the places
        words = (body.words[start:end] if even else fold_words(text)).split()
        made.append(_Candidate(place, sentence, _telling(words), _facts(text, words)))
    return made


def _is_cut(text: str) -> bool:
    return text.endswith(("…", "...", "]")) and _CUT.search(text) is not None


def _facts(text: str, words: Sequence[str]) -> int:
    """Count the figures of a sentence; one written out counts where there is none in digits."""
    figures = len(_FIGURE.findall(text))
    return figures or (not _NUMBERS.isdisjoint(words) and _WRITTEN.search(text) is not None)


def _repeats(text: str, title: str) -> bool:
    if abs(len(text) - len(title)) > 25:
        return False
    return fold_words(text) == fold_words(title)


def _telling(words: Sequence[str]) -> frozenset[str]:
    """Return the words of a sentence by which it is compared, their endings cut."""
    return frozenset([word[:7] for word in words if len(word) > 3 or word.isdigit()])


def _scores(
    candidates: Sequence[_Candidate], title: frozenset[str], facts_sentences: Collection[str]
) -> list[float]:
    seen: set[str] = set()
    central: set[str] = set()
    for candidate in candidates:
        central |= seen & candidate.words
        seen |= candidate.words
    scores = [_score(candidate, title, central, facts_sentences) for candidate in candidates]
    lead = _lead(candidates, facts_sentences)
    for candidate in candidates[:lead]:
        if not candidate.facts and len(candidate.words & title) < _OF_TITLE:
            scores[candidate.place] -= _SCENE
    return scores


def _lead(candidates: Sequence[_Candidate], facts_sentences: Collection[str]) -> int:
    """Return the place of the first sentence that a date or rate was read from; 0 where there is none."""
    return next((one.place for one in candidates if one.sentence.text in facts_sentences), 0)


def _score(
    candidate: _Candidate,
    title_words: frozenset[str],
    central: AbstractSet[str],
    facts_sentences: Collection[str],
) -> float:
    text = candidate.sentence.text
    size = max(1, len(candidate.words))
    score = 1.4 / (1 + 0.45 * candidate.place)
    score += 0.35 * min(3, candidate.facts)
    score += 0.8 * len(candidate.words & title_words) / max(4, len(title_words))
    score += 0.5 * len(candidate.words & central) / size
    if facts_sentences and any(text in fact or fact in text for fact in facts_sentences):
        score += 0.5
    if text[0] in _QUOTES:
        score -= 0.9
    elif candidate.words & _SPEECH and _QUOTED.search(text):
        score -= 0.4
    if _leans(text):
        score -= 0.6 if candidate.place == 0 else 0.3
    if not candidate.facts:
        score -= 0.4 if len(text) < 60 else 0.0
        # a scene to open with: no figure, and nothing of what the title promises
        score -= 0.0 if candidate.words & title_words else 0.6
    return score


def _leans(text: str) -> bool:
    """Whether a sentence begins with a word that points to what was said before it."""
    head = text[:2]
    if head.isascii() and head[0] not in "yY" and head.lower() not in _LEANING_HEADS:
        return False
    return _LEANING.match(text) is not None


def _choose(candidates: Sequence[_Candidate], scores: Sequence[float]) -> list[Sentence]:
    """Take the best, then others that add words and fit, and put them into their order."""
    chosen: list[_Candidate] = []
    room = MAX_LENGTH
    for place in sorted(range(len(candidates)), key=lambda place: -scores[place]):
        candidate = candidates[place]
        if chosen and (scores[place] < ENOUGH or len(chosen) == MAX_SENTENCES):
            break
        if len(candidate.sentence.text) > room or _adds_little(candidate, chosen):
            continue
        chosen.append(candidate)
        room -= len(candidate.sentence.text) + 1
    return [one.sentence for one in sorted(chosen, key=lambda candidate: candidate.place)]


def _adds_little(candidate: _Candidate, chosen: Sequence[_Candidate]) -> bool:
    return any(
        len(candidate.words & other.words) > 0.7 * max(1, len(candidate.words)) for other in chosen
    )
