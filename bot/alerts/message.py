"""A story or an entry as a neutral message: named parts of plain text, for one reader's language."""

from collections.abc import Callable
from datetime import date, datetime
from itertools import islice

from bot.alerts.changes import conflict_said, said
from bot.alerts.facts import deadline_line, tariff_line, upcoming
from bot.alerts.people import FOLLOWED, TOLD_BEFORE
from bot.domain.alert import Why
from bot.domain.destination import Destination
from bot.domain.locales import language_of
from bot.domain.marks import NO_MARKS, UNMARKED, MarksByDate
from bot.domain.message import Link, Message
from bot.domain.reading import DeadlineFact
from bot.domain.story import Change, Member, Story

MAX_FACTS = 5
"""Facts of one kind in a message; the story's page and `/usmca story` have all."""
MAX_SOURCES = 5

Label = Callable[[str, str], str]
"""A topic's name in a language: (topic, locale) to text."""

_QUERY = "query "
_FOLLOWS = {
    "en": "You follow this story",
    "es": "Sigue esta historia",
    "fr": "Vous suivez cette histoire",
}
_TOLD_BEFORE = {
    "en": "This place was told the story before",
    "es": "La historia ya se había contado aquí",
    "fr": "L’histoire avait déjà été racontée ici",
}
_REASONS = {
    "en": ("You subscribed to {wish}", "query {query}", "matched: {words}"),
    "es": ("Suscripción a {wish}", "la consulta {query}", "coincide: {words}"),
    "fr": ("Abonnement à {wish}", "la requête {query}", "correspond : {words}"),
}


def of_story(
    story: Story,
    destination: Destination,
    why: Why,
    *,
    label: Label,
    today: date,
    marks: MarksByDate = NO_MARKS,
) -> Message:
    """Return the message about a story as it stands, with what the team said of its deadlines."""
    locale = destination.locale
    topics = _asked_first(story.topics, why)
    others = [source for source in story.sources if source.url != story.url]
    return Message(
        subject=f"story:{story.id}",
        headline=Link(text=story.headline, url=story.url),
        source=story.source,
        published=_published(story),
        stage=story.stage,
        summary=story.summary,
        topics=tuple(label(topic, locale) for topic in topics),
        topic_ids=topics,
        tariffs=tuple(tariff_line(fact, locale) for fact in story.tariffs[:MAX_FACTS]),
        deadlines=tuple(
            deadline_line(fact, locale, marks.get((fact.kind, fact.date), UNMARKED))
            for fact in upcoming(stated(story.deadlines, marks), today)[:MAX_FACTS]
        ),
        conflicts=tuple(conflict_said(each, locale) for each in story.conflicts[:MAX_FACTS]),
        source_count=len(story.sources),
        more_sources=tuple(
            Link(text=source.name, url=source.url) for source in others[:MAX_SOURCES]
        ),
        why=reason(why, locale, label),
        zone=destination.zone,
        locale=locale,
        mention=why.mention,
    )


def of_entry(
    member: Member,
    destination: Destination,
    why: Why,
    *,
    label: Label,
    today: date,
    marks: MarksByDate = NO_MARKS,
) -> Message:
    """Return the message about one entry, for those who asked for every entry by itself."""
    locale, entry, reading = destination.locale, member.entry, member.reading
    topics = _asked_first(tuple(match.topic for match in reading.topics), why)
    return Message(
        subject=f"entry:{member.entry_id}",
        headline=Link(text=entry.title or entry.url or entry.source, url=entry.url),
        source=entry.source,
        published=entry.published,
        stage=reading.stage,
        summary=reading.summary,
        topics=tuple(label(topic, locale) for topic in topics),
        topic_ids=topics,
        tariffs=tuple(tariff_line(fact, locale) for fact in reading.tariffs[:MAX_FACTS]),
        deadlines=tuple(
            deadline_line(fact, locale, marks.get((fact.kind, fact.date), UNMARKED))
            for fact in upcoming(stated(reading.deadlines, marks), today)[:MAX_FACTS]
        ),
        why=reason(why, locale, label),
        zone=destination.zone,
        locale=locale,
        mention=why.mention,
    )


def of_update(story: Story, changes: tuple[Change, ...], destination: Destination) -> Message:
    """Return the reply that says what is new about a story."""
    last = next((change for change in reversed(changes) if change.url), None)
    return Message(
        subject=f"story:{story.id}",
        headline=Link(text=story.headline, url=last.url if last else story.url),
        source=(last.source if last else None) or story.source,
        stage=story.stage,
        changes=tuple(said(change, destination.locale) for change in changes),
        source_count=len(story.sources),
        zone=destination.zone,
        locale=destination.locale,
    )


def reason(why: Why, locale: str, label: Label) -> str:
    """Return why a destination got a message, with the first words that matched."""
    if why.wish.startswith(FOLLOWED):
        return _FOLLOWS[language_of(locale)]
    if why.wish == TOLD_BEFORE:
        return _TOLD_BEFORE[language_of(locale)]
    subscribed, query, matched = _REASONS[language_of(locale)]
    asked = why.wish.removeprefix(_QUERY)
    named = label(asked, locale) if asked == why.wish else query.format(query=asked)
    words = list(islice(dict.fromkeys(span.text for span in why.spans), 3))
    because = subscribed.format(wish=named)
    return f"{because} ({matched.format(words=', '.join(words))})" if words else because


def stated(deadlines: tuple[DeadlineFact, ...], marks: MarksByDate) -> tuple[DeadlineFact, ...]:
    """Return the deadlines without those the team dismissed."""
    return tuple(
        fact for fact in deadlines if marks.get((fact.kind, fact.date), UNMARKED).dismissed is None
    )


def _asked_first(topics: tuple[str, ...], why: Why) -> tuple[str, ...]:
    """The topic the place subscribed to first: it is the one they would mute."""
    return tuple(sorted(topics, key=lambda topic: topic != why.wish))


def _published(story: Story) -> datetime | None:
    return next((source.published for source in story.sources if source.url == story.url), None)
