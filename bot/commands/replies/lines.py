"""Lines and data rows that several replies share: a story, a deadline, a tariff fact."""

import datetime as dt
from collections.abc import Mapping

from bot.alerts import facts
from bot.alerts.truncate import clip
from bot.alerts.words import words as message_words
from bot.commands.exchange import Choice, Line, Reply, Section
from bot.commands.reader import Reader
from bot.domain.marks import DeadlineMarks, Signed
from bot.domain.reading import DeadlineFact, TariffFact
from bot.domain.story import Story
from bot.domain.views import FoundDeadline
from bot.record.timeline import NO_SOURCE, Confidence

HEADLINE = 140
"""Characters of a headline in a list: two lines on a phone."""

QUOTE = 280
LABEL = 60
_DISPUTED = 2
_ALSO = 4
"""Other stories of a deadline that are named."""

Row = Mapping[str, object]


def dotted(*parts: str) -> str:
    """Join what is not empty with dots."""
    return " · ".join(part for part in parts if part)


def behind_last(name: str, title: str, first: str, reader: Reader, *, footer: str = "") -> Reply:
    """The reply to a page behind the last of a list that has some: it leads back to the `first`."""
    return Reply(
        command=name,
        title=title,
        sections=(Section(lines=(Line(text=reader.words.search.no_more),)),),
        footer=footer,
        actions=(Choice(label=clip(title, LABEL), command=first),),
    )


def story_line(story: Story, reader: Reader) -> Line:
    """A story as one line: headline as link; source, stage, age and number beside it."""
    words = reader.words
    more = f" +{len(story.sources) - 1}" if len(story.sources) > 1 else ""
    stage = message_words(words.locale).stages[story.stage] if story.stage is not None else ""
    return Line(
        text=clip(story.headline, HEADLINE),
        url=story.url,
        note=dotted(
            f"{story.source}{more}",
            stage,
            reader.age(story.updated_at),
            words.story.number.format(id=story.id),
        ),
    )


def deadline_line(row: FoundDeadline, reader: Reader, *, whole: bool) -> Line:
    """A deadline as one line; `whole` adds its source and the sentence it was read from."""
    row = row.told_in(reader.words.locale)
    words, fact = reader.words, row.fact
    text = dotted(reader.day(fact.date), reader.deadline_kind(fact.kind), row.headline.text)
    note = [reader.ahead(fact.date), clock(fact), marked(row.marks, reader)]
    quote = ""
    if row.source == NO_SOURCE:
        note.append(words.deadline.no_source)
    elif row.story_id is None and fact.confidence <= Confidence.UNCONFIRMED.weight:
        note.append(words.deadline.unconfirmed)
    if whole:
        source = "" if row.source == NO_SOURCE else row.source
        note += [source, words.deadline.computed if fact.computed else ""]
        if row.story_id is not None:
            note.append(words.story.number.format(id=row.story_id))
        if row.name is not None:
            note.append(words.mark.number.format(id=row.name))
        quote = "" if fact.text == row.headline.text else clip(fact.text, QUOTE)
    if row.disputed:
        said = ", ".join(f"{reader.spoken(day)} ({who})" for day, who in row.disputed[:_DISPUTED])
        note.append(words.mark.disputed.format(said=said))
    if whole and row.also:
        note.append(words.mark.also.format(ids=", ".join(str(one) for one in row.also[:_ALSO])))
    return Line(
        text=clip(text, HEADLINE),
        struck=", ".join(reader.day(day) for day in row.struck),
        url=row.headline.url,
        note=dotted(*note),
        quote=quote,
    )


def marked(marks: DeadlineMarks, reader: Reader) -> str:
    """What a team says of a deadline, in words; nothing where it said nothing."""
    words = reader.words.mark
    return dotted(
        _signed(words.confirmed, marks.confirmed, reader),
        _signed(words.dismissed, marks.dismissed, reader),
        _signed(words.handled, marks.handled, reader),
    )


def marks_row(marks: DeadlineMarks) -> dict[str, object]:
    """The same as data."""
    said = {"confirmed": marks.confirmed, "dismissed": marks.dismissed, "handled": marks.handled}
    return {
        name: None
        if signed is None
        else {"by": signed.by, "called": signed.called, "at": signed.at.isoformat()}
        for name, signed in said.items()
    }


def _signed(words: str, signed: Signed | None, reader: Reader) -> str:
    if signed is None:
        return ""
    return words.format(who=f"@{signed.called}", when=reader.age(signed.at))


def tariff_line(fact: TariffFact, reader: Reader) -> Line:
    """A tariff fact in the words an alert uses, and its sentence."""
    said = facts.tariff_line(fact, reader.words.locale)
    return Line(text=said.text, note=said.note, quote=clip(said.quote, QUOTE))


def story_row(story: Story) -> Row:
    """A story as data."""
    return {
        "kind": "story",
        "id": story.id,
        "headline": story.headline,
        "url": story.url,
        "source": story.source,
        "sources": [source.name for source in story.sources],
        "stage": story.stage,
        "topics": list(story.topics),
        "countries": list(story.countries),
        "summary": story.summary,
        "entries": story.entry_count,
        "first_seen": story.first_seen.isoformat(),
        "updated_at": story.updated_at.isoformat(),
    }


def deadline_row(row: FoundDeadline, today: dt.date) -> Row:
    """A deadline as data, with the days left."""
    fact = row.fact
    return {
        "kind": "deadline",
        "what": fact.kind,
        "date": fact.date.isoformat(),
        "time": None if fact.time is None else fact.time.isoformat(timespec="minutes"),
        "zone": fact.zone,
        "days_left": (fact.date - today).days,
        "headline": row.headline.text,
        "url": row.headline.url,
        "source": row.source,
        "text": fact.text,
        "confidence": fact.confidence,
        "computed": fact.computed,
        "story": row.story_id,
        "id": row.number,
        "code": row.code,
        "replaces": [day.isoformat() for day in row.struck],
        "also": list(row.also),
        "disputed": [list(said) for said in row.disputed],
        **marks_row(row.marks),
        "topics": list(row.topics),
        "countries": list(row.countries),
    }


def clock(fact: DeadlineFact) -> str:
    """Return ``23:59 America/New_York``; nothing where no time is stated."""
    if fact.time is None:
        return ""
    return f"{fact.time:%H:%M} {fact.zone or ''}".strip()
