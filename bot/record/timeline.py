"""The timeline's nouns: dated facts about the treaty, each with where it can be checked.

They are read from `config/timeline.yaml` and never change while the bot runs.
"""

import datetime as dt
import hashlib
import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

from bot.domain.feed import Tier
from bot.domain.ids import RecordId
from bot.domain.marks import UNMARKED, MarksOfRecord
from bot.domain.message import Link
from bot.domain.reading import DeadlineFact, DeadlineKind
from bot.domain.translated import UNTRANSLATED, Names, Translated
from bot.domain.views import FoundDeadline


class EventKind(StrEnum):
    """What sort of thing happened, or will."""

    TREATY = "treaty"
    REVIEW = "review"
    TARIFF = "tariff"
    RETALIATION = "retaliation"
    BAN = "ban"
    THREAT = "threat"
    COURT = "court"
    CUSTOMS = "customs"
    TRADE_REMEDY = "trade_remedy"
    DIGITAL = "digital"
    MINERALS = "minerals"
    QUOTA = "quota"


class Confidence(StrEnum):
    """How well a row is known."""

    VERIFIED = "verified"
    """The source itself was read."""
    SECONDARY = "secondary"
    """Others report what the source says."""
    COMPUTED = "computed"
    """Worked out from another row."""
    UNCONFIRMED = "unconfirmed"
    """Told once, with no public page to check it."""

    @property
    def weight(self) -> float:
        """The same as a figure from 0 to 1, for rows that stand beside what was read."""
        return {"verified": 0.9, "secondary": 0.7, "computed": 0.6, "unconfirmed": 0.4}[self.value]


NO_SOURCE = "no public source"
"""How the record says that a row has none; people read it in their own words."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where a fact can be checked."""

    name: str = ""
    url: str | None = None

    def __str__(self) -> str:
        return self.name or self.url or NO_SOURCE

    @property
    def is_public(self) -> bool:
        """Whether anybody can look it up: by its address, or by the number of an official document."""
        return self.url is not None or _NUMBERED.search(self.name) is not None


_NUMBERED = re.compile(
    r"\b(?:CSMS #?|Executive Order |Proclamations? |Federal Register |\d{2,3} FR |SOR/\d{4}-)\d"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Fact:
    """A dated statement with its source."""

    date: dt.date
    text: str
    source: Source
    confidence: Confidence
    note: str = ""
    """What another source says differently, or what is missing."""
    translated: Translated = UNTRANSLATED
    note_translated: Translated = UNTRANSLATED


@dataclass(frozen=True, slots=True, kw_only=True)
class TariffRow:
    """What a timeline row says about a tariff; only what it says."""

    imposer: str
    """ISO 3166 alpha-2, or ``EU``."""
    targets: tuple[str, ...] = ()
    """ISO 3166 alpha-2 codes; empty is all countries."""
    authority: str | None = None
    products: tuple[str, ...] = ()
    """Empty is goods in general."""
    rate: float | None = None
    """Per cent."""
    previous_rate: float | None = None
    exemptions: tuple[str, ...] = ()
    effective: dt.date | None = None
    ended: dt.date | None = None
    names: Names = ()
    """What its goods, authority and exemptions are called in other languages."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Event:
    """A row of the timeline."""

    fact: Fact
    month_only: bool = False
    """The day is not known: the date is the first of its month."""
    kind: EventKind
    parties: tuple[str, ...] = ()
    deadline: DeadlineKind | None = None
    """Set where the date binds somebody."""
    topics: tuple[str, ...] = ()
    tariffs: tuple[TariffRow, ...] = ()

    @property
    def when(self) -> str:
        """The date as exactly as it is known: ``2026-07-01`` or ``2026-09``."""
        return self.fact.date.isoformat()[: 7 if self.month_only else 10]


class Outcome(StrEnum):
    """How a joint review ended."""

    EXTENDED = "extended"
    NOT_EXTENDED = "not_extended"
    SCHEDULED = "scheduled"
    """It has not been held, as far as the record knows."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Review:
    """A joint review, held or due."""

    fact: Fact
    outcome: Outcome
    term_ends: dt.date | None = None
    """The new end of the term, where the review extended it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Treaty:
    """The agreement's own clock, from its final provisions."""

    name: str
    in_force: Fact
    term_ends: Fact
    years_to_review: int
    """Years from entry into force, or from an extension, to the next joint review."""
    years_without_extension: int
    """Years between reviews while the parties have not all agreed to extend."""
    clause: Fact
    """Where these rules stand."""
    reviews: tuple[Review, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Timeline:
    """Everything the record knows, as of a day."""

    as_of: dt.date
    treaty: Treaty
    events: tuple[Event, ...] = ()


OfRecord = Callable[[dt.date, dt.date], Sequence[FoundDeadline]]
"""The deadlines of the record from one day to another, both included."""


def deadlines(events: Iterable[Event], *, since: dt.date, until: dt.date) -> list[FoundDeadline]:
    """Return the rows that bind somebody from `since` to `until`, both included, soonest first."""
    rows = [e for e in events if e.deadline is not None and since <= e.fact.date <= until]
    rows.sort(key=lambda event: event.fact.date)
    return [_deadline(event, event.deadline) for event in rows if event.deadline is not None]


def code_of(fact: DeadlineFact) -> RecordId:
    """Return what a deadline of the record is named by: it stays while the row says the same."""
    said = f"{fact.kind} {fact.date.isoformat()} {fact.text}"
    return RecordId(f"r{hashlib.sha256(said.encode()).hexdigest()[:6]}")


def with_marks(rows: Iterable[FoundDeadline], marks: MarksOfRecord) -> list[FoundDeadline]:
    """Return deadlines of the record with what a team says of them."""
    return [
        row if row.code is None else replace(row, marks=marks.get(row.code, UNMARKED))
        for row in rows
    ]


def _deadline(event: Event, kind: DeadlineKind) -> FoundDeadline:
    fact = event.fact
    known = DeadlineFact(
        kind=kind,
        date=fact.date,
        text=fact.text,
        confidence=fact.confidence.weight,
        computed=fact.confidence is Confidence.COMPUTED,
    )
    return FoundDeadline(
        fact=known,
        code=code_of(known),
        story_id=None,
        headline=Link(text=fact.text, url=fact.source.url),
        source=str(fact.source),
        tier=Tier.GENERAL,
        topics=event.topics,
        countries=event.parties,
        translated=fact.translated,
    )
