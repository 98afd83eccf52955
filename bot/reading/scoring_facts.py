"""Scores of deadlines, tariff facts and Federal Register dates against labelled sentences.

A label file is JSON lines. Deadlines and tariffs: ``id lang published text expect``; an empty
`expect` means that nothing may fire. Federal Register: ``document_number publication_date dates
comments_close_on effective_on``. Dates are ISO.
"""

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.domain.reading import DeadlineFact, Lang, TariffFact
from bot.errors import InvalidInputError
from bot.reading.scoring import Counts, rows

Pairs = frozenset[tuple[str, str]]
"""(kind, date) of deadlines, (field, value) of a tariff fact."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceLabel:
    """A sentence, the day it was published, and the facts a specialist read from it."""

    id: str
    lang: Lang
    published: date
    text: str
    facts: tuple[Pairs, ...]
    """One set for each fact; empty where there is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SentenceFailure:
    """A sentence that was not read as labelled."""

    label: SentenceLabel
    extra: Pairs
    missed: Pairs


@dataclass(frozen=True, slots=True, kw_only=True)
class FactScore:
    """How well facts were read."""

    total: Counts
    """Deadlines: (kind, date) pairs. Tariffs: (field, value) pairs."""
    by_part: Mapping[str, Counts]
    """Deadlines: ``date`` whatever the kind, then each kind. Tariffs: each field."""
    by_lang: Mapping[str, Counts]
    negatives: int
    """Sentences without a fact."""
    fired: int
    """Those of them in which one was read."""
    failures: tuple[SentenceFailure, ...]

    @property
    def fired_rate(self) -> float:
        """Share of the sentences without a fact in which one was read."""
        return self.fired / self.negatives if self.negatives else 0.0


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterLabel:
    """A Federal Register document's DATES paragraph and the fields it comes with."""

    id: str
    published: date
    dates: str
    comments_close_on: date | None
    effective_on: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterFailure:
    """A paragraph from which another date was read than the field holds."""

    label: RegisterLabel
    field: str
    found: date | None


@dataclass(frozen=True, slots=True, kw_only=True)
class RegisterScore:
    """How well both fields were read."""

    comments_close_on: Counts
    effective_on: Counts
    failures: tuple[RegisterFailure, ...]


ReadDeadlines = Callable[[SentenceLabel], Sequence[DeadlineFact]]
ReadTariffs = Callable[[SentenceLabel], Sequence[TariffFact]]
ReadRegister = Callable[[RegisterLabel], tuple[date | None, date | None]]


def deadline_labels(lines: Iterable[str]) -> list[SentenceLabel]:
    """Read labelled deadlines from JSON lines. Raises InvalidInputError naming the line."""
    return [_sentence(row, number, _deadline_pair) for number, row in rows(lines)]


def tariff_labels(lines: Iterable[str]) -> list[SentenceLabel]:
    """Read labelled tariff facts from JSON lines. Raises InvalidInputError naming the line."""
    return [_sentence(row, number, _tariff_pairs) for number, row in rows(lines)]


def register_labels(lines: Iterable[str]) -> list[RegisterLabel]:
    """Read Federal Register documents from JSON lines. Raises InvalidInputError naming the line."""
    return [
        RegisterLabel(
            id=str(row.get("document_number", number)),
            published=_day(row.get("publication_date"), number) or date.min,
            dates=str(row.get("dates") or ""),
            comments_close_on=_day(row.get("comments_close_on"), number),
            effective_on=_day(row.get("effective_on"), number),
        )
        for number, row in rows(lines)
    ]


def score_deadlines(labels: Iterable[SentenceLabel], read: ReadDeadlines) -> FactScore:
    """Score (kind, date) pairs; ``by_part["date"]`` scores the days whatever the kind."""
    board = _Board()
    for label in labels:
        found = frozenset((fact.kind.value, fact.date.isoformat()) for fact in read(label))
        wanted = frozenset(pair for fact in label.facts for pair in fact)
        days = _counts(
            frozenset(("", day) for _, day in found), frozenset(("", day) for _, day in wanted)
        )
        board.count("date", days)
        board.add(label, found, wanted, fired=bool(found))
    return board.score()


def score_tariffs(labels: Iterable[SentenceLabel], read: ReadTariffs) -> FactScore:
    """Score the fields of tariff facts; each labelled fact is compared with the likest one read."""
    board = _Board()
    for label in labels:
        left = [_fields(fact) for fact in read(label)]
        fired = bool(left)
        found: set[tuple[str, str]] = set()
        wanted: set[tuple[str, str]] = set()
        for number, fact in enumerate(label.facts):
            best = max(left, key=lambda one: len(one & fact), default=frozenset())
            if best in left:
                left.remove(best)
            found |= _numbered(best, number)
            wanted |= _numbered(fact, number)
        for number, one in enumerate(left, start=len(label.facts)):
            found |= _numbered(one, number)
        board.add(label, frozenset(found), frozenset(wanted), fired=fired)
    return board.score()


