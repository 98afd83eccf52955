"""The reply to ``feeds``: the ones in trouble first."""

from datetime import datetime

from bot.alerts.truncate import clip
from bot.commands.exchange import Line, Reply, Section
from bot.commands.reader import Reader
from bot.commands.replies.lines import Row, dotted
from bot.commands.wording import count
from bot.services.feeds import Condition, FeedHealth

_SHOWN = 40
_ERROR = 160
_WELL = frozenset({Condition.FINE, Condition.NEW})


def reply(feeds: tuple[FeedHealth, ...], reader: Reader) -> Reply:
    """Say how each feed is; `feeds` come with the worst first."""
    words = reader.words.feed
    if not feeds:
        return Reply(command="feeds", title=words.none)
    well = sum(feed.condition in _WELL for feed in feeds)
    troubled = sum(feed.condition not in _WELL for feed in feeds)
    shown = feeds[: max(_SHOWN, troubled)]
    lines = [_line(feed, reader) for feed in shown]
    if len(feeds) > len(shown):
        lines.append(Line(text=words.more.format(n=len(feeds) - len(shown))))
    return Reply(
        command="feeds",
        title=words.title.format(well=well, all=len(feeds)),
        sections=(Section(lines=tuple(lines)),),
        rows=tuple(_row(feed) for feed in feeds),
    )


def _line(feed: FeedHealth, reader: Reader) -> Line:
    words = reader.words.feed
    if feed.last_success_at is not None:
        success = words.last_success.format(age=reader.age(feed.last_success_at))
    else:
        success = "" if feed.condition is Condition.NEW else words.never
    entry = ""
    if feed.condition is Condition.SILENT and feed.last_entry_at is not None:
        entry = words.last_entry.format(age=reader.age(feed.last_entry_at))
    following = feed.next_poll_at
    return Line(
        text=feed.name,
        url=feed.url,
        note=dotted(
            words.conditions[feed.condition],
            count(feed.failures, words.failures) if feed.failures else "",
            clip(feed.error, _ERROR),
            success,
            entry,
            "" if following is None else words.next_poll.format(when=reader.until(following)),
        ),
    )


def _row(feed: FeedHealth) -> Row:
    return {
        "kind": "feed",
        "key": feed.key,
        "name": feed.name,
        "url": feed.url,
        "condition": feed.condition,
        "failures": feed.failures,
        "last_success_at": _iso(feed.last_success_at),
        "last_entry_at": _iso(feed.last_entry_at),
        "next_poll_at": _iso(feed.next_poll_at),
        "error": feed.error or None,
    }


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
