"""When a feed is polled next, and what is remembered of it."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.entry import Entry
from bot.domain.feed import Feed, FeedSpec, FeedState, Hints, Tier, Validators
from bot.domain.ids import FeedId
from bot.domain.polling import Fetched, Outcome, ParsedFeed
from bot.polling.schedule import REDIRECT_CONFIRMATIONS, Bounds, after_poll

NOW = datetime(2026, 11, 21, 12, 0, tzinfo=UTC)  # a Saturday
URL = "https://example.com/feed"
MOVED = "https://feeds.example.com/new"
OLD = Validators(etag='"old"', last_modified="Fri, 20 Nov 2026 00:00:00 GMT", body_hash="0" * 64)
NEW = Validators(etag='"new"', body_hash="1" * 64)
GOOD = Fetched(outcome=Outcome.ENTRIES, url=URL, status=200, body=b"x", validators=NEW)
SAME = Fetched(outcome=Outcome.NOT_MODIFIED, url=URL, status=304, validators=OLD)


def a_feed(**changes: object) -> Feed:
    asked = changes.pop("asked", None)
    tier = changes.pop("tier", Tier.GENERAL)
    spec = FeedSpec(key="a", name="A", url=URL, interval=asked, tier=tier)  # type: ignore[arg-type]
    bare = Feed(id=FeedId(1), spec=spec, next_poll_at=NOW, interval=600, validators=OLD)
    return replace(bare, **changes)  # type: ignore[arg-type]


def polled(
    feed: Feed,
    fetched: Fetched = GOOD,
    parsed: ParsedFeed | None = None,
    *,
    new: int = 0,
    now: datetime = NOW,
    chance: float = 0.0,
    newest: datetime | None = None,
    bounds: Bounds | None = None,
) -> Feed:
    if parsed is None and fetched.outcome is Outcome.ENTRIES:
        parsed = ParsedFeed()
    return after_poll(
        feed,
        fetched,
        parsed,
        new_entries=new,
        newest=newest,
        now=now,
        bounds=bounds or Bounds(),
        chance=chance,
    )


def wait(feed: Feed, now: datetime = NOW) -> float:
    return (feed.next_poll_at - now).total_seconds()


def error(**changes: object) -> Fetched:
    bare = Fetched(outcome=Outcome.ERROR, url=URL, status=503, error="It is out of service.")
    return replace(bare, **changes)  # type: ignore[arg-type]


def test_a_good_answer_is_remembered() -> None:
    """Health is set, the failure forgotten, and the validators are those of the answer."""
    before = a_feed(failures=3, last_error="It was down.", not_before=NOW)
    after = polled(before, new=1, newest=NOW - timedelta(hours=1))
    assert after.failures == 0
    assert after.last_error is None
    assert after.not_before is None
    assert after.last_success_at == after.last_polled_at == NOW
    assert after.last_entry_at == NOW - timedelta(hours=1)
    assert after.last_status == 200
    assert after.validators == NEW


def test_a_304_keeps_the_validators() -> None:
    """What we sent still stands; nothing is invented."""
    after = polled(a_feed(), SAME)
    assert after.validators == OLD
    assert after.last_success_at == NOW
    assert after.last_entry_at is None


def test_an_identical_body_with_new_validators_takes_them() -> None:
    """A server whose ETag changes with every answer is echoed the newest one."""
    after = polled(a_feed(), replace(SAME, status=200, validators=NEW))
    assert after.validators == NEW


@pytest.mark.parametrize(
    ("fetched", "parsed"),
    [
        (GOOD, ParsedFeed(complete=False)),
        (error(validators=NEW), None),
        (replace(GOOD, outcome=Outcome.ERROR), None),
    ],
)
def test_validators_come_only_from_a_good_whole_answer(
    fetched: Fetched, parsed: ParsedFeed | None
) -> None:
    """An error or a body cut short leaves the former validators."""
    assert polled(a_feed(), fetched, parsed).validators == OLD


def test_entries_that_could_not_be_parsed_are_a_failure() -> None:
    """A body without a reading counts as a failed poll, with words for a person."""
    after = after_poll(
        a_feed(), GOOD, None, new_entries=0, newest=None, now=NOW, bounds=Bounds(), chance=0.5
    )
    assert after.failures == 1
    assert after.last_error


def test_gaps_grow_until_a_day_and_never_end() -> None:
    """A feed that only fails is asked ever more seldom, at least once a day."""
    feed, gaps, now = a_feed(), [], NOW
    for number in range(20):
        feed = polled(feed, error(status=404), now=now, chance=number % 2)
        gaps.append(wait(feed, now))
        now = feed.next_poll_at
    assert all(b >= 1.4 * a or b == 86_400 for a, b in pairwise(gaps))
    assert gaps[-1] == 86_400
    assert feed.failures == 20
    assert feed.state is FeedState.ACTIVE


def test_a_failure_keeps_the_interval() -> None:
    """When the feed is back it is polled as before."""
    after = polled(a_feed(interval=300), error())
    assert after.interval == 300
    assert after.last_error == "It is out of service."


def test_retry_after_is_kept() -> None:
    """The next poll waits for what the server asks for, and `--all` can see it."""
    after = polled(a_feed(), error(retry_after=7_200))
    assert after.not_before == NOW + timedelta(hours=2)
    assert after.next_poll_at >= after.not_before


def test_retry_after_is_capped_at_a_month() -> None:
    """Nobody sends us away for a year."""
    after = polled(a_feed(), error(retry_after=1e12))
    assert after.not_before == NOW + timedelta(days=31)


def test_a_short_retry_after_does_not_hurry_us() -> None:
    """Backing off stands where the server asks for less."""
    assert wait(polled(a_feed(), error(retry_after=1))) == 600


def test_gone_stops_the_feed() -> None:
    """410 ends the polling, whatever comes."""
    after = polled(a_feed(), Fetched(outcome=Outcome.GONE, url=URL, status=410))
    assert after.state is FeedState.GONE
    assert "410" in (after.last_error or "")


def test_a_blocked_address_is_a_failure() -> None:
    """A refused address is backed off like any other failure."""
    blocked = Fetched(outcome=Outcome.BLOCKED, url=URL, error="It is refused.")
    assert polled(a_feed(), blocked).failures == 1


def moved(fetched: Fetched = GOOD, to: str | None = MOVED) -> Fetched:
    return replace(fetched, moved_to=to)


def test_a_permanent_redirect_is_taken_after_three_sights() -> None:
    """Then the feed has its new address, and its validators are dropped with the old one."""
    feed = a_feed()
    for seen in range(1, REDIRECT_CONFIRMATIONS):
        feed = polled(feed, moved())
        assert (feed.spec.url, feed.redirect_seen, feed.redirect_url) == (URL, seen, MOVED)
        assert feed.validators == NEW
    feed = polled(feed, moved(SAME))
    assert feed.spec.url == MOVED
    assert feed.validators == Validators()
    assert (feed.redirect_url, feed.redirect_seen) == (None, 0)


def test_a_redirect_starts_to_count_with_a_feed_that_was_read() -> None:
    """A body cut short proves nothing; the same bytes again, or a 304 to the target's own validators do."""
    assert polled(a_feed(), moved(), ParsedFeed(complete=False)).redirect_seen == 0
    assert polled(a_feed(), moved(SAME)).redirect_seen == 1
    assert polled(a_feed(), moved(replace(SAME, status=200, validators=NEW))).redirect_seen == 1


