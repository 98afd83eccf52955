"""The replies to ``latest``, ``story`` and ``why``."""

from bot.alerts.changes import conflict_said
from bot.alerts.delivery_reasons import reason as send_reason
from bot.alerts.message import reason
from bot.alerts.truncate import clip
from bot.alerts.words import words as message_words
from bot.commands.exchange import Choice, Line, Reply, Section
from bot.commands.reader import Reader
from bot.commands.replies.deadline_marks import known_line
from bot.commands.replies.lines import (
    HEADLINE,
    Row,
    behind_last,
    dotted,
    marks_row,
    story_line,
    story_row,
    tariff_line,
)
from bot.domain.alert import Delivery, DeliveryState
from bot.domain.marks import KnownDeadline
from bot.domain.story import Member, Story
from bot.reading.fact_rows import deadline_row, tariff_row
from bot.services.stories import Reasons, StoryPage, WholeStory

_ENTRIES = 12
"""Entries of a story shown one by one."""
_FACTS = 6
_SUMMARY = 600
_WISHES = 10


def latest(page: StoryPage, topic: str | None, reader: Reader) -> Reply:
    """Show the newest stories."""
    words = reader.words.story
    label = "" if topic is None else reader.topic(topic)
    title = words.latest if topic is None else words.latest_on.format(topic=label)
    none = words.none if topic is None else words.none_on.format(topic=label)
    lines = tuple(story_line(story, reader) for story in page.stories)
    command = "latest" if topic is None else f"latest {topic}"
    older = Choice(label=words.older, command=f"{command} page:{page.page + 1}")
    if not lines and page.page > 1:
        return behind_last("latest", title, command, reader)
    return Reply(
        command="latest",
        title=title,
        sections=(Section(lines=lines or (Line(text=none),)),),
        rows=tuple(story_row(story) for story in page.stories),
        actions=(older,) if page.more else (),
    )


def whole(found: WholeStory, reader: Reader) -> Reply:
    """Show one story: what it says, how it was told, what was read from it, who tells it."""
    words, story = reader.words.story, found.story
    sections = [
        Section(lines=_head(story, reader)),
        Section(
            heading=words.tariffs,
            lines=tuple(tariff_line(fact, reader) for fact in story.tariffs[:_FACTS]),
        ),
        Section(
            heading=words.deadlines,
            lines=tuple(known_line(known, reader) for known in found.deadlines[-_FACTS:]),
        ),
        Section(heading=words.conflicts, lines=_conflicts(story, reader)),
        Section(heading=words.timeline, lines=_timeline(found.members, reader)),
        Section(heading=words.sources, lines=_sources(story, reader)),
    ]
    return Reply(
        command="story",
        title=clip(story.headline, HEADLINE),
        sections=tuple(section for section in sections if section.lines),
        rows=(whole_row(found),),
        actions=(
            Choice(label=words.why, command=f"why {story.id}"),
            Choice(label=reader.words.mark.follow_story, command=f"follow {story.id}"),
            *_check(found, reader),
        ),
    )


def _check(found: WholeStory, reader: Reader) -> tuple[Choice, ...]:
    if not found.deadlines:
        return ()
    return (Choice(label=reader.words.mark.check_wrong, command=f"check {found.story.id}"),)


def reasons(found: Reasons, reader: Reader) -> Reply:
    """Say why a place was told of a story, from what was stored when it was decided."""
    words, story = reader.words.story, found.story
    told = tuple(_told_line(delivery, reader) for delivery in found.deliveries)
    title = words.why_title if told else words.why_not_title
    return Reply(
        command="why",
        title=title.format(id=story.id),
        sections=(
            Section(lines=(story_line(story, reader),)),
            Section(lines=told or _not_told(found, reader)),
        ),
        rows=tuple(_told_row(delivery) for delivery in found.deliveries),
    )


def _head(story: Story, reader: Reader) -> tuple[Line, ...]:
    words = reader.words.story
    stage = "" if story.stage is None else message_words(reader.words.locale).stages[story.stage]
    changed = words.changed.format(when=reader.moment(story.updated_at))
    source = Line(text=story.source, url=story.url, note=dotted(stage, changed))
    lines = [source]
    if story.summary:
        lines.append(Line(text=clip(story.summary, _SUMMARY)))
    if story.topics:
        lines.append(Line(text=words.topics.format(topics=reader.topics(story.topics))))
    return tuple(lines)


