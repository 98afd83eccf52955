"""Deadlines as an iCalendar file (RFC 5545), written by icalendar: folded, escaped, with zones."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from icalendar import Calendar, Event, vDuration
from icalendar.enums import STATUS, TRANSP

from bot.alerts.facts import deadline_kind
from bot.domain.reading import DeadlineFact
from bot.domain.views import FoundDeadline
from bot.services.calendar import Occasion, Occasions

MIME = "text/calendar"
_REFRESH = dt.timedelta(hours=1)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_SUMMARY = 200
"""Characters of a title: calendars show one line."""

Label = Callable[[str, str], str]
"""A topic's name: (topic, locale)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What stands around a deadline in a calendar, in one language."""

    name: str
    name_of: str
    source: str
    moved: str
    """From which dates."""
    disputed: str
    handled: str
    cancelled: str
    at: str
    """A time without a zone."""


_WORDS = {
    "en": Words(
        name="USMCA deadlines",
        name_of="USMCA deadlines: {what}",
        source="Source: {source}",
        moved="Moved from {days}",
        disputed="Sources disagree: {said}",
        handled="Handled by {who}",
        cancelled="No longer holds",
        at="At {time}",
    ),
    "es": Words(
        name="Plazos del T-MEC",
        name_of="Plazos del T-MEC: {what}",
        source="Fuente: {source}",
        moved="Antes: {days}",
        disputed="Las fuentes no coinciden: {said}",
        handled="A cargo de {who}",
        cancelled="Ya no es válido",
        at="A las {time}",
    ),
    "fr": Words(
        name="Échéances de l'ACEUM",
        name_of="Échéances de l'ACEUM : {what}",
        source="Source : {source}",
        moved="Auparavant : {days}",
        disputed="Les sources divergent : {said}",
        handled="Pris en charge par {who}",
        cancelled="N'est plus valable",
        at="À {time}",
    ),
}


def to_ics(found: Occasions, *, label: Label, locale: str = "en") -> bytes:
    """Return the calendar as a file: UTF-8, CRLF, lines of at most 75 octets."""
    words = _WORDS.get(locale[:2].lower(), _WORDS["en"])
    calendar = Calendar()
    calendar.add("prodid", "-//usmca-bot//deadlines//EN")
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    name = _name(found, words, label, locale)
    calendar.add("name", name)
    calendar.add("x-wr-calname", name)
    calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
    calendar.add("x-published-ttl", vDuration(_REFRESH))
    for occasion in found.occasions:
        calendar.add_component(_event(occasion, words, label, locale))
    calendar.add_missing_timezones()
    body: bytes = calendar.to_ical()
    return body


def _name(found: Occasions, words: Words, label: Label, locale: str) -> str:
    if found.place is not None:
        return words.name_of.format(what=found.place)
    if found.query is not None:
        return words.name_of.format(what=_clean(found.query))
    if found.topics:
        what = ", ".join(label(topic, locale) for topic in found.topics)
        return words.name_of.format(what=what)
    return words.name


def _event(occasion: Occasion, words: Words, label: Label, locale: str) -> Event:
    found = occasion.deadline
    event = Event()
    event.add("uid", occasion.uid)
    event.add("dtstamp", occasion.changed_at)
    event.add("last-modified", occasion.changed_at)
    event.add("sequence", occasion.sequence)
    event.add("dtstart", starts(found.fact))
    event.add("summary", _summary(found, locale))
    event.add("description", _description(occasion, words))
    event.add("status", _status(occasion))
    event.add("transp", TRANSP.TRANSPARENT)
    if found.topics:
        event.add("categories", [_clean(label(topic, locale)) for topic in found.topics])
    url = found.headline.url
    if url is not None and _is_sound(url):
        event.add("url", url)
    return event


def starts(fact: DeadlineFact) -> dt.date | dt.datetime:
    """Return the day, or the moment in its own zone where the text names both time and zone."""
    if fact.time is None or fact.zone is None:
        return fact.date
    try:
        zone = ZoneInfo(fact.zone)
    except (ZoneInfoNotFoundError, ValueError):
        return fact.date
    return dt.datetime.combine(fact.date, fact.time.replace(tzinfo=None, microsecond=0), zone)


def _summary(found: FoundDeadline, locale: str) -> str:
    kind = deadline_kind(found.fact.kind, locale)
    text = f"{kind[:1].upper()}{kind[1:]}: {found.headline.text}"
    text = _clean(" ".join(text.split()))
    return text if len(text) <= _SUMMARY else f"{text[: _SUMMARY - 1].rstrip()}…"


def _description(occasion: Occasion, words: Words) -> str:
    found = occasion.deadline
    marks = found.marks
    lines = [words.cancelled] if occasion.cancelled else []
    lines.append(found.fact.text)
    if found.fact.time is not None and found.fact.zone is None:
        lines.append(words.at.format(time=found.fact.time.isoformat(timespec="minutes")))
    lines.append(words.source.format(source=found.source))
    if found.struck:
        lines.append(words.moved.format(days=", ".join(day.isoformat() for day in found.struck)))
    if found.disputed:
        said = "; ".join(f"{value} ({source})" for value, source in found.disputed)
        lines.append(words.disputed.format(said=said))
    if marks.handled is not None:
        lines.append(words.handled.format(who=marks.handled.called))
    if found.headline.url is not None and _is_sound(found.headline.url):
        lines.append(found.headline.url)
    return "\n".join(_clean(" ".join(line.split())) for line in lines)


def _status(occasion: Occasion) -> STATUS:
    if occasion.cancelled:
        return STATUS.CANCELLED
    return STATUS.CONFIRMED if occasion.certain else STATUS.TENTATIVE


def _is_sound(url: str) -> bool:
    """Whether it is a web address in one line: a link from a feed goes into people's calendars."""
    return url.startswith(("https://", "http://")) and not re.search(r"[\s\x00-\x1f\x7f]", url)


def _clean(text: str) -> str:
    """Without the control characters that RFC 5545 forbids in a text."""
    return _CONTROL.sub("", text)
