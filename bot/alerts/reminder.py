"""A deadline told again before its day. Pure."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.alerts.digest_words import days_left, digest_words
from bot.alerts.due import disputed, fact_of, line_of
from bot.alerts.message import Label
from bot.domain.destination import Destination
from bot.domain.manners import Mention
from bot.domain.message import Link, Message, MessageLine, MessageSection
from bot.domain.reading import DeadlineFact
from bot.domain.views import FoundDeadline
from bot.record.timeline import NO_SOURCE

LEAST_CONFIDENCE = 0.5
"""What was read with less is no reason to remind anybody; it stays in `deadlines`."""


MOST = 8
"""Deadlines of one day in a reminder; more have the same day seldom, and `deadlines` has them all."""


def worth(fact: DeadlineFact) -> bool:
    """Whether a deadline is known well enough to remind of."""
    return fact.confidence >= LEAST_CONFIDENCE


def compose(
    due: Sequence[FoundDeadline],
    place: Destination,
    *,
    subject: str,
    today: date,
    topics: tuple[str, ...],
    label: Label,
    mention: tuple[Mention, ...] = (),
) -> Message:
    """Return the reminder of what is due on one day, each with the sentence it was read from.

    `due` holds at least one deadline, all of the same day.
    """
    words = digest_words(place.locale)
    left = days_left((due[0].fact.date - today).days, words)
    named = tuple(label(topic, place.locale) for topic in topics)
    several = words.many_due.format(n=len(due))
    plain = Message(
        subject=subject,
        headline=Link(text=words.reminder.format(when=left, what=several)),
        topics=named,
        topic_ids=topics,
        why=words.reminder_why.format(topics=", ".join(named)),
        zone=place.zone,
        locale=place.locale,
        notice=True,
        settles=tuple(str(found.name) for found in due[:MOST] if found.name is not None),
        mention=mention,
    )
    if len(due) == 1:
        return _of_one(plain, due[0], left)
    lines = tuple(
        _named(found, line_of(found, today=today, locale=place.locale, words=words))
        for found in due[:MOST]
    )
    return replace(plain, sections=(MessageSection(lines=lines),))


def _named(found: FoundDeadline, line: MessageLine) -> MessageLine:
    """The line with the name that its button has."""
    return line if found.name is None else replace(line, text=f"#{found.name} {line.text}")


def _of_one(plain: Message, found: FoundDeadline, left: str) -> Message:
    found = found.told_in(plain.locale)
    words, said = digest_words(plain.locale), fact_of(found, plain.locale)
    note = ", ".join(part for part in (said.note, disputed(found, words, plain.locale)) if part)
    what = words.reminder.format(when=left, what=found.headline.text)
    return replace(
        plain,
        headline=replace(found.headline, text=what),
        source=words.no_source if found.source == NO_SOURCE else found.source,
        deadlines=(replace(said, note=note),),
    )
