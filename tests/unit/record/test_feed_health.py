"""What is wrong with a feed, and what of it is told."""

from collections import defaultdict
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.domain.feed import Feed, FeedKind, FeedSpec, FeedState
from bot.domain.health import Alarm, AlarmNews, Watch
from bot.domain.ids import FeedId
from bot.domain.polling import ParsedFeed
from bot.record import feed_health as health

NOW = datetime(2026, 11, 18, 12, 0, tzinfo=UTC)
"""A Wednesday."""
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


class Life:
    """A feed, poll after poll."""

    def __init__(self, **spec: object) -> None:
        given = {"key": "ledger", "name": "Border Ledger", "url": "https://ledger.example/f"}
        self.feed = Feed(
            id=FeedId(1),
            spec=FeedSpec(**(given | spec)),  # type: ignore[arg-type]
            next_poll_at=NOW,
            interval=600,
        )
        self.now = NOW
        self.told: list[tuple[datetime, AlarmNews]] = []

    def poll(self, how: str, wait: timedelta = HOUR) -> list[str]:
        """One poll after a wait; returns what is told of it."""
        self.now += wait
        before, parsed, fresh = self.feed, None, []
        if how == "fail":
            after = replace(before, failures=before.failures + 1)
        elif how == "gone":
            after = replace(before, state=FeedState.GONE, failures=before.failures + 1)
        else:
            after = replace(before, failures=0, last_success_at=self.now)
            parsed = None if how == "same" else ParsedFeed(total=0 if how == "empty" else 20)
            if how == "new":
                fresh = [self.now]
                after = replace(after, last_entry_at=self.now)
        feed, news = health.observe(before, after, parsed, fresh=fresh, now=self.now)
        self.feed = replace(feed, state=FeedState.ACTIVE)  # a person resumes what is gone
        self.told += [(self.now, one) for one in news]
        return [
            f"{'-' if one.over else '+'}{'/'.join(state.alarm for state in one.alarms)}"
            for one in news
        ]

    def polls(self, *hows: str) -> list[str]:
        return [told for how in hows for told in self.poll(how)]

    @property
    def standing(self) -> list[Alarm]:
        """The alarms that began and are not over."""
        return [state.alarm for state in self.feed.watch.alarms if state.since is not None]


def test_a_feed_that_breaks_and_is_back_is_told_once_each() -> None:
    """Three failures in a row begin it, the first good answer ends it; since when is known."""
    life = Life()
    assert life.polls("new", "fail", "fail") == []
    assert life.polls("fail", "fail", "fail") == ["+broken"]
    assert life.told[0][1].alarms[0].since == NOW + 2 * HOUR
    assert life.standing == [Alarm.BROKEN]
    assert life.polls("new", "same") == ["-broken"]
    assert life.told[1][1].alarms[0].since == NOW + 2 * HOUR
    assert life.standing == []


def test_a_feed_polled_once_a_day_is_broken_after_a_day() -> None:
    """Two failures so far apart are no hiccup."""
    life = Life()
    life.poll("new")
    assert life.poll("fail", DAY) == []
    assert life.poll("fail", DAY) == ["+broken"]


def test_the_end_of_a_feed_is_told_at_once_and_once() -> None:
    """410 needs no second sight; if a person resumes it and it is still gone, nothing is repeated."""
    life = Life()
    assert life.polls("new", "gone", "gone", "gone") == ["+gone"]
    assert life.polls("new") == ["-gone"]


def test_what_ends_together_is_told_together() -> None:
    """A broken feed that is then gone and comes back makes one notice of its return."""
    life = Life()
    assert life.polls("new", "fail", "fail", "fail", "gone") == ["+broken", "+gone"]
    assert life.polls("new") == ["-gone/broken"]


