"""What an entry's words weigh: names and figures much, common words little, grammar nothing.

The weights are fixed, never learnt from what was read, so that every worker gets the same.
"""

import re
from functools import lru_cache
from itertools import accumulate, compress
from typing import NamedTuple

from bot.reading.text import fold
from bot.stories.lexicon import common_words, concepts, function_words, months

MAX_CHARS = 6_000
"""Only the beginning of a text is weighed: an event is told in its first paragraphs."""
_WORDS_KEPT = 8_192
"""Words whose weight is remembered: most of a text is words that were met a moment ago."""
_ZONE = 4
"""Words to each side of a capitalised one that tell whether capitals mean anything there."""

_TOKEN = re.compile(
    r"[^\W\d_]+|\d{1,3}(?:[ \u00a0\u202f]\d{3})+(?!\d)"
    r"|\d+(?:[.,]\d+)*(?:\s?(?:%|(?i:per\s?cent|por\sciento|pour\scent)\b))?|[.!?:`\"“”«»]+"
)
_TORN_FIGURE = re.compile(r"\s(?<=\d\s)([.,])\s(?=\d)")
"""``2 . 5`` and ``120 , 000``, as some feeds write figures."""
_NAME, _MAYBE, _WORD, _COMMON, _CONCEPT = 1.6, 1.3, 1.0, 0.35, 0.8
_FIGURE, _SMALL_FIGURE, _DAY = 1.1, 0.4, 1.1
_TITLE = 1.5
STEM_CHARS = 7


class Term(NamedTuple):
    """A stem, a figure, a day (``10-05``) or a concept (``=steel``), and what it weighs."""

    key: str
    weight: float
    name: bool = False
    """True for what tells one event from another: a name, a figure, a day."""


def summed(title: str, body: str) -> tuple[list[tuple[float, str]], set[str]]:
    """Return what each term weighs in all, below zero and heaviest first, and which are names."""
    weights: dict[str, float] = {}
    names: set[str] = set()
    known = weights.get
    for text, factor in ((title, _TITLE), (body, 1.0)):
        for key, weight, name in _terms(text[:MAX_CHARS]):
            weights[key] = known(key, 0.0) + weight * factor
            if name:
                names.add(key)
    return sorted([(-weight, key) for key, weight in weights.items()]), names


def damped(weight: float) -> float:
    """A word said five times does not weigh five times as much."""
    return weight if weight <= 1 else weight**0.5


def _terms(text: str) -> list[Term]:
    tokens = _TOKEN.findall(_TORN_FIGURE.sub(r"\1", text))
    words = list(map(_content, tokens))
    named = _Capitals(tokens, words)
    found: list[Term] = []
    for place, word in enumerate(words):
        if word:
            if len(word) > 1 and not (word in months() and _beside_day(tokens, place)):
                found.append(_word(word, named.at(place) if named.capital[place] else False))
        elif tokens[place][0].isdecimal():
            found.append(_day(tokens, place) or _figure(tokens[place]))
    return found


@lru_cache(maxsize=_WORDS_KEPT)
def _content(token: str) -> str:
    """Return a word folded; nothing for what is none, and for words of grammar."""
    word = _folded(token)
    return "" if word in function_words() else word


def _folded(token: str) -> str:
    if not token[0].isalpha():
        return ""
    return token.lower() if token.isascii() else fold(token).text


@lru_cache(maxsize=_WORDS_KEPT)
def _word(word: str, named: bool | None) -> Term:  # noqa: FBT001  # three-valued, one caller
    if word in common_words():
        return Term(stem(word), _COMMON)
    if concept := _concept(word):
        return Term(concept, _CONCEPT)
    if named:
        return Term(stem(word), _NAME, name=True)
    return Term(stem(word), _MAYBE if named is None else _WORD)


def _concept(word: str) -> str | None:
    """Return the concept of a word, which may stand in the lexicon in its other number."""
    known = concepts()
    return known.get(word) or known.get(f"{word}s") or known.get(word.removesuffix("s"))


class _Capitals:
    """Tells names by their capitals, where most words around them have none."""

    def __init__(self, tokens: list[str], words: list[str]) -> None:
        self._tokens = tokens
        self._words = words
        self.capital = [token[0].isupper() for token in tokens]
        self._row = list(compress(self.capital, words))
        self._rank = list(accumulate(map(bool, words), initial=0))
        self._known = frozenset(tokens)

    def at(self, place: int) -> bool | None:
        """Return whether a name stands there; None where a heading or a sentence begins."""
        if not self.capital[place]:
            return False
        small = self._tokens[place].lower()
        if small in self._known and small[0].islower():
            return False
        rank = self._rank[place]
        around = self._row[max(0, rank - _ZONE) : rank] + self._row[rank + 1 : rank + 1 + _ZONE]
        if sum(around) > 0.6 * len(around):
            return None
        if place and self._tokens[place - 1][0].isalnum():
            return True
        following = place + 1
        if following < len(self._tokens) and self._words[following] and self.capital[following]:
            return True
        return None


@lru_cache(maxsize=_WORDS_KEPT)
def _figure(token: str) -> Term:
    number = re.match(r"[\d.,]*", re.sub(r"(?<=\d)[ \u00a0\u202f](?=\d)", "", token))
    digits = number[0] if number else token
    if digits != token.strip() and not token[-1].isdecimal():
        return Term(f"{_decimal(digits)}%", _FIGURE, name=True)
    digits = re.sub(r"[.,](?=\d{3}(?:\D|$))", "", digits).replace(",", ".")
    return Term(digits, _FIGURE, name=True) if len(digits) > 1 else Term(digits, _SMALL_FIGURE)


def _decimal(digits: str) -> str:
    whole, _, part = digits.replace(",", ".").partition(".")
    part = part.rstrip("0")
    return f"{whole}.{part}" if part else whole


def _day(tokens: list[str], place: int) -> Term | None:
    """Return ``October 5``, ``5 octobre`` or ``5 de octubre`` as a day of the year."""
    token = tokens[place]
    if not _is_day(token):
        return None
    near = map(_folded, _near(tokens, place))
    month = next((months()[word] for word in near if word in months()), None)
    return Term(f"{month:02}-{int(token):02}", _DAY, name=True) if month else None


def _beside_day(tokens: list[str], place: int) -> bool:
    """Whether the month that stands there is told already, by the day beside it."""
    return any(map(_is_day, _near(tokens, place)))


def _is_day(token: str) -> bool:
    return token.isdecimal() and len(token) <= 2 and 1 <= int(token) <= 31


def _near(tokens: list[str], place: int) -> list[str]:
    around = (place - 1, place - 2, place + 1, place + 2)
    return [tokens[i] for i in around if 0 <= i < len(tokens)]


def stem(word: str) -> str:
    """Return the beginning of a word, without its most usual endings.

    Seven letters are where English, Spanish and French part: ``suspens`` for suspension, suspensión
    and suspensiones, ``chihuah`` for Chihuahua and chihuahuense.
    """
    return _without_ending(word)[:STEM_CHARS]


def spelt(key: str) -> str:
    """Return a stem for people to read: ``chihuah…`` where it may be cut."""
    return f"{key}…" if len(key) == STEM_CHARS and key.isalpha() else key


def _without_ending(word: str) -> str:
    for ending in ("ing", "ed", "es", "s", "e", "ly"):
        if word.endswith(ending) and len(word) - len(ending) >= 4:
            return word[: -len(ending)]
    return word
