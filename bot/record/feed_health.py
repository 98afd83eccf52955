"""What is wrong with a feed after a poll, and what of it is told. Pure.

    poll ─► what stands ─► what began and what is over ─► what is told, once each

A feed that comes and goes is told at most once a day, beginning and end: in between its alarm
stands in the lists, where whoever looks can see it.
"""

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from itertools import pairwise
from urllib.parse import urlsplit

from bot.domain.feed import Feed, FeedKind, FeedSpec, FeedState
from bot.domain.health import Alarm, AlarmNews, AlarmState, Watch
from bot.domain.polling import ParsedFeed

BROKEN_AFTER = 3
"""Failed polls in a row; one alone is everyday."""
BROKEN_FOR = timedelta(days=1)
"""A feed that is polled seldom is broken after two failures that are so far apart."""
SILENT_LEAST = timedelta(days=3)
"""Working days. Nothing is called silent before that, a long weekend included."""
SILENT_FACTOR = 4
"""Silent is who says nothing for so many times the usual time between entries."""
SILENT_GAPS = 2
"""… and for so many times the longest pause it is known to make."""
SILENT_UNKNOWN = timedelta(days=20)
"""Working days, for a feed whose rhythm is not known."""
EMPTY_FOR = timedelta(days=1)
"""Working days, for a source that held something before: an edition may appear late."""
TELL_EVERY = timedelta(days=1)
"""One alarm of one feed begins at most so often, as far as its people are told."""

_NEVER_EMPTY = frozenset(
    {FeedKind.FEDERAL_REGISTER, FeedKind.CANADA_NEWS, FeedKind.CSMS, FeedKind.DOF}
)
_NEVER_EMPTY_HOSTS = ("federalregister.gov", "api.io.canada.ca", "content.govdelivery.com")
_WORKING_SHARE = 5 / 7
_OLDEST_GAP = timedelta(days=120)
_LONGEST_COUNT = timedelta(days=800)
"""Pauses are counted up to here; anything longer is silence by every measure."""


def observe(
    before: Feed,
    after: Feed,
    parsed: ParsedFeed | None,
    *,
    fresh: Iterable[datetime | None] = (),
    now: datetime,
) -> tuple[Feed, tuple[AlarmNews, ...]]:
    """Return the feed with its alarms after a poll, and what its people are to be told now.

    `before` is the feed as it was polled, `after` as the schedule left it, `fresh` the dates of
    the entries it did not have before. Hand in the feed a person resumed as it was stored.
    """
    watch = _remembered(before, after, parsed, list(fresh), now)
    if watch is not after.watch:
        after = replace(after, watch=watch)
    standing = _standing(after, now)
    if not watch.alarms and not any(standing.values()):  # as after most polls
        return after, ()
    states: list[AlarmState] = []
    news: list[AlarmNews] = []
    over: list[AlarmState] = []
    for alarm in Alarm:
        state, began, ended = _step(watch.of(alarm), standing, now)
        states.extend([state] if state != AlarmState(alarm=alarm) else [])
        news.extend([AlarmNews(alarms=(state,), over=False, at=now)] if began else [])
        over.extend([ended] if ended is not None else [])
    if over:
        news.insert(0, AlarmNews(alarms=tuple(over), over=True, at=now))
    if tuple(states) != watch.alarms:
        after = replace(after, watch=replace(watch, alarms=tuple(states)))
    return after, tuple(news)


def tells_held(watch: Watch, now: datetime) -> bool:
    """Whether it is said that a poll held entries back: once a day, for one feed and one reason."""
    return watch.held_at is None or now - watch.held_at >= TELL_EVERY


def is_silent(feed: Feed, now: datetime) -> bool:
    """Whether a feed that used to speak says nothing for longer than its habit allows."""
    since = _heard(feed)
    if since is None or now - since <= SILENT_LEAST:  # working time is never longer than time
        return False
    return working_time(since, now) > patience(feed)


def patience(feed: Feed) -> timedelta:
    """Return how much working time a feed may be silent."""
    gap = timedelta(seconds=feed.watch.longest_gap or 0) * SILENT_GAPS
    if feed.cadence is None:
        return max(SILENT_UNKNOWN, gap)
    usual = timedelta(seconds=feed.cadence) * SILENT_FACTOR * _WORKING_SHARE
    return max(SILENT_LEAST, usual, gap)


def is_empty(feed: Feed, now: datetime) -> bool:
    """Whether a source holds nothing that never should: at once for one that never held anything."""
    since = feed.watch.empty_since
    if since is None or not never_empty(feed.spec):
        return False
    return feed.last_entry_at is None or working_time(since, now) >= EMPTY_FOR


def is_broken(feed: Feed, now: datetime) -> bool:
    """Whether a feed failed too often in a row, or for too long."""
    since = feed.watch.failing_since
    long = since is not None and now - since >= BROKEN_FOR
    return feed.failures >= BROKEN_AFTER or (feed.failures >= 2 and long)


