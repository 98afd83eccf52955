"""The reply to ``feeds``: the ones in trouble first, a page at a time; and one feed by itself."""

from datetime import datetime

from bot.alerts.feed_reasons import reason
from bot.alerts.truncate import clip
from bot.commands.exchange import Choice, Line, Reply, Section
from bot.commands.reader import Reader
from bot.commands.replies.lines import Row, dotted
from bot.commands.wording import count
from bot.ports.watching import MissedEntry
from bot.services.feeds import Condition, FeedHealth

PAGE = 10
"""Feeds on one page: what fits whole on every platform."""

_ERROR = 100
_WARNINGS = 2
_MISSED = 5
_ASLEEP = frozenset({Condition.PAUSED, Condition.GONE})


def reply(
    feeds: tuple[FeedHealth, ...],
    reader: Reader,
    *,
    page: int | None = 1,
    missed: tuple[MissedEntry, ...] = (),
) -> Reply:
    """Say how each feed is; `feeds` come with the worst first.

    A `page` of None is for operators: it shows all, each with its owner's name. What the polls
    `missed` stands under the first page.
    """
    words = reader.words.feed
    if not feeds:
        return Reply(command="feeds", title=words.none)
    operator = page is None
    pages = 1 if operator else -(-len(feeds) // PAGE)
    page = min(page or 1, pages)
    shown = feeds if pages == 1 else feeds[(page - 1) * PAGE : page * PAGE]
    well = sum(feed.condition is Condition.FINE for feed in feeds)
    new = sum(feed.condition is Condition.NEW for feed in feeds)
    following = Choice(label=words.next_page, command=f"feeds page:{page + 1}")
    return Reply(
        command="feeds",
        title=dotted(
            words.title.format(well=well, all=len(feeds)),
            count(new, words.unpolled) if new else "",
        ),
        sections=(
            Section(lines=tuple(line(feed, reader, operator=operator) for feed in shown)),
            *([_missed(missed, reader)] if missed and page == 1 else []),
        ),
        footer=words.paged.format(page=page, pages=pages) if pages > 1 else "",
        rows=(*(row(feed) for feed in feeds), *(missed_row(each) for each in missed)),
        actions=(following,) if page < pages else (),
    )


def _missed(missed: tuple[MissedEntry, ...], reader: Reader) -> Section:
    lines = [
        Line(text=clip(each.title, _ERROR), url=each.url, note=each.feed)
        for each in missed[:_MISSED]
    ]
    heading = reader.words.feed.missed.format(n=len(missed))
    return Section(heading=heading, lines=tuple(lines))


def missed_row(one: MissedEntry) -> Row:
    """Return a missed document as data."""
    return {
        "kind": "missed",
        "feed": one.key,
        "id": one.guid,
        "title": one.title,
        "url": one.url,
        "published": _iso(one.published),
        "found_at": _iso(one.found_at),
    }


def one(feed: FeedHealth, reader: Reader) -> Reply:
    """Show one feed with what can be done about it."""
    acts = ["resume" if feed.condition in _ASLEEP else "pause"]
    if feed.owner is not None:
        acts.append("remove")
    return Reply(
        command="feeds",
        title=feed.name,
        sections=(Section(lines=(line(feed, reader),)),),
        rows=(row(feed),),
        actions=tuple(act(name, feed.key, reader) for name in acts),
    )


def act(name: str, word: str, reader: Reader) -> Choice:
    """Return the button that does something with a feed."""
    return Choice(label=reader.words.feed.acts[name], command=f"feeds {name} {word}")


def line(feed: FeedHealth, reader: Reader, *, operator: bool = False) -> Line:
    """Return a feed as one line: its name as link with the key to call it by, and how it is."""
    words, locale = reader.words.feed, reader.words.locale
    entry = feed.last_entry_at
    following = feed.next_poll_at
    cadence = feed.cadence
    return Line(
        text=feed.name if feed.name == feed.key else f"{feed.name} ({feed.key})",
        url=feed.url,
        note=dotted(
            words.conditions[feed.condition],
            _failures(feed, reader),
            clip(reason(feed.error, locale), _ERROR),
            *(clip(reason(warning, locale), _ERROR) for warning in feed.warnings[:_WARNINGS]),
            _success(feed, reader),
            "" if entry is None else words.last_entry.format(age=reader.age(entry)),
            "" if cadence is None else words.speaks.format(span=span(cadence, reader)),
            "" if following is None else words.next_poll.format(when=reader.until(following)),
            words.tiers[feed.tier],
            words.langs.get(feed.lang, feed.lang),
            "" if feed.owner is None else feed.owner if operator else words.owned,
        ),
    )


def span(seconds: float, reader: Reader) -> str:
    """Return a length of time as people say it: ``3 h``, ``2 days``."""
    words = reader.words.feed
    minutes = max(1, round(seconds / 60))
    if minutes < 60:
        return count(minutes, words.minutes)
    hours = round(seconds / 3_600)
    return count(hours, words.hours) if hours < 36 else count(round(hours / 24), words.days)


def row(feed: FeedHealth) -> Row:
    """Return a feed as data."""
    return {
        "kind": "feed",
        "key": feed.key,
        "name": feed.name,
        "url": feed.url,
        "condition": feed.condition,
        "failures": feed.failures,
        "failing_since": _iso(feed.failing_since),
        "last_success_at": _iso(feed.last_success_at),
        "last_entry_at": _iso(feed.last_entry_at),
        "next_poll_at": _iso(feed.next_poll_at),
        "cadence_s": None if feed.cadence is None else round(feed.cadence),
        "error": feed.error or None,
        "warnings": list(feed.warnings),
        "tier": feed.tier,
        "lang": feed.lang,
        "owner": feed.owner,
        "origin": feed.origin,
    }


def _failures(feed: FeedHealth, reader: Reader) -> str:
    words = reader.words.feed
    if not feed.failures:
        return ""
    failures = count(feed.failures, words.failures)
    if feed.failing_since is None:
        return failures
    return f"{failures} {words.since.format(age=reader.age(feed.failing_since))}"


def _success(feed: FeedHealth, reader: Reader) -> str:
    words = reader.words.feed
    if feed.last_success_at is not None:
        return words.last_success.format(age=reader.age(feed.last_success_at))
    return words.never if feed.failures else ""


def _iso(moment: datetime | None) -> str | None:
    return None if moment is None else moment.isoformat()
