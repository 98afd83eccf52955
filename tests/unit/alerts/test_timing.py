from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.alerts.timing import (
    earliest,
    last_digest,
    moment,
    next_digest,
    next_reminding,
    owed,
    quiet_until,
    reminding,
)
from bot.domain.manners import INSTANT, Manners, Quiet, Rhythm, When

# zones with hours, half hours and a half-hour clock change; one that skipped a whole day
ZONES = (
    "UTC",
    "America/Mexico_City",
    "America/Toronto",
    "America/Tijuana",
    "America/St_Johns",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Europe/Paris",
    "Pacific/Apia",
    "Pacific/Kiritimati",
    "Africa/Casablanca",
)
zones = st.sampled_from(ZONES).map(ZoneInfo)
SINCE = datetime(2011, 1, 1, tzinfo=UTC)
moments = st.integers(0, 19 * 365 * 24 * 60).map(lambda n: SINCE + timedelta(minutes=n))
times = st.times().map(lambda at: at.replace(second=0, microsecond=0))
quiets = st.tuples(times, times).filter(lambda pair: pair[0] != pair[1])
quiet_hours = quiets.map(lambda pair: Quiet(start=pair[0], end=pair[1]))
days = st.dates(date(2011, 1, 2), date(2029, 12, 1))
DAILY = When(rhythm=Rhythm.DAILY, at=time(8))
TORONTO = ZoneInfo("America/Toronto")


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def on_the_wall(now: datetime, quiet: Quiet, zone: ZoneInfo) -> bool:
    """Whether a clock on the wall shows a time in quiet hours."""
    shown = now.astimezone(zone).time()
    if quiet.start < quiet.end:
        return quiet.start <= shown < quiet.end
    return shown >= quiet.start or shown < quiet.end


@given(moments, quiet_hours, zones)
def test_nothing_is_released_inside_quiet_hours(now, quiet, zone):
    """By the clock on the wall the end of quiet hours is outside them, and comes within two days."""
    until = quiet_until(now, quiet, zone)
    if until is None:
        assert not on_the_wall(now, quiet, zone)
        return
    assert until > now
    assert not on_the_wall(until, quiet, zone)
    assert quiet_until(until, quiet, zone) is None
    assert until - now <= timedelta(days=2, hours=2)


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2026-11-20T02:59", None),  # 21:59 in Toronto
        ("2026-11-20T03:00", "2026-11-20T12:00"),
        ("2026-11-20T11:59", "2026-11-20T12:00"),
        ("2026-11-20T12:00", None),
        ("2026-03-08T06:00", "2026-03-08T11:00"),  # the night in which an hour is skipped
        ("2026-11-01T04:00", "2026-11-01T12:00"),  # the night in which an hour comes twice
    ],
)
def test_quiet_hours_of_a_night(now, until):
    """From 22:00 to 07:00 in Toronto, also in the nights of the clock changes."""
    quiet = Quiet(start=time(22), end=time(7))
    assert quiet_until(at(now), quiet, TORONTO) == (at(until) if until else None)


def test_quiet_hours_by_day():
    """Hours that begin and end on one day are quiet only between."""
    quiet = Quiet(start=time(12), end=time(13, 30))
    assert quiet_until(at("2026-07-01T12:10"), quiet, ZoneInfo("UTC")) == at("2026-07-01T13:30")
    assert quiet_until(at("2026-07-01T13:30"), quiet, ZoneInfo("UTC")) is None
    assert quiet_until(at("2026-07-01T13:00"), None, ZoneInfo("UTC")) is None


whens = st.one_of(
    st.just(When(rhythm=Rhythm.HOURLY)),
    times.map(lambda t: When(rhythm=Rhythm.DAILY, at=t)),
    st.tuples(times, st.integers(0, 6)).map(
        lambda pair: When(rhythm=Rhythm.WEEKLY, at=pair[0], day=pair[1])
    ),
)


@given(moments, whens, zones)
def test_digests_come_one_after_another(now, when, zone):
    """The next digest is later, the last is not, and nothing lies between them."""
    after = next_digest(now, when, zone)
    before = last_digest(now, when, zone)
    assert before <= now < after
    assert next_digest(before, when, zone) == after
    span = {Rhythm.HOURLY: 1, Rhythm.DAILY: 49, Rhythm.WEEKLY: 193}[when.rhythm]
    assert after - before <= timedelta(hours=span)


@given(moments, times, zones)
def test_a_daily_digest_comes_once_on_each_local_day(now, at_time, zone):
    """Over a fortnight each local day that exists has exactly one digest."""
    when = When(rhythm=Rhythm.DAILY, at=at_time)
    found, moment_ = [], now
    for _ in range(14):
        moment_ = next_digest(moment_, when, zone)
        found.append(moment_.astimezone(zone).date())
    assert len(set(found)) == 14
    skipped = sum((b - a).days - 1 for a, b in pairwise(found))
    assert skipped <= 1  # Apia had no 30 December 2011


def test_a_digest_at_an_hour_that_is_skipped():
    """02:30 does not exist on 8 March in Toronto: the digest comes at 03:30."""
    when = When(rhythm=Rhythm.DAILY, at=time(2, 30))
    assert next_digest(at("2026-03-08T05:00"), when, TORONTO) == at("2026-03-08T07:30")


