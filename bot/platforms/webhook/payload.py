"""A message as the JSON body of a webhook. The shape is documented in docs/how-to/webhook.md.

Fields are only added within a version; `version` changes where one is taken away or means
something else.
"""

from collections.abc import Mapping
from enum import StrEnum

from bot.domain.alert import Receipt
from bot.domain.message import FactLine, Link, Message, MessageSection
from bot.domain.reading import DeadlineFact, TariffFact
from bot.domain.story import Change
from bot.reading.fact_rows import deadline_row, tariff_row

VERSION = 1


class Event(StrEnum):
    """What happened to a subject at this destination."""

    POSTED = "alert.posted"
    """It is told for the first time; also the bot's own notices, with `notice` true."""
    EDITED = "alert.edited"
    """The story grew quietly: the alert as it is now."""
    UPDATED = "alert.updated"
    """Something new is worth telling: `changes` says what."""


def payload(
    event: Event, message: Message, *, key: str, name: str, posted: Receipt | None = None
) -> Mapping[str, object]:
    """Return the body of one delivery. `posted` is the receipt of the alert's first delivery."""
    return {
        "version": VERSION,
        "id": key,
        "event": str(event),
        "alert_id": key if posted is None else posted.message,
        "destination": name,
        "subject": message.subject,
        "notice": message.notice,
        "headline": message.headline.text,
        "url": message.headline.url,
        "source": message.source,
        "published": message.published.isoformat() if message.published else None,
        "stage": str(message.stage) if message.stage else None,
        "summary": message.summary,
        "topics": [
            {"id": topic, "label": label}
            for topic, label in zip(message.topic_ids, message.topics, strict=False)
        ],
        "tariffs": [_fact(line) for line in message.tariffs],
        "deadlines": [_fact(line) for line in message.deadlines],
        "conflicts": list(message.conflicts),
        "changes": [_change(change) for change in message.changes],
        "sections": [_section(section) for section in message.sections],
        "source_count": message.source_count,
        "more_sources": [_link(link) for link in message.more_sources],
        "why": message.why,
        "zone": message.zone,
        "locale": message.locale,
    }


def _fact(line: FactLine) -> dict[str, object]:
    row: dict[str, object] = {"said": line.text, "quote": line.quote, "note": line.note}
    match line.fact:
        case DeadlineFact() as fact:
            return row | deadline_row(fact)
        case TariffFact() as fact:
            return row | tariff_row(fact)
        case None:
            return row


def _section(section: MessageSection) -> dict[str, object]:
    """Stories of a digest or bulletin under a heading."""
    return {
        "heading": section.heading,
        "lines": [
            {"text": line.text, "url": line.url, "note": line.note, "quote": line.quote}
            for line in section.lines
        ],
    }


def _change(change: Change) -> dict[str, object]:
    return {
        "kind": str(change.kind),
        "text": change.text,
        "quote": change.quote,
        "source": change.source,
        "url": change.url,
    }


def _link(link: Link) -> dict[str, object]:
    return {"text": link.text, "url": link.url}