def test_a_flapping_feed_is_told_once_a_day() -> None:
    """In between its alarm stands, and goes, without a word; one that stays is told a day later."""
    life = Life()
    flap = ["fail", "fail", "fail", "new"]
    assert life.polls("new", *flap, *flap, *flap, *flap) == ["+broken", "-broken"]
    assert life.polls("fail", "fail", "fail") == []
    assert life.feed.watch.of(Alarm.BROKEN).since is not None
    assert life.poll("fail", DAY) == ["+broken"]
    assert life.poll("new") == ["-broken"]


@pytest.mark.parametrize(
    "spec",
    [
        {"kind": FeedKind.FEDERAL_REGISTER},
        {"kind": FeedKind.CANADA_NEWS},
        {"kind": FeedKind.CSMS},
        {"kind": FeedKind.DOF},
        {"url": "https://www.federalregister.gov/api/v1/documents.rss?x=y"},
        {"url": "https://content.govdelivery.com/accounts/X/widgets/Y.rss"},
        {"url": "https://api.io.canada.ca/io-server/gc/news/en/v2?dept=nonesuch"},
    ],
    ids=str,
)
def test_a_wrong_name_in_an_address_is_told_at_the_first_poll(spec: dict[str, object]) -> None:
    """A source that is never empty and answers with nothing has a wrong address."""
    life = Life(**spec)
    assert life.polls("empty", "same", "empty") == ["+empty"]
    assert life.polls("new") == ["-empty"]


def test_an_empty_feed_of_another_kind_is_no_alarm() -> None:
    """A new page without entries is an everyday thing; so is an address that is none."""
    assert Life().polls("empty", "same", "empty") == []
    assert not health.never_empty(replace(Life().feed.spec, url="http://[x"))


def test_a_source_that_spoke_before_may_be_empty_for_a_while() -> None:
    """An edition may appear late; a working day without one is an alarm, a weekend is not."""
    life = Life(kind=FeedKind.DOF)
    life.poll("new", 2 * DAY)
    assert life.poll("empty", 12 * HOUR) == []
    assert life.poll("same", 2 * DAY) == []
    assert life.poll("same", DAY) == ["+empty"]
    assert life.poll("new") == ["-empty"]


def spoken(cadence: float | None, gap: float | None = None, since: datetime = NOW) -> Feed:
    feed = replace(Life().feed, cadence=cadence, last_entry_at=since, last_success_at=since)
    return replace(feed, watch=Watch(longest_gap=gap))


@pytest.mark.parametrize(
    ("cadence", "gap", "days"),
    [
        (3_600.0, None, 3),
        (86_400.0, None, 3),
        (7 * 86_400.0, None, 20),
        (3_600.0, 5 * 86_400.0, 10),
        (None, None, 20),
        (None, 40 * 86_400.0, 80),
    ],
)
def test_silence_is_measured_by_habit(
    cadence: float | None, gap: float | None, days: float
) -> None:
    """By the usual time between entries and by the longest pause known, and never under three days."""
    assert health.patience(spoken(cadence, gap)) == days * DAY


def test_a_long_weekend_and_the_turn_of_the_year_are_no_silence() -> None:
    """From Friday to Wednesday, and from Christmas into the new year, offices say nothing."""
    friday = datetime(2026, 11, 20, 17, 0, tzinfo=UTC)
    assert not health.is_silent(spoken(3_600.0, since=friday), friday + 4 * DAY)
    assert health.is_silent(spoken(3_600.0, since=friday), friday + 6 * DAY)
    eve = datetime(2026, 12, 23, 17, 0, tzinfo=UTC)
    assert not health.is_silent(spoken(3_600.0, since=eve), datetime(2027, 1, 5, 12, 0, tzinfo=UTC))
    assert health.is_silent(spoken(3_600.0, since=eve), datetime(2027, 1, 8, 12, 0, tzinfo=UTC))
    assert not health.is_silent(Life().feed, NOW + 400 * DAY)


