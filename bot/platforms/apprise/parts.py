"""A message as a row of parts, which text, Markdown and HTML each write in their own way."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum, auto

from bot.alerts import days
from bot.alerts.words import Words, words
from bot.domain.message import FactLine, Message, MessageSection
from bot.domain.zones import zone_of
from bot.platforms.apprise.clean import clean, web_address

_NAME = 200
_LINE = 500
_SUMMARY = 1200
_LINKS = 5


class PartKind(Enum):
    """How a part stands in the message."""

    BYLINE = auto()
    LINK = auto()
    """Where to read it: an address."""
    PARAGRAPH = auto()
    HEADING = auto()
    POINT = auto()
    """One of the points under a heading."""
    LABELLED = auto()
    """A label and what it says, such as ``Topics: steel``."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Part:
    """One part: cleaned plain text, in no format yet."""

    kind: PartKind
    text: str
    label: str = ""
    url: str = ""
    note: str = ""
    quote: str = ""


def title_of(message: Message) -> str:
    """Return what a service shows as the subject."""
    headline = clean(message.headline.text, _NAME)
    return (
        words(message.locale).said(words(message.locale).update, headline)
        if message.changes
        else headline
    )


def parts_of(message: Message) -> list[Part]:
    """Return the whole message but for its title, from top to bottom."""
    labels = words(message.locale)
    found = [
        Part(kind=PartKind.BYLINE, text=_byline(message)),
        Part(kind=PartKind.LINK, text=web_address(message.headline.url)),
        Part(kind=PartKind.PARAGRAPH, text=clean(message.summary, _SUMMARY)),
        *_sections(message.sections),
        *_changes(message),
        *_facts(labels.tariffs, message.tariffs),
        *_facts(labels.deadlines, message.deadlines),
        *_labelled(message, labels),
        *_sources(message),
    ]
    if message.why:
        why = clean(message.why, _LINE)
        found.append(Part(kind=PartKind.LABELLED, label=labels.why, text=why))
    return [part for part in found if part.text]


def _byline(message: Message) -> str:
    pieces = [clean(message.source, _NAME)] if message.source else []
    if message.published is not None:
        there = message.published.astimezone(zone_of(message.zone))
        pieces.append(days.moment(there, message.locale))
    return " · ".join(pieces)


def _sections(sections: Iterable[MessageSection]) -> Iterator[Part]:
    """The stories of a digest or bulletin, each section under its heading."""
    for section in sections:
        yield Part(kind=PartKind.HEADING, text=clean(section.heading, _NAME))
        for line in section.lines:
            yield Part(
                kind=PartKind.POINT,
                text=clean(line.text, 300),
                note=clean(line.note, 300),
                quote=clean(line.quote, _LINE),
                url=web_address(line.url),
            )


def _changes(message: Message) -> Iterator[Part]:
    for change in message.changes:
        yield Part(
            kind=PartKind.POINT,
            text=clean(change.text, _LINE),
            note=clean(change.source or "", _NAME),
            quote=clean(change.quote or "", _LINE),
            url=web_address(change.url),
        )


def _facts(heading: str, facts: Iterable[FactLine]) -> Iterator[Part]:
    points = [
        Part(
            kind=PartKind.POINT,
            text=clean(fact.text, 300),
            note=clean(fact.note, _NAME),
            quote=clean(fact.quote, _LINE),
        )
        for fact in facts
    ]
    if points:
        yield Part(kind=PartKind.HEADING, text=heading)
    yield from points


def _labelled(message: Message, labels: Words) -> Iterator[Part]:
    def part(label: str, text: str) -> Part:
        return Part(kind=PartKind.LABELLED, label=label, text=text)

    for conflict in message.conflicts:
        yield part(labels.conflicts, clean(conflict, _LINE))
    if message.stage is not None:
        yield part(labels.stage, labels.stages[message.stage])
    if message.topics:
        yield part(labels.topics, ", ".join(clean(topic, 60) for topic in message.topics))
    if message.source_count > 1:
        yield part(labels.sources, str(message.source_count))


def _sources(message: Message) -> Iterator[Part]:
    for one in message.more_sources[:_LINKS]:
        name = clean(one.text, _NAME)
        yield Part(kind=PartKind.POINT, text=name, url=web_address(one.url))
