"""The names of topics: what people call them, in three languages, and what they meant to type."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.reading.rules import Rules, TopicRule
from bot.reading.text import fold_words, word_set

MAX_WORDS = 6
"""Words of the longest name."""
MAX_TEXT = 1_000
CLOSE = 62
"""Score (0-100) from which a known name is offered for one that is not."""
MAX_OFFERED = 3

_BETWEEN = re.compile(r"[,;/+&|\n]+")
_JOINING = word_set(
    "and or plus with the y e o u con el la los las et ou avec le les de del des du"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Unknown:
    """Words that name no topic, and the ids of those that come nearest."""

    words: str
    nearest: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Resolution:
    """What a person's words were understood as, in their order."""

    topics: tuple[str, ...] = ()
    unknown: tuple[Unknown, ...] = ()

    @property
    def complete(self) -> bool:
        """Whether something was named and all of it was understood."""
        return bool(self.topics) and not self.unknown


class TopicCatalog:
    """The topics by their ids, labels and aliases."""

    def __init__(self, rules: Rules) -> None:
        self._topics = {rule.id: rule for rule in rules.topics}
        self._names: dict[str, str] = {}
        for rule in rules.topics:
            self._names.setdefault(fold_words(rule.id), rule.id)
        for rule in rules.topics:
            for name in _names(rule):
                self._names.setdefault(name, rule.id)

    @property
    def ids(self) -> tuple[str, ...]:
        """The ids of all topics, in the order of the configuration."""
        return tuple(self._topics)

    def label(self, topic: str, locale: str) -> str:
        """Return the topic's name in a language; English where it has none, the id where unknown."""
        rule = self._topics.get(topic)
        if rule is None:
            return topic
        return rule.label.get(locale) or rule.label.get("en") or topic

    def resolve(self, words: str) -> Resolution:
        """Read topics from a person's words: ids, names and aliases, one or several.

        ``autos steel, dairy`` names three, ``minerales críticos`` one. A word that names none is
        returned with its nearest topics.
        """
        topics: dict[str, None] = {}
        unknown: list[Unknown] = []
        for part in _BETWEEN.split(words[:MAX_TEXT]):
            lost: list[str] = []
            for phrase, topic in self._read(fold_words(part).split()):
                if topic is not None:
                    topics[topic] = None
                elif phrase not in _JOINING:
                    lost.append(phrase)
            if lost:
                missing = " ".join(lost)
                unknown.append(Unknown(words=missing, nearest=self.nearest(missing)))
        return Resolution(topics=tuple(topics), unknown=tuple(unknown))

    def nearest(self, words: str) -> tuple[str, ...]:
        """Return the ids of the topics whose names come nearest, the best first."""
        from rapidfuzz import fuzz, process

        found = process.extract(
            fold_words(words), list(self._names), scorer=fuzz.ratio, score_cutoff=CLOSE, limit=12
        )
        ids = dict.fromkeys(self._names[name] for name, _, _ in found)
        return tuple(ids)[:MAX_OFFERED]

    def complete(self, prefix: str, locale: str, limit: int = 25) -> list[tuple[str, str]]:
        """Return (id, label) of topics that a half-typed word may mean, the likeliest first."""
        typed = fold_words(prefix)
        ranked = sorted(
            (rank, place, topic)
            for place, topic in enumerate(self._topics)
            if (rank := self._rank(topic, typed, locale)) is not None
        )
        ids = [topic for _, _, topic in ranked] or list(self.nearest(typed))
        return [(topic, self.label(topic, locale)) for topic in ids[:limit]]

    def _read(self, words: Sequence[str]) -> Iterator[tuple[str, str | None]]:
        place = 0
        while place < len(words):
            for size in range(min(MAX_WORDS, len(words) - place), 0, -1):
                phrase = " ".join(words[place : place + size])
                topic = self._known(phrase)
                if topic is not None:
                    break
            yield phrase, topic
            place += size

    def _known(self, phrase: str) -> str | None:
        for variant in (phrase, phrase.removesuffix("s"), phrase.removesuffix("es"), f"{phrase}s"):
            if variant in self._names:
                return self._names[variant]
        return None

    def _rank(self, topic: str, typed: str, locale: str) -> int | None:
        rule = self._topics[topic]
        label = fold_words(self.label(topic, locale))
        if label.startswith(typed) or topic.startswith(typed):
            return 0
        own = [fold_words(alias) for alias in rule.aliases.get(locale, ())]
        if any(name.startswith(typed) for name in own):
            return 1
        others = list(_names(rule))
        if any(name.startswith(typed) for name in others):
            return 2
        return 3 if any(typed in name for name in (label, *others)) else None


def _names(rule: TopicRule) -> Iterator[str]:
    """Yield every name of a topic, folded: labels, their parts, aliases."""
    for label in rule.label.values():
        yield fold_words(label)
        for part in label.split("/"):
            yield fold_words(part)
    for aliases in rule.aliases.values():
        for alias in aliases:
            yield fold_words(alias)