def test_a_feed_that_falls_silent_is_told_once_and_once_when_it_speaks() -> None:
    """It answers all the while; weeks of silence make one notice."""
    life = Life()
    for _ in range(10):
        life.poll("new")
    life.feed = replace(life.feed, cadence=3_600.0)
    told = [told for _ in range(60) for told in life.poll("same", DAY / 2)]
    assert told == ["+silent"]
    assert life.polls("same", "new") == ["-silent"]


def test_a_failure_says_nothing_about_silence() -> None:
    """A silent feed that breaks stays silent; a broken one is not silent the moment it is back."""
    life = Life()
    life.poll("new")
    life.feed = replace(life.feed, cadence=3_600.0)
    assert life.poll("same", 7 * DAY) == ["+silent"]
    assert life.polls("fail", "fail", "fail") == ["+broken"]
    assert life.polls("new") == ["-broken/silent"]
    life = Life()
    life.poll("new")
    life.feed = replace(life.feed, cadence=3_600.0)
    life.polls("fail", "fail", "fail")
    assert life.poll("fail", 30 * DAY) == []
    assert life.poll("same") == ["-broken"]
    assert life.poll("same", 7 * DAY) == ["+silent"]


def test_dates_of_a_first_body_teach_the_longest_pause() -> None:
    """A weekly feed is known to be weekly from the dates it shows; old ones teach nothing."""
    weekly = [NOW - n * 7 * DAY for n in range(6)]
    assert health.longest_gap([*weekly, None, NOW - 900 * DAY], NOW) == 5 * 86_400
    assert health.longest_gap([NOW], NOW) is None
    first = replace(Life().feed, last_success_at=None)
    after = replace(first, last_success_at=NOW, last_entry_at=NOW)
    seen, _ = health.observe(first, after, ParsedFeed(total=6), fresh=weekly, now=NOW)
    assert seen.watch.longest_gap == 5 * 86_400
    assert not health.is_silent(seen, NOW + 13 * DAY)


def test_working_time_counts_whole_weeks() -> None:
    """Seven days have five working days; backwards there is none; decades do not take for ever."""
    assert health.working_time(NOW, NOW + 7 * DAY) == 5 * DAY
    assert health.working_time(NOW, NOW - DAY) == timedelta(0)
    assert health.working_time(NOW - 9_000 * DAY, NOW) < 600 * DAY


def test_that_entries_were_held_is_said_once_a_day() -> None:
    """A feed that floods with every poll does not flood with notices."""
    assert health.tells_held(Watch(), NOW)
    assert not health.tells_held(Watch(held_at=NOW), NOW + 23 * HOUR)
    assert health.tells_held(Watch(held_at=NOW), NOW + DAY)


HOWS = st.lists(
    st.tuples(
        st.sampled_from(["new", "same", "empty", "fail", "gone"]),
        st.sampled_from([HOUR / 6, HOUR, 8 * HOUR, DAY, 6 * DAY]),
    ),
    max_size=80,
)


@given(hows=HOWS, kind=st.sampled_from([FeedKind.FEED, FeedKind.CSMS]))
def test_beginnings_and_ends_take_turns(hows: list[tuple[str, timedelta]], kind: FeedKind) -> None:
    """Whatever happens, no state is told twice in a row, and no alarm begins twice within a day."""
    life = Life(kind=kind)
    life.poll("new")
    life.feed = replace(life.feed, cadence=3_600.0)
    for how, wait in hows:
        life.poll(how, wait)
    told: dict[Alarm, list[tuple[datetime, bool]]] = defaultdict(list)
    for at, news in life.told:
        for state in news.alarms:
            told[state.alarm].append((at, news.over))
    for turns in told.values():
        assert [over for _, over in turns] == [n % 2 == 1 for n in range(len(turns))]
        began = [at for at, over in turns if not over]
        assert all(b - a >= DAY for a, b in pairwise(began))
    for state in life.feed.watch.alarms:
        assert not state.told or state.since is not None
    life.polls("new", "new")
    assert life.standing == []
