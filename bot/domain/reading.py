"""A reading: what was understood of an entry, every piece with the words it was read from."""

import datetime as dt
from dataclasses import dataclass
from enum import StrEnum


class Lang(StrEnum):
    """The languages the bot reads; OTHER is read for acronyms and figures only."""

    EN = "en"
    ES = "es"
    FR = "fr"
    OTHER = "other"


class Field(StrEnum):
    """Which text of the entry a span points into."""

    TITLE = "title"
    SUMMARY = "summary"
    CONTENT = "content"


class Stage(StrEnum):
    """How far an event has come, in the order of events."""

    THREAT = "threat"
    ANNOUNCED = "announced"
    SIGNED = "signed"
    PUBLISHED = "published"
    GUIDANCE = "guidance"
    IN_FORCE = "in_force"
    SUSPENDED = "suspended"
    STAYED = "stayed"
    REVOKED = "revoked"

    @property
    def rank(self) -> int:
        """0 for a threat; suspended, stayed and revoked come after in force."""
        return list(Stage).index(self)


class DeadlineKind(StrEnum):
    """What happens on the date."""

    COMMENT = "comment_deadline"
    HEARING = "hearing"
    EFFECTIVE = "effective"
    EXPIRY = "expiry"
    REVIEW = "review"
    COMPLIANCE = "compliance"


class Action(StrEnum):
    """What a sentence says is done to a tariff."""

    THREATENED = "threatened"
    ANNOUNCED = "announced"
    IMPOSED = "imposed"
    RAISED = "raised"
    LOWERED = "lowered"
    SUSPENDED = "suspended"
    REMOVED = "removed"
    RETALIATORY = "retaliatory"
    EXEMPTED = "exempted"


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """Characters `start` to `end` of the field's text, as given, and the rule that took them."""

    field: Field
    start: int
    end: int
    text: str
    rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicMatch:
    """A topic found in the entry; `score` is 0–1, the spans made it."""

    topic: str
    score: float
    spans: tuple[Span, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class NearMiss:
    """A term that was there and did not count, and why: the answer to "why not?"."""

    topic: str
    reason: str
    """``mask: <phrase>``, ``veto: <phrase>``, ``no context`` or ``case``."""
    span: Span


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineFact:
    """A date that binds somebody, with the sentence it was read from."""

    kind: DeadlineKind
    date: dt.date
    time: dt.time | None = None
    zone: str | None = None
    """IANA name where the text gives a zone."""
    text: str
    """The sentence, whole."""
    confidence: float
    """0–1; 1.0 only for a structured field of an official source."""
    computed: bool = False
    """True where the date was worked out from a relative expression."""
    replaces: dt.date | None = None
    """The earlier date, where the sentence extends or moves it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TariffFact:
    """What one sentence says about a tariff; only what it says, nothing guessed."""

    action: Action
    rate_pct: float | None = None
    previous_rate_pct: float | None = None
    imposer: str | None = None
    """ISO 3166 alpha-2, or ``EU``."""
    targets: tuple[str, ...] = ()
    """ISO 3166 alpha-2 codes; empty is global or unstated."""
    products: tuple[str, ...] = ()
    hts: tuple[str, ...] = ()
    authority: str | None = None
    """For example ``Section 232`` or ``IEEPA``."""
    exemptions: tuple[str, ...] = ()
    effective_date: dt.date | None = None
    text: str
    """The sentence, whole."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """Everything understood of one entry."""

    lang: Lang
    topics: tuple[TopicMatch, ...] = ()
    deadlines: tuple[DeadlineFact, ...] = ()
    tariffs: tuple[TariffFact, ...] = ()
    stage: Stage | None = None
    summary: str = ""
    countries: tuple[str, ...] = ()
    """ISO codes of the countries named, most often named first."""
    near_misses: tuple[NearMiss, ...] = ()
    brief: bool = False
    """Only language, topics and countries were looked for: it is on no topic, and when it came
    nobody could have been told of it."""

    @property
    def topic_names(self) -> frozenset[str]:
        """The ids of the topics found."""
        return frozenset(match.topic for match in self.topics)
