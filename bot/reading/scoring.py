"""Scores of topics and summaries against labelled entries, as `usmca-bot eval` prints them.

A label file is JSON lines. Topics: ``id lang title summary topics`` and, where a topic is neither
right nor wrong, ``optional``; no topics means that nothing may fire. Summaries: ``id lang title
content key never``: a good summary holds every `key` and none of `never`.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field

from bot.domain.entry import Entry
from bot.domain.reading import Lang
from bot.errors import InvalidInputError
from bot.reading.summary import MAX_LENGTH


@dataclass(frozen=True, slots=True, kw_only=True)
class Counts:
    """How many were right, made up and missed."""

    right: int = 0
    extra: int = 0
    missed: int = 0

    @property
    def precision(self) -> float:
        """Share of what was found that is right; 1.0 where nothing was found."""
        return self.right / (self.right + self.extra) if self.right + self.extra else 1.0

    @property
    def recall(self) -> float:
        """Share of what is there that was found; 1.0 where nothing is there."""
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def f1(self) -> float:
        """Harmonic mean of precision and recall."""
        found = 2 * self.right + self.extra + self.missed
        return 2 * self.right / found if found else 1.0

    def plus(self, other: "Counts") -> "Counts":
        """Return the sum of both."""
        return Counts(
            right=self.right + other.right,
            extra=self.extra + other.extra,
            missed=self.missed + other.missed,
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicLabel:
    """An entry and the topics a specialist gave it."""

    id: str
    lang: str
    entry: Entry
    topics: frozenset[str]
    optional: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicFailure:
    """An entry whose topics were not all right."""

    label: TopicLabel
    extra: frozenset[str]
    missed: frozenset[str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicScore:
    """How well topics were found, in all, by topic and by language."""

    total: Counts
    by_topic: Mapping[str, Counts]
    by_lang: Mapping[str, Counts]
    negatives: int
    """Entries that have no topic."""
    false_alarms: int
    """Those of them for which one fired."""
    failures: tuple[TopicFailure, ...]

    @property
    def false_alarm_rate(self) -> float:
        """Share of the entries without a topic for which one fired."""
        return self.false_alarms / self.negatives if self.negatives else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryLabel:
    """An entry, the facts its summary must keep, and what it must not hold."""

    id: str
    lang: Lang
    entry: Entry
    key: tuple[str, ...]
    never: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryFailure:
    """A summary that lost a fact, kept boilerplate or is too long."""

    label: SummaryLabel
    summary: str
    lost: tuple[str, ...]
    kept: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class SummaryScore:
    """How good summaries were."""

    summaries: int
    facts: int
    facts_kept: int
    with_boilerplate: int
    too_long: int
    failures: tuple[SummaryFailure, ...] = field(default=())

    @property
    def kept(self) -> float:
        """Share of the key facts that the summaries hold."""
        return self.facts_kept / self.facts if self.facts else 1.0


def topic_labels(lines: Iterable[str]) -> list[TopicLabel]:
    """Read labelled topics from JSON lines. Raises InvalidInputError naming the line."""
    return [
        TopicLabel(
            id=_text(row, "id", number),
            lang=_text(row, "lang", number),
            entry=_entry(row, number),
            topics=frozenset(_texts(row, "topics", number)),
            optional=frozenset(_texts(row, "optional", number)),
        )
        for number, row in rows(lines)
    ]


def score_topics(
    labels: Iterable[TopicLabel],
    read: Callable[[Entry], Collection[str]],
    *,
    leave_out: Collection[str] = (),
) -> TopicScore:
    """Compare what `read` finds with the labels; topics in `leave_out` are not judged."""
    by_topic: dict[str, Counts] = defaultdict(Counts)
    by_lang: dict[str, Counts] = defaultdict(Counts)
    total, failures, negatives, alarms = Counts(), [], 0, 0
    for label in labels:
        found = frozenset(read(label.entry)) - frozenset(leave_out)
        wanted = label.topics - frozenset(leave_out)
        extra, missed = found - wanted - label.optional, wanted - found
        counts = Counts(right=len(found & wanted), extra=len(extra), missed=len(missed))
        total = total.plus(counts)
        by_lang[label.lang] = by_lang[label.lang].plus(counts)
        for topic in wanted | extra:
            one = Counts(
                right=topic in found & wanted, extra=topic in extra, missed=topic in missed
            )
            by_topic[topic] = by_topic[topic].plus(one)
        if extra or missed:
            failures.append(TopicFailure(label=label, extra=extra, missed=missed))
        negatives += not label.topics
        alarms += not label.topics and bool(extra)
    return TopicScore(
        total=total,
        by_topic=dict(sorted(by_topic.items())),
        by_lang=dict(sorted(by_lang.items())),
        negatives=negatives,
        false_alarms=alarms,
        failures=tuple(failures),
    )


def summary_labels(lines: Iterable[str]) -> list[SummaryLabel]:
    """Read labelled summaries from JSON lines. Raises InvalidInputError naming the line."""
    return [
        SummaryLabel(
            id=_text(row, "id", number),
            lang=_lang(_text(row, "lang", number), number),
            entry=_entry(row, number),
            key=_texts(row, "key", number),
            never=_texts(row, "never", number),
        )
        for number, row in rows(lines)
    ]


def score_summaries(
    labels: Iterable[SummaryLabel], summarise: Callable[[SummaryLabel], str]
) -> SummaryScore:
    """Compare the summaries with what they must and must not hold."""
    summaries = facts = facts_kept = boilerplate = too_long = 0
    failures: list[SummaryFailure] = []
    for label in labels:
        summary = summarise(label)
        lost = tuple(fact for fact in label.key if fact not in summary)
        kept = tuple(phrase for phrase in label.never if phrase in summary)
        summaries += 1
        facts += len(label.key)
        facts_kept += len(label.key) - len(lost)
        boilerplate += bool(kept)
        too_long += len(summary) > MAX_LENGTH
        if lost or kept or len(summary) > MAX_LENGTH:
            failures.append(SummaryFailure(label=label, summary=summary, lost=lost, kept=kept))
    return SummaryScore(
        summaries=summaries,
        facts=facts,
        facts_kept=facts_kept,
        with_boilerplate=boilerplate,
        too_long=too_long,
        failures=tuple(failures),
    )


def rows(lines: Iterable[str]) -> Iterator[tuple[int, Mapping[str, object]]]:
    """Yield the number and the object of each JSON line. Raises InvalidInputError naming the line."""
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            row = json.loads(line)
        except json.JSONDecodeError as error:
            raise InvalidInputError(f"line {number} is not JSON: {error.msg}") from error
        if not isinstance(row, dict):
            raise InvalidInputError(f'line {number} must be an object such as {{"id": …}}')
        yield number, row


def _entry(row: Mapping[str, object], number: int) -> Entry:
    return Entry(
        guid=_text(row, "id", number),
        title=_text(row, "title", number, default=""),
        summary=_text(row, "summary", number, default=""),
        content=_text(row, "content", number, default=""),
        lang=_text(row, "lang", number),
    )


def _lang(code: str, number: int) -> Lang:
    try:
        return Lang(code)
    except ValueError:
        raise InvalidInputError(f"line {number}: lang must be en, es, fr or other") from None


def _text(row: Mapping[str, object], key: str, number: int, *, default: str | None = None) -> str:
    value = row.get(key, default)
    if value is None and default is not None:
        return default
    if not isinstance(value, str):
        raise InvalidInputError(f"line {number}: {key} must be text")
    return value


def _texts(row: Mapping[str, object], key: str, number: int) -> tuple[str, ...]:
    value = row.get(key, [])
    if not isinstance(value, list) or not all(isinstance(one, str) for one in value):
        raise InvalidInputError(f"line {number}: {key} must be a list of texts")
    return tuple(value)