def _timeline(members: tuple[Member, ...], reader: Reader) -> tuple[Line, ...]:
    words = reader.words.story
    lines = [
        Line(
            text=clip(member.entry.title or member.entry.source, HEADLINE),
            url=member.entry.url,
            note=dotted(
                member.entry.source,
                reader.moment(member.entry.published or member.seen_at),
                words.first
                if index == 0
                else words.joined.format(why=reader.evidence(member.joined)),
            ),
        )
        for index, member in enumerate(members[:_ENTRIES])
    ]
    if len(members) > _ENTRIES:
        lines.append(Line(text=words.more.format(n=len(members) - _ENTRIES)))
    return tuple(lines)


def _sources(story: Story, reader: Reader) -> tuple[Line, ...]:
    """Who tells it; a story of one source names it above already."""
    if len(story.sources) < 2:
        return ()
    more = len(story.sources) - _ENTRIES
    lines = [Line(text=each.name, url=each.url) for each in story.sources[:_ENTRIES]]
    if more > 0:
        lines.append(Line(text=reader.words.story.more.format(n=more)))
    return tuple(lines)


def _conflicts(story: Story, reader: Reader) -> tuple[Line, ...]:
    locale = reader.words.locale
    return tuple(Line(text=conflict_said(each, locale)) for each in story.conflicts)


def _told_line(delivery: Delivery, reader: Reader) -> Line:
    error = delivery.error if delivery.state is not DeliveryState.SENT else None
    failed = send_reason(error or "", reader.words.locale)
    return Line(
        text=reason(delivery.draft.why, reader.words.locale, reader.catalog.label),
        note=dotted(_state(delivery, reader), failed),
    )


def _state(delivery: Delivery, reader: Reader) -> str:
    when = reader.age(delivery.sent_at) if delivery.sent_at is not None else ""
    return reader.words.story.states[delivery.state].format(when=when).strip()


def _not_told(found: Reasons, reader: Reader) -> tuple[Line, ...]:
    words = reader.words.story
    topics = Line(text=words.story_topics.format(topics=reader.topics(found.story.topics)))
    if not found.subscriptions:
        return (Line(text=words.asked_nothing), topics)
    wishes = [_wish(each.wish.topic, each.wish.query, reader) for each in found.subscriptions]
    shown = ", ".join(wishes[:_WISHES]) + (" …" if len(wishes) > _WISHES else "")
    return (Line(text=words.not_asked), topics, Line(text=words.asked_for.format(wishes=shown)))


def _wish(topic: str | None, query: str | None, reader: Reader) -> str:
    if topic is not None:
        return reader.topic(topic)
    return reader.words.subscription.query.format(query=query)


def _told_row(delivery: Delivery) -> Row:
    why = delivery.draft.why
    return {
        "kind": "delivery",
        "subject": delivery.draft.subject,
        "sent_as": delivery.draft.kind,
        "revision": delivery.draft.revision,
        "state": delivery.state,
        "sent_at": None if delivery.sent_at is None else delivery.sent_at.isoformat(),
        "subscription": why.subscription_id,
        "wish": why.wish,
        "words": [span.text for span in why.spans],
        "rules": list(dict.fromkeys(span.rule for span in why.spans)),
    }


def whole_row(found: WholeStory) -> Row:
    """Return a story with its facts, conflicts and entries as data."""
    story = found.story
    return {
        **story_row(story),
        "tariffs": [tariff_row(fact) for fact in story.tariffs],
        "deadlines": [_deadline_row(known) for known in found.deadlines],
        "conflicts": [
            {"what": each.what, "values": [list(pair) for pair in each.values]}
            for each in story.conflicts
        ],
        "timeline": [_member_row(member) for member in found.members],
    }


def _member_row(member: Member) -> Row:
    published = member.entry.published
    return {
        "id": member.entry_id,
        "title": member.entry.title,
        "url": member.entry.url,
        "source": member.entry.source,
        "published": None if published is None else published.isoformat(),
        "seen_at": member.seen_at.isoformat(),
        "joined": member.joined,
    }


def _deadline_row(known: KnownDeadline) -> Row:
    stated = known.gone_at is None
    return {
        **deadline_row(known.fact),
        "id": known.id,
        "stated": stated,
        **marks_row(known.marks),
    }
