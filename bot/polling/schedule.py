"""When a feed is polled next, and everything that is remembered of it after a poll. Pure.

    answer ──► health ──► validators ──► address ──► interval ──► next_poll_at

Chance is a uniform number from 0 to 1 that is passed in, and time is passed in too.
"""

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import NamedTuple

from bot.domain.feed import Feed, FeedSpec, FeedState, Hints, Tier, Validators
from bot.domain.polling import Fetched, Outcome, ParsedFeed
from bot.polling.politeness import back_off, capped_retry_after

REDIRECT_CONFIRMATIONS = 3
"""A permanent redirect is believed when that many polls in a row saw it lead to a good feed."""

_CADENCE_WEIGHT = 0.3
_POLLS_PER_ENTRY = 4
"""A feed is polled about four times for each new entry it is expected to bring."""
_OFFICIAL_SHARE = 0.2
"""Official sources are polled that much more often than others: they are what people wait for."""
_LATER_SHARE = 0.05
"""Polls are spread over this share of the interval, so that feeds added together drift apart."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Bounds:
    """The limits of the schedule, in seconds."""

    min_interval: float = 60
    """Nothing is polled more often."""
    default_interval: float = 600
    """For a feed of which nothing is known yet."""
    quiet_interval: float = 3_600
    """A quiet feed is polled at least that often, unless it asks for less."""
    max_interval: float = 86_400
    """What a feed asks for, and backing off, never exceed this."""
    max_skip: float = 4 * 86_400
    """`skipHours` and `skipDays` never keep us away for longer."""

    def __post_init__(self) -> None:
        if not 0 < self.min_interval <= self.max_interval:
            raise ValueError("min_interval must be above 0 and at most max_interval")
        if min(self.default_interval, self.quiet_interval, self.max_skip) <= 0:
            raise ValueError("intervals must be above 0")

    def clip(self, seconds: float) -> float:
        """Return the seconds, brought within the least and the greatest interval."""
        return min(max(seconds, self.min_interval), self.max_interval)


def after_poll(
    feed: Feed,
    fetched: Fetched,
    parsed: ParsedFeed | None,
    *,
    new_entries: int,
    newest: datetime | None,
    now: datetime,
    bounds: Bounds,
    chance: float,
) -> Feed:
    """Return the feed as it must be stored after a poll.

    Where parsing failed, hand in `fetched` with the outcome ERROR and the reason as `error`, and
    no `parsed`. `new_entries` counts entries the feed did not have before, `newest` is the latest
    date among them.
    """
    if fetched.outcome is Outcome.GONE:
        feed = replace(feed, last_polled_at=now, last_status=fetched.status)
        return _gone(feed, fetched, now, bounds)
    if not _good(fetched, parsed):
        feed = replace(feed, last_polled_at=now, last_status=fetched.status)
        return _failed(feed, fetched, now, bounds, chance)
    pace = _Pace(
        cadence=_cadence(feed, parsed, new_entries, now),
        last_entry_at=min(newest or now, now) if new_entries else feed.last_entry_at,
        hints=_hints(feed, fetched, parsed),
    )
    interval = _interval(feed.spec, pace, now, bounds)
    said = pace.hints.fresh_for if fetched.fresh_for is None else fetched.fresh_for
    floor = max(interval, bounds.clip(said or 0))
    due = now + timedelta(seconds=bounds.clip(floor * (1 + _LATER_SHARE * chance)))
    next_poll_at = _allowed(due, pace.hints, now, bounds)
    done = _succeeded(
        feed, fetched, parsed, pace, now, interval=_whole(interval), next_poll_at=next_poll_at
    )
    return _moved(done, fetched, parsed)


class _Pace(NamedTuple):
    """What the next polls go by."""

    cadence: float | None
    last_entry_at: datetime | None
    hints: Hints


def _good(fetched: Fetched, parsed: ParsedFeed | None) -> bool:
    if fetched.outcome is Outcome.NOT_MODIFIED:
        return True
    return fetched.outcome is Outcome.ENTRIES and parsed is not None


def _gone(feed: Feed, fetched: Fetched, now: datetime, bounds: Bounds) -> Feed:
    """The publisher ended the feed: it is not asked again, by anything, until a person resumes it."""
    return replace(
        feed,
        state=FeedState.GONE,
        failures=feed.failures + 1,
        last_error=fetched.error or "The publisher says this feed is gone for good (410).",
        next_poll_at=now + timedelta(seconds=bounds.max_interval),
    )


def _failed(feed: Feed, fetched: Fetched, now: datetime, bounds: Bounds, chance: float) -> Feed:
    failures = feed.failures + 1
    started = feed.last_success_at is not None or feed.spec.interval is not None
    base = bounds.clip(feed.interval if started else bounds.default_interval)
    wait = back_off(failures, base=base, longest=max(bounds.max_interval, base), chance=chance)
    asked = capped_retry_after(fetched.retry_after)
    not_before = None if asked is None else now + timedelta(seconds=asked)
    due = now + timedelta(seconds=max(wait, asked or 0))
    return replace(
        feed,
        failures=failures,
        last_error=fetched.error or "The answer could not be read as a feed.",
        not_before=not_before,
        next_poll_at=_allowed(due, feed.hints, now, bounds),
    )


def _hints(feed: Feed, fetched: Fetched, parsed: ParsedFeed | None) -> Hints:
    hints = feed.hints
    if parsed is not None and parsed.complete:
        hints = Hints(ttl=parsed.ttl, skip_hours=parsed.skip_hours, skip_days=parsed.skip_days)
    fresh_for = hints.fresh_for if fetched.status == 304 else fetched.fresh_for
    return hints if fresh_for == hints.fresh_for else replace(hints, fresh_for=fresh_for)


def _succeeded(
    feed: Feed,
    fetched: Fetched,
    parsed: ParsedFeed | None,
    pace: _Pace,
    now: datetime,
    *,
    interval: int,
    next_poll_at: datetime,
) -> Feed:
    """Return the feed after an answer that was understood."""
    return replace(
        feed,
        failures=0,
        last_error=None,
        not_before=None,
        last_polled_at=now,
        last_success_at=now,
        last_status=fetched.status,
        last_entry_at=pace.last_entry_at,
        cadence=pace.cadence,
        hints=pace.hints,
        interval=interval,
        next_poll_at=next_poll_at,
        validators=_validators(feed.validators, fetched, parsed),
        backlog=feed.backlog if parsed is None else fetched.backlog,
        warnings=feed.warnings if parsed is None else (*fetched.warnings, *parsed.warnings),
    )


def _validators(kept: Validators, fetched: Fetched, parsed: ParsedFeed | None) -> Validators:
    """What makes the next request conditional.

    A body cut short leaves the former ones, which fit nothing that was missed. A 304 says that
    ours still stand. An identical body sent with 200 may carry new ones.
    """
    if fetched.outcome is Outcome.ENTRIES:
        whole = parsed is not None and parsed.complete
        return fetched.validators if whole else kept
    return fetched.validators if fetched.status == 200 else kept


def _moved(feed: Feed, fetched: Fetched, parsed: ParsedFeed | None) -> Feed:
    """Remember a permanent redirect, and move to it when it has proved itself.

    Any good answer counts: a body that was read as a feed, the very bytes that were read as one
    before, or a 304, which says that of a body this target gave itself. A body cut short proves
    nothing at first sight. What was remembered of the former address's answers is dropped with it.
    """
    target = fetched.moved_to
    if target is None or target == feed.spec.url:
        if feed.redirect_url is None and not feed.redirect_seen:
            return feed
        return replace(feed, redirect_url=None, redirect_seen=0)
    known = target == feed.redirect_url
    if not known and parsed is not None and not parsed.complete:
        return replace(feed, redirect_url=None, redirect_seen=0)
    seen = feed.redirect_seen + 1 if known else 1
    if seen < REDIRECT_CONFIRMATIONS:
        return replace(feed, redirect_url=target, redirect_seen=seen)
    return replace(
        feed,
        spec=replace(feed.spec, url=target),
        validators=Validators(),
        redirect_url=None,
        redirect_seen=0,
    )


def _cadence(
    feed: Feed, parsed: ParsedFeed | None, new_entries: int, now: datetime
) -> float | None:
    """Return the smoothed seconds between entries; at first from the dates of those in the body."""
    if parsed is None or not new_entries:
        return feed.cadence
    if feed.last_entry_at is None:
        return _spacing(parsed) or feed.cadence
    seen = max((now - feed.last_entry_at).total_seconds(), 1) / new_entries
    if feed.cadence is None:
        return _spacing(parsed) or seen
    return feed.cadence + _CADENCE_WEIGHT * (seen - feed.cadence)


def _spacing(parsed: ParsedFeed) -> float | None:
    """Return the mean seconds between the dated entries; None for fewer than three, or one date."""
    moments = [entry.published for entry in parsed.entries if entry.published]
    if len(moments) < 3:
        return None
    return (max(moments) - min(moments)).total_seconds() / (len(moments) - 1) or None


def _interval(spec: FeedSpec, pace: _Pace, now: datetime, bounds: Bounds) -> float:
    """Return the seconds between polls: what the owner asks for, else what the feed's pace asks.

    The feed's own `ttl` is a floor to both.
    """
    asked = spec.interval
    wanted = float(asked) if asked is not None else _paced(spec.tier, pace, now, bounds)
    return bounds.clip(max(wanted, pace.hints.ttl or 0))


def _paced(tier: Tier, pace: _Pace, now: datetime, bounds: Bounds) -> float:
    """Return the interval of a feed nobody set one for: quick where it speaks, slow where not."""
    share = _OFFICIAL_SHARE if tier is Tier.OFFICIAL else 1.0
    slowest = max(bounds.quiet_interval * share, bounds.min_interval)
    if pace.cadence is None:
        return min(bounds.default_interval * share, slowest)
    silent = (now - pace.last_entry_at).total_seconds() if pace.last_entry_at else 0.0
    expected = max(pace.cadence, silent / _POLLS_PER_ENTRY)
    return min(expected / _POLLS_PER_ENTRY * share, slowest)


def _allowed(due: datetime, hints: Hints, now: datetime, bounds: Bounds) -> datetime:
    """Move a poll out of the hours and days (GMT) in which the feed asks not to be polled."""
    moment = due.astimezone(UTC)
    if not hints.skip_hours and not hints.skip_days:
        return moment
    latest = max(due, now + timedelta(seconds=bounds.max_skip))
    while moment.hour in hints.skip_hours or moment.weekday() in hints.skip_days:
        moment = moment.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
        if moment > latest:
            return latest
    return moment


def _whole(seconds: float) -> int:
    return max(1, round(seconds))