def test_an_answer_without_the_redirect_forgets_it() -> None:
    """A redirect that comes and goes, or changes, is never taken."""
    seen = polled(polled(a_feed(), moved()), moved())
    assert polled(seen, GOOD).redirect_seen == 0
    assert polled(seen, moved(to="https://example.com/other")).redirect_seen == 1
    assert polled(seen, moved(to=URL)).redirect_seen == 0


def test_a_failure_does_not_count_as_a_sight() -> None:
    """A target that answers with an error is not moved to."""
    seen = polled(a_feed(), moved())
    after = polled(seen, moved(error()))
    assert after.redirect_seen == 1
    assert after.redirect_url == MOVED


def test_the_owners_interval_is_kept_within_the_bounds() -> None:
    """Asked for ten seconds, the least interval holds; asked for 90, it is 90."""
    assert wait(polled(a_feed(asked=10))) == 60
    assert wait(polled(a_feed(asked=90))) == 90
    assert wait(polled(a_feed(asked=10), bounds=Bounds(min_interval=1))) == 10


def test_chance_spreads_polls_a_little() -> None:
    """Jitter only ever adds, so nothing is polled early."""
    assert wait(polled(a_feed(asked=100), chance=1.0)) == pytest.approx(105)


def test_headers_and_ttl_are_respected() -> None:
    """Freshness and ttl make the wait longer, up to the greatest interval."""
    assert wait(polled(a_feed(asked=90), replace(GOOD, fresh_for=1_800))) == 1_800
    assert wait(polled(a_feed(asked=90), replace(SAME, fresh_for=1_800))) == 1_800
    assert wait(polled(a_feed(asked=90), parsed=ParsedFeed(ttl=3_600))) == 3_600
    assert wait(polled(a_feed(asked=90), replace(GOOD, fresh_for=1e9))) == 86_400


