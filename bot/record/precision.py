"""How often what was told was useful: counted by topic, by rule and by month. Pure."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.domain.marks import Feedback, Mark

QUERY = "query "
"""How the wish of a subscription to a query begins."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Marks counted. Wrong ones were right to come."""

    useful: int = 0
    noise: int = 0
    wrong: int = 0

    @property
    def total(self) -> int:
        """How many marks there are."""
        return self.useful + self.noise + self.wrong

    @property
    def precision(self) -> float | None:
        """The share (0-1) that was right to come; None without marks."""
        return (self.useful + self.wrong) / self.total if self.total else None


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """The figures of a team."""

    all: Tally
    by_topic: tuple[tuple[str, Tally], ...]
    """Most marks first."""
    by_rule: tuple[tuple[str, Tally], ...]
    """By the term that matched, or the query; most noise first."""
    by_month: tuple[tuple[str, Tally], ...]
    """``2026-11`` first, then earlier months."""
    reasons: tuple[tuple[str, datetime], ...]
    """What people wrote with their marks of noise and wrong, newest first."""


def overview(marks: Iterable[Feedback], *, topic: str | None = None) -> Overview:
    """Count marks, newest first; with a topic only those of stories it brought."""
    chosen = [mark for mark in marks if topic is None or topic in topics_of(mark)]
    by_topic = _grouped((name, m) for m in chosen for name in topics_of(m))
    by_rule = _grouped((rule, m) for m in chosen for rule in rules_of(m))
    by_month = _grouped((f"{m.at:%Y-%m}", m) for m in chosen)
    return Overview(
        all=tally(chosen),
        by_topic=tuple(sorted(by_topic, key=lambda row: (-row[1].total, row[0]))),
        by_rule=tuple(sorted(by_rule, key=lambda row: (-row[1].noise, -row[1].total, row[0]))),
        by_month=tuple(sorted(by_month, reverse=True)),
        reasons=tuple((m.reason, m.at) for m in chosen if m.reason and m.mark is not Mark.USEFUL),
    )


def topics_of(mark: Feedback) -> tuple[str, ...]:
    """Return the topics a mark speaks about: the one that was asked for, else all of the story."""
    if mark.wish in mark.topics:
        return (mark.wish,)
    return mark.topics


def rules_of(mark: Feedback) -> tuple[str, ...]:
    """Return what brought the story: the query, or the rules whose words matched."""
    if mark.wish.startswith(QUERY):
        return (mark.wish,)
    return tuple(dict.fromkeys(span.rule for span in mark.spans))


def tally(marks: Sequence[Feedback]) -> Tally:
    """Count marks."""
    said = [mark.mark for mark in marks]
    return Tally(
        useful=said.count(Mark.USEFUL), noise=said.count(Mark.NOISE), wrong=said.count(Mark.WRONG)
    )


def _grouped(pairs: Iterable[tuple[str, Feedback]]) -> list[tuple[str, Tally]]:
    groups: defaultdict[str, list[Feedback]] = defaultdict(list)
    for name, mark in pairs:
        groups[name].append(mark)
    return [(name, tally(marks)) for name, marks in groups.items()]
