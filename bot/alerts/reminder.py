"""A deadline told again before its day. Pure."""

from dataclasses import replace
from datetime import date
from zlib import crc32

from bot.alerts.digest_words import days_left, digest_words
from bot.alerts.facts import deadline_line
from bot.alerts.message import Label
from bot.domain.destination import Destination
from bot.domain.manners import Mention
from bot.domain.message import Message
from bot.domain.reading import DeadlineFact
from bot.domain.views import FoundDeadline

LEAST_CONFIDENCE = 0.5
"""What was read with less is no reason to remind anybody; it stays in `deadlines`."""


def key_of(found: FoundDeadline) -> str:
    """Return what a deadline is known by, the same on every day: its story, its kind, its date."""
    fact = found.fact
    if found.story_id is not None:
        home = f"story-{found.story_id}"
    else:  # rows of the record have no number: their words tell them apart
        home = f"record-{crc32(found.headline.text.encode()):08x}"
    return f"{home}:{fact.kind}:{fact.date.isoformat()}"


def worth(fact: DeadlineFact) -> bool:
    """Whether a deadline is known well enough to remind of."""
    return fact.confidence >= LEAST_CONFIDENCE


def compose(
    found: FoundDeadline,
    place: Destination,
    *,
    subject: str,
    today: date,
    topics: tuple[str, ...],
    label: Label,
    mention: tuple[Mention, ...] = (),
) -> Message:
    """Return the reminder of a deadline, with the sentence it was read from."""
    words = digest_words(place.locale)
    said = deadline_line(found.fact, place.locale)
    left = days_left((found.fact.date - today).days, words)
    named = ", ".join(label(topic, place.locale) for topic in topics)
    return Message(
        subject=subject,
        headline=replace(
            found.headline, text=words.reminder.format(when=left, what=found.headline.text)
        ),
        source=found.source,
        topics=tuple(label(topic, place.locale) for topic in topics),
        topic_ids=topics,
        deadlines=(said,),
        why=words.reminder_why.format(topics=named),
        zone=place.zone,
        locale=place.locale,
        notice=True,
        mention=mention,
    )