def test_hints_outlive_a_304() -> None:
    """What the last body said about polling holds while no new body comes."""
    told = polled(a_feed(asked=90), parsed=ParsedFeed(ttl=3_600))
    assert wait(polled(told, SAME)) == 3_600
    assert polled(told, parsed=ParsedFeed(complete=False)).hints.ttl == 3_600
    assert polled(told, parsed=ParsedFeed()).hints == Hints()


def test_hours_and_days_to_skip_are_skipped() -> None:
    """At noon on a Saturday, with the noon hour and Sundays to skip."""
    hours = ParsedFeed(skip_hours=frozenset({12, 13}))
    assert polled(a_feed(), parsed=hours).next_poll_at == NOW.replace(hour=14)
    days = ParsedFeed(skip_days=frozenset({5, 6}))
    assert polled(a_feed(), parsed=days).next_poll_at == datetime(2026, 11, 23, tzinfo=UTC)


def test_a_feed_that_forbids_every_hour_is_polled_nevertheless() -> None:
    """Skipping is bounded too."""
    never = ParsedFeed(skip_hours=frozenset(range(24)))
    assert wait(polled(a_feed(), parsed=never)) == 4 * 86_400


def entries(count: int, hours: float) -> ParsedFeed:
    return ParsedFeed(
        entries=tuple(
            Entry(guid=str(n), published=NOW - timedelta(hours=hours * n)) for n in range(count)
        )
    )


def test_a_feeds_pace_sets_its_interval() -> None:
    """A feed of an entry an hour is polled every quarter of one; a quiet one every hour."""
    hourly = polled(a_feed(), parsed=entries(10, 1), new=10, newest=NOW)
    assert hourly.cadence == 3_600
    assert wait(hourly) == 900
    daily = polled(a_feed(), parsed=entries(10, 24), new=10, newest=NOW)
    assert wait(daily) == 3_600


def test_official_sources_are_polled_faster() -> None:
    """The same pace gives a fifth of the wait, and never more than a fifth of the quiet one."""
    official = a_feed(tier=Tier.OFFICIAL)
    assert wait(polled(official, parsed=entries(10, 1), new=10, newest=NOW)) == 180
    assert wait(polled(official, parsed=entries(10, 24), new=10, newest=NOW)) == 720
    assert wait(polled(official)) == 120


def test_an_unknown_pace_gets_the_default() -> None:
    """Without three dated entries nothing is known, nor from entries of one date."""
    assert wait(polled(a_feed(), parsed=entries(2, 1), new=2)) == 600
    assert wait(polled(a_feed(), parsed=entries(9, 0), new=9)) == 600