def test_a_digest_at_an_hour_that_comes_twice():
    """01:30 comes twice on 1 November in Toronto: the digest comes at the first."""
    when = When(rhythm=Rhythm.DAILY, at=time(1, 30))
    first = next_digest(at("2026-11-01T04:00"), when, TORONTO)
    assert first == at("2026-11-01T05:30")
    assert next_digest(first, when, TORONTO) == at("2026-11-02T06:30")


def test_what_is_told_at_once_has_no_digest():
    """Asking for its moment is a mistake of the program."""
    with pytest.raises(ValueError, match="no digest"):
        next_digest(at("2026-11-01T04:00"), INSTANT, TORONTO)


def test_the_earliest_digest_is_chosen():
    """Of several the first to come, of equals the more frequent."""
    weekly = When(rhythm=Rhythm.WEEKLY, at=time(8), day=0)
    hourly = When(rhythm=Rhythm.HOURLY)
    now = at("2026-11-23T07:30")  # a Monday
    assert earliest([weekly, DAILY], now, ZoneInfo("UTC")) == (DAILY, at("2026-11-23T08:00"))
    assert earliest([weekly, hourly], now, ZoneInfo("UTC"))[0] == hourly


manners = st.builds(
    Manners,
    quiet=st.none() | quiet_hours,
    reminders=st.lists(st.integers(0, 30), min_size=1, max_size=5, unique=True).map(tuple),
    remind_at=times,
)


@given(days, manners, zones)
def test_reminders_never_come_in_quiet_hours(day, ways, zone):
    """The moment of a day's reminders is outside quiet hours, at most two days late."""
    due = reminding(day, ways, zone)
    assert quiet_until(due, ways.quiet, zone) is None
    wanted = moment(day, ways.remind_at, zone)
    assert -timedelta(hours=25) <= due - wanted <= timedelta(days=2, hours=2)


@given(days, manners, zones, st.data())
def test_no_reminder_is_lost_or_doubled(deadline, ways, zone, data):
    """However often and irregularly one looks, every step is told once, or a nearer one in its place."""
    end = moment(deadline, time(23, 59), zone)
    start = moment(deadline - timedelta(days=40), time(0), zone)
    gaps = data.draw(st.lists(st.integers(1, 60 * 24 * 9), min_size=1, max_size=60))
    looks, now = [], start
    for gap in gaps:
        now += timedelta(minutes=gap)
        looks.append(now)
    told: dict[int, datetime] = {}
    for now in looks:
        step = owed(deadline, now=now, since=start, manners=ways, zone=zone)
        if step is not None and step not in told:
            told[step] = now
    alive = [now for now in looks if now.astimezone(zone).date() <= deadline]
    for days_before in ways.reminders:
        due = reminding(deadline - timedelta(days=days_before), ways, zone)
        seen = [now for now in alive if now >= due]
        nearer = [
            d
            for d in ways.reminders
            if d < days_before
            and seen
            and reminding(deadline - timedelta(days=d), ways, zone) <= seen[0]
        ]
        if seen and not nearer:
            assert told[days_before] == seen[0]
        elif not seen:
            assert days_before not in told
    assert all(start < now <= end for now in told.values())


@given(moments, manners, zones)
def test_reminders_are_looked_for_again_and_again(now, ways, zone):
    """The next look is later than now, and no reminder falls between."""
    after = next_reminding(now, ways, zone)
    assert now < after <= now + timedelta(days=4)
    today = now.astimezone(zone).date()
    for number in range(-2, 5):
        due = reminding(today + timedelta(days=number), ways, zone)
        assert not now < due < after


def test_what_was_not_known_in_time_is_not_owed():
    """A deadline read today owes nothing of the steps that were before; the next step is owed."""
    ways = Manners()
    deadline = date(2026, 12, 1)
    known = at("2026-11-25T12:00")
    arguments = {"since": known, "manners": ways, "zone": ZoneInfo("UTC")}
    assert owed(deadline, now=at("2026-11-25T13:00"), **arguments) is None
    assert owed(deadline, now=at("2026-11-30T09:00"), **arguments) == 1
    assert owed(deadline, now=at("2026-12-01T09:00"), **arguments) == 0
    assert owed(deadline, now=at("2026-12-02T00:00"), **arguments) is None


def test_a_reminder_in_the_evening_comes_before_the_quiet_hours():
    """At 23:00 in quiet hours from 22:00 the day of the deadline would be over in the morning."""
    ways = Manners(quiet=Quiet(start=time(22), end=time(7)), remind_at=time(23))
    assert reminding(date(2026, 7, 1), ways, ZoneInfo("UTC")) == at("2026-07-01T21:30")
    early = Manners(quiet=Quiet(start=time(22), end=time(7)), remind_at=time(5))
    assert reminding(date(2026, 7, 1), early, ZoneInfo("UTC")) == at("2026-07-01T07:00")
    all_day = Manners(quiet=Quiet(start=time(0, 10), end=time(0, 5)), remind_at=time(12))
    assert reminding(date(2026, 7, 1), all_day, ZoneInfo("UTC")) == at("2026-07-02T00:05")
