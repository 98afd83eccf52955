"""Deadlines as an iCalendar file (RFC 5545), written by icalendar: folded, escaped, with zones."""

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache
from zoneinfo import ZoneInfo

from icalendar import Calendar, Event, vDuration
from icalendar.enums import STATUS, TRANSP

from bot.alerts import days
from bot.alerts.facts import deadline_kind
from bot.domain.locales import language_of
from bot.domain.reading import DeadlineFact
from bot.domain.views import FoundDeadline
from bot.domain.zones import known_zone
from bot.record.timeline import NO_SOURCE
from bot.services.calendar import Occasions
from bot.services.calendar_names import Occasion

MIME = "text/calendar"
_REFRESH = dt.timedelta(hours=1)
_CONTROL = re.compile(r"[\x00-\x08\x0b-\x1f\x7f]")
_SUMMARY = 200
"""Characters of a title: calendars show one line."""
_END = b"END:VCALENDAR\r\n"
_ENTRIES = 16_384
"""Entries kept as they are written, in each language in which they were asked for."""
_ZONES = 64

Label = Callable[[str, str], str]
"""A topic's name: (topic, locale)."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Words:
    """What stands around a deadline in a calendar, in one language."""

    name: str
    name_of: str
    source: str
    none: str
    """In place of a source that the record does not have."""
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
        none="none that is public",
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
        none="ninguna pública",
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
        none="aucune publique",
        moved="Auparavant : {days}",
        disputed="Les sources divergent : {said}",
        handled="Pris en charge par {who}",
        cancelled="N'est plus valable",
        at="À {time}",
    ),
}


def to_ics(found: Occasions, *, label: Label, locale: str = "en") -> bytes:
    """Return the calendar as a file: UTF-8, CRLF, lines of at most 75 octets."""
    return CalendarWriter(label).write(found, locale=locale)


class CalendarWriter:
    """Writes calendars again and again: an entry that did not change is written once."""

    def __init__(self, label: Label) -> None:
        self._label = label
        self._entry = lru_cache(maxsize=_ENTRIES)(self._written)
        self._zone = lru_cache(maxsize=_ZONES)(_zone_of)

    def write(self, found: Occasions, *, locale: str = "en") -> bytes:
        """Return the calendar as a file. Safe to be called from several threads."""
        language = language_of(locale)
        frame = self._frame(found, language).to_ical()
        begin, end = frame[: -len(_END)], frame[-len(_END) :]
        moments = (starts(each.deadline.fact) for each in found.occasions)
        zones = {str(at.tzinfo) for at in moments if isinstance(at, dt.datetime)}
        return b"".join(
            (
                begin,
                *(self._zone(name) for name in sorted(zones)),
                *(self._entry(each, language) for each in found.occasions),
                end,
            )
        )

    def _frame(self, found: Occasions, language: str) -> Calendar:
        calendar = Calendar()
        calendar.add("prodid", "-//usmca-bot//deadlines//EN")
        calendar.add("version", "2.0")
        calendar.add("calscale", "GREGORIAN")
        name = _name(found, _WORDS[language], self._label, language)
        calendar.add("name", name)
        calendar.add("x-wr-calname", name)
        calendar.add("refresh-interval", _REFRESH, parameters={"VALUE": "DURATION"})
        calendar.add("x-published-ttl", vDuration(_REFRESH))
        return calendar

    def _written(self, occasion: Occasion, language: str) -> bytes:
        body: bytes = _event(occasion, _WORDS[language], self._label, language).to_ical()
        return body


def _zone_of(name: str) -> bytes:
    """The rules of a zone, as calendars that name it must bring them."""
    calendar, event = Calendar(), Event()
    event.add("dtstart", dt.datetime(2020, 7, 1, tzinfo=ZoneInfo(name)))
    calendar.add_component(event)
    calendar.add_missing_timezones()
    return b"".join(zone.to_ical() for zone in calendar.timezones)


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
    found = occasion.deadline.told_in(locale)
    event = Event()
    event.add("uid", occasion.uid)
    event.add("dtstamp", occasion.changed_at)
    event.add("last-modified", occasion.changed_at)
    event.add("sequence", occasion.sequence)
    event.add("dtstart", starts(found.fact))
    event.add("summary", _summary(found, locale))
    event.add("description", _description(occasion, found, words, locale))
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
    zone = known_zone(fact.zone)
    if zone is None:
        return fact.date
    return dt.datetime.combine(fact.date, fact.time.replace(tzinfo=None, microsecond=0), zone)


def _summary(found: FoundDeadline, locale: str) -> str:
    kind = deadline_kind(found.fact.kind, locale)
    text = f"{kind[:1].upper()}{kind[1:]}: {found.headline.text}"
    text = _clean(" ".join(text.split()))
    return text if len(text) <= _SUMMARY else f"{text[: _SUMMARY - 1].rstrip()}…"


def _description(occasion: Occasion, found: FoundDeadline, words: Words, locale: str) -> str:
    marks = found.marks
    lines = [words.cancelled] if occasion.cancelled else []
    lines.append(found.fact.text)
    if found.fact.time is not None and found.fact.zone is None:
        lines.append(words.at.format(time=found.fact.time.isoformat(timespec="minutes")))
    lines.append(
        words.source.format(source=words.none if found.source == NO_SOURCE else found.source)
    )
    if found.struck:
        lines.append(
            words.moved.format(days=", ".join(days.day(day, locale) for day in found.struck))
        )
    if found.disputed:
        said = "; ".join(
            f"{days.spoken(value, locale)} ({source})" for value, source in found.disputed
        )
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
