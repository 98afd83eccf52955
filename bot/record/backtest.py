"""A rule tried on the archive: what it would have told, and what it would change. Pure."""

import datetime as dt
from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field

from bot.domain.ids import FeedId, StoryId
from bot.domain.views import FoundEntry

Judge = Callable[[FoundEntry], frozenset[str]]
"""Returns what of a rule an entry matches: topics, or the query itself; empty where nothing."""

EXAMPLES = 10
"""Examples kept of what is gained and of what is lost, the newest."""
_LEAST_PACE = 0.05
"""Alerts a week below which one decimal would be none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A story that one rule has and the other has not."""

    title: str
    url: str | None
    source: str
    seen: dt.datetime
    story_id: StoryId | None
    matched: tuple[str, ...]
    """What of the rule."""


@dataclass(frozen=True, slots=True, kw_only=True)
class TopicChange:
    """What changes for one topic, in entries."""

    kept: int
    gained: int
    lost: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Backtest:
    """What the archive says of a rule."""

    since: dt.datetime
    until: dt.datetime
    looked_at: int
    """Entries judged."""
    matched: int
    """Entries the rule matches."""
    alerts: int
    """Stories among them: what a channel would have been told."""
    weeks: tuple[int, ...]
    """Alerts in each week, the oldest first; the last one ends now."""
    gained: tuple[Example, ...]
    gained_alerts: int
    lost: tuple[Example, ...]
    lost_alerts: int
    feeds: tuple[tuple[FeedId, int], ...]
    """Those that brought most of the matched entries, with how many."""
    by_topic: dict[str, TopicChange]
    """For a file of topics: what changes for each; empty for a query."""
    complete: bool
    """False where a limit ended it before the oldest entry."""
    narrowed: bool = False
    """Whether entries without the query's words were passed over: `looked_at` is not all there are."""
    told: frozenset[StoryId] = frozenset()
    """The stories a channel would have been told."""
    told_before: frozenset[StoryId] = frozenset()
    """Those the present rule tells."""

    @property
    def per_week(self) -> float:
        """Alerts a week, over the whole time."""
        span = (self.until - self.since) / dt.timedelta(weeks=1)
        return self.alerts / span if span > 0 else 0.0

    @property
    def pace(self) -> str:
        """The alerts a week for people to read, to one decimal: few are ``<0.1`` and not none."""
        return "<0.1" if 0 < self.per_week < _LEAST_PACE else f"{self.per_week:.1f}"


@dataclass(slots=True)
class Tally:
    """Counts while entries come by, the newest first; a story counts once, by its first match."""

    candidate: Judge
    present: Judge
    since: dt.datetime
    until: dt.datetime
    by_topic: bool = False
    _looked_at: int = 0
    _matched: int = 0
    _feeds: Counter[FeedId] = field(default_factory=Counter)
    _kept: Counter[str] = field(default_factory=Counter)
    _gained: Counter[str] = field(default_factory=Counter)
    _lost: Counter[str] = field(default_factory=Counter)
    _told: dict[object, dt.datetime] = field(default_factory=dict)
    _before: set[object] = field(default_factory=set)
    _new: dict[object, Example] = field(default_factory=dict)
    _gone: dict[object, Example] = field(default_factory=dict)

    def take(self, found: FoundEntry) -> None:
        """Judge one entry by both rules."""
        self._looked_at += 1
        now, before = self.candidate(found), self.present(found)
        story = found.story_id if found.story_id is not None else f"entry {found.stored.id}"
        if now:
            self._matched += 1
            self._feeds[found.stored.feed_id] += 1
            self._told[story] = found.stored.first_seen
            self._new[story] = _example(found, now - before or now)
        if before:
            self._before.add(story)
            self._gone[story] = _example(found, before - now or before)
        if self.by_topic:
            self._kept.update(now & before)
            self._gained.update(now - before)
            self._lost.update(before - now)

    def result(self, *, complete: bool, narrowed: bool = False) -> Backtest:
        """Return what was counted; `narrowed` where only entries with the query's words came by."""
        gained = [self._new[story] for story in self._told if story not in self._before]
        lost = [self._gone[story] for story in self._gone if story not in self._told]
        topics = sorted({*self._kept, *self._gained, *self._lost})
        return Backtest(
            since=self.since,
            until=self.until,
            looked_at=self._looked_at,
            matched=self._matched,
            alerts=len(self._told),
            weeks=self._weeks(),
            gained=tuple(gained[:EXAMPLES]),
            gained_alerts=len(gained),
            lost=tuple(lost[:EXAMPLES]),
            lost_alerts=len(lost),
            feeds=tuple(self._feeds.most_common(5)),
            by_topic={
                topic: TopicChange(
                    kept=self._kept[topic], gained=self._gained[topic], lost=self._lost[topic]
                )
                for topic in topics
            },
            complete=complete,
            narrowed=narrowed,
            told=_stories(self._told),
            told_before=_stories(self._before),
        )

    def _weeks(self) -> tuple[int, ...]:
        week = dt.timedelta(weeks=1)
        number = max(1, -(-(self.until - self.since) // week))
        counts = [0] * number
        for seen in self._told.values():
            place = min(number - 1, max(0, (self.until - seen) // week))
            counts[number - 1 - place] += 1
        return tuple(counts)


def _stories(keys: Iterable[object]) -> frozenset[StoryId]:
    """Those keys that are stories; the others stand for entries without one."""
    return frozenset(StoryId(key) for key in keys if isinstance(key, int))


def _example(found: FoundEntry, matched: frozenset[str]) -> Example:
    entry = found.stored.entry
    return Example(
        title=entry.title or entry.summary[:200],
        url=entry.url,
        source=entry.source,
        seen=found.stored.first_seen,
        story_id=found.story_id,
        matched=tuple(sorted(matched)),
    )
