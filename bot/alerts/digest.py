"""Many stories as one message, threaded where they are more than fit: digests and bulletins. Pure.

stories ─► deadlines ahead, then by topic and stage ─► cut into pages ─► a message and its replies
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.alerts.days import day
from bot.alerts.digest_words import DigestWords, digest_words
from bot.alerts.due import HEADLINE, QUOTE, brief, line_of
from bot.alerts.facts import tariff_line
from bot.alerts.message import Label
from bot.alerts.truncate import clip, units
from bot.alerts.words import words as message_words
from bot.domain.destination import Destination
from bot.domain.manners import Mention
from bot.domain.message import Link, Message, MessageLine, MessageSection
from bot.domain.story import Story
from bot.domain.views import FoundDeadline

LINES = 12
"""Lines in one message."""
ROOM = 2_400
"""UTF-16 units of text and addresses in one message: well under what any platform takes."""
SECTION = 1_200
"""The same of one section: a longer one goes on as another without a heading."""
PAGES = 8
"""A message and seven replies; what is beyond is counted."""
AHEAD = 8
"""Deadlines in a digest."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Digested:
    """A story of a digest, and the topic it stands under."""

    story: Story
    topic: str | None = None
    """The subscribed topic that brought it; None where a query did."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Frame:
    """What is around the stories."""

    subject: str
    title: str
    place: Destination
    label: Label
    today: date
    note: str = ""
    """Said under the title, for example that it is late."""
    why: str = ""
    mention: tuple[Mention, ...] = ()
    ahead: Sequence[FoundDeadline] = ()
    """Deadlines of the stories, soonest first, each event once."""


def compose(stories: Sequence[Digested], frame: Frame) -> tuple[Message, ...]:
    """Return the digest's message and, where it is longer than one, the replies in its thread."""
    words = digest_words(frame.place.locale)
    if not stories:
        return (_message(frame, (), note=words.nothing),)
    sections = [_deadlines(frame, words), *_by_topic(stories, frame, words)]
    pages = list(_pages(sections))
    if len(pages) > PAGES:
        pages = list(_pages(map(_brief_section, sections)))
    shown, beyond = pages[:PAGES], pages[PAGES:]
    if beyond:
        left = sum(len(section.lines) for page in beyond for section in page)
        more = MessageSection(lines=(MessageLine(text=words.more.format(n=left)),))
        shown[-1] = (*shown[-1], more)
    one, many = words.stories
    count = one if len(stories) == 1 else many.format(n=len(stories))
    note = " · ".join(part for part in (count, frame.note) if part)
    first = _message(frame, shown[0], note=note)
    return (first, *(_page(frame, page, n, len(shown), words) for n, page in _later(shown)))


def bulletin(stories: Sequence[Digested], frame: Frame) -> Message:
    """Return the one message that grows while many alerts come at once: all of its stories.

    Whatever their length they stay in one message: where they do not fit, quotes go first, then
    addresses, then ends of headlines, never a story.
    """
    words = digest_words(frame.place.locale)
    lines = [_line(each.story, frame, words) for each in _ordered(stories)]
    for shorter in (_unquoted, _unlinked, _clipped):
        if sum(map(_size, lines)) > ROOM:
            lines = [shorter(line) for line in lines]
    one, many = words.stories
    count = one if len(lines) == 1 else many.format(n=len(lines))
    (page, *_) = _pages([MessageSection(lines=tuple(lines))])
    return _message(frame, page, note=count)


def title(gathering: str, on: date, words: DigestWords, locale: str) -> str:
    """Return what a digest is called; `gathering` is its rhythm, or empty for several at once."""
    rhythm = gathering.partition("@")[0].partition(":")[0]
    known = {
        "hourly": words.hourly,
        "daily": words.daily,
        "weekly": words.weekly,
        "quiet": words.quiet,
    }
    return known.get(rhythm, words.several).format(date=day(on, locale))


def _message(frame: Frame, sections: tuple[MessageSection, ...], *, note: str) -> Message:
    return Message(
        subject=frame.subject,
        headline=Link(text=frame.title),
        summary=note,
        sections=sections,
        why=frame.why,
        zone=frame.place.zone,
        locale=frame.place.locale,
        notice=True,
        mention=frame.mention,
    )


