"""The reply to ``backtest``: how loud a rule would have been, and what it changes."""

from collections.abc import Mapping

from bot.alerts.truncate import clip
from bot.commands.exchange import Choice, Line, Reply, Section
from bot.commands.reader import Reader
from bot.commands.replies.lines import HEADLINE, Row, dotted
from bot.commands.wording import count
from bot.domain.ids import FeedId
from bot.record.backtest import Backtest, Example

SHOWN = 5
_BARS = "▁▂▃▄▅▆▇█"
_WEEKS = 26


def reply(
    rule: str, found: Backtest, names: Mapping[FeedId, str], reader: Reader, *, query: str = ""
) -> Reply:
    """Show a backtest. `rule` names it for people; `query` offers to subscribe it."""
    words = reader.words.backtest
    days = (found.until - found.since).days
    sections = [
        _loud(found, reader),
        _examples(words.gained, found.gained, found.gained_alerts, reader),
        _examples(words.lost, found.lost, found.lost_alerts, reader),
        _topics(found, reader),
        _feeds(found, names, reader),
    ]
    offered = bool(query) and found.alerts > 0 and '"' not in query
    return Reply(
        command="backtest",
        title=words.title.format(rule=clip(rule, 120), days=days),
        sections=tuple(section for section in sections if section.lines),
        footer="" if found.complete else words.cut,
        rows=tuple(rows_of(found, names)),
        actions=(Choice(label=words.subscribe, command=f'subscribe query:"{query}"'),)
        if offered
        else (),
    )


def rows_of(found: Backtest, names: Mapping[FeedId, str]) -> list[Row]:
    """Return a backtest as data: the figures, then the examples."""
    figures: Row = {
        "kind": "backtest",
        "since": found.since.isoformat(),
        "until": found.until.isoformat(),
        "looked_at": found.looked_at,
        "matched": found.matched,
        "alerts": found.alerts,
        "per_week": round(found.per_week, 2),
        "weeks": list(found.weeks),
        "gained": found.gained_alerts,
        "lost": found.lost_alerts,
        "feeds": {names.get(feed, str(feed)): n for feed, n in found.feeds},
        "topics": {
            topic: {"kept": change.kept, "gained": change.gained, "lost": change.lost}
            for topic, change in found.by_topic.items()
        },
        "complete": found.complete,
    }
    examples = [("gained", each) for each in found.gained] + [("lost", each) for each in found.lost]
    return [figures, *(_example_row(kind, each) for kind, each in examples)]


def _example_row(kind: str, each: Example) -> Row:
    return {
        "kind": kind,
        "title": each.title,
        "url": each.url,
        "source": each.source,
        "seen": each.seen.isoformat(),
        "story": each.story_id,
        "matched": list(each.matched),
    }


def spark(counts: tuple[int, ...]) -> str:
    """Return counts as a row of bars, at most 26 of them, the last ones."""
    shown = counts[-_WEEKS:]
    top = max(shown, default=0) or 1
    return "".join(_BARS[min(7, count * 8 // (top + 1))] for count in shown)


def _loud(found: Backtest, reader: Reader) -> Section:
    words = reader.words.backtest
    looked = words.looked_at.format(matched=found.matched, looked_at=found.looked_at)
    if found.narrowed:
        looked = count(found.matched, words.matches)
    if not found.alerts:
        return Section(lines=(Line(text=words.nothing, note=looked),))
    would = count(found.alerts, words.would, per_week=found.pace)
    weeks = words.weeks.format(spark=spark(found.weeks), most=max(found.weeks))
    return Section(lines=(Line(text=would, note=looked), Line(text=weeks)))


def _examples(heading: str, examples: tuple[Example, ...], number: int, reader: Reader) -> Section:
    lines = tuple(
        Line(
            text=clip(each.title, HEADLINE),
            url=each.url,
            note=dotted(
                each.source,
                reader.age(each.seen),
                reader.words.story.number.format(id=each.story_id) if each.story_id else "",
            ),
        )
        for each in examples[:SHOWN]
    )
    return Section(heading=heading.format(n=number), lines=lines)


def _topics(found: Backtest, reader: Reader) -> Section:
    words = reader.words.backtest
    changed = {t: c for t, c in found.by_topic.items() if c.gained or c.lost}
    lines = tuple(
        Line(
            text=reader.topic(topic),
            note=words.topic.format(kept=change.kept, gained=change.gained, lost=change.lost),
        )
        for topic, change in changed.items()
    )
    return Section(heading=words.topics, lines=lines)


def _feeds(found: Backtest, names: Mapping[FeedId, str], reader: Reader) -> Section:
    lines = tuple(Line(text=names.get(feed, str(feed)), note=str(n)) for feed, n in found.feeds)
    return Section(heading=reader.words.backtest.feeds, lines=lines)
