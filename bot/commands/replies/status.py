"""The reply to ``status``: short enough for a phone."""

from bot.alerts.facts import percent, statute
from bot.alerts.products import goods
from bot.alerts.truncate import clip
from bot.commands.exchange import Choice, Line, Reply, Section
from bot.commands.reader import Reader
from bot.commands.replies import tariffs
from bot.commands.replies.lines import (
    HEADLINE,
    Row,
    deadline_line,
    deadline_row,
    dotted,
    story_line,
    story_row,
)
from bot.commands.wording import count
from bot.domain.message import Link
from bot.record.ledger import Applied
from bot.record.timeline import Fact
from bot.record.treaty import Standing
from bot.services.status import Status

_TARIFFS = 5
"""Lines of tariffs: what began together is one."""
_NAMES = 200
"""Characters for the names of the feeds that are down."""


def reply(status: Status, reader: Reader) -> Reply:
    """Say where the agreement or a topic stands."""
    words = reader.words.status
    on_topic = status.topic is not None
    title = (
        words.title_on.format(topic=reader.topic(status.topic))
        if status.topic is not None
        else words.title
    )
    sections = [
        Section(lines=_standing(status.standing, reader, short=on_topic)),
        _week(status, reader),
        *_tariffs(status, reader),
        _deadlines(status, reader),
        *_feeds(status, reader),
    ]
    return Reply(
        command="status",
        title=title,
        sections=tuple(sections),
        footer=words.facts_as_of.format(date=reader.day(status.standing.as_of)),
        rows=_rows(status, reader),
        actions=_actions(status, reader),
    )


def _standing(standing: Standing, reader: Reader, *, short: bool) -> tuple[Line, ...]:
    words = reader.words.status
    days = {
        "start": reader.day(standing.in_force_since),
        "since": reader.day(standing.since or standing.in_force_since),
        "ends": reader.day(standing.term_ends),
    }
    source = _latest_fact(standing)
    lines = [Line(text=words.phases[standing.phase].format(**days), url=source.url)]
    if standing.next_review is not None:
        text = words.next_review.format(date=reader.day(standing.next_review))
        lines.append(Line(text=text, note=reader.ahead(standing.next_review)))
    if not short:
        lines.append(Line(text=words.term_ends.format(date=days["ends"])))
    return tuple(lines)


def _latest_fact(standing: Standing) -> Link:
    """Where the phase can be checked: the fact the phase began with, else the first there is."""
    facts = [fact for fact in standing.facts if fact.date == standing.since] or standing.facts
    fact: Fact | None = facts[0] if facts else None
    return Link(text="", url=None if fact is None else fact.source.url)


def _week(status: Status, reader: Reader) -> Section:
    words, story = reader.words.status, reader.words.story
    if not status.week.entries:
        return Section(heading=words.quiet)
    heading = words.week.format(
        entries=count(status.week.entries, story.entries),
        stories=count(status.week.stories, story.stories),
    )
    return Section(heading=heading, lines=tuple(story_line(each, reader) for each in status.top))


def _tariffs(status: Status, reader: Reader) -> list[Section]:
    """What the three levy on each other, the newest first; what began together stands together."""
    together: dict[tuple[object, ...], list[Applied]] = {}
    for each in status.tariffs:
        row = each.row
        key = (each.since, row.imposer, row.targets, row.family)
        together.setdefault(key, []).append(each)
    newest = sorted(together.values(), key=lambda group: group[0].since, reverse=True)
    lines = tuple(_tariff(group, reader) for group in newest[:_TARIFFS])
    if not lines:
        return []
    heading = reader.words.tariff.between.format(n=len(status.tariffs))
    return [Section(heading=heading, lines=lines)]


def _tariff(group: list[Applied], reader: Reader) -> Line:
    group = sorted(group, key=lambda each: each.row.rate or 0)
    row = group[0].row
    words, locale = reader.words.tariff, reader.words.locale
    rates = ", ".join(percent(rate) for rate in sorted({each.row.rate or 0 for each in group}))
    products = dict.fromkeys(name for each in group for name in goods(each.row, locale))
    named = ", ".join(products) or words.goods
    targets = ", ".join(row.targets) or words.all_countries
    since = words.since.format(day=reader.day(group[0].since))
    return Line(
        text=clip(dotted(f"{row.imposer} → {targets}", f"{rates} {named}"), HEADLINE),
        url=row.source.url,
        note=dotted(statute(row.called(row.family, locale), locale), since),
    )


def _deadlines(status: Status, reader: Reader) -> Section:
    words = reader.words.status
    lines = tuple(deadline_line(row, reader, whole=False) for row in status.deadlines)
    return Section(heading=words.deadlines, lines=lines or (Line(text=words.no_deadlines),))


def _feeds(status: Status, reader: Reader) -> list[Section]:
    words = reader.words.status
    if not status.feeds:
        return [Section(heading=words.feeds, lines=(Line(text=words.no_feeds),))]
    if not status.down:
        return []
    names = clip(", ".join(feed.name for feed in status.down), _NAMES)
    one, many = words.feeds_down
    pattern = one if len(status.down) == 1 else many
    text = pattern.format(n=len(status.down), all=status.feeds, names=names)
    return [Section(heading=words.feeds, lines=(Line(text=text),))]


def _actions(status: Status, reader: Reader) -> tuple[Choice, ...]:
    words, topic = reader.words.status, f" {status.topic}" if status.topic is not None else ""
    actions = [
        Choice(label=words.latest, command=f"latest{topic}"),
        Choice(label=words.all_deadlines, command=f"deadlines{topic}"),
    ]
    if status.tariffs:
        actions.append(Choice(label=reader.words.tariff.all_tariffs, command=f"tariffs{topic}"))
    if status.down:
        actions.append(Choice(label=words.feeds, command="feeds"))
    return tuple(actions)


def _rows(status: Status, reader: Reader) -> tuple[Row, ...]:
    standing = status.standing
    review = standing.next_review
    return (
        {
            "kind": "treaty",
            "phase": standing.phase,
            "text": standing.text,
            "since": None if standing.since is None else standing.since.isoformat(),
            "in_force_since": standing.in_force_since.isoformat(),
            "term_ends": standing.term_ends.isoformat(),
            "next_review": None if review is None else review.isoformat(),
            # Counted from the reader's day, as the words beside it are.
            "days_to_review": None if review is None else (review - reader.today).days,
            "as_of": standing.as_of.isoformat(),
            "facts": [
                {"date": fact.date.isoformat(), "text": fact.text, "source": str(fact.source)}
                for fact in standing.facts
            ],
        },
        {
            "kind": "week",
            "topic": status.topic,
            "entries": status.week.entries,
            "stories": status.week.stories,
            "since": status.week.since.isoformat(),
        },
        *(story_row(story) for story in status.top),
        *(tariffs.row_of(each.row, "in_force", reader.today) for each in status.tariffs),
        *(deadline_row(row, reader.today) for row in status.deadlines),
        {"kind": "feeds", "all": status.feeds, "down": [feed.key for feed in status.down]},
    )
