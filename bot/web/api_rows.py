"""The shapes of what the API answers: the replies' rows, as types that the OpenAPI is made of."""

from typing import Annotated, Generic, NotRequired, TypeVar

from pydantic import ConfigDict, Field, with_config
from typing_extensions import TypedDict

_STRICT = ConfigDict(extra="forbid")

R = TypeVar("R")


@with_config(_STRICT)
class Problem(TypedDict):
    """What went wrong."""

    code: str
    """A word for programs: ``invalid_parameter``, ``not_found`` …"""
    message: str
    """A sentence for people, saying what would be right."""


@with_config(_STRICT)
class Failure(TypedDict):
    """The body of every answer that is no success."""

    error: Problem


@with_config(_STRICT)
class Rows(TypedDict, Generic[R]):
    """Some rows, and whether there are more."""

    data: list[R]
    page: int
    """Counts from 1."""
    more: bool
    """Whether the next page has rows."""


@with_config(_STRICT)
class One(TypedDict, Generic[R]):
    """One row."""

    data: R


@with_config(_STRICT)
class Signed(TypedDict):
    """Who of a team said something, and when."""

    by: str
    called: str
    at: str


@with_config(_STRICT)
class Story(TypedDict):
    """One event, told once."""

    kind: str
    id: int
    headline: str
    url: str | None
    source: str
    sources: list[str]
    stage: str | None
    topics: list[str]
    countries: list[str]
    summary: str
    entries: int
    first_seen: str
    updated_at: str


@with_config(_STRICT)
class TariffFact(TypedDict):
    """What one sentence says about a tariff; countries as ISO 3166 alpha-2, rates in per cent."""

    action: str
    rate_pct: float | None
    previous_rate_pct: float | None
    imposer: str | None
    targets: list[str]
    products: list[str]
    hts: list[str]
    authority: str | None
    exemptions: list[str]
    effective_date: str | None
    text: str


@with_config(_STRICT)
class StatedDeadline(TypedDict):
    """A deadline some revision of a story stated, with what the team says of it."""

    kind: str
    date: str
    time: str | None
    zone: str | None
    text: str
    confidence: float
    computed: bool
    id: int
    stated: bool
    """Whether the story still states it."""
    confirmed: Signed | None
    dismissed: Signed | None
    handled: Signed | None


@with_config(_STRICT)
class Conflict(TypedDict):
    """Sources that disagree about one figure: pairs of value and source, the better source first."""

    what: str
    values: list[list[str]]


@with_config(_STRICT)
class Member(TypedDict):
    """An entry of a story and why it joined."""

    id: int
    title: str
    url: str | None
    source: str
    published: str | None
    seen_at: str
    joined: str


@with_config(_STRICT)
class WholeStory(Story):
    """A story with its facts, conflicts and entries."""

    tariffs: list[TariffFact]
    deadlines: list[StatedDeadline]
    conflicts: list[Conflict]
    timeline: list[Member]


@with_config(_STRICT)
class Deadline(TypedDict):
    """A date that binds somebody, with the sentence it was read from."""

    kind: str
    what: str
    date: str
    time: str | None
    zone: str | None
    days_left: int
    headline: str
    url: str | None
    source: str
    text: str
    confidence: float
    computed: bool
    story: int | None
    id: int | None
    """What `deadline 31` names it by; null for what was known beforehand."""
    code: str | None
    """What `deadline r3fa9c1` names it by, where it was."""
    replaces: list[str]
    also: list[int]
    disputed: list[list[str]]
    confirmed: Signed | None
    dismissed: Signed | None
    handled: Signed | None
    topics: list[str]
    countries: list[str]


@with_config(_STRICT)
class Tariff(TypedDict):
    """A row of the ledger on a day: in_force, coming or reported."""

    kind: str
    state: str
    on: str | None
    id: int | None
    trust: str
    action: str
    imposer: str
    targets: list[str]
    products: list[str]
    hts: list[str]
    authority: str | None
    rate_pct: float | None
    previous_rate_pct: float | None
    exemptions: list[str]
    said_on: str
    effective_date: str | None
    ended: str | None
    text: str
    source: str
    url: str | None


@with_config(_STRICT)
class TimelineEvent(TypedDict):
    """A dated fact about the agreement, with where it can be checked."""

    kind: str
    """``event``."""
    what: str
    """treaty, review, tariff …"""
    date: str
    """``2026-07-01``, or ``2026-09`` where only the month is known."""
    text: str
    source: str
    url: str | None
    confidence: str
    note: str | None
    parties: list[str]
    topics: list[str]
    deadline: str | None


@with_config(_STRICT)
class Hit(TypedDict):
    """The best entry of a story for a query."""

    kind: str
    id: int
    title: str
    url: str | None
    source: str
    published: str | None
    first_seen: str
    story: int | None
    snippet: str
    others: int


@with_config(_STRICT)
class Found(Rows[Hit]):
    """A page of hits, and what was looked at."""

    query: str
    """As it was understood."""
    entries: int
    looked_at: int
    complete: bool
    """False where a limit ended the search before the oldest entry."""


@with_config(_STRICT)
class Feed(TypedDict):
    """How a feed is; its address without what may be secret."""

    kind: str
    key: str
    name: str
    url: str
    condition: str
    failures: int
    failing_since: str | None
    last_success_at: str | None
    last_entry_at: str | None
    next_poll_at: str | None
    cadence_s: int | None
    error: str | None
    warnings: list[str]
    tier: str
    lang: str
    owner: str | None
    origin: str


@with_config(_STRICT)
class Delivery(TypedDict):
    """One send to one place."""

    kind: str
    id: int
    to: str
    subject: str
    sent_as: str
    revision: int
    state: str
    attempts: int
    created_at: str
    due_at: str
    sent_at: str | None
    wish: str
    error: str | None


@with_config(_STRICT)
class Subscription(TypedDict):
    """What a place asks for."""

    kind: str
    to: str
    id: int
    topic: str | None
    query: str | None
    level: str
    group: str
    when: str
    langs: list[str]
    sources: int
    mention: str | None
    origin: str
    created_by: str
    created_at: str


@with_config(_STRICT)
class TopicCounts(TypedDict):
    """What changes for one topic, in entries."""

    kept: int
    gained: int
    lost: int


@with_config(_STRICT)
class Trial(TypedDict):
    """What a rule would have told of the archive."""

    kind: str
    since: str
    until: str
    looked_at: int
    """Entries judged: of a query that is compared with nothing, only those with its words."""
    matched: int
    alerts: int
    per_week: float
    weeks: list[int]
    gained: int
    lost: int
    feeds: dict[str, int]
    topics: dict[str, TopicCounts]
    complete: bool


@with_config(_STRICT)
class Example(TypedDict):
    """A story that one rule has and the other has not; `kind` is gained or lost."""

    kind: str
    title: str
    url: str | None
    source: str
    seen: str
    story: int | None
    matched: list[str]


@with_config(_STRICT)
class Tried(TypedDict):
    """A backtest: the figures, then examples of what is gained and lost."""

    data: Trial
    examples: list[Example]


@with_config(_STRICT)
class Rule(TypedDict):
    """What to try: a query, or the text of a topics file, one of the two."""

    query: NotRequired[str]
    topics_yaml: NotRequired[str]
    topics: NotRequired[list[str]]
    """Narrows a topics file to some of its topics."""
    against: NotRequired[str]
    """A place whose subscriptions a query is compared with: ``slack:T1/C1``."""
    days: NotRequired[Annotated[int, Field(ge=1, le=400)]]
    """How far back, 1 to 400; 180 where nothing is said."""
