"""When a place is told: quiet hours, moments of digests and reminders, in any time zone. Pure.

Local times meet clock changes like this: a time that does not exist is moved on by the hour that is
skipped, a time that exists twice means its first. Quiet hours reach from the earliest start to the
latest end, so that nothing is ever said in them by the clock on the wall.
"""

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

from bot.domain.manners import Manners, Quiet, Rhythm, When

_DAY = timedelta(days=1)
_BEFORE_QUIET = timedelta(minutes=30)
"""A reminder whose hour falls into quiet hours of the evening comes so long before them."""


def moment(day: date, at: time, zone: ZoneInfo) -> datetime:
    """Return a local time of a day in UTC."""
    return datetime.combine(day, at, zone).astimezone(UTC)


def quiet_until(now: datetime, quiet: Quiet | None, zone: ZoneInfo) -> datetime | None:
    """Return when the quiet hours end that `now` lies in; None outside them."""
    if quiet is None:
        return None
    until, found = now, True
    while found:  # a clock change can make the end of one night reach into the next quiet hours
        found = False
        today = until.astimezone(zone).date()
        for day in (today - _DAY, today):
            start, end = _night(day, quiet, zone)
            if start <= until < end:
                until, found = end, True
    return until if until > now else None


def next_digest(after: datetime, when: When, zone: ZoneInfo) -> datetime:
    """Return the first moment of a digest later than `after`. Raises ValueError for instant."""
    if when.rhythm is Rhythm.HOURLY:
        local = after.astimezone(zone)
        past = timedelta(minutes=local.minute, seconds=local.second, microseconds=local.microsecond)
        return after.astimezone(UTC) - past + timedelta(hours=1)
    day = after.astimezone(zone).date() - _DAY
    return next(found for found in _moments(day, when, zone, step=1) if found > after)


def last_digest(now: datetime, when: When, zone: ZoneInfo) -> datetime:
    """Return the last moment of a digest up to `now`. Raises ValueError for instant."""
    if when.rhythm is Rhythm.HOURLY:
        return next_digest(now, when, zone) - timedelta(hours=1)
    day = now.astimezone(zone).date() + _DAY
    return next(found for found in _moments(day, when, zone, step=-1) if found <= now)


def reminding(day: date, manners: Manners, zone: ZoneInfo) -> datetime:
    """Return the moment at which a place is reminded on a day, never in its quiet hours.

    An hour in the quiet hours of the morning waits for their end; one in those of the evening comes
    half an hour before they begin, so that the day of a deadline is still the day of its reminder.
    """
    wanted = moment(day, manners.remind_at, zone)
    end = quiet_until(wanted, manners.quiet, zone)
    if end is None or manners.quiet is None:
        return wanted
    if end.astimezone(zone).date() == day:
        return end
    before = _night(day, manners.quiet, zone)[0] - _BEFORE_QUIET
    in_time = before.astimezone(zone).date() == day
    return before if in_time and quiet_until(before, manners.quiet, zone) is None else end


def next_reminding(now: datetime, manners: Manners, zone: ZoneInfo) -> datetime:
    """Return the next moment after `now` at which a place may be reminded of anything."""
    today = now.astimezone(zone).date()
    days = (today + number * _DAY for number in range(-1, 4))
    return min(found for day in days if (found := reminding(day, manners, zone)) > now)


def owed(
    deadline: date, *, now: datetime, since: datetime, manners: Manners, zone: ZoneInfo
) -> int | None:
    """Return the step (days before) whose reminder is owed now, None where none is.

    It is the nearest step whose moment is past: earlier ones that were missed are not made up for.
    Steps before `since`, when the place could first have known of the deadline, and deadlines whose
    day is over, are owed nothing. Whether the step was told already is for the caller to know.
    """
    if deadline < now.astimezone(zone).date():
        return None
    past = [
        days
        for days in manners.reminders
        if since < reminding(deadline - days * _DAY, manners, zone) <= now
    ]
    return min(past, default=None)


def earliest(whens: Sequence[When], after: datetime, zone: ZoneInfo) -> tuple[When, datetime]:
    """Return the digest that comes first after a moment, the more frequent one of equals."""
    moments = [
        (next_digest(after, when, zone), when.rhythm.rank, str(when), when) for when in whens
    ]
    due, _, _, when = min(moments, key=lambda found: found[:3])
    return when, due


def _night(day: date, quiet: Quiet, zone: ZoneInfo) -> tuple[datetime, datetime]:
    """The quiet hours that begin on a day, from their earliest start to their latest end."""
    last = day if quiet.start < quiet.end else day + _DAY
    starts = (moment(day, quiet.start.replace(fold=fold), zone) for fold in (0, 1))
    ends = (moment(last, quiet.end.replace(fold=fold), zone) for fold in (0, 1))
    return min(starts), max(ends)


def _moments(day: date, when: When, zone: ZoneInfo, *, step: int) -> Iterator[datetime]:
    """The moments of a daily or weekly digest from a day on, forwards or back."""
    if when.at is None:
        raise ValueError("what is told at once has no digest")
    while True:
        if when.day is None or day.weekday() == when.day:
            yield moment(day, when.at, zone)
        day += step * _DAY