def score_register(labels: Iterable[RegisterLabel], read: ReadRegister) -> RegisterScore:
    """Score both fields of Federal Register documents."""
    comments = effective = Counts()
    failures: list[RegisterFailure] = []
    for label in labels:
        closes, starts = read(label)
        comments = comments.plus(_one(closes, label.comments_close_on))
        effective = effective.plus(_one(starts, label.effective_on))
        for field, found, wanted in (
            ("comments_close_on", closes, label.comments_close_on),
            ("effective_on", starts, label.effective_on),
        ):
            if found != wanted:
                failures.append(RegisterFailure(label=label, field=field, found=found))
    return RegisterScore(
        comments_close_on=comments, effective_on=effective, failures=tuple(failures)
    )


class _Board:
    """Adds up what every sentence scored."""

    def __init__(self) -> None:
        self._total = Counts()
        self._parts: defaultdict[str, Counts] = defaultdict(Counts)
        self._langs: defaultdict[str, Counts] = defaultdict(Counts)
        self._negatives = 0
        self._fired = 0
        self._failures: list[SentenceFailure] = []

    def count(self, part: str, counts: Counts) -> None:
        self._parts[part] = self._parts[part].plus(counts)

    def add(self, label: SentenceLabel, found: Pairs, wanted: Pairs, *, fired: bool) -> None:
        counts = _counts(found, wanted)
        self._total = self._total.plus(counts)
        self._langs[label.lang] = self._langs[label.lang].plus(counts)
        for part in sorted({name.partition(":")[0] for name, _ in found | wanted}):
            self.count(part, _counts(_of(found, part), _of(wanted, part)))
        if not label.facts:
            self._negatives += 1
            self._fired += fired
        if found != wanted:
            self._failures.append(
                SentenceFailure(label=label, extra=found - wanted, missed=wanted - found)
            )

    def score(self) -> FactScore:
        return FactScore(
            total=self._total,
            by_part=dict(self._parts),
            by_lang=dict(self._langs),
            negatives=self._negatives,
            fired=self._fired,
            failures=tuple(self._failures),
        )


def _of(pairs: Pairs, part: str) -> Pairs:
    return frozenset(pair for pair in pairs if pair[0].partition(":")[0] == part)


def _counts(found: Pairs, wanted: Pairs) -> Counts:
    return Counts(right=len(found & wanted), extra=len(found - wanted), missed=len(wanted - found))


def _one(found: date | None, wanted: date | None) -> Counts:
    same = found is not None and found == wanted
    return Counts(
        right=int(same),
        extra=int(found is not None and not same),
        missed=int(wanted is not None and not same),
    )


def _numbered(fact: Pairs, number: int) -> Pairs:
    """The same value in two facts of a sentence counts twice."""
    return frozenset((f"{field}:{number}", value) for field, value in fact)


def _fields(fact: TariffFact) -> Pairs:
    pairs = {("action", fact.action.value), *(("targets", code) for code in fact.targets)}
    if fact.rate_pct is not None:
        pairs.add(("rate_pct", str(float(fact.rate_pct))))
    if fact.imposer is not None:
        pairs.add(("imposer", fact.imposer))
    if fact.effective_date is not None:
        pairs.add(("effective_date", fact.effective_date.isoformat()))
    return frozenset(pairs)


def _deadline_pair(row: Mapping[str, object]) -> Pairs:
    return frozenset({(str(row["kind"]), str(row["date"]))})


def _tariff_pairs(row: Mapping[str, object]) -> Pairs:
    targets = row.get("targets") or []
    pairs = {("targets", str(code)) for code in targets} if isinstance(targets, list) else set()
    for field in ("action", "imposer", "effective_date"):
        if row.get(field) is not None:
            pairs.add((field, str(row[field])))
    rate = row.get("rate_pct")
    if isinstance(rate, int | float):
        pairs.add(("rate_pct", str(float(rate))))
    return frozenset(pairs)


def _sentence(
    row: Mapping[str, object], number: int, pairs: Callable[[Mapping[str, object]], Pairs]
) -> SentenceLabel:
    expected = row.get("expect", [])
    published = _day(row.get("published"), number)
    if not isinstance(expected, list) or published is None:
        raise InvalidInputError(f"line {number}: needs published (a date) and expect (a list)")
    try:
        return SentenceLabel(
            id=str(row["id"]),
            lang=Lang(str(row["lang"])),
            published=published,
            text=str(row["text"]),
            facts=tuple(pairs(fact) for fact in expected),
        )
    except (KeyError, ValueError) as error:
        raise InvalidInputError(f"line {number}: missing or unknown {error}") from error


def _day(value: object, number: int) -> date | None:
    if value is None:
        return None
    try:
        return date.fromisoformat(str(value))
    except ValueError as error:
        raise InvalidInputError(f"line {number}: {value} is no date such as 2026-11-30") from error
