"""A message as a title and plain text, for services that each have their own mark-up."""

import re
import unicodedata
from collections.abc import Iterable
from datetime import datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from bot.alerts.truncate import clip, clip_lines
from bot.alerts.words import words
from bot.domain.message import FactLine, Message
from bot.domain.story import Change

_TITLE = 200
_BODY = 3500
"""Below what the common services take in one piece; Apprise cuts further where one takes less."""
_SENTENCE = 500
_LINKS = 5
_TEAR = "\u200b"
_WEB_ADDRESS = re.compile(r"https?://[^\s<>\"`()\[\]\\]{1,2000}")
_ACTIVE = re.compile(r"<(?=\S)|@(?=everyone|here|channel|all)|\](?=[(\[:])|:(?=//)", re.IGNORECASE)


def clean(text: str, limit: int) -> str:
    """Return the text on one line, in which no mention, tag, link or code of a feed works."""
    kept = (
        char
        for char in text
        if char.isspace() or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co"}
    )
    shown = clip(" ".join("".join(kept).split()), limit)
    return _ACTIVE.sub(lambda match: match.group() + _TEAR, shown)


def render_title(message: Message) -> str:
    """Return what a service shows as the subject."""
    headline = clean(message.headline.text, _TITLE)
    return f"{words(message.locale).update}: {headline}" if message.changes else headline


def render_body(message: Message) -> str:
    """Return the whole message as lines of plain text."""
    return "\n".join(clip_lines((line for line in _lines(message) if line), _BODY))


def _lines(message: Message) -> Iterable[str]:
    labels = words(message.locale)
    yield _byline(message)
    yield _address(message.headline.url)
    yield clean(message.summary, 1200)
    yield from _changes(message.changes)
    yield from _facts(labels.tariffs, message.tariffs)
    yield from _facts(labels.deadlines, message.deadlines)
    for conflict in message.conflicts:
        yield f"{labels.conflicts}: {clean(conflict, _SENTENCE)}"
    if message.stage is not None:
        yield f"{labels.stage}: {labels.stages[message.stage]}"
    if message.topics:
        yield f"{labels.topics}: {', '.join(clean(topic, 60) for topic in message.topics)}"
    if message.source_count > 1:
        yield f"{labels.sources}: {message.source_count}"
    for one in message.more_sources[:_LINKS]:
        yield f"- {clean(one.text, 200)} {_address(one.url)}".rstrip()
    if message.why:
        yield f"{labels.why}: {clean(message.why, _SENTENCE)}"


def _byline(message: Message) -> str:
    pieces = [clean(message.source, 200)] if message.source else []
    if message.published is not None:
        pieces.append(_local(message.published, message.zone))
    return " · ".join(pieces)


def _local(moment: datetime, zone: str) -> str:
    try:
        there = moment.astimezone(ZoneInfo(zone))
    except (ZoneInfoNotFoundError, ValueError):
        there = moment.astimezone(ZoneInfo("UTC"))
    return f"{there:%Y-%m-%d %H:%M %Z}"


def _address(url: str | None) -> str:
    """A web address as it is: services make it a link by themselves; anything odd is left out."""
    if url is None or not _WEB_ADDRESS.fullmatch(url):
        return ""
    return url


def _facts(name: str, facts: tuple[FactLine, ...]) -> Iterable[str]:
    if facts:
        yield f"{name}:"
    for fact in facts:
        note = f" ({clean(fact.note, 200)})" if fact.note else ""
        yield f"- {clean(fact.text, 300)}{note}"
        yield _quote(fact.quote)


def _changes(changes: tuple[Change, ...]) -> Iterable[str]:
    for change in changes:
        source = f" — {clean(change.source, 200)}" if change.source else ""
        yield f"- {clean(change.text, _SENTENCE)}{source}"
        yield _quote(change.quote)
        yield _address(change.url)


def _quote(sentence: str | None) -> str:
    shown = clean(sentence or "", _SENTENCE)
    return f"  “{shown}”" if shown else ""
