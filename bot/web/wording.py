"""The words of the pages: one field for each, so that no language can miss one.

Days, topics, kinds of deadline and stages have their words elsewhere (`commands.words`,
`alerts.words`); these are the words that only pages need. What stands in braces is filled in.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from bot.record.timeline import EventKind


@dataclass(frozen=True, slots=True, kw_only=True)
class FrameWords:
    """What stands around every page."""

    name: str
    skip: str
    menu: str
    pages: Mapping[str, str]
    """The names in the menu, by the page's id (`bot.web.site.MENU`)."""
    theme: str
    themes: Mapping[str, str]
    """auto, light, dark."""
    sign_in: str
    sign_out: str
    sign_in_label: str
    sign_in_hint: str
    sign_in_wrong: str
    continue_to: str
    """For who is signed in and came by a link from elsewhere."""
    sign_in_slack: str
    sign_in_slack_hint: str
    signed_in_slack: str
    slack_refused: Mapping[str, str]
    """Why signing in with Slack ended without a session: expired, denied, stranger."""
    go_on: str
    operator: str
    as_of: str
    """``{moment}``: when the page was made."""
    refresh: str
    live: str
    new_stories: str
    """What the live region says; no figure."""
    all: str
    show: str
    clear: str
    older: str
    newer: str
    export_csv: str
    quote: str
    none: str
    errors: Mapping[int, tuple[str, str]]
    """Title and sentence by HTTP status; 0 is any other."""
    closed: str
    """Reading needs a token and none is set."""
    keyless: str
    """What is asked for needs a token, and none is set."""
    no_such_value: str
    """``{name} {value}``: an address asks for what there is not."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TodayWords:
    """The page of the day."""

    title: str
    span: str
    spans: Mapping[int, str]
    """By days: 1, 7, 30."""
    leads: Mapping[int, str]
    """The same: ``{entries} {stories}``"""
    topics: str
    no_stories: str
    no_stage: str
    facts: str
    no_facts: str
    deadlines: str
    all_deadlines: str
    tariffs: str
    no_tariffs: str
    all_tariffs: str
    volume: str
    volume_text: str
    """``{today} {usual} {days}``"""
    volume_new: str
    """``{today}``, where there are no days to compare with."""
    volume_axis: str
    usual: str
    sources: tuple[str, str]
    """One, ``{n}`` many."""
    more: str


@dataclass(frozen=True, slots=True, kw_only=True)
class StoryPageWords:
    """The page of one story."""

    facts: str
    conflicts: str
    shown_value: str
    changes: str
    entries: str
    sources: str
    told: str
    told_none: str
    told_hidden: str
    words_matched: str
    joined: str
    first: str
    no_facts: str
    gone: str
    replaces: str
    summary: str
    updated: str
    first_seen_sentence: str
    """``{when} {entries}``"""
    text_of: str
    marked: tuple[str, str]
    """One sentence, ``{n}`` sentences that are marked."""
    kinds: Mapping[str, str]
    """Kinds of delivery: post, edit, reply, notice."""
    tiers: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class DeadlinePageWords:
    """The page of deadlines."""

    title: str
    list: str
    month: str
    topic: str
    country: str
    kind: str
    days: str
    within: str
    """``{n}``"""
    none: str
    more: str
    """There are more than are shown."""
    sooner: str
    later: str
    subscribe: str
    subscribe_hint: str
    place: str
    """The field that names a place whose calendar is wanted."""
    place_show: str
    place_hint: str
    place_other: str
    """For who names a place of somebody else."""
    weekdays: tuple[str, ...]
    months: tuple[str, ...]
    previous: str
    next: str
    also: str
    confirmed: str
    handled: str
    disputed: str
    month_caption: str
    """``{month}``"""


@dataclass(frozen=True, slots=True, kw_only=True)
class TariffPageWords:
    """The page of tariffs."""

    title: str
    """``{day}``"""
    on: str
    country: str
    topic: str
    matrix: str
    matrix_hint: str
    imposer: str
    target: str
    steps: str
    steps_hint: str
    steps_none: str
    steps_text: str
    """``{name} {steps}``: the chart in words."""
    ledger: str
    in_force: str
    coming: str
    reported: str
    rate: str
    products: str
    authority: str
    since: str
    source: str
    everyone: str
    goods: str
    none: str


@dataclass(frozen=True, slots=True, kw_only=True)
class RecordWords:
    """The page of the agreement's timeline."""

    title: str
    lead: str
    """``{as_of}``"""
    today: str
    term: str
    next_review: str
    reviews_possible: str
    past: str
    ahead: str
    kind: str
    party: str
    kinds: Mapping[EventKind, str]
    confidence: Mapping[str, str]
    chart_text: str
    """``{start} {ends} {review}``"""
    by_rule: str
    none: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WebWords:
    """All words of the pages in one language."""

    locale: str
    frame: FrameWords
    today: TodayWords
    story: StoryPageWords
    deadlines: DeadlinePageWords
    tariffs: TariffPageWords
    record: RecordWords
