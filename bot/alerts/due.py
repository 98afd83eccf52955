"""A deadline as one line of a digest or of a reminder of several. Pure."""

from dataclasses import replace
from datetime import date

from bot.alerts.days import spoken
from bot.alerts.digest_words import DigestWords, days_left
from bot.alerts.facts import deadline_line
from bot.alerts.truncate import clip
from bot.domain.message import FactLine, MessageLine
from bot.domain.views import FoundDeadline

HEADLINE = 140
QUOTE = 200
URL = 300
"""A longer address is left out: the story's page has it."""
_DISPUTED = 2


def fact_of(found: FoundDeadline, locale: str) -> FactLine:
    """Return a deadline with the date it moved from, who handles it, and who states another date."""
    before = found.struck[-1] if found.struck else found.fact.replaces
    return deadline_line(replace(found.fact, replaces=before), locale, found.marks)


def disputed(found: FoundDeadline, words: DigestWords, locale: str) -> str:
    """Return who states another date, empty where nobody does."""
    said = found.disputed[:_DISPUTED]
    return ", ".join(words.disputed.format(day=spoken(on, locale), who=who) for on, who in said)


def line_of(found: FoundDeadline, *, today: date, locale: str, words: DigestWords) -> MessageLine:
    """Return the date, what it is, and whose; the days left and the story stand in the note."""
    found = found.told_in(locale)
    said = fact_of(found, locale)
    story = found.story_id or next(iter(found.also), None)
    note = [
        days_left((found.fact.date - today).days, words),
        said.note,
        disputed(found, words, locale),
        words.number.format(id=story) if story is not None else "",
    ]
    return MessageLine(
        text=clip(f"{said.text} · {found.headline.text}", HEADLINE),
        url=brief(found.headline.url),
        note=" · ".join(part for part in note if part),
        quote=clip(found.fact.text, QUOTE),
    )


def brief(url: str | None) -> str | None:
    """Return an address that is short enough to stand in a line."""
    return url if url is not None and len(url) <= URL else None
