"""The reply to ``deadlines``: soonest first, each with the sentence it rests on."""

import datetime as dt

from bot.commands.exchange import Choice, Line, Reply, Section
from bot.commands.reader import Reader
from bot.commands.replies.lines import behind_last, deadline_line, deadline_row, dotted
from bot.services.deadlines import DeadlinePage


def reply(
    page: DeadlinePage,
    topic: str | None,
    days: int,
    reader: Reader,
    *,
    country: str | None = None,
) -> Reply:
    """Show the deadlines of the next `days`, narrowed to a topic, a country, or both."""
    words = reader.words.deadline
    until = reader.day(reader.today + dt.timedelta(days=days))
    what = dotted("" if topic is None else reader.topic(topic), country or "")
    title = (
        words.title_on.format(topic=what, date=until) if what else words.title.format(date=until)
    )
    lines = tuple(deadline_line(row, reader, whole=True) for row in page.deadlines)
    narrowed = "".join(f" {word}" for word in (topic, country) if word is not None)
    command = f"deadlines{narrowed} {days}d"
    if not lines and page.page > 1:
        return behind_last("deadlines", title, command, reader)
    later = Choice(label=words.more, command=f"{command} page:{page.page + 1}")
    return Reply(
        command="deadlines",
        title=title,
        sections=(Section(lines=lines or (Line(text=words.none.format(date=until)),)),),
        rows=tuple(deadline_row(row, reader.today) for row in page.deadlines),
        actions=(later,) if page.more else (),
    )