def _page(
    frame: Frame, page: tuple[MessageSection, ...], number: int, pages: int, words: DigestWords
) -> Message:
    part = words.part.format(n=number, all=pages)
    plain = replace(frame, title=f"{frame.title} ({part})", why="", mention=())
    return _message(plain, page, note="")


def _later(
    pages: Sequence[tuple[MessageSection, ...]],
) -> Iterator[tuple[int, tuple[MessageSection, ...]]]:
    return ((number, page) for number, page in enumerate(pages, start=1) if number > 1)


def _deadlines(frame: Frame, words: DigestWords) -> MessageSection:
    lines = tuple(
        line_of(found, today=frame.today, locale=frame.place.locale, words=words)
        for found in frame.ahead[:AHEAD]
    )
    return MessageSection(heading=words.deadlines, lines=lines)


def _by_topic(
    stories: Sequence[Digested], frame: Frame, words: DigestWords
) -> Iterator[MessageSection]:
    """A section for each topic, the busiest first; in it the furthest stage first, then the newest."""
    topics: dict[str | None, list[Digested]] = {}
    for each in stories:
        first = each.story.topics[0] if each.story.topics else None
        topics.setdefault(each.topic or first, []).append(each)
    for topic, of_topic in sorted(topics.items(), key=lambda pair: (-len(pair[1]), pair[0] or "~")):
        heading = words.other if topic is None else frame.label(topic, frame.place.locale)
        lines = tuple(_line(each.story, frame, words) for each in _ordered(of_topic))
        yield MessageSection(heading=heading, lines=lines)


def _ordered(stories: Iterable[Digested]) -> list[Digested]:
    newest = sorted(stories, key=lambda each: each.story.updated_at, reverse=True)
    return sorted(newest, key=lambda each: -_rank(each.story))


def _rank(story: Story) -> int:
    return -1 if story.stage is None else story.stage.rank


def _line(story: Story, frame: Frame, words: DigestWords) -> MessageLine:
    """A story as one line; a tariff is named only with the sentence it was read from."""
    locale = frame.place.locale
    fact = tariff_line(story.tariffs[0], locale) if story.tariffs else None
    told = len(story.sources)
    about = clip(fact.text, 56) if fact is not None else ""
    stage = message_words(locale).stages[story.stage] if story.stage is not None else ""
    note = [
        "" if stage.lower() in about else stage,
        about,
        clip(story.source, 22),
        words.sources.format(n=told) if told > 1 else "",
        words.number.format(id=story.id),
    ]
    return MessageLine(
        text=clip(story.headline, HEADLINE),
        url=brief(story.url),
        note=" · ".join(part for part in note if part),
        quote=clip(fact.quote, QUOTE) if fact is not None else "",
    )


def _pages(sections: Iterable[MessageSection]) -> Iterator[tuple[MessageSection, ...]]:
    """Cut sections into messages; one that goes on in the next keeps its heading there."""
    page: list[MessageSection] = []
    lines, used = 0, 0
    for section in sections:
        begun = False
        for part in _parts(section):
            size = sum(map(_size, part.lines))
            if page and (lines + len(part.lines) > LINES or used + size > ROOM):
                yield tuple(page)
                page, lines, used, begun = [], 0, 0, False
            page.append(replace(part, heading="") if begun else part)
            lines, used, begun = lines + len(part.lines), used + size, True
    if page:
        yield tuple(page)


def _parts(section: MessageSection) -> Iterator[MessageSection]:
    """A section cut into pieces that every platform shows whole."""
    kept: list[MessageLine] = []
    for line in section.lines:
        if kept and sum(map(_size, (*kept, line))) > SECTION:
            yield replace(section, lines=tuple(kept))
            kept = []
        kept.append(line)
    if kept:
        yield replace(section, lines=tuple(kept))


def _brief_section(section: MessageSection) -> MessageSection:
    return replace(section, lines=tuple(map(_unquoted, section.lines)))


def _unquoted(line: MessageLine) -> MessageLine:
    return replace(line, quote="")


def _unlinked(line: MessageLine) -> MessageLine:
    return replace(line, url=None)


def _clipped(line: MessageLine) -> MessageLine:
    return replace(line, text=clip(line.text, 100), note=clip(line.note, 80))


def _size(line: MessageLine) -> int:
    return sum(units(part) for part in (line.text, line.note, line.quote, line.url or ""))
