"""The words of the pages where an operator works: one field for each, so that no language misses one."""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.commands.wording import Plural
from bot.domain.alert import DeliveryKind, DeliveryState


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchWords:
    """The page that searches the archive."""

    query: str
    hint: str
    go: str
    examples: str
    found: str
    """``{entries} {looked}``"""
    none: str
    enough: str
    also: str
    subscribe: str
    calendar: str
    place: str
    place_hint: str
    level: str
    levels: Mapping[str, str]
    make: str
    made: str
    """``{place}``"""
    sign_in: str
    try_rule: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RuleWords:
    """The workbench."""

    lead: str
    query: str
    query_hint: str
    topic: str
    topic_hint: str
    load: str
    days: str
    against: str
    attempt: str
    export: str
    alerts: Plural
    would: str
    """``{alerts} {per_week}``"""
    looked: str
    """``{matched} {looked_at}``"""
    matches: Plural
    """``{n}``: where entries without the query's words were passed over."""
    cut: str
    weeks: str
    gained: str
    lost: str
    no_examples: str
    noise: Plural
    """``{n} {of}``"""
    """``{n} {of}``"""
    noise_gone: Plural
    noise_none: str
    feeds: str
    problem: str


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedPageWords:
    """How the feeds are."""

    lead: str
    """``{well} {all}``"""
    name: str
    condition: str
    last: str
    following: str
    trouble: str
    failures: Plural
    """``{n}``"""
    since: str
    """``{since}``"""
    act: str
    poll: str
    pause: str
    resume: str
    done: str
    """``{name}``"""
    missed: str
    none: str
    never: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeliveryWords:
    """What was sent, waits, or was given up."""

    lead: str
    states: Mapping[DeliveryState, str]
    kinds: Mapping[DeliveryKind, str]
    stuck: str
    stuck_lead: str
    none_stuck: str
    latest: str
    what: str
    where: str
    state: str
    when: str
    why: str
    tries: str
    act: str
    replay: str
    drop: str
    given_up: str
    """``{error}``"""
    unclear: str
    no_reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeskWords:
    """All of them in one language."""

    search: SearchWords
    rules: RuleWords
    feeds: FeedPageWords
    deliveries: DeliveryWords
