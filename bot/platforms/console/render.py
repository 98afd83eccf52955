"""Messages and replies for a terminal: pure, without any mark-up or control code of a feed."""

import unicodedata
from collections.abc import Iterable

from rich.console import Group, RenderableType
from rich.panel import Panel
from rich.text import Text

from bot.alerts import days
from bot.alerts.words import Words, words
from bot.commands.exchange import Line, Reply, Section
from bot.domain.message import FactLine, Link, Message, MessageLine, MessageSection
from bot.domain.reading import Stage
from bot.domain.story import Change
from bot.domain.zones import zone_of

_LINKS = 5
_BORDER = {
    Stage.THREAT: "yellow",
    Stage.ANNOUNCED: "dark_orange",
    Stage.SIGNED: "dark_orange",
    Stage.PUBLISHED: "magenta",
    Stage.GUIDANCE: "blue",
    Stage.IN_FORCE: "red",
    Stage.SUSPENDED: "green",
    Stage.STAYED: "green",
    Stage.REVOKED: "green",
}


def clean(text: str) -> str:
    """Return the text on one line, without characters that steer a terminal or turn text round."""
    kept = (
        char
        for char in text
        if char.isspace() or unicodedata.category(char) not in {"Cc", "Cf", "Cs", "Co"}
    )
    return " ".join("".join(kept).split())


def render_message(message: Message) -> Panel:
    """Return an alert, an update or a notice as a panel."""
    labels = words(message.locale)
    lines = [line for line in _lines(message, labels) if line.plain]
    headline = clean(message.headline.text)
    shown = labels.said(labels.update, headline) if message.changes else headline
    title = _linked(shown, message.headline.url)
    title.stylize("bold")
    return Panel(
        Group(title, *lines),
        border_style=_BORDER.get(message.stage, "cyan") if message.stage else "cyan",
        title=Text(labels.stages[message.stage]) if message.stage else None,
        title_align="right",
    )


def render_reply(reply: Reply) -> RenderableType:
    """Return the answer to a command."""
    lines: list[RenderableType] = []
    if reply.title:
        lines.append(Text(clean(reply.title), style="bold" if reply.ok else "bold red"))
    for section in reply.sections:
        lines.extend(_section(section))
    if reply.footer:
        lines.append(Text(clean(reply.footer), style="dim"))
    lines.extend(
        Text(f"→ {clean(action.label)}: /usmca {clean(action.command)}", style="cyan")
        for action in reply.actions
    )
    return Group(*lines)


def _lines(message: Message, labels: Words) -> Iterable[Text]:
    yield Text(_byline(message), style="dim")
    yield Text(clean(message.summary))
    for section in message.sections:
        yield from _section(section)
    yield from _changes(message.changes)
    yield from _facts(labels.tariffs, message.tariffs)
    yield from _facts(labels.deadlines, message.deadlines)
    if message.conflicts:
        yield _label(labels.conflicts, "; ".join(map(clean, message.conflicts)))
    if message.topics:
        yield _label(labels.topics, ", ".join(map(clean, message.topics)))
    if message.source_count > 1:
        yield _label(labels.sources, str(message.source_count))
    yield from (_source(one) for one in message.more_sources[:_LINKS])
    if message.why:
        yield _label(labels.why, clean(message.why))


def _byline(message: Message) -> str:
    pieces = [clean(message.source)] if message.source else []
    if message.published is not None:
        there = message.published.astimezone(zone_of(message.zone))
        pieces.append(days.moment(there, message.locale))
    return " · ".join(pieces)


def _label(name: str, value: str) -> Text:
    return Text.assemble((f"{name}: ", "bold"), value)


def _facts(name: str, facts: tuple[FactLine, ...]) -> Iterable[Text]:
    if facts:
        yield Text(name, style="bold")
    for fact in facts:
        note = f" ({clean(fact.note)})" if fact.note else ""
        yield Text(f"  • {clean(fact.text)}{note}")
        yield from _quote(fact.quote)


def _changes(changes: tuple[Change, ...]) -> Iterable[Text]:
    for change in changes:
        source = f" — {clean(change.source)}" if change.source else ""
        yield Text(f"• {clean(change.text)}{source}")
        yield from _quote(change.quote)


def _quote(sentence: str | None) -> Iterable[Text]:
    if sentence:
        yield Text(f"    “{clean(sentence)}”", style="italic dim")


def _source(one: Link) -> Text:
    return Text("  ") + _linked(clean(one.text), one.url)


def _section(section: Section | MessageSection) -> Iterable[Text]:
    if section.heading:
        yield Text(clean(section.heading), style="bold cyan")
    for line in section.lines:
        yield _line(line)
        yield from _quote(line.quote)


def _line(line: Line | MessageLine) -> Text:
    text = Text("  ")
    if isinstance(line, Line) and line.struck:
        text.append(clean(line.struck), style="strike dim").append(" ")
    text += _linked(clean(line.text), line.url)
    if line.note:
        text.append(f"  {clean(line.note)}", style="dim")
    return text


def _linked(text: str, url: str | None) -> Text:
    """Words that terminals which know links let a person follow; other addresses are dropped."""
    target = clean(url or "")
    good = target.startswith(("http://", "https://")) and " " not in target
    return Text(text, style=f"link {target}" if good else "")
