"""The bot's own words in a reply: one field for each sentence, so that no language can miss one.

The composers of `bot/commands/replies` fill in what stands in braces. A `Plural` is (one, many);
many has ``{n}``.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.commands.asked import Problem
from bot.commands.backtest_words import BacktestWords
from bot.commands.feed_words import FeedWords
from bot.commands.mark_wording import MarkWords
from bot.commands.tariff_words import TariffWords
from bot.commands.trace_words import TraceWords
from bot.commands.verbs import ALIASES, Verb, fold
from bot.domain.alert import DeliveryState
from bot.domain.destination import Level
from bot.record.treaty import Phase
from bot.services.permissions import Who
from bot.services.trial import Hindrance

Plural = tuple[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class TimeWords:
    """How far off a day or a moment is; days themselves are written by `alerts/days.py`."""

    today: str
    tomorrow: str
    yesterday: str
    in_days: str
    days_ago: str
    just_now: str
    minutes_ago: str
    hours_ago: str
    in_minutes: str
    in_hours: str
    at_once: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StatusWords:
    """The answer to ``status``."""

    title: str
    title_on: str
    phases: Mapping[Phase, str]
    next_review: str
    term_ends: str
    facts_as_of: str
    week: str
    quiet: str
    deadlines: str
    no_deadlines: str
    feeds: str
    feeds_down: Plural
    no_feeds: str
    all_deadlines: str
    latest: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryWords:
    """The answers to ``latest``, ``story`` and ``why``."""

    latest: str
    latest_on: str
    none: str
    none_on: str
    number: str
    entries: Plural
    stories: Plural
    timeline: str
    tariffs: str
    deadlines: str
    sources: str
    conflicts: str
    topics: str
    changed: str
    """When the bot last had news of it; ``{when}``. Not the day it was published."""
    first: str
    joined: str
    evidence: tuple[str, str, str, str]
    """Same link, same text, nearly the same text, and ``{what} in common``."""
    more: str
    older: str
    why: str
    why_title: str
    why_not_title: str
    not_asked: str
    asked_for: str
    asked_nothing: str
    story_topics: str
    states: Mapping[DeliveryState, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchWords:
    """The answer to ``search``."""

    title: str
    found: Plural
    none: str
    searched: str
    judged: str
    enough: str
    unseen: str
    also: Plural
    next_page: str
    no_more: str


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlineWords:
    """The answer to ``deadlines``."""

    title: str
    title_on: str
    none: str
    computed: str
    no_source: str
    unconfirmed: str
    """A row of the record that names a source, and has no page to check it."""
    more: str


@dataclass(frozen=True, slots=True, kw_only=True)
class SubscriptionWords:
    """The answers to what changes and lists subscriptions, and to ``topics``."""

    done: str
    done_direct: str
    nothing_new: str
    added: str
    changed: str
    kept: str
    removed: str
    nothing_removed: str
    configured: str
    listed: str
    listed_direct: str
    none: str
    more: str
    levels: Mapping[Level, str]
    level_means: Mapping[Level, str]
    each_entry: str
    query: str
    undo: str
    again: str
    sample: str
    stop_all: str
    paused: str
    resumed: str
    nothing_to_pause: str
    resume: str
    state_paused: str
    state_broken: str
    topics: str
    topics_hint: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TrialWords:
    """The answer to ``test``."""

    sent: str
    waits: str
    again: str
    nothing_stops: str
    would_stop: str
    hindrances: Mapping[Hindrance, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class ProblemWords:
    """What is said where a command cannot be followed."""

    unknown: str
    nearest: str
    no_topic: str
    see_topics: str
    is_topic: str
    usage: str
    no_story: str
    query: tuple[str, str] | None
    """With ``{position} {better}``, and with ``{better}``; None where the sentence is said as it is."""
    locked: Mapping[Who, str]
    feeds_hidden: str
    too_many: str
    problems: Mapping[Problem, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpWords:
    """The answer to ``help``: for each verb its usage, what it gives, more about it, an example."""

    title: str
    intro: str
    also: str
    example: str
    usage: Mapping[Verb, str]
    gives: Mapping[Verb, str]
    more: Mapping[Verb, str]
    examples: Mapping[Verb, str]

    def name(self, verb: Verb) -> str:
        """Return what a verb is called in this language: the first words of its usage."""
        return self.usage[verb].partition(" <")[0].partition(" [")[0]

    def others(self, verb: Verb) -> tuple[str, ...]:
        """Return the other words for a verb, in any language."""
        shown = fold(self.name(verb))
        return tuple(word for word in (str(verb), *ALIASES[verb]) if word != shown)


@dataclass(frozen=True, slots=True, kw_only=True)
class Wording:
    """Every word of one language."""

    locale: str
    time: TimeWords
    status: StatusWords
    story: StoryWords
    search: SearchWords
    deadline: DeadlineWords
    subscription: SubscriptionWords
    feed: FeedWords
    trial: TrialWords
    problem: ProblemWords
    mark: MarkWords
    trace: TraceWords
    tariff: TariffWords
    backtest: BacktestWords
    help: HelpWords


def count(number: int, plural: Plural, **fields: str) -> str:
    """Return ``1 story`` or ``7 stories``; `fields` are what else the words leave open."""
    return (plural[0] if number == 1 else plural[1]).format(n=number, **fields)