def never_empty(spec: FeedSpec) -> bool:
    """Whether nothing at all in the answer means that the address is wrong: by source or by host."""
    if spec.kind in _NEVER_EMPTY:
        return True
    try:
        host = urlsplit(spec.url).hostname or ""
    except ValueError:
        return False
    return any(host == name or host.endswith(f".{name}") for name in _NEVER_EMPTY_HOSTS)


def working_time(start: datetime, end: datetime) -> timedelta:
    """Return the time between two moments, without weekends and the days around the year's turn.

    Days are those of UTC. At most 800 days are counted.
    """
    start, end = max(start, end - _LONGEST_COUNT).astimezone(UTC), end.astimezone(UTC)
    total = timedelta()
    day = start
    while day < end:
        following = datetime.combine(day.date() + timedelta(days=1), time(), UTC)
        until = min(following, end)
        if _is_working(day):
            total += until - day
        day = until
    return total


def longest_gap(moments: Iterable[datetime | None], now: datetime) -> float | None:
    """Return the longest working time, in seconds, between dated entries of the last months."""
    recent = {one for one in moments if one is not None and now - _OLDEST_GAP <= one <= now}
    ordered = sorted(recent)
    gaps = [working_time(a, b).total_seconds() for a, b in pairwise(ordered)]
    return max(gaps, default=None)


def _is_working(day: datetime) -> bool:
    turn = (day.month == 12 and day.day >= 24) or (day.month == 1 and day.day <= 2)
    return day.weekday() < 5 and not turn


def _remembered(
    before: Feed,
    after: Feed,
    parsed: ParsedFeed | None,
    fresh: list[datetime | None],
    now: datetime,
) -> Watch:
    """Return what is remembered beside the alarms."""
    watch = before.watch
    if _failed(after):
        return replace(watch, failing_since=watch.failing_since or now)
    heard = watch.heard_since
    if any(watch.of(alarm).since is not None for alarm in (Alarm.BROKEN, Alarm.GONE)):
        heard = now
    empty = watch.empty_since
    if parsed is not None:
        empty = (empty or now) if parsed.total == 0 else None
    gap = watch.longest_gap
    if fresh:
        first = before.last_success_at is None
        heard = after.last_entry_at if first else now
        last = [] if first else [_heard(before)]
        gap = max((g for g in (gap, longest_gap([*fresh, *last], now)) if g), default=None)
    remembered = (watch.failing_since, watch.heard_since, watch.empty_since, watch.longest_gap)
    if remembered == (None, heard, empty, gap):  # most polls teach nothing
        return watch
    return replace(watch, failing_since=None, heard_since=heard, empty_since=empty, longest_gap=gap)


def _failed(feed: Feed) -> bool:
    return feed.failures > 0 or feed.state is FeedState.GONE


def _heard(feed: Feed) -> datetime | None:
    """Return when a feed that ever spoke was last heard to be alive."""
    if feed.last_entry_at is None:
        return None
    return max(feed.last_entry_at, feed.watch.heard_since or feed.last_entry_at)


def _standing(feed: Feed, now: datetime) -> dict[Alarm, datetime | None]:
    """Return for each alarm that a poll says something about since when it stands, None for not.

    A failure says nothing about silence or emptiness; the end of a feed says nothing of the rest.
    """
    watch = feed.watch
    if feed.state is FeedState.GONE:
        return {Alarm.GONE: watch.failing_since or now}
    if _failed(feed):
        return {Alarm.BROKEN: (watch.failing_since or now) if is_broken(feed, now) else None}
    found: dict[Alarm, datetime | None] = {Alarm.GONE: None, Alarm.BROKEN: None, Alarm.EMPTY: None}
    if is_empty(feed, now):
        return found | {Alarm.EMPTY: watch.empty_since}
    return found | {Alarm.SILENT: _heard(feed) if is_silent(feed, now) else None}


def _step(
    state: AlarmState, standing: Mapping[Alarm, datetime | None], now: datetime
) -> tuple[AlarmState, bool, AlarmState | None]:
    """Return an alarm's next state, whether its beginning is told now, and as what its end is.

    What this poll says nothing about stays as it is.
    """
    if state.alarm not in standing:
        return state, False, None
    since = standing[state.alarm]
    if since is None and state.since is None and not state.told:
        return state, False, None
    if since is None:
        ended = state if state.told else None
        return replace(state, since=None, told=False), False, ended
    state = replace(state, since=state.since or since)
    if state.told or not _may_tell(state, now):
        return state, False, None
    return replace(state, told=True, told_at=now), True, None


def _may_tell(state: AlarmState, now: datetime) -> bool:
    last = state.told_at
    return last is None or now - last >= TELL_EVERY
