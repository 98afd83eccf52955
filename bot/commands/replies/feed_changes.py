"""The replies to what is done with a feed: checked, added, removed, paused, resumed, refused."""

from bot.alerts.feed_reasons import reason
from bot.alerts.truncate import clip
from bot.commands.exchange import Choice, Line, Reply, Section
from bot.commands.reader import Reader
from bot.commands.replies.feeds import act, row, span
from bot.commands.replies.lines import Row, dotted
from bot.commands.wording import count
from bot.domain.feed import display_url
from bot.services.feed_changes import Added, Looked
from bot.services.feed_check import Checked, Oddity, WebPage
from bot.services.feed_refusals import FeedFailedError, FeedRefusedError, Refusal
from bot.services.feeds import Condition, FeedHealth
from bot.services.permissions import FeedsLockedError

_TITLE = 140
_BUTTON = 40
_BUTTONS = 5
_COMMAND = 180
"""Characters of a command a button can carry on every platform."""


def checked(looked: Looked, asked: str, reader: Reader) -> Reply:
    """Say what is at an address; `asked` is the address as the person wrote it."""
    found = looked.found
    if isinstance(found, WebPage):
        return several(found, reader, act_name="check")
    words = reader.words.feed
    here: tuple[Section, ...] = ()
    if looked.here is not None:
        text = words.here.format(name=looked.here.name, key=looked.here.key)
        here = (Section(lines=(Line(text=text),)),)
    adding = f"feeds add {asked}"
    fits = looked.here is None and len(adding) <= _COMMAND
    return Reply(
        command="feeds",
        title=_title(found, reader),
        sections=(*_facts(found, reader), *here),
        rows=(found_row(found),),
        actions=(Choice(label=words.add, command=adding),) if fits else (),
    )


def several(page: WebPage, reader: Reader, *, act_name: str) -> Reply:
    """Show the feeds that a page names, each with its button."""
    short = [link for link in page.links if len(link.url) < _COMMAND - 12]
    return Reply(
        command="feeds",
        ok=act_name == "check",
        title=reader.words.feed.several,
        sections=(
            Section(
                lines=tuple(
                    Line(
                        text=link.title or link.url,
                        url=link.url,
                        note=link.url if link.title else "",
                    )
                    for link in page.links
                )
            ),
        ),
        rows=tuple({"kind": "link", "url": link.url, "title": link.title} for link in page.links),
        actions=tuple(
            Choice(
                label=clip(link.title or link.url, _BUTTON), command=f"feeds {act_name} {link.url}"
            )
            for link in short[:_BUTTONS]
        ),
    )


def added(made: Added, reader: Reader) -> Reply:
    """Say that a feed is polled from now on, and what it is like."""
    words = reader.words.feed
    return Reply(
        command="feeds",
        title=words.added.format(name=clip(made.feed.name, _TITLE)),
        sections=_facts(made.found, reader),
        footer=words.added_means.format(key=made.feed.key),
        rows=(row(made.feed),),
        actions=(act("pause", made.feed.key, reader), act("remove", made.feed.key, reader)),
    )


def removed(feed: FeedHealth, reader: Reader) -> Reply:
    """Say that a feed is gone."""
    return _told(reader.words.feed.removed, feed)


def paused(feed: FeedHealth, reader: Reader) -> Reply:
    """Say that a feed is paused: not polled until it is resumed."""
    return _told(reader.words.feed.paused, feed, act("resume", feed.key, reader))


def resumed(feed: FeedHealth, reader: Reader) -> Reply:
    """Say that a feed is polled again."""
    return _told(reader.words.feed.resumed, feed, act("pause", feed.key, reader))


def refused(error: FeedRefusedError | FeedFailedError | FeedsLockedError, reader: Reader) -> Reply:
    """Say why nothing was done, in the reader's words."""
    return Reply(
        command="feeds", ok=False, sections=(Section(lines=(Line(text=_why(error, reader)),)),)
    )


def found_row(found: Checked) -> Row:
    """Return what is at an address as data; addresses show no secrets."""
    return {
        "kind": "found",
        "url": display_url(found.url),
        "page": found.page,
        "title": found.title or None,
        "format": found.format or None,
        "entries": found.entries,
        "newest": None if found.newest is None else found.newest.isoformat(),
        "lang": found.lang,
        "cadence_s": None if found.cadence is None else round(found.cadence),
        "odd": [odd.what if odd.what != "other" else odd.text for odd in found.odd],
    }


def _told(sentence: str, feed: FeedHealth, *buttons: Choice) -> Reply:
    return Reply(
        command="feeds",
        title=sentence.format(name=clip(feed.name, _TITLE), key=feed.key),
        rows=(row(feed),),
        actions=buttons,
    )


def _title(found: Checked, reader: Reader) -> str:
    return clip(found.title, _TITLE) or reader.words.feed.untitled


def _facts(found: Checked, reader: Reader) -> tuple[Section, ...]:
    words = reader.words.feed
    newest, pause = found.newest, found.cadence
    facts = Line(
        text=found.format or display_url(found.url),
        url=display_url(found.url),
        note=dotted(
            display_url(found.url) if found.format else "",
            count(found.entries, words.entries),
            "" if newest is None else words.newest.format(age=reader.age(newest)),
            words.written.format(lang=words.langs[found.lang]) if found.entries else "",
            "" if pause is None else words.speaks.format(span=span(pause, reader)),
        ),
    )
    lines = [facts]
    if found.page is not None:
        lines.append(Line(text=words.named_by.format(page=found.page)))
    odd = tuple(Line(text=_odd(one, reader)) for one in found.odd)
    first = Section(lines=tuple(lines))
    return (first, Section(heading=words.odd, lines=odd)) if odd else (first,)


def _odd(odd: Oddity, reader: Reader) -> str:
    sentence = reader.words.feed.oddities.get(odd.what)
    if sentence is None:
        return reason(odd.text, reader.words.locale)
    age = "" if odd.moment is None else reader.day(odd.moment.astimezone(reader.zone).date())
    return sentence.format(text=odd.text, age=age)


def _why(error: FeedRefusedError | FeedFailedError | FeedsLockedError, reader: Reader) -> str:
    words = reader.words.feed
    if isinstance(error, FeedsLockedError):
        return words.locked_shared if error.shared else words.locked[error.who]
    details = dict(error.details)
    if "reason" in details:
        details["reason"] = reason(str(details["reason"]), reader.words.locale)
    if error.refusal is Refusal.NOT_POLLED:
        condition = Condition.GONE if details["state"] == "gone" else Condition.PAUSED
        details["state"] = words.conditions[condition]
    if "until" in details:
        details["until"] = reader.spoken(str(details["until"]).replace(" ", ", "))
    return words.refusals[error.refusal].format(**details).strip()