def test_the_pace_follows_the_feed() -> None:
    """New entries quicken it, silence slows it."""
    feed = polled(a_feed(), parsed=entries(10, 1), new=10, newest=NOW)
    later = NOW + timedelta(minutes=10)
    busy = polled(feed, parsed=ParsedFeed(), new=2, newest=later, now=later)
    assert busy.cadence == pytest.approx(3_600 + 0.3 * (300 - 3_600))
    silent = polled(feed, SAME, now=NOW + timedelta(hours=12))
    assert wait(silent, NOW + timedelta(hours=12)) == 2_700


def test_a_date_ahead_of_our_clock_is_taken_as_now() -> None:
    """The last entry is never in the future."""
    after = polled(a_feed(), new=1, newest=NOW + timedelta(hours=5))
    assert after.last_entry_at == NOW


def test_bounds_that_contradict_each_other_are_refused() -> None:
    """A mistake in the configuration does not reach the schedule."""
    with pytest.raises(ValueError, match="min_interval"):
        Bounds(min_interval=0)
    with pytest.raises(ValueError, match="min_interval"):
        Bounds(min_interval=100, max_interval=10)
    with pytest.raises(ValueError, match="intervals"):
        Bounds(max_skip=0)


@given(
    asked=st.one_of(st.none(), st.integers(1, 10**6)),
    fresh=st.one_of(st.none(), st.floats(0, 1e9)),
    ttl=st.one_of(st.none(), st.floats(1, 1e9)),
    retry=st.one_of(st.none(), st.floats(0, 1e12)),
    failures=st.integers(0, 500),
    good=st.booleans(),
    chance=st.floats(0, 1),
)
def test_no_poll_is_early_or_never(
    *,
    asked: int | None,
    fresh: float | None,
    ttl: float | None,
    retry: float | None,
    failures: int,
    good: bool,
    chance: float,
) -> None:
    """Whatever comes, the next poll is after the least interval and within a month and a day."""
    fetched = replace(GOOD, fresh_for=fresh) if good else error(retry_after=retry)
    parsed = ParsedFeed(ttl=ttl) if good else None
    after = polled(a_feed(asked=asked, failures=failures), fetched, parsed, chance=chance)
    assert 60 <= wait(after) <= 32 * 86_400
    assert after.not_before is None or after.next_poll_at >= after.not_before


def test_a_304_is_as_fresh_as_the_body_it_stands_for() -> None:
    """A max-age of the body holds again after each 304 that says nothing else."""
    feed = polled(a_feed(), replace(GOOD, fresh_for=5_400))
    assert feed.hints.fresh_for == 5_400
    again = polled(feed, SAME)
    assert (wait(again), again.hints.fresh_for) == (5_400, 5_400)
    assert wait(polled(again, replace(SAME, fresh_for=0))) < 4_000
    assert polled(again, replace(SAME, status=200, fresh_for=None)).hints.fresh_for is None
    assert polled(again, GOOD).hints.fresh_for is None


def test_nothing_is_later_than_the_longest_interval() -> None:
    """The jitter stays within the bounds too."""
    assert wait(polled(a_feed(), replace(GOOD, fresh_for=1e30), chance=1.0)) == 86_400


def test_a_failing_feed_keeps_the_hours_it_asked_for() -> None:
    """Hours to skip hold after an error as after an answer; a Retry-After is never cut by them."""
    feed = a_feed(hints=Hints(skip_hours=frozenset({12, 13})))
    error = Fetched(outcome=Outcome.ERROR, url=URL, status=500, error="no")
    assert wait(polled(feed, error)) == 7_200
    assert wait(polled(feed, replace(error, retry_after=86_400.0))) == 93_600


def test_a_feed_that_never_answered_backs_off_from_the_default_interval() -> None:
    """Its stored interval is only a guess; its owner's own counts."""
    error = Fetched(outcome=Outcome.ERROR, url=URL, status=500, error="no")
    bounds = Bounds(min_interval=1, default_interval=5)
    assert wait(polled(a_feed(interval=900), error, bounds=bounds)) == 5
    assert wait(polled(a_feed(interval=90, asked=90), error, bounds=bounds)) == 90
    assert wait(polled(a_feed(interval=90, last_success_at=NOW), error, bounds=bounds)) == 90
