"""What the people of a feed are told about it: that it broke, that it is back, what it held back.

Pure. Every notice says what happened in plain words, since when, and what to do; addresses stand
without what may be secret in them. The words are in `feed_words.py`.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from bot.alerts.days import day
from bot.alerts.feed_reasons import known_reason
from bot.alerts.feed_words import FeedWords, words
from bot.domain.destination import Destination
from bot.domain.feed import Feed, display_url
from bot.domain.health import AlarmNews
from bot.domain.message import Link, Message
from bot.domain.zones import zone_of

_LISTED = 8
_URL = re.compile(r"https?://[^\s\"'<>]+", re.IGNORECASE)


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """How many new entries of a feed's poll were told, and how many were only stored."""

    feed: str
    told: int
    held: int
    first_poll: bool


def of_alarm(feed: Feed, news: AlarmNews, destination: Destination) -> Message:
    """Return the notice that an alarm began, or that alarms are over."""
    said = words(destination.locale)
    worst = min(news.alarms, key=lambda state: state.alarm.rank)
    since = _written(worst.since or news.at, destination)
    values = {
        "name": feed.spec.name,
        "since": since,
        "until": _written(news.at, destination),
        "failures": feed.failures,
        "url": shown(feed.spec.url),
        "reason": _reason(feed, destination.locale, said),
    }
    if news.over:
        headline, text = said.over_title, said.over[worst.alarm]
    else:
        headline, text = said.began_title[worst.alarm], said.began[worst.alarm]
    kind = "over" if news.over else str(worst.alarm)
    subject = f"notice:feed:{feed.id}:{kind}:{news.at:%Y%m%dT%H%M%S}"
    summary = " ".join(text.format(**values).split())
    return _notice(subject, headline.format(**values), summary, destination)


def of_held(polls: Sequence[Held], subject: str, destination: Destination) -> Message:
    """Return the one notice that polls stored more than they told; `polls` is not empty."""
    said = words(destination.locale)
    told, held = sum(one.told for one in polls), sum(one.held for one in polls)
    if len(polls) == 1:
        (one,) = polls
        title = said.first_title if one.first_poll else said.held_title
        headline = title.format(name=one.feed, new=told + held)
        summary = said.held.format(told=told, held=held, search=_search(one.feed))
        return _notice(subject, headline, summary, destination)
    headline = said.many_title.format(feeds=len(polls))
    summary = said.many.format(told=told, held=held)
    lines = [
        said.line.format(name=one.feed, told=one.told, new=one.told + one.held)
        for one in sorted(polls, key=lambda poll: (-poll.held, poll.feed))[:_LISTED]
    ]
    if len(polls) > _LISTED:
        lines.append(said.more.format(n=len(polls) - _LISTED))
    return _notice(subject, headline, "\n".join([summary, *lines]), destination)


def shown(url: str) -> str:
    """Return an address without what may be secret; one that cannot be taken apart is not shown."""
    try:
        return display_url(url)
    except ValueError:
        return "(…)"


def _reason(feed: Feed, locale: str, said: FeedWords) -> str:
    """Return why the last poll failed; by its status where the sentence is known in English only."""
    status, error = feed.last_status, feed.last_error or ""
    known = known_reason(error, locale)
    if known is None:
        if status is None or status < 300:
            return said.unreachable if status is None else said.unreadable
        return said.statuses.get(status, said.status).format(status=status)
    return _URL.sub(lambda found: shown(found.group()), known)


def _search(name: str) -> str:
    quoted = name.replace('"', "")
    return f'/usmca search source:"{quoted}"'


def _written(moment: datetime, place: Destination) -> str:
    zone = zone_of(place.zone)
    there = moment.astimezone(zone)
    return f"{day(there.date(), place.locale)}, {there:%H:%M} ({zone.key})"


def _notice(subject: str, headline: str, summary: str, destination: Destination) -> Message:
    return Message(
        subject=subject,
        headline=Link(text=headline),
        summary=summary,
        zone=destination.zone,
        locale=destination.locale,
        notice=True,
    )
